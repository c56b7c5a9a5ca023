// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/installation.h"
#include "base/receive.h"
#include "migrate/folder.h"
#include "migrate/plan.h"
#include "query/paging.h"
#include "rows/page.h"
#include "runner/ledger.h"
#include "runner/rowsintheway.h"
#include "session/audit.h"
#include "session/connecting.h"
#include "session/export.h"
#include "session/projectvalues.h"
#include "tenant/classification.h"
#include "tenant/tenantid.h"

#include <QDateTime>
#include <QFuture>
#include <QObject>

#include <memory>

namespace edits
{
struct Reach;
struct RowId;
struct Staged;
} // namespace edits

namespace tenant
{
struct Persona;
}

namespace session
{

class Editing;
struct CommitAnswer;
struct Deletion;
struct ImportProgress;
struct ImportReport;
struct ImportRequest;
struct TableAccess;

/// One open project: code, folder, ledger, database, tenant, lease and the work on them. Lives on
/// the GUI (or main) thread; everything slow returns a future. Nothing connects before something
/// asks for rows, the catalog or the ledger.
class Project final : public QObject
{
    Q_OBJECT

public:
    Project(base::Installation installation, QObject *parent = nullptr);
    ~Project() override;

    /// Starts to load the project in \a path; codeChanged and folderChanged follow. What belonged
    /// to the project before it (URL, tenant, lease) is forgotten.
    void open(const QString &path);
    QString path() const;
    QString name() const;            ///< the folder's name, for the title row
    QString environmentName() const; ///< local, staging, production, remote; empty without a URL
    QString serverText() const;      ///< "local · 5433": for the title row
    int serverVersion() const;       ///< 150020; 0 before the first connection
    int openConnections() const;
    /// There is no connection to it any more, and none could be made: until a read works again.
    bool isServerLost() const;
    /// The server to use instead of the config's; without an url it is the config's again. Forgets
    /// the open connections.
    void setServer(const ServerAddress &address);
    void setUrl(const QString &url, const QString &expectedSystemIdentifier = {})
    {
        setServer({url, expectedSystemIdentifier});
    }
    ServerAddress server() const;    ///< where it connects; holds the password
    bool isOwnServer() const;        ///< the config's
    QString environmentFile() const; ///< environmentFileOf() its config
    /// The server of this project is being made: what needs it waits for setUrl() or
    /// giveUpServer().
    void awaitServer();
    void giveUpServer();

    const Loaded<CodeState> &code() const;
    /// What stands in the way of the code, a failed reading first, then errors, then notices.
    QList<schema::Problem> problems() const;
    QString fileOf(const schema::SourceLocation &place) const; ///< absolute; empty without a file
    const Loaded<migrate::Folder> &folder() const;
    const Loaded<schema::Database> &database() const;
    const Loaded<runner::Ledger> &ledger() const;
    qint64 rowEstimate(const schema::Name &table) const; ///< -1 unknown
    /// Values of \a table may be of any length: nothing says that all of them fit into their rows.
    bool mayHoldLongValues(const schema::Name &table) const;
    /// Asks the database, for the next time that one wants to know.
    void lookForLongValues(const schema::Name &table);
    /// Code and database as one tree, compared and laid over each other on a worker thread.
    const QList<diff::OverlayNode> &tree() const;
    /// What lies between database and code, as soon as both are known.
    const Loaded<Comparison> &comparison() const;
    /// code against folder, planned; empty while one of them is missing or incomplete.
    const std::optional<migrate::Plan> &pendingPlan() const;
    const diff::Difference &pendingDifference() const;
    /// What stands in the way of that plan in the database that is connected.
    const runner::RowsInTheWay &rowsInTheWay() const;
    /// Whether the plan takes the variants that do not keep others waiting, as several migrations.
    bool isSafe() const;
    void setSafe(bool safe);

    void reload(); ///< reads code and folder again
    void
    connectDatabase(); ///< first query: reads catalog, ledger, tenants; databaseChanged etc. follow

