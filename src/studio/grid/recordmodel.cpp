// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/grid/recordmodel.h"

#include "studio/widgets/valuetext.h"

namespace studio
{

namespace
{
constexpr qsizetype mostCharacters = 2100; // what comes whole is shown whole
} // namespace

RecordModel::RecordModel(RowsModel &rows, QObject *parent)
    : QAbstractTableModel(parent)
    , m_rows(rows)
{
    connect(&rows, &RowsModel::modelReset, this, &RecordModel::takeColumns);
    connect(&rows, &RowsModel::dataChanged, this, &RecordModel::changed);
    connect(&rows, &RowsModel::rowsRemoved, this, &RecordModel::changed);
    takeColumns();
}

void RecordModel::takeColumns()
{
    beginResetModel();
    m_row = QModelIndex();
    m_columns.clear();
    for (int column = 0; column < m_rows.columns().size(); ++column) {
        if (!m_rows.columns().at(column).hidden)
            m_columns << column;
    }
    endResetModel();
}

void RecordModel::setTable(const std::optional<schema::Table> &code)
{
    m_code = code;
    changed();
}

void RecordModel::setRow(const QModelIndex &cell)
{
    m_row = cell.siblingAtColumn(0);
    changed();
}

void RecordModel::changed()
{
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, Value));
}

QModelIndex RecordModel::source(int field) const
{
    return m_row.isValid() && field >= 0 && field < m_columns.size()
               ? m_rows.index(m_row.row(), m_columns.at(field))
               : QModelIndex();
}

int RecordModel::fieldOf(int column) const
{
    return int(m_columns.indexOf(column));
}

int RecordModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_columns.size());
}

int RecordModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : 2;
}

QVariant RecordModel::titleData(int column, int role) const
{
    const RowsColumn &shown = m_rows.columns().at(column);
    const schema::Column *code = m_code ? m_code->column(shown.name) : nullptr;
    const QString comment = code ? code->origin.description : QString();
    const bool isFilled = code && (code->filledByCode.onInsert || code->filledByCode.onUpdate);
    switch (role) {
    case Qt::DisplayRole:
        return shown.name;
    case TypeRole:
        return m_rows.headerData(column, Qt::Horizontal, RowsModel::TypeTextRole);
    case RowsModel::KeyRole:
    case RowsModel::TenantRole:
        return m_rows.headerData(column, Qt::Horizontal, role);
    case CommentRole:
        return comment;
    case CodeRole:
        return isFilled;
    case Qt::ToolTipRole: {
        QStringList lines{m_rows.headerData(column, Qt::Horizontal, role).toString(), comment};
        if (code && code->filledByCode.onInsert)
            lines << tr("Your code fills it in new rows ($defaultFn)");
        if (code && code->filledByCode.onUpdate)
            lines << tr("Your code sets it with every change ($onUpdate)");
        lines.removeAll(QString());
        return lines.join(QLatin1Char('\n'));
    }
    default:
        return {};
    }
}

/// As in the grid, but in as many lines as it has.
QString RecordModel::valueText(const QModelIndex &cell) const
{
    const RowsColumn &column = m_rows.columns().at(cell.column());
    const auto state = static_cast<RowsModel::Cell>(cell.data(RowsModel::CellRole).toInt());
    const QString shown = cell.data().toString();
    const bool hasLines = column.typeClass == rows::TypeClass::Text ||
                          column.typeClass == rows::TypeClass::Json ||
                          column.typeClass == rows::TypeClass::Binary;
    const QString label = cell.data(RowsModel::LabelRole).toString();
    if (!label.isEmpty())
        return label + QStringLiteral(" · ") + shown;
    if (state != RowsModel::Cell::Value || !hasLines)
        return shown;
    QString text = cell.data(RowsModel::RawTextRole).toString();
    bool isCut = cell.data(RowsModel::CutRole).toBool() || text.size() > mostCharacters;
    text.truncate(mostCharacters);
    if (column.typeClass == rows::TypeClass::Json)
        text = QString::fromUtf8(prettyJson(text.toUtf8()));
    return isCut ? text + QChar(0x2026) : text;
}

QVariant RecordModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (index.column() == Title)
        return titleData(m_columns.at(index.row()), role);
    const QModelIndex cell = source(index.row());
    if (!cell.isValid())
        return {};
    if (role == Qt::DisplayRole)
        return valueText(cell);
    return role == Qt::TextAlignmentRole ? QVariant(int(Qt::AlignLeft | Qt::AlignTop))
                                         : cell.data(role);
}

} // namespace studio
