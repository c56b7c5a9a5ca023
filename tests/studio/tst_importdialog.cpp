// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/project.h"
#include "studio/grid/gridpage.h"
#include "studio/grid/importcolumns.h"
#include "studio/grid/importdialog.h"
#include "studio/widgets/rowsview.h"
#include "support/server.h"
#include "tenants.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace studio;

namespace
{
constexpr int patience = 20'000; // ms; a signal ends the wait

const QByteArray script = R"sql(
create table organizations (id int primary key, name text not null);
insert into organizations values (1, 'Globex'), (2, 'Initech');
create table contacts (id int primary key, organization_id int not null references organizations,
    full_name text not null, age int check (age >= 18));
insert into contacts values (1, 1, 'Ada', 36), (2, 2, 'Eve', 20);
create table countries (code text primary key);
)sql";

/// The grid of a table, and the dialog on a file that its button opens.
struct Fixture {
    explicit Fixture(testsupport::Server &server, const char *table = "contacts")
        : project(base::installationOf(QStringLiteral(SLUICE_BUILD_DIR "/bin")))
        , database(server.createDatabase(QStringLiteral("dialog"), script))
    {
        project.setUrl(server.tcpUrl(database));
        page = std::make_unique<GridPage>(
            project, schema::Name{.schema = {}, .name = QString::fromLatin1(table)});
        page->resize(1000, 500);
        page->show();
    }
    bool isReady() const
    {
        return project.tenants().value.has_value() && view()->model()->columnCount() > 0;
    }
    RowsView *view() const { return page->findChild<RowsView *>(QStringLiteral("rowsView")); }
    void chooseTenant(const char *label) { chooseTenantOf(project, label); }
    /// Writes the file and opens the dialog on it as a person does.
    ImportDialog *open(const QByteArray &content)
    {
        QFile file(folder.filePath(QStringLiteral("people.csv")));
        if (file.open(QIODevice::WriteOnly))
            file.write(content);
        file.close();
        QTest::mouseClick(page->findChild<QPushButton *>(QStringLiteral("importRows")),
                          Qt::LeftButton);
        auto *chooser = page->findChild<QFileDialog *>(QStringLiteral("importFileDialog"));
        if (!chooser)
            return nullptr;
        Q_EMIT chooser->fileSelected(file.fileName());
        chooser->close();
        dialog = page->findChild<ImportDialog *>(QStringLiteral("importDialog"));
        return dialog;
    }
    template <typename T> T *find(const char *name) const
    {
        return dialog->findChild<T *>(QLatin1String(name));
    }
    void press(const char *button) const
    {
        QTest::mouseClick(find<QPushButton>(button), Qt::LeftButton);
    }
    void choose(const char *box, int index) const
    {
        auto *choice = find<QComboBox>(box);
        choice->setCurrentIndex(index);
        Q_EMIT choice->activated(index);
    }
    QString text() const { return find<QLabel>("importText")->text(); }
    bool isEnabled(const char *button) const { return find<QPushButton>(button)->isEnabled(); }
    QStringList targets() const { return find<ImportColumns>("importColumns")->chosen(); }
    /// The bad rows as they are listed, a line each.
    QStringList badRows() const
    {
        const auto *list = find<QTableWidget>("importBadRows");
        QStringList lines;
        for (int row = 0; list->isVisible() && row < list->rowCount(); ++row)
            lines << list->item(row, 0)->text() + u' ' + list->item(row, 1)->text() + u' ' +
                         list->item(row, 2)->text();
        return lines;
    }
    QString inTable() const
    {
        pg::Pool pool(database);
        const auto read = base::await(pool.run(
            {QStringLiteral("select coalesce(string_agg(t::text, ' ' order by id), '') from "
                            "contacts t"),
             {}}));
        return read ? read->text(0, 0) : base::toLine(read.error());
    }

    session::Project project;
    pg::Settings database;
    QTemporaryDir folder;
    std::unique_ptr<GridPage> page;
    ImportDialog *dialog = nullptr;
};

