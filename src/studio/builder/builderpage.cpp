// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/builder/builderpage.h"

#include "session/project.h"
#include "studio/builder/buildersteps.h"
#include "studio/builder/buildertext.h"
#include "studio/widgets/codeview.h"
#include "studio/widgets/panetitle.h"
#include "studio/widgets/rowstext.h"
#include "studio/widgets/rowsview.h"
#include "ui_builderpage.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QRegularExpression>
#include <QShortcut>

namespace studio
{

BuilderPage::BuilderPage(session::Project &project, QWidget *parent)
    : QWidget(parent)
    , m_project(project)
    , m_ui(std::make_unique<Ui::BuilderPage>())
    , m_rows({.fetch = [&project](const query::Select &select) { return project.fetch(select); },
              .count = [&project](const query::Select &select) { return project.count(select); }})
    , m_steps(new BuilderSteps)
    , m_sql(new CodeView(CodeView::Language::Sql))
    , m_drizzle(new CodeView(CodeView::Language::TypeScript))
    , m_view(new RowsView(m_rows))
{
    m_ui->setupUi(this);
    setAccessibleName(tr("Query builder"));
    layOut();
    connectAll();
    showSchema();
}

BuilderPage::~BuilderPage() = default;

void BuilderPage::layOut()
{
    m_ui->stepsArea->setWidget(m_steps);
    m_ui->stepsArea->viewport()->setAutoFillBackground(false);
    addPaneTitle(m_ui->sqlHead, tr("SQL"));
    addPaneTitle(m_ui->drizzleHead, tr("Drizzle"));
    addPaneTitle(m_ui->resultHead, tr("Result"));
    m_sql->setObjectName(QStringLiteral("sqlView"));
    m_sql->setAccessibleName(tr("The query as SQL"));
    m_drizzle->setObjectName(QStringLiteral("drizzleView"));
    m_drizzle->setAccessibleName(tr("The query as Drizzle TypeScript"));
    m_ui->sqlPaneLayout->insertWidget(1, m_sql, 1);
    m_ui->drizzlePaneLayout->addWidget(m_drizzle, 1);
    m_ui->resultPaneLayout->addWidget(m_view, 1);
    m_ui->columnsSplitter->setSizes({450, 830});
    m_ui->columnsSplitter->setStretchFactor(1, 1);
    m_ui->textsSplitter->setSizes({330, 280, 290});
    m_view->setIdle(tr("Not run yet"), tr("Ctrl+Enter reads the rows"));
    m_ui->multiplies->hide();
    m_ui->stale->hide();
}

void BuilderPage::connectAll()
{
    using session::Project;
    for (const auto signal : {&Project::codeChanged, &Project::databaseChanged})
        connect(&m_project, signal, this, &BuilderPage::showSchema);
    connect(&m_project, &Project::tenantsChanged, this, &BuilderPage::showQuery);
    connect(&m_project, &Project::tenantChanged, this, [this] {
        showQuery();
        // The rows of another tenant do not stay on the screen.
        if (m_rows.state() != RowsModel::State::Empty)
            run();
    });
    connect(m_steps, &BuilderSteps::stateChanged, this, &BuilderPage::showQuery);
    connect(m_steps, &BuilderSteps::stepEntered, this, &BuilderPage::highlight);
    connect(m_steps, &BuilderSteps::stepLeft, this,
            [this] { m_sql->clearMarks(CodeView::Mark::Accent); });
    connect(m_ui->runQuery, &QPushButton::clicked, this, &BuilderPage::run);
    for (const QKeyCombination key : {Qt::CTRL | Qt::Key_Return, Qt::CTRL | Qt::Key_Enter}) {
        auto *shortcut = new QShortcut(QKeySequence(key), this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, &BuilderPage::run);
    }
    connect(m_ui->copySql, &QPushButton::clicked, this, &BuilderPage::copySql);
    connect(m_ui->copyDrizzle, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(m_drizzle->text());
        m_notice = tr("Copied the Drizzle query");
        showStatus();
    });
    connect(m_view, &RowsView::sortRequested, this, &BuilderPage::sortBy);
    connect(m_view, &RowsView::currentRowChanged, this, [this] {
        m_notice.clear();
        showStatus();
    });
    connect(m_view, &RowsView::notice, this, [this](const QString &text) {
        m_notice = text;
        showStatus();
    });
    connect(&m_rows, &RowsModel::stateChanged, this, &BuilderPage::rowsStateChanged);
}

