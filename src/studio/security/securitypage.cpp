// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/security/securitypage.h"

#include "query/paging.h"
#include "session/project.h"
#include "studio/security/accessdelegate.h"
#include "studio/security/accessmodel.h"
#include "studio/widgets/codeview.h"
#include "studio/widgets/panetitle.h"
#include "studio/widgets/rowstext.h"
#include "studio/widgets/rowsview.h"
#include "studio/widgets/theme.h"
#include "ui_securitypage.h"

#include <QSortFilterProxyModel>

#include <algorithm>

namespace studio
{

namespace
{
using base::Result;
using session::TableAccess;
using State = session::Loaded<schema::Database>::State;

constexpr qint64 shownRows = 200; // more are counted, not looked through

/// The policies, as SQL that is to be read.
QString policiesText(const schema::Table &table)
{
    QStringList policies;
    for (const schema::Policy &policy : table.policies) {
        QStringList lines{QStringLiteral("-- %1: %2 FOR %3 TO %4")
                              .arg(policy.name, policy.as, policy.command,
                                   policy.roles.join(QStringLiteral(", ")))};
        if (policy.usingExpression)
            lines << QStringLiteral("USING ") + *policy.usingExpression;
        if (policy.withCheck)
            lines << QStringLiteral("WITH CHECK ") + *policy.withCheck;
        policies << lines.join(u'\n');
    }
    return policies.join(QStringLiteral("\n\n"));
}

/// What the catalog knows of a table or view under \a name; a view has columns and nothing else.
std::optional<schema::Table> tableOrView(const schema::Database &database, const schema::Name &name)
{
    if (const schema::Table *table = database.table(name))
        return *table;
    const auto view = std::ranges::find(database.views, name, &schema::View::name);
    if (view == database.views.cend())
        return std::nullopt;
    schema::Table table;
    table.name = view->name;
    table.columns = view->columns;
    return table;
}

/// The rows of a view, which has neither a key nor places.
RowsQuery rowsOfView(const schema::Table &view)
{
    const QString alias = view.name.name;
    RowsQuery query{.select = {.from = {view.name, alias}, .limit = shownRows},
                    .columns = describe(view, alias, {}, {})};
    for (const RowsColumn &column : std::as_const(query.columns))
        query.select.columns << column.source;
    return query;
}

/// The rows of \a table in the order of its key; without one as they come, known by their place.
RowsQuery rowsOf(const schema::Table &table, const schema::Database &database,
                 const QString &tenantColumn, query::Storage storage)
{
    const QString alias = table.name.name;
    RowsQuery query{.select = query::pageOf(table, alias, {}, storage),
                    .columns = describe(table, alias, database, tenantColumn)};
    query.select.limit = shownRows;
    for (const query::ColumnRef &place : query.select.columns.sliced(query.columns.size())) {
        query.columns.append({.name = place.column, .source = place, .hidden = true});
        query.select.sorts.removeIf([&](const query::Sort &sort) { return sort.column == place; });
    }
    query.key = query::rowKey(table, alias, storage);
    query.select.cuts = query::cutsOf(query.select, table, database);
    if (!query.select.cuts.isEmpty())
        query.columns.append({.name = query::sizesColumn, .hidden = true});
    return query;
}
} // namespace

SecurityPage::SecurityPage(session::Project &project, QWidget *parent)
    : QWidget(parent)
    , m_project(project)
    , m_ui(std::make_unique<Ui::SecurityPage>())
    , m_access(new AccessModel(this))
    , m_shown(new QSortFilterProxyModel(this))
    , m_policies(new CodeView(CodeView::Language::Sql))
    , m_rows({.fetch = [this](const query::Select &s) { return m_project.fetchAs(s, m_persona); },
              .count =
                  [this](const query::Select &s) {
                      return m_project.countAs(s, m_persona, session::Project::Rows::OfTheTenant);
                  }})
    , m_view(new RowsView(m_rows))
{
    m_ui->setupUi(this);
    setAccessibleName(tr("Row-level security"));
    layOut();
    connectAll();
    forgetRows();
    databaseChanged();
}

SecurityPage::~SecurityPage() = default;

void SecurityPage::layOut()
{
    m_shown->setSourceModel(m_access);
    m_shown->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_ui->matrix->setModel(m_shown);
    m_ui->matrix->setItemDelegate(new AccessDelegate(this));
    m_ui->matrix->verticalHeader()->hide();
    m_ui->matrix->verticalHeader()->setDefaultSectionSize(rowHeight);
    m_ui->matrix->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_ui->matrix->horizontalHeader()->setStretchLastSection(true);
    m_ui->matrix->setColumnWidth(AccessModel::Table, 220);
    m_ui->matrix->setColumnWidth(AccessModel::Security, 120);
    for (int column = AccessModel::FirstCommand; column < AccessModel::ColumnCount; ++column)
        m_ui->matrix->setColumnWidth(column, 160);
    addPaneTitle(m_ui->policiesHead, tr("Policies"));
    addPaneTitle(m_ui->lookHead, tr("Rows as this role"));
    m_policies->setObjectName(QStringLiteral("policies"));
    m_policies->setAccessibleName(tr("Policies of the table"));
    m_ui->policiesPaneLayout->addWidget(m_policies, 1);
    m_ui->lookPaneLayout->addWidget(m_view, 1);
    m_ui->bodySplitter->setSizes({380, 380});
    m_ui->lowerSplitter->setSizes({400, 800});
    m_ui->lowerSplitter->setStretchFactor(1, 1);
    setFocusProxy(m_ui->matrix);
}

void SecurityPage::connectAll()
{
    connect(&m_project, &session::Project::databaseChanged, this, &SecurityPage::databaseChanged);
    connect(&m_project, &session::Project::tenantChanged, this, [this] {
        forgetRows();
        showTable(); // its settings name the tenant
    });
    connect(m_ui->role, &QComboBox::activated, this, [this] {
        forgetRows();
        askMatrix();
    });
    connect(m_ui->askAgain, &QPushButton::clicked, this, &SecurityPage::askRoles);
    connect(m_ui->filterTables, &QLineEdit::textChanged, m_shown,
            &QSortFilterProxyModel::setFilterFixedString);
    connect(m_ui->matrix->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        // A matrix that came anew chooses the same table again, whose rows somebody may look at.
        const std::optional<schema::Table> table = current();
        if (!table || table->name != m_table)
            forgetRows();
        showTable();
    });
    connect(m_ui->settings, &QPlainTextEdit::textChanged, this, &SecurityPage::forgetRows);
    connect(m_ui->look, &QPushButton::clicked, this, &SecurityPage::look);
    connect(m_view, &RowsView::notice, this, &SecurityPage::say);
    connect(m_view, &RowsView::idleAction, &m_project, &session::Project::connectDatabase);
    connect(&m_rows, &RowsModel::stateChanged, this, [this] {
        if (m_rows.state() == RowsModel::State::Failed && m_rows.error())
            Q_EMIT failed(*m_rows.error());
    });
}