/// "id full_name" as a list; - is an empty text.
QStringList list(const char *words)
{
    QStringList list = QString::fromLatin1(words).split(u' ');
    list.replaceInStrings(QStringLiteral("-"), QString());
    return list;
}

const QString before = QStringLiteral("(1,1,Ada,36) (2,2,Eve,20)");
} // namespace

class ImportDialogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void imports();
    void readOnly();
    void badRows();
    void goodRowsOnly();
    void mapping();
    void format();
    void whatStandsInTheWay_data();
    void whatStandsInTheWay();
    void anotherTenantMeanwhile();
    void firstLook_data();
    void firstLook();
    void staysAtTheButton();
    void cancelled();

private:
    std::unique_ptr<testsupport::Server> m_server;
};

void ImportDialogTest::initTestCase()
{
    m_server = std::make_unique<testsupport::Server>();
    QVERIFY2(m_server->error().isEmpty(), qPrintable(m_server->error()));
}

/// Columns by their names, the tenant filled in, tried and written; then the grid shows them.
void ImportDialogTest::imports()
{
    Fixture f(*m_server);
    QTRY_VERIFY_WITH_TIMEOUT(f.isReady(), patience);
    f.chooseTenant("Globex");
    f.project.grantLease();
    QVERIFY(f.open("id,Full Name,age\n10,Bo,40\n11,Cy,50\n"));
    QTRY_COMPARE_WITH_TIMEOUT(f.targets(), list("id full_name age"), patience);
    QCOMPARE(f.find<QLabel>("importScope")->text(),
             QStringLiteral("All rows become Globex's: organization_id is filled in."));
    QVERIFY(f.isEnabled("importTry") && f.isEnabled("importWrite"));
    f.press("importTry");
    QTRY_VERIFY2_WITH_TIMEOUT(f.text().startsWith(QStringLiteral("2 rows can be imported: new 2")),
                              qPrintable(f.text()), patience);
    QCOMPARE(f.inTable(), before);
    f.press("importWrite");
    QTRY_VERIFY2_WITH_TIMEOUT(f.text().startsWith(QStringLiteral("Imported 2 rows: new 2")),
                              qPrintable(f.text()), patience);
    QCOMPARE(f.inTable(), QString(before + QStringLiteral(" (10,1,Bo,40) (11,1,Cy,50)")));
    QVERIFY(!f.isEnabled("importWrite")); // not twice
    QTRY_COMPARE_WITH_TIMEOUT(f.view()->model()->rowCount(), 3, patience);
}

void ImportDialogTest::readOnly()
{
    Fixture f(*m_server);
    QTRY_VERIFY_WITH_TIMEOUT(f.isReady(), patience);
    f.project.endLease();
    QVERIFY(f.open("id,organization_id,full_name\n10,1,Bo\n"));
    QTRY_VERIFY2_WITH_TIMEOUT(f.text().startsWith(QStringLiteral("The connection is read-only")),
                              qPrintable(f.text()), patience);
    QVERIFY(!f.isEnabled("importTry") && !f.isEnabled("importWrite"));
    const QSignalSpy wanted(f.page.get(), &GridPage::leaseWanted);
    f.press("importLease");
    QCOMPARE(wanted.size(), 1);
    f.project.grantLease();
    QVERIFY(f.isEnabled("importTry") && f.isEnabled("importWrite"));
    QVERIFY2(f.text().isEmpty(), qPrintable(f.text()));
    QVERIFY(!f.find<QPushButton>("importLease")->isVisible());
}

