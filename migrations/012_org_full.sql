-- What an appointment is worth: posts one person holds at a time, the level of leadership (领导职务层次) of a post and of an appointment, and where
-- somebody seconded (借调) comes from: a unit of the office, or another organisation.
ALTER TABLE post ADD COLUMN exclusive boolean NOT NULL DEFAULT false;

ALTER TABLE post ADD COLUMN level text CHECK (level IN ('section_deputy', 'section_head', 'division_deputy', 'division_head', 'bureau_deputy', 'bureau_head', 'ministry_deputy', 'ministry_head', 'state_deputy', 'state_head'));

ALTER TABLE appointment ADD COLUMN level text CHECK (level IN ('section_deputy', 'section_head', 'division_deputy', 'division_head', 'bureau_deputy', 'bureau_head', 'ministry_deputy', 'ministry_head', 'state_deputy', 'state_head'));

ALTER TABLE appointment ADD COLUMN from_unit_id uuid;

ALTER TABLE appointment ADD COLUMN from_office text CHECK (length(from_office) BETWEEN 1 AND 120);

ALTER TABLE appointment ADD CHECK (from_unit_id IS NULL OR from_office IS NULL);

ALTER TABLE appointment ADD FOREIGN KEY (tenant_id, from_unit_id) REFERENCES unit (tenant_id, id);

CREATE INDEX appointment_seconded ON appointment (tenant_id, person_id, since) WHERE kind = 'seconded';

-- The month of birth, kept where two persons have one name, to tell them apart and for nothing else.
ALTER TABLE person ADD COLUMN born text CHECK (born ~ '^[12][0-9]{3}-(0[1-9]|1[0-2])$');

-- What a person is from a day to a day: 职级, 人员身份, 党员身份, 所在支部. One of a kind at a time. A branch is a unit, the rest is a word.
CREATE TABLE person_fact (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('grade', 'identity', 'party', 'branch')),
  value text CHECK (length(value) BETWEEN 1 AND 40),
  unit_id uuid,
  since date NOT NULL,
  until date,
  recorded_at timestamptz NOT NULL,
  until_recorded_at timestamptz,
  voided_at timestamptz,
  CHECK (until IS NULL OR until > since),
  CHECK ((kind = 'branch') = (unit_id IS NOT NULL)),
  CHECK ((kind = 'branch') = (value IS NULL)),
  CHECK (kind <> 'identity' OR value IN ('civil_servant', 'reference', 'institution', 'contract')),
  CHECK (kind <> 'party' OR value IN ('full', 'probationary')),
  PRIMARY KEY (tenant_id, id)
);

SELECT app_distribute('person_fact');

ALTER TABLE person_fact ADD FOREIGN KEY (tenant_id, person_id) REFERENCES person (tenant_id, id);

ALTER TABLE person_fact ADD FOREIGN KEY (tenant_id, unit_id) REFERENCES unit (tenant_id, id);

ALTER TABLE person_fact ADD CONSTRAINT person_fact_overlap EXCLUDE USING gist
  (tenant_id WITH =, person_id WITH =, kind WITH =, daterange(since, until) WITH &&) WHERE (voided_at IS NULL);

CREATE INDEX person_fact_person ON person_fact (tenant_id, person_id, kind, since);

CREATE INDEX person_fact_unit ON person_fact (tenant_id, unit_id, since) WHERE unit_id IS NOT NULL;

SELECT app_protect('person_fact');
