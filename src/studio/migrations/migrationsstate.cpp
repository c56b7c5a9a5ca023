// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/migrations/migrationsstate.h"

#include <QCoreApplication>

namespace studio
{

namespace
{
using Source = MigrationsState::Source;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(studio::Migrations)
};
} // namespace

QString generateRefusal(const MigrationsState &state)
{
    if (!state.running.isEmpty())
        return state.running;
    if (state.code == Source::Failed)
        return Words::tr("The code cannot be read: %1").arg(state.codeError);
    if (state.folder == Source::Failed)
        return Words::tr("The migrations folder cannot be read: %1").arg(state.folderError);
    if (!state.folderObstacle.isEmpty())
        return Words::tr("The migrations folder cannot be relied on: %1").arg(state.folderObstacle);
    if (state.code == Source::Loading)
        return Words::tr("The code is being read");
    if (state.incomplete)
        return Words::tr("Parts of the schema could not be read: mend the errors first, since "
                         "what is missing would look as if it had been dropped");
    if (!state.compared)
        return Words::tr("Code and folder were not compared yet");
    if (state.refused)
        return Words::tr("Some changes cannot be made as they are, so nothing can be written");
    if (!state.differs)
        return Words::tr("Code and folder are in step: there is nothing to generate");
    if (state.openQuestions > 0)
        return Words::tr("Answer first whether this is a rename");
    return {};
}

QString generateText(const MigrationsState &state)
{
    return state.nextNumber.isEmpty() ? Words::tr("Generate")
                                      : Words::tr("Generate %1").arg(state.nextNumber);
}

ApplyAction applyAction(const MigrationsState &state)
{
    if (!state.running.isEmpty() || state.folder != Source::Ready ||
        !state.folderObstacle.isEmpty())
        return ApplyAction::None;
    switch (state.ledger) {
    case Source::None:
    case Source::Failed:
        return ApplyAction::Connect;
    case Source::Loading:
        return ApplyAction::None;
    case Source::Ready:
        break;
    }
    if (state.pending == 0)
        return ApplyAction::None;
    return state.writable ? ApplyAction::Apply : ApplyAction::AskForLease;
}

QString applyRefusal(const MigrationsState &state)
{
    if (!state.running.isEmpty())
        return state.running;
    if (state.folder != Source::Ready)
        return Words::tr("The migrations folder was not read yet");
    if (!state.folderObstacle.isEmpty())
        return Words::tr("The migrations folder cannot be relied on: %1").arg(state.folderObstacle);
    switch (state.ledger) {
    case Source::None:
        return Words::tr("Which migrations are applied is known after the first connection");
    case Source::Failed:
        return Words::tr("Which migrations are applied cannot be read: %1").arg(state.ledgerError);
    case Source::Loading:
        return Words::tr("The table of applied migrations is being read");
    case Source::Ready:
        break;
    }
    if (state.pending == 0)
        return Words::tr("Every migration of the folder is applied");
    if (!state.writable)
        return Words::tr("The connection is read-only: applying needs a write lease");
    return {};
}

QString applyText(const MigrationsState &state)
{
    switch (state.ledger) {
    case Source::None:
        return Words::tr("Check what is applied");
    case Source::Failed:
        return Words::tr("Try again");
    case Source::Loading:
    case Source::Ready:
        break;
    }
    return state.pending == 0 ? Words::tr("Apply")
                              : Words::tr("Apply %1 pending").arg(state.pending);
}

} // namespace studio
