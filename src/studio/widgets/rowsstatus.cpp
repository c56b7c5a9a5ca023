// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/widgets/rowsstatus.h"

#include "studio/widgets/rowstext.h"

#include <QCoreApplication>

#include <algorithm>

namespace studio
{

namespace
{
constexpr QChar about(0x2248);
} // namespace

QString totalText(const RowsModel &rows)
{
    const RowsTotal total = rows.total();
    switch (total.kind) {
    case RowsTotal::Kind::Unknown:
        break;
    case RowsTotal::Kind::Estimated:
        return about + grouped(total.rows);
    case RowsTotal::Kind::Exact:
        return grouped(total.rows);
    }
    return QCoreApplication::translate("RowsStatus", "%1 or more")
        .arg(grouped(rows.firstRow() + rows.rowCount()));
}

QString positionText(const RowsModel &rows, qint64 row)
{
    const QString of = totalText(rows);
    if (row < 0)
        return QCoreApplication::translate("RowsStatus", "%1 rows").arg(of);
    const QString place = (rows.isPlaced() ? QString() : QString(about)) + grouped(row + 1);
    return QCoreApplication::translate("RowsStatus", "Row %1 of %2").arg(place, of);
}

QString surveyText(const RowsModel &rows)
{
    const RowsSurvey &survey = rows.survey();
    switch (survey.work()) {
    case RowsSurvey::Work::Counting:
        return QCoreApplication::translate("RowsStatus", "counting…");
    case RowsSurvey::Work::Measuring: {
        const qint64 all = std::max<qint64>(1, rows.total().rows);
        return QCoreApplication::translate("RowsStatus", "measuring %1 %")
            .arg(std::min<qint64>(99, 100 * survey.ruler().reach() / all));
    }
    case RowsSurvey::Work::None:
    case RowsSurvey::Work::Explaining:
        break;
    }
    return {};
}

QString pagingText(const RowsQuery &query)
{
    if (query.paging == RowsQuery::Paging::None) {
        const qint64 limit = query.select.limit.value_or(query.pageSize);
        return QCoreApplication::translate("RowsStatus", "at most %1 rows").arg(grouped(limit));
    }
    if (query.paging == RowsQuery::Paging::Offset)
        return QCoreApplication::translate("RowsStatus",
                                           "no key: by row numbers, slower the farther down");
    QStringList columns;
    for (const query::Sort &sort : query.select.sorts)
        columns.append(sort.column.column);
    if (columns == QStringList{QStringLiteral("ctid")})
        return QCoreApplication::translate("RowsStatus", "no primary key: in the order of storage");
    if (columns.contains(QStringLiteral("tableoid")))
        return QCoreApplication::translate("RowsStatus",
                                           "no primary key: by partition and place, each page "
                                           "reads every row");
    return QCoreApplication::translate("RowsStatus", "keyset on %1")
        .arg(columns.join(QStringLiteral(", ")));
}

} // namespace studio
