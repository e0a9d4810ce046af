-- 责任事项: what a holder answers for, with the sentence it rests on.
CREATE TABLE duty (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  title text NOT NULL CHECK (length(title) BETWEEN 1 AND 120),
  body text NOT NULL CHECK (length(body) <= 4000),
  kind text NOT NULL CHECK (kind IN ('principal', 'first', 'dual', 'supervision', 'branch', 'task')),
  polarity text NOT NULL CHECK (polarity IN ('positive', 'negative')),
  measure text,
  parent_id uuid,
  directive_id uuid,
  proposal_id uuid,
  basis_start integer,
  basis_end integer,
  rrule text,
  due date,
  since date NOT NULL,
  until date,
  state text NOT NULL CHECK (state IN ('active', 'ended')),
  recorded_by uuid NOT NULL,
  recorded_at timestamptz NOT NULL,
  moved_by uuid NOT NULL,
  moved_at timestamptz NOT NULL,
  CHECK (until IS NULL OR until > since),
  PRIMARY KEY (tenant_id, id)
);

SELECT app_distribute('duty');

ALTER TABLE duty ADD FOREIGN KEY (tenant_id, parent_id) REFERENCES duty (tenant_id, id);

ALTER TABLE duty ADD FOREIGN KEY (tenant_id, directive_id) REFERENCES directive (tenant_id, id);

ALTER TABLE duty ADD FOREIGN KEY (tenant_id, proposal_id) REFERENCES proposal (tenant_id, id);

CREATE INDEX duty_list ON duty (tenant_id, state, recorded_at, id);

CREATE INDEX duty_directive ON duty (tenant_id, directive_id);

CREATE INDEX duty_parent ON duty (tenant_id, parent_id);

SELECT app_protect('duty');

-- Holders are posts: whoever is appointed to the post holds the duty on that day. A person is named where no post serves.
CREATE TABLE duty_holder (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  duty_id uuid NOT NULL,
  unit_id uuid NOT NULL,
  post_id uuid,
  person_id uuid,
  since date NOT NULL,
  until date,
  recorded_at timestamptz NOT NULL,
  CHECK (until IS NULL OR until > since),
  CHECK ((post_id IS NULL) <> (person_id IS NULL)),
  PRIMARY KEY (tenant_id, id)
);

SELECT app_distribute('duty_holder');

ALTER TABLE duty_holder ADD FOREIGN KEY (tenant_id, duty_id) REFERENCES duty (tenant_id, id);

ALTER TABLE duty_holder ADD FOREIGN KEY (tenant_id, unit_id) REFERENCES unit (tenant_id, id);

ALTER TABLE duty_holder ADD FOREIGN KEY (tenant_id, post_id) REFERENCES post (tenant_id, id);

ALTER TABLE duty_holder ADD FOREIGN KEY (tenant_id, person_id) REFERENCES person (tenant_id, id);

CREATE INDEX duty_holder_duty ON duty_holder (tenant_id, duty_id);

SELECT app_protect('duty_holder');

-- 问题 as proposed from a directive and accepted: an owner and a day to have it put right.
CREATE TABLE finding (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  directive_id uuid NOT NULL,
  proposal_id uuid NOT NULL,
  title text NOT NULL CHECK (length(title) BETWEEN 1 AND 120),
  body text NOT NULL,
  unit_id uuid NOT NULL,
  person_id uuid NOT NULL,
  due date NOT NULL,
  recorded_by uuid NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id)
);

SELECT app_distribute('finding');

ALTER TABLE finding ADD FOREIGN KEY (tenant_id, directive_id) REFERENCES directive (tenant_id, id);

ALTER TABLE finding ADD FOREIGN KEY (tenant_id, proposal_id) REFERENCES proposal (tenant_id, id);

ALTER TABLE finding ADD FOREIGN KEY (tenant_id, unit_id) REFERENCES unit (tenant_id, id);

ALTER TABLE finding ADD FOREIGN KEY (tenant_id, person_id) REFERENCES person (tenant_id, id);

CREATE INDEX finding_directive ON finding (tenant_id, directive_id);

SELECT app_protect('finding');
