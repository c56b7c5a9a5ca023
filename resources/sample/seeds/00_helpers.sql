-- Settings of this session
-- Every value below is computed from row numbers: two runs agree, and nothing is random. The helpers and the
-- tables named planned_… are temporary, so all files run in one session, in the order of their names.
-- Just-in-time compilation costs more than it saves here.
SET jit = off;
--> statement-breakpoint
-- Helpers: a whole number from 0 to sides - 1 that looks thrown; salt tells the columns of one row apart
CREATE OR REPLACE FUNCTION pg_temp.roll(n bigint, salt integer, sides integer) RETURNS integer
LANGUAGE sql IMMUTABLE AS $$ SELECT ((hashint8extended(n, salt) & 2147483647) % sides)::integer $$;
--> statement-breakpoint
-- Helpers: one entry of a list
CREATE OR REPLACE FUNCTION pg_temp.pick(n bigint, salt integer, list text[]) RETURNS text
LANGUAGE sql IMMUTABLE AS $$ SELECT list[1 + pg_temp.roll(n, salt, cardinality(list))] $$;
--> statement-breakpoint
-- Helpers: the uuid of row n of a kind, in the form of a version 4
CREATE OR REPLACE FUNCTION pg_temp.key(kind text, n bigint) RETURNS uuid
LANGUAGE sql IMMUTABLE AS $$
  SELECT overlay(overlay(md5(kind || n::text) PLACING '4' FROM 13) PLACING '9' FROM 17)::uuid
$$;
--> statement-breakpoint
-- Helpers: the day on which this data was drawn; the last two years lie before it
CREATE OR REPLACE FUNCTION pg_temp.today() RETURNS timestamptz
LANGUAGE sql IMMUTABLE AS $$ SELECT timestamptz '2026-11-01 00:00:00+00' $$;
--> statement-breakpoint
-- Helpers: a moment on a working day's hours, so many days before today
CREATE OR REPLACE FUNCTION pg_temp.days_ago(days integer, n bigint, salt integer) RETURNS timestamptz
LANGUAGE sql IMMUTABLE AS $$
  SELECT pg_temp.today() - make_interval(days => days) + make_interval(secs => 25200 + pg_temp.roll(n, salt, 39600))
