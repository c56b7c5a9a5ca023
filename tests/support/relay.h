// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <array>
#include <atomic>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include <cerrno>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace testsupport
{

/// Stands between a client and a server of this machine. It can fall silent: connections stay, and
/// nothing comes over them any more. And it can be cut: they end, and there are no new ones. No
/// child of the test has its sockets, which would stay open there.
class Relay
{
public:
    enum class Strangers { Unanswered, Refused }; ///< whoever knocks then

    explicit Relay(int serverPort)
        : m_serverPort(serverPort)
        , m_listener(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_in address = local(0);
        bind(m_listener, reinterpret_cast<sockaddr *>(&address), sizeof address);
        listen(m_listener, 16);
        socklen_t size = sizeof address;
        getsockname(m_listener, reinterpret_cast<sockaddr *>(&address), &size);
        m_port = ntohs(address.sin_port);
        m_thread = std::thread([this] { work(); });
    }
    ~Relay()
    {
        m_ends = true;
        m_thread.join();
        closeAll();
        if (m_listener >= 0)
            close(m_listener);
    }
    Relay(const Relay &) = delete;
    Relay &operator=(const Relay &) = delete;

    int port() const { return m_port; }

    /// Falls silent as soon as a client has said \a words, which the server still hears when it
    /// \a isHeard.
    void fallSilentAt(const QByteArray &words, bool isHeard, Strangers strangers)
    {
        const std::lock_guard lock(m_mutex);
        m_words = words;
        m_isHeard = isHeard;
        m_strangers = strangers;
    }
    bool isSilent() const { return m_silent; }
    void cut() { m_isCut = true; }
    void mend() { m_isCut = false; }
    int connections() const { return m_connections; }
    /// Once: ends the connection on which a client says \a words, which the server still hears when
    /// it \a isHeard. Others are served.
    void cutAt(const QByteArray &words, bool isHeard)
    {
        const std::lock_guard lock(m_mutex);
        m_cutWords = words;
        m_isHeard = isHeard;
    }

private:
    static sockaddr_in local(int port)
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.sin_port = htons(uint16_t(port));
        return address;
    }

    void work()
    {
        while (!m_ends) {
            if (m_isCut)
                closeAll();
            std::vector<pollfd> waited;
            if (!m_silent) {
                waited.push_back({m_listener, POLLIN, 0});
                for (const auto &[client, server] : m_pairs) {
                    waited.push_back({client, POLLIN, 0});
                    waited.push_back({server, POLLIN, 0});
                }
            }
            poll(waited.data(), waited.size(), 20);
            for (const pollfd &ready : waited) {
                if (ready.revents == 0 || m_silent)
                    continue;
                if (ready.fd == m_listener)
                    take();
                else
                    pass(ready.fd);
            }
        }
    }

    void take()
    {
        const int client = accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        const int server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address = local(m_serverPort);
        connect(server, reinterpret_cast<sockaddr *>(&address), sizeof address);
        m_pairs.emplace_back(client, server);
        m_connections = int(m_pairs.size());
    }

    void closeAll()
    {
        for (const auto &[client, server] : m_pairs) {
            close(client);
            close(server);
        }
        m_pairs.clear();
        m_connections = 0;
    }

    void pass(int from)
    {
        for (auto pair = m_pairs.begin(); pair != m_pairs.end(); ++pair) {
            if (pair->first != from && pair->second != from)
                continue;
            const bool isClient = pair->first == from;
            const int to = isClient ? pair->second : pair->first;
            std::array<char, 65'536> bytes;
            const ssize_t count = recv(from, bytes.data(), bytes.size(), MSG_DONTWAIT);
            // It was the socket before that had something to say, whose number this one has now.
            if (count < 0 && errno == EAGAIN)
                return;
            if (count <= 0) {
                close(from);
                close(to);
                m_pairs.erase(pair);
                m_connections = int(m_pairs.size());
                return;
            }
            const QByteArray said(bytes.data(), qsizetype(count));
            const bool isCut = isClient && cuts(said);
            const bool isLast = isCut || (isClient && silences(said));
            if (!isLast || m_isHeard)
                (void)!write(to, bytes.data(), size_t(count));
            if (isCut) {
                close(from);
                close(to);
                m_pairs.erase(pair);
            }
            return;
        }
    }

    bool cuts(const QByteArray &said)
    {
        const std::lock_guard lock(m_mutex);
        if (m_cutWords.isEmpty() || !said.contains(m_cutWords))
            return false;
        m_cutWords.clear();
        return true;
    }

    bool silences(const QByteArray &said)
    {
        const std::lock_guard lock(m_mutex);
        if (m_words.isEmpty() || !said.contains(m_words))
            return false;
        m_silent = true;
        if (m_strangers == Strangers::Refused)
            close(std::exchange(m_listener, -1));
        return true;
    }

    const int m_serverPort;
    int m_listener;
    int m_port = 0;
    std::vector<std::pair<int, int>> m_pairs; ///< client and server
    std::mutex m_mutex;
    QByteArray m_words;
    QByteArray m_cutWords;
    bool m_isHeard = false;
    Strangers m_strangers = Strangers::Unanswered;
    std::atomic<bool> m_silent = false;
    std::atomic<bool> m_isCut = false;
    std::atomic<int> m_connections = 0;
    std::atomic<bool> m_ends = false;
    std::thread m_thread;
};

} // namespace testsupport
