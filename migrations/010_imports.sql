-- 导入: a table that came in from a file. Previewed, then committed whole or not at all, and undone while nobody has built on it.
CREATE TABLE import_batch (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL CHECK (length(kind) BETWEEN 1 AND 40),
  file_name text NOT NULL CHECK (length(file_name) BETWEEN 1 AND 200),
  file_hash text NOT NULL CHECK (file_hash ~ '^[0-9a-f]{64}$'),
  file_size integer NOT NULL,
  format text NOT NULL CHECK (format IN ('xlsx', 'csv')),
  encoding text,
  sheet text NOT NULL,
  sheets jsonb NOT NULL,
  header_rows jsonb NOT NULL,
  columns jsonb NOT NULL,
  since date NOT NULL,
  counts jsonb NOT NULL,
  makes jsonb NOT NULL,
  problems jsonb NOT NULL,
  basis text NOT NULL,
  state text NOT NULL CHECK (state IN ('previewed', 'committed', 'undone', 'discarded')),
  created_by uuid NOT NULL,
  created_at timestamptz NOT NULL,
  moved_by uuid,
  moved_at timestamptz,
  PRIMARY KEY (tenant_id, id)
);

SELECT app_distribute('import_batch');

CREATE INDEX import_batch_kind ON import_batch (tenant_id, kind, id);

CREATE INDEX import_batch_file ON import_batch (tenant_id, kind, file_hash);

SELECT app_protect('import_batch');

-- The file as it was read, packed; thrown away when it has been committed or discarded, so that no second copy of a roster lies about.
CREATE TABLE import_content (
  tenant_id uuid NOT NULL,
  batch_id uuid NOT NULL,
  content bytea NOT NULL,
  PRIMARY KEY (tenant_id, batch_id)
);

SELECT app_distribute('import_content');

ALTER TABLE import_content ADD FOREIGN KEY (tenant_id, batch_id) REFERENCES import_batch (tenant_id, id);

SELECT app_protect('import_content');

-- What each row of the sheet would do, or did.
CREATE TABLE import_row (
  tenant_id uuid NOT NULL,
  batch_id uuid NOT NULL,
  row integer NOT NULL,
  nth integer NOT NULL,
  change text NOT NULL CHECK (change IN ('new', 'changed', 'unchanged')),
  name text NOT NULL,
  read jsonb NOT NULL,
  before jsonb NOT NULL,
  PRIMARY KEY (tenant_id, batch_id, nth)
);

SELECT app_distribute('import_row');

ALTER TABLE import_row ADD FOREIGN KEY (tenant_id, batch_id) REFERENCES import_batch (tenant_id, id);

CREATE INDEX import_row_change ON import_row (tenant_id, batch_id, change, nth);

SELECT app_protect('import_row');

-- What a commit wrote, in the kind's own terms: for taking it back.
CREATE TABLE import_effect (
  tenant_id uuid NOT NULL,
  batch_id uuid NOT NULL,
  effects jsonb NOT NULL,
  PRIMARY KEY (tenant_id, batch_id)
);

SELECT app_distribute('import_effect');

ALTER TABLE import_effect ADD FOREIGN KEY (tenant_id, batch_id) REFERENCES import_batch (tenant_id, id);

SELECT app_protect('import_effect');
