// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runner/ledger.h"
#include "schema/problem.h"

#include <QString>

namespace studio
{

/// A summary in the status row: words, and whether they want attention.
struct StatusPart {
    QString text = {};
    QString tone = QStringLiteral("dim"); ///< a tone of the theme
    QString tip = {};
};

/// "code ↔ folder: 6 changes": how many changes, and whether no statements can make them.
StatusPart codeAgainstFolder(qsizetype changes, bool refused);
enum class ComparisonState { Running, Done, Failed };
/// "code ↔ database: 3 differences".
StatusPart codeAgainstDatabase(ComparisonState state, qsizetype changes);
/// "folder ↔ ledger: 2 pending".
StatusPart folderAgainstLedger(const runner::Ledger &ledger);
/// "2 errors, 1 notice"; empty without any.
StatusPart problemsInWords(const QList<schema::Problem> &problems);
enum class ServerState { Reached, Lost };
/// "2 connections · PostgreSQL 15.20", from a version as 150020; "not connected" before the first,
/// "no connection" after the last was lost.
StatusPart serverInWords(int connections, int version, ServerState state);
/// Whether a migration of the folder waits to be applied.
bool isPending(const runner::Ledger &ledger);

} // namespace studio
