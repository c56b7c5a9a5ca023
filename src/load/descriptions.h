// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "load/lexer.h"
#include "schema/database.h"

#include <functional>

namespace load
{

/// The comments of one source file, by what they stand next to.
class Comments
{
public:
    explicit Comments(const QByteArray &source);

    /// What the comment says that belongs to the property or statement at \a line and \a column
    /// (from 1, UTF-16 units): the ones directly above it, else the one behind it on its line.
    /// Directives for tools and code that was commented out are none. Empty without one.
    QString at(int line, int column) const;

    /// Whether a spread ("...name") is at that place.
    bool isSpread(int line, int column) const;

private:
    struct Comment {
        qsizetype token; ///< index of the token that follows
        int firstLine;
        int lastLine;
        bool alone; ///< nothing but it on its lines
        QString text;
    };
    int lineOf(qsizetype offset) const;
    qsizetype tokenAt(int line, int column) const;
    qsizetype startOf(qsizetype token) const;
    QString above(qsizetype start) const;
    QString behind(int line) const;
    void take(const Token &token, qsizetype before, Lexer &lexer);

    QByteArray m_source;
    QList<qsizetype> m_lines; ///< offset of each line's start
    QList<Token> m_tokens;    ///< without comments
    QList<Comment> m_comments;
};

/// Fills in what the sources say next to the parts of \a database; \a source gives the text of a
/// file by the name that origins have.
void describe(schema::Database &database,
              const std::function<std::optional<QByteArray>(const QString &)> &source);

} // namespace load
