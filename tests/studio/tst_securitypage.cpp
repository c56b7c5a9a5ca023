// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/project.h"
#include "studio/security/accessmodel.h"
#include "studio/security/securitypage.h"
#include "studio/widgets/codeview.h"
#include "studio/widgets/rowsmodel.h"
#include "studio/widgets/rowsview.h"
#include "studio/widgets/rowswhole.h"
#include "support/server.h"
#include "tenants.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QCoreApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QTest>

using namespace studio;

namespace
{
constexpr int patience = 20'000; // ms; a signal ends the wait

/// Roles are the whole server's: %1 makes their names this test's own.
const char *const script = R"sql(
create role app_%1; create role all_%1 bypassrls;
create table organizations (id integer primary key, name text not null);
insert into organizations values (1, 'Globex'), (2, 'Initech');
create table notes (id integer primary key,
    organization_id integer not null references organizations (id), body text);
insert into notes select n, 1 + n % 2, 'note ' || n from generate_series(1, 9) n;
alter table notes enable row level security;
create policy own_notes on notes to app_%1
    using (organization_id = nullif(current_setting('app.organization_id', true), '')::integer);
create table loose (id integer primary key, organization_id integer not null references organizations (id));
create table big (id integer primary key, organization_id integer references organizations (id), body text);
insert into big values (1, 1, repeat('0123456789', 100000));
create table unkeyed (body text);
insert into unkeyed values ('a'), (repeat('0123456789', 100000));
create view note_texts as select id, organization_id as whose, body from notes;
create view asked_texts with (security_invoker = true) as
    select id, organization_id, body from notes;
create view totals as select count(*) as all_notes from notes;
create view failing as select id, organization_id, body::int as n from notes;
grant select on big, unkeyed, organizations, notes, loose, note_texts, asked_texts, totals, failing
    to app_%1, all_%1;
)sql";

QString own()
{
    return QString::number(QCoreApplication::applicationPid());
}

struct Fixture {
    explicit Fixture(testsupport::Server &server)
        : project(base::installationOf(QStringLiteral(SLUICE_BUILD_DIR "/bin")))
        , database(server.createDatabase(QStringLiteral("security")))
        , m_server(server)
    {
        QString text = QString::fromLatin1(script);
        failure = server.run(database, text.replace(QStringLiteral("%1"), own()).toUtf8());
        project.setUrl(server.tcpUrl(database));
        page = std::make_unique<SecurityPage>(project);
        tester = std::make_unique<QAbstractItemModelTester>(
            matrix()->model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
        page->resize(1100, 700);
        page->show();
    }
    ~Fixture()
    {
        page.reset();
        QString text = QStringLiteral("drop owned by app_%1, all_%1; drop role app_%1, all_%1");
        m_server.run(database, text.replace(QStringLiteral("%1"), own()).toUtf8());
    }
    template <typename T> T *find(const char *name) const
    {
        return page->findChild<T *>(QLatin1String(name));
    }
    QTableView *matrix() const { return find<QTableView>("matrix"); }
    /// The row of a table, its cells beside each other.
    QString row(const char *table) const
    {
        const QAbstractItemModel *model = matrix()->model();
        for (int row = 0; row < model->rowCount(); ++row) {
            QStringList cells;
            for (int column = 0; column < model->columnCount(); ++column)
                cells << model->index(row, column).data().toString();
            if (cells.first() == QLatin1String(table))
                return cells.sliced(1).join(QStringLiteral(" | "));
        }
        return {};
    }
    void chooseTable(const char *table) const
    {
        const QAbstractItemModel *model = matrix()->model();
        const QModelIndexList found = model->match(model->index(0, 0), Qt::DisplayRole,
                                                   QLatin1String(table), 1, Qt::MatchExactly);
        matrix()->setCurrentIndex(found.value(0));
    }
    void chooseRole(const char *role) const
    {
        auto *roles = find<QComboBox>("role");
        roles->setCurrentIndex(roles->findText(QLatin1String(role) + u'_' + own()));
        Q_EMIT roles->activated(roles->currentIndex());
    }
    void chooseTenant(const char *label) { chooseTenantOf(project, label); }
    /// The ids that are shown, "1 3".
    QString ids() const
    {
        const QAbstractItemModel *model = find<RowsView>("rowsView")->model();
        QStringList ids;
        for (int i = 0; i < model->rowCount(); ++i)
            ids << model->index(i, 0).data(RowsModel::RawTextRole).toString();
        return ids.join(u' ');
    }
    QString seen() const { return find<QLabel>("seen")->text().remove(u'_' + own()); }
    bool isReady() const
    {
        return project.tenants().value.has_value() && matrix()->model()->rowCount() == 9;
    }

    session::Project project;
    pg::Settings database;
    QString failure;
    std::unique_ptr<SecurityPage> page;
    std::unique_ptr<QAbstractItemModelTester> tester;

private:
    testsupport::Server &m_server;
};
} // namespace

