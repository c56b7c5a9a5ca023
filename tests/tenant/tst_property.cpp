// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/receive.h"
#include "load/catalog.h"
#include "property/nested.h"
#include "property/queries.h"
#include "property/schemas.h"
#include "property/writes.h"
#include "session/export.h"
#include "session/scopedquery.h"
#include "session/written.h"
#include "support/server.h"
#include "tenant/scope.h"

#include <QTest>

#include <algorithm>
#include <map>

using property::World;

namespace
{

/// What a statement gave: its rows as texts, or its error.
struct Outcome {
    QStringList rows;
    std::optional<base::Error> error;
};

Outcome outcomeOf(const base::Result<rows::Page> &page)
{
    if (!page)
        return {.error = page.error()};
    Outcome outcome;
    QStringList names;
    for (const rows::ResultColumn &column : page->columns())
        names << column.name;
    outcome.rows << names.join(u'|');
    for (qsizetype row = 0; row < page->rowCount(); ++row) {
        QStringList cells;
        for (qsizetype column = 0; column < page->columns().size(); ++column)
            cells << (page->cell(row, column) ? page->text(row, column) : QStringLiteral("\\N"));
        outcome.rows << cells.join(u'|');
    }
    return outcome;
}

QString printed(const Outcome &outcome)
{
    return outcome.error ? outcome.error->sqlState + u' ' + base::toLine(*outcome.error)
                         : outcome.rows.mid(0, 12).join(u'\n');
}

/// Whether the row \a alias of \a table is the tenant's: said here once more, in another form than
/// the code's.
QString ownedBy(const World &world, const property::Table &table, const QString &alias, int number)
{
    const QString id = u'\'' + world.ids.at(number) + u'\'';
    if (table.scoping == tenant::Scoping::Global)
        return QStringLiteral("false");
    if (table.scoping == tenant::Scoping::Direct)
        return alias +
               (table.columns.first().type == property::Type::Tenant
                    ? QStringLiteral(".id = ")
                    : QStringLiteral(".organization_id = ")) +
               id;
    const property::Table &parent = world.tables.at(table.parent);
    const QString up = alias + u'p';
    QStringList pairs;
    for (const QString &part : parent.key)
        pairs << QStringLiteral("%1.%2 = %3.up_%2").arg(up, part, alias);
    const QString first = QStringLiteral("EXISTS (SELECT 1 FROM %1 %2 WHERE %3 AND %4)")
                              .arg(parent.sql(), up, pairs.join(QStringLiteral(" AND ")),
                                   ownedBy(world, parent, up, number));
    if (table.second < 0)
        return first;
    const property::Table &second = world.tables.at(table.second);
    const QString other = alias + u's';
    return QStringLiteral(
               "%1 AND NOT EXISTS (SELECT 1 FROM %2 %3 WHERE %3.id = %4.also AND (%5) IS "
               "NOT TRUE)")
        .arg(first, second.sql(), other, alias, ownedBy(world, second, other, number));
}

} // namespace

/// Statements by chance over tenants by chance: what a scoped statement shows is what the same
/// statement shows on a database with that tenant's rows alone. SLUICE_SEED is the first seed,
/// SLUICE_ROUNDS how many worlds.
class TestProperty : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void worlds_data();
    void worlds();
    void nested_data();
    void nested();
    void schemas_data() { worlds_data(); }
    void schemas();