    // Tenant
    const Loaded<QList<Tenant>> &tenants() const;
    std::optional<Tenant> tenant() const;
    /// The nested tenant that is chosen within it: a project of an organization.
    std::optional<Tenant> nested() const;
    std::optional<tenant::TenantId> tenantId() const; ///< of both
    /// Without \a nested the rows of the whole tenant are meant. One that turns out to be no row of
    /// the tenant's is left again.
    void setTenant(const std::optional<Tenant> &tenant,
                   const std::optional<Tenant> &nested = std::nullopt);
    const Loaded<QList<Tenant>> &nestedTenants() const; ///< of the chosen tenant
    QString nestedColumn() const;    ///< project_id; empty where nobody said that there are any
    schema::Name nestedRoot() const; ///< projects
    /// Globex ▸ Apollo: whose rows are shown, and of \a table, which may be the whole tenant's.
    QString chosenLabel() const;
    QString chosenLabel(const schema::Name &table) const;
    /// A nested tenant is chosen, and the rows of \a table are those of the tenant as a whole.
    bool isWhole(const schema::Name &table) const;
    /// The same, and nothing says whose each row is: none is shown.
    bool isUnproven(const schema::Name &table) const;
    tenant::TableScope nestedScope(const schema::Name &table) const;
    /// What becomes of rows of \a table that belong to nobody, or to no nested tenant.
    tenant::SharedRows sharedRows(const schema::Name &table) const;
    /// From now on rows of tenants are read for the one that is chosen, or while all are allowed.
    void requireTenant();
    /// Nobody is chosen where that is required: reading ends with ErrorKind::Ambiguous.
    bool isTenantWanted() const;
    /// The rows of all tenants, for 15 minutes; then those of the one that was chosen before.
    void allowAllTenants();
    void endAllTenants();
    QDateTime allTenantsEnd() const; ///< not valid while they are not allowed
    bool hasTenants() const;         ///< a column or schemas of theirs are known
    QString tenantColumn() const;    ///< organization_id, or empty when none was recognised
    /// Schemas that hold the same tables, of which nobody has said whether each is a tenant's own.
    QStringList schemasAlike() const;
    /// Where each tenant has a schema: the chosen one's table that the declared \a table stands
    /// for; else \a table.
    schema::Name placed(const schema::Name &table) const;
    /// The other way: the declared table that stands for the chosen tenant's \a table.
    schema::Name declaredFor(const schema::Name &table) const;
    /// \a table lies in another schema than the chosen tenant's: it has no row of its own.
    bool isForeign(const schema::Name &table) const;
    /// The code's schema as far as it was read; with the chosen tenant's tables in the place of the
    /// declared ones, where each has a schema. To be looked at, not kept.
    const schema::Database &placedCode() const;
    tenant::Scoping scoping(const schema::Name &table) const;
    tenant::TableScope tableScope(const schema::Name &table) const;
    /// What was said of the tenants, kept in the project's sluice.json.
    const tenant::Settings &tenantSettings() const;
    /// Keeps \a settings there, for git, and goes by them; codeChanged and tenantChanged follow.
    base::Result<base::Done> keepTenantSettings(const tenant::Settings &settings);
    /// The scope condition for \a table under \a alias, when a tenant is chosen and the table has
    /// the column.
    std::optional<query::Scope> scopeFor(const schema::Name &table, const QString &alias) const;

    // Rows: the tenant's scope is added here for every table of the query, nowhere else. A query
    // with conditions that a person wrote is kept to the tenant as a hand-written statement;
    // explain() of one checks it.
    query::Select scoped(query::Select select) const;
    QFuture<base::Result<rows::Page>> fetch(const query::Select &select);
    /// As fetch(), of some rows for each key of select.among: see query::renderNested().
    QFuture<base::Result<rows::Page>> fetchNested(const query::Select &select);
    /// Ends with ErrorKind::Server or Limit when counting takes too long.
    QFuture<base::Result<rows::Page>> count(const query::Select &select);
    /// One row with the number of rows of each of \a selects, none of which a person wrote a
    /// condition into, in one statement; mostCounted + 1 stands for more than that.
    QFuture<base::Result<rows::Page>> countEach(const QList<query::Select> &selects);
    static constexpr qint64 mostCounted = 10'000;
    /// What the only column of \a select, of \a type, holds in all its rows: lines as of
    /// query::statisticsOf(). Gives up after a minute.
    QFuture<base::Result<rows::Page>> statistics(const query::Select &select, const QString &type);
    QFuture<base::Result<rows::Page>> explain(const query::Select &select);
    /// One row: the leading values of the key that stands at about this part (0 to 1) of all rows,
    /// by the statistics. No row where they say nothing: they are of the whole table, so of no use
    /// with filters or a tenant.
    QFuture<base::Result<rows::Page>> bound(const query::Select &select, double part);
    /// All rows of \a select, whose table is \a table, for the chosen tenant: see exportFile().
    QFuture<base::Result<qint64>> exportRows(const query::Select &select,
                                             const schema::Table &table, rows::Form form,
                                             const QString &path,
                                             const std::shared_ptr<ExportProgress> &progress);
    query::Storage storageOf(const schema::Name &table) const;