/// What roles may do and see, in the page.
class SecurityPageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void matrix();
    void rowsAsTheRole();
    void matrixComesAfterTheRows();
    void anotherTenantsRowsAreCountedOnly();
    void whatChangesForgetsTheRows();
    void views_data();
    void views();
    void longValuesComeCut_data();
    void longValuesComeCut();

private:
    std::unique_ptr<testsupport::Server> m_server;
};

void SecurityPageTest::initTestCase()
{
    m_server = std::make_unique<testsupport::Server>();
    QVERIFY2(m_server->error().isEmpty(), qPrintable(m_server->error()));
}

void SecurityPageTest::matrix()
{
    Fixture f(*m_server);
    QVERIFY2(f.failure.isEmpty(), qPrintable(f.failure));
    QTRY_VERIFY_WITH_TIMEOUT(f.isReady(), patience);
    f.chooseRole("app");
    QTRY_COMPARE_WITH_TIMEOUT(f.row("notes"), QStringLiteral("on | own_notes | — | — | —"),
                              patience);
    QCOMPARE(f.row("loose"), QStringLiteral("off | all rows | — | — | —"));
    const auto tone = [&](const char *table) {
        f.chooseTable(table);
        return AccessModel::Tone(f.matrix()
                                     ->currentIndex()
                                     .siblingAtColumn(AccessModel::FirstCommand)
                                     .data(AccessModel::ToneRole)
                                     .toInt());
    };
    QVERIFY(tone("notes") == AccessModel::Tone::Held);
    QVERIFY(tone("loose") == AccessModel::Tone::Open); // a tenant's, and nothing holds it
    QCOMPARE(f.find<CodeView>("policies")->text(),
             QStringLiteral("-- public.loose has no policies"));
    f.chooseTable("notes");
    QVERIFY2(f.find<CodeView>("policies")
                 ->text()
                 .startsWith(QStringLiteral("-- own_notes: PERMISSIVE FOR ALL TO app_")),
             qPrintable(f.find<CodeView>("policies")->text()));
    f.chooseRole("all");
    QTRY_COMPARE_WITH_TIMEOUT(f.row("notes"), QStringLiteral("on | all rows | — | — | —"),
                              patience);
    QCOMPARE(f.matrix()->currentIndex().siblingAtColumn(0).data().toString(),
             QStringLiteral("notes"));
    f.find<QLineEdit>("filterTables")->setText(QStringLiteral("LOO"));
    QCOMPARE(f.matrix()->model()->rowCount(), 1);
}

void SecurityPageTest::rowsAsTheRole()
{
    Fixture f(*m_server);
    QTRY_VERIFY_WITH_TIMEOUT(f.isReady(), patience);
    f.chooseTenant("Globex");
    f.chooseRole("app");
    QTRY_COMPARE_WITH_TIMEOUT(f.row("notes"), QStringLiteral("on | own_notes | — | — | —"),
                              patience);
    f.chooseTable("notes");
    QCOMPARE(f.find<QPlainTextEdit>("settings")->toPlainText(),
             QStringLiteral("app.organization_id = 1"));
    f.find<QPushButton>("look")->click();
    QTRY_COMPARE_WITH_TIMEOUT(f.ids(), QStringLiteral("2 4 6 8"), patience);
    QTRY_COMPARE_WITH_TIMEOUT(f.seen(), QStringLiteral("app sees 4 rows here, all of Globex"),
                              patience);
    f.find<QPlainTextEdit>("settings")->appendPlainText(QStringLiteral("app.user = me"));
    f.chooseTenant("Initech");
    QCOMPARE(f.find<QPlainTextEdit>("settings")->toPlainText(),
             QStringLiteral("app.organization_id = 2\napp.user = me"));
}

