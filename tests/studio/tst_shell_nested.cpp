// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/editing.h"
#include "studio/shellonserver.h"
#include "studio/widgets/chip.h"

#include <QFile>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>

using namespace studio;

namespace
{
const QByteArray script = R"sql(
create table organizations (id int primary key, name text not null);
create table members (id int primary key, organization_id int not null references organizations, name text);
create table projects (id int primary key, organization_id int not null references organizations, name text);
create table tasks (id int primary key, project_id int not null references projects, title text);
create table files (id int primary key, organization_id int not null references organizations, project_id int
    references projects, name text);
create table notes (id int primary key, organization_id int not null references organizations, member_id int
    references members, text text);
insert into organizations values (1, 'Globex'), (2, 'Initech');
insert into members values (1, 1, 'Ada'), (2, 2, 'Grace');
insert into projects values (7, 1, 'Apollo'), (8, 1, 'Beacon'), (9, 2, 'Comet');
insert into tasks values (1, 7, 'launch'), (2, 8, 'light'), (3, 9, 'shine'), (4, 7, 'land');
insert into files values (1, 1, 7, 'plan'), (2, 1, null, 'logo'), (3, 1, 8, 'map');
)sql";

QStringList lines(std::initializer_list<const char *> texts)
{
    QStringList list;
    for (const char *text : texts)
        list << QString::fromUtf8(text);
    return list;
}

schema::Name named(const char *table)
{
    return {{}, QString::fromLatin1(table)};
}
} // namespace

/// The window on organizations that have projects: one is chosen within the other.
class TestShellNested : public ShellOnServer
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void offeredWithinATenant();
    void choosesBySearching();
    void saysWhoseRows_data();
    void saysWhoseRows();
    void fillsNewRows();
    void allTenantsForAWhile();
    void anotherTenantHasOthers();
    void comesBack();
    void isAskedWhereTheLevelIsAnother();
    void staysWhereNothingIs();
    void isGoneWithTheSetting();

private:
    void openWindow();
    void open(const char *table) { ShellOnServer::open(named(table)); }
    void choose(const char *tenant);
    void settle(const QByteArray &json);
    QPushButton *button() const
    {
        return m_window->findChild<QPushButton *>(QStringLiteral("nestedButton"));
    }
    QStringList shown() const { return shownIn(0); }
    /// What the scope's pill of the page in front says, and its tip.
    QString pill() const;
};

void TestShellNested::initTestCase()
{
    make("nested", script,
         {{"sluice.json", R"({"tenant": {"nested": {"column": "project_id"}}})"}});
    openWindow();
}

void TestShellNested::openWindow()
{
    ShellOnServer::openWindow();
    QTRY_VERIFY_WITH_TIMEOUT(m_project->tenants().value, patience);
}