void SecurityPage::databaseChanged()
{
    const session::Loaded<schema::Database> &database = m_project.database();
    if (database.state == State::Failed && !database.value) {
        const base::Error error = database.error.value_or(base::Error());
        m_view->setIdle(error.text, error.hint, tr("Try again"), RowsMessage::Tone::Failure);
    } else if (database.state == State::Ready) {
        askRoles();
    } else if (database.state == State::None) {
        takeMatrix(QList<TableAccess>());
        m_ui->role->clear();
        m_view->setIdle(tr("Connecting…"), tr("The roles are read before their rows"));
        m_project.connectDatabase();
    }
}

void SecurityPage::askRoles()
{
    base::disregard(m_asking);
    m_asking = base::receive(this, m_project.roles(), [this](const Result<QStringList> &roles) {
        m_asking = nullptr;
        takeRoles(roles);
    });
}

void SecurityPage::takeRoles(const Result<QStringList> &roles)
{
    if (!roles)
        return fail(roles.error());
    const QString before = m_ui->role->currentText();
    m_ui->role->clear();
    m_ui->role->addItems(*roles);
    m_ui->role->setCurrentIndex(std::max<int>(0, int(roles->indexOf(before))));
    if (m_ui->role->currentText() != before)
        forgetRows();
    askMatrix();
}

void SecurityPage::askMatrix()
{
    base::disregard(m_asking);
    m_asking = base::receive(this, m_project.rowSecurity(m_ui->role->currentText()),
                             [this](const Result<QList<TableAccess>> &tables) {
                                 m_asking = nullptr;
                                 takeMatrix(tables);
                             });
}

