// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/lexer.h"

#include <algorithm>

namespace load
{

namespace
{

using Kind = Token::Kind;

bool isNameCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '$' || static_cast<unsigned char>(c) >= 0x80;
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// Words behind which a slash begins a regular expression.
bool isOperatorWord(QByteArrayView word)
{
    for (const char *one : {"return", "typeof", "case", "in", "of", "delete", "void", "throw",
                            "new", "do", "else", "await", "yield"}) {
        if (word == one)
            return true;
    }
    return false;
}

/// The value of hexadecimal digits, or -1.
int hexadecimal(QByteArrayView digits)
{
    bool ok = false;
    const int value = digits.toByteArray().toInt(&ok, 16);
    return ok ? value : -1;
}

/// Appends what the escape at \a at (behind the backslash) means; moves \a at behind it.
void appendEscape(QByteArray &value, QByteArrayView code, qsizetype &at)
{
    const char c = code.at(at++);
    const auto append = [&](int number) {
        if (number >= 0)
            value += QString::fromUcs4(reinterpret_cast<const char32_t *>(&number), 1).toUtf8();
    };
    if (c == 'x' && at + 2 <= code.size()) {
        append(hexadecimal(code.sliced(at, 2)));
        at += 2;
    } else if (c == 'u' && at < code.size() && code.at(at) == '{') {
        const qsizetype end = std::max(code.indexOf('}', at), at + 1);
        append(hexadecimal(code.sliced(at + 1, end - at - 1)));
        at = end + 1;
    } else if (c == 'u' && at + 4 <= code.size()) {
        append(hexadecimal(code.sliced(at, 4)));
        at += 4;
    } else if (c != '\n') {
        value += c == 'n'   ? '\n'
                 : c == 't' ? '\t'
                 : c == 'r' ? '\r'
                 : c == 'b' ? '\b'
                 : c == 'f' ? '\f'
                 : c == 'v' ? '\v'
                 : c == '0' ? '\0'
                            : c;
    }
}

/// Collects the imports of a source, token by token.
class SourceScan
{
public:
    explicit SourceScan(const QByteArray &source)
        : m_source(source)
        , m_lexer(source)
    {
        advance();
    }

    QList<Import> run()
    {
        while (m_token.kind != Kind::End) {
            const bool member = m_memberFollows;
            if (m_token.kind != Kind::Name || member) {
                advance();
            } else if (is("import")) {
                advance();
                afterImport();
            } else if (is("export")) {
                advance();
                if (is("type"))
                    advance();
                else if (is("*") || is("{"))
                    toFrom();
            } else if (is("require")) {
                advance();
                call();
            } else {
                advance();
            }
        }
        return m_imports;
    }

private:
    void advance()
    {
        m_memberFollows = m_token.kind == Kind::Mark && is(".");
        do
            m_token = m_lexer.next();
        while (m_token.kind == Kind::Comment);
    }
    bool is(const char *text) const { return m_lexer.is(m_token, text); }

    void take(bool always)
    {
        const bool text = m_token.kind == Kind::String || m_token.kind == Kind::Template;
        if (const auto value =
                text ? textLiteral(m_source, m_token.start) : std::optional<QString>())
            m_imports.append({*value, m_token.start, always});
    }

    void call()
    {
        if (!is("("))
            return;
        advance();
        take(false);
    }

    void afterImport()
    {
        if (m_token.kind == Kind::String)
            take(true);
        else if (is("("))
            call();
        else if (is("type"))
            afterType();
        else
            toFrom();
    }

    /// `import type X from` is none; `import type from` names its value "type".
    void afterType()
    {
        advance();
        if (is("from") || is(","))
            toFrom();
    }

    /// To the specifier behind `from`, over the names in between.
    void toFrom()
    {
        while (m_token.kind == Kind::Name || is("*") || is("{") || is("}") || is(",") ||
               m_token.kind == Kind::String) {
            const bool from = is("from");
            advance();
            if (from && m_token.kind == Kind::String) {
                take(true);
                return;
            }
        }
    }

