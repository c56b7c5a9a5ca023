// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/migrations/migrationsview.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace studio;
using Source = MigrationsState::Source;

namespace
{
diff::RenameCandidate rename()
{
    return {.kind = diff::Kind::Column,
            .table = {{}, QStringLiteral("contacts")},
            .from = {{}, QStringLiteral("fax")},
            .to = {{}, QStringLiteral("nickname")},
            .evidence = {QStringLiteral("same position")}};
}

Card card(const QString &title)
{
    Card made{.title = title};
    made.rows.append({.mark = DiffMark::Added,
                      .name = QStringLiteral("nickname"),
                      .detail = QStringLiteral("text")});
    return made;
}

MigrationsState ready()
{
    MigrationsState state;
    state.code = state.folder = state.ledger = Source::Ready;
    state.compared = state.differs = true;
    state.pending = 1;
    state.nextNumber = QStringLiteral("0001");
    return state;
}
} // namespace

/// The page's widgets on plain values, driven by mouse and keyboard.
class TestMigrationsView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void everyControlHasAName();
    void timelineKeepsItsRow();
    void generate();
    void refusalIsSaid();
    void apply();
    void leaseIsAskedFor();
    void question_data();
    void question();
    void joinsByHand_data();
    void joinsByHand();
    void refused();
    void empty();
    void statementsOpenAndCopy();
    void paints_data();
    void paints();

private:
    template <typename Widget> Widget *child(const char *name) const
    {
        return m_view->findChild<Widget *>(QLatin1String(name));
    }

    std::unique_ptr<MigrationsView> m_view;
};

void TestMigrationsView::init()
{
    m_view = std::make_unique<MigrationsView>();
    m_view->resize(1000, 700);
    m_view->setTimeline({{.title = QStringLiteral("not yet generated")},
                         {.mark = TimelineMark::Pending, .title = QStringLiteral("0000_init")}});
    m_view->setState(ready());
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
}

void TestMigrationsView::cleanup()
{
    m_view.reset();
}

void TestMigrationsView::everyControlHasAName()
{
    for (const char *name : {"timeline", "diffCards", "statements", "migrationName"}) {
        QVERIFY2(child<QWidget>(name), name);
        QVERIFY2(!child<QWidget>(name)->accessibleName().isEmpty(), name);
        QVERIFY2(child<QWidget>(name)->focusPolicy() & Qt::TabFocus, name);
    }
    for (const char *name : {"generate", "apply"})
        QVERIFY2(!child<QPushButton>(name)->accessibleDescription().isEmpty(), name);
}

void TestMigrationsView::timelineKeepsItsRow()
{
    QSignalSpy selected(m_view.get(), &MigrationsView::selected);
    auto *timeline = child<QListView>("timeline");
    QCOMPARE(m_view->selectedRow(), 0);
    timeline->setFocus();
    QTest::keyClick(timeline, Qt::Key_Down);
    QCOMPARE(selected.size(), 1);
    QCOMPARE(selected.first().first().toInt(), 1);

    m_view->setTimeline({{.title = QStringLiteral("not yet generated")},
                         {.mark = TimelineMark::Applied, .title = QStringLiteral("0000_init")}});
    QCOMPARE(m_view->selectedRow(), 1);
    QCOMPARE(selected.size(), 1);
    m_view->setTimeline({{.title = QStringLiteral("not yet generated")}});
    QCOMPARE(m_view->selectedRow(), 0);
    QCOMPARE(selected.size(), 1);
}

void TestMigrationsView::generate()
{
    QSignalSpy requested(m_view.get(), &MigrationsView::generateRequested);
    auto *name = child<QLineEdit>("migrationName");
    QTest::keyClicks(name, QStringLiteral("add nick/name"));
    QCOMPARE(name->text(), QStringLiteral("addnickname"));
    QCOMPARE(child<QPushButton>("generate")->text(), QStringLiteral("Generate 0001"));
    QTest::mouseClick(child<QPushButton>("generate"), Qt::LeftButton);
    QCOMPARE(requested.size(), 1);
    QCOMPARE(requested.first().first().toString(), QStringLiteral("addnickname"));
    QTest::keyClick(name, Qt::Key_Return);
    QCOMPARE(requested.size(), 2);
}

