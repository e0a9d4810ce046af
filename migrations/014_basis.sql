-- 依据: laws and rules, each row one version. All versions of one law share law_id, the id of the first that was taken in.
-- until: from when it is no longer in force, by its successor or by repeal. names: the keys it is found by in citations.
CREATE TABLE regulation (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  law_id uuid NOT NULL,
  title text COLLATE "zh-x-icu" NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  aliases text[] NOT NULL,
  names text[] NOT NULL,
  issuer text,
  document text,
  kind text NOT NULL CHECK (kind IN ('law', 'administrative', 'party', 'local', 'departmental', 'document', 'own')),
  level text NOT NULL CHECK (level IN ('central', 'province', 'city', 'office')),
  passed date,
  since date NOT NULL,
  until date,
  repealed_on date,
  replaces_id uuid,
  body text NOT NULL CHECK (length(body) BETWEEN 1 AND 400000),
  body_hash text NOT NULL,
  characters integer NOT NULL,
  articles integer NOT NULL,
  source text NOT NULL,
  problems jsonb NOT NULL,
  state text NOT NULL CHECK (state IN ('kept', 'repealed', 'withdrawn')),
  reason text,
  recorded_by uuid NOT NULL,
  recorded_at timestamptz NOT NULL,
  moved_by uuid NOT NULL,
  moved_at timestamptz NOT NULL,
  CHECK (until IS NULL OR until > since),
  PRIMARY KEY (tenant_id, id)
);

SELECT app_distribute('regulation');

ALTER TABLE regulation ADD FOREIGN KEY (tenant_id, law_id) REFERENCES regulation (tenant_id, id);

ALTER TABLE regulation ADD FOREIGN KEY (tenant_id, replaces_id) REFERENCES regulation (tenant_id, id);

CREATE UNIQUE INDEX regulation_version ON regulation (tenant_id, law_id, since) WHERE state <> 'withdrawn';

CREATE UNIQUE INDEX regulation_text ON regulation (tenant_id, body_hash) WHERE state <> 'withdrawn';

SELECT app_protect('regulation');

-- Every stretch of a text as a node, in its order. [start_at, own_at) is its own, [start_at, end_at) with all below it; UTF-16 code units of the body.
-- article, article_sub, paragraph, item, point: the place by which one cites it. body: the words behind the marker, of an article with everything in it.
CREATE TABLE regulation_node (
  tenant_id uuid NOT NULL,
  regulation_id uuid NOT NULL,
  seq integer NOT NULL,
  parent_seq integer,
  kind text NOT NULL CHECK (kind IN ('title', 'note', 'contents', 'preamble', 'part', 'subpart', 'chapter', 'section', 'article', 'paragraph', 'item', 'point', 'annex')),
  number integer,
  sub integer NOT NULL,
  label text NOT NULL,
  title text NOT NULL,
  body text NOT NULL,
  start_at integer NOT NULL,
  words_at integer NOT NULL,
  own_at integer NOT NULL,
  end_at integer NOT NULL,
  article integer,
  article_sub integer,
  paragraph integer,
  item integer,
  point integer,
  CHECK (start_at <= own_at AND own_at <= end_at),
  PRIMARY KEY (tenant_id, regulation_id, seq)
);

SELECT app_distribute('regulation_node');

ALTER TABLE regulation_node ADD FOREIGN KEY (tenant_id, regulation_id) REFERENCES regulation (tenant_id, id);

CREATE INDEX regulation_node_place ON regulation_node (tenant_id, regulation_id, article, article_sub);

CREATE INDEX regulation_node_words ON regulation_node USING gin (app_pairs(body)) WHERE kind = 'article';

SELECT app_protect('regulation_node');

-- What a duty rests on, chosen by a person: an article of a version, or a paragraph or an item of it.
CREATE TABLE duty_basis (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  duty_id uuid NOT NULL,
  regulation_id uuid NOT NULL,
  node_seq integer NOT NULL,
  state text NOT NULL CHECK (state IN ('tied', 'untied')),
  recorded_by uuid NOT NULL,
  recorded_at timestamptz NOT NULL,
  moved_by uuid NOT NULL,
  moved_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id)
);

SELECT app_distribute('duty_basis');

ALTER TABLE duty_basis ADD FOREIGN KEY (tenant_id, duty_id) REFERENCES duty (tenant_id, id);

ALTER TABLE duty_basis ADD FOREIGN KEY (tenant_id, regulation_id, node_seq) REFERENCES regulation_node (tenant_id, regulation_id, seq);

CREATE UNIQUE INDEX duty_basis_once ON duty_basis (tenant_id, duty_id, regulation_id, node_seq) WHERE state = 'tied';

CREATE INDEX duty_basis_node ON duty_basis (tenant_id, regulation_id, node_seq);

SELECT app_protect('duty_basis');
