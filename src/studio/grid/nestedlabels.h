// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "studio/grid/gridreferences.h"
#include "studio/widgets/rowsmodel.h"

#include <QSet>

#include <functional>

namespace studio
{

/// What the foreign keys in rows in line refer to, by name: one statement for each other table, for
/// all strips that came together.
class NestedLabels final : public QObject
{
    Q_OBJECT

public:
    using Fetch = std::function<RowsSource::Answer(const query::Select &)>;

    /// \a fetch keeps what is asked to the tenant.
    NestedLabels(Fetch fetch, QObject *parent);

    /// Of the strips' columns. Forgets all labels when they are others.
    void setReferences(const QList<GridReference> &references);
    void forget();
    /// Asks for what the rows of \a page refer to and is not known; known() follows.
    void ask(const rows::Page &page);
    /// Gives the rows of a strip the labels that are known.
    void show(RowsModel &rows) const;
    const GridReference *referenceAt(int column) const;

Q_SIGNALS:
    void known();
    void failed(const schema::Name &table, const base::Error &error);

private:
    struct Target {
        GridReference reference;
        QHash<QString, QString> labels = {}; ///< by labelKey(); empty ones stand for none
        QSet<QString> asked = {};            ///< on their way
    };

    void askFor(qsizetype target, const rows::Page &page);
    void received(Target &target, const QSet<QString> &keys, const base::Result<rows::Page> &page);

    const Fetch m_fetch;
    QList<Target> m_targets;
    int m_generation = 0; ///< what was asked for before forget() is void
};

} // namespace studio