private:
    /// A world on servers: all tenants in one database, and each in one of its own.
    struct Site {
        World world;
        std::shared_ptr<pg::Pool> all = {};
        QList<std::shared_ptr<pg::Pool>> own = {}; ///< [0] is none
        tenant::Classification classification = {};
        /// Where nobody's rows are nobody's: a database with a tenant's rows alone cannot tell its
        /// own from those that it does not write.
        tenant::Classification strict = {};
        /// One level down: the world's tenants are within others.
        std::optional<property::NestedWorld> nested = {};

        tenant::TenantId idOf(int number) const
        {
            return nested ? nested->idOf(number) : tenant::TenantId(world.ids.at(number));
        }
    };

    void build(Site &site);
    void makeOwn(Site &site, QByteArray (World::*script)(int) const);
    void writeAround(const Site &site, property::Random &random);
    void read(const Site &site, property::Random &random);
    void query(const Site &site, property::Random &random);
    void condition(const Site &site, property::Random &random);
    void exported(const Site &site, const query::Select &select, int number);
    void write(const Site &site, property::Random &random);
    /// The rows of each tenant as texts, sorted; [0]: everybody's and nobody's.
    using State = QList<QStringList>;
    State state(const Site &site, const std::shared_ptr<pg::Pool> &pool);
    void writeOnce(const Site &site, int number, const property::Statement &statement,
                   State &before);
    void look(const property::Statement &statement, int tenant, const Outcome &scoped,
              const Outcome &own);
    void lookForOthers(const property::Statement &statement, int tenant, const Outcome &scoped,
                       const Outcome &own);
    /// Where each tenant has a schema: what a read shows and a write leaves.
    struct Schemas {
        property::SchemaWorld world;
        std::shared_ptr<pg::Pool> all;
        QList<std::shared_ptr<pg::Pool>> own; ///< [0] is none
        tenant::Classification classification;
    };
    void readOnce(const Schemas &site, const property::Statement &statement);
    void writeOnce(const Schemas &site, const property::Statement &statement, int number);
    QList<QStringList> state(const Schemas &site);
    void finish();
    void complain(const QString &what, int tenant, const property::Statement &statement,
                  const Outcome &scoped, const Outcome &own);
    void count(const property::Statement &statement, const Outcome &scoped);

    testsupport::Server m_server;
    QStringList m_complaints;
    std::map<QString, std::pair<int, int>> m_forms; ///< allowed and refused
    std::map<QString, int> m_reasons;
};

void TestProperty::initTestCase()
{
    QVERIFY2(m_server.error().isEmpty(), qPrintable(m_server.error()));
}

void TestProperty::worlds_data()
{
    QTest::addColumn<quint64>("seed");
    bool isGiven = false;
    const quint64 first = qEnvironmentVariable("SLUICE_SEED").toULongLong(&isGiven);
    bool isCounted = false;
    const int asked = qEnvironmentVariableIntValue("SLUICE_ROUNDS", &isCounted);
    const int rounds = isCounted ? asked : isGiven ? 1 : 3;
    for (int i = 0; i < rounds; ++i) {
        const quint64 seed = (isGiven ? first : 1) + quint64(i);
        QTest::addRow("SLUICE_SEED=%llu", seed) << seed;
    }
}

void TestProperty::complain(const QString &what, int tenant, const property::Statement &statement,
                            const Outcome &scoped, const Outcome &own)
{
    m_complaints << QStringLiteral("%1 (T%2)\n%3\nscoped: %4\nown: %5\n")
                        .arg(what)
                        .arg(tenant)
                        .arg(statement.text, printed(scoped), printed(own));
}

void TestProperty::lookForOthers(const property::Statement &statement, int tenant,
                                 const Outcome &scoped, const Outcome &own)
{
    const QString shown = scoped.error ? base::toLine(*scoped.error) : scoped.rows.join(u'\n');
    for (int other = 0; other <= World::tenants; ++other) {
        const QString mark = QStringLiteral("T%1-").arg(other);
        if (other != tenant && shown.contains(mark) && !statement.text.contains(mark))
            complain(QStringLiteral("a value of T%1").arg(other), tenant, statement, scoped, own);
    }
}

void TestProperty::count(const property::Statement &statement, const Outcome &scoped)
{
    const bool isRefused = scoped.error && scoped.error->kind == base::ErrorKind::Refused;
    auto &[allowed, refused] = m_forms[statement.form];
    (isRefused ? refused : allowed) += 1;
    if (isRefused)
        ++m_reasons[scoped.error->text + u' ' + scoped.error->detail];
    if (statement.isRefused && !isRefused &&
        !(scoped.error && (scoped.error->sqlState.startsWith(QLatin1String("42")) ||
                           scoped.error->sqlState == QLatin1String("25006"))))
        complain(QStringLiteral("is not refused"), 0, statement, scoped, {});
}