void SecurityPage::takeMatrix(const Result<QList<TableAccess>> &tables)
{
    if (!tables) {
        m_access->setTables({}, {}); // of another role
        return fail(tables.error());
    }
    const std::optional<schema::Database> &database = m_project.database().value;
    QList<TableAccess> known; // not the ledger, which is Drizzle's own
    QSet<schema::Name> ofTenants;
    for (const TableAccess &table : *tables) {
        if (!database || !tableOrView(*database, table.table))
            continue;
        known << table;
        const tenant::Scoping scoping = m_project.scoping(table.table);
        if (scoping == tenant::Scoping::Direct || scoping == tenant::Scoping::ByPath ||
            scoping == tenant::Scoping::BySchema)
            ofTenants.insert(table.table);
    }
    // The catalog is read again now and then: rows that somebody looks at stay when nothing
    // changed.
    const schema::Name name = m_table;
    if (m_access->setTables(known, ofTenants)) {
        const int row = std::max(0, m_access->find(name));
        m_ui->matrix->setCurrentIndex(m_shown->mapFromSource(m_access->index(row, 0)));
    }
    const auto secured = std::ranges::count_if(known, &TableAccess::isSecured);
    const auto plain = std::ranges::count(known, TableAccess::Kind::Table, &TableAccess::kind);
    m_ui->summary->setText(known.isEmpty()
                               ? QString()
                               : tr("tables: %1, with row-level security: %2; views: %3")
                                     .arg(plain)
                                     .arg(secured)
                                     .arg(known.size() - plain));
    showTable();
}

const TableAccess *SecurityPage::access() const
{
    const QModelIndex shown = m_ui->matrix->currentIndex();
    return shown.isValid() ? &m_access->at(m_shown->mapToSource(shown).row()) : nullptr;
}

std::optional<schema::Table> SecurityPage::current() const
{
    const TableAccess *chosen = access();
    const std::optional<schema::Database> &database = m_project.database().value;
    return chosen && database ? tableOrView(*database, chosen->table) : std::nullopt;
}

void SecurityPage::showTable()
{
    const std::optional<schema::Table> table = current();
    if (table)
        m_table = table->name;
    const QString rights = table ? AccessModel::rightsText(*access()) : QString();
    m_policies->setContent(!table              ? QString()
                           : !rights.isEmpty() ? QStringLiteral("-- ") + rights
                           : table->policies.isEmpty()
                               ? QStringLiteral("-- ") +
                                     tr("%1 has no policies").arg(table->name.qualified())
                               : policiesText(*table));
    m_ui->look->setEnabled(table.has_value());
    m_ui->look->setText(table ? tr("Look at %1").arg(table->name.name) : tr("Look"));
    if (table)
        showSettings(*table);
}

/// Those that policies read; a view may read any table.
QStringList SecurityPage::settingsRead(const schema::Table &table) const
{
    const std::optional<schema::Database> &database = m_project.database().value;
    if (!database || access()->kind == TableAccess::Kind::Table)
        return tenant::settingsRead(table);
    QStringList names;
    for (const schema::Table &read : database->tables)
        names << tenant::settingsRead(read);
    names.removeDuplicates();
    return names;
}

/// The settings that the policies read, the chosen tenant's id where it fits; behind them what a
/// person wrote besides. What a person wrote stays.
void SecurityPage::showSettings(const schema::Table &table)
{
    QList<std::pair<QString, QString>> settings = persona().settings;
    settings.removeIf([this](const auto &setting) {
        return setting.second.isEmpty() || setting.second == m_guess;
    });
    const std::optional<session::Tenant> tenant = m_project.tenant();
    m_guess = tenant ? tenant->id : QString();
    QStringList lines;
    const auto add = [&lines](const QString &name, const QString &value) {
        lines << QStringLiteral("%1 = %2").arg(name, value);
    };
    for (const QString &name : settingsRead(table)) {
        const auto same = std::ranges::find(settings, name, &std::pair<QString, QString>::first);
        const bool isTenants = name.contains(QLatin1String("tenant"), Qt::CaseInsensitive) ||
                               name.contains(QLatin1String("org"), Qt::CaseInsensitive);
        add(name, same != settings.end() ? same->second : isTenants ? m_guess : QString());
        if (same != settings.end())
            settings.erase(same);
    }
    for (const auto &[name, value] : std::as_const(settings))
        add(name, value);
    if (const QString text = lines.join(u'\n'); m_ui->settings->toPlainText() != text)
        m_ui->settings->setPlainText(text);
}