/// Whoever looks before the role's matrix is there keeps the rows when it comes.
void SecurityPageTest::matrixComesAfterTheRows()
{
    Fixture f(*m_server);
    QTRY_VERIFY_WITH_TIMEOUT(f.isReady(), patience);
    f.chooseTenant("Globex");
    f.chooseTable("notes");
    f.chooseRole("app");
    f.find<QPushButton>("look")->click();
    QTRY_COMPARE_WITH_TIMEOUT(f.row("notes"), QStringLiteral("on | own_notes | — | — | —"),
                              patience);
    QTRY_COMPARE_WITH_TIMEOUT(f.ids(), QStringLiteral("2 4 6 8"), patience);
    QTRY_COMPARE_WITH_TIMEOUT(f.seen(), QStringLiteral("app sees 4 rows here, all of Globex"),
                              patience);
}

/// The wall has a hole: how large it is is said, what is behind it is not shown.
void SecurityPageTest::anotherTenantsRowsAreCountedOnly()
{
    Fixture f(*m_server);
    QTRY_VERIFY_WITH_TIMEOUT(f.isReady(), patience);
    f.chooseTenant("Globex");
    f.chooseRole("all");
    QTRY_COMPARE_WITH_TIMEOUT(f.row("notes"), QStringLiteral("on | all rows | — | — | —"),
                              patience);
    f.chooseTable("notes");
    f.find<QPushButton>("look")->click();
    QTRY_COMPARE_WITH_TIMEOUT(f.ids(), QStringLiteral("2 4 6 8"), patience);
    QTRY_COMPARE_WITH_TIMEOUT(
        f.seen(), QStringLiteral("all sees 9 rows here, 5 of them not of Globex"), patience);
}

void SecurityPageTest::whatChangesForgetsTheRows()
{
    Fixture f(*m_server);
    QTRY_VERIFY_WITH_TIMEOUT(f.isReady(), patience);
    f.chooseRole("app");
    QTRY_COMPARE_WITH_TIMEOUT(f.row("notes"), QStringLiteral("on | own_notes | — | — | —"),
                              patience);
    f.chooseTable("notes");
    f.find<QPlainTextEdit>("settings")->setPlainText(QStringLiteral("app.organization_id = 2"));
    f.find<QPushButton>("look")->click();
    QTRY_COMPARE_WITH_TIMEOUT(f.ids(), QStringLiteral("1 3 5 7 9"), patience);
    QTRY_COMPARE_WITH_TIMEOUT(f.seen(), QStringLiteral("app sees 5 rows here"), patience);
    f.find<QPlainTextEdit>("settings")->setPlainText(QStringLiteral("app.organization_id = 1"));
    QVERIFY(f.ids().isEmpty() && f.seen().isEmpty());
    f.find<QPushButton>("look")->click();
    QTRY_COMPARE_WITH_TIMEOUT(f.ids(), QStringLiteral("2 4 6 8"), patience);
    f.chooseTenant("Initech");
    QVERIFY(f.ids().isEmpty());
}

void SecurityPageTest::views_data()
{
    QTest::addColumn<QString>("view");
    QTest::addColumn<QString>("tenant");
    QTest::addColumn<QString>("ids");
    QTest::addColumn<QString>("seen");
    QTest::addColumn<QString>("message"); ///< in the place of rows
    QTest::newRow("owner's: the hole is counted") << "note_texts"
                                                  << "Globex"
                                                  << "2 4 6 8"
                                                  << "app sees 9 rows here, 5 of them not of Globex"
                                                  << "";
    QTest::newRow("of who asks") << "asked_texts"
                                 << "Globex"
                                 << "2 4 6 8"
                                 << "app sees 4 rows here, all of Globex"
                                 << "";
    QTest::newRow("without a tenant") << "note_texts"
                                      << ""
                                      << "1 2 3 4 5 6 7 8 9"
                                      << "app sees 9 rows here"
                                      << "";
    QTest::newRow("nobody's rows") << "totals"
                                   << "Globex"
                                   << ""
                                   << "app sees 1 rows here; whose they are is not known"
                                   << "The rows of public.totals are not shown to one tenant";
    QTest::newRow("nobody's rows without a tenant") << "totals"
                                                    << ""
                                                    << "9"
                                                    << "app sees 1 rows here"
                                                    << "";
    QTest::newRow("an error of others' rows")
        << "failing"
        << "Globex"
        << ""
        << "app sees 9 rows here, 5 of them not of Globex"
        << "The server ended the statement with the error 22P02";
}

