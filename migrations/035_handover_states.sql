-- Every state a handover was in and from when, so that a past day shows it as it stood.
CREATE TABLE handover_event (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  handover_id uuid NOT NULL,
  state text NOT NULL CHECK (state IN ('draft', 'out', 'agreed', 'done', 'withdrawn')),
  at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id)
);

SELECT app_distribute('handover_event');

ALTER TABLE handover_event ADD FOREIGN KEY (tenant_id, handover_id) REFERENCES handover (tenant_id, id);

CREATE INDEX handover_event_at ON handover_event (tenant_id, handover_id, at);

SELECT app_protect('handover_event', 'append');

-- What was moved before this was kept: its present state, from when it moved. Office by office.
DO $$
DECLARE t record;
BEGIN
  FOR t IN SELECT id FROM tenant LOOP
    PERFORM app_set_tenant(t.id);
    INSERT INTO handover_event (tenant_id, id, handover_id, state, at) SELECT tenant_id, id, id, state, moved_at FROM handover WHERE tenant_id = t.id;
  END LOOP;
END $$;
