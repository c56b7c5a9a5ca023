// SPDX-License-Identifier: GPL-3.0-or-later
#include "runner/migrationfailure.h"

#include "runner/text.h"
#include "sql/parse.h"

#include <QRegularExpression>

namespace runner
{

using base::Error;

namespace
{

QList<base::TextSpan> statementsOf(const QString &text)
{
    const auto spans = sql::split(text);
    return spans ? *spans : QList<base::TextSpan>{{0, text.size()}};
}

QString fileOf(const migrate::Migration &migration)
{
    return migration.tag + QStringLiteral(".sql");
}

QString placeOf(const migrate::Migration &migration, qsizetype offset)
{
    const qsizetype line = QString::fromUtf8(migration.sql).left(offset).count(u'\n') + 1;
    return fileOf(migration) + u':' + QString::number(line);
}

/// Which of the part's statements holds \a offset; the first without one.
qsizetype statementAt(const QList<base::TextSpan> &statements, qsizetype offset)
{
    qsizetype index = 0;
    while (index + 1 < statements.size() && statements.at(index + 1).offset <= offset)
        ++index;
    return index;
}

bool isLost(const Error &cause)
{
    return cause.kind == base::ErrorKind::Connection;
}

/// The server's words, its detail and what it advises behind them.
QString wordsOf(const Error &cause)
{
    const QString words = cause.detail.isEmpty()
                              ? cause.text
                              : QStringLiteral("%1 (%2)").arg(cause.text, cause.detail);
    if (cause.hint.isEmpty() || isLost(cause)) // that advice is for who asks something
        return words;
    const QString advice = cause.hint.endsWith(u'.') ? cause.hint.chopped(1) : cause.hint;
    return QStringLiteral("%1. %2").arg(words, advice);
}

/// What to do about \a part, nothing of whose migration was applied.
QString hintFor(const Part &part, const Error &cause)
{
    if (isLost(cause))
        return Text::tr("Nothing of this migration was applied; apply again when the server is "
                        "there");
    static const QRegularExpression role(QStringLiteral("^\\s*CREATE\\s+(ROLE|USER|GROUP)\\b"),
                                         QRegularExpression::CaseInsensitiveOption);
    if (cause.sqlState == QLatin1String("42710") && role.match(part.text).hasMatch())
        return Text::tr("Roles belong to all databases of a server, and this one is there "
                        "already. Nothing of this migration was applied; take CREATE ROLE out of "
                        "it and apply again");
    return Text::tr("Nothing of this migration was applied; correct it and apply again");
}

} // namespace

QList<Part> partsOf(const migrate::Migration &migration)
{
    const QString file = QString::fromUtf8(migration.sql);
    QList<Part> parts;
    qsizetype from = 0;
    int statements = 0;
    for (const QString &text : migration.statements()) {
        const qsizetype offset = std::max(file.indexOf(text, from), from);
        from = offset + text.size();
        const qsizetype count = statementsOf(text).size();
        if (count == 0) // only comments: nothing to send
            continue;
        parts << Part{text, offset, statements};
        statements += int(count);
    }
    return parts;
}

std::optional<BuiltIndex> indexBuiltBy(const Part &part)
{
    const auto statements = sql::actionsOf(part.text);
    if (!statements || statements->size() != 1)
        return std::nullopt;
    for (const sql::Action &action : statements->first().actions) {
        if (action.kind == sql::Action::Kind::CreateIndex && action.concurrently &&
            !action.part.isEmpty())
            return BuiltIndex{action.object, action.part};
    }
    return std::nullopt;
}

bool standsAlone(const QList<Part> &parts)
{
    if (parts.size() != 1 || statementsOf(parts.first().text).size() != 1)
        return false;
    const std::optional<sql::Outsider> found = sql::findOutsider(parts.first().text);
    return found && !found->controlsTransaction;
}

Error inLoneMigration(const migrate::Migration &migration, const Part &part, const Error &cause)
{
    Error error = inMigration(migration, part, cause);
    if (isLost(cause))
        error.hint = Text::tr("It ran outside of a transaction, and the server may still be at it: "
                              "wait for that and undo what it has done, then apply again");
    else
        error.hint =
            indexBuiltBy(part)
                ? Text::tr("Correct it and apply again: the invalid index that it left is "
                           "dropped first")
                : Text::tr("It ran outside of a transaction: undo what it has done, correct "
                           "it and apply again");
    return error;
}

Error inMigration(const migrate::Migration &migration, const Part &part, const Error &cause)
{
    const QList<base::TextSpan> statements = statementsOf(part.text);
    const qsizetype index = cause.span ? statementAt(statements, cause.span->offset) : 0;
    // Without a place in a part of several statements nobody knows which of them it was.
    const bool certain = cause.span || statements.size() == 1;
    const QString number = certain ? QString::number(part.firstStatement + index + 1)
                                   : QStringLiteral("%1–%2")
                                         .arg(part.firstStatement + 1)
                                         .arg(part.firstStatement + statements.size());
    const qsizetype inPart = cause.span ? cause.span->offset : statements.value(0).offset;
    Error error{.kind = cause.kind,
                .text = Text::tr("Migration %1 failed at statement %2").arg(migration.tag, number),
                .where = placeOf(migration, part.offset + inPart),
                .detail = wordsOf(cause),
                .hint = hintFor(part, cause),
                .sqlState = cause.sqlState};
    if (cause.span)
        error.span = base::TextSpan{part.offset + cause.span->offset, cause.span->length};
    return error;
}

Error inMigration(const migrate::Migration &migration, const Error &cause)
{
    return {.kind = cause.kind,
            .text = Text::tr("Migration %1 could not be applied").arg(migration.tag),
            .where = fileOf(migration),
            .detail = wordsOf(cause),
            .hint = isLost(cause)
                        ? Text::tr("Nothing of this migration was applied; apply again when the "
                                   "server is there")
                        : cause.hint,
            .sqlState = cause.sqlState};
}

Error atCommit(const migrate::Migration &migration, const Error &cause)
{
    Error error = inMigration(migration, cause);
    if (isLost(cause)) {
        error.text = Text::tr("Whether migration %1 was applied is not known").arg(migration.tag);
        error.hint = Text::tr("Apply again when the server is there: what was applied is not "
                              "applied twice");
    }
    return error;
}

Error withoutItsRow(const migrate::Migration &migration, const Error &cause)
{
    Error error = inMigration(migration, cause);
    error.text = Text::tr("Migration %1 has run, but whether the ledger knows is not certain")
                     .arg(migration.tag);
    error.hint = Text::tr("It ran outside of a transaction: see with \"sluice status\"; where it "
                          "is still pending, undo what it has done and apply again");
    return error;
}

std::optional<Error> refusal(const migrate::Migration &migration, const QList<Part> &parts)
{
    if (!migration.hasSql)
        return Error{.kind = base::ErrorKind::NotFound,
                     .text = Text::tr("The file of migration %1 is missing").arg(migration.tag),
                     .where = fileOf(migration),
                     .hint =
                         Text::tr("Bring it back, or take its entry out of meta/_journal.json")};
    if (standsAlone(parts))
        return std::nullopt;
    for (const Part &part : parts) {
        const std::optional<sql::Outsider> found = sql::findOutsider(part.text);
        if (!found)
            continue;
        Error error{.kind = base::ErrorKind::Unsupported,
                    .text = Text::tr("Migration %1 holds %2, which cannot run inside a transaction")
                                .arg(migration.tag, found->words),
                    .where = placeOf(migration, part.offset + found->span.offset),
                    .hint = Text::tr(
                        "Nothing of it was applied; put the statement into a migration of its own"),
                    .span = base::TextSpan{part.offset + found->span.offset, found->span.length}};
        if (found->controlsTransaction)
            error.hint = Text::tr(
                "Nothing of it was applied; take the statement out: every migration runs in a "
                "transaction of its own");
        return error;
    }
    return std::nullopt;
}

} // namespace runner
