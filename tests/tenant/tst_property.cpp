// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/receive.h"
#include "load/catalog.h"
#include "property/statements.h"
#include "session/scopedquery.h"
#include "support/server.h"

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

private:
    void look(const property::Statement &statement, int tenant, const Outcome &scoped,
              const Outcome &own);

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

void TestProperty::look(const property::Statement &statement, int tenant, const Outcome &scoped,
                        const Outcome &own)
{
    const auto complain = [&](const QString &what) {
        m_complaints << QStringLiteral("%1 (T%2)\n%3\nscoped: %4\nown: %5\n")
                            .arg(what)
                            .arg(tenant)
                            .arg(statement.text, printed(scoped), printed(own));
    };
    const QString shown = scoped.error ? base::toLine(*scoped.error) : scoped.rows.join(u'\n');
    for (int other = 0; other <= World::tenants; ++other) {
        if (other != tenant && shown.contains(QStringLiteral("T%1-").arg(other)) &&
            !statement.text.contains(QStringLiteral("T%1-").arg(other)))
            complain(QStringLiteral("a value of T%1").arg(other));
    }
    const bool isRefused = scoped.error && scoped.error->kind == base::ErrorKind::Refused;
    auto &[allowed, refused] = m_forms[statement.form];
    (isRefused ? refused : allowed) += 1;
    if (isRefused)
        ++m_reasons[scoped.error->detail + u' ' + scoped.error->where];
    if (statement.isRefused) {
        if (!isRefused &&
            !(scoped.error && (scoped.error->sqlState.startsWith(QLatin1String("42")) ||
                               scoped.error->sqlState == QLatin1String("25006"))))
            complain(QStringLiteral("is not refused"));
        return;
    }
    if (own.error)
        ++m_reasons[QStringLiteral("own: ") + own.error->sqlState + u' ' + own.error->text];
    if (isRefused || !statement.isCompared)
        return;
    if (scoped.error.has_value() != own.error.has_value() ||
        (own.error && own.error->sqlState != scoped.error->sqlState)) {
        // Which of two conditions is looked at first is the planner's choice.
        const auto isOfData = [](const Outcome &outcome) {
            return outcome.error && outcome.error->sqlState.startsWith(QLatin1String("22"));
        };
        if (isOfData(scoped) || isOfData(own))
            ++m_reasons[QStringLiteral("only one of both failed on a value")];
        else
            complain(QStringLiteral("ends in another way"));
        return;
    }
    QStringList left = scoped.rows;
    QStringList right = own.rows;
    if (!statement.isOrdered) {
        std::ranges::sort(left);
        std::ranges::sort(right);
    }
    if (left != right)
        complain(QStringLiteral("shows other rows"));
}

void TestProperty::worlds()
{
    QFETCH(quint64, seed);
    m_complaints.clear();
    m_forms.clear();
    m_reasons.clear();
    property::Random random(seed);
    const World world = property::randomWorld(random);
    const auto pool = std::make_shared<pg::Pool>(
        m_server.createDatabase(QStringLiteral("all"), world.everything()));
    QList<std::shared_ptr<pg::Pool>> own{nullptr};
    for (int i = 1; i <= World::tenants; ++i)
        own << std::make_shared<pg::Pool>(
            m_server.createDatabase(QStringLiteral("own"), world.only(i)));
    const auto catalog = base::await(load::catalog(pool, {}));
    QVERIFY(catalog.ok());
    const tenant::Classification classification = tenant::classify(catalog->schema);
    for (const property::Table &table : world.tables)
        QCOMPARE(classification.tables.value(table.name).scoping, table.scoping);

    property::StatementWriter writer(world, random);
    constexpr int statements = 100;
    for (int i = 0; i < statements; ++i) {
        const property::Statement statement = writer.next();
        for (int number = 1; number <= World::tenants; ++number) {
            const Outcome scoped = outcomeOf(base::await(
                session::runScoped(pool, {statement.text, world.ids.at(number), classification})));
            look(statement, number, scoped,
                 outcomeOf(base::await(own.at(number)->run({statement.text, {}}))));
        }
    }
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
