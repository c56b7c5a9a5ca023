// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "query/cuts.h"
#include "rows/page.h"

#include <QHash>
#include <QModelIndexList>
#include <QStringList>

#include <optional>

namespace studio
{

class RowsModel;

/// Cells of a model as the server has them, whole: what came whole is at hand, the rest is asked
/// for by the keys of their rows in one statement. A value; the model may move on meanwhile.
class RowsWhole
{
public:
    enum class As {
        Value,
        Digest, ///< md5 of the server's text, of those that came cut
    };
    using Values = QList<std::optional<QByteArray>>;

    RowsWhole(const RowsModel &rows, const QModelIndexList &cells, As as = As::Value);

    bool isComplete() const { return m_rows.keys.isEmpty(); } ///< nothing has to be asked
    qint64 missing() const { return m_missing; }              ///< bytes, about
    query::Select select() const;
    /// The values of the cells, in their order, with \a answer to select(); nothing when a row is
    /// not there any more.
    std::optional<Values> values(const rows::Page &answer = {}) const;

private:
    struct Missing {
        qsizetype cell = 0; ///< position in m_values
        qsizetype row = 0;  ///< in m_rows.keys
        query::ColumnRef column;
    };

    query::Select m_page;
    As m_as;
    Values m_values;
    query::Among m_rows;
    QHash<QStringList, qsizetype> m_places; ///< of the keys in m_rows
    QList<query::ColumnRef> m_columns;      ///< that are asked for
    QList<Missing> m_cells;
    qint64 m_missing = 0;
};

} // namespace studio
