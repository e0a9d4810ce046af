-- 来文: whose paper it is, who sent it under which number, when it came and by when an answer is owed. `frame` keeps what stands round the text
-- (addressees, copies, attachments, the meeting …) and how its tables were understood, as read.
ALTER TABLE directive ADD COLUMN origin text NOT NULL DEFAULT 'own' CHECK (origin IN ('own', 'superior', 'higher'));

ALTER TABLE directive ADD COLUMN sender text CHECK (length(sender) BETWEEN 1 AND 120);

ALTER TABLE directive ADD COLUMN number text CHECK (length(number) BETWEEN 1 AND 60);

ALTER TABLE directive ADD COLUMN received_on date;

ALTER TABLE directive ADD COLUMN reply_due date;

ALTER TABLE directive ADD COLUMN frame jsonb;

CREATE INDEX directive_origin ON directive (tenant_id, origin, issued_on, id);

-- Who helps, who leads the leaders, which persons: what a tail or the row of a table says beside the holder.
ALTER TABLE proposal ADD COLUMN tail jsonb;

ALTER TABLE directive_event DROP CONSTRAINT directive_event_verb_check;

ALTER TABLE directive_event ADD CONSTRAINT directive_event_verb_check CHECK (verb IN ('add', 'read', 'mark', 'accept', 'edit', 'merge', 'split', 'aside',
  'reopen', 'settle', 'resume', 'amend', 'same', 'replace', 'differ'));

-- A sentence of a later paper that says again what a duty already is: a further basis of that duty, and nothing more is owed.
CREATE TABLE duty_sentence (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  duty_id uuid NOT NULL,
  directive_id uuid NOT NULL,
  proposal_id uuid NOT NULL,
  basis_start integer NOT NULL,
  basis_end integer NOT NULL CHECK (basis_end > basis_start),
  recorded_by uuid NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, duty_id, proposal_id)
);

SELECT app_distribute('duty_sentence');

ALTER TABLE duty_sentence ADD FOREIGN KEY (tenant_id, duty_id) REFERENCES duty (tenant_id, id);

ALTER TABLE duty_sentence ADD FOREIGN KEY (tenant_id, directive_id) REFERENCES directive (tenant_id, id);

ALTER TABLE duty_sentence ADD FOREIGN KEY (tenant_id, proposal_id) REFERENCES proposal (tenant_id, id);

CREATE INDEX duty_sentence_directive ON duty_sentence (tenant_id, directive_id);

SELECT app_protect('duty_sentence', 'append');

-- What a person decided about a sentence laid beside an earlier duty: the same, replaced by it, or another matter. Percent of likeness as it was shown.
CREATE TABLE likeness (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  proposal_id uuid NOT NULL,
  duty_id uuid NOT NULL,
  choice text NOT NULL CHECK (choice IN ('same', 'replaces', 'different')),
  percent integer NOT NULL CHECK (percent BETWEEN 0 AND 100),
  recorded_by uuid NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, proposal_id, duty_id)
);

SELECT app_distribute('likeness');

ALTER TABLE likeness ADD FOREIGN KEY (tenant_id, proposal_id) REFERENCES proposal (tenant_id, id);

ALTER TABLE likeness ADD FOREIGN KEY (tenant_id, duty_id) REFERENCES duty (tenant_id, id);

CREATE INDEX likeness_duty ON likeness (tenant_id, duty_id);

SELECT app_protect('likeness', 'append');

-- Duties by their pairs of characters: what is like a sentence is found by a few of its pairs that stand side by side, never by reading every duty.
CREATE INDEX duty_like ON duty USING gin (app_pairs(title || ' ' || body));
