-- 履责纪实: what was really done, recorded once. Corrections add a new act that names the one it corrects.
CREATE TABLE act (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  what text NOT NULL CHECK (length(what) BETWEEN 1 AND 2000),
  happened_on date NOT NULL,
  happened_at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL,
  done_by uuid NOT NULL,
  recorded_by uuid NOT NULL,
  unit_id uuid NOT NULL,
  state text NOT NULL CHECK (state IN ('recorded', 'corrected', 'withdrawn')),
  corrects_id uuid,
  reason text,
  moved_by uuid NOT NULL,
  moved_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id)
);

SELECT app_distribute('act');

ALTER TABLE act ADD FOREIGN KEY (tenant_id, done_by) REFERENCES person (tenant_id, id);

ALTER TABLE act ADD FOREIGN KEY (tenant_id, unit_id) REFERENCES unit (tenant_id, id);

ALTER TABLE act ADD FOREIGN KEY (tenant_id, corrects_id) REFERENCES act (tenant_id, id);

CREATE INDEX act_list ON act (tenant_id, happened_on, id);

CREATE INDEX act_done_by ON act (tenant_id, done_by, happened_on, id);

CREATE INDEX act_unit ON act (tenant_id, unit_id, happened_on, id);

SELECT app_protect('act');

CREATE TABLE act_person (
  tenant_id uuid NOT NULL,
  act_id uuid NOT NULL,
  person_id uuid NOT NULL,
  PRIMARY KEY (tenant_id, act_id, person_id)
);

SELECT app_distribute('act_person');

ALTER TABLE act_person ADD FOREIGN KEY (tenant_id, act_id) REFERENCES act (tenant_id, id);

ALTER TABLE act_person ADD FOREIGN KEY (tenant_id, person_id) REFERENCES person (tenant_id, id);

CREATE INDEX act_person_person ON act_person (tenant_id, person_id);

SELECT app_protect('act_person');

CREATE TABLE act_discharge (
  tenant_id uuid NOT NULL,
  act_id uuid NOT NULL,
  obligation_id uuid NOT NULL,
  PRIMARY KEY (tenant_id, act_id, obligation_id)
);

SELECT app_distribute('act_discharge');

ALTER TABLE act_discharge ADD FOREIGN KEY (tenant_id, act_id) REFERENCES act (tenant_id, id);

ALTER TABLE act_discharge ADD FOREIGN KEY (tenant_id, obligation_id) REFERENCES obligation (tenant_id, id);

CREATE INDEX act_discharge_obligation ON act_discharge (tenant_id, obligation_id);

SELECT app_protect('act_discharge');

-- Two-character words are what people search for; trigrams do not serve them, pairs of characters do.
CREATE FUNCTION app_pairs(t text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT COALESCE(array_agg(DISTINCT substr(s.w, i, 2)), '{}') FROM (SELECT lower(t) AS w) s, generate_series(1, length(s.w) - 1) i
$$;

CREATE INDEX act_words ON act USING gin (app_pairs(what));
