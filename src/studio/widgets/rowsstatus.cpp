// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/widgets/rowsstatus.h"

#include "studio/widgets/rowstext.h"

#include <QCoreApplication>

namespace studio
{

QString positionText(const RowsModel &rows, int row)
{
    const RowsModel::Total total = rows.total();
    QString of;
    switch (total.kind) {
    case RowsModel::TotalKind::Unknown:
        of = QCoreApplication::translate("RowsStatus", "%1 or more").arg(grouped(rows.rowCount()));
        break;
    case RowsModel::TotalKind::Estimated:
        of = QChar(0x2248) + grouped(total.rows);
        break;
    case RowsModel::TotalKind::Exact:
        of = grouped(total.rows);
        break;
    }
    if (row < 0)
        return QCoreApplication::translate("RowsStatus", "%1 rows").arg(of);
    return QCoreApplication::translate("RowsStatus", "Row %1 of %2").arg(grouped(row + 1), of);
}

QString pagingText(const RowsQuery &query)
{
    if (!query.keyset) {
        const qint64 limit = query.select.limit.value_or(query.pageSize);
        return QCoreApplication::translate("RowsStatus", "at most %1 rows").arg(grouped(limit));
    }
    QStringList columns;
    for (const query::Sort &sort : query.select.sorts)
        columns.append(sort.column.column);
    if (columns == QStringList{QStringLiteral("ctid")})
        return QCoreApplication::translate("RowsStatus", "no primary key: in the order of storage");
    return QCoreApplication::translate("RowsStatus", "keyset on %1")
        .arg(columns.join(QStringLiteral(", ")));
}

} // namespace studio
