// SPDX-License-Identifier: GPL-3.0-or-later
#include "schema/place.h"
#include "studio/shell/mainwindow.h"

#include "session/connection.h"
#include "session/problems.h"
#include "studio/connect/connectionstrip.h"
#include "studio/differences/differencespanel.h"
#include "studio/problems/problemspanel.h"
#include "studio/shell/bottompanel.h"
#include "studio/shell/configchooser.h"
#include "studio/shell/pagetabs.h"
#include "studio/shell/placeopener.h"
#include "studio/shell/serverchooser.h"
#include "studio/shell/summary.h"
#include "studio/shell/tenancymenu.h"
#include "studio/shell/tenantpicker.h"
#include "studio/tree/treepanel.h"
#include "studio/widgets/messagebar.h"

#include <QSplitter>
#include <QStackedWidget>

#include <QPushButton>
#include <algorithm>

namespace studio
{

// What the window says of the project when something of it has changed.

template <typename T>
void MainWindow::report(const session::Loaded<T> &source, const QString &key, Message message)
{
    if (!source.error) {
        m_messages->dismiss(key);
        return;
    }
    if (source.error->kind == base::ErrorKind::Cancelled)
        return;
    const Message words = Message::of(*source.error, key);
    message.severity = words.severity;
    message.key = key;
    message.what = words.what;
    message.where = words.where;
    message.why = words.why;
    message.todo = words.todo;
    m_messages->post(message);
}

/// Says why the code was not read, with the way out.
void MainWindow::reportCode()
{
    const auto &code = m_project.code();
    const QList<schema::Problem> problems = m_project.problems();
    const auto key = QStringLiteral("code");
    if (code.error && code.error->kind == base::ErrorKind::Ambiguous) {
        m_messages->post({.severity = Message::Severity::Notice,
                          .key = key,
                          .what = code.error->text,
                          .why = code.error->detail,
                          .action = tr("Choose the config…"),
                          .run = [this] { askConfig(); }});
        return;
    }
    Message message{.action = tr("Reload"), .run = [this] { m_project.reload(); }};
    if (code.error && !problems.isEmpty() && !problems.constFirst().location.file.isEmpty()) {
        message.action = tr("Open in the editor");
        message.run = [this, place = problems.constFirst().location] { m_places->open(place); };
    }
    report(code, key, message);
}

/// Points at what is missing from a schema that was read.
void MainWindow::reportIncomplete()
{
    const auto key = QStringLiteral("incomplete");
    const auto &code = m_project.code();
    if (code.error || !code.value || !session::isIncomplete(code.value->problems)) {
        m_messages->dismiss(key);
        return;
    }
    const QList<schema::Problem> problems = m_project.problems();
    const schema::Problem &first = problems.constFirst();
    const auto errors =
        std::ranges::count(problems, schema::Problem::Severity::Error, &schema::Problem::severity);
    QStringList why{code.value->stale ? tr("The tree shows what the code said before")
                                      : tr("What could not be read is missing from the tree")};
    why << tr("no migration is written until it is mended");
    m_messages->post(
        {.severity = Message::Severity::Error,
         .key = key,
         .what = errors == 1 ? first.text : tr("%1 (and %2 more)").arg(first.text).arg(errors - 1),
         .where = schema::toText(first.location),
         .why = why.join(QStringLiteral("; ")),
         .action = tr("Show the problems"),
         .run = [this] { showProblems(); }});
}

void MainWindow::askConfig()
{
    m_configAsked = true;
    m_configs->popUp(m_project.path());
}

void MainWindow::codeChanged()
{
    const auto &code = m_project.code();
    const QList<schema::Problem> problems = m_project.problems();
    const bool ambiguous = code.error && code.error->kind == base::ErrorKind::Ambiguous;
    reportCode();
    if (ambiguous && !m_configAsked && m_configs->count() > 1)
        askConfig();
    m_tree->setEmptyText(ambiguous ? tr("Choose one of the repository's drizzle configs.")
                         : code.error || (code.value && session::isIncomplete(code.value->problems))
                             ? tr("The schema could not be read.")
                         : code.value ? tr("The schema has no tables.")
                                      : tr("Reading the schema…"));
    reportIncomplete();
    showProblemsOf(problems);
    refreshFacts();
    refreshTitle();
    refreshStatus();
}

void MainWindow::showProblemsOf(const QList<schema::Problem> &problems)
{
    m_problems->setProblems(problems);
    m_problems->setEmptyText(m_project.code().value ? tr("The code was read without a remark.")
                                                    : tr("The schema has not been read yet."));
    m_bottom->setTitle(m_problems, problems.isEmpty() ? tr("Problems")
                                                      : tr("Problems (%1)").arg(problems.size()));
    m_status->setProblems(problemsInWords(problems));
}

void MainWindow::showProblems()
{
    m_body->setCurrentWidget(m_splitter);
    m_bottom->open(m_problems);
}

/// Where nobody is chosen, rows wait for it: that is said until it is done.
void MainWindow::askTenant()
{
    const QString key = QStringLiteral("tenant");
    if (!m_project.isTenantWanted() || !m_project.tenants().value)
        return m_messages->dismiss(key);
    m_messages->post({.severity = Message::Severity::Notice,
                      .key = key,
                      .what = tr("Whose rows do you want to see?"),
                      .todo = tr("Choose a tenant, or all of them for a while"),
                      .action = tr("Choose the tenant…"),
                      .run = [this] { m_tenants->popUp(m_title->tenantButton()); }});
}

void MainWindow::addTenancyTo(QMenu *menu, const schema::Name &table)
{
    addTenancy(*menu, m_project, table, [this](const tenant::Settings &said) {
        if (const auto kept = m_project.keepTenantSettings(said); !kept)
            m_messages->post(Message::of(kept.error(), QStringLiteral("tenancy")));
        else
            m_messages->dismiss(QStringLiteral("tenancy"));
    });
}

void MainWindow::folderChanged()
{
    report(m_project.folder(), QStringLiteral("folder"),
           {.action = tr("Reload"), .run = [this] { m_project.reload(); }});
    refreshStatus();
}

/// Of a connection that failed. The same name and password are refused again, and a database that
/// is not there does not come by itself.
Message MainWindow::wayOut(const base::Error &error)
{
    if (error.kind == base::ErrorKind::Authentication || error.sqlState == QLatin1String("3D000"))
        return {.action = tr("Connection…"), .run = [this] { m_servers->ask(); }};
    return {.action = tr("Try again"), .run = [this] { m_project.connectDatabase(); }};
}

void MainWindow::databaseChanged()
{
    report(m_project.database(), QStringLiteral("database"),
           wayOut(m_project.database().error.value_or(base::Error())));
    refreshFacts();
    refreshTitle();
    refreshStatus();
}

void MainWindow::ledgerChanged()
{
    // One broken connection is one message.
    if (m_project.ledger().error != m_project.database().error)
        report(m_project.ledger(), QStringLiteral("ledger"), {});
    refreshStatus();
}

void MainWindow::comparisonChanged()
{
    const session::Loaded<session::Comparison> &comparison = m_project.comparison();
    report(comparison, QStringLiteral("comparison"),
           {.action = tr("Try again"), .run = [this] { m_project.connectDatabase(); }});
    const session::Comparison shown = comparison.value.value_or(session::Comparison());
    const qsizetype count = shown.difference.changes.size();
    m_differences->setDifferences(shown.difference.changes, shown.notices);
    m_differences->setEmptyText(comparison.error   ? tr("Code and database could not be compared.")
                                : comparison.value ? tr("Code and database are in step.")
                                : comparison.state ==
                                        session::Loaded<session::Comparison>::State::Loading
                                    ? tr("Comparing code and database…")
                                    : tr("Connect to see how the database differs from the code."));
    m_bottom->setTitle(m_differences,
                       count == 0 ? tr("Differences") : tr("Differences (%1)").arg(count));
    m_status->setCodeDatabase(codeAgainstDatabase(m_project));
}

void MainWindow::showDifferences()
{
    m_body->setCurrentWidget(m_splitter);
    m_bottom->open(m_differences);
}

void MainWindow::refreshTree()
{
    m_tree->setNodes(m_project.tree());
    refreshFacts();
}

void MainWindow::refreshFacts()
{
    m_tree->setFacts(factsOf(m_project), m_project.tenantColumn());
}

void MainWindow::refreshTitle()
{
    const TitleState state = titleOf(m_project);
    m_title->setState(state);
    const bool open = !state.project.isEmpty();
    using Connection = TitleState::Connection;
    const bool server = state.connection != Connection::NoServer;
    m_strip->setState(!open     ? ConnectionStrip::State::Hidden
                      : !server ? ConnectionStrip::State::NoServer
                      : state.connection == Connection::NotConnected
                          ? ConnectionStrip::State::NotConnected
                      : state.connection == Connection::Failed ? ConnectionStrip::State::Failed
                                                               : ConnectionStrip::State::Hidden);
    const QString closed = tr("Open a project first");
    const QString serverless = tr("The project names no database; choose a server first");
    for (const ActionId id :
         {ActionId::Reload, ActionId::ChooseServer, ActionId::NewQuery, ActionId::Migrations,
          ActionId::FilterTree, ActionId::Problems, ActionId::Differences, ActionId::OpenSource})
        m_actions->setPossible(id, open, closed);
    m_actions->setPossible(ActionId::ChooseConfig, open && m_configs->count() > 1,
                           open ? tr("The repository holds no other config") : closed);
    m_actions->setPossible(ActionId::Connect, open && server, open ? serverless : closed);
    m_actions->setPossible(ActionId::ChooseTenant, open && state.hasTenants,
                           open ? tr("The schema names no tenant") : closed);
    m_actions->setPossible(ActionId::ChooseNested, open && m_title->offersNested(),
                           !open ? closed
                           : state.nestedWhat.isEmpty()
                               ? tr("sluice.json says nothing of what a tenant is divided into")
                               : tr("Choose the tenant first"));
    m_actions->setPossible(ActionId::AllowWrites, open && server && !state.leaseEnd,
                           !open            ? closed
                           : state.leaseEnd ? tr("Writes are allowed already")
                                            : serverless);
    m_actions->setPossible(ActionId::EndWrites, state.leaseEnd.has_value(),
                           tr("The database is read-only already"));
    setWindowTitle(open ? QStringLiteral("%1 · %2 · Sluice")
                              .arg(state.project, session::environmentLabel(state.environment))
                        : QStringLiteral("Sluice"));
}

void MainWindow::refreshStatus()
{
    // While they are compared anew, what was said before stays.
    if (m_project.pendingPlan() || !isBeingCompared(m_project))
        m_status->setCodeFolder(codeAgainstFolder(m_project));
    const auto &ledger = m_project.ledger().value;
    m_status->setFolderLedger(ledger ? folderAgainstLedger(*ledger) : StatusPart{});
    m_status->setServer(serverInWords(m_project));
    m_tabs->setMarked(migrationsKey, migrationsPending(m_project));
}

} // namespace studio
