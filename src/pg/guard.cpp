// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/guard.h"

#include "pg/text.h"

#include <array>

namespace pg
{

namespace
{
/// The index behind the comment that begins at \a start; block comments nest, as in PostgreSQL.
qsizetype endOfComment(const QString &text, qsizetype start)
{
    if (text.at(start) == u'-') {
        // The server ends such a comment at a carriage return as well.
        qsizetype end = start;
        while (end < text.size() && text.at(end) != u'\n' && text.at(end) != u'\r')
            ++end;
        return end;
    }
    int depth = 0;
    for (qsizetype i = start; i + 1 < text.size(); ++i) {
        const QStringView two = QStringView(text).mid(i, 2);
        if (two == QLatin1String("/*")) {
            ++depth;
            ++i;
        } else if (two == QLatin1String("*/")) {
            ++i;
            if (--depth == 0)
                return i + 1;
        }
    }
    return text.size();
}

/// The first word of the statement in upper case; comments, white space and parentheses before it
/// skipped.
QString firstWord(const QString &text)
{
    qsizetype i = 0;
    while (i < text.size()) {
        const QStringView two = QStringView(text).mid(i, 2);
        if (two == QLatin1String("--") || two == QLatin1String("/*"))
            i = endOfComment(text, i);
        else if (text.at(i).isSpace() || text.at(i) == u'(')
            ++i;
        else
            break;
    }
    qsizetype end = i;
    while (end < text.size() && (text.at(end).isLetterOrNumber() || text.at(end) == u'_'))
        ++end;
    return text.mid(i, end - i).toUpper();
}
} // namespace

std::optional<base::Error> refusedForReading(const QString &text)
{
    static constexpr std::array readers{"SELECT", "WITH", "VALUES", "TABLE", "SHOW", "EXPLAIN"};
    const QString word = firstWord(text);
    for (const char *reader : readers) {
        if (word == QLatin1String(reader))
            return std::nullopt;
    }
    return base::Error{.kind = base::ErrorKind::Refused,
                       .text = word.isEmpty()
                                   ? Text::tr("There is no statement to run")
                                   : Text::tr("%1 is not a statement that only reads").arg(word),
                       .hint = Text::tr("Allow writes first: Sluice reads only until then")};
}

} // namespace pg
