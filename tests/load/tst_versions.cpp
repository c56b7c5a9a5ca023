// SPDX-License-Identifier: GPL-3.0-or-later
#include "schematext.h"
#include "smallproject.h"

#include <QProcess>
#include <QTest>

using testsupport::SmallProject;

/// Projects with their own drizzle-orm: real versions from npm, each with what it has.
class TestVersions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void common_data();
    void common();
    void features_data();
    void features();
};

namespace
{

const QString versions = QStringLiteral(SLUICE_VERSIONS_DIR);

/// Loads a project with one schema file and the version of the npm alias drizzle-orm-\a version.
void compare(const QByteArray &version, const QByteArray &schema, const QByteArray &expected,
             const QByteArray &casing = {})
{
    const SmallProject project(
        {{"schema.ts", schema},
         {"drizzle.config.ts", "export default { dialect: 'postgresql', schema: './schema.ts', "
                               "casing: '" +
                                   casing + "' };\n"},
         {"node_modules/.keep", ""}},
        versions);
    // A project's packages lie inside of its workspace: links to the same files are as good as
    // files.
    QCOMPARE(QProcess::execute(
                 QStringLiteral("cp"),
                 {QStringLiteral("-al"),
                  versions + QStringLiteral("/node_modules/drizzle-orm-") + QLatin1String(version),
                  project.path() + QStringLiteral("/node_modules/drizzle-orm")}),
             0);
    const auto code = project.code();
    QVERIFY2(code.ok(), code.ok() ? "" : qPrintable(base::toLine(code.error())));
    QCOMPARE(testsupport::printed(code->problems), QString());
    const QStringList found = testsupport::printed(code->schema).split(u'\n');
    const QStringList wanted = QString::fromUtf8(expected.trimmed()).split(u'\n');
    for (qsizetype i = 0; i < std::min(found.size(), wanted.size()); ++i)
        QCOMPARE(found.at(i), wanted.at(i));
    QCOMPARE(found.size(), wanted.size());
}

const QByteArray imports =
    "import { pgTable, pgSchema, pgEnum, pgView, pgMaterializedView, customType, index, "
    "uniqueIndex, unique, primaryKey, foreignKey, serial, integer, text, varchar, numeric, "
    "timestamp, jsonb } from 'drizzle-orm/pg-core';\n"
    "import * as pg from 'drizzle-orm/pg-core';\n"
    "import * as orm from 'drizzle-orm';\n"
    "import { sql } from 'drizzle-orm';\n";

/// What every version has, in the form that all of them take.
const QByteArray schemaOfAll = R"ts(
const ci = customType<{ data: string }>({ dataType: () => 'citext' });
export const mood = pgEnum('mood', ['ok', "it's"]);
export const users = pgTable('users', {
  id: serial('id').primaryKey(),
  email: ci('email').notNull().unique(),
  mood: mood('mood').default('ok'),
  tags: text('tags').array().default(['a', 'b']),
  price: numeric('price', { precision: 10, scale: 2 }).default('1.50'),
  data: jsonb('data').default({ a: 1 }),
  at: timestamp('at', { withTimezone: true }).defaultNow(),
  made: text('made').$defaultFn(() => 'x'),
  code: varchar('code', { length: 40 }).default(sql`upper('x')`),
}, (t) => ({
  a: index('a_idx').on(t.email, t.code),
  b: uniqueIndex('b_idx').on(t.code),
  u: unique('u').on(t.mood, t.at),
}));
export const auth = pgSchema('auth');
export const posts = auth.table('posts', {
  a: integer('a').notNull(), b: integer('b').notNull(),
  user: integer('user').references(() => users.id, { onDelete: 'cascade' }),
}, (t) => ({
  pk: primaryKey(KEY),
  fk: foreignKey({ columns: [t.a], foreignColumns: [users.id] }),
}));
export const v = pgView('v').as((qb) => qb.select({ id: users.id }).from(users));
export const m = pgMaterializedView('m', { x: integer('x') }).as(sql`select 1 as x`);
)ts";

const QByteArray relationsOfAll = R"ts(
import { relations } from 'FROM';
export const usersRelations = relations(users, ({ many }) => ({ posts: many(posts) }));
export const postsRelations = relations(posts, ({ one }) => ({
  user: one(users, { fields: [posts.user], references: [users.id] }),
}));
)ts";

