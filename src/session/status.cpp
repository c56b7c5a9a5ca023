// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/status.h"

#include "base/receive.h"
#include "diff/change.h"
#include "load/catalog.h"
#include "migrate/examine.h"
#include "migrate/folder.h"
#include "migrate/renames.h"
#include "runner/ledger.h"
#include "session/align.h"
#include "session/filters.h"
#include "session/folder.h"
#include "session/problems.h"
#include "session/scratch.h"
#include "session/server.h"
#include "session/text.h"
#include "session/unread.h"

#include <algorithm>

namespace session
{

namespace
{
using base::Error;
using base::Result;
using State = Agreement::State;
using Pair = Agreement::Pair;

QStringList described(const diff::Difference &difference)
{
    QStringList lines;
    for (const diff::Change &change : difference.changes)
        lines << diff::describe(change);
    return lines;
}

/// What generate() would write, and what it would ask first.
Agreement codeAndFolder(const load::Code &code, const migrate::Folder &folder,
                        const Result<migrate::RenameAnswers> &kept)
{
    Agreement agreement{.pair = Pair::CodeAndFolder};
    if (isIncomplete(code.problems)) {
        agreement.findings = {Text::tr("Parts of the schema could not be read")};
        return agreement;
    }
    if (const auto error = migrate::unsound(folder, migrate::Needs::Schema)) {
        agreement.findings = {toLine(*error)};
        return agreement;
    }
    if (!kept) {
        agreement.findings = {toLine(kept.error())};
        return agreement;
    }
    const diff::Difference difference =
        diff::compare(folder.schema, migrate::adapted(folder, code.schema), *kept);
    agreement.findings = described(difference);
    for (const diff::RenameCandidate &question : difference.questions)
        agreement.findings << Text::tr("perhaps %1").arg(diff::describe(question));
    agreement.state = agreement.findings.isEmpty() ? State::InStep : State::Differs;
    if (agreement.state == State::Differs)
        agreement.action = QStringLiteral("sluice generate");
    return agreement;
}

QList<migrate::AppliedRow> appliedRows(const runner::Ledger &ledger)
{
    QList<migrate::AppliedRow> rows;
    for (const runner::LedgerRow &row : ledger.rows)
        rows << migrate::AppliedRow{row.hash, row.createdAt};
    return rows;
}

Agreement folderAndLedger(const migrate::Folder &folder, const runner::Ledger &ledger)
{
    using runner::MigrationState;
    Agreement agreement{.pair = Pair::FolderAndLedger};
    bool pending = false;
    bool edited = false;
    bool missing = false; // a file that is to run
    for (qsizetype i = 0; i < folder.migrations.size(); ++i) {
        const QString &tag = folder.migrations.at(i).tag;
        const bool isToRun = ledger.states.at(i) == MigrationState::Pending ||
                             ledger.states.at(i) == MigrationState::Skipped;
        if (isToRun && !folder.migrations.at(i).hasSql) {
            missing = true;
            agreement.findings << Text::tr("%1 is pending, and its file is missing").arg(tag);
            continue;
        }
        switch (ledger.states.at(i)) {
        case MigrationState::Applied:
        case MigrationState::Unknown:
            break;
        case MigrationState::Edited:
            edited = true;
            agreement.findings << Text::tr("%1 was changed after it had been applied").arg(tag);
            break;
        case MigrationState::Pending:
            pending = true;
            agreement.findings << Text::tr("%1 is pending").arg(tag);
            break;
        case MigrationState::Skipped:
            pending = true;
            agreement.findings << Text::tr("%1 is pending, and drizzle-kit would skip it: it is "
                                           "older than the newest one applied")
                                      .arg(tag);
        }
    }
    if (ledger.rowsWithoutFile)
        agreement.findings << Text::tr("applied migrations that have no file in the folder: %1")
                                  .arg(ledger.rowsWithoutFile);
    const QList<qsizetype> again = migrate::wouldRunAgain(folder, appliedRows(ledger));
    for (const qsizetype i : again)
        agreement.findings << migrate::ranUnderAnotherName(folder.migrations.at(i).tag);
    agreement.state = agreement.findings.isEmpty() ? State::InStep : State::Differs;
    if (missing)
        agreement.action = QStringLiteral("sluice check");
    else if (pending)
        agreement.action = QStringLiteral("sluice migrate");
    else if (edited)
        agreement.action =
            Text::tr("put the file back as it was applied, and write a new migration instead");
    else if (ledger.rowsWithoutFile)
        agreement.action = Text::tr("get the missing files from the branch that applied them");
    else if (!again.isEmpty())
        agreement.action = migrate::runAgainHint(folder.migrations.at(again.first()));
    return agreement;
}

/// The last migration that is applied, when all before it are as well; -1 for none.
Result<qsizetype> lastApplied(const migrate::Folder &folder, const runner::Ledger &ledger)
{
    const auto isApplied = [](runner::MigrationState state) {
        return state == runner::MigrationState::Applied || state == runner::MigrationState::Edited;
    };
    qsizetype last = -1;
    for (qsizetype i = 0; i < ledger.states.size(); ++i) {
        if (!isApplied(ledger.states.at(i)))
            continue;
        if (last != i - 1)
            return Error{
                .text = Text::tr("%1 is applied, but %2 before it is not")
                            .arg(folder.migrations.at(i).tag, folder.migrations.at(i - 1).tag)};
        last = i;
    }
    return last;
}

/// What the database ought to look like: the snapshot of the last migration that is applied.
Result<schema::Database> expectedSchema(const migrate::Folder &folder, const runner::Ledger &ledger)
{
    if (ledger.rowsWithoutFile)
        return Error{.text = Text::tr("a migration is applied that has no file")};
    const Result<qsizetype> last = lastApplied(folder, ledger);
    if (!last)
        return last.error();
    if (*last < 0)
        return schema::Database{};
    if (*last == folder.migrations.size() - 1)
        return folder.schema;
    return migrate::readSnapshot(folder, folder.migrations.at(*last));
}

/// Where what is applied lives, against what is there.
Result<Agreement> ledgerAndDatabase(const schema::Database &expected, const load::Catalog &catalog,
                                    const load::Config &config, QList<schema::Problem> &problems)
{
    Agreement agreement{.pair = Pair::LedgerAndDatabase};
    Scratch scratch{pg::Cluster::scratch()};
    QStringList notices;
    schema::Database live = withoutUndeclarable(
        withoutForeign(ofProjectSchemas(catalog.schema, config, expected), config, expected),
        catalog.surroundings, expected, notices);
    live.roles = load::rolesOf(catalog.serverRoles, catalogScope(config, expected));
    live = withUnread(live, catalog.unread, expected);
    const Result<Aligned> aligned =
        align(live, expected, scratch,
              {&catalog.surroundings, &catalog.schema, &catalog.extensionFunctions});
    if (!aligned)
        return aligned.error();
    for (const QString &notice : catalog.notices + notices + aligned->notices)
        problems << schema::Problem{.text = notice, .hint = {}, .location = {}, .importChain = {}};
    agreement.findings = described(diff::compare(expected, aligned->schema));
    agreement.state = agreement.findings.isEmpty() ? State::InStep : State::Differs;
    if (agreement.state == State::Differs)
        agreement.action =
            Text::tr("take the change into the code and generate, or take it back in the database");
    return agreement;
}

Agreement unknown(Pair pair, const QString &why)
{
    return {.pair = pair,
            .state = State::Unknown,
            .findings = why.isEmpty() ? QStringList() : QStringList{why},
            .action = {}};
}

/// The two pairs that need the server.
void lookAtServer(const Server &server, const migrate::Folder &folder, Status &status)
{
    auto &[codeFolder, folderLedger, ledgerDatabase] = status.pairs;
    const auto fail = [&](const Error &error) {
        status.obstacle = error;
        for (Agreement *pair : {&folderLedger, &ledgerDatabase}) {
            if (pair->findings.isEmpty() && pair->state == State::Unknown)
                pair->findings = {error.text};
        }
    };
    status.server = server.target.display();
    const runner::LedgerName name{server.config.ledgerSchema, server.config.ledgerTable};
    auto ledgerFuture = runner::readLedger(server.pool, folder, name);
    // What is applied says which schemas and roles count, and the ledger is still being read.
    load::CatalogScope scope = catalogScope(server.config, {});
    scope.schemas.clear();
    auto catalogFuture = load::catalog(server.pool, scope);
    const Result<runner::Ledger> ledger = base::await(ledgerFuture);
    const Result<load::Catalog> catalog = base::await(catalogFuture);
    if (!ledger)
        return fail(ledger.error());
    if (const auto error = migrate::unsound(folder, migrate::Needs::Migrations))
        return fail(*error);
    folderLedger = folderAndLedger(folder, *ledger);
    if (!catalog)
        return fail(catalog.error());
    if (const auto error = migrate::unsound(folder, migrate::Needs::Schema))
        return fail(*error);
    const Result<schema::Database> expected = expectedSchema(folder, *ledger);
    if (!expected) // the pair before says what to do
        ledgerDatabase = unknown(Pair::LedgerAndDatabase, expected.error().text);
    else if (auto agreement =
                 ledgerAndDatabase(*expected, *catalog, server.config, status.problems))
        ledgerDatabase = *agreement;
    else
        fail(agreement.error());
}
} // namespace

const Agreement *Status::firstToHeal() const
{
    const auto found = std::ranges::find(pairs, State::Differs, &Agreement::state);
    return found == pairs.end() ? nullptr : &*found;
}

Result<Status> status(const base::Installation &installation, const ServerOptions &options)
{
    const Result<load::Code> code = load::currentCode(installation, options.project);
    if (!code)
        return code.error();
    const Result<migrate::Folder> folder = readFolder(code->config);
    if (!folder)
        return folder.error();
    Status status{.server = {}, .problems = code->problems, .pairs = {}, .obstacle = {}};
    const Result<migrate::RenameAnswers> kept = migrate::readAnswers(folder->path);
    status.pairs = {codeAndFolder(*code, *folder, kept), unknown(Pair::FolderAndLedger, {}),
                    unknown(Pair::LedgerAndDatabase, {})};
    if (isIncomplete(code->problems))
        status.obstacle = incompleteCode(options.project, code->problems);
    else
        status.obstacle = migrate::unsound(*folder, migrate::Needs::Schema);
    if (!status.obstacle && !kept)
        status.obstacle = kept.error();
    // The url is never kept with the code.
    const Result<Server> server = code->config.url.isEmpty()
                                      ? serverOf(installation, options, false)
                                      : serverOf(code->config, options, false);
    if (server) {
        lookAtServer(*server, *folder, status);
        return status;
    }
    status.obstacle = server.error();
    for (Agreement &pair : status.pairs) {
        if (pair.pair != Pair::CodeAndFolder)
            pair.findings = {server.error().text};
    }
    return status;
}

} // namespace session
