-- 交接: one sheet for each person who moves. What is on it is read anew until it is signed; then it is kept as it was signed.
CREATE TABLE handover (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  unit_id uuid NOT NULL,
  reason text NOT NULL CHECK (reason IN ('transferred', 'removed', 'retired', 'resigned', 'rotated', 'seconded', 'reorganised', 'other')),
  note text CHECK (length(note) BETWEEN 1 AND 500),
  day date NOT NULL,
  state text NOT NULL CHECK (state IN ('draft', 'out', 'agreed', 'done', 'withdrawn')),
  said text CHECK (length(said) BETWEEN 2 AND 500),
  opened_by uuid NOT NULL,
  recorded_at timestamptz NOT NULL,
  moved_by uuid,
  moved_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id)
);

SELECT app_distribute('handover');

ALTER TABLE handover ADD FOREIGN KEY (tenant_id, person_id) REFERENCES person (tenant_id, id);

ALTER TABLE handover ADD FOREIGN KEY (tenant_id, unit_id) REFERENCES unit (tenant_id, id);

ALTER TABLE handover ADD FOREIGN KEY (tenant_id, opened_by) REFERENCES person (tenant_id, id);

-- A person has one open handover at a time.
CREATE UNIQUE INDEX handover_open ON handover (tenant_id, person_id) WHERE state IN ('draft', 'out', 'agreed');

CREATE INDEX handover_list ON handover (tenant_id, day, id);

SELECT app_protect('handover');

-- What somebody decided or signed of one thing on the sheet. `mark` is what the thing was like when it was signed, `says` how it read.
CREATE TABLE handover_line (
  tenant_id uuid NOT NULL,
  handover_id uuid NOT NULL,
  part text NOT NULL CHECK (part ~ '^[a-z_]{2,40}$'),
  thing_id uuid NOT NULL,
  cause_id uuid,
  way text NOT NULL CHECK (way IN ('to', 'stay', 'end')),
  to_id uuid,
  how text CHECK (how ~ '^[a-z_]{2,40}$'),
  reason text CHECK (length(reason) BETWEEN 2 AND 500),
  mark text NOT NULL,
  says jsonb NOT NULL,
  giver_at timestamptz,
  receiver_at timestamptz,
  objection text CHECK (length(objection) BETWEEN 2 AND 500),
  settled_at timestamptz,
  moved_at timestamptz,
  CHECK ((way = 'to') = (to_id IS NOT NULL)),
  PRIMARY KEY (tenant_id, handover_id, part, thing_id)
);

SELECT app_distribute('handover_line');

ALTER TABLE handover_line ADD FOREIGN KEY (tenant_id, handover_id) REFERENCES handover (tenant_id, id);

ALTER TABLE handover_line ADD FOREIGN KEY (tenant_id, to_id) REFERENCES person (tenant_id, id);

CREATE INDEX handover_line_to ON handover_line (tenant_id, to_id) WHERE to_id IS NOT NULL;

CREATE INDEX handover_line_thing ON handover_line (tenant_id, thing_id) WHERE moved_at IS NOT NULL;

CREATE INDEX handover_line_cause ON handover_line (tenant_id, cause_id) WHERE moved_at IS NOT NULL;

SELECT app_protect('handover_line');

-- Each signature: of the giver or a receiver, by themselves or, for a giver who has left, by somebody else with the reason.
CREATE TABLE handover_sign (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  handover_id uuid NOT NULL,
  role text NOT NULL CHECK (role IN ('giver', 'receiver')),
  person_id uuid NOT NULL,
  by_id uuid NOT NULL,
  reason text CHECK (length(reason) BETWEEN 2 AND 500),
  lines integer NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id)
);

SELECT app_distribute('handover_sign');

ALTER TABLE handover_sign ADD FOREIGN KEY (tenant_id, handover_id) REFERENCES handover (tenant_id, id);

ALTER TABLE handover_sign ADD FOREIGN KEY (tenant_id, person_id) REFERENCES person (tenant_id, id);

ALTER TABLE handover_sign ADD FOREIGN KEY (tenant_id, by_id) REFERENCES person (tenant_id, id);

CREATE INDEX handover_sign_handover ON handover_sign (tenant_id, handover_id, at);

SELECT app_protect('handover_sign', 'append');
