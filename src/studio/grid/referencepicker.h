// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "studio/grid/gridreferences.h"
#include "studio/widgets/rowsquery.h"

#include <QFrame>
#include <QTimer>

QT_BEGIN_NAMESPACE
class QLabel;
class QLineEdit;
class QListWidget;
QT_END_NAMESPACE

namespace studio
{

/// What a foreign key's picker has to know.
struct PickerQuestion {
    GridReference reference;
    schema::Table target;
    QStringList key; ///< of the row that the cell refers to now; empty: of none
    bool nullable = true;
    bool hasDefault = false;
    QString tenant; ///< whose rows can be chosen, in words; empty: everybody's
    QString note;   ///< said under the title: who else fills the column
};

/// Chooses the row that a foreign key refers to, over the grid: what is typed is looked for on the
/// server, in the label and as the key itself, and a newer text cancels an older search. Closes
/// itself when it has an answer; a click elsewhere leaves the cell as it was.
class ReferencePicker final : public QFrame
{
    Q_OBJECT

public:
    using Fetch = std::function<RowsSource::Answer(const query::Select &)>;

    /// \a fetch keeps what is asked to the tenant.
    ReferencePicker(const PickerQuestion &question, Fetch fetch, QWidget *parent);

    /// Shows it over \a cell, in global coordinates, and looks for \a typed.
    void openOver(const QRect &cell, const QString &typed);

Q_SIGNALS:
    void chosen(const QStringList &key); ///< the values of reference.columns
    void nullChosen();
    void defaultChosen();
    void moved(int step); ///< behind what was chosen: on to the next (1) or previous (-1) cell

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void search();
    void take(const base::Result<rows::Page> &page, bool isExact);
    void showState();
    void choose(int step = 0);
    bool isLooking() const { return m_later.isActive() || m_byLabel || m_byKey; }

    const PickerQuestion m_question;
    const Fetch m_fetch;
    QLineEdit *m_line;
    QListWidget *m_list;
    QLabel *m_state;
    QTimer m_later;
    QFutureWatcherBase *m_byLabel = nullptr;
    QFutureWatcherBase *m_byKey = nullptr;
    std::optional<int> m_wanted; ///< chosen before the rows were there, and the step afterwards
    QString m_problem;
};

} // namespace studio