void TestProperty::look(const property::Statement &statement, int tenant, const Outcome &scoped,
                        const Outcome &own)
{
    lookForOthers(statement, tenant, scoped, own);
    count(statement, scoped);
    const bool isRefused = scoped.error && scoped.error->kind == base::ErrorKind::Refused;
    if (statement.isRefused)
        return;
    if (own.error)
        ++m_reasons[QStringLiteral("own: ") + own.error->sqlState + u' ' + own.error->text];
    if (isRefused || !statement.isCompared)
        return;
    if (scoped.error.has_value() != own.error.has_value() ||
        (own.error && own.error->sqlState != scoped.error->sqlState)) {
        // Which of two conditions is looked at first is the planner's choice.
        const auto isOfData = [](const Outcome &outcome) {
            return outcome.error && (outcome.error->sqlState.startsWith(QLatin1String("22")) ||
                                     outcome.error->sqlState == QLatin1String("42601")); // a cast
        };
        if (isOfData(scoped) || isOfData(own))
            ++m_reasons[QStringLiteral("only one of both failed on a value")];
        else
            complain(QStringLiteral("ends in another way"), tenant, statement, scoped, own);
        return;
    }
    QStringList left = scoped.rows;
    QStringList right = own.rows;
    if (!statement.isOrdered) {
        std::ranges::sort(left);
        std::ranges::sort(right);
    }
    if (left != right)
        complain(QStringLiteral("shows other rows"), tenant, statement, scoped, own);
}

void TestProperty::build(Site &site)
{
    const QByteArray behind = site.nested ? site.nested->everything() : QByteArray();
    site.all = std::make_shared<pg::Pool>(
        m_server.createDatabase(QStringLiteral("all"), site.world.everything() + behind));
    makeOwn(site, &World::seen);
    const auto catalog = base::await(load::catalog(site.all, {}));
    QVERIFY(catalog.ok());
    tenant::Settings settings = site.nested ? site.nested->settings() : tenant::Settings();
    site.strict = tenant::classify(catalog->schema, settings);
    for (const property::Table &table : site.world.tables) {
        if (table.isShared && table.scoping == tenant::Scoping::Direct)
            settings.shared.insert(table.name, tenant::SharedRows::Shown);
    }
    site.classification = tenant::classify(catalog->schema, settings);
    QVERIFY2(!site.nested || site.classification.nested,
             qPrintable(site.classification.whyNotNested));
    const auto &scopes =
        site.nested ? site.classification.nested->tables : site.classification.tables;
    for (const property::Table &table : site.world.tables)
        QCOMPARE(scopes.value(table.name).scoping, table.scoping);
}

void TestProperty::makeOwn(Site &site, QByteArray (World::*script)(int) const)
{
    site.own = {nullptr};
    for (int i = 1; i <= World::tenants; ++i)
        site.own << std::make_shared<pg::Pool>(m_server.createDatabase(
            QStringLiteral("own"),
            (site.world.*script)(i) + (site.nested ? site.nested->only(i) : QByteArray())));
}

void TestProperty::read(const Site &site, property::Random &random)
{
    property::StatementWriter writer(site.world, random);
    constexpr int statements = 75;
    for (int i = 0; i < statements; ++i) {
        const property::Statement statement = writer.next();
        for (int number = 1; number <= World::tenants; ++number) {
            const Outcome scoped = outcomeOf(base::await(session::runScoped(
                site.all, {statement.text, site.idOf(number), site.classification})));
            look(statement, number, scoped,
                 outcomeOf(base::await(site.own.at(number)->run({statement.text, {}}))));
        }
    }
}

/// What the builder, the grid and the count ask.
void TestProperty::query(const Site &site, property::Random &random)
{
    constexpr int queries = 25;
    for (int i = 0; i < queries; ++i) {
        const query::Select select = property::randomSelect(site.world, random);
        const session::Rendering rendering = i % 5 == 0 ? &query::renderCount : &query::render;
        const sql::Statement own = rendering(query::qualified(select)).statement;
        const bool hasViews =
            tenant::readsViews(select, site.classification, site.world.ids.first());
        if (i % 3 == 0)
            exported(site, select, 1 + i % World::tenants);
        for (int number = 1; number <= World::tenants; ++number)
            look({.text = own.text,
                  .form = hasViews ? QStringLiteral("query value with views")
                                   : QStringLiteral("query value"),
                  .isOrdered = true},
                 number,
                 outcomeOf(base::await(session::runSelect(
                     site.all, select, rendering, {site.idOf(number), site.classification}))),
                 outcomeOf(base::await(site.own.at(number)->run(own))));
    }
}

