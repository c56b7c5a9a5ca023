// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "studio/widgets/rowscolumn.h"

#include <QFrame>

#include <memory>

namespace Ui
{
class FilterPopup;
}

namespace studio
{

/// Asks for a filter: a column, an operator of its type, a value, typed or chosen from an enum's.
/// Closes itself when it has one.
class FilterPopup final : public QFrame
{
    Q_OBJECT

public:
    FilterPopup(const QList<RowsColumn> &columns, QWidget *parent);
    ~FilterPopup() override;

    void begin(const query::ColumnRef &column); ///< a new one, most likely on this column
    void choose(const query::Filter &filter);   ///< to begin with

Q_SIGNALS:
    void chosen(const query::Filter &filter);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void showOperators();
    void showChoices();
    void takeChoice();
    void check();
    void apply();
    query::Filter filter() const;
    bool isComplete() const;
    const RowsColumn &column() const;

    std::unique_ptr<Ui::FilterPopup> m_ui;
    const QList<RowsColumn> m_columns;
};

} // namespace studio
