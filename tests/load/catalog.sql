CREATE SCHEMA auth;
CREATE SCHEMA drizzle;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE TABLE drizzle.__drizzle_migrations (id serial PRIMARY KEY, hash text NOT NULL, created_at bigint);
CREATE TYPE mood AS ENUM ('sad', 'ok');
ALTER TYPE mood ADD VALUE 'fine' BEFORE 'ok';
CREATE TYPE auth."Level" AS ENUM ('low', 'high');
CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%');
CREATE TABLE auth.team (region char(2), number integer, label text, CONSTRAINT team_pk PRIMARY KEY (number, region));
CREATE TABLE member (
    id serial PRIMARY KEY,
    counter bigint GENERATED ALWAYS AS IDENTITY (START WITH 5 INCREMENT BY 2),
    name varchar(40) NOT NULL,
    code char(2) DEFAULT 'EU',
    score numeric(10,2) DEFAULT 1.5,
    whole numeric(8),
    born date,
    seen timestamp(3) with time zone DEFAULT now() NOT NULL,
    made timestamp,
    mood mood DEFAULT 'ok' NOT NULL,
    moods mood[],
    level auth."Level",
    tags text[] DEFAULT '{}',
    grid integer[][],
    extra jsonb DEFAULT '{}',
    contact email,
    active boolean DEFAULT true,
    upper_name text GENERATED ALWAYS AS (upper(name)) STORED,
    team_number integer,
    team_region char(2),
    "Odd Name" text,
    CONSTRAINT member_seats CHECK (score > 0),
    CONSTRAINT member_name_code UNIQUE NULLS NOT DISTINCT (code, name),
    CONSTRAINT member_team FOREIGN KEY (team_region, team_number) REFERENCES auth.team (region, number)
        ON DELETE CASCADE ON UPDATE SET NULL
);
CREATE INDEX member_seen ON member (seen DESC NULLS LAST, name) WHERE active;
CREATE UNIQUE INDEX member_lower ON member (lower(name), code bpchar_pattern_ops NULLS FIRST) WITH (fillfactor = 70);
CREATE INDEX member_tags ON member USING gin (tags);
CREATE INDEX member_trgm ON member USING gin (name gin_trgm_ops);
ALTER TABLE member ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON member AS RESTRICTIVE FOR UPDATE TO PUBLIC USING (active) WITH CHECK (score > 1);
CREATE TABLE empty_one ();
CREATE TABLE split (at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE split_2026 PARTITION OF split FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE VIEW active_member WITH (security_invoker = true) AS SELECT id, name FROM member WHERE active;
CREATE MATERIALIZED VIEW moods AS SELECT mood, count(*) FROM member GROUP BY mood;
CREATE SEQUENCE ticket START WITH 100 INCREMENT BY 10 CYCLE;
INSERT INTO auth.team SELECT 'EU', i, 'x' FROM generate_series(1, 500) i;
ANALYZE auth.team;
