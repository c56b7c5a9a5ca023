// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/receive.h"

#include <QPromise>
#include <QSignalSpy>
#include <QThread>
#include <QtTest>

#include <memory>

using base::Error;
using base::ErrorKind;
using base::Result;

/// The cases in which futures go wrong in practice: nobody keeps the promise, or nobody waits any
/// more.
class TestReceive : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void value();
    void valueThatIsThereAlready();
    void error();
    void abandonedPromise();
    void cancelledFuture();
    void dyingReceiver();
    void dyingReceiverCancelsTheWork();
    void disregarded();
    void fromAnotherThread();
    void awaitAbandoned();
};

void TestReceive::value()
{
    QPromise<Result<int>> promise;
    promise.start();
    QObject receiver;
    int got = 0;
    base::receive(&receiver, promise.future(), [&](const Result<int> &result) { got = *result; });
    promise.addResult(Result<int>(7));
    promise.finish();
    QTRY_COMPARE(got, 7);
    QTRY_VERIFY(receiver.children().isEmpty());
}

void TestReceive::valueThatIsThereAlready()
{
    QObject receiver;
    int got = 0;
    base::receive(&receiver, base::ready(Result<int>(3)),
                  [&](const Result<int> &result) { got = *result; });
    QCOMPARE(got, 0); // always from the event loop, never from inside receive()
    QTRY_COMPARE(got, 3);
}

void TestReceive::error()
{
    QObject receiver;
    QString got;
    base::receive(&receiver, base::ready(Result<int>(Error{.text = QStringLiteral("broken")})),
                  [&](const Result<int> &result) { got = result.error().text; });
    QTRY_COMPARE(got, QStringLiteral("broken"));
}

void TestReceive::abandonedPromise()
{
    QObject receiver;
    std::optional<ErrorKind> kind;
    {
        QPromise<Result<int>> promise;
        promise.start();
        base::receive(&receiver, promise.future(),
                      [&](const Result<int> &result) { kind = result.error().kind; });
    } // the promise dies without a result
    QTRY_VERIFY(kind.has_value());
    QCOMPARE(*kind, ErrorKind::Cancelled);
}

void TestReceive::cancelledFuture()
{
    QPromise<Result<int>> promise;
    promise.start();
    QObject receiver;
    std::optional<ErrorKind> kind;
    QFuture<Result<int>> future = promise.future();
    base::receive(&receiver, future,
                  [&](const Result<int> &result) { kind = result.error().kind; });
    future.cancel();
    promise.finish();
    QTRY_COMPARE(kind, std::optional(ErrorKind::Cancelled));
}

void TestReceive::dyingReceiver()
{
    QPromise<Result<int>> promise;
    promise.start();
    bool called = false;
    auto receiver = std::make_unique<QObject>();
    base::receive(receiver.get(), promise.future(), [&](const Result<int> &) { called = true; });
    promise.addResult(Result<int>(1));
    promise.finish(); // the answer is on its way through the event loop
    receiver.reset();
    QCoreApplication::processEvents();
    QVERIFY(!called);
}

void TestReceive::dyingReceiverCancelsTheWork()
{
    QPromise<Result<int>> promise;
    promise.start();
    auto receiver = std::make_unique<QObject>();
    base::receive(receiver.get(), promise.future(), [](const Result<int> &) {});
    QVERIFY(!promise.isCanceled());
    receiver.reset();
    QVERIFY(promise.isCanceled());
    promise.finish();
}

void TestReceive::disregarded()
{
    QPromise<Result<int>> older;
    older.start();
    QObject receiver;
    QList<int> got;
    QFutureWatcherBase *watcher = base::receive(&receiver, older.future(),
                                                [&](const Result<int> &result) { got << *result; });
    base::disregard(watcher);
    QVERIFY(older.isCanceled());
    base::receive(&receiver, base::ready(Result<int>(2)),
                  [&](const Result<int> &result) { got << *result; });
    older.addResult(Result<int>(1));
    older.finish();
    QTRY_COMPARE(got, QList<int>{2});
    QTRY_VERIFY(receiver.children().isEmpty());
}

void TestReceive::fromAnotherThread()
{
    QPromise<Result<int>> promise;
    promise.start();
    QObject receiver;
    QThread *calledOn = nullptr;
    base::receive(&receiver, promise.future(),
                  [&](const Result<int> &) { calledOn = QThread::currentThread(); });
    const std::unique_ptr<QThread> worker(QThread::create([&] {
        promise.addResult(Result<int>(1));
        promise.finish();
    }));
    worker->start();
    QTRY_COMPARE(calledOn, receiver.thread());
    QVERIFY(worker->wait());
}

void TestReceive::awaitAbandoned()
{
    QFuture<Result<int>> future;
    {
        QPromise<Result<int>> promise;
        promise.start();
        future = promise.future();
    }
    const Result<int> result = base::await(future);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::Cancelled);
}

QTEST_GUILESS_MAIN(TestReceive)
#include "tst_receive.moc"
