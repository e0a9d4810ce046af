-- A duty may be written down by mistake and taken back, and it may be tagged with an aspect of the first responsible's list (rule pack), stand beside
-- another duty it was deployed together with (同部署), and rest on its parent's sentence.
ALTER TABLE duty DROP CONSTRAINT duty_state_check;

ALTER TABLE duty ADD CONSTRAINT duty_state_check CHECK (state IN ('active', 'ended', 'retracted'));

ALTER TABLE duty ADD COLUMN aspect text CHECK (length(aspect) BETWEEN 1 AND 40);

ALTER TABLE duty ADD COLUMN beside_id uuid;

ALTER TABLE duty ADD COLUMN basis_inherited boolean;

ALTER TABLE duty ADD FOREIGN KEY (tenant_id, beside_id) REFERENCES duty (tenant_id, id);

CREATE INDEX duty_beside ON duty (tenant_id, beside_id) WHERE beside_id IS NOT NULL;

CREATE INDEX duty_kind ON duty (tenant_id, kind, recorded_at, id);

-- What a duty says from a day on, whole. Its own row is the first version; each change is a row here. `until` follows the next change, so that there is
-- exactly one version on each day; an empty range was replaced on its own first day. `owes_from`: the day from which obligations follow it.
CREATE TABLE duty_version (
  tenant_id uuid NOT NULL,
  duty_id uuid NOT NULL,
  version integer NOT NULL CHECK (version > 1),
  since date NOT NULL,
  until date,
  owes_from date NOT NULL,
  title text NOT NULL CHECK (length(title) BETWEEN 1 AND 120),
  body text NOT NULL CHECK (length(body) <= 4000),
  kind text NOT NULL CHECK (kind IN ('principal', 'first', 'dual', 'supervision', 'branch', 'task')),
  polarity text NOT NULL CHECK (polarity IN ('positive', 'negative')),
  measure text,
  aspect text CHECK (length(aspect) BETWEEN 1 AND 40),
  rrule text,
  due date,
  reason text NOT NULL CHECK (length(reason) BETWEEN 2 AND 500),
  recorded_by uuid NOT NULL,
  recorded_at timestamptz NOT NULL,
  undone_by uuid,
  undone_at timestamptz,
  CHECK (until IS NULL OR until >= since),
  PRIMARY KEY (tenant_id, duty_id, version)
);

SELECT app_distribute('duty_version');

ALTER TABLE duty_version ADD FOREIGN KEY (tenant_id, duty_id) REFERENCES duty (tenant_id, id);

ALTER TABLE duty_version ADD FOREIGN KEY (tenant_id, recorded_by) REFERENCES person (tenant_id, id);

ALTER TABLE duty_version ADD CONSTRAINT duty_version_overlap EXCLUDE USING gist
  (tenant_id WITH =, duty_id WITH =, daterange(since, until) WITH &&) WHERE (undone_at IS NULL);

SELECT app_protect('duty_version');

-- Obligations that were waived because the duty changed or a holder was released, and not by anybody's decision: they come back when the duty asks for
-- their period again.
CREATE TABLE duty_replan (
  tenant_id uuid NOT NULL,
  obligation_id uuid NOT NULL,
  duty_id uuid NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, obligation_id)
);

SELECT app_distribute('duty_replan');

ALTER TABLE duty_replan ADD FOREIGN KEY (tenant_id, obligation_id) REFERENCES obligation (tenant_id, id);

ALTER TABLE duty_replan ADD FOREIGN KEY (tenant_id, duty_id) REFERENCES duty (tenant_id, id);

CREATE INDEX duty_replan_duty ON duty_replan (tenant_id, duty_id);

SELECT app_protect('duty_replan');

-- A holder may be released from a day on; when that was recorded is kept apart, for looking back.
ALTER TABLE duty_holder ADD COLUMN until_recorded_at timestamptz;

CREATE INDEX duty_holder_unit ON duty_holder (tenant_id, unit_id);

CREATE INDEX duty_holder_post ON duty_holder (tenant_id, post_id) WHERE post_id IS NOT NULL;

CREATE INDEX duty_holder_person ON duty_holder (tenant_id, person_id) WHERE person_id IS NOT NULL;