    const QByteArray &m_source;
    Lexer m_lexer;
    Token m_token;
    bool m_memberFollows = false;
    QList<Import> m_imports;
};

/// Whether a require() at \a offset is one that esbuild made of an import statement: those are
/// statements of the file itself, which stand four spaces in.
bool isStatement(const QByteArray &code, qsizetype offset)
{
    const qsizetype start = code.lastIndexOf('\n', offset) + 1;
    QByteArrayView line = QByteArrayView(code).sliced(start, offset - start);
    if (!line.startsWith("    ") || line.startsWith("     "))
        return false;
    line = line.sliced(4);
    if (line.isEmpty() || line.startsWith("__reExport("))
        return true;
    const auto isPlain = [](char c) { return isNameCharacter(c) || c == ' '; };
    const qsizetype equals = line.indexOf(" = ");
    if (equals < 0 || !std::all_of(line.begin(), line.begin() + equals, isPlain))
        return false;
    const QByteArrayView between = line.sliced(equals + 3);
    return between.isEmpty() || between == "__toESM(";
}

} // namespace

Token Lexer::take(Kind kind, qsizetype end)
{
    const Token token{kind, m_at, std::min(end, m_text.size())};
    m_at = token.end;
    if (kind != Kind::Comment)
        m_before = token;
    return token;
}

/// Behind a text in quotes; it ends with its line at the latest.
qsizetype Lexer::afterText(qsizetype at) const
{
    const char quote = m_text.at(at++);
    while (at < m_text.size() && m_text.at(at) != quote && m_text.at(at) != '\n')
        at += m_text.at(at) == '\\' ? 2 : 1;
    return at + 1;
}

/// Behind a template with all that is in its holes. Deeper than any person writes ends it.
qsizetype Lexer::afterTemplate(qsizetype at, int depth) const
{
    constexpr int deepest = 50;
    int braces = 0;
    for (++at; at < m_text.size(); ++at) {
        const char c = m_text.at(at);
        if (braces == 0) {
            if (c == '`')
                return at + 1;
            if (c == '\\')
                ++at;
            else if (c == '$' && at + 1 < m_text.size() && m_text.at(at + 1) == '{')
                ++at, ++braces;
        } else if (c == '`' && depth < deepest) {
            at = afterTemplate(at, depth + 1) - 1;
        } else if (c == '\'' || c == '"') {
            at = afterText(at) - 1;
        } else {
            braces += c == '{' ? 1 : c == '}' ? -1 : 0;
        }
    }
    return at;
}

/// Behind a regular expression at \a at, or \a at itself when it is none: it ends on its line.
qsizetype Lexer::afterExpression(qsizetype at) const
{
    bool inClass = false;
    for (qsizetype i = at + 1; i < m_text.size() && m_text.at(i) != '\n'; ++i) {
        const char c = m_text.at(i);
        if (c == '\\')
            ++i;
        else if (c == '[' || c == ']')
            inClass = c == '[';
        else if (c == '/' && !inClass)
            return i + 1;
    }
    return at;
}

/// Whether a slash here begins a regular expression and does not divide.
bool Lexer::expectsValue() const
{
    if (m_before.kind == Kind::Mark) {
        const char c = m_text.at(m_before.start);
        return c != ')' && c != ']' && c != '}';
    }
    return m_before.kind == Kind::End ||
           (m_before.kind == Kind::Name && isOperatorWord(textOf(m_before)));
}

Token Lexer::next()
{
    while (m_at < m_text.size() && static_cast<unsigned char>(m_text.at(m_at)) <= ' ')
        ++m_at;
    if (m_at >= m_text.size())
        return {Kind::End, m_text.size(), m_text.size()};
    const char c = m_text.at(m_at);
    const char following = m_at + 1 < m_text.size() ? m_text.at(m_at + 1) : '\0';
    if (c == '/' && following == '/') {
        const qsizetype end = m_text.indexOf('\n', m_at);
        return take(Kind::Comment, end < 0 ? m_text.size() : end);
    }
    if (c == '/' && following == '*') {
        const qsizetype end = m_text.indexOf("*/", m_at + 2);
        return take(Kind::Comment, end < 0 ? m_text.size() : end + 2);
    }
    if (c == '"' || c == '\'')
        return take(Kind::String, afterText(m_at));
    if (c == '`')
        return take(Kind::Template, afterTemplate(m_at, 0));
    if (isNameCharacter(c)) {
        qsizetype end = m_at + 1;
        while (end < m_text.size() && isNameCharacter(m_text.at(end)))
            ++end;
        return take(isDigit(c) ? Kind::Number : Kind::Name, end);
    }
    if (c == '/' && expectsValue()) {
        if (const qsizetype end = afterExpression(m_at); end > m_at)
            return take(Kind::Expression, end);
    }
    return take(Kind::Mark, m_at + 1);
}

std::optional<QString> textLiteral(QByteArrayView code, qsizetype start)
{
    const char quote = code.at(start);
    QByteArray value;
    for (qsizetype at = start + 1; at < code.size();) {
        const char c = code.at(at++);
        if (c == quote)
            return QString::fromUtf8(value);
        if (quote == '`' && c == '$' && at < code.size() && code.at(at) == '{')
            return std::nullopt;
        if (c == '\n' && quote != '`')
            return std::nullopt;
        if (c == '\\' && at < code.size())
            appendEscape(value, code, at);
        else
            value += c;
    }
    return std::nullopt;
}

schema::SourceLocation placeAt(const QString &file, const QByteArray &text, qsizetype offset)
{
    const QByteArrayView before = QByteArrayView(text).first(std::min(offset, text.size()));
    const qsizetype lineStart = before.lastIndexOf('\n') + 1;
    return {file, int(before.count('\n')) + 1,
            int(QString::fromUtf8(before.sliced(lineStart)).size()) + 1};
}

QList<Import> importsOfSource(const QByteArray &source)
{
    return SourceScan(source).run();
}

QList<Import> importsOfOutput(const QByteArray &code)
{
    static const QByteArray call = "require(";
    QList<Import> imports;
    for (qsizetype at = code.indexOf(call); at >= 0; at = code.indexOf(call, at + call.size())) {
        const char before = at > 0 ? code.at(at - 1) : '\n';
        const qsizetype quote = at + call.size();
        const bool member = before == '.' && !(at > 2 && code.at(at - 2) == '.');
        if (isNameCharacter(before) || member || quote >= code.size() ||
            !(code.at(quote) == '"' || code.at(quote) == '\'' || code.at(quote) == '`'))
            continue;
        if (const auto value = textLiteral(code, quote))
            imports.append({*value, quote, isStatement(code, at)});
    }
    return imports;
}

} // namespace load
