-- 应尽事项: one cause, one period, one holder, one due day. The row is today's state; obligation_event is every state it ever had.
CREATE TABLE obligation (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  because text NOT NULL CHECK (because IN ('duty', 'finding')),
  because_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('principal', 'first', 'dual', 'supervision', 'branch', 'task', 'finding')),
  title text NOT NULL CHECK (length(title) BETWEEN 1 AND 120),
  period text NOT NULL CHECK (length(period) BETWEEN 1 AND 20),
  holder_id uuid NOT NULL,
  unit_id uuid NOT NULL,
  opens date NOT NULL,
  warn_from date NOT NULL,
  due date NOT NULL,
  state text NOT NULL CHECK (state IN ('open', 'discharged', 'waived')),
  done_on date,
  act_id uuid,
  version integer NOT NULL,
  recorded_at timestamptz NOT NULL,
  CHECK (warn_from <= due AND opens <= due),
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, because_id, holder_id, period)
);

SELECT app_distribute('obligation');

ALTER TABLE obligation ADD FOREIGN KEY (tenant_id, holder_id) REFERENCES person (tenant_id, id);

ALTER TABLE obligation ADD FOREIGN KEY (tenant_id, unit_id) REFERENCES unit (tenant_id, id);

CREATE INDEX obligation_due ON obligation (tenant_id, due, id);

CREATE INDEX obligation_state ON obligation (tenant_id, state, due, id);

CREATE INDEX obligation_unit ON obligation (tenant_id, unit_id, state, due, id);

CREATE INDEX obligation_holder ON obligation (tenant_id, holder_id, state, due, id);

SELECT app_protect('obligation');

-- Each event carries the whole state after it, so the state known on a day is the last event recorded by then.
CREATE TABLE obligation_event (
  tenant_id uuid NOT NULL,
  obligation_id uuid NOT NULL,
  version integer NOT NULL,
  kind text NOT NULL CHECK (kind IN ('made', 'due_moved', 'handed_over', 'waived', 'discharged', 'corrected')),
  effective_at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL,
  actor_id uuid,
  reason text,
  act_id uuid,
  state text NOT NULL CHECK (state IN ('open', 'discharged', 'waived')),
  holder_id uuid NOT NULL,
  unit_id uuid NOT NULL,
  warn_from date NOT NULL,
  due date NOT NULL,
  done_on date,
  PRIMARY KEY (tenant_id, obligation_id, version)
);

SELECT app_distribute('obligation_event');

ALTER TABLE obligation_event ADD FOREIGN KEY (tenant_id, obligation_id) REFERENCES obligation (tenant_id, id);

SELECT app_protect('obligation_event', 'append');

-- Today's board reads sums of these rows: as many as units × kinds × due days, however many obligations there are.
CREATE TABLE tally (
  tenant_id uuid NOT NULL,
  unit_id uuid NOT NULL,
  kind text NOT NULL,
  due date NOT NULL,
  warn_from date NOT NULL,
  open integer NOT NULL,
  on_time integer NOT NULL,
  late integer NOT NULL,
  waived integer NOT NULL,
  PRIMARY KEY (tenant_id, unit_id, kind, due, warn_from)
);

SELECT app_distribute('tally');

CREATE INDEX tally_due ON tally (tenant_id, due);

SELECT app_protect('tally');
