-- The board of a past day is counted from today's rows, less what has changed since: events are written in the order of their time, so a range index
-- finds what came after a day and costs a write next to nothing.
CREATE INDEX obligation_event_recorded ON obligation_event USING brin (tenant_id, recorded_at) WITH (pages_per_range = 32, autosummarize = on);

-- What waits to be confirmed, over the whole office: few rows, however many acts there are.
CREATE INDEX act_confirmation_waiting ON act_confirmation (tenant_id, asked_of, recorded_at) WHERE state = 'awaiting';