const BuilderState &BuilderPage::state() const
{
    return m_steps->state();
}

void BuilderPage::setTable(const schema::Name &table)
{
    BuilderState state = startWith(table);
    state.limit = m_steps->state().limit;
    m_steps->setState(pruned(state, m_schema));
    showQuery();
}

void BuilderPage::showSchema()
{
    const session::Loaded<session::CodeState> &code = m_project.code();
    const session::Loaded<schema::Database> &database = m_project.database();
    BuilderSchema known;
    known.code = code.value ? code.value->schema : schema::Database();
    // Before there is a connection the code says what could be queried.
    known.database = database.value ? *database.value : known.code;
    known.tenantColumn = m_project.tenantColumn();
    // Most signals tell that something is being read, not that it is another.
    if (m_shown && known.code.tables.isSharedWith(m_schema.code.tables) &&
        known.code.relations.isSharedWith(m_schema.code.relations) &&
        known.database.tables.isSharedWith(m_schema.database.tables) &&
        known.tenantColumn == m_schema.tenantColumn)
        return;
    m_shown = true;
    m_schema = known;
    m_steps->setSchema(m_schema);
    showQuery();
}

void BuilderPage::showQuery()
{
    const BuilderState &state = m_steps->state();
    m_ui->runQuery->setEnabled(!state.isEmpty());
    m_ui->copySql->setEnabled(!state.isEmpty());
    m_ui->copyDrizzle->setEnabled(!state.isEmpty());
    m_notice.clear();
    if (state.isEmpty()) {
        m_rendered = {};
        m_select = {};
        m_sql->setContent({});
        m_drizzle->setContent({});
        m_ui->parameters->clear();
        m_ui->multiplies->hide();
        showScope({});
        m_steps->setFromNote({});
        showStatus();
        return;
    }
    m_select = m_project.scoped(toSelect(state, m_schema));
    m_rendered = query::render(m_select);
    const std::optional<session::Tenant> tenant = m_project.tenant();
    m_sql->setContent(m_rendered.statement.text);
    m_sql->mark(spansOf(m_rendered, {query::Step::Scope}), CodeView::Mark::Tenant);
    QHash<QString, QString> labels;
    if (tenant)
        labels.insert(tenant->id, tenant->text());
    // The same id may be both's, and then it names neither.
    if (const auto nested = m_project.nested(); nested && !labels.remove(nested->id))
        labels.insert(nested->id, nested->text());
    m_ui->parameters->setText(parametersText(m_rendered, labels));
    m_drizzle->setContent(query::renderDrizzle(m_select, m_schema.code));
    const qint64 estimate = m_project.rowEstimate(state.from.table);
    m_steps->setFromNote(estimate < 0 ? QString() : tr("≈%1 rows").arg(grouped(estimate)));
    const QStringList paths = multiplying(state);
    m_ui->multiplies->setText(tr("⚠ %1 multiplies rows").arg(paths.join(QStringLiteral(", "))));
    m_ui->multiplies->setVisible(!paths.isEmpty());
    m_ui->stale->setVisible(m_rows.state() != RowsModel::State::Empty &&
                            m_rows.query().select != m_select);
    showScope(m_select);
    showStatus();
}

void BuilderPage::showScope(const query::Select &scoped)
{
    const std::optional<session::Tenant> tenant = m_project.tenant();
    BuilderScope scope;
    if (tenant && !scoped.from.alias.isEmpty()) {
        scope.tenant = tenant->text();
        if (const auto nested = m_project.nested())
            scope.nested = nested->text();
        QStringList restricted;
        for (const query::Scope &condition : scoped.scopes) {
            restricted.append(condition.column.alias);
            if (condition.column.column.isEmpty()) { // another tenant's: no row is shown
                scope.unscoped.append(pathOf(state(), condition.column.alias));
                continue;
            }
            QString way = pathOf(state(), condition.column.alias);
            for (const query::ScopeStep &step : condition.path)
                way += QStringLiteral(" → ") + step.target.name;
            const schema::Name last = condition.path.isEmpty()
                                          ? tableOf(state(), condition.column.alias)
                                          : condition.path.last().target;
            const bool isOuter = m_project.tableScope(last).column == condition.column.column;
            (isOuter ? scope.columns : scope.nestedColumns)
                .append(way + QLatin1Char('.') + condition.column.column);
        }
        for (const QString &alias : aliasesOf(state())) {
            const tenant::Scoping scoping = m_project.scoping(tableOf(state(), alias));
            if (!restricted.contains(alias) && scoping == tenant::Scoping::Unscoped)
                scope.unscoped.append(pathOf(state(), alias));
        }
    }
    m_steps->setScope(scope);
}

