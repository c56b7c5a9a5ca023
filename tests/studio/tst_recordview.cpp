// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/receive.h"
#include "session/editing.h"
#include "session/project.h"
#include "studio/grid/gridpage.h"
#include "studio/grid/recordmodel.h"
#include "studio/grid/recordview.h"
#include "studio/widgets/rowsview.h"
#include "support/server.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableView>
#include <QTest>

using namespace studio;

namespace
{
constexpr int patience = 20'000; // ms; a signal ends the wait

const QByteArray script = R"sql(
CREATE TABLE people (id integer PRIMARY KEY, name text NOT NULL, note text, extra jsonb, born date,
    updated_at timestamptz DEFAULT now(), twice text GENERATED ALWAYS AS (name || name) STORED);
ALTER TABLE people ALTER note SET STORAGE EXTERNAL; -- beside the rows, where long values are cut
INSERT INTO people (id, name, note, extra, born) SELECT n, 'name ' || n,
    CASE n WHEN 1 THEN E'two\nlines' WHEN 2 THEN NULL WHEN 3 THEN '' ELSE repeat('long ', 1000) END,
    '{"a": [1.10, 2]}', '2000-01-01' FROM generate_series(1, 700) n;
ANALYZE;
)sql";

enum Field { Id, Name, Note, Extra, Born, UpdatedAt, Twice };
} // namespace

class RecordViewTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void showsEachField();
    void followsTheRow();
    void saysWhatTheCodeSays();
    void edits();
    void showsTheWholeValue();
    void cleanupTestCase();

private:
    template <typename T> T *find(const char *name) const
    {
        return m_page->findChild<T *>(QLatin1String(name));
    }
    RowsView *grid() const { return find<RowsView>("rowsView"); }
    QTableView *fields() const { return find<QTableView>("recordFields"); }
    QModelIndex value(int field) const
    {
        return fields()->model()->index(field, RecordModel::Value);
    }
    QString text(int field) const { return value(field).data().toString(); }
    void chooseField(int field) const { fields()->setCurrentIndex(value(field)); }

    std::unique_ptr<testsupport::Server> m_server;
    std::unique_ptr<session::Project> m_project;
    std::unique_ptr<GridPage> m_page;
};

void RecordViewTest::initTestCase()
{
    m_server = std::make_unique<testsupport::Server>();
    QVERIFY2(m_server->error().isEmpty(), qPrintable(m_server->error()));
    m_project = std::make_unique<session::Project>(
        base::installationOf(QStringLiteral(SLUICE_BUILD_DIR "/bin")));
    m_project->setUrl(
        m_server->tcpUrl(m_server->createDatabase(QStringLiteral("records"), script)));
}

void RecordViewTest::init()
{
    m_page = std::make_unique<GridPage>(
        *m_project, schema::Name{.schema = {}, .name = QStringLiteral("people")});
    m_page->resize(1280, 700);
    m_page->show();
    QTRY_VERIFY_WITH_TIMEOUT(grid()->currentIndex().isValid(), patience);
    new QAbstractItemModelTester(
        fields()->model(), QAbstractItemModelTester::FailureReportingMode::Fatal, m_page.get());
    QVERIFY(find<RecordView>("recordView")->isHidden());
    find<QPushButton>("showRecord")->click();
    QVERIFY(find<RecordView>("recordView")->isVisible());
}

void RecordViewTest::cleanup()
{
    m_project->editing().revertAll();
    m_page.reset();
}

void RecordViewTest::showsEachField()
{
    QCOMPARE(fields()->model()->rowCount(), 7); // not the sizes of cut values
    QCOMPARE(fields()->model()->index(Born, RecordModel::Title).data().toString(),
             QStringLiteral("born"));
    QCOMPARE(fields()->model()->index(Born, RecordModel::Title).data(RecordModel::TypeRole),
             QVariant(QStringLiteral("date")));
    QCOMPARE(text(Id), QStringLiteral("1"));
    QCOMPARE(text(Note), QStringLiteral("two\nlines"));
    QCOMPARE(text(Extra), QStringLiteral("{\n  \"a\": [\n    1.10,\n    2\n  ]\n}"));
    QVERIFY(fields()->rowHeight(Extra) > 4 * fields()->rowHeight(Id) / 2);
    QCOMPARE(find<QLabel>("recordTitle")->text().left(5), QStringLiteral("Row 1"));
    find<QPushButton>("recordClose")->click();
    QVERIFY(find<RecordView>("recordView")->isHidden());
    QVERIFY(!find<QPushButton>("showRecord")->isChecked());
}