/// What the grid asks when the person has written a condition.
void TestProperty::condition(const Site &site, property::Random &random)
{
    constexpr int queries = 12;
    for (int i = 0; i < queries; ++i) {
        const query::Select select = property::randomWritten(site.world, random);
        const session::Rendering rendering = i % 5 == 0 ? &query::renderCount : &query::render;
        const sql::Statement own = rendering(query::qualified(select)).statement;
        exported(site, select, 1 + i % World::tenants);
        for (int number = 1; number <= World::tenants; ++number)
            look({.text = own.text, .form = QStringLiteral("condition"), .isOrdered = true}, number,
                 outcomeOf(base::await(session::runWritten(
                     site.all, select, rendering, {site.idOf(number), site.classification}))),
                 outcomeOf(base::await(site.own.at(number)->run(own))));
    }
}

/// The same as a file: its values are written into the statement, and nothing is asked twice.
void TestProperty::exported(const Site &site, const query::Select &select, int number)
{
    QByteArray text;
    const auto rows = base::await(session::exportRows(site.all,
                                                      {.select = select,
                                                       .table = {},
                                                       .tenantId = site.idOf(number),
                                                       .classification = site.classification},
                                                      [&text](const QByteArray &piece) {
                                                          text += piece;
                                                          return base::Done{};
                                                      }));
    Outcome outcome{.rows = QString::fromUtf8(text).split(u'\n'), .error = {}};
    if (!rows)
        outcome.error = rows.error();
    lookForOthers({.text = query::render(select).statement.text}, number, outcome, {});
}

TestProperty::State TestProperty::state(const Site &site, const std::shared_ptr<pg::Pool> &pool)
{
    QStringList parts;
    for (const property::Table &table : site.world.tables) {
        QString owner;
        for (int number = 1; number <= World::tenants; ++number)
            owner += QStringLiteral(" WHEN %1 THEN '%2'")
                         .arg(ownedBy(site.world, table, QStringLiteral("t"), number))
                         .arg(number);
        parts << QStringLiteral("SELECT CASE%2 ELSE '0' END || '%1 ' || t::text FROM %1 t")
                     .arg(table.sql(), owner);
    }
    const Outcome outcome =
        outcomeOf(base::await(pool->run({parts.join(QStringLiteral(" UNION ALL ")), {}})));
    State state(World::tenants + 1);
    if (outcome.error)
        m_complaints << base::toLine(*outcome.error);
    for (const QString &row : outcome.rows.mid(1))
        state[row.front().digitValue()] << row;
    for (QStringList &rows : state)
        std::ranges::sort(rows);
    return state;
}

void TestProperty::writeOnce(const Site &site, int number, const property::Statement &statement,
                             State &before)
{
    const Outcome scoped = outcomeOf(base::await(
        session::runScoped(site.all, {statement.text, site.idOf(number), site.strict, true})));
    Outcome own;
    if (!scoped.error)
        own = outcomeOf(
            base::await(site.own.at(number)->run({statement.text, {}}, pg::Access::Write)));
    lookForOthers(statement, number, scoped, own);
    count(statement, scoped);
    const State behind = state(site, site.all);
    for (int owner = 0; owner <= World::tenants; ++owner) {
        if (behind.at(owner) != before.at(owner) && (owner != number || scoped.error))
            complain(QStringLiteral("changes rows of T%1").arg(owner), number, statement, scoped,
                     own);
    }
    before = behind;
    if (scoped.error) {
        ++m_reasons[QStringLiteral("write: ") + scoped.error->sqlState + u' ' + scoped.error->text];
        return;
    }
    std::ranges::sort(own.rows);
    QStringList shown = scoped.rows;
    std::ranges::sort(shown);
    if (own.error || shown != own.rows)
        complain(QStringLiteral("writes and shows other rows"), number, statement, scoped, own);
    if (behind.at(number) != state(site, site.own.at(number)).at(number))
        complain(QStringLiteral("leaves other rows"), number, statement, scoped, own);
}