/// All rows or none, and each bad one with its line, column and reason.
void ImportDialogTest::badRows()
{
    Fixture f(*m_server);
    QTRY_VERIFY_WITH_TIMEOUT(f.isReady(), patience);
    f.chooseTenant("Globex");
    f.project.grantLease();
    QVERIFY(f.open("id,full_name,age\n10,Bo,40\neleven,Cy,50\n12,Di,7\n1,Ada,36\n"));
    QTRY_VERIFY_WITH_TIMEOUT(f.isEnabled("importWrite"), patience);
    f.press("importWrite");
    QTRY_COMPARE_WITH_TIMEOUT(f.badRows().size(), 3, patience);
    QVERIFY2(f.text().startsWith(QStringLiteral("3 of 4 rows are bad: nothing was written")),
             qPrintable(f.text()));
    QCOMPARE(f.badRows().first(), QStringLiteral("3 id eleven"));
    QVERIFY2(f.badRows().at(1).startsWith(QStringLiteral("4 age 7")),
             qPrintable(f.badRows().at(1)));
    QCOMPARE(f.inTable(), before);
    f.choose("importConflict", 1); // what was found out is of other choices
    QVERIFY(f.badRows().isEmpty() && f.text().isEmpty());
}

void ImportDialogTest::goodRowsOnly()
{
    Fixture f(*m_server);
    QTRY_VERIFY_WITH_TIMEOUT(f.isReady(), patience);
    f.chooseTenant("Globex");
    f.project.grantLease();
    QVERIFY(f.open("id,full_name,age\n10,Bo,40\neleven,Cy,50\n"));
    QTRY_VERIFY_WITH_TIMEOUT(f.isEnabled("importWrite"), patience);
    const QString left = f.folder.filePath(QStringLiteral("left.csv"));
    f.choose("importBad", 1);
    auto *chooser = f.find<QFileDialog>("badRowsDialog");
    QVERIFY(chooser);
    Q_EMIT chooser->fileSelected(left);
    chooser->close();
    QCOMPARE(f.find<QComboBox>("importBad")->currentIndex(), 1);
    f.press("importTry");
    QTRY_VERIFY2_WITH_TIMEOUT(f.text().startsWith(QStringLiteral("1 rows can be imported")),
                              qPrintable(f.text()), patience);
    QVERIFY(!QFile::exists(left));
    f.press("importWrite");
    QTRY_VERIFY2_WITH_TIMEOUT(f.text().startsWith(QStringLiteral("Imported 1 rows")),
                              qPrintable(f.text()), patience);
    QCOMPARE(f.inTable(), QString(before + QStringLiteral(" (10,1,Bo,40)")));
    QFile file(left);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("id,full_name,age\neleven,Cy,50\n"));
    // Another file has its own bad rows, and never in its own place.
    f.dialog->setFile(left);
    QCOMPARE(f.find<QComboBox>("importBad")->currentIndex(), 0);
    QTRY_VERIFY_WITH_TIMEOUT(f.isEnabled("importTry"), patience);
    f.choose("importBad", 1);
    Q_EMIT f.find<QFileDialog>("badRowsDialog")->fileSelected(left);
    f.press("importTry");
    QTRY_VERIFY2_WITH_TIMEOUT(f.text().startsWith(QStringLiteral("The bad rows cannot go into")),
                              qPrintable(f.text()), patience);
}

/// A column that fits none is chosen by hand; leaving out one that has to be there is refused.
void ImportDialogTest::mapping()
{
    Fixture f(*m_server);
    QTRY_VERIFY_WITH_TIMEOUT(f.isReady(), patience);
    f.chooseTenant("Globex");
    f.project.grantLease();
    QVERIFY(f.open("id,who\n10,Bo\n"));
    QTRY_COMPARE_WITH_TIMEOUT(f.targets(), list("id -"), patience);
    QVERIFY2(f.text().contains(QStringLiteral("full_name takes no NULL")), qPrintable(f.text()));
    QVERIFY(!f.isEnabled("importWrite"));
    const auto *target = f.find<QComboBox>("importTarget1");
    QCOMPARE(target->findData(QStringLiteral("organization_id")), -1); // the tenant's
    f.choose("importTarget1", target->findData(QStringLiteral("full_name")));
    QCOMPARE(f.targets(), list("id full_name"));
    QVERIFY2(f.isEnabled("importWrite"), qPrintable(f.text()));
}

