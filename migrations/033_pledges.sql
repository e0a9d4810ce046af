-- 签订批次: who signs what by when, and the words around the lists. 责任书 (letter) is signed by superior and holder, 承诺书 (promise) by each for themselves.
CREATE TABLE pledge_round (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  year integer NOT NULL CHECK (year BETWEEN 2000 AND 2200),
  kind text NOT NULL CHECK (kind IN ('letter', 'promise')),
  title text NOT NULL CHECK (length(title) BETWEEN 2 AND 80),
  whom text NOT NULL CHECK (whom IN ('leading', 'all')),
  units uuid[] NOT NULL,
  posts uuid[] NOT NULL,
  persons uuid[] NOT NULL,
  opening text NOT NULL CHECK (length(opening) BETWEEN 1 AND 2000),
  closing text NOT NULL CHECK (length(closing) BETWEEN 1 AND 2000),
  due date NOT NULL,
  reason text CHECK (length(reason) BETWEEN 2 AND 500),
  state text NOT NULL CHECK (state IN ('issued', 'withdrawn')),
  recorded_by uuid NOT NULL,
  recorded_at timestamptz NOT NULL,
  moved_by uuid NOT NULL,
  moved_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id)
);

SELECT app_distribute('pledge_round');

ALTER TABLE pledge_round ADD FOREIGN KEY (tenant_id, recorded_by) REFERENCES person (tenant_id, id);

CREATE INDEX pledge_round_list ON pledge_round (tenant_id, recorded_at, id);

SELECT app_protect('pledge_round');

-- One person's. A supplement (补签) is a row of its own that names what it supplements: the original stays as it was signed.
CREATE TABLE pledge (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  round_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('letter', 'promise')),
  year integer NOT NULL,
  title text NOT NULL CHECK (length(title) BETWEEN 2 AND 80),
  person_id uuid NOT NULL,
  unit_id uuid NOT NULL,
  superior_id uuid,
  supplements_id uuid,
  due date NOT NULL,
  until date,
  reason text CHECK (length(reason) BETWEEN 2 AND 500),
  state text NOT NULL CHECK (state IN ('issued', 'holder_signed', 'superior_signed', 'in_force', 'ended', 'withdrawn')),
  recorded_at timestamptz NOT NULL,
  moved_by uuid NOT NULL,
  moved_at timestamptz NOT NULL,
  CHECK ((kind = 'letter') = (superior_id IS NOT NULL)),
  CHECK (superior_id <> person_id),
  PRIMARY KEY (tenant_id, id)
);

SELECT app_distribute('pledge');

ALTER TABLE pledge ADD FOREIGN KEY (tenant_id, round_id) REFERENCES pledge_round (tenant_id, id);

ALTER TABLE pledge ADD FOREIGN KEY (tenant_id, person_id) REFERENCES person (tenant_id, id);

ALTER TABLE pledge ADD FOREIGN KEY (tenant_id, superior_id) REFERENCES person (tenant_id, id);

ALTER TABLE pledge ADD FOREIGN KEY (tenant_id, unit_id) REFERENCES unit (tenant_id, id);

ALTER TABLE pledge ADD FOREIGN KEY (tenant_id, supplements_id) REFERENCES pledge (tenant_id, id);

-- 一人一书: one a year and kind that stands; one supplement at a time that waits for a signature.
CREATE UNIQUE INDEX pledge_once ON pledge (tenant_id, person_id, kind, year) WHERE supplements_id IS NULL AND state NOT IN ('ended', 'withdrawn');

CREATE UNIQUE INDEX pledge_supplement ON pledge (tenant_id, supplements_id) WHERE state IN ('issued', 'holder_signed', 'superior_signed');

CREATE INDEX pledge_round_state ON pledge (tenant_id, round_id, state);

CREATE INDEX pledge_person ON pledge (tenant_id, person_id, state);

CREATE INDEX pledge_superior ON pledge (tenant_id, superior_id, state) WHERE superior_id IS NOT NULL;

CREATE INDEX pledge_of ON pledge (tenant_id, supplements_id) WHERE supplements_id IS NOT NULL;

SELECT app_protect('pledge');

-- What is shown and signed, verbatim: canonical JSON (RFC 8785) and its SHA-256. Put together anew while nobody has signed, it is one more row.
CREATE TABLE pledge_text (
  tenant_id uuid NOT NULL,
  pledge_id uuid NOT NULL,
  no integer NOT NULL CHECK (no > 0),
  body text NOT NULL CHECK (length(body) <= 4000000),
  hash text NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
  made_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, pledge_id, no)
);

SELECT app_distribute('pledge_text');

ALTER TABLE pledge_text ADD FOREIGN KEY (tenant_id, pledge_id) REFERENCES pledge (tenant_id, id);

SELECT app_protect('pledge_text', 'append');

CREATE TABLE pledge_signature (
  tenant_id uuid NOT NULL,
  pledge_id uuid NOT NULL,
  side text NOT NULL CHECK (side IN ('holder', 'superior')),
  person_id uuid NOT NULL,
  text_no integer NOT NULL,
  hash text NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
  signed_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, pledge_id, side)
);

SELECT app_distribute('pledge_signature');

ALTER TABLE pledge_signature ADD FOREIGN KEY (tenant_id, pledge_id, text_no) REFERENCES pledge_text (tenant_id, pledge_id, no);

ALTER TABLE pledge_signature ADD FOREIGN KEY (tenant_id, person_id) REFERENCES person (tenant_id, id);

SELECT app_protect('pledge_signature', 'append');