/// As the server sees them: with the rights that the view uses, and one tenant's only.
void SecurityPageTest::views()
{
    QFETCH(QString, view);
    QFETCH(QString, tenant);
    QFETCH(QString, ids);
    QFETCH(QString, seen);
    QFETCH(QString, message);
    Fixture f(*m_server);
    QVERIFY2(f.failure.isEmpty(), qPrintable(f.failure));
    QTRY_VERIFY_WITH_TIMEOUT(f.isReady(), patience);
    if (!tenant.isEmpty())
        f.chooseTenant(tenant.toLatin1().constData());
    f.chooseRole("app");
    const char *const name = view == u"asked_texts" ? "asked_texts" : "note_texts";
    QTRY_COMPARE_WITH_TIMEOUT(f.row(name),
                              view == u"asked_texts"
                                  ? QStringLiteral("as who asks | by its query | — | — | —")
                                  : QStringLiteral("as its owner | by its query | — | — | —"),
                              patience);
    f.chooseTable(view.toLatin1().constData());
    QVERIFY2(
        f.find<CodeView>("policies")
            ->text()
            .startsWith(
                view == u"asked_texts"
                    ? QStringLiteral("-- The view reads its tables with the rights of whoever asks")
                    : QStringLiteral("-- The view reads its tables with the rights of its owner")),
        qPrintable(f.find<CodeView>("policies")->text()));
    QCOMPARE(f.find<QPlainTextEdit>("settings")->toPlainText(),
             QStringLiteral("app.organization_id = ") +
                 (tenant.isEmpty() ? QString() : QStringLiteral("1")));
    f.find<QPushButton>("look")->click();
    QTRY_COMPARE_WITH_TIMEOUT(f.seen(), seen, patience);
    QTRY_COMPARE_WITH_TIMEOUT(f.ids(), ids, patience);
    const auto *title = f.find<QLabel>("rowsMessageTitle");
    if (!message.isEmpty())
        QTRY_VERIFY2_WITH_TIMEOUT(title->text().startsWith(message), qPrintable(title->text()),
                                  patience);
}

void SecurityPageTest::longValuesComeCut_data()
{
    QTest::addColumn<QString>("table");
    QTest::addColumn<int>("row");
    QTest::addColumn<int>("column");
    QTest::newRow("by key") << "big" << 0 << 2;
    QTest::newRow("by place") << "unkeyed" << 1 << 0;
}

void SecurityPageTest::longValuesComeCut()
{
    QFETCH(QString, table);
    QFETCH(int, row);
    QFETCH(int, column);
    Fixture f(*m_server);
    QTRY_VERIFY_WITH_TIMEOUT(f.isReady(), patience);
    f.chooseRole("all");
    QTRY_COMPARE_WITH_TIMEOUT(f.row("notes"), QStringLiteral("on | all rows | — | — | —"),
                              patience);
    f.chooseTable(table.toLatin1().constData());
    f.find<QPushButton>("look")->click();
    const auto *rows = static_cast<RowsModel *>(f.find<RowsView>("rowsView")->model());
    QTRY_COMPARE_WITH_TIMEOUT(rows->rowCount(), row + 1, patience);
    QCOMPARE(rows->value(row, column)->size(), query::keptOfCut);
    QCOMPARE(rows->cutSize(row, column).bytes, 1'000'000);
    // The rest is there for who asks, as the role.
    const RowsWhole whole(*rows, {rows->index(row, column)});
    const auto answer = base::await(f.project.fetchAs(
        whole.select(), {.role = QStringLiteral("all_") + own(), .settings = {}}));
    QVERIFY2(answer, qPrintable(answer ? QString() : base::toLine(answer.error())));
    const std::optional<RowsWhole::Values> values = whole.values(*answer);
    QVERIFY(values);
    QCOMPARE(values->first()->size(), 1'000'000);
}

QTEST_MAIN(SecurityPageTest)
#include "tst_securitypage.moc"
