// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/grid/gridpage.h"

#include "session/project.h"
#include "studio/grid/columnstatistics.h"
#include "studio/grid/exportbar.h"
#include "studio/grid/gridcolumns.h"
#include "studio/grid/gridediting.h"
#include "studio/grid/gridfollow.h"
#include "studio/grid/gridindex.h"
#include "studio/grid/gridnested.h"
#include "studio/grid/gridscope.h"
#include "studio/grid/gridsearch.h"
#include "studio/grid/gridzone.h"
#include "studio/grid/recordview.h"
#include "studio/widgets/rowscopy.h"
#include "studio/widgets/rowsheader.h"
#include "studio/widgets/rowspane.h"
#include "studio/widgets/rowsstatus.h"
#include "studio/widgets/rowstext.h"
#include "studio/widgets/rowsview.h"
#include "ui_gridpage.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QShortcut>
#include <QSplitter>

#include <algorithm>

namespace studio
{

namespace
{
using State = session::Loaded<schema::Database>::State;

RowsSource sourceOf(session::Project &project)
{
    return {
        .fetch = [&project](const query::Select &select) { return project.fetch(select); },
        .count = [&project](const query::Select &select) { return project.count(select); },
        .explain = [&project](const query::Select &select) { return project.explain(select); },
        .bound = [&project](const query::Select &select,
                            double part) { return project.bound(select, part); },
    };
}
} // namespace

GridPage::GridPage(session::Project &project, const schema::Name &table, QWidget *parent,
                   GridMemory memory)
    : QWidget(parent)
    , m_project(project)
    , m_table(table)
    , m_ui(std::make_unique<Ui::GridPage>())
    , m_rows(sourceOf(project))
    , m_view(new RowsView(m_rows, this))
    , m_follow(new GridFollow(project, table, m_rows, *m_view, this))
    , m_nested(new GridNested(project, table, m_rows, *m_view, this))
    , m_record(new RecordView(m_rows, *m_view, this))
    , m_export(new ExportBar(this))
    , m_memory(std::move(memory))
{
    m_ui->setupUi(this);
    setAccessibleName(tr("Rows of %1").arg(table.qualified()));
    if (m_memory.read)
        m_choice = unpacked(m_memory.read(m_table), m_table.name);
    if (m_memory.readPlace)
        m_keptPlace = m_memory.readPlace(m_table);
    m_ui->pills->setFilters(m_choice.filters);
    m_ui->searchText->setText(m_choice.search);
    m_ui->pills->setCheck([this](const QString &condition) {
        return m_project.explain(
            {.from = {m_table, m_table.name}, .written = {condition}, .limit = 1});
    });
    layout()->addWidget(m_export);
    auto *panes = new QSplitter(Qt::Horizontal, this);
    panes->addWidget(new RowsPane(m_view, panes));
    panes->addWidget(m_record);
    panes->setStretchFactor(0, 1);
    panes->setChildrenCollapsible(false);
    panes->setSizes({700, 380});
    m_ui->pageLayout->addWidget(panes, 1);
    setFocusProxy(m_view);
    makeEditing();
    makeRecord();
    makeTrail();
    new GridZone(*m_ui->chooseZone, m_rows, m_memory.zone, this);
    makeColumns();
    connectAll();
    m_ui->pills->setScope(scopeText(m_project, m_table));
    databaseChanged();
}

GridPage::~GridPage()
{
    keepPlace();
}

void GridPage::makeEditing()
{
    m_editing = new GridEditing(m_project, m_table, m_rows, *m_view, this);
    m_editing->setReferences([this](int column) { return m_follow->referenceAt(column); });
    layout()->addWidget(m_editing->newRows());
    int place = m_ui->filterRowLayout->indexOf(m_ui->copyIndex);
    for (QPushButton *button : m_editing->buttons())
        m_ui->filterRowLayout->insertWidget(place++, button, 0, Qt::AlignTop);
    connect(m_view, &RowsView::menuRequested, m_editing, &GridEditing::addTo);
    connect(m_editing, &GridEditing::said, this, &GridPage::say);
    connect(m_editing, &GridEditing::rowsWritten, this, &GridPage::reloadInPlace);
}

void GridPage::makeColumns()
{
    ColumnMemory memory;
    if (m_memory.readColumns)
        memory.read = [this] { return m_memory.readColumns(m_table); };
    if (m_memory.writeColumns)
        memory.write = [this](const QByteArray &layout) { m_memory.writeColumns(m_table, layout); };
    m_columns = std::make_unique<GridColumns>(m_rows, *m_view, *m_ui->showColumns, memory);
}

void GridPage::makeRecord()
{
    connect(m_ui->showRecord, &QPushButton::toggled, this, &GridPage::showRecord);
    connect(m_record, &RecordView::closed, this, [this] { m_ui->showRecord->setChecked(false); });
    connect(m_record, &RecordView::menuRequested, m_editing, &GridEditing::addTo);
    connect(m_record, &RecordView::menuRequested, this, &GridPage::cellMenu);
    connect(m_record, &RecordView::editWanted, this,
            [this](const QModelIndex &cell, const QString &typed, const QRect &place, int field) {
                m_editing->edit(cell, typed,
                                {.over = m_record, .rect = place, .next = [this, field](int step) {
                                     m_record->editNext(field, step);
                                 }});
            });
}

void GridPage::showRecord(bool isShown)
{
    if (isShown) {
        const schema::Table *table = m_project.placedCode().table(m_table);
        m_record->setTable(table ? std::optional(*table) : std::nullopt);
        m_record->open();
    } else {
        m_record->hide();
        m_view->setFocus();
    }
}

/// Reads the rows again without losing the place.
void GridPage::reloadInPlace()
{
    if (const GridPlace place = placeNow(); place.stand && !m_returning) {
        m_keptPlace.clear();
        m_returning = place;
    }
    showRows(); // returns
}

void GridPage::connectAll()
{
    connect(&m_project, &session::Project::databaseChanged, this, &GridPage::databaseChanged);
    connect(&m_project, &session::Project::tenantChanged, this, &GridPage::showRows);
    connect(&m_project, &session::Project::codeChanged, this, [this] {
        // By its relations other values have to be whole.
        const std::optional<RowsQuery> query = m_shown ? queryNow() : std::nullopt;
        const auto cuts = [](const RowsQuery &of) { return of.select.cuts + of.spareCuts; };
        if (query && cuts(*query) != cuts(m_rows.query()))
            reloadInPlace();
    });
    connect(&m_project, &session::Project::tenantsChanged, this, [this] {
        m_ui->pills->setScope(scopeText(m_project, m_table));
        labelTenants();
    });
    connect(m_ui->pills, &FilterBar::changed, this, [this] {
        m_choice.filters = m_ui->pills->filters();
        choose();
        m_view->setFocus();
    });
    connect(m_ui->searchText, &QLineEdit::returnPressed, this, &GridPage::search);
    connect(new QShortcut(QKeySequence::Find, this), &QShortcut::activated, m_ui->searchText,
            [this] {
                m_ui->searchText->setFocus(Qt::ShortcutFocusReason);
                m_ui->searchText->selectAll();
            });
    connect(m_ui->searchText, &QLineEdit::textChanged, this, [this](const QString &text) {
        if (text.isEmpty())
            search();
    });
    connect(&m_rows, &RowsModel::stateChanged, this, &GridPage::rowsStateChanged);
    connect(&m_rows, &RowsModel::totalChanged, this, &GridPage::showStatus);
    connect(m_view, &RowsView::sortRequested, this, &GridPage::sortBy);
    connect(m_view, &RowsView::menuRequested, this, &GridPage::cellMenu);
    connect(m_view, &RowsView::titleMenuRequested, this, &GridPage::titleMenu);
    connect(m_follow, &GridFollow::said, this, &GridPage::say);
    connect(m_follow, &GridFollow::labelsChosen, this, [this](const auto &labels) {
        m_choice.labels = labels;
        keepChoice();
    });
    connect(m_nested, &GridNested::said, this, &GridPage::say);
    connect(m_nested, &GridNested::relationChosen, this, [this](const QString &relation) {
        m_choice.nested = relation;
        keepChoice();
    });
    connect(m_view, &RowsView::currentRowChanged, this, &GridPage::moved);
    connect(m_view, &RowsView::currentRowChanged, m_ui->pills, [this] {
        const QModelIndex cell = m_view->currentIndex();
        m_ui->pills->setLikely(m_rows.columns().value(cell.column()).source);
    });
    connect(m_view, &RowsView::selectionMoved, this, &GridPage::moved);
    connect(m_view, &RowsView::notice, this, &GridPage::say);
    connect(m_view, &RowsView::idleAction, &m_project, &session::Project::connectDatabase);
    m_view->setChoice(tr("Choose the tenant…"));
    connect(m_view, &RowsView::choiceWanted, this, &GridPage::tenantWanted);
    connect(m_ui->copyIndex, &QPushButton::clicked, this, &GridPage::copyIndex);
    connect(m_ui->reloadRows, &QPushButton::clicked, this, &GridPage::reloadInPlace);
    connect(m_ui->exportRows, &QPushButton::clicked, this, &GridPage::openExportMenu);
    connect(m_ui->importRows, &QPushButton::clicked, this, &GridPage::askImport);
    connect(m_export, &ExportBar::failed, this, &GridPage::failed);
}

void GridPage::databaseChanged()
{
    const session::Loaded<schema::Database> &database = m_project.database();
    if (database.state == State::None) {
        // Another server: the rows on the screen are not its own.
        m_shown.reset();
        m_rows.clear();
        showAbsence();
        m_project.connectDatabase();
        return;
    }
    if (database.state != State::Ready || !database.value) {
        if (!m_shown)
            showAbsence();
        return;
    }
    // The rows on the screen stay when the catalog was read again and says the same.
    const schema::Table *table = database.value->table(m_table);
    if (!m_shown || !table || *m_shown != *table)
        showRows();
}

void GridPage::showAbsence()
{
    const session::Loaded<schema::Database> &database = m_project.database();
    if (database.state == State::Failed) {
        const base::Error error = database.error.value_or(base::Error());
        QStringList reasons{error.detail, error.hint};
        reasons.removeAll(QString());
        m_view->setIdle(
            error.where.isEmpty() ? error.text : tr("%1 (%2)").arg(error.text, error.where),
            reasons.join(QLatin1Char('\n')), tr("Try again"), RowsMessage::Tone::Failure);
        Q_EMIT failed(error);
    } else if (database.state == State::Ready) {
        m_view->setIdle(tr("%1 is not in the database").arg(m_table.qualified()),
                        tr("It is in the code only: generate a migration and apply it"));
    } else {
        m_view->setIdle(tr("Connecting…"), tr("The columns are read before the rows"));
    }
    showStatus();
}

void GridPage::choose()
{
    keepChoice();
    m_returning.reset();
    m_keptPlace.clear();
    showRows();
}

void GridPage::keepChoice()
{
    if (m_memory.write)
        m_memory.write(m_table, packed(m_choice));
}

void GridPage::search()
{
    const QString text = m_ui->searchText->text().trimmed();
    if (m_choice.search == text)
        return;
    m_choice.search = text;
    choose();
    if (!text.isEmpty())
        m_view->setFocus();
}

/// Nothing while the catalog is not known, or without such a table.
std::optional<RowsQuery> GridPage::queryNow() const
{
    const auto &database = m_project.database().value;
    if (!database)
        return std::nullopt;
    return gridQuery(*database, m_table, m_choice, m_project.tenantColumn(),
                     m_project.storageOf(m_table), m_project.placedCode(),
                     m_project.mayHoldLongValues(m_table) ? ValueLength::Any
                                                          : ValueLength::FitsRow);
}

void GridPage::showRows()
{
    m_ui->pills->setScope(scopeText(m_project, m_table));
    const session::Loaded<schema::Database> &database = m_project.database();
    if (!database.value)
        return;
    m_arrived.clear();
    std::optional<RowsQuery> query = queryNow();
    const schema::Table *table = database.value->table(m_table);
    m_shown = table ? std::optional(*table) : std::nullopt;
    if (!query) {
        m_rows.clear();
        showAbsence();
        return;
    }
    // The catalog's estimate is of the whole table.
    const query::Select &select = query->select;
    const bool isWhole = select.filters.isEmpty() && select.written.isEmpty() && !select.search;
    if (isWhole && !isOfTenant())
        query->estimate = m_project.rowEstimate(m_table);
    if (m_project.isForeign(m_table))
        m_view->setEmptyText(emptyText(m_project, m_table),
                             tr("The table lies in another schema than the tenant's"));
    else
        m_view->setEmptyText(emptyText(m_project, m_table),
                             isWhole ? QString()
                             : select.filters.isEmpty() && select.written.isEmpty()
                                 ? tr("None has “%1” in it").arg(m_choice.search)
                                 : tr("The filters leave none over"));
    m_rows.setQuery(*query);
    m_project.lookForLongValues(m_table);
    m_ui->pills->setColumns(m_rows.columns());
    showSearch();
    m_follow->setLabels(m_choice.labels);
    labelTenants();
    m_nested->setRelation(m_choice.nested); // with the tenants' names
    m_editing->setTable(m_shown);           // with the labels
    m_ui->importRows->setEnabled(m_shown.has_value());
    seek();
    if (m_returning)
        returnTo(*m_returning);
    else
        returnToKept();
}

void GridPage::labelTenants()
{
    QHash<QString, QString> labels;
    if (const session::Loaded<QList<session::Tenant>> &tenants = m_project.tenants();
        tenants.value) {
        for (const session::Tenant &tenant : *tenants.value)
            labels.insert(tenant.id, tenant.label);
    }
    for (const RowsColumn &column : m_rows.columns()) {
        if (column.tenant)
            m_rows.setLabels(column.name, labels);
    }
}

void GridPage::rowsStateChanged()
{
    if (m_rows.state() == RowsModel::State::Failed && m_rows.error())
        Q_EMIT failed(*m_rows.error());
    if (m_rows.state() == RowsModel::State::Failed)
        m_hasFailed = true;
    if (m_rows.state() == RowsModel::State::Ready) {
        if (std::exchange(m_hasFailed, false))
            Q_EMIT mended();
        // The current one may be in a page that has gone: it comes back with that.
        if (m_returning && !m_awaitsTop)
            comeTo(m_returning->stand->topRow);
        if (m_rows.rowCount() > 0 && m_view->currentRow() < 0 && !m_returning)
            m_view->setCurrentIndex(m_rows.index(0, 0));
    }
    showStatus();
}

/// How the search finds its rows, and what that costs.
void GridPage::showSearch()
{
    const session::Loaded<schema::Database> &database = m_project.database();
    if (!database.value)
        return;
    const std::optional<query::Search> way =
        searchOf(*database.value, m_table, QStringLiteral("x"));
    m_ui->searchText->setEnabled(way.has_value());
    m_ui->searchText->setToolTip(way ? tr("%1 (Ctrl+F)").arg(searchText(*way))
                                     : tr("No column holds text"));
}

void GridPage::sortBy(int column, RowsSort how)
{
    const RowsColumn &clicked = m_rows.columns().at(column);
    if (!isSortable(clicked)) {
        say(tr("%1 has no order: %2").arg(clicked.name, clicked.typeText));
        return;
    }
    m_choice.sorts = resorted(m_choice.sorts, {.column = clicked.source}, how);
    choose();
}

void GridPage::titleMenu(QMenu *menu, int column)
{
    const query::ColumnRef source = m_rows.columns().at(column).source;
    if (source.column.isEmpty())
        return;
    menu->addAction(tr("Filter…"), this, [this, source] { m_ui->pills->openNew(source); });
    menu->addAction(tr("Statistics of the column"), this,
                    [this, column] { showStatistics(column); });
}

/// Of all rows that match, not of those that are here.
void GridPage::showStatistics(int column)
{
    const RowsColumn shown = m_rows.columns().value(column);
    const session::Loaded<schema::Database> &database = m_project.database();
    const std::optional<schema::Table> table =
        database.value ? shownTable(*database.value, m_table) : std::nullopt;
    const schema::Column *known = table ? table->column(shown.name) : nullptr;
    if (!known)
        return;
    query::Select select = wholeOf(m_rows.query());
    select.columns = {shown.source};
    auto *popup = new ColumnStatistics(shown, this);
    popup->wait(m_project.statistics(select, known->type));
    const RowsHeader &header = m_view->titles();
    popup->openAt(header.mapToGlobal(QPoint(header.left(column), header.height())));
}

void GridPage::cellMenu(QMenu *menu, const QModelIndex &cell)
{
    addTableCopies(menu);
    if (m_record->isHidden())
        menu->addAction(tr("Show the row as a form"), this,
                        [this] { m_ui->showRecord->setChecked(true); })
            ->setShortcut(Qt::Key_F6);
    m_follow->addTo(menu, cell);
    m_nested->addTo(menu, cell);
    const RowsColumn &column = m_rows.columns().at(cell.column());
    if (column.source.column.isEmpty())
        return;
    menu->addSeparator();
    addFilters(menu, cell);
    if (isSortable(column)) {
        const int logical = cell.column();
        menu->addAction(tr("Sort by %1").arg(column.name), this,
                        [this, logical] { sortBy(logical, RowsSort::Next); });
        QAction *then = menu->addAction(tr("Then by %1").arg(column.name), this,
                                        [this, logical] { sortBy(logical, RowsSort::Then); });
        then->setVisible(!m_choice.sorts.isEmpty() &&
                         !std::ranges::count(m_choice.sorts, column.source, &query::Sort::column));
    }
    m_view->addPin(menu, cell.column());
}

/// Of a value that came cut the rest is fetched before one looks for it.
void GridPage::addFilters(QMenu *menu, const QModelIndex &cell)
{
    constexpr qint64 mostBytes = 100'000; // more is nothing to look for
    const QString value = cell.data(RowsModel::RawTextRole).toString();
    const bool isCut = cell.data(RowsModel::CutRole).toBool();
    const bool isTooLong = isCut && m_rows.cutSize(cell.row(), cell.column()).bytes > mostBytes;
    const QPersistentModelIndex place = cell;
    for (const auto &[text, filter] :
         FilterBar::byCell(m_rows.columns().at(cell.column()), value)) {
        QAction *action = menu->addAction(text, this, [this, place, isCut, filter = filter] {
            if (!isCut) {
                m_ui->pills->add({.filter = filter});
                return;
            }
            if (!place.isValid())
                return;
            m_view->whenWhole({place}, [this, filter](const RowsWhole::Values &values) {
                query::Filter whole = filter;
                whole.values = {QString::fromUtf8(values.first().value_or(QByteArray()))};
                m_ui->pills->add({.filter = whole});
            });
        });
        action->setEnabled(!isTooLong);
    }
}

void GridPage::say(const QString &notice)
{
    m_notice = notice;
    showStatus();
}

void GridPage::moved()
{
    const QModelIndex current = m_view->currentIndex();
    if (current.isValid() && m_rows.rowKey(current.row()) != m_arrivedRow)
        m_arrived.clear();
    say({});
}

/// Whether what is shown are the rows of one tenant.
bool GridPage::isOfTenant() const
{
    const tenant::Scoping scoping = m_project.scoping(m_table);
    return m_project.tenant() && scoping != tenant::Scoping::Global &&
           scoping != tenant::Scoping::BySchema && scoping != tenant::Scoping::Unscoped;
}

QString GridPage::statusText() const
{
    QStringList parts{m_arrived, m_notice};
    parts.removeAll(QString());
    if (!parts.isEmpty())
        return parts.join(QStringLiteral(" · "));
    if (const QString sums = sumsText(*m_view, m_rows); !sums.isEmpty())
        return sums;
    if (m_rows.rowCount() > 0) {
        parts.append(positionText(m_rows, m_view->currentRow()));
        const std::optional<session::Tenant> tenant = m_project.tenant();
        if (tenant && isOfTenant())
            parts.last() = tr("%1 in %2").arg(parts.last(), m_project.chosenLabel(m_table));
    } else if (m_rows.state() == RowsModel::State::Ready) {
        parts.append(tr("No rows"));
    }
    if (m_rows.state() != RowsModel::State::Empty)
        parts.append(pagingText(m_rows.query()));
    if (m_rows.elapsed() >= 0)
        parts.append(tr("%1 ms").arg(m_rows.elapsed()));
    if (m_rows.state() == RowsModel::State::Loading)
        parts.append(tr("loading…"));
    else if (const QString survey = surveyText(m_rows); !survey.isEmpty())
        parts.append(survey);
    if (const std::optional<query::Search> &search = m_rows.query().select.search)
        parts.append(searchText(*search));
    if (const std::optional<IndexOffer> offer = indexOffer())
        parts.append(offer->cost);
    return parts.join(QStringLiteral(" · "));
}

/// What the order or the tenant costs here, and the index that would make it cheap.
std::optional<IndexOffer> GridPage::indexOffer() const
{
    const QByteArray &plan = m_rows.survey().plan();
    if (plan.isEmpty() || m_rows.query().paging != RowsQuery::Paging::Keyset)
        return std::nullopt;
    return indexFor(m_project.scoped(m_rows.query().select), query::readPlan(plan),
                    m_project.rowEstimate(m_table), m_project.placedCode());
}

void GridPage::copyIndex()
{
    const std::optional<IndexOffer> offer = indexOffer();
    if (!offer)
        return;
    QGuiApplication::clipboard()->setText(offer->code);
    say(tr("Copied: %1").arg(offer->code));
}

void GridPage::showStatus()
{
    const std::optional<IndexOffer> offer = indexOffer();
    m_ui->copyIndex->setVisible(offer.has_value());
    if (offer)
        m_ui->copyIndex->setToolTip(offer->cost + QLatin1Char('\n') + offer->code);
    Q_EMIT statusChanged(statusText());
}

} // namespace studio
