// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "studio/grid/gridreferences.h"
#include "studio/widgets/rowsquery.h"

#include <QObject>
#include <QSet>
#include <QTimer>

namespace studio
{

class RowsModel;
class RowsView;

/// What the foreign keys on the screen refer to, by name: asks for the rows of each other table in
/// one statement for all that is on the screen, and for none that is known. What left the screen
/// before the answer came is not waited for.
class GridLabels final : public QObject
{
    Q_OBJECT

public:
    using Fetch = std::function<RowsSource::Answer(const query::Select &)>;

    /// \a fetch keeps what is asked to the tenant.
    GridLabels(Fetch fetch, RowsModel &rows, RowsView &view, QObject *parent = nullptr);

    /// Forgets all labels. To be called after every query that the model is given.
    void setReferences(const QList<GridReference> &references);

Q_SIGNALS:
    void failed(const schema::Name &table, const base::Error &error);

private:
    /// The references to one table by the same columns and the same label.
    struct Target {
        query::Select select; ///< without the keys
        QList<GridReference> references;
        QHash<QString, QString> labels; ///< by labelKey()
        QSet<QString> missing;          ///< not there, or another tenant's
        QSet<QString> asked;            ///< on their way
        QFutureWatcherBase *watcher = nullptr;
    };

    void look(int first, int last);
    void ask();
    void askFor(qsizetype target);
    void received(qsizetype target, const base::Result<rows::Page> &page);

    const Fetch m_fetch;
    RowsModel &m_rows;
    RowsView &m_view;
    QList<Target> m_targets;
    QTimer m_later; ///< many changes are one reason to ask
    int m_first = 0;
    int m_last = -1;
};

} // namespace studio
