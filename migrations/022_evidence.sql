-- 佐证: files of acts. A row says what was attached, when and by whom; the bytes lie in the storage for files under the office and their hash.
-- A row is never deleted: what was removed stays as who, when and why.
CREATE TABLE evidence (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  act_id uuid NOT NULL,
  hash text NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 130),
  kind text NOT NULL CHECK (kind IN ('pdf', 'png', 'jpeg', 'webp', 'heic', 'docx', 'xlsx', 'pptx', 'ofd', 'txt')),
  size integer NOT NULL CHECK (size > 0),
  taken_on date,
  uploaded_at timestamptz NOT NULL,
  uploaded_by uuid NOT NULL,
  state text NOT NULL CHECK (state IN ('kept', 'removed')),
  reason text CHECK (length(reason) BETWEEN 2 AND 500),
  moved_by uuid NOT NULL,
  moved_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id)
);

SELECT app_distribute('evidence');

ALTER TABLE evidence ADD FOREIGN KEY (tenant_id, act_id) REFERENCES act (tenant_id, id);

ALTER TABLE evidence ADD FOREIGN KEY (tenant_id, uploaded_by) REFERENCES person (tenant_id, id);

CREATE INDEX evidence_act ON evidence (tenant_id, act_id, uploaded_at, id);

-- The same bytes once with one act; by the hash one finds with which acts they are.
CREATE UNIQUE INDEX evidence_once ON evidence (tenant_id, hash, act_id) WHERE state = 'kept';

SELECT app_protect('evidence');
