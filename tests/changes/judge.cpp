// SPDX-License-Identifier: GPL-3.0-or-later
#include "judge.h"

#include "base/receive.h"
#include "migrate/folder.h"
#include "pg/serverprograms.h"
#include "readcode.h"
#include "rowcheck.h"
#include "runner/ledger.h"
#include "session/align.h"
#include "session/scratch.h"
#include "site.h"
#include "state.h"
#include "written.h"

namespace changes
{

namespace
{

using base::Done;
using base::Error;
using base::Result;

Error failure(const QString &text)
{
    return Error{.text = text};
}

QStringList rolesOf(const Trial &trial)
{
    QStringList names;
    for (const schema::Role &role : trial.before.roles + trial.after.roles)
        names << role.name;
    names.removeDuplicates();
    return names;
}

load::CatalogScope scopeOf(const Trial &trial)
{
    load::CatalogScope scope;
    scope.declaredRoles = rolesOf(trial);
    return scope;
}

QString inWords(const migrate::Plan &plan)
{
    return QStringLiteral("\nThe plan:\n") + migrate::fileText(plan, false);
}

QString leftOver(const diff::Difference &difference);

/// What the code says against the live database: nothing, directly after a plan.
Result<QString> leftOver(const load::Catalog &catalog, const schema::Database &code,
                         session::Scratch &scratch, const QStringList &roles)
{
    schema::Database live = catalog.schema;
    live.roles.removeIf([&](const schema::Role &role) { return !roles.contains(role.name); });
    const auto aligned =
        session::align(live, code, scratch, {&catalog.surroundings, &catalog.schema});
    if (!aligned)
        return aligned.error();
    return leftOver(diff::compare(aligned->schema, code));
}

QString leftOver(const diff::Difference &difference)
{
    QStringList lines;
    for (const diff::Change &change : difference.changes)
        lines << diff::describe(change);
    return lines.join(u'\n');
}

/// A migrations folder and the database that it is applied to.
class Project
{
public:
    Project(const QString &folder, Database &database)
        : m_folder(folder)
        , m_database(database)
    {
    }

    Result<migrate::Folder> folder() const { return migrate::readFolder(m_folder); }

    Result<Done> write(const migrate::Plan &plan, const schema::Database &state)
    {
        return writePlan(m_folder, plan, state, QStringLiteral("second"));
    }

    Result<Done> apply()
    {
        const auto current = folder();
        if (!current)
            return current.error();
        const auto applied = base::await(runner::apply(m_database.pool(), *current, {}));
        if (!applied)
            return applied.error();
        return Done{};
    }

    /// Makes \a state of nothing: by \a content, or by our plan when that is empty.
    Result<Done> make(const schema::Database &state, const QByteArray &content)
    {
        const migrate::Plan plan = migrate::plan(diff::compare({}, state), {}, state);
        if (const QString refused = objection(plan); !refused.isEmpty())
            return failure(QStringLiteral("From nothing: ") + refused);
        if (plan.lines.isEmpty() && content.isEmpty())
            return Done{};
        const auto written = writePlan(m_folder, plan, state, QStringLiteral("first"), content);
        if (!written)
            return written;
        const auto applied = apply();
        if (!applied)
            return failure(base::toLine(applied.error()) + inWords(plan));
        return Done{};
    }

private:
    QString m_folder;
    Database &m_database;
};

/// One trial from begin to end; stops where it makes no sense to go on.
class Hearing
{
public:
    Hearing(const Trial &trial, Site &site, session::Scratch &scratch, const QString &folder)
        : m_trial(trial)
        , m_site(site)
        , m_scratch(scratch)
        , m_folder(folder)
    {
    }