void TestProperty::write(const Site &site, property::Random &random)
{
    property::WriteWriter writer(site.world, random);
    constexpr int statements = 45;
    State rows = state(site, site.all);
    for (int i = 0; i < statements && m_complaints.isEmpty(); ++i) {
        const int number = 1 + i % World::tenants;
        writeOnce(site, number, writer.next(number), rows);
    }
}

/// With rows that are everybody's: they and other tenants' stay as they are.
void TestProperty::writeAround(const Site &site, property::Random &random)
{
    property::WriteWriter writer(site.world, random);
    constexpr int statements = 15;
    State before = state(site, site.all);
    for (int i = 0; i < statements && m_complaints.isEmpty(); ++i) {
        const int number = 1 + i % World::tenants;
        const property::Statement statement = writer.next(number);
        const Outcome scoped = outcomeOf(base::await(session::runScoped(
            site.all, {statement.text, site.idOf(number), site.classification, true})));
        lookForOthers(statement, number, scoped, {});
        const State behind = state(site, site.all);
        for (int owner = 0; owner <= World::tenants; ++owner) {
            if (behind.at(owner) != before.at(owner) && (owner != number || scoped.error))
                complain(QStringLiteral("changes rows of T%1 beside shared ones").arg(owner),
                         number, statement, scoped, {});
        }
        before = behind;
    }
}

void TestProperty::worlds()
{
    QFETCH(quint64, seed);
    m_complaints.clear();
    m_forms.clear();
    m_reasons.clear();
    property::Random random(seed);
    Site site{.world = property::randomWorld(random)};
    build(site);
    if (QTest::currentTestFailed())
        return;
    read(site, random);
    query(site, random);
    condition(site, random);
    makeOwn(site, &World::only);
    write(site, random);
    writeAround(site, random);
    finish();
}

void TestProperty::nested_data()
{
    QTest::addColumn<quint64>("seed");
    QTest::addColumn<bool>("isNamed");
    bool isGiven = false;
    const quint64 first = qEnvironmentVariable("SLUICE_SEED").toULongLong(&isGiven);
    bool isCounted = false;
    const int asked = qEnvironmentVariableIntValue("SLUICE_ROUNDS", &isCounted);
    const int rounds = isCounted ? asked : 1;
    for (int i = 0; i < rounds; ++i) {
        const quint64 seed = (isGiven ? first : 1) + quint64(i);
        QTest::addRow("every table names the tenant, SLUICE_SEED=%llu", seed) << seed << true;
        QTest::addRow("one table names the tenant, SLUICE_SEED=%llu", seed) << seed << false;
    }
}

/// As worlds(), of tenants within tenants: neither another's nor another one's of the same tenant.
void TestProperty::nested()
{
    QFETCH(quint64, seed);
    QFETCH(bool, isNamed);
    m_complaints.clear();
    m_forms.clear();
    m_reasons.clear();
    property::Random random(seed);
    Site site{.world = property::randomWorld(random)};
    using Naming = property::NestedWorld::Naming;
    site.nested.emplace(site.world, isNamed ? Naming::AllTables : Naming::RootOnly);
    build(site);
    if (QTest::currentTestFailed())
        return;
    if (isNamed) { // rows of nobody are no tenant's where only the column of the level below is
        read(site, random);
        query(site, random);
        condition(site, random);
    }
    makeOwn(site, &World::only);
    if (!isNamed) {
        site.classification = site.strict;
        read(site, random);
        query(site, random);
        condition(site, random);
    }
    write(site, random);
    writeAround(site, random);
    finish();
}

