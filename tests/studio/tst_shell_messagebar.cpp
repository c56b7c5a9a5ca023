// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/widgets/icon.h"
#include "studio/widgets/messagebar.h"
#include "studio/widgets/theme.h"

#include <QLabel>
#include <QPushButton>
#include <QTest>
#include <QToolButton>

using namespace studio;

class MessageBarTest final : public QObject
{
    Q_OBJECT

private:
    static QStringList words(const MessageBar &bar)
    {
        QStringList words;
        for (const auto *label : bar.findChildren<QLabel *>(QStringLiteral("messageWhat")))
            words << label->text();
        return words;
    }

private Q_SLOTS:
    void errorBecomesMessage_data()
    {
        QTest::addColumn<base::ErrorKind>("kind");
        QTest::addColumn<int>("severity");
        QTest::newRow("server") << base::ErrorKind::Server << int(Message::Severity::Error);
        QTest::newRow("refused") << base::ErrorKind::Refused << int(Message::Severity::Warning);
        QTest::newRow("cancelled") << base::ErrorKind::Cancelled << int(Message::Severity::Warning);
        QTest::newRow("connection") << base::ErrorKind::Connection << int(Message::Severity::Error);
    }

    void errorBecomesMessage()
    {
        QFETCH(base::ErrorKind, kind);
        const Message message = Message::of({.kind = kind,
                                             .text = QStringLiteral("The statement failed"),
                                             .where = QStringLiteral("contacts"),
                                             .detail = QStringLiteral("no such column"),
                                             .hint = QStringLiteral("Reload"),
                                             .sqlState = QStringLiteral("42703"),
                                             .span = {}});
        QTEST(int(message.severity), "severity");
        QCOMPARE(message.what, QStringLiteral("The statement failed"));
        QCOMPARE(message.where, QStringLiteral("contacts"));
        QCOMPARE(message.why, QStringLiteral("no such column (SQLSTATE 42703)"));
        QCOMPARE(message.todo, QStringLiteral("Reload"));
    }

    void hidesWhenEmpty()
    {
        MessageBar bar;
        QVERIFY(bar.isHidden());
        bar.post({.what = QStringLiteral("a")});
        QVERIFY(!bar.isHidden());
        bar.clear();
        QVERIFY(bar.isHidden());
    }

    void sameKeyReplaces()
    {
        MessageBar bar;
        bar.post({.key = QStringLiteral("code"), .what = QStringLiteral("first")});
        bar.post({.key = QStringLiteral("code"), .what = QStringLiteral("second")});
        bar.post({.what = QStringLiteral("other")});
        bar.post({.what = QStringLiteral("other")});
        QCOMPARE(bar.count(), 2);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QStringList now = words(bar);
        now.sort();
        QCOMPARE(now, QStringList({QStringLiteral("other"), QStringLiteral("second")}));
    }

    void olderOnesWait()
    {
        MessageBar bar;
        for (int i = 0; i < MessageBar::visibleMessages + 2; ++i)
            bar.post({.what = QString::number(i)});
        int visible = 0;
        for (const auto *frame : bar.findChildren<QFrame *>(QStringLiteral("message")))
            visible += frame->isHidden() ? 0 : 1;
        QCOMPARE(visible, MessageBar::visibleMessages);
        QCOMPARE(bar.count(), MessageBar::visibleMessages + 2);
    }

    void actionRunsAndCloses()
    {
        MessageBar bar;
        int runs = 0;
        bar.post({.what = QStringLiteral("down"),
                  .action = QStringLiteral("Retry"),
                  .run = [&runs] { ++runs; }});
        auto *button = bar.findChild<QPushButton *>(QStringLiteral("messageAction"));
        QVERIFY(button);
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(runs, 1);
        QCOMPARE(bar.count(), 0);
    }

    void closesByItsButton()
    {
        MessageBar bar;
        bar.post({.what = QStringLiteral("a")});
        QTest::mouseClick(bar.findChild<QToolButton *>(QStringLiteral("messageClose")),
                          Qt::LeftButton);
        QCOMPARE(bar.count(), 0);
    }

    void themeFollowsMode()
    {
        Theme theme(*qApp);
        theme.setMode(Mode::Dark);
        QCOMPARE(colors(qApp->palette()).panel, QColor(0x1b2027));
        QVERIFY(theme.isDark());
        theme.setMode(Mode::Light);
        QCOMPARE(colors(qApp->palette()).panel, QColor(0xffffff));
        QVERIFY(!qApp->styleSheet().contains(QLatin1Char('@')));
        QVERIFY(!icon(QStringLiteral("open")).isNull());
        QVERIFY(icon(QStringLiteral("no such icon")).isNull());
    }
};

QTEST_MAIN(MessageBarTest)
#include "tst_shell_messagebar.moc"
