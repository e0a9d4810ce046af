-- What a post was called and which unit it belonged to until a day, as unit_former keeps it of units: a post that moves with a merger keeps its
-- holder and its duties, and a past day keeps the office as it was.
CREATE TABLE post_former (
  tenant_id uuid NOT NULL,
  post_id uuid NOT NULL,
  until date NOT NULL,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
  unit_id uuid NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, post_id, until)
);

SELECT app_distribute('post_former');

ALTER TABLE post_former ADD FOREIGN KEY (tenant_id, post_id) REFERENCES post (tenant_id, id);

ALTER TABLE post_former ADD FOREIGN KEY (tenant_id, unit_id) REFERENCES unit (tenant_id, id);

CREATE INDEX post_former_unit ON post_former (tenant_id, unit_id);

SELECT app_protect('post_former');

-- 合并, 拆分, 撤销: what happened to units on a day and on what paper. `done` is what was moved and ended with it, so that it can be taken back.
CREATE TABLE unit_change (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('merged', 'split', 'abolished')),
  since date NOT NULL,
  units uuid[] NOT NULL,
  ground text CHECK (length(ground) BETWEEN 1 AND 200),
  done jsonb NOT NULL,
  recorded_by uuid,
  recorded_at timestamptz NOT NULL,
  undone_at timestamptz,
  PRIMARY KEY (tenant_id, id)
);

SELECT app_distribute('unit_change');

SELECT app_protect('unit_change');

-- Who carries on what a unit had, from a day. A unit that was split and goes on is its own successor beside the new ones and has no row for it.
CREATE TABLE unit_successor (
  tenant_id uuid NOT NULL,
  unit_id uuid NOT NULL,
  successor_id uuid NOT NULL,
  since date NOT NULL,
  change_id uuid NOT NULL,
  CHECK (unit_id <> successor_id),
  PRIMARY KEY (tenant_id, unit_id, successor_id, since)
);

SELECT app_distribute('unit_successor');

ALTER TABLE unit_successor ADD FOREIGN KEY (tenant_id, unit_id) REFERENCES unit (tenant_id, id);

ALTER TABLE unit_successor ADD FOREIGN KEY (tenant_id, successor_id) REFERENCES unit (tenant_id, id);

ALTER TABLE unit_successor ADD FOREIGN KEY (tenant_id, change_id) REFERENCES unit_change (tenant_id, id);

CREATE INDEX unit_successor_back ON unit_successor (tenant_id, successor_id, since);

SELECT app_protect('unit_successor');
