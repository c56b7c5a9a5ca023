// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/widgets/rowsmodel.h"

#include "studio/widgets/rowstext.h"

#include <algorithm>

namespace studio
{

namespace
{
RowsModel::Cell stateOf(const std::optional<QByteArrayView> &bytes)
{
    using enum RowsModel::Cell;
    return !bytes ? Null : bytes->isEmpty() ? EmptyText : isBlank(*bytes) ? Blank : Value;
}

/// Names are read from the left, whatever number stands behind them.
Qt::Alignment alignmentOf(const RowsColumn &column)
{
    const bool isNumber = column.typeClass == rows::TypeClass::Number && column.labels.isEmpty();
    return Qt::AlignVCenter | (isNumber ? Qt::AlignRight : Qt::AlignLeft);
}
} // namespace

RowsModel::RowsModel(const RowsSource &source, QObject *parent)
    : QAbstractTableModel(parent)
    , m_source(source)
    , m_survey(source)
{
    connect(&m_survey, &RowsSurvey::changed, this, [this] {
        settle();
        Q_EMIT totalChanged();
    });
}

void RowsModel::setQuery(const RowsQuery &query)
{
    disregard();
    disregardPlace();
    query::Select select = query.select;
    if (query.paging != RowsQuery::Paging::None || !select.limit)
        select.limit = query.pageSize;
    // The server looks for the rows while whoever shows them makes room.
    const RowsSource::Answer answer = m_source.fetch(pageOf(query, select));
    m_started.start();
    beginResetModel();
    m_query = query;
    m_columns = query.columns;
    m_sizesColumn = -1;
    m_window = RowsWindow(keyColumns());
    m_error.reset();
    m_first = 0;
    m_isPlaced = m_atStart = true;
    m_atEnd = false;
    m_elapsed = -1;
    m_firstSeen = m_lastSeen = 0;
    endResetModel();
    m_survey.begin(query);
    await({.select = select}, answer);
}

void RowsModel::clear()
{
    disregard();
    disregardPlace();
    beginResetModel();
    m_query = {};
    m_columns.clear();
    m_sizesColumn = -1;
    m_window = RowsWindow();
    m_error.reset();
    m_atEnd = false;
    endResetModel();
    m_survey.begin({});
    setState(State::Empty);
}

void RowsModel::changeColumn(const QString &name, const std::function<void(RowsColumn &)> &change)
{
    for (QList<RowsColumn> *columns : {&m_query.columns, &m_columns}) {
        for (RowsColumn &candidate : *columns) {
            if (candidate.name == name)
                change(candidate);
        }
    }
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1), {LabelRole});
}

void RowsModel::setLabels(const QString &column, const QHash<QString, QString> &labels)
{
    changeColumn(column, [&](RowsColumn &changed) { changed.labels = labels; });
    if (columnCount() > 0)
        Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
}

void RowsModel::setReference(const QString &column, const QList<int> &labelBy)
{
    changeColumn(column, [&](RowsColumn &changed) {
        changed.refers = true;
        changed.labelBy = labelBy;
    });
}

RowsTotal RowsModel::total() const
{
    const qint64 seen = m_first + m_window.rowCount();
    RowsTotal total = m_survey.total();
    if (m_atEnd && m_isPlaced)
        return {.kind = RowsTotal::Kind::Exact, .rows = seen};
    if (total.kind != RowsTotal::Kind::Unknown)
        total.rows = m_atEnd ? seen : std::max(total.rows, seen);
    return total;
}

bool RowsModel::cancel()
{
    const bool wasLoading = m_state == State::Loading;
    const bool wasSurveying = m_survey.work() != RowsSurvey::Work::None;
    if (!wasLoading && !wasSurveying)
        return false;
    disregard();
    disregardPlace();
    m_survey.stop();
    if (wasLoading)
        setState(State::Cancelled);
    return true;
}

void RowsModel::retry()
{
    if (m_state != State::Failed && m_state != State::Cancelled)
        return;
    m_error.reset();
    ask(Request(m_request));
}

int RowsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_window.rowCount());
}

int RowsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