    QStringList complaints()
    {
        const auto changed = change();
        if (!changed)
            return m_complaints << base::toLine(changed.error());
        if (m_trial.refused)
            return m_complaints;
        const auto made = makeOfNothing();
        if (!made)
            return m_complaints << QStringLiteral("The state to compare with: ") +
                                       base::toLine(made.error());
        // What nobody declares is a difference as much in the one as in the other.
        if (m_leftOver != m_leftOverOfNothing)
            m_complaints
                << QStringLiteral(
                       "Database and code still differ:\n%1\nand when it is made of nothing:\n%2")
                       .arg(m_leftOver, m_leftOverOfNothing);
        const bool alone = m_trial.besideAfter.isEmpty() && m_trial.prelude.isEmpty();
        if (alone && !m_leftOverOfNothing.isEmpty())
            m_complaints << QStringLiteral("Made of nothing, database and code differ:\n") +
                                m_leftOverOfNothing;
        const QStringList differs = differences(*changed, *made);
        if (!differs.isEmpty())
            m_complaints << differs << inWords(m_plan);
        return m_complaints;
    }

private:
    /// A: the database that is changed.
    Result<State> change()
    {
        Database database(m_site, rolesOf(m_trial));
        Project project(m_folder + QStringLiteral("/drizzle"), database);
        if (const auto done = prepare(database, project); !done)
            return done.error();
        Result<State> earlier = State{};
        if (m_trial.back) {
            earlier = stateNow(database);
            if (!earlier)
                return earlier.error();
        }
        const RowCheck rows(m_trial, *database.pool());
        if (const auto done = planAndApply(database, project); !done)
            return done.error();
        if (m_trial.refused)
            return State{};
        m_complaints << rows.lost();
        m_complaints << unmet(m_trial.expectations, *database.pool());
        const auto folder = project.folder();
        if (!folder)
            return folder.error();
        lookAtFolder(*folder);
        if (!m_plan.lines.isEmpty())
            lookAtSnapshot(*folder, m_trial.afterSnapshot);
        const auto changed = lookAtDatabase(database, m_leftOver);
        if (m_trial.back && changed)
            goBack(database, *earlier);
        return changed;
    }

    Result<State> stateNow(Database &database) const
    {
        const auto catalog = base::await(load::catalog(database.pool(), scopeOf(m_trial)));
        if (!catalog)
            return catalog.error();
        return stateOf(*catalog, database.pool()->settings(), pgDump(), rolesOf(m_trial));
    }

    /// Takes the plan back: what was there \a earlier is there again.
    void goBack(Database &database, const State &earlier)
    {
        QStringList script;
        for (auto step = m_plan.steps.crbegin(); step != m_plan.steps.crend(); ++step) {
            for (const migrate::ReverseStatement &statement : migrate::reverse(m_plan, *step)) {
                script << statement.sql;
                const auto done = database.run(statement.sql.toUtf8());
                if (done)
                    continue;
                m_complaints << QStringLiteral("The way back: ") + base::toLine(done.error()) +
                                    u'\n' + script.join(u'\n') + inWords(m_plan);
                return;
            }
        }
        const auto now = stateNow(database);
        const QStringList differs =
            now ? differences(*now, earlier) : QStringList{base::toLine(now.error())};
        if (!differs.isEmpty())
            m_complaints << QStringLiteral("After the way back, against what was there before:")
                         << differs << script.join(u'\n') << inWords(m_plan);
    }

    Result<Done> prepare(Database &database, Project &project)
    {
        if (const auto done = database.run(m_trial.prelude); !done)
            return failure(QStringLiteral("The prelude: ") + base::toLine(done.error()));
        if (const auto done = project.make(m_trial.before, m_trial.beforeFile); !done)
            return failure(QStringLiteral("The state before: ") + base::toLine(done.error()));
        if (const auto done = database.run(m_trial.besideBefore); !done)
            return failure(QStringLiteral("What is beside it: ") + base::toLine(done.error()));
        if (const auto done = database.run(m_trial.rows); !done)
            return failure(QStringLiteral("The rows: ") + base::toLine(done.error()));
        const auto folder = project.folder();
        if (!folder)
            return folder.error();
        lookAtSnapshot(*folder, m_trial.beforeSnapshot);
        return Done{};
    }

    Result<Done> planAndApply(Database &database, Project &project)
    {
        const auto folder = project.folder();
        if (!folder)
            return folder.error();
        const auto live = base::await(load::catalog(database.pool(), scopeOf(m_trial)));
        if (!live)
            return live.error();
        // Only who looks at the database knows what is beside the schema.
        migrate::PlanOptions options;
        if (!m_trial.besideBefore.isEmpty())
            options.surroundings = &live->surroundings;
        const diff::Difference difference =
            diff::compare(folder->schema, m_trial.after, m_trial.answers);
        m_plan = migrate::plan(difference, folder->schema, m_trial.after, options);
        const auto violated = violations(*database.pool());
        if (!violated)
            return failure(base::toLine(violated.error()) + inWords(m_plan));
        if (m_trial.refused)
            return beRefused(project, *violated);
        if (const QString refused = objection(m_plan); !refused.isEmpty())
            return failure(refused + inWords(m_plan));
        if (!violated->isEmpty())
            return failure(violated->join(u'\n') + inWords(m_plan));
        if (m_plan.lines.isEmpty())
            return Done{};
        if (const auto done = project.write(m_plan, m_trial.after); !done)
            return done;
        const auto applied = project.apply();
        if (!applied)
            return failure(base::toLine(applied.error()) + inWords(m_plan));
        return Done{};
    }

