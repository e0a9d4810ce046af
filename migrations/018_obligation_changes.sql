-- An obligation may be split: it is settled as `split` and its parts carry it; a part taken back is `joined`. Parts of one period stand beside each
-- other, so the key of what is owed once counts them.
ALTER TABLE obligation DROP CONSTRAINT obligation_state_check;

ALTER TABLE obligation ADD CONSTRAINT obligation_state_check CHECK (state IN ('open', 'discharged', 'waived', 'split', 'joined'));

ALTER TABLE obligation ADD COLUMN part integer NOT NULL DEFAULT 0;

ALTER TABLE obligation ADD COLUMN part_of uuid;

-- How the due day was counted: a cadence (FREQ=…) or a span (30wd), and the day it was counted from. Empty: a day that somebody set, which no calendar
-- moves.
ALTER TABLE obligation ADD COLUMN reckoned text CHECK (length(reckoned) BETWEEN 1 AND 200);

ALTER TABLE obligation ADD COLUMN reckoned_from date;

ALTER TABLE obligation DROP CONSTRAINT obligation_tenant_id_because_id_holder_id_period_key;

ALTER TABLE obligation ADD CONSTRAINT obligation_once UNIQUE (tenant_id, because_id, holder_id, period, part);

ALTER TABLE obligation ADD FOREIGN KEY (tenant_id, part_of) REFERENCES obligation (tenant_id, id);

CREATE INDEX obligation_part ON obligation (tenant_id, part_of) WHERE part_of IS NOT NULL;

ALTER TABLE obligation_event DROP CONSTRAINT obligation_event_kind_check;

ALTER TABLE obligation_event ADD CONSTRAINT obligation_event_kind_check CHECK (kind IN ('made', 'due_moved', 'brought_forward', 'handed_over', 'waived',
  'discharged', 'corrected', 'split', 'joined', 'recomputed'));

ALTER TABLE obligation_event DROP CONSTRAINT obligation_event_state_check;

ALTER TABLE obligation_event ADD CONSTRAINT obligation_event_state_check CHECK (state IN ('open', 'discharged', 'waived', 'split', 'joined'));

-- The turn of the calendar that moved it.
ALTER TABLE obligation_event ADD COLUMN turn_id uuid;

CREATE INDEX obligation_event_turn ON obligation_event (tenant_id, turn_id, obligation_id) WHERE turn_id IS NOT NULL;

-- 负担: what is asked of each person in each month, waived and split ones left out. As many rows as people × months × kinds.
CREATE TABLE burden (
  tenant_id uuid NOT NULL,
  month date NOT NULL,
  holder_id uuid NOT NULL,
  kind text NOT NULL,
  asked integer NOT NULL,
  PRIMARY KEY (tenant_id, month, holder_id, kind)
);

SELECT app_distribute('burden');

CREATE INDEX burden_holder ON burden (tenant_id, holder_id, month);

SELECT app_protect('burden');

-- The working days an office took into its own books, newest last: they win over what the product ships and what lies in the data folder.
CREATE TABLE calendar_year (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  year integer NOT NULL,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
  days jsonb NOT NULL,
  papers text[] NOT NULL,
  imported_by uuid NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id)
);

SELECT app_distribute('calendar_year');

ALTER TABLE calendar_year ADD FOREIGN KEY (tenant_id, imported_by) REFERENCES person (tenant_id, id);

CREATE INDEX calendar_year_recorded ON calendar_year (tenant_id, recorded_at);

SELECT app_protect('calendar_year', 'append');

-- A turn of the calendar: from when open obligations are counted again under other working days until all of them are. `marks` holds, per year, the
-- hash of the days they were counted under; the latest turn says under which calendar the office's open days stand.
CREATE TABLE calendar_turn (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  years text[] NOT NULL,
  marks jsonb NOT NULL,
  asked_on date NOT NULL,
  asked_by uuid,
  moved integer NOT NULL DEFAULT 0,
  began_at timestamptz NOT NULL,
  ended_at timestamptz,
  PRIMARY KEY (tenant_id, id)
);

SELECT app_distribute('calendar_turn');

CREATE INDEX calendar_turn_began ON calendar_turn (tenant_id, began_at);

SELECT app_protect('calendar_turn');

-- What is there already: the open ones learn how they were counted, unless somebody moved them, and the burden is counted. Office by office.
DO $$
DECLARE t record;
BEGIN
  FOR t IN SELECT id FROM tenant LOOP
    PERFORM app_set_tenant(t.id);
    UPDATE obligation o SET reckoned = d.rrule, reckoned_from = d.since FROM duty d
      WHERE o.tenant_id = t.id AND d.tenant_id = t.id AND d.id = o.because_id AND o.state = 'open' AND d.rrule IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM obligation_event e WHERE e.tenant_id = t.id AND e.obligation_id = o.id AND e.kind = 'due_moved');
    INSERT INTO burden (tenant_id, month, holder_id, kind, asked)
      SELECT t.id, date_trunc('month', o.due)::date, o.holder_id, o.kind, count(*) FROM obligation o
      WHERE o.tenant_id = t.id AND o.state IN ('open', 'discharged') GROUP BY 2, 3, 4;
  END LOOP;
END $$;
