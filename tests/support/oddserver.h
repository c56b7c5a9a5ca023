// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <atomic>
#include <thread>
#include <vector>

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace testsupport
{

/// A port of this machine behind which there is no PostgreSQL.
class OddServer
{
public:
    enum class Kind {
        Web,    ///< answers anything as a web server would
        Silent, ///< takes connections and never says a word
        Full,   ///< lets anybody in, unencrypted, and never says a word after that
        Closing ///< takes connections and closes them
    };

    explicit OddServer(Kind kind)
        : m_socket(socket(AF_INET, SOCK_STREAM, 0))
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        bind(m_socket, reinterpret_cast<sockaddr *>(&address), sizeof address);
        listen(m_socket, 8);
        socklen_t size = sizeof address;
        getsockname(m_socket, reinterpret_cast<sockaddr *>(&address), &size);
        m_port = ntohs(address.sin_port);
        if (kind != Kind::Silent)
            m_thread = std::thread([this, kind] { answer(kind); });
    }
    ~OddServer()
    {
        m_ends = true;
        if (m_thread.joinable())
            m_thread.join();
        for (const int client : m_clients)
            close(client);
        close(m_socket);
    }
    OddServer(const OddServer &) = delete;
    OddServer &operator=(const OddServer &) = delete;

    int port() const { return m_port; }

private:
    void answer(Kind kind)
    {
        while (!m_ends) {
            pollfd waited{m_socket, POLLIN, 0};
            if (poll(&waited, 1, 20) <= 0)
                continue;
            const int client = accept(m_socket, nullptr, nullptr);
            if (kind == Kind::Web) {
                std::array<char, 1024> question;
                (void)!read(client, question.data(), question.size());
                constexpr char page[] = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n";
                (void)!write(client, page, sizeof page - 1);
            } else if (kind == Kind::Full) {
                std::array<char, 1024> question;
                (void)!read(client, question.data(), question.size());
                // AuthenticationOk, ReadyForQuery
                constexpr char welcome[] = "R\0\0\0\010\0\0\0\0Z\0\0\0\005I";
                (void)!write(client, welcome, sizeof welcome - 1);
                m_clients.push_back(client);
                continue;
            }
            close(client);
        }
    }

    int m_socket;
    int m_port = 0;
    std::vector<int> m_clients; ///< who is kept waiting
    std::atomic<bool> m_ends = false;
    std::thread m_thread;
};

} // namespace testsupport
