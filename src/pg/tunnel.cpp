// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/tunnel.h"

#include "pg/text.h"

#include <QElapsedTimer>

#include <csignal>
#include <utility>

#include <netinet/in.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace pg
{

namespace
{
/// What ssh has its local command say once it is logged in and listens.
const QByteArray mark = "sluice-tunnel-is-open";

/// A port of this machine that is free now; 0 when there is none.
int freePort()
{
    const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    const bool found =
        bind(descriptor, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0 &&
        getsockname(descriptor, reinterpret_cast<sockaddr *>(&address), &size) == 0;
    close(descriptor);
    return found ? ntohs(address.sin_port) : 0;
}

/// The target as ssh writes it: host:port or the path of a socket.
QString farEnd(const Target &target)
{
    const QString host = target.host.section(u',', 0, 0);
    if (host.startsWith(u'/'))
        return QStringLiteral("%1/.s.PGSQL.%2").arg(host).arg(target.port);
    return QStringLiteral("%1:%2")
        .arg(host.contains(u':') ? u'[' + host + u']' : host)
        .arg(target.port);
}

QStringList argumentsFor(const Target &target, int port, std::chrono::milliseconds limit)
{
    QStringList arguments{QStringLiteral("-N"), QStringLiteral("-T"), QStringLiteral("-x"),
                          QStringLiteral("-a")};
    for (const QString &option :
         {QStringLiteral("BatchMode=yes"), QStringLiteral("ExitOnForwardFailure=yes"),
          QStringLiteral("ControlPath=none"), QStringLiteral("ServerAliveInterval=15"),
          QStringLiteral("ConnectTimeout=%1").arg(std::max<qint64>(2, limit.count() / 1000)),
          QStringLiteral("PermitLocalCommand=yes"),
          QStringLiteral("LocalCommand=echo %1").arg(QString::fromLatin1(mark))})
        arguments << QStringLiteral("-o") << option;
    arguments << QStringLiteral("-L")
              << QStringLiteral("127.0.0.1:%1:%2").arg(port).arg(farEnd(target));
    const QString host = target.ssh.section(u'@', -1);
    arguments << QStringLiteral("--")
              << (host.count(u':') == 1 ? QStringLiteral("ssh://") + target.ssh : target.ssh);
    return arguments;
}
} // namespace

Tunnel::Tunnel(Target target, std::chrono::milliseconds limit, QObject *parent)
    : QObject(parent)
    , m_target(std::move(target))
    , m_limit(limit)
{
    // They go where this object goes.
    m_process.setParent(this);
    m_deadline.setParent(this);
    m_deadline.setSingleShot(true);
    m_process.setStandardInputFile(QProcess::nullDevice());
    m_process.setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGTERM); });
    connect(&m_process, &QProcess::readyRead, this, &Tunnel::listen);
    connect(&m_process, &QProcess::finished, this, &Tunnel::ended);
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            ended();
    });
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        m_isLate = true;
        m_process.kill();
    });
}

Tunnel::~Tunnel()
{
    m_process.disconnect(this);
    m_process.kill();
    m_process.waitForFinished();
}

void Tunnel::whenOpen(Answer answer)
{
    if (m_isOpen && !hasEnded())
        return answer(m_port);
    m_waiting.push_back(std::move(answer));
    if (m_process.state() != QProcess::NotRunning)
        return;
    m_deadline.start(m_limit);
    start();
}

bool Tunnel::hasEnded()
{
    return m_process.state() == QProcess::NotRunning || m_process.waitForFinished(0);
}

base::Result<int> Tunnel::open()
{
    std::optional<base::Result<int>> result;
    QElapsedTimer clock;
    clock.start();
    m_waiting.push_back([&](const base::Result<int> &port) { result = port; });
    start();
    while (!result) {
        const qint64 rest = m_limit.count() - clock.elapsed();
        m_isLate = rest <= 0;
        if (m_isLate)
            m_process.kill();
        // Without more to read it ends, which tells ended().
        if (m_isLate || !m_process.waitForReadyRead(int(rest)))
            m_process.waitForFinished();
    }
    return *result;
}

void Tunnel::start()
{
    m_said.clear();
    m_isLate = false;
    m_port = freePort();
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.start(QStringLiteral("ssh"), argumentsFor(m_target, m_port, m_limit));
}

void Tunnel::listen()
{
    m_said += m_process.readAll();
    if (m_isOpen || !m_said.contains(mark))
        return;
    m_deadline.stop();
    m_isOpen = true;
    m_said.clear();
    answer(m_port);
}

void Tunnel::ended()
{
    m_deadline.stop();
    m_said += m_process.readAll();
    m_isOpen = false;
    answer(failure());
}

void Tunnel::answer(const base::Result<int> &result)
{
    for (const Answer &waiting : std::exchange(m_waiting, {}))
        waiting(result);
}

QString Tunnel::saidOfTarget()
{
    constexpr int moment = 500; // ms
    if (m_said.isEmpty())
        m_process.waitForReadyRead(moment);
    return said();
}

QString Tunnel::said() const
{
    return QString::fromUtf8(m_said).simplified();
}

/// ssh speaks English everywhere.
base::Error Tunnel::failure() const
{
    const QString words = said();
    base::Error error{.kind = base::ErrorKind::Connection,
                      .text = Text::tr("The SSH tunnel could not be opened"),
                      .where = m_target.ssh,
                      .detail = words,
                      .hint = Text::tr("Try it in a terminal: ssh %1").arg(m_target.ssh)};
    if (m_process.error() == QProcess::FailedToStart) {
        error.kind = base::ErrorKind::NotFound;
        error.text = Text::tr("There is no ssh on this machine");
        error.detail = m_process.errorString();
        error.hint = Text::tr("Install it (openssh-client)");
    } else if (m_isLate) {
        error.detail = Text::tr("There was no answer in %1 seconds").arg(m_limit.count() / 1000);
    } else if (words.contains(QLatin1String("Host key verification failed")) ||
               words.contains(QLatin1String("host key is known"))) {
        error.text = Text::tr("The SSH host's key is not known, or is not the one it was");
        error.hint =
            Text::tr("Connect once in a terminal and compare the key: ssh %1").arg(m_target.ssh);
    } else if (words.contains(QLatin1String("Permission denied"))) {
        error.kind = base::ErrorKind::Authentication;
        error.text = Text::tr("The SSH host refused the login");
        error.hint = Text::tr("ssh must get in without asking: load the key with ssh-add, or name "
                              "it in ~/.ssh/config");
    } else if (words.contains(QLatin1String("Could not resolve hostname"))) {
        error.text = Text::tr("The SSH host's name is not known");
        error.hint = Text::tr("Check the name, or add it to ~/.ssh/config");
    }
    return error;
}

} // namespace pg
