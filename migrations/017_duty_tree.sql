-- Where a duty hung: its row says where it hangs now, each move says from where and to where.
CREATE TABLE duty_move (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  duty_id uuid NOT NULL,
  from_id uuid,
  to_id uuid,
  reason text,
  moved_by uuid NOT NULL,
  moved_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id)
);

SELECT app_distribute('duty_move');

ALTER TABLE duty_move ADD FOREIGN KEY (tenant_id, duty_id) REFERENCES duty (tenant_id, id);

CREATE INDEX duty_move_duty ON duty_move (tenant_id, duty_id, moved_at);

SELECT app_protect('duty_move', 'append');

-- Whose part of the parent a child carries: the parent's holders. It counts while the child hangs below the duty that these hold.
CREATE TABLE duty_part (
  tenant_id uuid NOT NULL,
  duty_id uuid NOT NULL,
  holder_id uuid NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, duty_id, holder_id)
);

SELECT app_distribute('duty_part');

ALTER TABLE duty_part ADD FOREIGN KEY (tenant_id, duty_id) REFERENCES duty (tenant_id, id);

ALTER TABLE duty_part ADD FOREIGN KEY (tenant_id, holder_id) REFERENCES duty_holder (tenant_id, id);

CREATE INDEX duty_part_holder ON duty_part (tenant_id, holder_id);

SELECT app_protect('duty_part');
