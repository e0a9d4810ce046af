-- What somebody is asked to confirm: an act that was recorded for them, or that an act of somebody below them fulfils a duty that asks for it.
-- A row moves once; an objection that is answered begins a new one, so that the state known on any day is the last row's.
CREATE TABLE act_confirmation (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  act_id uuid NOT NULL,
  obligation_id uuid,
  ground text NOT NULL CHECK (ground IN ('recorded_for', 'head', 'superior')),
  asked_of uuid NOT NULL,
  asked_by uuid NOT NULL,
  unit_id uuid NOT NULL,
  state text NOT NULL CHECK (state IN ('awaiting', 'confirmed', 'objected', 'lapsed')),
  note text,
  reason text,
  recorded_at timestamptz NOT NULL,
  moved_by uuid,
  moved_at timestamptz,
  CHECK ((ground = 'recorded_for') = (obligation_id IS NULL)),
  CHECK (asked_of <> asked_by),
  PRIMARY KEY (tenant_id, id)
);

SELECT app_distribute('act_confirmation');

ALTER TABLE act_confirmation ADD FOREIGN KEY (tenant_id, act_id) REFERENCES act (tenant_id, id);

ALTER TABLE act_confirmation ADD FOREIGN KEY (tenant_id, obligation_id) REFERENCES obligation (tenant_id, id);

ALTER TABLE act_confirmation ADD FOREIGN KEY (tenant_id, asked_of) REFERENCES person (tenant_id, id);

CREATE INDEX act_confirmation_asked ON act_confirmation (tenant_id, asked_of, state, recorded_at, id);

CREATE INDEX act_confirmation_by ON act_confirmation (tenant_id, asked_by, state, recorded_at, id);

CREATE INDEX act_confirmation_act ON act_confirmation (tenant_id, act_id);

CREATE INDEX act_confirmation_obligation ON act_confirmation (tenant_id, obligation_id) WHERE obligation_id IS NOT NULL;

SELECT app_protect('act_confirmation');

-- How a duty is fulfilled: by having been there, where it says so (null: it does not say); and who has to confirm it, where somebody has to.
ALTER TABLE duty
  ADD COLUMN attend boolean,
  ADD COLUMN confirm text CHECK (confirm IN ('head', 'superior'));