/// As worlds(), of one schema a tenant: the same statement means the tenant's own tables.
void TestProperty::schemas()
{
    QFETCH(quint64, seed);
    m_complaints.clear();
    m_forms.clear();
    m_reasons.clear();
    property::Random random(seed);
    World world = property::randomWorld(random);
    world.usesSearchPath = false;
    Schemas site{.world = property::SchemaWorld(world), .all = {}, .own = {nullptr}};
    site.all = std::make_shared<pg::Pool>(
        m_server.createDatabase(QStringLiteral("all"), site.world.everything()));
    for (int number = 1; number <= World::tenants; ++number)
        site.own << std::make_shared<pg::Pool>(
            m_server.createDatabase(QStringLiteral("own"), site.world.only(number)));
    const auto catalog = base::await(load::catalog(site.all, {}));
    QVERIFY(catalog.ok());
    tenant::Settings settings;
    settings.schemas = {QStringLiteral("t*")};
    site.classification = tenant::classify(catalog->schema, settings, catalog->surroundings.tables);
    QCOMPARE(site.classification.schemas.size(), World::tenants);
    property::StatementWriter reads(world, random);
    constexpr int most = 60;
    for (int i = 0; i < most; ++i)
        readOnce(site, reads.next());
    property::WriteWriter writes(world, random);
    for (int i = 0; i < most && m_complaints.isEmpty(); ++i) {
        const int number = 1 + i % World::tenants;
        writeOnce(site, writes.next(number), number);
    }
    finish();
}

void TestProperty::readOnce(const Schemas &site, const property::Statement &statement)
{
    property::Statement named = statement;
    named.text = site.world.text(statement.text);
    // What no splice can do is done here: nothing is put in the place of the tables.
    named.isRefused = false;
    named.isCompared = statement.isCompared && !statement.isRefused;
    for (int number = 1; number <= World::tenants; ++number)
        look(named, number,
             outcomeOf(base::await(
                 session::runScoped(site.all, {named.text, property::SchemaWorld::schemaOf(number),
                                               site.classification}))),
             outcomeOf(base::await(site.own.at(number)->run({named.text, {}}))));
}

QList<QStringList> TestProperty::state(const Schemas &site)
{
    QList<QStringList> rows;
    for (int number = 0; number <= World::tenants; ++number) {
        const Outcome outcome =
            outcomeOf(base::await(site.all->run({site.world.state(number), {}})));
        if (outcome.error)
            m_complaints << base::toLine(*outcome.error);
        rows << outcome.rows;
    }
    return rows;
}

void TestProperty::writeOnce(const Schemas &site, const property::Statement &statement, int number)
{
    property::Statement named = statement;
    named.text = site.world.text(statement.text);
    const QList<QStringList> before = state(site);
    const Outcome scoped = outcomeOf(base::await(
        session::runScoped(site.all, {named.text, property::SchemaWorld::schemaOf(number),
                                      site.classification, true})));
    Outcome own;
    if (!scoped.error)
        own = outcomeOf(base::await(site.own.at(number)->run({named.text, {}}, pg::Access::Write)));
    lookForOthers(named, number, scoped, own);
    named.isRefused = false;
    count(named, scoped);
    const QList<QStringList> behind = state(site);
    for (int owner = 0; owner <= World::tenants; ++owner) {
        if (behind.at(owner) != before.at(owner) && (owner != number || scoped.error))
            complain(QStringLiteral("changes rows of T%1").arg(owner), number, named, scoped, own);
    }
    if (scoped.error)
        return;
    std::ranges::sort(own.rows);
    QStringList shown = scoped.rows;
    std::ranges::sort(shown);
    if (own.error || shown != own.rows)
        complain(QStringLiteral("writes and shows other rows"), number, named, scoped, own);
    const Outcome left =
        outcomeOf(base::await(site.own.at(number)->run({site.world.state(number), {}})));
    if (behind.at(number) != left.rows)
        complain(QStringLiteral("leaves other rows"), number, named, scoped, left);
}

void TestProperty::finish()
{
    int allowed = 0, meant = 0;
    for (const auto &[form, counts] : m_forms) {
        qInfo("%s: %d allowed, %d refused", qPrintable(form), counts.first, counts.second);
        if (form != QLatin1String("refused")) {
            allowed += counts.first;
            meant += counts.first + counts.second;
        }
    }
    for (const auto &[reason, count] : m_reasons)
        qInfo("%d: %s", count, qPrintable(reason));
    for (const QString &complaint : m_complaints.mid(0, 8))
        qWarning("%s", qPrintable(complaint));
    QCOMPARE(m_complaints.size(), 0);
    constexpr double leastAllowed = 0.6;
    QVERIFY2(
        allowed >= leastAllowed * meant,
        qPrintable(QStringLiteral("only %1 of %2 reads were allowed").arg(allowed).arg(meant)));
}

QTEST_GUILESS_MAIN(TestProperty)
#include "tst_property.moc"
