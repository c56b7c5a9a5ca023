// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/descriptions.h"

#include <QHash>
#include <QRegularExpression>

#include <algorithm>
#include <memory>

namespace load
{

namespace
{

using Kind = Token::Kind;

/// A line for a tool, code that was taken out, or one that only separates.
bool saysNothing(const QString &line)
{
    static const QRegularExpression directive(
        QStringLiteral("^(eslint|tslint|biome-|prettier-|oxlint|@ts-|@__|istanbul |c8 |v8 "
                       "|deno-|#region|#endregion|sourceMappingURL|TODO:?$|FIXME:?$)"));
    static const QRegularExpression code(
        QStringLiteral("^(\\w+|'[^']*'|\"[^\"]*\")\\s*:\\s*\\w+(\\.\\w+)*\\(.*\\)\\s*,?$"
                       "|^(import|export|const|let|var|return)\\b.*[;({]$|^[\\])}]+[;,]*$"
                       "|\\)\\s*[;,]$|^\\.\\.\\.\\w+"));
    static const QRegularExpression letters(QStringLiteral("\\w|[^\\x00-\\x7F]"));
    return directive.match(line).hasMatch() || code.match(line).hasMatch() ||
           !letters.match(line).hasMatch();
}

/// The words of a comment without its slashes and stars, lines joined; tags of JSDoc end it.
QString wordsOf(const QString &comment)
{
    QString text = comment;
    if (text.startsWith(QLatin1String("/*")))
        text = text.sliced(2).chopped(text.endsWith(QLatin1String("*/")) ? 2 : 0);
    static const QRegularExpression edge(QStringLiteral("^\\s*(\\*+(?!/)|/{2,}!?)?\\s?"));
    QString words;
    for (QString line : text.split(u'\n')) {
        line = line.remove(edge).trimmed();
        if (line.startsWith(u'@') && !line.startsWith(QLatin1String("@deprecated"))) {
            if (line.startsWith(QLatin1String("@ts-")))
                return {};
            break;
        }
        if (saysNothing(line))
            continue;
        words += (words.isEmpty() ? QString() : QStringLiteral(" ")) + line;
    }
    return words;
}

/// Reads each file once.
class Describer
{
public:
    explicit Describer(const std::function<std::optional<QByteArray>(const QString &)> &source)
        : m_source(source)
    {
    }

    /// A part whose place is that of \a whole stands nowhere in it: it came in with others.
    void fill(schema::Origin &origin, const schema::Origin &whole = {})
    {
        const Comments *comments = commentsOf(origin.location.file);
        const auto &[file, line, column] = origin.location;
        const bool own = file != whole.location.file || line != whole.location.line ||
                         column != whole.location.column;
        if (comments && own && !comments->isSpread(line, column))
            origin.description = comments->at(line, column);
        if (!origin.description.isEmpty() || origin.definition.file.isEmpty())
            return;
        if (const Comments *defined = commentsOf(origin.definition.file))
            origin.description = defined->at(origin.definition.line, origin.definition.column);
    }

    template <typename Item> void fill(QList<Item> &items, const schema::Origin &whole = {})
    {
        for (Item &item : items)
            fill(item.origin, whole);
    }

private:
    const Comments *commentsOf(const QString &file)
    {
        auto known = m_files.constFind(file);
        if (known == m_files.cend()) {
            std::shared_ptr<const Comments> comments;
            const auto text = file.isEmpty() ? std::nullopt : m_source(file);
            if (text && (text->contains("//") || text->contains("/*")))
                comments = std::make_shared<const Comments>(*text);
            known = m_files.insert(file, comments);
        }
        return known->get();
    }

    std::function<std::optional<QByteArray>(const QString &)> m_source;
    QHash<QString, std::shared_ptr<const Comments>> m_files;
};

} // namespace

Comments::Comments(const QByteArray &source)
    : m_source(source)
{
    m_lines.append(0);
    for (qsizetype at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1))
        m_lines.append(at + 1);
    Lexer lexer(source);
    qsizetype before = 0;
    for (Token token = lexer.next(); token.kind != Kind::End; token = lexer.next()) {
        if (token.kind == Kind::Comment)
            take(token, before, lexer);
        else
            m_tokens.append(token);
        before = token.end;
    }
}

/// Notes a comment; \a before is where the token in front of it ends.
void Comments::take(const Token &token, qsizetype before, Lexer &lexer)
{
    const int first = lineOf(token.start);
    const bool startsLine = before == 0 || lineOf(before - 1) < first;
    m_comments.append({.token = m_tokens.size(),
                       .firstLine = first,
                       .lastLine = lineOf(token.end - 1),
                       .alone = startsLine,
                       .text = QString::fromUtf8(lexer.textOf(token))});
}

