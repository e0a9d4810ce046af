-- The office as of any day: units, posts, appointments and charges are ranges [since, until).
CREATE TABLE unit (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  parent_id uuid,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
  aliases text[] NOT NULL,
  line text NOT NULL CHECK (line IN ('administrative', 'party', 'supervision')),
  kind text NOT NULL CHECK (kind IN ('office', 'party_group', 'department', 'subordinate', 'party_committee', 'branch', 'discipline_group', 'leadership')),
  sort integer NOT NULL,
  since date NOT NULL,
  until date,
  recorded_at timestamptz NOT NULL,
  CHECK (until IS NULL OR until > since),
  PRIMARY KEY (tenant_id, id)
);

SELECT app_distribute('unit');

ALTER TABLE unit ADD FOREIGN KEY (tenant_id, parent_id) REFERENCES unit (tenant_id, id);

CREATE INDEX unit_parent ON unit (tenant_id, parent_id);

SELECT app_protect('unit');

-- What a unit was called and where it hung until a day: renaming or moving it today leaves the office of a past day as it was.
CREATE TABLE unit_former (
  tenant_id uuid NOT NULL,
  unit_id uuid NOT NULL,
  until date NOT NULL,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
  parent_id uuid,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, unit_id, until)
);

SELECT app_distribute('unit_former');

ALTER TABLE unit_former ADD FOREIGN KEY (tenant_id, unit_id) REFERENCES unit (tenant_id, id);

ALTER TABLE unit_former ADD FOREIGN KEY (tenant_id, parent_id) REFERENCES unit (tenant_id, id);

SELECT app_protect('unit_former');

CREATE TABLE post (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  unit_id uuid NOT NULL,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
  aliases text[] NOT NULL,
  roles text[] NOT NULL,
  sort integer NOT NULL,
  since date NOT NULL,
  until date,
  recorded_at timestamptz NOT NULL,
  CHECK (until IS NULL OR until > since),
  PRIMARY KEY (tenant_id, id)
);

SELECT app_distribute('post');

ALTER TABLE post ADD FOREIGN KEY (tenant_id, unit_id) REFERENCES unit (tenant_id, id);

CREATE INDEX post_unit ON post (tenant_id, unit_id);

SELECT app_protect('post');

-- Names sort by pinyin, pages of them too.
CREATE TABLE person (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  name text COLLATE "zh-x-icu" NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id)
);

SELECT app_distribute('person');

CREATE INDEX person_name ON person (tenant_id, name, id);

SELECT app_protect('person');

CREATE TABLE appointment (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  post_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('regular', 'acting', 'concurrent', 'seconded')),
  since date NOT NULL,
  until date,
  recorded_at timestamptz NOT NULL,
  until_recorded_at timestamptz,
  voided_at timestamptz,
  CHECK (until IS NULL OR until > since),
  PRIMARY KEY (tenant_id, id)
);

SELECT app_distribute('appointment');

ALTER TABLE appointment ADD FOREIGN KEY (tenant_id, person_id) REFERENCES person (tenant_id, id);

ALTER TABLE appointment ADD FOREIGN KEY (tenant_id, post_id) REFERENCES post (tenant_id, id);

ALTER TABLE appointment ADD CONSTRAINT appointment_overlap EXCLUDE USING gist
  (tenant_id WITH =, person_id WITH =, post_id WITH =, daterange(since, until) WITH &&) WHERE (voided_at IS NULL);

CREATE INDEX appointment_post ON appointment (tenant_id, post_id, since);

CREATE INDEX appointment_person ON appointment (tenant_id, person_id, since);

SELECT app_protect('appointment');

-- 分管: a leader answers for a unit from a day to a day.
CREATE TABLE charge (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  unit_id uuid NOT NULL,
  since date NOT NULL,
  until date,
  recorded_at timestamptz NOT NULL,
  until_recorded_at timestamptz,
  voided_at timestamptz,
  CHECK (until IS NULL OR until > since),
  PRIMARY KEY (tenant_id, id)
);

SELECT app_distribute('charge');

ALTER TABLE charge ADD FOREIGN KEY (tenant_id, person_id) REFERENCES person (tenant_id, id);

ALTER TABLE charge ADD FOREIGN KEY (tenant_id, unit_id) REFERENCES unit (tenant_id, id);

ALTER TABLE charge ADD CONSTRAINT charge_overlap EXCLUDE USING gist
  (tenant_id WITH =, person_id WITH =, unit_id WITH =, daterange(since, until) WITH &&) WHERE (voided_at IS NULL);

CREATE INDEX charge_unit ON charge (tenant_id, unit_id, since);

CREATE INDEX charge_person ON charge (tenant_id, person_id, since);

SELECT app_protect('charge');

-- A grant: a role, over the whole office (unit null) or a unit's subtree, from a day to a day.
CREATE TABLE access_grant (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  role text NOT NULL CHECK (role IN ('leader', 'clerk', 'supervisor', 'staff')),
  unit_id uuid,
  since date NOT NULL,
  until date,
  granted_by uuid,
  ground text NOT NULL,
  recorded_at timestamptz NOT NULL,
  CHECK (until IS NULL OR until > since),
  PRIMARY KEY (tenant_id, id)
);

SELECT app_distribute('access_grant');

ALTER TABLE access_grant ADD FOREIGN KEY (tenant_id, person_id) REFERENCES person (tenant_id, id);

ALTER TABLE access_grant ADD FOREIGN KEY (tenant_id, unit_id) REFERENCES unit (tenant_id, id);

CREATE INDEX access_grant_person ON access_grant (tenant_id, person_id);

SELECT app_protect('access_grant');
