-- 公车封存: before a holiday a unit's cars are sealed by their keeper, or kept in service for a reason.
CREATE TABLE sealing (
  tenant_id uuid NOT NULL, id uuid NOT NULL, occasion text NOT NULL CHECK (length(occasion) BETWEEN 1 AND 40),
  unit_id uuid NOT NULL, keeper_id uuid NOT NULL, due date NOT NULL, note text CHECK (length(note) BETWEEN 2 AND 120),
  state text NOT NULL CHECK (state IN ('asked', 'sealed', 'excused')),
  recorded_at timestamptz NOT NULL, moved_by uuid NOT NULL, moved_at timestamptz NOT NULL, PRIMARY KEY (tenant_id, id)
);

SELECT app_distribute('sealing');

ALTER TABLE sealing ADD FOREIGN KEY (tenant_id, unit_id) REFERENCES unit (tenant_id, id);

ALTER TABLE sealing ADD FOREIGN KEY (tenant_id, keeper_id) REFERENCES person (tenant_id, id);

CREATE INDEX sealing_due ON sealing (tenant_id, due, id);

SELECT app_protect('sealing');
