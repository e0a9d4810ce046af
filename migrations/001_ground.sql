-- One schema for one machine and for Citus: tenant_id first in every key; each table is declared distributed, reference or local.
CREATE EXTENSION IF NOT EXISTS btree_gist;

CREATE FUNCTION app_distribute(t text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'citus') THEN
    EXECUTE format('SELECT create_distributed_table(%L, %L)', t, 'tenant_id');
  END IF;
END $$;

CREATE FUNCTION app_reference(t text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'citus') THEN
    EXECUTE format('SELECT create_reference_table(%L)', t);
  END IF;
END $$;

-- Row policies, forced, on the tenant of the transaction. 'append' tables may be read and added to, never changed.
CREATE FUNCTION app_protect(t text, kind text DEFAULT 'write') RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', t);
  EXECUTE format('CREATE POLICY tenant_scope ON %s USING (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid) WITH CHECK (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid)', t);
  EXECUTE format('GRANT SELECT, INSERT%s ON %s TO zelian_app', CASE WHEN kind = 'append' THEN '' ELSE ', UPDATE, DELETE' END, t);
END $$;

-- set_config() does not reach Citus workers; SET LOCAL does.
CREATE FUNCTION app_set_tenant(t uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('SET LOCAL app.tenant = %L', t);
END $$;

CREATE TABLE tenant (
  id uuid PRIMARY KEY,
  code text NOT NULL UNIQUE CHECK (code ~ '^[a-z0-9-]{2,40}$'),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
  path text NOT NULL,
  zone text NOT NULL,
  fictional boolean NOT NULL
);

SELECT app_reference('tenant');

GRANT SELECT, INSERT ON tenant TO zelian_app;

CREATE TABLE idempotency (
  tenant_id uuid NOT NULL,
  key text NOT NULL CHECK (length(key) BETWEEN 1 AND 200),
  account_id text NOT NULL,
  request_hash text NOT NULL,
  status integer,
  answer jsonb,
  at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, account_id, key)
);

SELECT app_distribute('idempotency');

SELECT app_protect('idempotency');

-- The ledger: what stands in `leaf` is canonical JSON of hashes and pseudonyms only; the salts that tie it to people lie apart and can be erased.
CREATE TABLE ledger_entry (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL,
  leaf text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id)
);

SELECT app_distribute('ledger_entry');

SELECT app_protect('ledger_entry', 'append');

CREATE TABLE ledger_salt (
  tenant_id uuid NOT NULL,
  entry_id uuid NOT NULL,
  thing_id uuid NOT NULL,
  actor_id text NOT NULL,
  salt bytea NOT NULL,
  content text NOT NULL,
  PRIMARY KEY (tenant_id, entry_id)
);

SELECT app_distribute('ledger_salt');

ALTER TABLE ledger_salt ADD FOREIGN KEY (tenant_id, entry_id) REFERENCES ledger_entry (tenant_id, id);

CREATE INDEX ledger_salt_thing ON ledger_salt (tenant_id, thing_id, entry_id);

SELECT app_protect('ledger_salt');

CREATE TABLE tenant_key (
  tenant_id uuid NOT NULL,
  purpose text NOT NULL,
  key bytea NOT NULL,
  PRIMARY KEY (tenant_id, purpose)
);

SELECT app_distribute('tenant_key');

SELECT app_protect('tenant_key', 'append');
