// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/widgets/rowswhole.h"

#include "studio/widgets/rowsmodel.h"

namespace studio
{

RowsWhole::RowsWhole(const RowsModel &rows, const QModelIndexList &cells, As as)
    : m_page(rows.query().select)
    , m_as(as)
{
    m_rows.columns = rows.query().key;
    for (const QModelIndex &cell : cells) {
        const query::CutSize size = rows.cutSize(cell.row(), cell.column());
        if (!size.isCut()) {
            m_values << rows.value(cell.row(), cell.column());
            continue;
        }
        const QStringList key = rows.rowKey(cell.row());
        if (!m_places.contains(key)) {
            m_places.insert(key, m_rows.keys.size());
            m_rows.keys << key;
        }
        const query::ColumnRef column = rows.columns().at(cell.column()).source;
        if (!m_columns.contains(column))
            m_columns << column;
        m_cells << Missing{m_values.size(), m_places.value(key), column};
        m_values << std::nullopt;
        m_missing += size.bytes;
    }
}

query::Select RowsWhole::select() const
{
    return query::wholeOf(m_page, m_rows, m_columns,
                          m_as == As::Digest ? std::optional(query::Cut::Way::Digest)
                                             : std::nullopt);
}

std::optional<RowsWhole::Values> RowsWhole::values(const rows::Page &answer) const
{
    Values values = m_values;
    const qsizetype keySize = m_rows.columns.size();
    QHash<qsizetype, qsizetype> places; // of the rows in the answer
    for (qsizetype row = 0; row < answer.rowCount(); ++row) {
        QStringList key;
        for (qsizetype column = 0; column < keySize; ++column)
            key << answer.text(row, column);
        places.insert(m_places.value(key, -1), row);
    }
    for (const Missing &missing : m_cells) {
        const auto row = places.constFind(missing.row);
        if (row == places.cend())
            return std::nullopt;
        values[missing.cell] = answer.value(*row, keySize + m_columns.indexOf(missing.column));
    }
    return values;
}

} // namespace studio