const QByteArray expectedOfAll = R"(
auth.posts
  a integer not null
  b integer not null
  user integer
  fk posts_user_users_id_fk user>.users.id cascade
  fk posts_a_users_id_fk a>.users.id no action
  pk posts_a_b_pk a,b
public.users
  id serial key not null
  email citext not null
  mood mood of public = 'ok'
  tags text[] = '{"a","b"}'
  price numeric(10, 2) = '1.50'
  data jsonb = '{"a":1}'::jsonb
  at timestamp with time zone = now()
  made text filled
  code varchar(40) = upper('x')
  index a_idx btree(email,code)
  index unique b_idx btree(code)
  unique users_email_unique email
  unique u mood,at
enum public.mood ok|it's
view public.v select "id" from "users"
view public.m select 1 as x
one user posts(user)>users(id)
many posts users()>posts()
)";

} // namespace

void TestVersions::common_data()
{
    QTest::addColumn<bool>("isVersion1");
    for (const char *version : {"028", "029", "031", "033", "036", "040", "044", "045"})
        QTest::newRow(version) << false;
    QTest::newRow("1") << true;
}

void TestVersions::common()
{
    QFETCH(bool, isVersion1);
    const QByteArray version = QTest::currentDataTag();
    QByteArray schema = imports + schemaOfAll + relationsOfAll;
    // 0.29 is the first that takes an object.
    schema.replace("KEY", version == "028" ? "t.a, t.b" : "{ columns: [t.a, t.b] }");
    schema.replace("FROM", isVersion1 ? "drizzle-orm/_relations" : "drizzle-orm");
    QByteArray expected = expectedOfAll;
    if (isVersion1)
        expected.replace("_id_fk ", "_id_fkey ")
            .replace("posts_a_b_pk", "posts_pkey")
            .replace("users_email_unique", "users_email_key");
    compare(version, schema, expected);
}

