// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/breakpoints.h"

#include <QRegularExpression>

namespace migrate
{

namespace
{
/// Reads a statement piece by piece: constants, quoted names, comments, and what is between them.
class Pieces
{
public:
    explicit Pieces(const QString &text)
        : m_text(text)
    {
    }

    QString rewritten()
    {
        QString result;
        while (m_at < m_text.size())
            result += next();
        return result;
    }

private:
    QString next()
    {
        const QStringView rest = QStringView(m_text).mid(m_at);
        if (rest.startsWith(u'\''))
            return constant(m_at > 0 && m_text[m_at - 1].toLower() == u'e' && !isWord(m_at - 2));
        if (rest.startsWith(u'"'))
            return name();
        if (rest.startsWith(QLatin1String("--")))
            return comment(m_text.indexOf(u'\n', m_at));
        if (rest.startsWith(QLatin1String("/*")))
            return comment(m_text.indexOf(QLatin1String("*/"), m_at) + 2);
        if (rest.startsWith(u'$') && !isWord(m_at - 1))
            return dollars();
        return QString(m_text[m_at++]);
    }

    bool isWord(qsizetype at) const
    {
        return at >= 0 && (m_text[at].isLetterOrNumber() || m_text[at] == u'_');
    }

    /// From the opening quote to behind the closing one, which is not doubled.
    QString quoted(QChar quote, bool backslashes)
    {
        const qsizetype start = m_at++;
        while (m_at < m_text.size()) {
            const QChar letter = m_text[m_at++];
            if (backslashes && letter == u'\\') {
                ++m_at;
            } else if (letter == quote) {
                if (m_at < m_text.size() && m_text[m_at] == quote)
                    ++m_at;
                else
                    break;
            }
        }
        return m_text.mid(start, m_at - start);
    }

    QString constant(bool escaped)
    {
        QString text = quoted(u'\'', escaped);
        if (!text.contains(breakpointText))
            return text;
        if (!escaped)
            text = u'E' + text.replace(u'\\', QStringLiteral("\\\\"));
        return text.replace(QLatin1String("-->"), QLatin1String("--\\x3E"));
    }

    QString name()
    {
        QString text = quoted(u'"', false);
        if (!text.contains(breakpointText))
            return text;
        text.replace(u'\\', QStringLiteral("\\\\"));
        return QStringLiteral("U&") + text.replace(QLatin1String("-->"), QLatin1String("--\\003E"));
    }

    QString comment(qsizetype end)
    {
        QString text = m_text.mid(m_at, (end > m_at ? end : m_text.size()) - m_at);
        m_at += text.size();
        return text.replace(breakpointText, QLatin1String("-- statement-breakpoint"));
    }

    QString dollars()
    {
        static const QRegularExpression tag(QStringLiteral("\\$(?:[\\p{L}_][\\p{L}\\p{N}_]*)?\\$"));
        const auto match = tag.match(m_text, m_at, QRegularExpression::NormalMatch,
                                     QRegularExpression::AnchorAtOffsetMatchOption);
        const qsizetype body = match.hasMatch() ? match.capturedEnd() : -1;
        const qsizetype end = body < 0 ? -1 : m_text.indexOf(match.captured(), body);
        if (end < 0)
            return QString(m_text[m_at++]);
        QString text = m_text.mid(body, end - body);
        const QString whole = m_text.mid(m_at, end + match.capturedLength() - m_at);
        m_at += whole.size();
        if (!text.contains(breakpointText))
            return whole;
        text.replace(u'\\', QStringLiteral("\\\\")).replace(u'\'', QStringLiteral("''"));
        return QStringLiteral("E'") + text.replace(QLatin1String("-->"), QLatin1String("--\\x3E")) +
               u'\'';
    }

    const QString &m_text;
    qsizetype m_at = 0;
};
} // namespace

QString withoutBreakpoints(const QString &statement)
{
    return statement.contains(breakpointText) ? Pieces(statement).rewritten() : statement;
}

} // namespace migrate