    /// A plan that should not run: something speaks against it, and rightly.
    Result<Done> beRefused(Project &project, const QStringList &violated)
    {
        if (!m_plan.errors.isEmpty())
            return Done{};
        if (violated.isEmpty())
            return failure(QStringLiteral("Nothing speaks against the plan") + inWords(m_plan));
        if (const auto done = project.write(m_plan, m_trial.after); !done)
            return done;
        return project.apply() ? failure(QStringLiteral("It would have worked: ") +
                                         violated.join(u'\n') + inWords(m_plan))
                               : Result<Done>(Done{});
    }

    /// What the checks before the plan find. An error when one does not run, or its two queries do
    /// not agree.
    Result<QStringList> violations(pg::Pool &pool) const
    {
        QStringList found;
        for (const migrate::PreCheck &check : m_plan.preChecks) {
            const auto count = base::await(pool.run({.text = check.countSql}));
            const auto rows = base::await(pool.run({.text = check.sql}));
            if (!count || !rows)
                return failure(base::toLine((count ? rows : count).error()) + u'\n' +
                               (count ? check.sql : check.countSql));
            const QString number = count->text(0, 0);
            if ((rows->rowCount() == 0) != (number == QLatin1String("0")))
                return failure(QStringLiteral("%1 rows are counted, %2 shown: %3")
                                   .arg(number, QString::number(rows->rowCount()), check.what));
            if (rows->rowCount() > 0)
                found << number + QStringLiteral(" rows: ") + check.what;
        }
        return found;
    }

    void lookAtFolder(const migrate::Folder &folder)
    {
        const QString left = leftOver(diff::compare(folder.schema, m_trial.after));
        if (!left.isEmpty())
            m_complaints << QStringLiteral("Folder and code still differ:\n") + left;
        for (const QString &notice : folder.notices)
            m_complaints << QStringLiteral("The folder: ") + notice;
    }

    /// What the last migration says that the schema is then, against what drizzle-kit wrote of it.
    void lookAtSnapshot(const migrate::Folder &folder, const QByteArray &theirs)
    {
        if (theirs.isEmpty() || folder.migrations.isEmpty())
            return;
        const QString number = folder.migrations.last().tag.section(u'_', 0, 0);
        const QString differs = snapshotDifference(
            theirs, folder.path + QStringLiteral("/meta/%1_snapshot.json").arg(number));
        if (!differs.isEmpty())
            m_complaints << differs;
    }

    /// B: the database that is made of nothing.
    Result<State> makeOfNothing()
    {
        Database database(m_site, rolesOf(m_trial));
        Project project(m_folder + QStringLiteral("/fresh"), database);
        if (const auto done = database.run(m_trial.prelude); !done)
            return done.error();
        if (const auto done = project.make(m_trial.after, m_trial.afterFile); !done)
            return done.error();
        const auto folder = project.folder();
        if (!folder)
            return folder.error();
        lookAtSnapshot(*folder, m_trial.afterSnapshot);
        if (const auto done = database.run(m_trial.besideAfter); !done)
            return failure(QStringLiteral("What is beside it: ") + base::toLine(done.error()));
        return lookAtDatabase(database, m_leftOverOfNothing);
    }

    Result<State> lookAtDatabase(Database &database, QString &left)
    {
        const auto catalog = base::await(load::catalog(database.pool(), scopeOf(m_trial)));
        if (!catalog)
            return catalog.error();
        const auto differs = leftOver(*catalog, m_trial.after, m_scratch, rolesOf(m_trial));
        if (!differs)
            return differs.error();
        left = *differs;
        return stateOf(*catalog, database.pool()->settings(), pgDump(), rolesOf(m_trial));
    }

    static QString pgDump()
    {
        const auto programs = pg::serverProgramFolder();
        return (programs ? *programs + u'/' : QString()) + QStringLiteral("pg_dump");
    }

    const Trial &m_trial;
    Site &m_site;
    session::Scratch &m_scratch;
    QString m_folder;
    QString m_leftOver, m_leftOverOfNothing;
    migrate::Plan m_plan;
    QStringList m_complaints;
};

} // namespace

Judge::Judge()
    : m_server(std::make_unique<testsupport::Server>())
    , m_scratch(std::make_unique<session::Scratch>(testsupport::testCluster()))
{
}

Judge::~Judge() = default;

QStringList Judge::verdict(const Trial &trial)
{
    m_folder = std::make_unique<QTemporaryDir>();
    if (!m_site)
        m_site = std::make_unique<Site>(m_server->lease());
    return Hearing(trial, *m_site, *m_scratch, m_folder->path()).complaints();
}

QString Judge::folder() const
{
    return m_folder->filePath(QStringLiteral("drizzle"));
}

} // namespace changes
