CREATE SCHEMA "Odd Schema"; CREATE SCHEMA app;
COMMENT ON SCHEMA app IS 'it''s an app \ schema';
CREATE SEQUENCE app.counter AS smallint INCREMENT BY -2 MINVALUE -100 MAXVALUE 50 START 10 CACHE 5 CYCLE;
CREATE SEQUENCE fresh; CREATE SEQUENCE used START 7; SELECT nextval('used'), nextval('used');
CREATE SEQUENCE setfalse; SELECT setval('setfalse', 42, false);
CREATE TABLE "Odd Schema"."Select ""t""" ("order" serial PRIMARY KEY, "A b" text DEFAULT 'x;''y', "user" varchar(5) NOT NULL DEFAULT 'u', CONSTRAINT "odd check" CHECK ("A b" <> 'bad' AND length("A b") < 100));
COMMENT ON COLUMN "Odd Schema"."Select ""t"""."order" IS 'col';
INSERT INTO "Odd Schema"."Select ""t""" ("A b") VALUES (E'tab\t nl\n cr\r bs\\ \\. '), (NULL), (''), ('\.'), ('\N');
CREATE TABLE app.types (id int GENERATED ALWAYS AS IDENTITY (START 100 INCREMENT 10), a smallint, b bigint, c real, d double precision, e numeric, f numeric(10,2), g boolean, h text, i varchar, j varchar(10), k char(5), l bytea, m date, n time, o timestamp, p timestamptz, q interval, r uuid, s int[], t text[], u timestamp(3)[], v numeric(4,-2), w time(2), x interval(0), y character, z float[][]);
INSERT INTO app.types (a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u,v,w,x,y,z) VALUES
 (-32768, -9223372036854775808, 1.17549435e-38, 4.9e-324, 'NaN', -12345678.90, true, 'ü€😀', '', 'x', 'ab', '\x00ff5c', 'infinity', '24:00', '-infinity', 'infinity', '-1 year 2 mons -3 days 04:05:06.789', gen_random_uuid(), '{1,NULL,3}', '{"a b",NULL,"NULL","q\"uo\\te",""}', '{2020-01-01 00:00:00.123}', 123456, '12:34:56.789', '1 day 2:03:04.7', 'q', '[0:1][2:3]={{1.5,NaN},{Infinity,-0}}'),
 (1, 2, 'NaN', '-Infinity', 123456789012345678901234567890.1234567890, 0, false, null, null, null, null, '', '4713-01-01 BC', '00:00', '0001-01-01 BC', '1999-12-31 23:59:59.999999+05:30', '0', null, '{}', '{}', null, null, null, null, null, null);
CREATE TABLE app.parent (a int, b text, PRIMARY KEY (b, a), UNIQUE (a)); 
CREATE TABLE app.child (id bigint PRIMARY KEY, pa int, pb text, self bigint REFERENCES app.child ON DELETE SET NULL, CONSTRAINT fk FOREIGN KEY (pb, pa) REFERENCES app.parent (b, a) MATCH FULL ON UPDATE CASCADE ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED);
ALTER TABLE app.parent ADD COLUMN child_id bigint REFERENCES app.child;
CREATE TABLE app.refs_index (x int); CREATE UNIQUE INDEX ux ON app.refs_index (x); CREATE TABLE app.r2 (y int REFERENCES app.refs_index (x));
COMMENT ON CONSTRAINT fk ON app.child IS 'late'; COMMENT ON CONSTRAINT parent_pkey ON app.parent IS 'pk';COMMENT ON INDEX app.ux IS 'idx';
CREATE INDEX hashed ON app.parent USING hash (a); CREATE UNIQUE INDEX hu ON app.parent USING hash (a, b); CREATE INDEX mixed ON app.child (pa DESC, pb NULLS FIRST, id DESC NULLS LAST);
CREATE TABLE defaults (a int DEFAULT 1 + 2 * 3, b boolean DEFAULT (1 IN (1,2)), c timestamptz DEFAULT now(), d text DEFAULT upper('x' || 'y'), e date DEFAULT CURRENT_DATE - 1, f bigint DEFAULT nextval('used'), g int[] DEFAULT '{1,2}', h int[] DEFAULT ARRAY[1,2], i text DEFAULT CASE WHEN true THEN 'a' ELSE 'b' END, j numeric DEFAULT -1, k bigint DEFAULT nextval('app.counter'::regclass), l text DEFAULT ('a' LIKE 'b')::text);
ALTER TABLE defaults ALTER b SET DEFAULT 5 BETWEEN 1 AND 2 IS NULL OR false;
CREATE TABLE gone (a int, b int, c int); INSERT INTO gone VALUES (1,2,3); ALTER TABLE gone DROP COLUMN b; ALTER TABLE gone ADD COLUMN d int NOT NULL DEFAULT 4;
SET search_path = app, public;
CREATE VIEW v2 AS SELECT p.a, c.id FROM parent p LEFT JOIN child c ON c.pa = p.a WHERE p.a IN (SELECT x FROM refs_index) ORDER BY 1;
CREATE VIEW a_first (one, "T wo") AS WITH child AS (SELECT 1 AS id), w2 AS (SELECT * FROM v2) SELECT child.id, w2.a FROM child, w2 UNION ALL (SELECT parent.a, 2 FROM parent);
CREATE VIEW v3 AS (SELECT a FROM parent) UNION SELECT x FROM refs_index; CREATE VIEW v4 AS VALUES (1, 'x'); CREATE VIEW v5 AS TABLE parent; CREATE VIEW v6 AS SELECT last_value FROM counter; COMMENT ON VIEW v4 IS 'values'; COMMENT ON COLUMN v4.column2 IS 'of a view'; COMMENT ON COLUMN a_first."T wo" IS 'quoted';
INSERT INTO parent (a, b) VALUES (1, 'p'); INSERT INTO child VALUES (1, 1, 'p', 1); UPDATE parent SET child_id = 1;
CREATE TABLE own (id int); CREATE SEQUENCE ownseq OWNED BY own.id;
CREATE TABLE app.empty (a int); COMMENT ON TABLE app.empty IS E'two\nlines'; COMMENT ON SEQUENCE ownseq IS 'owned'; COMMENT ON COLUMN own.id IS 'of own';
COMMENT ON TABLE gone IS 'less'; COMMENT ON COLUMN gone.c IS 'third';
