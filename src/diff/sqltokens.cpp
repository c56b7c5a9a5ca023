// SPDX-License-Identifier: GPL-3.0-or-later
#include "diff/sqltokens.h"

#include "diff/sqlnames.h"

#include <QStringView>

namespace diff
{

qsizetype endOfQuoted(const QString &text, qsizetype begin)
{
    const QChar quote = text[begin];
    for (qsizetype i = begin + 1; i < text.size(); ++i) {
        if (text[i] != quote)
            continue;
        if (i + 1 < text.size() && text[i + 1] == quote)
            ++i;
        else
            return i + 1;
    }
    return text.size();
}

namespace
{
bool isWordStart(QChar c)
{
    return c.isLetter() || c == u'_';
}
bool isWordPart(QChar c)
{
    return c.isLetterOrNumber() || c == u'_' || c == u'$';
}

/// The end of $tag$ … $tag$ at \a begin, or \a begin when there is none.
qsizetype endOfDollars(const QString &text, qsizetype begin)
{
    qsizetype i = begin + 1;
    while (i < text.size() && (text[i].isLetterOrNumber() || text[i] == u'_'))
        ++i;
    if (i >= text.size() || text[i] != u'$')
        return begin;
    const QString tag = text.mid(begin, i + 1 - begin);
    const qsizetype end = text.indexOf(tag, i + 1);
    return end < 0 ? text.size() : end + tag.size();
}

/// The end of a comment at \a begin, or \a begin when there is none.
qsizetype endOfComment(const QString &text, qsizetype begin)
{
    const QStringView rest = QStringView(text).mid(begin, 2);
    if (rest == u"--") {
        const qsizetype end = text.indexOf(u'\n', begin);
        return end < 0 ? text.size() : end + 1;
    }
    if (rest != u"/*")
        return begin;
    const qsizetype end = text.indexOf(QLatin1String("*/"), begin + 2);
    return end < 0 ? text.size() : end + 2;
}

/// As endOfQuoted(), where a backslash keeps a quote inside too.
qsizetype endOfEscaped(const QString &text, qsizetype begin)
{
    for (qsizetype i = begin + 1; i < text.size(); ++i) {
        if (text[i] == u'\\' || (text[i] == u'\'' && text.mid(i + 1, 1) == QLatin1String("'")))
            ++i;
        else if (text[i] == u'\'')
            return i + 1;
    }
    return text.size();
}

/// \a escapes: it stands behind an E.
Token quotedToken(const QString &text, qsizetype begin, bool escapes)
{
    const QChar quote = text[begin];
    const qsizetype end = escapes ? endOfEscaped(text, begin) : endOfQuoted(text, begin);
    QString value = text.mid(begin + 1, end - begin - 2);
    value.replace(QString(2, quote), QString(quote));
    return {quote == u'"' ? Token::Kind::Quoted : Token::Kind::Constant, begin, end, value};
}
} // namespace

QList<Token> tokensOf(const QString &text)
{
    QList<Token> tokens;
    for (qsizetype i = 0; i < text.size();) {
        const QChar c = text[i];
        if (c.isSpace()) {
            ++i;
            continue;
        }
        if (c == u'"' || c == u'\'') {
            const bool escapes = c == u'\'' && !tokens.isEmpty() && tokens.last().end == i &&
                                 tokens.last().value == QLatin1String("e");
            tokens << quotedToken(text, i, escapes);
            i = tokens.last().end;
            continue;
        }
        qsizetype end = c == u'$' ? endOfDollars(text, i) : endOfComment(text, i);
        if (end > i) {
            i = end;
            continue;
        }
        end = i + 1;
        if (isWordStart(c)) {
            while (end < text.size() && isWordPart(text[end]))
                ++end;
            tokens << Token{Token::Kind::Word, i, end, text.mid(i, end - i).toLower()};
        } else {
            if (QStringView(text).mid(i, 2) == u"::")
                ++end;
            tokens << Token{Token::Kind::Mark, i, end, text.mid(i, end - i)};
        }
        i = end;
    }
    return tokens;
}

} // namespace diff
