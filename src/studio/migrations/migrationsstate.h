// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace studio
{

/// What the page's buttons depend on, as plain values.
struct MigrationsState {
    enum class Source { None, Loading, Ready, Failed };

    Source code = Source::None;
    Source folder = Source::None;
    Source ledger = Source::None;
    QString codeError, folderError, ledgerError; ///< one line each, when failed
    QString folderObstacle;  ///< why the folder was read and cannot be relied on; one line
    bool incomplete = false; ///< parts of the code could not be read
    bool compared = false;   ///< code against folder
    bool differs = false;
    bool safe = false;     ///< the plan takes the variants that keep nobody waiting
    bool refused = false;  ///< no statements can make the changes
    int openQuestions = 0; ///< renames without an answer
    int pending = 0;       ///< migrations that are not applied, when the ledger is ready
    bool writable = false; ///< a write lease runs
    QString running;       ///< the work that runs right now, in words, or empty
    QString nextNumber;    ///< "0006", or empty when files are not numbered
    bool operator==(const MigrationsState &) const = default;
};

/// Why nothing can be generated now, one sentence; empty when it can.
QString generateRefusal(const MigrationsState &state);
/// "Generate 0006".
QString generateText(const MigrationsState &state);

/// What the second button does: the ledger has to be read before anything can be applied.
enum class ApplyAction { None, Connect, AskForLease, Apply };
ApplyAction applyAction(const MigrationsState &state);
/// Why nothing can be applied, or what is missing for it; empty when it can.
QString applyRefusal(const MigrationsState &state);
/// "Apply 2 pending", "Check what is applied".
QString applyText(const MigrationsState &state);

} // namespace studio
