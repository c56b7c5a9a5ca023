// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/catalog.h"

#include "base/receive.h"
#include "load/catalogquery.h"
#include "schematext.h"
#include "servers/servers.h"
#include "surroundingstext.h"

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using schema::ObjectId;
using schema::ObjectKind;

namespace
{
constexpr int newest = 99;

QString scriptFor(int version)
{
    QFile file(QStringLiteral(SLUICE_SOURCE_DIR "/tests/load/surroundings.sql"));
    return file.open(QIODevice::ReadOnly)
               ? load::textForVersion(QString::fromUtf8(file.readAll()), version)
               : QString();
}

ObjectId table(const char *name)
{
    return {ObjectKind::Table, {QString(), QString::fromLatin1(name)}};
}

/// What can be dropped and made again while the tables stay.
bool isRestorable(const load::Catalog &catalog, const ObjectId &id)
{
    switch (id.kind) {
    case ObjectKind::Table:
    case ObjectKind::Partition:
    case ObjectKind::Sequence:
    case ObjectKind::Column: // it would come back as the last one
        return false;
    case ObjectKind::Index:
        return !catalog.surroundings.indexes.value(id.name).inherited;
    case ObjectKind::Constraint:
        return !catalog.surroundings.constraints.value(id).inherited;
    default:
        return true;
    }
}

/// The lines that only one of the two has.
QString difference(const schema::Surroundings &before, const schema::Surroundings &after)
{
    QStringList gone = testsupport::printedLines(before);
    QStringList come = testsupport::printedLines(after);
    const QSet<QString> old(gone.cbegin(), gone.cend());
    gone.removeIf([now = QSet<QString>(come.cbegin(), come.cend())](const QString &line) {
        return now.contains(line);
    });
    come.removeIf([&old](const QString &line) { return old.contains(line); });
    gone.replaceInStrings(QRegularExpression(QStringLiteral("^")), QStringLiteral("- "));
    come.replaceInStrings(QRegularExpression(QStringLiteral("^")), QStringLiteral("+ "));
    return (gone + come).join(u'\n');
}

QByteArray script(const QStringList &statements)
{
    return (statements.join(QStringLiteral(";\n")) + u';').toUtf8();
}
} // namespace

/// Reads a database with one of everything from servers of all versions.
class TestSurroundings final : public QObject
{
    Q_OBJECT

    struct Read {
        pg::Settings settings;
        load::Catalog catalog;
        QStringList lines;
    };
    testsupport::Servers m_servers;
    QHash<int, Read> m_read;

    load::Catalog readNow(const pg::Settings &settings, const load::CatalogScope &scope = {})
    {
        const auto read = base::await(load::catalog(std::make_shared<pg::Pool>(settings), scope));
        if (!read)
            QTest::qFail(qPrintable(base::toLine(read.error())), __FILE__, __LINE__);
        return read ? *read : load::Catalog();
    }

    /// The database of \a version, made when it is asked for first; nothing without that server.
    const Read *read(int version)
    {
        testsupport::VersionedServer *server = m_servers.version(version);
        if (!server)
            return nullptr;
        if (!m_read.contains(version)) {
            for (const char *role : {"app_owner", "app_reader", "\"Odd Role\""})
                server->run(server->settings(), QByteArray("CREATE ROLE ") + role);
            Read made{
                server->createDatabase(QStringLiteral("everything"), scriptFor(version).toUtf8())};
            made.catalog = readNow(made.settings);
            made.lines = testsupport::printed(made.catalog.schema).split(u'\n') +
                         testsupport::printedLines(made.catalog.surroundings);
            m_read.insert(version, made);
        }
        return &m_read[version];
    }

    static void addVersions()
    {
        QTest::addColumn<int>("version");
        for (const int version : testsupport::Servers::versions())
            QTest::newRow(qPrintable(QString::number(version))) << version;
    }

