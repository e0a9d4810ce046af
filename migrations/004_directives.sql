-- 部署: the text as received, its outline, and what was proposed sentence by sentence.
CREATE TABLE directive (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  title text NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  kind text NOT NULL CHECK (kind IN ('speech', 'plan', 'notice', 'minutes', 'other')),
  issued_on date NOT NULL,
  speaker_post_id uuid,
  body text NOT NULL CHECK (length(body) BETWEEN 1 AND 400000),
  body_hash text NOT NULL,
  characters integer NOT NULL,
  source text NOT NULL,
  outline jsonb NOT NULL,
  problems jsonb NOT NULL,
  state text NOT NULL CHECK (state IN ('reading', 'settled')),
  recorded_by uuid NOT NULL,
  recorded_at timestamptz NOT NULL,
  moved_by uuid NOT NULL,
  moved_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id)
);

SELECT app_distribute('directive');

ALTER TABLE directive ADD FOREIGN KEY (tenant_id, speaker_post_id) REFERENCES post (tenant_id, id);

CREATE INDEX directive_list ON directive (tenant_id, issued_on, id);

SELECT app_protect('directive');

-- holders: as read from the text; assigned: as a person chose them, null until then. recorded_by is null where the program read it.
CREATE TABLE proposal (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  directive_id uuid NOT NULL,
  seq integer NOT NULL,
  type text NOT NULL CHECK (type IN ('duty', 'finding')),
  start_at integer NOT NULL,
  end_at integer NOT NULL CHECK (end_at > start_at),
  title text NOT NULL CHECK (length(title) BETWEEN 1 AND 120),
  body text NOT NULL,
  holders jsonb NOT NULL,
  assigned jsonb,
  kind text NOT NULL CHECK (kind IN ('principal', 'first', 'dual', 'supervision', 'branch', 'task')),
  polarity text NOT NULL CHECK (polarity IN ('positive', 'negative')),
  cadence jsonb,
  due jsonb,
  measure text,
  why jsonb NOT NULL,
  confidence integer NOT NULL CHECK (confidence BETWEEN 0 AND 100),
  state text NOT NULL CHECK (state IN ('open', 'accepted', 'merged', 'split', 'aside')),
  reason text,
  into_id uuid,
  made_id uuid,
  recorded_by uuid,
  recorded_at timestamptz NOT NULL,
  moved_by uuid,
  moved_at timestamptz,
  PRIMARY KEY (tenant_id, id)
);

SELECT app_distribute('proposal');

ALTER TABLE proposal ADD FOREIGN KEY (tenant_id, directive_id) REFERENCES directive (tenant_id, id);

ALTER TABLE proposal ADD FOREIGN KEY (tenant_id, into_id) REFERENCES proposal (tenant_id, id);

CREATE INDEX proposal_directive ON proposal (tenant_id, directive_id, start_at, seq);

SELECT app_protect('proposal');

-- Each event carries the whole changeable state of the directive or the proposal after it, so what was known on a day is the last one by then.
CREATE TABLE directive_event (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  directive_id uuid NOT NULL,
  thing_id uuid NOT NULL,
  verb text NOT NULL CHECK (verb IN ('add', 'read', 'mark', 'accept', 'edit', 'merge', 'split', 'aside', 'reopen', 'settle', 'resume')),
  actor_id uuid,
  at timestamptz NOT NULL,
  after jsonb NOT NULL,
  PRIMARY KEY (tenant_id, id)
);

SELECT app_distribute('directive_event');

ALTER TABLE directive_event ADD FOREIGN KEY (tenant_id, directive_id) REFERENCES directive (tenant_id, id);

CREATE INDEX directive_event_thing ON directive_event (tenant_id, directive_id, thing_id, at, id);

SELECT app_protect('directive_event', 'append');
