// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/receive.h"
#include "query/select.h"
#include "rows/page.h"

#include <QFuture>
#include <QPromise>

#include <deque>
#include <map>
#include <memory>

/// A table of (id, name) in memory that pages by id like the server, and answers when the test says
/// so.
class PageServer
{
public:
    using Result = base::Result<rows::Page>;
    struct Asked {
        query::Select select;
        std::shared_ptr<QPromise<Result>> promise;
    };

    explicit PageServer(int rows)
    {
        for (int id = 1; id <= rows; ++id)
            m_rows[id] = QByteArray("name ") + QByteArray::number(id);
    }

    std::map<int, std::optional<QByteArray>> &table() { return m_rows; }
    const std::map<int, std::optional<QByteArray>> &table() const { return m_rows; }
    std::deque<Asked> &asked() { return m_asked; }
    int answered() const { return m_answered; }

    QFuture<Result> fetch(const query::Select &select)
    {
        auto promise = std::make_shared<QPromise<Result>>();
        promise->start();
        m_asked.push_back({select, promise});
        const QFuture<Result> future = promise->future();
        if (m_isPrompt)
            answerAll();
        return future;
    }

    /// Answers every request at once from now on, and those that wait.
    void beginPrompt()
    {
        m_isPrompt = true;
        answerAll();
    }
    void hold() { m_isPrompt = false; }
    void answerAll()
    {
        while (!m_asked.empty())
            answer();
    }
    void answer()
    {
        const Asked asked = m_asked.front();
        m_asked.pop_front();
        ++m_answered;
        asked.promise->addResult(page(asked.select));
        asked.promise->finish();
    }
    void fail(const base::Error &error)
    {
        const Asked asked = m_asked.front();
        m_asked.pop_front();
        asked.promise->addResult(Result(error));
        asked.promise->finish();
    }

private:
    rows::Page page(const query::Select &select) const
    {
        QList<int> ids;
        for (const auto &[id, name] : m_rows)
            ids.append(id);
        const bool descending = !select.sorts.isEmpty() && select.sorts.first().descending;
        if (descending)
            std::reverse(ids.begin(), ids.end());
        const bool backwards = select.after && select.after->backwards;
        if (backwards)
            std::reverse(ids.begin(), ids.end());
        QList<int> found;
        const bool hasKey = select.after && !select.after->values.isEmpty();
        const int key = hasKey ? select.after->values.first().value().toInt() : 0;
        qint64 skipped = 0;
        for (const int id : ids) {
            const bool isBeyond = !hasKey || (select.after->inclusive && id == key) ||
                                  (descending != backwards ? id < key : id > key);
            if (isBeyond && skipped++ >= select.offset &&
                found.size() < select.limit.value_or(1000000))
                found.append(id);
        }
        if (backwards)
            std::reverse(found.begin(), found.end());
        QList<QList<std::optional<QByteArray>>> values;
        for (const int id : found)
            values.append({QByteArray::number(id), m_rows.at(id)});
        return rows::fromValues({{QStringLiteral("id"), 23}, {QStringLiteral("name"), 25}}, values);
    }

    std::map<int, std::optional<QByteArray>> m_rows;
    std::deque<Asked> m_asked;
    int m_answered = 0;
    bool m_isPrompt = false;
};