tenant::Persona SecurityPage::persona() const
{
    tenant::Persona persona{.role = m_ui->role->currentText(), .settings = {}};
    for (const QString &line : m_ui->settings->toPlainText().split(u'\n')) {
        const qsizetype sign = line.indexOf(u'=');
        if (sign > 0)
            persona.settings.append({line.first(sign).trimmed(), line.sliced(sign + 1).trimmed()});
    }
    return persona;
}

void SecurityPage::forgetRows()
{
    base::disregard(m_counting);
    base::disregard(m_countingOwn);
    m_counting = m_countingOwn = nullptr;
    m_seen.reset();
    m_own.reset();
    m_areOwnUnknown = false;
    m_rows.clear();
    m_view->setIdle(tr("Nothing was asked yet"),
                    tr("Choose a table and a role, and look: the transaction is rolled back"));
    showCounts();
}

void SecurityPage::look()
{
    const std::optional<schema::Table> table = current();
    const std::optional<schema::Database> &database = m_project.database().value;
    if (!table || !database)
        return;
    forgetRows();
    m_persona = persona();
    m_view->setIdle({});
    m_view->setEmptyText(tr("%1 sees no rows here").arg(m_persona.role), {});
    m_rows.setQuery(
        access()->kind == TableAccess::Kind::Table
            ? rowsOf(*table, *database, m_project.tenantColumn(), m_project.storageOf(table->name))
            : rowsOfView(*table));
    count();
}

/// All that the role sees, and what of it is the tenant's, at the same time.
void SecurityPage::count()
{
    using Rows = session::Project::Rows;
    const std::optional<schema::Table> table = current();
    if (!table)
        return;
    const query::Select select{.from = {.table = table->name, .alias = table->name.name},
                               .joins = {},
                               .columns = {},
                               .filters = {}};
    const auto ask = [&](QFutureWatcherBase *&watcher, Rows rows, std::optional<qint64> &number) {
        watcher = base::receive(this, m_project.countAs(select, m_persona, rows),
                                [this, &watcher, &number](const Result<rows::Page> &page) {
                                    watcher = nullptr;
                                    if (page && page->rowCount() == 1)
                                        number = page->text(0, 0).toLongLong();
                                    m_areOwnUnknown =
                                        m_areOwnUnknown ||
                                        (!page && page.error().kind == base::ErrorKind::Refused);
                                    showCounts();
                                });
    };
    ask(m_counting, Rows::All, m_seen);
    if (m_project.tenant())
        ask(m_countingOwn, Rows::OfTheTenant, m_own);
}

void SecurityPage::showCounts()
{
    const std::optional<session::Tenant> tenant = m_project.tenant();
    QString text;
    const char *tone = "dim";
    if (m_seen && tenant && m_own) {
        const qint64 others = *m_seen - *m_own;
        text = others > 0
                   ? tr("%1 sees %2 rows here, %3 of them not of %4")
                         .arg(m_persona.role, grouped(*m_seen), grouped(others),
                              m_project.chosenLabel(m_table))
                   : tr("%1 sees %2 rows here, all of %3")
                         .arg(m_persona.role, grouped(*m_seen), m_project.chosenLabel(m_table));
        tone = others > 0 ? "changed" : "added";
    } else if (m_seen && m_areOwnUnknown) {
        text = tr("%1 sees %2 rows here; whose they are is not known")
                   .arg(m_persona.role, grouped(*m_seen));
        tone = "changed";
    } else if (m_seen && !tenant) {
        text = tr("%1 sees %2 rows here").arg(m_persona.role, grouped(*m_seen));
    }
    m_ui->seen->setText(text);
    setStyleProperty(m_ui->seen, "tone", QLatin1String(tone));
    say(text);
}

void SecurityPage::fail(const base::Error &error)
{
    m_view->setIdle(error.text, error.hint, {}, RowsMessage::Tone::Failure);
    Q_EMIT failed(error);
}

void SecurityPage::say(const QString &status)
{
    m_status = status;
    Q_EMIT statusChanged(status);
}

} // namespace studio
