// SPDX-License-Identifier: GPL-3.0-or-later
// Private to the room: SQL as its tokens.
#pragma once

#include <QList>
#include <QString>

#include <algorithm>

namespace diff
{

/// A piece of SQL; comments and blanks are none.
struct Token {
    enum class Kind { Quoted, Word, Constant, Mark };
    Kind kind = Kind::Mark;
    qsizetype begin = 0, end = 0;
    QString value; ///< of an identifier its name, of a constant what is inside, else the text
};

/// \a text in its tokens. What is in dollar quotes is left out like a comment.
QList<Token> tokensOf(const QString &text);

/// A text, its tokens, and the pieces of it that get another text.
class Rewriting
{
public:
    explicit Rewriting(const QString &text)
        : m_text(text)
        , m_tokens(tokensOf(text))
    {
    }

    qsizetype size() const { return m_tokens.size(); }
    bool isName(qsizetype i, const QString &name) const
    {
        return isAnyName(i) && m_tokens[i].value == name;
    }
    bool isAnyName(qsizetype i) const
    {
        return i >= 0 && i < size() &&
               (m_tokens[i].kind == Token::Kind::Quoted || m_tokens[i].kind == Token::Kind::Word);
    }
    bool isMark(qsizetype i, QLatin1String mark) const
    {
        return i >= 0 && i < size() && m_tokens[i].kind == Token::Kind::Mark &&
               m_tokens[i].value == mark;
    }
    bool isDot(qsizetype i) const { return isMark(i, QLatin1String(".")); }
    bool isConstant(qsizetype i) const
    {
        return i >= 0 && i < size() && m_tokens[i].kind == Token::Kind::Constant;
    }
    QString wordAt(qsizetype i) const
    {
        return i >= 0 && i < size() && m_tokens[i].kind == Token::Kind::Word ? m_tokens[i].value
                                                                             : QString();
    }
    QString valueAt(qsizetype i) const { return m_tokens[i].value; }
    /// Whether there are no quotes from \a first to \a last.
    bool isPlain(qsizetype first, qsizetype last) const
    {
        return std::none_of(m_tokens.begin() + first, m_tokens.begin() + last + 1,
                            [](const Token &token) { return token.kind == Token::Kind::Quoted; });
    }
    void replace(qsizetype first, qsizetype last, const QString &by)
    {
        m_pieces << Piece{m_tokens[first].begin, m_tokens[last].end, by};
    }
    QString text() const
    {
        QString result = m_text;
        for (auto it = m_pieces.crbegin(); it != m_pieces.crend(); ++it)
            result.replace(it->begin, it->end - it->begin, it->by);
        return result;
    }

private:
    struct Piece {
        qsizetype begin, end;
        QString by;
    };
    const QString &m_text;
    QList<Token> m_tokens;
    QList<Piece> m_pieces; ///< in the order of the text
};

} // namespace diff
