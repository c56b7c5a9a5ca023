// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/connect/keychain.h"

#include <QCoreApplication>
#include <QPromise>
#include <QTimer>

#include <qt6keychain/keychain.h>

#include <functional>
#include <memory>

namespace studio
{

using base::Error;

namespace
{
constexpr int probing = 3'000;    // ms
constexpr int unlocking = 90'000; // ms; the person may be asked for the keychain's own password

struct Text {
    Q_DECLARE_TR_FUNCTIONS(studio::Keychain)
};

QString service()
{
    return QStringLiteral("sluice");
}

Error unavailable(const QString &why)
{
    return {.kind = base::ErrorKind::NotFound,
            .text = Text::tr("The system's keychain does not answer"),
            .detail = why,
            .hint = Text::tr("Start a secret service (GNOME Keyring, KWallet, KeePassXC), or keep "
                             "the password elsewhere")};
}

Error failureOf(const QKeychain::Job &job)
{
    const QString why = job.errorString().simplified();
    switch (job.error()) {
    case QKeychain::EntryNotFound:
        return {.kind = base::ErrorKind::NotFound,
                .text = Text::tr("The keychain holds no password for this connection"),
                .hint = Text::tr("Enter it in the connection's dialog")};
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser:
        return {.kind = base::ErrorKind::Refused,
                .text = Text::tr("The keychain was not opened"),
                .detail = why,
                .hint = Text::tr("Unlock it, or enter the password in the connection's dialog")};
    default:
        return unavailable(why);
    }
}

/// Starts \a job and answers once: with its end, or after \a limit ms.
template <typename T>
QFuture<base::Result<T>> answerOf(QKeychain::Job *job, int limit,
                                  std::function<base::Result<T>(QKeychain::Job &)> result)
{
    auto promise = std::make_shared<QPromise<base::Result<T>>>();
    promise->start();
    const auto answer = [promise](const base::Result<T> &value) {
        if (promise->future().isFinished())
            return;
        promise->addResult(value);
        promise->finish();
    };
    QObject::connect(job, &QKeychain::Job::finished, job,
                     [answer, result](QKeychain::Job *ended) { answer(result(*ended)); });
    QTimer::singleShot(limit, job, [answer] { answer(unavailable(Text::tr("It took too long"))); });
    const QFuture<base::Result<T>> future = promise->future();
    job->start();
    return future;
}

base::Result<base::Done> done(const QKeychain::Job &job)
{
    return job.error() == QKeychain::NoError ? base::Result<base::Done>(base::Done{})
                                             : failureOf(job);
}
} // namespace

Keychain::Keychain(QObject *parent)
    : QObject(parent)
{
}

QFuture<base::Result<base::Done>> Keychain::probe()
{
    auto *job = new QKeychain::ReadPasswordJob(service(), this);
    job->setKey(QStringLiteral("is there a keychain"));
    return answerOf<base::Done>(job, probing, [](QKeychain::Job &ended) {
        return ended.error() == QKeychain::EntryNotFound ? base::Result<base::Done>(base::Done{})
                                                         : done(ended);
    });
}

QFuture<base::Result<QString>> Keychain::read(const QString &name)
{
    auto *job = new QKeychain::ReadPasswordJob(service(), this);
    job->setKey(name);
    return answerOf<QString>(job, unlocking, [](QKeychain::Job &ended) -> base::Result<QString> {
        if (ended.error() != QKeychain::NoError)
            return failureOf(ended);
        return static_cast<QKeychain::ReadPasswordJob &>(ended).textData();
    });
}

QFuture<base::Result<base::Done>> Keychain::write(const QString &name, const QString &password)
{
    auto *job = new QKeychain::WritePasswordJob(service(), this);
    job->setKey(name);
    job->setTextData(password);
    return answerOf<base::Done>(job, unlocking, done);
}

QFuture<base::Result<base::Done>> Keychain::remove(const QString &name)
{
    auto *job = new QKeychain::DeletePasswordJob(service(), this);
    job->setKey(name);
    return answerOf<base::Done>(job, unlocking, done);
}

} // namespace studio
