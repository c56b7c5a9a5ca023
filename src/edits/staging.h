// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "edits/staged.h"

#include <QHash>
#include <QSet>

namespace edits
{

/// Staged edits in a step that changes many of them: a row is found by its key, however many there
/// are. take() ends the step.
class Staging
{
public:
    explicit Staging(Staged staged);

    const RowEdit *row(const RowId &id) const;
    /// As withCell(), withNewRow() and withDeletion().
    void setCell(const RowId &row, const tenant::TenantId &tenant, const CellEdit &cell);
    RowId addRow(const schema::Name &table, const tenant::TenantId &tenant,
                 const QList<CellEdit> &cells);
    void remove(const RowId &row, const tenant::TenantId &tenant, const QList<SeenField> &seen);
    Staged take();
    /// Rows that were looked at up to now, those of take() among them.
    qsizetype looks() const { return m_looks; }

private:
    RowEdit &touched(const RowId &row, const tenant::TenantId &tenant);

    Staged m_staged;
    QHash<RowId, qsizetype> m_places; ///< in m_staged
    QSet<RowId> m_gone;               ///< new ones that were removed
    mutable qsizetype m_looks = 0;
};

} // namespace edits