/// The delimiter, the line of titles and what NULL is written as, each read anew.
void ImportDialogTest::format()
{
    Fixture f(*m_server);
    QTRY_VERIFY_WITH_TIMEOUT(f.isReady(), patience);
    f.chooseTenant("Globex");
    f.project.grantLease();
    QVERIFY(f.open("10|Bo, the first|-\n11|Cy, the second|50\n"));
    QTRY_COMPARE_WITH_TIMEOUT(f.targets().size(), 3, patience);
    f.find<QCheckBox>("importTitles")->click();
    f.choose("importDelimiter", f.find<QComboBox>("importDelimiter")->findData(int('|')));
    QTest::keyClicks(f.find<QLineEdit>("importNull"), QStringLiteral("-"));
    QTest::keyClick(f.find<QLineEdit>("importNull"), Qt::Key_Return);
    const auto *columns = f.find<ImportColumns>("importColumns");
    QTRY_COMPARE_WITH_TIMEOUT(columns->item(2, 1) ? columns->item(2, 1)->text() : QString(),
                              QStringLiteral("NULL, 50"), patience);
    QCOMPARE(columns->item(0, 0)->text(), QStringLiteral("1"));
    const auto *target = f.find<QComboBox>("importTarget0");
    f.choose("importTarget0", target->findData(QStringLiteral("id")));
    f.choose("importTarget1", target->findData(QStringLiteral("full_name")));
    f.choose("importTarget2", target->findData(QStringLiteral("age")));
    f.press("importWrite");
    QTRY_VERIFY2_WITH_TIMEOUT(f.text().startsWith(QStringLiteral("Imported 2 rows")),
                              qPrintable(f.text()), patience);
    QCOMPARE(f.inTable(), QString(before + QStringLiteral(" (10,1,\"Bo, the first\",) "
                                                          "(11,1,\"Cy, the second\",50)")));
}

void ImportDialogTest::whatStandsInTheWay_data()
{
    QTest::addColumn<QByteArray>("table");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("text");
    QTest::newRow("an empty file")
        << QByteArray("contacts") << QByteArray() << QStringLiteral("There is nothing in the file");
    QTest::newRow("a table of all tenants")
        << QByteArray("countries") << QByteArray("code\nde\n")
        << QStringLiteral("Nothing can be imported into public.countries for one tenant");
}

void ImportDialogTest::whatStandsInTheWay()
{
    QFETCH(QByteArray, table);
    QFETCH(QByteArray, content);
    QFETCH(QString, text);
    Fixture f(*m_server, table.constData());
    QTRY_VERIFY_WITH_TIMEOUT(f.isReady(), patience);
    f.chooseTenant("Globex");
    f.project.grantLease();
    QVERIFY(f.open(content));
    QTRY_VERIFY2_WITH_TIMEOUT(f.text().startsWith(text), qPrintable(f.text()), patience);
    QVERIFY(!f.isEnabled("importTry") && !f.isEnabled("importWrite"));
}

/// The rows go to whom the dialog says they go to.
void ImportDialogTest::anotherTenantMeanwhile()
{
    Fixture f(*m_server);
    QTRY_VERIFY_WITH_TIMEOUT(f.isReady(), patience);
    f.chooseTenant("Globex");
    f.project.grantLease();
    QVERIFY(f.open("id,full_name\n10,Bo\n"));
    QTRY_VERIFY_WITH_TIMEOUT(f.isEnabled("importTry"), patience);
    f.press("importTry");
    QTRY_VERIFY_WITH_TIMEOUT(f.text().startsWith(QStringLiteral("1 rows can")), patience);
    f.chooseTenant("Initech");
    QVERIFY2(f.text().isEmpty(), qPrintable(f.text()));
    QCOMPARE(f.find<QLabel>("importScope")->text(),
             QStringLiteral("All rows become Initech's: organization_id is filled in."));
    f.press("importWrite");
    QTRY_VERIFY_WITH_TIMEOUT(f.text().startsWith(QStringLiteral("Imported 1 rows")), patience);
    QCOMPARE(f.inTable(), QString(before + QStringLiteral(" (10,2,Bo,)")));
}

