-- One of everything that a database can hold, on PostgreSQL 12 to 18; lines that end in a version are meant for that.
-- Roles belong to the server: the test makes app_owner, app_reader and "Odd Role" before.
CREATE SCHEMA audit AUTHORIZATION app_owner;
CREATE SCHEMA "Odd Schema";
COMMENT ON SCHEMA audit IS 'what happened';
GRANT USAGE ON SCHEMA audit TO app_reader;
CREATE EXTENSION citext;
CREATE EXTENSION pg_trgm;
CREATE EXTENSION btree_gist;
CREATE TYPE mood AS ENUM ('sad', 'it''s ok', 'happy, very');
COMMENT ON TYPE mood IS 'how';
REVOKE ALL ON TYPE mood FROM PUBLIC;
GRANT USAGE ON TYPE mood TO app_reader;
CREATE DOMAIN email AS text COLLATE "C" DEFAULT 'x@y' NOT NULL CONSTRAINT has_at CHECK (VALUE LIKE '%@%');
COMMENT ON DOMAIN email IS 'an address';
COMMENT ON CONSTRAINT has_at ON DOMAIN email IS 'at';
CREATE TYPE address AS (street text COLLATE "C", number integer);
CREATE TYPE span AS RANGE (subtype = numeric);
CREATE COLLATION german (provider = libc, locale = 'C.UTF-8');
CREATE FUNCTION touched() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
ALTER FUNCTION touched() OWNER TO app_owner;
REVOKE ALL ON FUNCTION touched() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION touched() TO app_reader WITH GRANT OPTION;
CREATE FUNCTION double_of(value integer, OUT result integer) LANGUAGE sql IMMUTABLE AS 'SELECT $1 * 2';
COMMENT ON FUNCTION double_of(integer) IS 'twice';
CREATE PROCEDURE tidy(age integer DEFAULT 3) LANGUAGE plpgsql AS $$ BEGIN PERFORM age; END $$;
CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer);
CREATE OPERATOR === (LEFTARG = integer, RIGHTARG = integer, FUNCTION = int4eq);
CREATE SEQUENCE audit.ticket AS smallint START WITH 10 INCREMENT BY 5 MAXVALUE 1000 CYCLE;
COMMENT ON SEQUENCE audit.ticket IS 'numbers';
GRANT USAGE ON SEQUENCE audit.ticket TO app_reader;
CREATE SEQUENCE shared_numbers;
CREATE TABLE team (
    id serial CONSTRAINT "Team Key" PRIMARY KEY,
    name text COLLATE "C" NOT NULL CONSTRAINT team_name UNIQUE DEFERRABLE INITIALLY DEFERRED,
    region char(2) NOT NULL DEFAULT 'EU',
    UNIQUE (region, name)
) WITH (fillfactor = 80);
ALTER TABLE team OWNER TO app_owner;
CREATE TABLE member (
    id bigint GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME member_numbers START WITH 7 CACHE 3),
    other_id integer NOT NULL DEFAULT nextval('shared_numbers'),
    ticket smallint DEFAULT nextval('audit.ticket'),
    first text NOT NULL,
    last text,
    full_name text GENERATED ALWAYS AS (first || ' ' || last) STORED,
    short text GENERATED ALWAYS AS (left(first, 1)) VIRTUAL, -- 18+
    contact email,
    feeling mood DEFAULT 'it''s ok',
    feelings mood[],
    nick citext COLLATE german,
    place address,
    during span,
    team_id integer,
    team_region char(2),
    matrix integer[][] DEFAULT '{{1},{2}}',
    wait interval day to second(3),
    flags bit(4),
    price numeric(8,2),
    big numeric(3,-2), -- 15+
    at timestamp(3) without time zone,
    note varchar,
    doubled integer DEFAULT double_of(4),
    "Odd ""Column""" integer,
    CONSTRAINT member_team FOREIGN KEY (team_id) REFERENCES team ON DELETE SET NULL DEFERRABLE,
    CONSTRAINT member_full FOREIGN KEY (team_region, first) REFERENCES team (region, name) MATCH FULL
        ON UPDATE CASCADE,
    CONSTRAINT member_part FOREIGN KEY (team_region, last) REFERENCES team (region, name) ON DELETE SET NULL (last), -- 15+
    CONSTRAINT price_positive CHECK (price > 0) NO INHERIT,
    CONSTRAINT loose CHECK (price < 100) NOT ENFORCED, -- 18+
    PRIMARY KEY (id) INCLUDE (first),
    CONSTRAINT no_overlap EXCLUDE USING gist (team_id WITH =, during WITH &&) WHERE (team_id > 0)
);
ALTER TABLE member ADD CONSTRAINT late CHECK (price < 1000) NOT VALID;
ALTER TABLE member ADD CONSTRAINT note_there NOT NULL note NOT VALID; -- 18+
COMMENT ON TABLE member IS 'people; it''s them';
COMMENT ON COLUMN member.full_name IS 'both';
COMMENT ON COLUMN member.first IS 'given';
COMMENT ON CONSTRAINT member_team ON member IS 'where';
ALTER TABLE member ALTER COLUMN note SET STORAGE EXTERNAL;
ALTER TABLE member ALTER COLUMN last SET STATISTICS 500;
ALTER TABLE member ALTER COLUMN last SET (n_distinct = 5);
ALTER TABLE member ALTER COLUMN last SET COMPRESSION pglz; -- 14+
ALTER TABLE member ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT ON member TO app_reader;
GRANT ALL ON member TO "Odd Role" WITH GRANT OPTION;
GRANT UPDATE (first, full_name) ON member TO app_reader;
CREATE POLICY own ON member AS RESTRICTIVE FOR UPDATE TO app_reader, "Odd Role" USING (price > 1) WITH CHECK (price > 2);
CREATE POLICY by_team ON member USING (EXISTS (SELECT FROM team t WHERE t.id = team_id AND t.name = CURRENT_USER));
COMMENT ON POLICY own ON member IS 'mine';
CREATE TRIGGER member_touched BEFORE UPDATE OF price ON member FOR EACH ROW WHEN (OLD.price <> NEW.price) EXECUTE FUNCTION touched();
ALTER TABLE member DISABLE TRIGGER member_touched;
COMMENT ON TRIGGER member_touched ON member IS 'when';
CREATE TRIGGER member_always AFTER INSERT ON member EXECUTE FUNCTION touched();
ALTER TABLE member ENABLE ALWAYS TRIGGER member_always;
CREATE RULE no_delete AS ON DELETE TO member DO INSTEAD NOTHING;
COMMENT ON RULE no_delete ON member IS 'never';
ALTER TABLE member DISABLE RULE no_delete;
CREATE INDEX member_plain ON member (first, last DESC, price DESC NULLS LAST, at NULLS FIRST);
CREATE UNIQUE INDEX member_lower ON member (lower(first), last COLLATE "C" text_pattern_ops) INCLUDE (note) WITH (fillfactor = 70) WHERE price > 3;
CREATE UNIQUE INDEX member_nulls ON member (last) NULLS NOT DISTINCT; -- 15+
COMMENT ON INDEX member_lower IS 'small';
ALTER INDEX member_lower ALTER COLUMN 1 SET STATISTICS 77;
CREATE INDEX member_trgm ON member USING gist (first gist_trgm_ops (siglen = 64)); -- 13+
CREATE INDEX member_nick ON member (nick);
CREATE INDEX member_hash ON member USING hash (first);
CREATE UNIQUE INDEX team_region ON team (region, id);
ALTER TABLE team CLUSTER ON team_region;
ALTER TABLE team REPLICA IDENTITY USING INDEX team_region;
CREATE STATISTICS member_stats (dependencies) ON first, last FROM member;
COMMENT ON STATISTICS member_stats IS 'together';
CREATE UNLOGGED TABLE scratch (id integer) WITH (autovacuum_enabled = false);
ALTER TABLE scratch REPLICA IDENTITY FULL;
CREATE TABLE base (id integer, label text CHECK (label <> ''));
CREATE TABLE derived (extra integer) INHERITS (base);
CREATE TABLE split (at date NOT NULL, kind text, value integer, PRIMARY KEY (at, kind)) PARTITION BY RANGE (at);
CREATE TABLE split_2026 PARTITION OF split FOR VALUES FROM ('2026-01-01') TO ('2027-01-01') PARTITION BY LIST (kind);
CREATE TABLE split_2026_a PARTITION OF split_2026 FOR VALUES IN ('a', 'b');
CREATE TABLE split_rest PARTITION OF split DEFAULT;
CREATE INDEX split_value ON split (value);
CREATE TRIGGER split_touched AFTER UPDATE ON split FOR EACH ROW EXECUTE FUNCTION touched();
CREATE TABLE split_child (at date, kind text, CONSTRAINT to_split FOREIGN KEY (at, kind) REFERENCES split);
CREATE FOREIGN DATA WRAPPER nothing;
CREATE SERVER nowhere FOREIGN DATA WRAPPER nothing;
CREATE FOREIGN TABLE far (id integer) SERVER nowhere;
CREATE VIEW names (number, whole) WITH (security_barrier = true) AS SELECT id, full_name FROM member WHERE price > 1;
ALTER VIEW names OWNER TO app_owner;
COMMENT ON VIEW names IS 'their names';
COMMENT ON COLUMN names.whole IS 'whole name';
GRANT SELECT ON names TO app_reader WITH GRANT OPTION;
GRANT UPDATE (whole) ON names TO "Odd Role";
ALTER VIEW names ALTER COLUMN number SET DEFAULT 5;
CREATE TRIGGER names_touched INSTEAD OF INSERT ON names FOR EACH ROW EXECUTE FUNCTION touched();
CREATE VIEW checked WITH (security_invoker = true) AS SELECT * FROM member WHERE price > 5 WITH LOCAL CHECK OPTION; -- 15+
CREATE VIEW "Odd Schema"."Odd View" AS SELECT n.number, t.name FROM names n JOIN team t ON t.id = n.number GROUP BY n.number, t.id;
CREATE RULE odd_insert AS ON INSERT TO "Odd Schema"."Odd View" DO INSTEAD NOTHING;
CREATE MATERIALIZED VIEW counts WITH (fillfactor = 90) AS SELECT team_id, count(*) AS members, max(full_name) AS last FROM member GROUP BY team_id;
CREATE UNIQUE INDEX counts_team ON counts (team_id);
CREATE INDEX counts_lower ON counts (lower(last)) WHERE members > 1;
COMMENT ON INDEX counts_lower IS 'lower';
ALTER MATERIALIZED VIEW counts CLUSTER ON counts_team;
COMMENT ON MATERIALIZED VIEW counts IS 'how many';
GRANT SELECT ON counts TO PUBLIC;
CREATE MATERIALIZED VIEW later AS SELECT feeling FROM member WITH NO DATA;
CREATE VIEW on_counts AS SELECT sum(members) FROM counts;
REVOKE ALL ON on_counts FROM CURRENT_USER;
CREATE FUNCTION member_count() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(first) FROM member; END; -- 14+
CREATE VIEW similar_names AS SELECT similarity(first, last) FROM member;
CREATE TABLE audit.event (id integer PRIMARY KEY, member bigint REFERENCES member, what mood);
CREATE VIEW audit.recent AS SELECT e.id, m.first FROM audit.event e JOIN member m ON m.id = e.member;
CREATE PUBLICATION news FOR TABLE team;
CREATE FUNCTION watch() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$;
CREATE EVENT TRIGGER watcher ON ddl_command_end EXECUTE FUNCTION watch();
