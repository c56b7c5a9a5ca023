// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/shell/statusparts.h"

#include <QCoreApplication>

#include <algorithm>

namespace studio
{

namespace
{

struct Text {
    Q_DECLARE_TR_FUNCTIONS(studio::StatusPart)
};

qsizetype countOf(const runner::Ledger &ledger, runner::MigrationState state)
{
    return std::count(ledger.states.cbegin(), ledger.states.cend(), state);
}

} // namespace

StatusPart codeAgainstFolder(qsizetype changes, bool refused)
{
    if (changes == 0)
        return {.text = Text::tr("code ↔ folder: in step")};
    StatusPart part{.text = changes == 1 ? Text::tr("code ↔ folder: 1 change")
                                         : Text::tr("code ↔ folder: %1 changes").arg(changes),
                    .tone = QStringLiteral("changed"),
                    .tip = Text::tr("The code has changes that no migration holds yet")};
    if (refused)
        part.tip += QLatin1Char('\n') + Text::tr("Some of them cannot be made as they are");
    return part;
}

StatusPart codeAgainstDatabase(ComparisonState state, qsizetype changes)
{
    if (state == ComparisonState::Running)
        return {.text = Text::tr("code ↔ database: comparing…"), .tone = QStringLiteral("dim")};
    if (state == ComparisonState::Failed)
        return {.text = Text::tr("code ↔ database: not compared"),
                .tone = QStringLiteral("removed"),
                .tip = Text::tr("They could not be compared; the message says why")};
    if (changes == 0)
        return {.text = Text::tr("code ↔ database: in step"), .tone = QStringLiteral("dim")};
    return {.text = changes == 1 ? Text::tr("code ↔ database: 1 difference")
                                 : Text::tr("code ↔ database: %1 differences").arg(changes),
            .tone = QStringLiteral("changed"),
            .tip = Text::tr("What turns the database into what the code says; click for the list")};
}

StatusPart folderAgainstLedger(const runner::Ledger &ledger)
{
    const qsizetype pending = countOf(ledger, runner::MigrationState::Pending);
    const qsizetype edited = countOf(ledger, runner::MigrationState::Edited);
    const qsizetype skipped = countOf(ledger, runner::MigrationState::Skipped);
    QStringList parts;
    if (pending > 0)
        parts << Text::tr("%1 pending").arg(pending);
    if (skipped > 0)
        parts << Text::tr("%1 skipped").arg(skipped);
    if (edited > 0)
        parts << Text::tr("%1 edited after it ran").arg(edited);
    if (ledger.rowsWithoutFile > 0)
        parts << Text::tr("%1 without a file").arg(ledger.rowsWithoutFile);
    if (parts.isEmpty())
        return {.text = Text::tr("folder ↔ ledger: in step")};
    const bool grave = edited > 0 || skipped > 0 || ledger.rowsWithoutFile > 0;
    return {.text = Text::tr("folder ↔ ledger: %1").arg(parts.join(QStringLiteral(", "))),
            .tone = grave ? QStringLiteral("removed") : QStringLiteral("changed"),
            .tip = Text::tr("What the database has applied, against the migrations in the folder")};
}

StatusPart problemsInWords(const QList<schema::Problem> &problems)
{
    const qsizetype errors =
        std::ranges::count(problems, schema::Problem::Severity::Error, &schema::Problem::severity);
    const qsizetype notices = problems.size() - errors;
    QStringList words;
    if (errors > 0)
        words << (errors == 1 ? Text::tr("1 error") : Text::tr("%1 errors").arg(errors));
    if (notices > 0)
        words << (notices == 1 ? Text::tr("1 notice") : Text::tr("%1 notices").arg(notices));
    return {.text = words.join(QStringLiteral(", ")),
            .tone = errors > 0 ? QStringLiteral("removed") : QStringLiteral("dim"),
            .tip = Text::tr("What the code's loader noticed; click for the list")};
}

StatusPart serverInWords(int connections, int version, ServerState state)
{
    if (version <= 0)
        return {.text = Text::tr("not connected")};
    const bool isLost = state == ServerState::Lost;
    const QString count = isLost             ? Text::tr("no connection")
                          : connections == 1 ? Text::tr("1 connection")
                                             : Text::tr("%1 connections").arg(connections);
    return {.text = QStringLiteral("%1 · PostgreSQL %2.%3")
                        .arg(count)
                        .arg(version / 10'000)
                        .arg(version % 10'000),
            .tone = isLost ? QStringLiteral("removed") : QStringLiteral("dim"),
            .tip = isLost ? Text::tr("The server is not reached; the next read tries again")
                          : QString()};
}

bool isPending(const runner::Ledger &ledger)
{
    return countOf(ledger, runner::MigrationState::Pending) > 0 ||
           countOf(ledger, runner::MigrationState::Skipped) > 0;
}

} // namespace studio