void BuilderPage::highlight(const QList<query::Step> &steps)
{
    m_sql->mark(spansOf(m_rendered, steps), CodeView::Mark::Accent);
}

void BuilderPage::run()
{
    if (state().isEmpty())
        return;
    RowsQuery query{.select = m_select, .columns = resultColumns(state(), m_schema)};
    query.chosenSorts = m_select.sorts.size();
    const std::optional<session::Tenant> tenant = m_project.tenant();
    m_view->setEmptyText(tenant
                             ? tr("No rows in %1").arg(m_project.chosenLabel(m_select.from.table))
                             : tr("No rows"),
                         {});
    m_ui->stale->hide();
    m_rows.setQuery(query);
    labelTenants();
}

void BuilderPage::labelTenants()
{
    const session::Loaded<QList<session::Tenant>> &tenants = m_project.tenants();
    if (!tenants.value)
        return;
    QHash<QString, QString> labels;
    for (const session::Tenant &tenant : *tenants.value)
        labels.insert(tenant.id, tenant.label);
    for (const RowsColumn &column : m_rows.columns()) {
        if (column.tenant)
            m_rows.setLabels(column.name, labels);
    }
}

void BuilderPage::copySql()
{
    // With the parameters beside it, the text is complete and says nothing else than it did here:
    // at either line end the server takes what follows for statements.
    static const QRegularExpression lineEnds(QStringLiteral("[\r\n]"));
    QString text = m_rendered.statement.text;
    if (!m_ui->parameters->text().isEmpty())
        text += QStringLiteral("\n-- ") +
                m_ui->parameters->text().replace(lineEnds, QLatin1String(" "));
    QGuiApplication::clipboard()->setText(text);
    m_notice = tr("Copied the SQL");
    showStatus();
}

/// A click adds to the order, which stands in a step of its own.
void BuilderPage::sortBy(int column, RowsSort how)
{
    const RowsColumn &clicked = m_rows.columns().at(column);
    if (clicked.source.column.isEmpty() ||
        columnAt(state(), clicked.source, m_schema).name.isEmpty())
        return;
    m_steps->setState(sortedBy(state(), clicked.source,
                               how == RowsSort::Next ? RowsSort::AddNext : how, m_schema));
    showQuery();
    run();
}

void BuilderPage::rowsStateChanged()
{
    if (m_rows.state() == RowsModel::State::Failed && m_rows.error())
        Q_EMIT failed(*m_rows.error());
    if (m_rows.state() == RowsModel::State::Ready && m_rows.rowCount() > 0 &&
        !m_view->currentIndex().isValid())
        m_view->setCurrentIndex(m_rows.index(0, 0));
    showStatus();
}

QString BuilderPage::statusText() const
{
    if (!m_notice.isEmpty())
        return m_notice;
    if (m_rows.state() == RowsModel::State::Loading)
        return tr("Running…");
    if (m_rows.state() != RowsModel::State::Ready)
        return {};
    const bool isCut = m_rows.rowCount() == m_rows.query().select.limit;
    QStringList parts{isCut ? tr("%1 rows, the limit").arg(grouped(m_rows.rowCount()))
                            : tr("%1 rows").arg(grouped(m_rows.rowCount()))};
    parts << tr("%1 ms").arg(m_rows.elapsed()) << tr("1 statement");
    return parts.join(QStringLiteral(" · "));
}

void BuilderPage::showStatus()
{
    Q_EMIT statusChanged(statusText());
}

} // namespace studio