void TestShellNested::settle(const QByteArray &json)
{
    QFile file(m_folder.filePath(QStringLiteral("sluice.json")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(json);
}

void TestShellNested::choose(const char *tenant)
{
    for (const session::Tenant &one : *m_project->tenants().value) {
        if (one.label == QLatin1String(tenant))
            m_project->setTenant(one);
    }
    QTRY_VERIFY_WITH_TIMEOUT(m_project->nestedTenants().value, patience);
}

QString TestShellNested::pill() const
{
    for (const Chip *chip : front()->findChildren<Chip *>()) {
        if (chip->isVisible() && chip->accessibleName().startsWith(QLatin1String("organization")))
            return chip->accessibleName() + u'\n' + chip->toolTip();
    }
    return {};
}

void TestShellNested::offeredWithinATenant()
{
    QVERIFY(!button()->isVisible());
    choose("Globex");
    QVERIFY(button()->isVisible());
    QCOMPARE(button()->text(), QStringLiteral("All projects ▾"));
    open("tasks");
    QTRY_COMPARE_WITH_TIMEOUT(shown(), lines({"1", "2", "4"}), patience);
    QVERIFY2(pill().startsWith(QLatin1String("organization = Globex\n")), qPrintable(pill()));
}

/// From the title row, by typing; the rows follow.
void TestShellNested::choosesBySearching()
{
    QTest::mouseClick(button(), Qt::LeftButton);
    auto *popup = m_window->findChild<QWidget *>(QStringLiteral("nestedPicker"));
    QTRY_VERIFY_WITH_TIMEOUT(popup->isVisible(), patience);
    auto *list = popup->findChild<QListView *>(QStringLiteral("searchList"));
    QStringList offered;
    for (int row = 0; row < list->model()->rowCount(); ++row)
        offered << list->model()->index(row, 0).data().toString();
    // None of another tenant's.
    QCOMPARE(offered, lines({"All projects", "Apollo", "Beacon"}));
    auto *line = popup->findChild<QLineEdit *>(QStringLiteral("searchLine"));
    QTest::keyClicks(line, QStringLiteral("apo"));
    QTest::keyClick(line, Qt::Key_Return);
    QCOMPARE(button()->text(), QStringLiteral("Apollo ▾"));
    QCOMPARE(m_project->chosenLabel(), QStringLiteral("Globex ▸ Apollo"));
    QTRY_COMPARE_WITH_TIMEOUT(shown(), lines({"1", "4"}), patience);
}

void TestShellNested::saysWhoseRows_data()
{
    QTest::addColumn<QStringList>("rows");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *table, const QStringList &rows, const char *says) {
        QTest::newRow(table) << rows << QString::fromUtf8(says);
    };
    row("tasks", lines({"1", "4"}), "organization = Globex ▸ Apollo\n");
    row("projects", lines({"7"}), "organization = Globex ▸ Apollo\n");
    row("files", lines({"1"}), "organization = Globex ▸ Apollo, without shared rows\n");
    row("members", lines({"1"}), "organization = Globex, whole organization\n");
    row("organizations", lines({"1"}), "organization = Globex, whole organization\n");
}

void TestShellNested::saysWhoseRows()
{
    QFETCH(QStringList, rows);
    QFETCH(QString, says);
    open(QTest::currentDataTag());
    QTRY_COMPARE_WITH_TIMEOUT(shown(), rows, patience);
    QVERIFY2(pill().startsWith(says), qPrintable(pill()));
    const bool isWhole = says.contains(QLatin1String("whole"));
    QCOMPARE(m_project->editing().whyClosed(named(QTest::currentDataTag())).has_value(), isWhole);
    QVERIFY2(pill().contains(isWhole ? QLatin1String("They lead to no project_id")
                                     : QLatin1String("is 7")),
             qPrintable(pill()));
}

void TestShellNested::fillsNewRows()
{
    const auto id = m_project->editing().addRow(named("files"));
    QVERIFY(id);
    const edits::RowEdit *row = m_project->editing().row(*id);
    QVERIFY(row && row->cell(QStringLiteral("organization_id")));
    QCOMPARE(row->cell(QStringLiteral("organization_id"))->after.text, QByteArray("1"));
    QCOMPARE(row->cell(QStringLiteral("project_id"))->after.text, QByteArray("7"));
    QVERIFY(row->tenant == tenant::TenantId(QStringLiteral("1"), QStringLiteral("7")));

    // A copy of what is shared among all projects is the chosen one's own.
    const auto copies = m_project->editing().addRows(
        named("files"), {{{QStringLiteral("project_id"), {}, {}},
                          {QStringLiteral("name"), {}, edits::NewValue::of("logo")}}});
    QVERIFY2(copies.ok(), copies ? "" : qPrintable(base::toLine(copies.error())));
    row = m_project->editing().row(copies->first());
    QCOMPARE(row->cells.size(), 3);
    QCOMPARE(row->cell(QStringLiteral("project_id"))->after.text, QByteArray("7"));
    // What is another's stays refused.
    QVERIFY(!m_project->editing().addRows(
        named("files"),
        {{{QStringLiteral("project_id"), {}, edits::NewValue::of(QByteArray("8"))}}}));
    m_project->editing().revertAll();
}

/// Afterwards it is as it was: no wider.
void TestShellNested::allTenantsForAWhile()
{
    open("tasks");
    m_project->allowAllTenants();
    QVERIFY(!button()->isVisible());
    QTRY_COMPARE_WITH_TIMEOUT(shown(), lines({"1", "2", "3", "4"}), patience);
    m_project->endAllTenants();
    QCOMPARE(m_project->chosenLabel(), QStringLiteral("Globex ▸ Apollo"));
    QTRY_COMPARE_WITH_TIMEOUT(shown(), lines({"1", "4"}), patience);
}

void TestShellNested::anotherTenantHasOthers()
{
    open("tasks");
    choose("Initech");
    QVERIFY(!m_project->nested());
    QCOMPARE(button()->text(), QStringLiteral("All projects ▾"));
    QTRY_COMPARE_WITH_TIMEOUT(shown(), lines({"3"}), patience);
    QCOMPARE(m_project->nestedTenants().value->size(), 1);
    // One of another tenant has no row here.
    m_project->setTenant(m_project->tenant(),
                         session::Tenant{QStringLiteral("7"), QStringLiteral("Apollo")});
    QTRY_COMPARE_WITH_TIMEOUT(shown(), QStringList(), patience);
    choose("Globex");
}

/// The next time the window opens, both are chosen from the first row on.
void TestShellNested::comesBack()
{
    QTest::mouseClick(button(), Qt::LeftButton);
    auto *popup = m_window->findChild<QWidget *>(QStringLiteral("nestedPicker"));
    auto *line = popup->findChild<QLineEdit *>(QStringLiteral("searchLine"));
    QTest::keyClicks(line, QStringLiteral("bea"));
    QTest::keyClick(line, Qt::Key_Return);
    QCOMPARE(button()->text(), QStringLiteral("Beacon ▾"));
    openWindow();
    QTRY_VERIFY_WITH_TIMEOUT(m_project->tenant(), patience);
    QCOMPARE(m_project->chosenLabel(), QStringLiteral("Globex ▸ Beacon"));
    open("tasks");
    QTRY_COMPARE_WITH_TIMEOUT(shown(), lines({"2"}), patience);
}

/// The id of a project is none of another level's: whoever comes back is asked, and shown nobody's
/// rows meanwhile.
void TestShellNested::isAskedWhereTheLevelIsAnother()
{
    const auto project = m_preferences->nestedTenant(m_project->path());
    QVERIFY(project && project->label == QLatin1String("Beacon"));
    settle(R"({"tenant": {"nested": {"column": "member_id"}}})");
    openWindow();
    QTRY_COMPARE_WITH_TIMEOUT(m_project->nestedColumn(), QStringLiteral("member_id"), patience);
    QVERIFY(m_project->tenants().value);
    QVERIFY(m_project->isTenantWanted());
    open("notes");
    QTRY_COMPARE_WITH_TIMEOUT(shown(), lines({"no rows"}), patience);
    QVERIFY(!m_project->tenant());
    settle(R"({"tenant": {"nested": {"column": "project_id"}}})");
    openWindow();
    QTRY_VERIFY_WITH_TIMEOUT(m_project->tenant(), patience);
    QCOMPARE(m_project->chosenLabel(), QStringLiteral("Globex ▸ Beacon"));
}

/// A project that is gone has no rows; those of all others are not shown in its place.
void TestShellNested::staysWhereNothingIs()
{
    auto other = m_preferences->nestedTenant(m_project->path()).value();
    other.id = QStringLiteral("9");
    other.label = QStringLiteral("Comet");
    m_preferences->setTenant(m_project->path(), QStringLiteral("1"), other);
    openWindow();
    QTRY_VERIFY_WITH_TIMEOUT(m_project->tenant() && m_project->nestedTenants().value, patience);
    QCOMPARE(m_project->chosenLabel(), QStringLiteral("Globex ▸ Comet"));
    open("tasks");
    QTRY_COMPARE_WITH_TIMEOUT(shown(), QStringList(), patience);
}

/// Where nobody says any more that there are some, the one that is chosen has no rows until another
/// choice.
void TestShellNested::isGoneWithTheSetting()
{
    choose("Globex");
    m_project->setTenant(m_project->tenant(), m_project->nestedTenants().value->first());
    QVERIFY(m_project->nested());
    tenant::Settings settings = m_project->tenantSettings();
    settings.nested = {};
    open("tasks");
    QTRY_VERIFY_WITH_TIMEOUT(!shown().isEmpty() && shown() != lines({"no rows"}), patience);
    QVERIFY(m_project->keepTenantSettings(settings));
    // Whoever looks at one project is not shown all of them instead.
    QVERIFY(m_project->nested());
    QVERIFY(button()->isVisible());
    QTRY_COMPARE_WITH_TIMEOUT(shown(), lines({"no rows"}), patience); // refused, with the reason
    QTest::mouseClick(button(), Qt::LeftButton);
    auto *popup = m_window->findChild<QWidget *>(QStringLiteral("nestedPicker"));
    QTest::keyClick(popup->findChild<QLineEdit *>(QStringLiteral("searchLine")), Qt::Key_Return);
    QVERIFY(!m_project->nested());
    QVERIFY(!button()->isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(shown().size() > 1, patience);
    settings.nested.column = QStringLiteral("project");
    QVERIFY(m_project->keepTenantSettings(settings));
    QVERIFY(!button()->isVisible());
    QVERIFY(std::ranges::any_of(m_project->problems(), [](const schema::Problem &problem) {
        return problem.text.contains(QLatin1String("no table has the column project"));
    }));
}

QTEST_MAIN(TestShellNested)
#include "tst_shell_nested.moc"
