-- Accounts of better-auth in a schema of their own (reference: one account may belong to several offices), sessions local to the coordinator.
CREATE SCHEMA auth;

GRANT USAGE ON SCHEMA auth TO zelian_app;

CREATE TABLE auth."user" (
  id text PRIMARY KEY,
  name text NOT NULL,
  email text NOT NULL UNIQUE,
  "emailVerified" boolean NOT NULL,
  image text,
  "createdAt" timestamptz NOT NULL,
  "updatedAt" timestamptz NOT NULL,
  username text UNIQUE,
  "displayUsername" text
);

CREATE TABLE auth.account (
  id text PRIMARY KEY,
  "accountId" text NOT NULL,
  "providerId" text NOT NULL,
  "userId" text NOT NULL,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  scope text,
  password text,
  "createdAt" timestamptz NOT NULL,
  "updatedAt" timestamptz NOT NULL
);

CREATE INDEX account_of_user ON auth.account ("userId");

CREATE TABLE auth.session (
  id text PRIMARY KEY,
  token text NOT NULL UNIQUE,
  "userId" text NOT NULL,
  "expiresAt" timestamptz NOT NULL,
  "ipAddress" text,
  "userAgent" text,
  "createdAt" timestamptz NOT NULL,
  "updatedAt" timestamptz NOT NULL
);

CREATE INDEX session_of_user ON auth.session ("userId");

CREATE TABLE auth.verification (
  id text PRIMARY KEY,
  identifier text NOT NULL,
  value text NOT NULL,
  "expiresAt" timestamptz NOT NULL,
  "createdAt" timestamptz NOT NULL,
  "updatedAt" timestamptz NOT NULL
);

-- Which account is which person in which office. The sign-in name is unique in its office: a second 张伟 signs in as 张伟2.
CREATE TABLE auth.membership (
  tenant_id uuid NOT NULL,
  account_id text NOT NULL,
  person_id uuid,
  sign_in_name text NOT NULL CHECK (length(sign_in_name) BETWEEN 1 AND 60),
  PRIMARY KEY (tenant_id, account_id),
  UNIQUE (tenant_id, sign_in_name)
);

CREATE INDEX membership_account ON auth.membership (account_id);

SELECT app_reference('auth."user"');

SELECT app_reference('auth.account');

SELECT app_reference('auth.membership');

GRANT SELECT, INSERT, UPDATE, DELETE ON auth."user", auth.account, auth.session, auth.verification, auth.membership TO zelian_app;

CREATE SCHEMA pgboss AUTHORIZATION zelian_app;