$$;
--> statement-breakpoint
-- Helpers: how many contacts the organization with this number has; the first is the largest
CREATE OR REPLACE FUNCTION pg_temp.contact_count(organization integer) RETURNS integer
LANGUAGE sql IMMUTABLE AS $$ SELECT CASE organization WHEN 1 THEN 6012 ELSE 480 + 9600 / organization END $$;
--> statement-breakpoint
-- Helpers: how many products it sells
CREATE OR REPLACE FUNCTION pg_temp.product_count(organization integer) RETURNS integer
LANGUAGE sql IMMUTABLE AS $$ SELECT 60 + 1800 / (organization + 4) $$;
--> statement-breakpoint
-- Helpers: how many people work in it
CREATE OR REPLACE FUNCTION pg_temp.member_count(organization integer) RETURNS integer
LANGUAGE sql IMMUTABLE AS $$ SELECT 6 + 120 / (organization + 4) $$;
--> statement-breakpoint
-- Helpers: first names
CREATE OR REPLACE FUNCTION pg_temp.first_name(n bigint) RETURNS text
LANGUAGE sql IMMUTABLE AS $$ SELECT pg_temp.pick(n, 1, ARRAY[
  'Ada','Grace','Linus','Edsger','Barbara','Donald','Radia','Ken','Margaret','Alan','Frances','John','Katherine',
  'Niklaus','Shafi','Tony','Leslie','Dana','Robin','Adele','Adaeze','Adam','Adalbert','Amara','Anja','Arjun','Astrid',
  'Aylin','Beatriz','Bjørn','Camille','Carlos','Chiara','Chloé','Daniel','Daria','Diego','Elena','Elif','Emil','Emma',
  'Erik','Eszter','Fatima','Felix','Fiona','Florian','Gabriel','Giulia','Hana','Hannah','Henrik','Hiroshi','Ines','Ingrid',
  'Ivan','Jan','Jana','Jürgen','Kasia','Klara','Lars','Laura','Léa','Leon','Lucía','Luca','Magda','Malte','Marco','Maria',
  'Marta','Mateo','Mei','Mia','Mikkel','Milan','Mohammed','Nadia','Nele','Nina','Noah','Nora','Olga','Oliver','Omar',
  'Paula','Pedro','Petra','Priya','Rafael','Renée','Rosa','Samuel','Sara','Sofia','Søren','Stefan','Tereza','Theo','Tomáš',
  'Uwe','Valentina','Viktor','Wanjiru','Yara','Yusuf','Zoë','Zsófia'
]) $$;
--> statement-breakpoint
-- Helpers: last names
CREATE OR REPLACE FUNCTION pg_temp.last_name(n bigint) RETURNS text
LANGUAGE sql IMMUTABLE AS $$ SELECT pg_temp.pick(n, 2, ARRAY[
  'Byron','Murray','Pauling','Vries','Liskow','Kahn','Pearl','Thomas','Hamil','Kaye','Alan','Backer','Jo','Werth','Gold',
  'Hoar','Lamp','Scot','Mill','Stifter','Obi','Rich','Almeida','Andersen','Bakker','Bauer','Becker','Bergström','Bianchi',
  'Blanc','Braun','Carvalho','Castillo','Conti','Costa','Dahl','Dubois','Eriksen','Esposito','Faber','Fernández','Ferrari',
  'Fischer','Fontaine','Fuchs','García','Girard','Greco','Haas','Hansen','Hartmann','Hoffmann','Horváth','Ibrahim','Ivanova',
  'Jansen','Jensen','Johansson','Kaiser','Kamau','Keller','Kowalski','Kraus','Krüger','Lambert','Larsen','Lehmann','Lindqvist',
  'Lombardi','López','Maier','Marchetti','Martin','Martínez','Mendes','Meyer','Moreau','Moretti','Müller','Nakamura','Navarro',
  'Neumann','Nguyen','Novák','Nowak','Okafor','Olsen','Patel','Pereira','Petrov','Pham','Richter','Rinaldi','Rossi','Roux',
  'Sánchez','Santos','Sato','Schmidt','Schneider','Schulz','Silva','Simon','Sørensen','Suzuki','Svensson','Szabó','Tanaka',
  'Tóth','Vogel','Wagner','Weber','Wiśniewski','Wolf','Yilmaz','Zhang','Zimmermann'
]) $$;
--> statement-breakpoint
-- Helpers: names of firms
CREATE OR REPLACE FUNCTION pg_temp.firm_name(n bigint) RETURNS text
LANGUAGE sql IMMUTABLE AS $$ SELECT pg_temp.pick(n, 3, ARRAY[
  'Nordwind','Alpenblick','Bluebird','Castor','Delta','Eastgate','Fjord','Granite','Harbor','Iris','Juniper','Kestrel',
  'Lighthouse','Meridian','Northstar','Oakwood','Pinnacle','Quartz','Redwood','Silverline','Terra','Union','Vector','Westbrook',
  'Xenon','Yellowstone','Zenith','Aurora','Borealis','Cobalt','Driftwood','Ember','Falcon','Glacier','Heron','Indigo','Jade',
  'Keystone','Lagoon','Maple','Nimbus','Orchid','Polaris','Quill','Raven','Saffron','Tundra','Umber','Velvet','Willow'
]) || ' ' || pg_temp.pick(n, 4, ARRAY[
  'Logistics','Systems','Foods','Textiles','Energy','Consulting','Robotics','Pharma','Media','Print','Optics','Ceramics',
  'Shipping','Software','Instruments','Interiors','Packaging','Metals','Travel','Labs'
]) || ' ' || pg_temp.pick(n, 5, ARRAY['GmbH','AG','Ltd','Inc.','S.A.','B.V.','AB','SRL','A/S','Sp. z o.o.']) $$;
--> statement-breakpoint
-- Helpers: a name as the left half of an address
CREATE OR REPLACE FUNCTION pg_temp.mailbox(name text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
  SELECT translate(lower(name), 'äöüéèëçñøåíóáłšžśőńúï ''&.', 'aoueeecnoaioalszsonui.')
$$;
--> statement-breakpoint
-- Helpers: the mail domain of a firm, from the first two words of its name
CREATE OR REPLACE FUNCTION pg_temp.domain(firm text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$ SELECT lower(split_part(firm, ' ', 1) || '-' || split_part(firm, ' ', 2)) || '.example' $$;
