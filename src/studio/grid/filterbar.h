// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "rows/page.h"
#include "studio/grid/gridchoice.h"
#include "studio/grid/gridscope.h"
#include "studio/widgets/rowscolumn.h"

#include <QFuture>
#include <QWidget>

#include <functional>

namespace studio
{

/// Whether the server takes a condition that a person wrote: an error, or anything else.
using ConditionCheck = std::function<QFuture<base::Result<rows::Page>>(const QString &condition)>;

/// The tenant's scope and the filters of a grid as pills: each can be changed, switched off and
/// removed; two more add one, by column or as SQL.
class FilterBar final : public QWidget
{
    Q_OBJECT

public:
    explicit FilterBar(QWidget *parent = nullptr);

    void setCheck(ConditionCheck check) { m_check = std::move(check); }
    void setColumns(const QList<RowsColumn> &columns) { m_columns = columns; }
    void setScope(const std::optional<ScopeText> &scope);
    void setFilters(const QList<GridFilter> &filters);
    const QList<GridFilter> &filters() const { return m_filters; }
    void add(const GridFilter &filter);
    void setLikely(const query::ColumnRef &column) { m_likely = column; } ///< for a new filter
    void openNew(const query::ColumnRef &column); ///< asks for a filter on it
    /// A cell's value as filters, where its column can be compared with it.
    static QList<std::pair<QString, query::Filter>> byCell(const RowsColumn &column,
                                                           const QString &value);

Q_SIGNALS:
    void changed(); ///< by the person

private:
    void showPills();
    QWidget *pillFor(qsizetype index);
    /// A pill that is gone may still have something to say, and an open menu of it.
    bool isThere(qsizetype index) const { return index >= 0 && index < m_filters.size(); }
    void openMenu(qsizetype index, QPoint at);
    void open(qsizetype index);
    void openFilter(qsizetype index); ///< m_filters.size(): a new one
    void openCondition(qsizetype index);
    void put(qsizetype index, const GridFilter &filter);
    void remove(qsizetype index);
    void toggle(qsizetype index);
    void place(QWidget *popup, qsizetype index, const QString &adder) const;

    ConditionCheck m_check;
    QList<RowsColumn> m_columns;
    QList<GridFilter> m_filters;
    query::ColumnRef m_likely;
    std::optional<ScopeText> m_scope;
};

} // namespace studio