void RecordViewTest::followsTheRow()
{
    grid()->setCurrentIndex(grid()->model()->index(1, 1));
    QCOMPARE(text(Name), QStringLiteral("name 2"));
    QCOMPARE(text(Note), QStringLiteral("NULL"));
    chooseField(Note);
    QTest::keyClick(fields(), Qt::Key_PageDown);
    QCOMPARE(text(Note), QStringLiteral("empty"));
    QCOMPARE(value(Note).data(RowsModel::CellRole).toInt(), int(RowsModel::Cell::EmptyText));
    QCOMPARE(fields()->currentIndex(), value(Note)); // the field stays
    QTest::keyClick(fields(), Qt::Key_Down, Qt::AltModifier);
    QVERIFY(text(Note).startsWith(QStringLiteral("long long")));
    QVERIFY(text(Note).endsWith(QChar(0x2026)));
    QCOMPARE(value(Note).data(RowsModel::NoteRole).toString(), QStringLiteral("5.0 kB"));
    QTest::keyClick(fields(), Qt::Key_Up, Qt::AltModifier);
    QTest::keyClick(fields(), Qt::Key_PageUp);
    QCOMPARE(text(Id), QStringLiteral("2"));
    QTest::keyClick(fields(), Qt::Key_Down);
    QCOMPARE(fields()->currentIndex(), value(Extra));
    // Also to where no rows were fetched yet.
    grid()->moveTo(650);
    QTRY_COMPARE_WITH_TIMEOUT(text(Id), QStringLiteral("651"), patience);
    QTest::keyClick(fields(), Qt::Key_PageDown);
    QTRY_COMPARE_WITH_TIMEOUT(text(Id), QStringLiteral("652"), patience);
    QTest::keyClick(fields(), Qt::Key_Escape);
    QVERIFY(find<RecordView>("recordView")->isVisible());
}

void RecordViewTest::saysWhatTheCodeSays()
{
    schema::Table code;
    code.columns = {{.name = QStringLiteral("name")}, {.name = QStringLiteral("updated_at")}};
    code.columns[0].origin.description = QStringLiteral("How one calls them");
    code.columns[1].filledByCode.onUpdate = true;
    find<RecordView>("recordView")->setTable(code);
    const auto title = [this](int field, int role) {
        return fields()->model()->index(field, RecordModel::Title).data(role);
    };
    QCOMPARE(title(Name, RecordModel::CommentRole).toString(),
             QStringLiteral("How one calls them"));
    QVERIFY(!title(Name, RecordModel::CodeRole).toBool());
    QVERIFY(title(UpdatedAt, RecordModel::CodeRole).toBool());
    QVERIFY(title(UpdatedAt, Qt::ToolTipRole).toString().contains(QStringLiteral("$onUpdate")));
    QVERIFY(title(Id, RowsModel::KeyRole).toBool());
}

void RecordViewTest::edits()
{
    chooseField(Name);
    QTest::keyClick(fields(), Qt::Key_F2);
    QTRY_VERIFY(QApplication::activePopupWidget());
    auto *line = QApplication::activePopupWidget()->findChild<QPlainTextEdit *>();
    QVERIFY(line);
    QTest::keyClicks(line, QStringLiteral("Ada"));
    QTest::keyClick(line, Qt::Key_Return);
    QCOMPARE(text(Name), QStringLiteral("Ada"));
    QCOMPARE(value(Name).data(RowsModel::MarkRole).toInt(), int(RowsOverlay::Mark::Changed));
    QCOMPARE(m_project->editing().staged().rows.size(), 1);
    QCOMPARE(grid()->model()->index(0, 1).data().toString(), QStringLiteral("Ada"));

    chooseField(Born);
    QTest::keyClicks(fields(), QStringLiteral("2")); // typing begins an edit, Tab goes on
    QTRY_VERIFY(QApplication::activePopupWidget());
    auto *date =
        QApplication::activePopupWidget()->findChild<QLineEdit *>(QStringLiteral("editorLine"));
    QVERIFY(date);
    date->setText(QStringLiteral("1815-12-10"));
    QTest::keyClick(date, Qt::Key_Tab);
    QTRY_COMPARE(fields()->currentIndex(), value(UpdatedAt));
    QCOMPARE(text(Born), QStringLiteral("1815-12-10"));
    if (QWidget *next = QApplication::activePopupWidget())
        next->close();

    m_project->editing().undo();
    m_project->editing().undo();
    QCOMPARE(text(Name), QStringLiteral("name 1"));

    const QRect rect = fields()->visualRect(value(Note));
    Q_EMIT fields()->customContextMenuRequested(rect.center());
    auto *menu = m_page->findChild<QMenu *>(QStringLiteral("recordMenu"));
    QVERIFY(menu);
    QStringList texts;
    for (QAction *action : menu->actions()) {
        texts << action->text();
        if (action->text() == QLatin1String("Set to NULL"))
            action->trigger();
    }
    QVERIFY2(texts.contains(QStringLiteral("Only this value")), qPrintable(texts.join(u'|')));
    menu->close();
    QCOMPARE(text(Note), QStringLiteral("NULL"));

    chooseField(Twice); // the server's own
    QTest::keyClick(fields(), Qt::Key_F2);
    QVERIFY(!QApplication::activePopupWidget());
    QVERIFY2(m_page->statusText().contains(QStringLiteral("generated")),
             qPrintable(m_page->statusText()));
}

void RecordViewTest::showsTheWholeValue()
{
    grid()->setCurrentIndex(grid()->model()->index(4, 0));
    chooseField(Note);
    QTest::keyClick(fields(), Qt::Key_F2, Qt::ShiftModifier);
    auto *dialog = m_page->findChild<QDialog *>(QStringLiteral("valueDialog"));
    QVERIFY(dialog);
    const auto *shown = dialog->findChild<QPlainTextEdit *>(QStringLiteral("valueText"));
    QTRY_COMPARE_WITH_TIMEOUT(shown->toPlainText().size(), 5000, patience);
    dialog->close();
}

void RecordViewTest::cleanupTestCase()
{
    m_page.reset();
    m_project.reset();
    m_server.reset();
}

QTEST_MAIN(RecordViewTest)
#include "tst_recordview.moc"
