// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/widgets/rowsmodel.h"

#include "studio/widgets/rowstext.h"

#include <algorithm>

namespace studio
{

RowsModel::RowsModel(Fetch fetch, Fetch count, QObject *parent)
    : QAbstractTableModel(parent)
    , m_fetch(std::move(fetch))
    , m_count(std::move(count))
{
}

void RowsModel::setQuery(const RowsQuery &query)
{
    disregardAll();
    beginResetModel();
    m_query = query;
    m_columns = query.columns;
    m_window = RowsWindow(keyColumns());
    m_error.reset();
    m_exact.reset();
    m_end = false;
    m_elapsed = -1;
    m_firstSeen = m_lastSeen = 0;
    endResetModel();
    Q_EMIT totalChanged();
    request(0);
}

void RowsModel::clear()
{
    disregardAll();
    beginResetModel();
    m_query = {};
    m_columns.clear();
    m_window = RowsWindow();
    m_error.reset();
    m_exact.reset();
    m_end = false;
    endResetModel();
    setState(State::Empty);
    Q_EMIT totalChanged();
}

void RowsModel::setLabels(const QString &column, const QHash<QString, QString> &labels)
{
    for (QList<RowsColumn> *columns : {&m_query.columns, &m_columns}) {
        for (RowsColumn &candidate : *columns) {
            if (candidate.name == column)
                candidate.labels = labels;
        }
    }
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1), {LabelRole});
}

RowsModel::Total RowsModel::total() const
{
    if (m_end)
        return {.kind = TotalKind::Exact, .rows = m_window.rowCount()};
    if (m_exact)
        return {.kind = TotalKind::Exact, .rows = std::max<qint64>(*m_exact, m_window.rowCount())};
    if (m_query.estimate >= 0) {
        return {.kind = TotalKind::Estimated,
                .rows = std::max<qint64>(m_query.estimate, m_window.rowCount())};
    }
    return {};
}

void RowsModel::look(qsizetype first, qsizetype last)
{
    m_firstSeen = std::max<qsizetype>(0, first);
    m_lastSeen = std::max(last, m_firstSeen);
    if (m_state == State::Failed || m_state == State::Cancelled || m_window.slotCount() == 0 ||
        m_isReceiving)
        return;
    const qsizetype margin = m_query.pageSize / 2;
    const qsizetype from = std::max<qsizetype>(0, m_firstSeen - margin);
    const qsizetype to = m_lastSeen + margin;
    disregardFar(from, to);
    requestDropped(from, to);
    if (to >= m_window.rowCount())
        fetchMore({});
    for (const auto &[firstRow, lastRow] : m_window.drop(from, to, m_mostPages)) {
        Q_EMIT dataChanged(index(static_cast<int>(firstRow), 0),
                           index(static_cast<int>(lastRow), columnCount() - 1));
    }
}

void RowsModel::requestCount()
{
    if (m_counting || m_end || m_state == State::Empty)
        return;
    const auto counted = [this](const base::Result<rows::Page> &result) {
        m_counting = nullptr;
        // Without a count the estimate, or no number at all, stays: the rows are there all the
        // same.
        if (!result || result->rowCount() != 1 || result->columns().isEmpty())
            return;
        bool isNumber = false;
        const qint64 rows = result->text(0, 0).toLongLong(&isNumber);
        if (isNumber) {
            m_exact = rows;
            Q_EMIT totalChanged();
        }
    };
    m_counting = base::receive(this, m_count(m_query.select), counted);
}

void RowsModel::cancel()
{
    if (m_state != State::Loading && !m_counting)
        return;
    const bool wasLoading = m_state == State::Loading;
    disregardAll();
    if (wasLoading)
        setState(State::Cancelled);
}

void RowsModel::retry()
{
    if (m_state != State::Failed && m_state != State::Cancelled)
        return;
    m_error.reset();
    if (m_window.slotCount() == 0) {
        request(0);
        return;
    }
    setState(State::Ready);
    look(m_firstSeen, m_lastSeen);
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
    case Qt::TextAlignmentRole: {
        const bool isNumber = column.typeClass == rows::TypeClass::Number;
        return QVariant::fromValue(Qt::AlignVCenter | (isNumber ? Qt::AlignRight : Qt::AlignLeft));
    }
    default:
        break;
    }
    const RowsWindow::Cell cell = m_window.cell(index.row());
    if (cell.page)
        return cellData(*cell.page, cell.row, index.column(), role);
    if (role == CellRole)
        return static_cast<int>(Cell::Pending);
    return role == Qt::AccessibleTextRole ? tr("Loading") : QVariant();
}

QVariant RowsModel::cellData(const rows::Page &page, qsizetype row, int column, int role) const
{
    const RowsColumn &shown = m_columns.at(column);
    switch (role) {
    case CellRole: {
        const std::optional<QByteArrayView> bytes = page.cell(row, column);
        const Cell cell = !bytes ? Cell::Null : bytes->isEmpty() ? Cell::EmptyText : Cell::Value;
        return static_cast<int>(cell);
    }
    case Qt::DisplayRole:
        return cellText(page.cell(row, column), shown.typeClass, shown.typeText);
    case RawTextRole:
        return page.text(row, column);
    case LabelRole:
        return shown.labels.isEmpty() ? QVariant() : shown.labels.value(page.text(row, column));
    case Qt::ToolTipRole:
        return cellToolTip(page.cell(row, column), shown.typeClass);
    case Qt::AccessibleTextRole:
        return tr("%1: %2").arg(shown.name,
                                cellText(page.cell(row, column), shown.typeClass, shown.typeText));
    default:
        return {};
    }
}

QVariant RowsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical)
        return role == Qt::DisplayRole ? QVariant(section + 1) : QVariant();
    if (section < 0 || section >= m_columns.size())
        return {};
    const RowsColumn &column = m_columns.at(section);
    switch (role) {
    case Qt::DisplayRole:
        return column.name;
    case TypeTextRole:
        return column.origin.isEmpty() ? column.typeText : column.origin;
    case TypeClassRole:
        return static_cast<int>(column.typeClass);
    case KeyRole:
        return column.primaryKey;
    case TenantRole:
        return column.tenant;
    case SortRole:
        for (qsizetype i = 0; i < m_query.chosenSorts; ++i) {
            const query::Sort &sort = m_query.select.sorts.at(i);
            if (sort.column == column.source)
                return sort.descending ? -1 : 1;
        }
        return 0;
    case Qt::ToolTipRole:
        return column.typeText.isEmpty() ? column.name
                                         : column.name + QLatin1Char(' ') + column.typeText;
    default:
        return {};
    }
}

bool RowsModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && m_query.keyset && !m_end && !m_isReceiving &&
           m_window.slotCount() > 0 && (m_state == State::Ready || m_state == State::Loading) &&
           !requested(m_window.slotCount());
}

void RowsModel::fetchMore(const QModelIndex &parent)
{
    if (canFetchMore(parent))
        request(m_window.slotCount());
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
    if (!m_query.keyset)
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