    QString dumped(const pg::Settings &settings) const
    {
        QProcess process;
        process.start(QStringLiteral("pg_dump"),
                      {QStringLiteral("-s"), QStringLiteral("-d"), settings.url});
        if (!process.waitForFinished(120'000) || process.exitCode() != 0)
            return QString::fromUtf8(process.readAllStandardError());
        QStringList lines = QString::fromUtf8(process.readAllStandardOutput()).split(u'\n');
        // Newer releases fence a dump with a random word.
        lines.removeIf([](const QString &line) {
            return line.startsWith(QLatin1String("\\restrict")) ||
                   line.startsWith(QLatin1String("\\unrestrict"));
        });
        lines.sort(); // rights come in the order in which they were given
        return lines.join(u'\n');
    }

private Q_SLOTS:
    void line_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<int>("since");
        QTest::addColumn<int>("before");
        const auto row = [](const char *line, int since = 0, int before = newest) {
            QTest::newRow(line) << QString::fromUtf8(line) << since << before;
        };
        // Columns and their types.
        row("  id bigint key not null identity member_numbers");
        row("  other_id integer not null = nextval('public.shared_numbers'::regclass)");
        row("  ticket smallint = nextval('audit.ticket'::regclass)");
        row("  id serial key not null");
        row("  full_name text as ((first || ' '::text) || last)");
        row("  short text as \"left\"(first, 1)", 18);
        row("  contact email");
        row("  feeling mood of public = 'it''s ok'");
        row("  feelings mood[] of public");
        row("  nick citext");
        row("  during span");
        row("  matrix integer[][] = '{{1},{2}}'");
        row("  wait interval day to second(3)");
        row("  flags bit(4)");
        row("  price numeric(8, 2)");
        row("  big numeric(3, -2)", 15);
        row("  at timestamp(3)");
        row("  note varchar", 0, 18);
        row("  note varchar not null", 18);
        row("  Odd \"Column\" integer");
        // Keys, constraints, indexes.
        row("  pk split_pkey at,kind");
        row("  unique team_region_name_key region,name");
        row("  fk member_full team_region,first>.team.region,name no action");
        row("  fk member_part team_region,last>.team.region,name set null", 15);
        row("  fk to_split at,kind>.split.at,kind no action");
        row("  check late (price < (1000)::numeric)");
        row("  check loose (price < (100)::numeric)", 18);
        row("  index member_plain btree(first,last desc first,price desc,at first)");
        row("  index unique member_lower btree(lower(first),\"last\" COLLATE \"C\") where (price > "
            "(3)::numeric)");
        row("  policy own UPDATE");
        // Objects.
        row("enum public.mood sad|it's ok|happy, very");
        row("sequence audit.ticket 10");
        row("table public.team with=fillfactor=80 identity=team_region clustered=team_region "
            "pk=Team "
            "Key triggers");
        row("table public.member force pk=member_pkey triggers");
        row("table public.scratch unlogged with=autovacuum_enabled=false identity=FULL");
        row("table public.derived inherits=public.base");
        row("table public.split key=RANGE (at) pk=split_pkey triggers");
        row("table public.split_rest of=split bound=DEFAULT triggers");
        row("table public.counts with=fillfactor=90 clustered=counts_team");
        row("COLUMN public.member.nick collation=public.german");
        row("COLUMN public.member.last compression=pglz statistics=500 with=n_distinct=5", 14);
        row("COLUMN public.member.last statistics=500 with=n_distinct=5", 0, 14);
        row("COLUMN public.member.note storage=EXTERNAL", 0, 18);
        row("COLUMN public.member.note storage=EXTERNAL notnull=note_there notvalid", 18);
        row("CONSTRAINT public.member.late notvalid");
        row("CONSTRAINT public.member.loose notvalid notenforced", 18);
        row("CONSTRAINT public.member.price_positive noinherit");
        row("CONSTRAINT public.member.no_overlap exclusion");
        row("CONSTRAINT public.member.member_team deferrable");
        row("CONSTRAINT public.member.member_full full");
        row("CONSTRAINT public.member.member_part setnull=last", 15);
        row("CONSTRAINT public.member.member_pkey include=first");
        row("CONSTRAINT public.team.team_name deferrable deferred");
        row("CONSTRAINT public.derived.base_label_check inherited");
        row("index public.member_lower on public.member include=note collate=,pg_catalog.\"C\"");
        row("index public.member_nulls on public.member notdistinct", 15);
        row("index public.split_rest_value_idx on public.split_rest inherited");
        row("sequence audit.ticket smallint start=10");
        row("sequence public.member_numbers bigint owner=member column=id start=7");
        row("sequence public.team_id_seq integer owner=team column=id start=1");
        // What needs what.
        row("COLUMN public.member.first <- COLUMN public.member.full_name", 15);
        row("COLUMN public.member.first <~ COLUMN public.member.full_name", 0, 15);
        row("COLUMN public.member.first <- FUNCTION public.member_count", 14);
        row("COLUMN public.member.full_name <- VIEW public.names");
        row("COLUMN public.names.number <- VIEW Odd Schema.Odd View");
        row("COLUMN public.counts.members <- VIEW public.on_counts");
        row("COLUMN public.counts.members <~ INDEX public.counts_lower");
        row("COLUMN public.member.price <- POLICY public.member.own");
        row("COLUMN public.team.name <- POLICY public.member.by_team");
        row("COLUMN public.member.price <- TRIGGER public.member.member_touched");
        row("COLUMN public.member.last <~ STATISTICS public.member_stats");
        row("CONSTRAINT public.member.member_pkey <- CONSTRAINT audit.event.event_member_fkey");
        row("CONSTRAINT public.team.Team Key <- VIEW Odd Schema.Odd View");
        row("FUNCTION public.double_of.value integer, OUT result integer <- DEFAULT "
            "public.member.doubled");
        row("FUNCTION public.touched <- TRIGGER public.names.names_touched");
        row("SEQUENCE public.shared_numbers <- DEFAULT public.member.other_id");
        row("TYPE public.mood <- COLUMN public.member.feelings");
        row("TYPE public.mood <- DEFAULT public.member.feeling");
        row("TYPE public.mood <- MATERIALIZED VIEW public.later");
        row("DOMAIN public.email <~ CONSTRAINT public.email.has_at");
        row("EXTENSION public.citext <- COLUMN public.member.nick");
        row("EXTENSION public.pg_trgm <- VIEW public.similar_names");
        row("EXTENSION public.btree_gist <- CONSTRAINT public.member.no_overlap");
        row("TABLE public.split <~ PARTITION public.split_rest");
        row("TABLE public.base <- TABLE public.derived");
        row("VIEW public.names <~ TRIGGER public.names.names_touched");
        row("COLUMN public.names.number <~ DEFAULT public.names.number");
        // Objects that Drizzle does not know.
        row("AGGREGATE public.total.integer unmanaged");
        row("COLLATION public.german unmanaged");
        row("OPERATOR public.===.integer, integer unmanaged");
        row("PUBLICATION public.news unmanaged");
        row("EVENT TRIGGER public.watcher unmanaged");
        row("OTHER public.nowhere.server unmanaged");
        row("FOREIGN TABLE public.far unmanaged");
        row("TYPE public.address unmanaged | CREATE TYPE public.address AS (street text COLLATE "
            "pg_catalog.\"C\", number integer)");
        row("DOMAIN public.email unmanaged | CREATE DOMAIN public.email AS text COLLATE "
            "pg_catalog.\"C\" DEFAULT 'x@y'::text NOT NULL | COMMENT ON DOMAIN "
            "\"public\".\"email\" "
            "IS 'an address'");
    }
    void line()
    {
        QFETCH(QString, line);
        QFETCH(int, since);
        QFETCH(int, before);
        for (const int version : testsupport::Servers::versions()) {
            const Read *made = read(version);
            if (!made)
                continue;
            const bool expected = version >= since && version < before;
            QVERIFY2(
                made->lines.contains(line) == expected,
                qPrintable(
                    QStringLiteral("PostgreSQL %1\n%2").arg(version).arg(made->lines.join(u'\n'))));
        }
    }

    void wholeness_data() { addVersions(); }
    /// Nothing is a notice, nothing of an extension is the project's, all kinds are there.
    void wholeness()
    {
        QFETCH(int, version);
        const Read *made = read(version);
        if (!made)
            QSKIP("PostgreSQL of this version is not on this machine");
        QCOMPARE(made->catalog.notices, QStringList());
        QCOMPARE(made->catalog.serverVersion / 10'000, version);
        QSet<ObjectKind> kinds;
        for (const schema::LiveObject &object : made->catalog.surroundings.objects) {
            kinds << object.id.kind;
            QVERIFY2(!object.id.name.name.contains(QLatin1String("trgm")) ||
                         object.id.kind == ObjectKind::Extension ||
                         object.id.kind == ObjectKind::Index,
                     qPrintable(object.id.name.name));
        }
        for (int kind = int(ObjectKind::Schema); kind <= int(ObjectKind::Other); ++kind) {
            // Roles belong to the server.
            if (ObjectKind(kind) != ObjectKind::Role)
                QVERIFY2(kinds.contains(ObjectKind(kind)), qPrintable(QString::number(kind)));
        }
    }

    void restores_data() { addVersions(); }
    /// Everything that needs the tables is dropped one by one, without CASCADE, and made again.
    void restores()
    {
        QFETCH(int, version);
        const Read *made = read(version);
        if (!made)
            QSKIP("PostgreSQL of this version is not on this machine");
        const schema::Surroundings &surroundings = made->catalog.surroundings;
        QList<ObjectId> order;
        for (const char *name : {"member", "team", "split", "split_child"}) {
            for (const ObjectId &id : surroundings.dependants(table(name))) {
                if (!order.contains(id) && isRestorable(made->catalog, id))
                    order << id;
            }
        }
        QStringList removals;
        QStringList creations;
        for (const ObjectId &id : std::as_const(order)) {
            const schema::LiveObject object = surroundings.object(id);
            QVERIFY2(!object.definition.isEmpty(), qPrintable(testsupport::printed(id)));
            removals << object.removal;
            creations = QStringList{object.definition} + object.restoration + creations;
        }
        QVERIFY(order.size() > 35);
        const QString before = dumped(made->settings);
        testsupport::VersionedServer *server = m_servers.version(version);
        QCOMPARE(server->run(made->settings, script(removals)), QString());
        QVERIFY(readNow(made->settings).surroundings != surroundings);
        QCOMPARE(server->run(made->settings, script(creations)), QString());
        const load::Catalog after = readNow(made->settings);
        QCOMPARE(testsupport::printed(after.schema), testsupport::printed(made->catalog.schema));
        const QString found = difference(surroundings, after.surroundings);
        QVERIFY2(found.isEmpty(), qPrintable(found));
        // pg_dump reads servers up to its own version.
        if (version <= 15)
            QCOMPARE(dumped(made->settings), before);
    }

    void generatedColumn_data() { addVersions(); }
    void generatedColumn()
    {
        QFETCH(int, version);
        testsupport::VersionedServer *server = m_servers.version(version);
        if (!server)
            QSKIP("PostgreSQL of this version is not on this machine");
        const pg::Settings settings = server->createDatabase(
            QStringLiteral("generated"),
            "CREATE TABLE t (a integer, b text COLLATE \"C\" GENERATED ALWAYS AS ('x' || a % 7) "
            "STORED NOT NULL);"
            "COMMENT ON COLUMN t.b IS 'made';"
            "ALTER TABLE t ALTER b SET STATISTICS 9;"
            "CREATE INDEX i ON t (b)");
        const load::Catalog before = readNow(settings);
        QList<ObjectId> order = before.surroundings.dependants(
            {ObjectKind::Column, {QString(), QStringLiteral("t")}, QStringLiteral("a")});
        QCOMPARE(order.size(), 2);
        QStringList removals;
        QStringList creations;
        for (const ObjectId &id : std::as_const(order)) {
            const schema::LiveObject object = before.surroundings.object(id);
            removals << object.removal;
            creations = QStringList{object.definition} + object.restoration + creations;
        }
        QCOMPARE(server->run(settings, script(removals)), QString());
        QCOMPARE(server->run(settings, script(creations)), QString());
        const load::Catalog after = readNow(settings);
        QCOMPARE(after.schema, before.schema);
        QCOMPARE(difference(before.surroundings, after.surroundings), QString());
    }

    void roles_data()
    {
        QTest::addColumn<load::RolesFilter>("filter");
        QTest::addColumn<QStringList>("declared");
        QTest::addColumn<QString>("expected");
        const QString reader = QStringLiteral("app_reader");
        QTest::newRow("not wanted") << load::RolesFilter() << QStringList() << QString();
        QTest::newRow("declared") << load::RolesFilter() << QStringList{reader} << reader;
        QTest::newRow("all") << load::RolesFilter{.wanted = true} << QStringList()
                             << QStringLiteral("Odd Role,app_owner,app_reader");
        QTest::newRow("some") << load::RolesFilter{.wanted = true, .include = {reader}}
                              << QStringList() << reader;
        QTest::newRow("not one") << load::RolesFilter{.wanted = true, .exclude = {reader}}
                                 << QStringList() << QStringLiteral("Odd Role,app_owner");
    }
    void roles()
    {
        QFETCH(load::RolesFilter, filter);
        QFETCH(QStringList, declared);
        const Read *made = read(15);
        if (!made)
            QSKIP("PostgreSQL 15 is not on this machine");
        load::CatalogScope scope;
        scope.roles = filter;
        scope.declaredRoles = declared;
        QStringList names;
        for (const schema::Role &role : readNow(made->settings, scope).schema.roles)
            names << role.name;
        QTEST(names.join(u','), "expected");
    }

    void otherSchemas()
    {
        const Read *made = read(15);
        if (!made)
            QSKIP("PostgreSQL 15 is not on this machine");
        // What is left out of the schema is known beside it: it may need what is in it.
        const load::Catalog part =
            readNow(made->settings, load::CatalogScope({QStringLiteral("public")}));
        const schema::Name recent{QStringLiteral("audit"), QStringLiteral("recent")};
        QVERIFY(std::ranges::none_of(part.schema.views, [&recent](const schema::View &view) {
            return view.name == recent;
        }));
        const ObjectId id{ObjectKind::View, recent};
        QVERIFY(part.surroundings.dependants(table("member")).contains(id));
        QVERIFY(part.surroundings.unmanaged.contains(id));
    }

    void deniedRole_data()
    {
        QTest::addColumn<int>("version");
        QTest::addColumn<QString>("denied");
        QTest::addColumn<QString>("notice");
        for (const int version : {12, 18}) {
            const auto row = [version](const char *denied, const char *notice) {
                QTest::newRow(
                    qPrintable(QStringLiteral("%1: %2").arg(version).arg(QLatin1String(denied))))
                    << version << QString::fromLatin1(denied) << QString::fromLatin1(notice);
            };
            row("", "");
            row("TABLE pg_policy", "Policies could not be read: the role stranger has no right on "
                                   "pg_catalog.pg_policy");
            row("TABLE pg_proc", "Functions could not be read: the role stranger has no right on "
                                 "pg_catalog.pg_proc");
            row("FUNCTION pg_get_triggerdef(oid)",
                "Triggers could not be read: the role stranger has no right on "
                "pg_catalog.pg_get_triggerdef");
            for (const char *denied : {"TABLE pg_rewrite", "TABLE pg_rewrite, pg_description"})
                row(denied,
                    "Definitions of views could not be read: the role stranger has no right "
                    "on pg_catalog.pg_rewrite");
            row("FUNCTION pg_get_viewdef(oid, boolean)",
                "Definitions of views could not be read: the role stranger has no right on "
                "pg_catalog.pg_get_viewdef");
            row("TABLE pg_inherits", "What inherits from what could not be read: the role stranger "
                                     "has no right on pg_catalog.pg_inherits");
            row("TABLE pg_depend",
                "What belongs to extensions could not be read: the role stranger "
                "has no right on pg_catalog.pg_depend");
            row("TABLE pg_am",
                "Access methods and tablespaces could not be read: the role stranger "
                "has no right on pg_catalog.pg_am");
            row("FUNCTION pg_get_userbyid(oid)", "Owners could not be read: the role stranger has "
                                                 "no right on pg_catalog.pg_get_userbyid");
            row("TABLE pg_description",
                "Comments could not be read: the role stranger has no right "
                "on pg_catalog.pg_description");
        }
    }
    /// A role without any right on the objects, on a server that was closed down in places.
    void deniedRole()
    {
        QFETCH(int, version);
        QFETCH(QString, denied);
        QFETCH(QString, notice);
        testsupport::VersionedServer *server = m_servers.version(version);
        if (!server)
            QSKIP("PostgreSQL of this version is not on this machine");
        server->run(server->settings(), "CREATE ROLE stranger LOGIN");
        const pg::Settings settings = server->createDatabase(
            QStringLiteral("denied"),
            "CREATE SCHEMA closed; CREATE TABLE closed.t (a serial PRIMARY KEY, b text DEFAULT "
            "'x');"
            "CREATE VIEW closed.v AS SELECT a FROM closed.t; CREATE INDEX i ON closed.t (b)");
        if (!denied.isEmpty())
            QCOMPARE(server->run(settings, "REVOKE ALL ON " + denied.toUtf8() + " FROM PUBLIC"),
                     QString());
        const QString database = pg::target(settings).value().database;
        const load::Catalog catalog =
            readNow(server->settings(database, QStringLiteral("stranger")));
        QCOMPARE(catalog.schema.tables.size(), 1);
        QCOMPARE(catalog.schema.tables.first().columns.size(), 2);
        QCOMPARE(catalog.notices.isEmpty(), notice.isEmpty());
        QVERIFY2(notice.isEmpty() || catalog.notices.contains(notice),
                 qPrintable(catalog.notices.join(u'\n')));
    }

    /// Whatever of the server's own is closed: what can be read is, or it is said what is missing.
    void everyDeniedObject()
    {
        testsupport::VersionedServer *server = m_servers.version(16);
        if (!server)
            QSKIP("PostgreSQL 16 is not on this machine");
        server->run(server->settings(), "CREATE ROLE stranger LOGIN");
        const pg::Settings settings = server->createDatabase(
            QStringLiteral("denied"),
            "CREATE TYPE e AS ENUM ('a'); CREATE TABLE t (a serial PRIMARY KEY, b e DEFAULT 'a');"
            "CREATE VIEW v AS SELECT a FROM t; CREATE INDEX i ON t ((a + 1));"
            "CREATE POLICY p ON t USING (a > 1); CREATE TABLE u () INHERITS (t);"
            "CREATE TABLE w (a int) PARTITION BY LIST (a);"
            "CREATE TABLE w1 PARTITION OF w FOR VALUES IN (1)");
        const pg::Settings stranger =
            server->settings(pg::target(settings).value().database, QStringLiteral("stranger"));
        QSet<QString> names;
        static const QRegularExpression own(QStringLiteral("pg_catalog\\.(\\w+)"));
        for (const QFileInfo &file : QDir(QStringLiteral(":/catalog")).entryInfoList()) {
            QFile query(file.filePath());
            QVERIFY(query.open(QIODevice::ReadOnly));
            auto found = own.globalMatch(QString::fromUtf8(query.readAll()));
            while (found.hasNext())
                names << found.next().captured(1);
        }
        QVERIFY(names.size() > 50);
        QStringList whole; // without which nothing can be read
        for (const QString &name : std::as_const(names)) {
            const auto change = [&](const char *pattern) {
                return QStringLiteral(
                           "DO $$ DECLARE object text; BEGIN FOR object IN "
                           "SELECT 'TABLE ' || oid::regclass FROM pg_class WHERE relname = '%2' "
                           "UNION ALL SELECT 'FUNCTION ' || oid::regprocedure FROM pg_proc WHERE "
                           "proname = '%2' AND prokind <> 'a' LOOP "
                           "EXECUTE format('%1', object); END LOOP; END $$")
                    .arg(QLatin1String(pattern), name)
                    .toUtf8();
            };
            QCOMPARE(server->run(settings, change("REVOKE ALL ON %s FROM PUBLIC")), QString());
            const auto pool = std::make_shared<pg::Pool>(stranger);
            const auto read = base::await(load::catalog(pool, {}));
            const QByteArray back = change("GRANT ALL ON %s TO PUBLIC");
            QCOMPARE(server->run(settings, back), QString());
            const QString said = read ? read->notices.join(u'\n') : base::toLine(read.error());
            const bool isSilent = read && read->notices.isEmpty() && read->unread.isEmpty();
            QVERIFY2(isSilent || said.contains(name), qPrintable(name + u'\n' + said));
            if (!read)
                whole << name;
            else
                QCOMPARE(read->schema.tables.size(), 3);
        }
        whole.sort();
        QCOMPARE(whole.join(u' '),
                 QStringLiteral("cardinality current_setting format format_type "
                                "has_function_privilege has_table_privilege "
                                "pg_attribute pg_class pg_namespace pg_type regclass "
                                "set_config starts_with to_json"));
    }

    void serverGoesAway()
    {
        testsupport::VersionedServer *server = m_servers.version(16);
        if (!server)
            QSKIP("PostgreSQL 16 is not on this machine");
        const auto pool = std::make_shared<pg::Pool>(server->settings());
        pg::Pool other(server->settings());
        const auto read = base::await(pool->transact<load::Catalog>(
            pg::Access::Read,
            [&other](pg::Transaction &transaction) -> base::Result<load::Catalog> {
                const auto backend =
                    transaction.run({QStringLiteral("SELECT pg_backend_pid()"), {}});
                if (!backend)
                    return backend.error();
                constexpr const char *patience = "60000"; // ms; it waits for the end
                const auto ended = base::await(
                    other.run({QStringLiteral("SELECT pg_terminate_backend($1, $2)"),
                               {sql::parameter(backend->text(0, 0)), QByteArray(patience)}},
                              pg::Access::Write));
                if (!ended)
                    return ended.error();
                return load::readCatalog(transaction, {});
            }));
        QVERIFY(!read);
        QCOMPARE(read.error().kind, base::ErrorKind::Connection);
    }
};

Q_DECLARE_METATYPE(load::RolesFilter)

QTEST_GUILESS_MAIN(TestSurroundings)
#include "tst_surroundings.moc"