/// Esc while it runs stops it on the server and leaves the dialog; another one closes it.
void ImportDialogTest::firstLook_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("said");
    QTest::addColumn<bool>("isUsable");
    QTest::newRow("titles only") << QByteArray("id,full_name\n")
                                 << QStringLiteral("There are no rows below the titles") << false;
    QTest::newRow("another encoding")
        << QByteArray("id,full_name,age\n3,K\xe4the,40\n4,Eve,20\n")
        << QStringLiteral("Of the first rows some cannot be read: line 2: it is not UTF-8") << true;
}

/// What one would otherwise learn from a run on the server only.
void ImportDialogTest::firstLook()
{
    QFETCH(const QByteArray, content);
    QFETCH(const QString, said);
    QFETCH(const bool, isUsable);
    Fixture f(*m_server);
    QTRY_VERIFY_WITH_TIMEOUT(f.isReady(), patience);
    f.chooseTenant("Globex");
    f.project.grantLease();
    QVERIFY(f.open(content));
    QTRY_VERIFY_WITH_TIMEOUT(f.text().startsWith(said), patience);
    QCOMPARE(f.isEnabled("importTry"), isUsable);
    QCOMPARE(f.isEnabled("importWrite"), isUsable);
}

/// A dry run disables its button while it runs; Return behind it must not close the dialog.
void ImportDialogTest::staysAtTheButton()
{
    Fixture f(*m_server);
    QTRY_VERIFY_WITH_TIMEOUT(f.isReady(), patience);
    f.chooseTenant("Globex");
    f.project.grantLease();
    QVERIFY(f.open("id,full_name,age\n3,Ann,40\n"));
    QTRY_VERIFY_WITH_TIMEOUT(f.isEnabled("importTry"), patience);
    f.dialog->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(f.dialog));
    f.find<QPushButton>("importTry")->setFocus();
    QTest::keyClick(f.find<QPushButton>("importTry"), Qt::Key_Space);
    QTRY_VERIFY_WITH_TIMEOUT(f.text().startsWith(QStringLiteral("1 rows can be imported")),
                             patience);
    QCOMPARE(f.dialog->focusWidget(), f.find<QPushButton>("importTry"));
}

void ImportDialogTest::cancelled()
{
    Fixture f(*m_server);
    QTRY_VERIFY_WITH_TIMEOUT(f.isReady(), patience);
    f.chooseTenant("Globex");
    f.project.grantLease();
    QVERIFY(f.open("id,full_name\n10,Bo\n"));
    QTRY_VERIFY_WITH_TIMEOUT(f.isEnabled("importWrite"), patience);
    // Somebody holds the table, so the import waits until it is stopped.
    pg::Pool other(f.database);
    QPromise<void> release;
    release.start();
    QSemaphore isHeld;
    const auto held = other.transact<base::Done>(
        pg::Access::Write, [&](pg::Transaction &t) -> base::Result<base::Done> {
            for (const char *step : {"begin", "lock table contacts in exclusive mode"}) {
                if (const auto done = t.run({QString::fromLatin1(step), {}}); !done) {
                    isHeld.release();
                    return done.error();
                }
            }
            isHeld.release();
            release.future().waitForFinished();
            return base::Done{};
        });
    isHeld.acquire();
    f.press("importWrite");
    QTest::keyClick(f.dialog, Qt::Key_Escape);
    QTRY_VERIFY2_WITH_TIMEOUT(f.text().startsWith(QStringLiteral("Cancelled")),
                              qPrintable(f.text()), patience);
    QVERIFY(f.dialog->isVisible());
    release.finish();
    QVERIFY(base::await(held).ok());
    QCOMPARE(f.inTable(), before);
    QTest::keyClick(f.dialog, Qt::Key_Escape);
    QVERIFY(!f.dialog->isVisible());
}

QTEST_MAIN(ImportDialogTest)
#include "tst_importdialog.moc"
