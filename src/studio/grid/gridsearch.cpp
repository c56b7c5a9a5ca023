// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/grid/gridsearch.h"

#include "studio/grid/gridquery.h"

#include <QCoreApplication>

namespace studio
{

std::optional<query::Search> searchOf(const schema::Database &database, const schema::Name &name,
                                      const QString &text)
{
    const std::optional<schema::Table> table = shownTable(database, name);
    return table ? query::searchOf(*table, name.name, text) : std::nullopt;
}

QString searchText(const query::Search &search)
{
    QStringList columns;
    for (const query::ColumnRef &column : search.columns)
        columns << column.column;
    const QString named = columns.size() > 3
                              ? QCoreApplication::translate("GridSearch", "%n columns", nullptr,
                                                            static_cast<int>(columns.size()))
                              : columns.join(QStringLiteral(", "));
    switch (search.way) {
    case query::Search::Way::FullText: {
        const QString configuration = search.configuration.isEmpty()
                                          ? QString()
                                          : QStringLiteral(" (%1)").arg(search.configuration);
        return search.isIndexed
                   ? QCoreApplication::translate("GridSearch", "full-text search by index%1")
                         .arg(configuration)
                   : QCoreApplication::translate(
                         "GridSearch", "full-text search%1 without an index: reads every row")
                         .arg(configuration);
    }
    case query::Search::Way::Trigrams:
        return QCoreApplication::translate("GridSearch", "search in %1 by trigram index")
            .arg(named);
    case query::Search::Way::Scan:
        break;
    }
    return QCoreApplication::translate("GridSearch",
                                       "search in %1 without an index: reads every row")
        .arg(named);
}

} // namespace studio