int Comments::lineOf(qsizetype offset) const
{
    return int(std::upper_bound(m_lines.cbegin(), m_lines.cend(), offset) - m_lines.cbegin());
}

/// The token at a place, or the one before it; -1 when there is none.
qsizetype Comments::tokenAt(int line, int column) const
{
    if (line < 1 || line > m_lines.size())
        return -1;
    const qsizetype start = m_lines.at(line - 1);
    const qsizetype end = line < m_lines.size() ? m_lines.at(line) : m_source.size();
    const QString text = QString::fromUtf8(m_source.sliced(start, end - start));
    const qsizetype offset =
        start + text.first(std::clamp<qsizetype>(column - 1, 0, text.size())).toUtf8().size();
    const auto behind =
        std::upper_bound(m_tokens.cbegin(), m_tokens.cend(), offset,
                         [](qsizetype wanted, const Token &token) { return wanted < token.start; });
    return behind - m_tokens.cbegin() - 1;
}

/// The first token of the property or statement that \a token is in.
qsizetype Comments::startOf(qsizetype token) const
{
    int depth = 0;
    for (qsizetype at = token; at > 0; --at) {
        const Token &here = m_tokens.at(at);
        const QByteArrayView text =
            QByteArrayView(m_source).sliced(here.start, here.end - here.start);
        if (depth == 0 &&
            (text == "export" || ((text == "const" || text == "let" || text == "var") &&
                                  m_source.sliced(m_tokens.at(at - 1).start, 6) != "export")))
            return at;
        const Token &previous = m_tokens.at(at - 1);
        if (previous.kind != Kind::Mark)
            continue;
        const char c = m_source.at(previous.start);
        if (depth == 0 && (c == ',' || c == ';' || c == '{' || c == '(' || c == '['))
            return at;
        depth += c == ')' || c == ']' || c == '}' ? 1 : c == '(' || c == '[' || c == '{' ? -1 : 0;
    }
    return 0;
}

/// Comments that end on the line before \a start, upwards as long as no line is between them.
QString Comments::above(qsizetype start) const
{
    QString words;
    int line = lineOf(m_tokens.at(start).start);
    for (qsizetype i = m_comments.size() - 1; i >= 0; --i) {
        const Comment &comment = m_comments.at(i);
        if (comment.token > start)
            continue;
        if (comment.token < start || !comment.alone || comment.lastLine != line - 1)
            break;
        const QString here = wordsOf(comment.text);
        if (!here.isEmpty())
            words = here + (words.isEmpty() ? QString() : QStringLiteral(" ")) + words;
        line = comment.firstLine;
        if (comment.text.startsWith(QLatin1String("/*")) && !here.isEmpty())
            break;
    }
    return words;
}

/// The comment that ends \a line behind something else.
QString Comments::behind(int line) const
{
    for (const Comment &comment : m_comments) {
        const bool last = comment.token >= m_tokens.size() ||
                          lineOf(m_tokens.at(comment.token).start) > comment.lastLine;
        if (comment.firstLine == line && !comment.alone && last)
            return wordsOf(comment.text);
    }
    return {};
}

QString Comments::at(int line, int column) const
{
    const qsizetype token = tokenAt(line, column);
    if (token < 0 || m_comments.isEmpty())
        return {};
    const qsizetype start = startOf(token);
    const QString words = above(start);
    return words.isEmpty() ? behind(line) : words;
}

bool Comments::isSpread(int line, int column) const
{
    const qsizetype token = tokenAt(line, column);
    if (token < 0)
        return false;
    const qsizetype start = m_tokens.at(startOf(token)).start;
    return QByteArrayView(m_source).sliced(start).startsWith("...");
}

void describe(schema::Database &database,
              const std::function<std::optional<QByteArray>(const QString &)> &source)
{
    Describer describer(source);
    describer.fill(database.tables);
    for (schema::Table &table : database.tables) {
        describer.fill(table.columns, table.origin);
        describer.fill(table.indexes, table.origin);
        describer.fill(table.policies, table.origin);
    }
    describer.fill(database.views);
    for (schema::View &view : database.views)
        describer.fill(view.columns, view.origin);
    describer.fill(database.enums);
    describer.fill(database.sequences);
    describer.fill(database.roles);
    describer.fill(database.linkedPolicies);
    describer.fill(database.relations);
}

} // namespace load
