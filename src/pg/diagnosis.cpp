// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/diagnosis.h"

#include "pg/connector.h"
#include "pg/failure.h"
#include "pg/text.h"
#include "pg/tunnel.h"

#include <QElapsedTimer>
#include <QPromise>

#include <libpq-fe.h>

#include <algorithm>
#include <array>
#include <future>
#include <thread>

#include <arpa/inet.h>
#include <netdb.h>

namespace pg
{

namespace
{
using State = StepResult::State;
using std::chrono::milliseconds;

struct Addresses {
    QStringList found;
    QString failure; ///< the system's words, when there are none
};

bool isAddress(const QByteArray &host)
{
    std::array<unsigned char, sizeof(in6_addr)> bytes;
    return inet_pton(AF_INET, host.constData(), bytes.data()) == 1 ||
           inet_pton(AF_INET6, host.constData(), bytes.data()) == 1;
}

bool isSocket(const QString &host)
{
    return host.startsWith(u'/') || host.startsWith(u'@');
}

Addresses lookUp(const QByteArray &host)
{
    addrinfo wanted{};
    wanted.ai_socktype = SOCK_STREAM;
    addrinfo *first = nullptr;
    if (const int failure = getaddrinfo(host.constData(), nullptr, &wanted, &first); failure != 0)
        return {{}, QString::fromLocal8Bit(gai_strerror(failure))};
    Addresses result;
    for (const addrinfo *one = first; one; one = one->ai_next) {
        std::array<char, NI_MAXHOST> text{};
        if (getnameinfo(one->ai_addr, one->ai_addrlen, text.data(), text.size(), nullptr, 0,
                        NI_NUMERICHOST) == 0)
            result.found << QString::fromLatin1(text.data());
    }
    freeaddrinfo(first);
    result.found.removeDuplicates();
    return result;
}

/// On a thread that is left behind when the name servers do not answer in time.
Addresses lookUp(const QString &host, milliseconds limit)
{
    std::promise<Addresses> promise;
    std::future<Addresses> answer = promise.get_future();
    std::thread([promise = std::move(promise), name = host.toUtf8()]() mutable {
        promise.set_value(lookUp(name));
    }).detach();
    if (answer.wait_for(limit) != std::future_status::ready)
        return {
            {},
            Text::tr("The name servers did not answer in %1 seconds").arg(limit.count() / 1000)};
    return answer.get();
}

QString tlsText(PGconn *connection, const Handshake &handshake, const ConnectOptions &options)
{
    if (!handshake.isEncrypted)
        return isSocket(options.target.host) ? Text::tr("not needed on this machine")
                                             : Text::tr("not encrypted");
    const QString protocol = QString::fromLatin1(PQsslAttribute(connection, "protocol"));
    if (options.sslMode == QLatin1String("verify-full"))
        return Text::tr("%1, certificate and name checked").arg(protocol);
    if (options.sslMode == QLatin1String("verify-ca"))
        return Text::tr("%1, certificate checked").arg(protocol);
    return Text::tr("%1, certificate not checked").arg(protocol);
}

QString foundText(Step step, const Handshake &handshake, const ConnectOptions &options)
{
    PGconn *connection = handshake.connection.get();
    switch (step) {
    case Step::Tunnel:
    case Step::Name:
        return {};
    case Step::Port:
        return isSocket(options.target.host)
                   ? Text::tr("answers at the socket in %1").arg(options.target.host)
                   : Text::tr("%1 answers").arg(options.target.port);
    case Step::Tls:
        return tlsText(connection, handshake, options);
    case Step::Login:
        return Text::tr("as %1").arg(options.target.user);
    case Step::Database:
        return QStringLiteral("%1 · PostgreSQL %2")
            .arg(options.target.database,
                 QString::fromUtf8(PQparameterStatus(connection, "server_version")));
    }
    return {};
}

/// One connection, made to see how far it comes. Blocks.
class Trial
{
public:
    Trial(Settings settings, const Limits &limits, std::function<void(const Diagnosis &)> progress)
        : m_settings(std::move(settings))
        , m_limits(limits)
        , m_progress(std::move(progress))
    {
    }