void TestVersions::features_data()
{
    QTest::addColumn<QByteArray>("version");
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QByteArray>("expected");
    QTest::addColumn<QByteArray>("casing");
    const auto row = [](const char *name, const char *version, const QByteArray &schema,
                        const QByteArray &expected, const char *casing = "") {
        QTest::newRow(name) << QByteArray(version) << imports + schema << expected
                            << QByteArray(casing);
    };
    row("028: the order is the index's", "028",
        "export const a = pgTable('a', { x: text('x'), y: text('y') }, (t) => ({\n"
        "  i: index('i').on(t.x, t.y).desc().nullsFirst().using(sql`hash`).where(sql`${t.x} > "
        "0`),\n"
        "}));\n",
        "public.a\n  x text\n  y text\n"
        "  index i hash(x desc first,y desc first) where \"a\".\"x\" > 0");
    row("031: an enum of a schema", "031",
        "export const s = pgSchema('s');\nexport const e = s.enum('e', ['x']);\n"
        "export const a = pgTable('a', { e: e('e') });\n",
        "public.a\n  e e of s\nenum s.e x");
    row("031: the order is the column's", "031",
        "export const a = pgTable('a', { x: text('x'), y: text('y') }, (t) => ({\n"
        "  i: index('i').using('gin', t.x.desc(), t.y.nullsFirst(), sql`lower(${t.x})`),\n}));\n",
        "public.a\n  x text\n  y text\n  index i gin(x desc,y first,lower(\"x\"))");
    row("033: sequences, identity, generated columns", "033",
        "export const q = pg.pgSequence('q', { startWith: 5 });\n"
        "export const a = pgTable('a', { x: integer('x').generatedAlwaysAsIdentity(),\n"
        "  y: text('y').generatedAlwaysAs(sql`upper('a')`), z: text('z').$onUpdate(() => '') "
        "});\n",
        "public.a\n  x integer not null identity a_x_seq\n  y text as upper('a')\n"
        "  z text filled updated\nsequence public.q 5");
    const QByteArray policies =
        "export const admin = pg.pgRole('admin');\n"
        "export const theTable = pgTable('the_table', { firstName: text() }, (t) => [\n"
        "  pg.pgPolicy('p', { for: 'select', to: admin }), pg.check('c', sql`${t.firstName} > ''`)"
        ",\n]).enableRLS();\n";
    const QByteArray expectedPolicies =
        "public.the_table rls\n  first_name text\n  check c \"the_table\".\"first_name\" > ''\n"
        "  policy p SELECT\nrole admin";
    for (const char *version : {"036", "040", "045"})
        row(QByteArray(version) + ": policies, roles, extras as an array, casing", version,
            policies, expectedPolicies, "snake_case");
    const QByteArray objectEnum = "export const e = pgEnum('e', { A: 'a', B: 'b' } as any);\n"
                                  "export const t = pgTable('t', { e: (e as any)('e') });\n";
    row("044: an enum from an object", "044", objectEnum, "public.t\n  e e\nenum public.e a|b");
    row("1: an enum from an object", "1", objectEnum,
        "public.t\n  e e of public\nenum public.e a|b");
    row("1: arrays by dimensions", "1",
        "export const mood = pgEnum('mood', ['ok']);\n"
        "export const a = pgTable('a', { x: integer().array('[][]' as any).default([[1]] as any), "
        "m: mood().array(), v: pg.vector({ dimensions: 3 }) });\n",
        "public.a\n  x integer[][] = '{{1}}'\n  m mood[] of public\n  v vector(3)\n"
        "enum public.mood ok");
    row("1: casing by the table's function", "1",
        "export const a = pg.snakeCase.table('a', { theName: text().unique(), own: "
        "text('OwnName') });\n"
        "export const s = pg.camelCase.schema('s');\n"
        "export const b = s.table('b', { the_name: integer() });\n",
        "public.a\n  the_name text\n  OwnName text\n  unique a_the_name_key the_name\n"
        "s.b\n  theName integer");
    row("1: row-level security, conditions, names", "1",
        "export const a_table_with_a_rather_long_name = "
        "pg.pgTable.withRLS('a_table_with_a_rather_long_name', {\n"
        "  id: integer().primaryKey(),\n"
        "  another_column_of_some_length: integer().references((): any => "
        "a_table_with_a_rather_long_name.id),\n"
        "}, (t) => [index().on(t.id).where(sql`${t.id} > ${1}`), pg.check('c', sql`${t.id} > "
        "0`)]);\n"
        "export const m = pgTable('m', { a: integer(), b: integer() }, (t) => [primaryKey({ "
        "columns: [t.a, t.b] })]);\n",
        "public.a_table_with_a_rather_long_name rls\n  id integer key not null\n"
        "  another_column_of_some_length integer\n"
        "  index a_table_with_a_rather_long_name_id_index btree(id) where \"id\" > 1\n"
        "  fk a_table_with_a_rather_long_name_JBlxiEbr7xE0_fkey another_column_of_some_length>"
        ".a_table_with_a_rather_long_name.id no action\n"
        "  check c \"id\" > 0\n"
        "public.m\n  a integer not null\n  b integer not null\n  pk m_pkey a,b");
    row("1: defineRelations", "1",
        "export const users = pgTable('users', { id: integer().primaryKey() });\n"
        "export const groups = pgTable('groups', { id: integer().primaryKey(), owner: integer() "
        "});\n"
        "export const members = pgTable('members', { u: integer(), g: integer() });\n"
        "export const rel = orm.defineRelations({ users, groups, members }, (r) => ({\n"
        "  users: {\n"
        "    groups: r.many.groups({ from: r.users.id.through(r.members.u), to: "
        "r.groups.id.through(r.members.g) }),\n"
        "    owned: r.many.groups({ alias: 'owner' }),\n"
        "  },\n"
        "  groups: {\n"
        "    users: r.many.users(),\n"
        "    owner_: r.one.users({ from: r.groups.owner, to: r.users.id, alias: 'owner', optional: "
        "false }),\n"
        "  },\n}));\n",
        "public.groups\n  id integer key not null\n  owner integer\n"
        "public.members\n  u integer\n  g integer\n"
        "public.users\n  id integer key not null\n"
        "many groups users(id)>groups(id) through members(u)(g)\n"
        "many owned users(id)>groups(owner)\n"
        "many users groups(id)>users(id) through members(g)(u)\n"
        "one owner_ groups(owner)>users(id)");
}

void TestVersions::features()
{
    QFETCH(QByteArray, version);
    QFETCH(QByteArray, schema);
    QFETCH(QByteArray, expected);
    QFETCH(QByteArray, casing);
    compare(version, schema, expected, casing);
}

QTEST_GUILESS_MAIN(TestVersions)
#include "tst_versions.moc"
