// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/shell/summary.h"

#include "session/problems.h"

namespace studio
{

using session::Loaded;

namespace
{

template <typename T> TitleState::Connection connectionOf(const Loaded<T> &database)
{
    switch (database.state) {
    case Loaded<T>::State::Loading:
        return TitleState::Connection::Connecting;
    case Loaded<T>::State::Ready:
        return TitleState::Connection::Connected;
    case Loaded<T>::State::Failed:
        return TitleState::Connection::Failed;
    case Loaded<T>::State::None:
        break;
    }
    return TitleState::Connection::NotConnected;
}

} // namespace

TitleState titleOf(const session::Project &project)
{
    TitleState state{.project = project.name(),
                     .environment = project.environmentName(),
                     .server = project.serverText(),
                     .connection = connectionOf(project.database()),
                     .hasTenants = project.hasTenants(),
                     .tenant = {},
                     .leaseEnd = {}};
    if (state.connection == TitleState::Connection::Connected && project.isServerLost())
        state.connection = TitleState::Connection::Lost;
    if (state.environment.isEmpty())
        state.connection = TitleState::Connection::NoServer;
    if (const auto tenant = project.tenant())
        state.tenant = tenant->text();
    state.nestedWhat = project.nestedRoot().name;
    if (const auto nested = project.nested())
        state.nested = nested->text();
    state.isTenantWanted = project.isTenantWanted();
    if (project.allTenantsEnd().isValid())
        state.allTenantsEnd = project.allTenantsEnd();
    if (project.writable())
        state.leaseEnd = project.leaseEnd();
    return state;
}

QHash<schema::Name, TableFacts> factsOf(const session::Project &project)
{
    QHash<schema::Name, TableFacts> facts;
    const bool tenants = project.hasTenants();
    const auto add = [&](const schema::Database &database) {
        const auto note = [&](const schema::Name &name, qint64 rows) {
            TableFacts known{.rows = rows, .scoping = {}};
            if (tenants) {
                const tenant::TableScope scope = project.tableScope(name);
                known.scoping = scope.scoping;
                known.reason = scope.reason;
                known.shared = project.sharedRows(name);
            }
            facts.insert(name, known);
        };
        for (const schema::Table &table : database.tables)
            note(table.name, project.rowEstimate(table.name));
        // Nothing is counted of a view that is computed anew each time.
        for (const schema::View &view : database.views)
            note(view.name, view.materialized ? project.rowEstimate(view.name) : -1);
    };
    if (project.database().value)
        add(*project.database().value);
    if (project.code().value)
        add(project.code().value->schema);
    return facts;
}

StatusPart codeAgainstFolder(const session::Project &project)
{
    if (!project.pendingPlan())
        return {};
    return codeAgainstFolder(project.pendingDifference().changes.size(),
                             !project.pendingPlan()->errors.isEmpty());
}

StatusPart codeAgainstDatabase(const session::Project &project)
{
    const Loaded<session::Comparison> &comparison = project.comparison();
    using State = Loaded<session::Comparison>::State;
    if (comparison.state == State::None)
        return {};
    if (comparison.state == State::Failed)
        return codeAgainstDatabase(ComparisonState::Failed, 0);
    // While they are compared anew, what was said before stays.
    if (!comparison.value)
        return codeAgainstDatabase(ComparisonState::Running, 0);
    return codeAgainstDatabase(ComparisonState::Done, comparison.value->difference.changes.size());
}

StatusPart serverInWords(const session::Project &project)
{
    if (project.name().isEmpty())
        return {};
    return serverInWords(project.openConnections(), project.serverVersion(),
                         project.isServerLost() ? ServerState::Lost : ServerState::Reached);
}

bool isBeingCompared(const session::Project &project)
{
    const auto &code = project.code();
    using State = Loaded<session::CodeState>::State;
    if (code.state == State::Loading)
        return true;
    const bool complete =
        code.state == State::Ready && code.value && !session::isIncomplete(code.value->problems);
    return complete && project.folder().value && !project.pendingPlan();
}

bool migrationsPending(const session::Project &project)
{
    return !project.pendingDifference().empty() ||
           (project.ledger().value && isPending(*project.ledger().value));
}

} // namespace studio