QVariant RowsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const RowsColumn &column = m_columns.at(index.column());
    switch (role) {
    case TypeClassRole:
        return static_cast<int>(column.typeClass);
    case TenantRole:
        return column.tenant;
    case ReferenceRole:
        return column.refers && shownValues(index.row(), {index.column()}).has_value();
    case LabelRole:
        return labelData(index.row(), index.column());
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(alignmentOf(column));
    default:
        break;
    }
    const RowsWindow::Cell cell = m_window.cell(index.row());
    if (role == RowMarkRole)
        return int(m_overlay ? m_overlay->mark(*cell.page, cell.row) : RowsOverlay::Mark::None);
    if (const auto shown =
            m_overlay ? m_overlay->cell(*cell.page, cell.row, index.column()) : std::nullopt)
        return shownData(*shown, index.column(), role);
    return cellData(*cell.page, cell.row, index.column(), role);
}

std::optional<QStringList> RowsModel::shownValues(int row, const QList<int> &columns) const
{
    const RowsWindow::Cell cell = m_window.cell(row);
    QStringList values;
    for (const int column : columns) {
        const auto shown = m_overlay ? m_overlay->cell(*cell.page, cell.row, column) : std::nullopt;
        const std::optional<QByteArrayView> bytes =
            shown ? std::optional<QByteArrayView>(shown->value) : cell.page->cell(cell.row, column);
        if (!bytes)
            return std::nullopt;
        values << QString::fromUtf8(*bytes);
    }
    return values;
}

std::optional<QByteArray> RowsModel::shownValue(int row, int column) const
{
    const RowsWindow::Cell cell = m_window.cell(row);
    const auto shown = m_overlay ? m_overlay->cell(*cell.page, cell.row, column) : std::nullopt;
    return shown ? shown->value : value(row, column);
}

bool RowsModel::hasCuts(int row) const
{
    const RowsWindow::Cell cell = m_window.cell(row);
    const std::optional<QByteArrayView> sizes =
        m_sizesColumn < 0 ? std::nullopt : cell.page->cell(cell.row, m_sizesColumn);
    return sizes && !sizes->isEmpty();
}

QVariant RowsModel::labelData(int row, int column) const
{
    const RowsColumn &known = m_columns.at(column);
    if (known.labels.isEmpty())
        return {};
    const std::optional<QStringList> values =
        shownValues(row, known.labelBy.isEmpty() ? QList<int>{column} : known.labelBy);
    const auto found = values ? known.labels.constFind(labelKey(*values)) : known.labels.constEnd();
    return found == known.labels.constEnd() ? QVariant() : QVariant(*found);
}

query::CutSize RowsModel::cutOf(const rows::Page &page, qsizetype row, int column) const
{
    const std::optional<QByteArrayView> sizes =
        m_sizesColumn < 0 ? std::nullopt : page.cell(row, m_sizesColumn);
    return sizes ? query::cutSize(*sizes, column) : query::CutSize();
}

query::CutSize RowsModel::cutSize(int row, int column) const
{
    const RowsWindow::Cell cell = m_window.cell(row);
    return cutOf(*cell.page, cell.row, column);
}

QStringList RowsModel::rowKey(int row) const
{
    QStringList key;
    for (const query::ColumnRef &wanted : m_query.key) {
        const auto is = [&](const RowsColumn &column) { return column.source == wanted; };
        const auto found = std::ranges::find_if(m_columns, is);
        if (found != m_columns.end())
            key << QString::fromUtf8(
                value(row, int(std::distance(m_columns.begin(), found))).value_or(QByteArray()));
    }
    return key;
}

QVariant RowsModel::cellData(const rows::Page &page, qsizetype row, int column, int role) const
{
    const RowsColumn &shown = m_columns.at(column);
    if (const query::CutSize size = cutOf(page, row, column); size.isCut()) {
        const QByteArray bytes = page.cell(row, column).value_or(QByteArrayView()).toByteArray();
        switch (role) {
        case CutRole:
            return true;
        case CellRole:
            return int(Cell::Value);
        case Qt::DisplayRole:
            return cutText(bytes, shown);
        case NoteRole:
            return cutNote(size);
        case Qt::ToolTipRole:
            return cutToolTip(bytes, size, shown);
        case Qt::AccessibleTextRole:
            return tr("%1: %2, %3 in all").arg(shown.name, cutText(bytes, shown), cutNote(size));
        default:
            break;
        }
    }
    switch (role) {
    case CellRole: {
        const std::optional<QByteArrayView> bytes = page.cell(row, column);
        return static_cast<int>(stateOf(bytes));
    }
    case Qt::DisplayRole:
        return cellText(page.cell(row, column), shown, m_zone.zone);
    case NoteRole:
        return sizeNote(page.cell(row, column), shown);
    case RawTextRole:
        return page.text(row, column);
    case Qt::ToolTipRole:
        return cellToolTip(page.cell(row, column), shown);
    case Qt::AccessibleTextRole:
        return tr("%1: %2").arg(shown.name, cellText(page.cell(row, column), shown, m_zone.zone));
    default:
        return {};
    }
}