void TestMigrationsView::refusalIsSaid()
{
    QSignalSpy requested(m_view.get(), &MigrationsView::generateRequested);
    MigrationsState state = ready();
    state.refused = true;
    m_view->setState(state);
    auto *button = child<QPushButton>("generate");
    QVERIFY(!button->isEnabled());
    QCOMPARE(button->toolTip(), generateRefusal(state));
    QVERIFY(child<QLabel>("reason")->isVisible());
    QVERIFY(child<QLabel>("reason")->text().contains(generateRefusal(state)));
    // What is escaped has to be shown as rich text, with or without a tag in it.
    QCOMPARE(child<QLabel>("reason")->textFormat(), Qt::RichText);
    QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(requested.size(), 0);

    m_view->setState(ready());
    QVERIFY(button->isEnabled());
    QVERIFY(!child<QLabel>("reason")->isVisible());
}

void TestMigrationsView::apply()
{
    QSignalSpy requested(m_view.get(), &MigrationsView::applyRequested);
    QSignalSpy connecting(m_view.get(), &MigrationsView::connectRequested);
    MigrationsState state = ready();
    state.ledger = Source::None;
    m_view->setState(state);
    QTest::mouseClick(child<QPushButton>("apply"), Qt::LeftButton);
    QCOMPARE(connecting.size(), 1);

    state = ready();
    state.writable = true;
    m_view->setState(state);
    QCOMPARE(child<QPushButton>("apply")->text(), QStringLiteral("Apply 1 pending"));
    QTest::mouseClick(child<QPushButton>("apply"), Qt::LeftButton);
    QCOMPARE(requested.size(), 1);

    state.pending = 0;
    m_view->setState(state);
    QVERIFY(!child<QPushButton>("apply")->isEnabled());
}

void TestMigrationsView::leaseIsAskedFor()
{
    QSignalSpy requested(m_view.get(), &MigrationsView::applyRequested);
    QSignalSpy lease(m_view.get(), &MigrationsView::leaseRequested);
    auto *reason = child<QLabel>("reason");
    QVERIFY(!reason->isVisible());
    QTest::mouseClick(child<QPushButton>("apply"), Qt::LeftButton);
    QCOMPARE(lease.size(), 1);
    QCOMPARE(requested.size(), 0);
    QVERIFY(reason->isVisible());
    QCOMPARE(reason->text(), applyRefusal(ready()));

    MigrationsState state = ready();
    state.writable = true;
    m_view->setState(state);
    QVERIFY(!reason->isVisible());
}

void TestMigrationsView::question_data()
{
    using Reply = RenameReply;
    QTest::addColumn<int>("before");
    QTest::addColumn<QString>("button");
    QTest::addColumn<int>("reply");
    QTest::newRow("rename") << int(Reply::Open) << QStringLiteral("rename") << int(Reply::Rename);
    QTest::newRow("drop and add") << int(Reply::Open) << QStringLiteral("dropAndAdd")
                                  << int(Reply::DropAndAdd);
    QTest::newRow("not renamed after all")
        << int(Reply::Rename) << QStringLiteral("takeBack") << int(Reply::Open);
    QTest::newRow("not dropped after all")
        << int(Reply::DropAndAdd) << QStringLiteral("takeBack") << int(Reply::Open);
}

void TestMigrationsView::question()
{
    QFETCH(int, before);
    QFETCH(QString, button);
    QFETCH(int, reply);
    QSignalSpy answered(m_view.get(), &MigrationsView::answered);
    m_view->setPicture({.cards = {card(QStringLiteral("contacts"))},
                        .questions = {{rename(), RenameReply(before)}}});
    QTest::mouseClick(m_view->findChild<QPushButton *>(button), Qt::LeftButton);
    QCOMPARE(answered.size(), 1);
    QCOMPARE(answered.last().first().value<diff::RenameCandidate>(), rename());
    QCOMPARE(int(answered.last().last().value<RenameReply>()), reply);
}

void TestMigrationsView::joinsByHand_data()
{
    QTest::addColumn<bool>("dragged");
    QTest::addColumn<bool>("joinable");
    QTest::newRow("dragged from the removed to the added") << true << true;
    QTest::newRow("from the menu of the keyboard") << false << true;
    QTest::newRow("what is written already stays as it is") << true << false;
}