    base::Result<Diagnosis> run()
    {
        base::Result<ConnectOptions> options = ourOptions(m_settings, m_limits);
        if (!options)
            return options.error();
        m_diagnosis.target = options->target;
        const bool isThrough = !m_settings.ssh.isEmpty();
        for (const Step step : {isThrough ? Step::Tunnel : Step::Name, Step::Port, Step::Tls,
                                Step::Login, Step::Database})
            m_diagnosis.steps.append({.step = step});
        tell();
        std::unique_ptr<Tunnel> tunnel;
        if (isThrough) {
            tunnel =
                std::make_unique<Tunnel>(options->target, milliseconds(m_limits.connectTimeout));
            const base::Result<int> port = opens(*tunnel);
            if (!port)
                return m_diagnosis;
            options = ourOptions(m_settings, m_limits, *port);
        } else if (!knowsName()) {
            return m_diagnosis;
        }
        tell();
        Handshake handshake = shakeHands(*options, m_limits, [&](const Handshake &now) {
            note(now, *options);
            tell();
        });
        note(handshake, *options);
        if (!handshake.isDone)
            m_diagnosis.error = connectionFailure(handshake, *options, m_limits);
        else
            m_diagnosis.error =
                setUp(handshake.connection.get(), m_settings, m_limits, options->target);
        at(handshake.step).state = m_diagnosis.error ? State::Failed : State::Done;
        // What is wrong at the far end of the tunnel, only ssh knows.
        if (tunnel && handshake.step == Step::Port && m_diagnosis.error)
            m_diagnosis.error->detail = farWords(*tunnel, m_diagnosis.error->detail);
        return m_diagnosis;
    }

private:
    StepResult &at(Step step)
    {
        return *std::find_if(m_diagnosis.steps.begin(), m_diagnosis.steps.end(),
                             [step](const StepResult &one) { return one.step == step; });
    }
    void tell() const
    {
        if (m_progress)
            m_progress(m_diagnosis);
    }

    base::Result<int> opens(Tunnel &tunnel)
    {
        QElapsedTimer clock;
        clock.start();
        base::Result<int> port = tunnel.open();
        StepResult &result = at(Step::Tunnel);
        result.time = milliseconds(clock.elapsed());
        result.state = port ? State::Done : State::Failed;
        if (port)
            result.found = Text::tr("%1, from here port %2").arg(m_settings.ssh).arg(*port);
        else
            m_diagnosis.error = port.error();
        return port;
    }

    static QString farWords(Tunnel &tunnel, const QString &words)
    {
        const QString said = tunnel.saidOfTarget();
        return said.isEmpty() ? words : said;
    }

    /// Looks the host's name up, as the connection will, to know how long that takes.
    bool knowsName()
    {
        StepResult &name = at(Step::Name);
        QElapsedTimer clock;
        clock.start();
        Addresses all;
        bool isLookedUp = false;
        for (const QString &host : m_diagnosis.target.host.split(u',')) {
            if (isSocket(host) || isAddress(host.toUtf8())) {
                all.found << host;
                continue;
            }
            isLookedUp = true;
            const Addresses one =
                lookUp(host, milliseconds(std::max(m_limits.connectTimeout, 2'000)));
            all.found << one.found;
            all.failure = one.failure;
        }
        name.time = milliseconds(clock.elapsed());
        if (all.found.isEmpty()) {
            name.state = State::Failed;
            m_diagnosis.error = unknownName(m_diagnosis.target, all.failure);
            return false;
        }
        name.state = isLookedUp ? State::Done : State::Skipped;
        name.found = isLookedUp ? all.found.mid(0, 3).join(QStringLiteral(", "))
                                : Text::tr("there is none to look up");
        return true;
    }

    void note(const Handshake &handshake, const ConnectOptions &options)
    {
        for (const Step step : {Step::Port, Step::Tls, Step::Login, Step::Database}) {
            StepResult &result = at(step);
            result.time = handshake.times[size_t(step)];
            const bool isPast =
                step < handshake.step || (handshake.isDone && step == handshake.step);
            result.state = !isPast                                       ? State::NotReached
                           : step == Step::Tls && !handshake.isEncrypted ? State::Skipped
                                                                         : State::Done;
            result.found = isPast ? foundText(step, handshake, options) : QString();
        }
    }

    const Settings m_settings;
    const Limits m_limits;
    const std::function<void(const Diagnosis &)> m_progress;
    Diagnosis m_diagnosis;
};
} // namespace

const StepResult *Diagnosis::at(Step step) const
{
    const auto found = std::find_if(steps.begin(), steps.end(),
                                    [step](const StepResult &one) { return one.step == step; });
    return found == steps.end() ? nullptr : &*found;
}

QFuture<base::Result<Diagnosis>> diagnose(const Settings &settings, const Limits &limits,
                                          std::function<void(const Diagnosis &)> progress)
{
    QPromise<base::Result<Diagnosis>> promise;
    const auto future = promise.future();
    promise.start();
    // Detached, as connecting is: a server that does not answer must not keep the program from
    // ending.
    std::thread([promise = std::move(promise),
                 trial = Trial(settings, limits, std::move(progress))]() mutable {
        promise.addResult(trial.run());
        promise.finish();
    }).detach();
    return future;
}

} // namespace pg
