// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/importmapping.h"

#include <QTableWidget>

QT_BEGIN_NAMESPACE
class QComboBox;
QT_END_NAMESPACE

namespace studio
{

/// The columns of a file, a row each: what is in them, and which column of the table takes them.
class ImportColumns final : public QTableWidget
{
    Q_OBJECT

public:
    explicit ImportColumns(QWidget *parent = nullptr);

    /// \a columns are those of the table that may be chosen.
    void show(const session::ImportPreview &preview, const session::ImportMapping &mapping,
              const QStringList &columns);
    /// For each column of the file the one it fills; empty: it is left out.
    QStringList chosen() const;

Q_SIGNALS:
    void changed(); ///< by the person

private:
    QComboBox *choice(int row) const;
    void showNote(int row, const QString &note);
};

} // namespace studio