QVariant RowsModel::shownData(const RowsOverlay::Shown &shown, int column, int role) const
{
    const RowsColumn &known = m_columns.at(column);
    const std::optional<QByteArrayView> bytes = shown.value;
    const QString text =
        shown.placeholder.isEmpty() ? cellText(bytes, known, m_zone.zone) : shown.placeholder;
    switch (role) {
    case MarkRole:
        return int(shown.mark);
    case CellRole:
        return int(!shown.placeholder.isEmpty() ? Cell::Placeholder : stateOf(bytes));
    case Qt::DisplayRole:
        return text;
    case RawTextRole:
        return shown.value ? QString::fromUtf8(*shown.value) : QString();
    case Qt::ToolTipRole:
        return cellToolTip(bytes, known);
    case NoteRole:
        return sizeNote(bytes, known);
    case Qt::AccessibleTextRole:
        return tr("%1: %2, not saved").arg(known.name, text);
    default:
        return {};
    }
}

void RowsModel::setZone(const RowsZone &zone)
{
    m_zone = {zone, zone.zone()};
    overlayChanged();
    if (columnCount() > 0)
        Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
}

void RowsModel::overlayChanged()
{
    if (rowCount() > 0 && columnCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

std::optional<QByteArray> RowsModel::value(int row, int column) const
{
    const RowsWindow::Cell cell = m_window.cell(row);
    return cell.page->value(cell.row, column);
}

QVariant RowsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical)
        return role == Qt::DisplayRole ? QVariant(m_first + section + 1) : QVariant();
    if (section < 0 || section >= m_columns.size())
        return {};
    const RowsColumn &column = m_columns.at(section);
    switch (role) {
    case Qt::DisplayRole:
        return column.name;
    case TypeTextRole: {
        const QString zone = holdsMoments(column) ? m_zone.choice.shortText() : QString();
        const QString text = column.origin.isEmpty() ? column.typeText : column.origin;
        return zone.isEmpty() ? text : text + QStringLiteral(" · ") + zone;
    }
    case TypeClassRole:
        return static_cast<int>(column.typeClass);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(alignmentOf(column));
    case KeyRole:
        return column.primaryKey;
    case TenantRole:
        return column.tenant;
    case SortRole:
        return sortPlace(section);
    case SortPlaceRole:
        return m_query.chosenSorts > 1 ? std::abs(sortPlace(section)) : 0;
    case Qt::ToolTipRole: {
        const QString title = column.typeText.isEmpty()
                                  ? column.name
                                  : column.name + QLatin1Char(' ') + column.typeText;
        return holdsMoments(column) ? title + QLatin1Char('\n') + zoneText() : title;
    }
    default:
        return {};
    }
}

/// Of the person's own choice; less than 0 where the column descends.
int RowsModel::sortPlace(int column) const
{
    for (qsizetype i = 0; i < m_query.chosenSorts; ++i) {
        const query::Sort &sort = m_query.select.sorts.at(i);
        if (sort.column == m_columns.at(column).source)
            return int(i + 1) * (sort.descending ? -1 : 1);
    }
    return 0;
}

QString RowsModel::zoneText() const
{
    return m_zone.choice.kind == RowsZone::Kind::Server
               ? tr("In the server's zone")
               : tr("In %1; edited and copied as the server gives it").arg(m_zone.choice.text());
}

void RowsModel::setState(State state)
{
    if (m_state == state)
        return;
    m_state = state;
    Q_EMIT stateChanged();
}

QList<int> RowsModel::keyColumns() const
{
    QList<int> positions;
    if (m_query.paging != RowsQuery::Paging::Keyset)
        return positions;
    for (const query::Sort &sort : m_query.select.sorts) {
        const auto found =
            std::find_if(m_columns.cbegin(), m_columns.cend(),
                         [&](const RowsColumn &column) { return column.source == sort.column; });
        if (found != m_columns.cend())
            positions.append(static_cast<int>(std::distance(m_columns.cbegin(), found)));
    }
    // A key that lacks a column cannot be sought.
    return positions.size() == m_query.select.sorts.size() ? positions : QList<int>();
}

} // namespace studio
