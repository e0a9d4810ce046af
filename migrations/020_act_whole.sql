-- What kind of thing it was (the kinds are data of the program), over which days, how many were there, who had which part in it, and why it was
-- written down late. An act that lasted several days happened on its last one; began_on is the first.
ALTER TABLE act
  ADD COLUMN kind text NOT NULL DEFAULT 'other' CHECK (kind ~ '^[a-z]{2,20}$'),
  ADD COLUMN began_on date,
  ADD COLUMN head_count integer CHECK (head_count BETWEEN 1 AND 100000),
  ADD COLUMN role text NOT NULL DEFAULT 'attend' CHECK (role IN ('attend', 'chair', 'speak', 'observe')),
  ADD COLUMN late_cause text CHECK (late_cause IN ('leave', 'watch', 'handover', 'trip')),
  ADD CONSTRAINT act_days CHECK (began_on < happened_on);

ALTER TABLE act_person ADD COLUMN role text NOT NULL DEFAULT 'attend' CHECK (role IN ('attend', 'chair', 'speak', 'observe'));

CREATE INDEX act_kind ON act (tenant_id, kind, happened_on, id);
