// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "schema/origin.h"

#include <QByteArray>
#include <QList>

#include <optional>

namespace load
{

/// A piece of TypeScript by its place in the text.
struct Token {
    enum class Kind { Name, String, Template, Number, Mark, Comment, Expression, End };
    Kind kind = Kind::End;
    qsizetype start = 0; ///< in bytes
    qsizetype end = 0;   ///< behind its last byte
};

/// Takes TypeScript apart as far as a look at its text needs: names, texts, comments and single
/// characters are told apart, nothing is understood. Never fails; whether the code is right is
/// esbuild's to say.
class Lexer
{
public:
    explicit Lexer(const QByteArray &text)
        : m_text(text)
    {
    }

    Token next();

    QByteArrayView textOf(const Token &token) const
    {
        return QByteArrayView(m_text).sliced(token.start, token.end - token.start);
    }
    bool is(const Token &token, const char *text) const { return textOf(token) == text; }

private:
    Token take(Token::Kind kind, qsizetype end);
    qsizetype afterText(qsizetype at) const;
    qsizetype afterTemplate(qsizetype at, int depth) const;
    qsizetype afterExpression(qsizetype at) const;
    bool expectsValue() const;

    QByteArray m_text;
    qsizetype m_at = 0;
    Token m_before; ///< the last token that is no comment
};

/// What the text at \a start of \a code, which begins with a quote, means; nothing when it does not
/// end or is a template with holes.
std::optional<QString> textLiteral(QByteArrayView code, qsizetype start);

/// Line and column (UTF-16 units) of an offset in \a text, both from 1.
schema::SourceLocation placeAt(const QString &file, const QByteArray &text, qsizetype offset);

/// An import as it is written.
struct Import {
    QString specifier;
    qsizetype offset = 0; ///< of its opening quote
    bool always = false;  ///< not one that runs later, or never
};

/// What TypeScript imports, but for types alone. A superset of what esbuild leaves in place: it
/// drops imports whose names are not used as values.
QList<Import> importsOfSource(const QByteArray &source);

/// What JavaScript that esbuild made requires.
QList<Import> importsOfOutput(const QByteArray &code);

} // namespace load
