// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/parse.h"
#include "sql/tree.h"

#include <QRegularExpression>

#include <pg_query/pg_query.pb-c.h>

#include <algorithm>

namespace sql
{

namespace
{

bool isComment(const PgQuery__ScanToken &token)
{
    return token.token == PG_QUERY__TOKEN__SQL_COMMENT || token.token == PG_QUERY__TOKEN__C_COMMENT;
}

/// Finds the ends of statements in a stream of tokens: semicolons outside of brackets and of the
/// bodies that BEGIN ATOMIC … END puts around several statements.
class Splitter
{
public:
    /// Whether \a token is a semicolon that ends a statement.
    bool ends(PgQuery__Token token)
    {
        const PgQuery__Token before = m_before;
        m_before = token;
        if (token == '(')
            ++m_brackets;
        else if (token == ')')
            m_brackets = std::max(0, m_brackets - 1);
        else if (token == PG_QUERY__TOKEN__ATOMIC && before == PG_QUERY__TOKEN__BEGIN_P)
            m_blocks = 1;
        else if (token == PG_QUERY__TOKEN__CASE && m_blocks > 0)
            ++m_blocks;
        else if (token == PG_QUERY__TOKEN__END_P && m_blocks > 0)
            --m_blocks;
        return token == ';' && m_brackets == 0 && m_blocks == 0;
    }

private:
    PgQuery__Token m_before = PG_QUERY__TOKEN__NUL;
    int m_brackets = 0;
    int m_blocks = 0;
};

/// A statement's tokens without comments.
using Tokens = QList<const PgQuery__ScanToken *>;

QList<Tokens> statements(const PgQuery__ScanResult &scanned)
{
    QList<Tokens> result;
    Tokens current;
    Splitter splitter;
    for (size_t i = 0; i < scanned.n_tokens; ++i) {
        const PgQuery__ScanToken *token = scanned.tokens[i];
        if (isComment(*token))
            continue;
        if (!splitter.ends(token->token)) {
            current << token;
        } else if (!current.isEmpty()) {
            result << current;
            current.clear();
        }
    }
    if (!current.isEmpty())
        result << current;
    return result;
}

/// The first words of a statement in capitals, and what the rest holds.
class Beginning
{
public:
    Beginning(const Tokens &tokens, const Source &source)
        : m_tokens(tokens)
        , m_source(source)
    {
    }

    QString word(qsizetype index) const
    {
        if (index >= m_tokens.size())
            return {};
        const PgQuery__ScanToken &token = *m_tokens.at(index);
        return QString::fromUtf8(m_source.bytes(token.start, token.end)).toUpper();
    }
    bool starts(const char *words) const { return matched(words) > 0; }
    /// Whether code in a text constant commits: DO 'BEGIN … COMMIT; …'.
    bool commits() const
    {
        static const QRegularExpression commit(QStringLiteral("\\bCOMMIT\\s*;"),
                                               QRegularExpression::CaseInsensitiveOption);
        return std::ranges::any_of(m_tokens, [this](const auto *token) {
            return token->token == PG_QUERY__TOKEN__SCONST &&
                   commit.match(QString::fromUtf8(m_source.bytes(token->start, token->end)))
                       .hasMatch();
        });
    }
    bool holds(PgQuery__Token wanted) const
    {
        return std::ranges::any_of(m_tokens,
                                   [&](const auto *token) { return token->token == wanted; });
    }

private:
    int matched(const char *words) const
    {
        const QStringList wanted = QString::fromLatin1(words).split(u' ');
        for (qsizetype i = 0; i < wanted.size(); ++i) {
            if (word(i) != wanted.at(i))
                return 0;
        }
        return int(wanted.size());
    }

    const Tokens &m_tokens;
    const Source &m_source;
};

/// The words that open or end a transaction; empty when the statement does not.
QString transactionWords(const Beginning &text)
{
    for (const char *words :
         {"BEGIN", "START TRANSACTION", "COMMIT", "END", "ABORT", "PREPARE TRANSACTION"}) {
        if (text.starts(words))
            return QString::fromLatin1(words);
    }
    const bool toSavepoint =
        text.word(1) == QLatin1String("TO") || text.word(2) == QLatin1String("TO");
    return text.starts("ROLLBACK") && !toSavepoint ? QStringLiteral("ROLLBACK") : QString();
}

/// The words of a statement that the server runs only outside of a transaction; empty for all
/// others.
QString lonelyWords(const Beginning &text)
{
    for (const char *words :
         {"VACUUM", "CREATE DATABASE", "DROP DATABASE", "CREATE TABLESPACE", "DROP TABLESPACE",
          "ALTER SYSTEM", "CREATE SUBSCRIPTION", "DROP SUBSCRIPTION", "REINDEX DATABASE",
          "REINDEX SYSTEM", "REINDEX SCHEMA", "DISCARD ALL"}) {
        if (text.starts(words))
            return QString::fromLatin1(words);
    }
    if (text.starts("DO") && text.commits())
        return QStringLiteral("DO … COMMIT");
    if (!text.holds(PG_QUERY__TOKEN__CONCURRENTLY))
        return {};
    for (const char *words : {"CREATE INDEX", "CREATE UNIQUE INDEX", "DROP INDEX", "REINDEX"}) {
        if (text.starts(words))
            return QString::fromLatin1(words) + QStringLiteral(" CONCURRENTLY");
    }
    return text.starts("ALTER TABLE") && text.holds(PG_QUERY__TOKEN__DETACH)
               ? QStringLiteral("ALTER TABLE DETACH PARTITION CONCURRENTLY")
               : QString();
}

} // namespace

base::Result<QList<base::TextSpan>> split(const QString &text)
{
    const Source source(text);
    QList<base::TextSpan> spans;
    const base::Result<base::Done> scanned = scan(source, [&](const PgQuery__ScanResult &tokens) {
        for (const Tokens &statement : statements(tokens))
            spans << source.span(statement.first()->start, statement.last()->end);
    });
    if (!scanned)
        return scanned.error();
    return spans;
}

bool endsInComment(const QString &text)
{
    if (!QStringView(text).mid(text.lastIndexOf(u'\n') + 1).contains(u"--"))
        return false;
    const Source source(text);
    bool inComment = false;
    const base::Result<base::Done> scanned = scan(source, [&](const PgQuery__ScanResult &tokens) {
        const PgQuery__ScanToken *last =
            tokens.n_tokens ? tokens.tokens[tokens.n_tokens - 1] : nullptr;
        inComment = last && last->token == PG_QUERY__TOKEN__SQL_COMMENT && !text.endsWith(u'\n');
    });
    return scanned && inComment;
}

bool isStatement(const QString &text)
{
    const Source source(text);
    return bool(parse(source, [](const PgQuery__ParseResult &) {}));
}

std::optional<Outsider> findOutsider(const QString &script)
{
    const Source source(script);
    std::optional<Outsider> found;
    const base::Result<base::Done> scanned = scan(source, [&](const PgQuery__ScanResult &tokens) {
        int index = 0;
        for (const Tokens &statement : statements(tokens)) {
            const Beginning text(statement, source);
            const QString control = transactionWords(text);
            const QString words = control.isEmpty() ? lonelyWords(text) : control;
            if (!words.isEmpty()) {
                found = Outsider{index, words, !control.isEmpty(),
                                 source.span(statement.first()->start, statement.last()->end)};
                return;
            }
            ++index;
        }
    });
    // A script that cannot be scanned is the server's to refuse; it fails there before anything
    // runs.
    return scanned ? found : std::nullopt;
}

} // namespace sql