void TestMigrationsView::joinsByHand()
{
    QFETCH(bool, dragged);
    QFETCH(bool, joinable);
    Card changed = card(QStringLiteral("contacts"));
    changed.name = {{}, QStringLiteral("contacts")};
    changed.rows.append({.mark = DiffMark::Removed, .name = QStringLiteral("fax")});
    auto *cards = child<DiffView>("diffCards");
    m_view->setPicture({.cards = {changed}, .joinable = joinable});
    QSignalSpy joined(m_view.get(), &MigrationsView::joined);
    const QRect at = layoutOf({changed}, cards->widget()->width()).cards.first();
    const CardMetrics metrics;
    const QPoint added(at.x() + 60, at.y() + metrics.header + metrics.padding + metrics.row / 2);
    const QPoint removed = added + QPoint(0, metrics.row);
    if (dragged) {
        QTest::mousePress(cards->widget(), Qt::LeftButton, {}, removed);
        QTest::mouseMove(cards->widget(), added);
        QTest::mouseRelease(cards->widget(), Qt::LeftButton, {}, added);
    } else {
        QContextMenuEvent menuKey(QContextMenuEvent::Keyboard, QPoint(5, 5), QPoint(5, 5));
        QApplication::sendEvent(cards, &menuKey);
        auto *menu = m_view->findChild<QMenu *>(QStringLiteral("joinMenu"));
        QVERIFY(menu);
        QCOMPARE(menu->actions().first()->text(), QStringLiteral("fax has become"));
        menu->actions().first()->menu()->actions().first()->trigger();
    }
    QCOMPARE(joined.size(), joinable ? 1 : 0);
    if (!joinable)
        return;
    const auto candidate = joined.first().first().value<diff::RenameCandidate>();
    QCOMPARE(candidate.kind, diff::Kind::Column);
    QCOMPARE(candidate.table.name, QStringLiteral("contacts"));
    QCOMPARE(candidate.from.name, QStringLiteral("fax"));
    QCOMPARE(candidate.to.name, QStringLiteral("nickname"));
}

void TestMigrationsView::refused()
{
    m_view->setPicture({.obstacles = {{.text = QStringLiteral("Two names become one"),
                                       .where = QStringLiteral("public.totals")}}});
    QStringList words;
    for (const QLabel *label : child<QWidget>("diffCards")->findChildren<QLabel *>())
        words.append(label->text());
    QVERIFY(words.contains(QStringLiteral("public.totals")));
    QVERIFY(words.contains(QStringLiteral("Two names become one")));
}

void TestMigrationsView::empty()
{
    auto *cards = child<DiffView>("diffCards");
    m_view->setPicture({.emptyTitle = QStringLiteral("In step")});
    QCOMPARE(cards->accessibleDescription(), QStringLiteral("In step"));
    m_view->setPicture({.cards = {card(QStringLiteral("contacts"))}});
    QCOMPARE(cards->accessibleDescription(),
             QStringLiteral("contacts: changed\n  + nickname: text"));
}

void TestMigrationsView::statementsOpenAndCopy()
{
    const QString create = QStringLiteral("CREATE TABLE \"a\" (\n\t\"b\" text\n);");
    const QString drop = QStringLiteral("DROP TABLE \"c\";");
    m_view->setStatements({{create, {}}, {drop, {}}});
    QCOMPARE(child<QLabel>("statementsTitle")->text(), QStringLiteral("SQL (2 statements)"));
    auto *statements = child<QListView>("statements");
    statements->setFocus();
    QTest::keyClick(statements, Qt::Key_Home);
    const int folded = statements->visualRect(statements->model()->index(0, 0)).height();
    QTest::keyClick(statements, Qt::Key_Return);
    QTRY_COMPARE(statements->visualRect(statements->model()->index(0, 0)).height(), 3 * folded);

    QTest::keyClick(statements, Qt::Key_Down, Qt::ShiftModifier);
    QTest::keySequence(statements, QKeySequence::Copy);
    QCOMPARE(QGuiApplication::clipboard()->text(), create + u'\n' + drop);
}

void TestMigrationsView::paints_data()
{
    QTest::addColumn<QColor>("window");
    QTest::addColumn<QRgb>("added");
    QTest::newRow("light") << QColor(Qt::white) << QRgb(0xffe2f5e8);
    QTest::newRow("dark") << QColor(Qt::black) << QRgb(0xff15351f);
}

void TestMigrationsView::paints()
{
    QFETCH(QColor, window);
    QFETCH(QRgb, added);
    m_view->setPalette(QPalette(window));
    m_view->setPicture({.cards = {card(QStringLiteral("contacts"))}});
    const QImage picture = child<DiffView>("diffCards")->grab().toImage();
    // The middle of the first card's first row, between its two texts.
    QCOMPARE(picture.pixel(18 + 210, 18 + 34 + 5 + 12), added);
}

QTEST_MAIN(TestMigrationsView)
#include "tst_migrations_view.moc"