    // Tenants beside each other: the chosen tenant's rows and what they touch, or all tenants'.
    /// As session::audit(), of the catalog that was read last; InvalidInput before there is one.
    QFuture<base::Result<QList<AuditFinding>>> audit();
    QFuture<base::Result<rows::Page>> auditRows(const tenant::AuditKey &key,
                                                std::optional<qint64> limit);
    AuditRemedy auditRemedy(const tenant::AuditKey &key) const;

    // Row-level security: what other roles may do, and rows as they see them. What is shown keeps
    // to the chosen tenant all the same; how many rows a role sees beyond it is only counted.
    enum class Rows { All, OfTheTenant };
    QFuture<base::Result<QStringList>> roles();
    QFuture<base::Result<QList<TableAccess>>> rowSecurity(const QString &role);
    QFuture<base::Result<rows::Page>> fetchAs(const query::Select &select,
                                              const tenant::Persona &persona);
    QFuture<base::Result<rows::Page>> countAs(const query::Select &select,
                                              const tenant::Persona &persona, Rows rows);

    // Staged edits
    Editing &editing();
    edits::Reach reach() const;   ///< whose rows may be written now
    QString databaseText() const; ///< user@host:port/database, without the password
    /// As session::commitEdits(); Refused without a lease.
    QFuture<base::Result<CommitAnswer>> commit(const edits::Staged &staged);
    QFuture<base::Result<Deletion>> deleteImpact(const QList<edits::RowId> &rows);
    /// As session::importFile() for the chosen tenant; Refused without a lease, a dry run, too.
    QFuture<base::Result<ImportReport>> importRows(ImportRequest request,
                                                   const std::shared_ptr<ImportProgress> &progress);

    // Write lease
    bool writable() const;
    /// Whether the project refused for want of a lease; with one the same would be tried.
    static bool wantsLease(const base::Error &error);
    QDateTime leaseEnd() const;
    void grantLease(); ///< 15 minutes
    void endLease();

    // Migrations
    /// What the person says to a question of the pending plan; pendingChanged follows. It holds
    /// until the migration is written, which keeps it in the folder, or another project is opened.
    void answerRename(const diff::RenameAnswer &answer);
    void takeBackRename(const diff::RenameAnswer &answer); ///< also with another `to`
    /// Writes the pending plan as the next migrations, one for each of its steps; folderChanged
    /// follows.
    QFuture<base::Result<QList<migrate::Migration>>> generate(const QString &name);
    /// Applies what is pending; needs a lease; ledgerChanged and databaseChanged follow.
    QFuture<base::Result<int>> apply();
    /// What one migration of the folder changes, read from the snapshots on a worker thread.
    QFuture<base::Result<MigrationPicture>> pictureOf(int migrationIndex) const;

Q_SIGNALS:
    void codeChanged();
    void folderChanged();
    void pendingChanged(); ///< code and folder were compared
    void databaseChanged();
    void ledgerChanged();
    void treeChanged();
    void comparisonChanged(); ///< a comparison of code and database began, ended or was forgotten
    void tenantsChanged();
    void tenantChanged();
    void leaseChanged();
    void connectionChanged();
    void serverStateChanged();          ///< serverVersion(), openConnections() or isServerLost()
    void progress(const QString &text); ///< empty: the work is over

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace session
