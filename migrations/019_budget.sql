-- 待签批: what was issued above somebody's budget waits for the first responsible's signature, and nothing is owed for it before.
ALTER TABLE duty DROP CONSTRAINT duty_state_check;

ALTER TABLE duty ADD CONSTRAINT duty_state_check CHECK (state IN ('active', 'ended', 'retracted', 'awaiting', 'returned'));

-- One issuing above the budget: a whole duty, or further holders of one. `load` is what was shown when it was drafted: who, how much, in minutes.
CREATE TABLE duty_issue (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  duty_id uuid NOT NULL,
  what text NOT NULL CHECK (what IN ('assume', 'assign')),
  since date NOT NULL,
  holders jsonb NOT NULL,
  load jsonb NOT NULL,
  state text NOT NULL CHECK (state IN ('awaiting', 'signed', 'returned', 'dropped')),
  reason text CHECK (length(reason) BETWEEN 2 AND 500),
  drafted_by uuid NOT NULL,
  drafted_at timestamptz NOT NULL,
  moved_by uuid NOT NULL,
  moved_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id)
);

SELECT app_distribute('duty_issue');

ALTER TABLE duty_issue ADD FOREIGN KEY (tenant_id, duty_id) REFERENCES duty (tenant_id, id);

ALTER TABLE duty_issue ADD FOREIGN KEY (tenant_id, drafted_by) REFERENCES person (tenant_id, id);

CREATE UNIQUE INDEX duty_issue_pending ON duty_issue (tenant_id, duty_id) WHERE state IN ('awaiting', 'returned');

CREATE INDEX duty_issue_state ON duty_issue (tenant_id, state, drafted_at, id);

CREATE INDEX duty_issue_duty ON duty_issue (tenant_id, duty_id);

SELECT app_protect('duty_issue');
