// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/condition.h"

#include "sql/outline.h"
#include "sql/text.h"
#include "sql/tree.h"

#include <pg_query/pg_query.pb-c.h>

namespace sql
{

namespace
{

const QString prefix = QStringLiteral("SELECT 1 WHERE (");

/// Brackets that close what stands around the text. The tokens are those of the text alone, so that
/// nothing behind it can end a quote or a comment of its own.
base::Result<base::Done> checkBrackets(const Source &source)
{
    base::Result<base::Done> result = base::Done{};
    const base::Result<base::Done> scanned = scan(source, [&](const PgQuery__ScanResult &all) {
        int depth = 0;
        const auto refuse = [&](const PgQuery__ScanToken &token, const QString &why) {
            if (result)
                result = base::Error{.kind = base::ErrorKind::InvalidInput,
                                     .text = why,
                                     .span = source.span(token.start, token.end)};
        };
        for (size_t i = 0; i < all.n_tokens; ++i) {
            const PgQuery__ScanToken &token = *all.tokens[i];
            const int kind = int(token.token);
            depth += kind == '(' ? 1 : kind == ')' ? -1 : 0;
            if (depth < 0)
                refuse(token, Text::tr("There is a ) without its ("));
            if (kind == ';')
                refuse(token, Text::tr("A condition is no statement: it has no semicolon"));
        }
        if (depth > 0 && all.n_tokens > 0)
            refuse(*all.tokens[all.n_tokens - 1], Text::tr("A ) is missing"));
    });
    return scanned ? result : scanned;
}

/// \a error with its place in the condition instead of in the statement around it.
base::Error inCondition(base::Error error, qsizetype length)
{
    if (error.span) {
        error.span->offset = std::clamp(error.span->offset - prefix.size(), qsizetype(0), length);
        error.span->length = std::min(error.span->length, length - error.span->offset);
    }
    return error;
}

} // namespace

base::Result<base::Done> checkCondition(const QString &text)
{
    if (text.trimmed().isEmpty())
        return base::Error{.kind = base::ErrorKind::InvalidInput,
                           .text = Text::tr("There is no condition")};
    if (const base::Result<base::Done> brackets = checkBrackets(Source(text)); !brackets)
        return brackets;
    const QString statement = prefix + text + QStringLiteral("\n)");
    if (const base::Result<Classification> kind = classify(statement); !kind)
        return inCondition(kind.error(), text.size());
    const base::Result<Outline> parts = outline(statement);
    if (!parts)
        return inCondition(parts.error(), text.size());
    if (!parts->parameters.isEmpty())
        return inCondition({.kind = base::ErrorKind::InvalidInput,
                            .text = Text::tr("A parameter has no value here"),
                            .hint = Text::tr("write the value itself"),
                            .span = parts->parameters.first().span},
                           text.size());
    if (!parts->writes.isEmpty() || parts->locks)
        return base::Error{.kind = base::ErrorKind::Refused,
                           .text = Text::tr("A condition only reads")};
    return base::Done{};
}

} // namespace sql
