-- Who ever held an obligation, and in which unit: a trace as of a past day finds by it what a person or a unit had then and has handed over since.
CREATE INDEX obligation_event_held ON obligation_event (tenant_id, holder_id, obligation_id) WHERE kind IN ('made', 'handed_over');

CREATE INDEX obligation_event_unit ON obligation_event (tenant_id, unit_id, obligation_id) WHERE kind IN ('made', 'handed_over');
