// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QObject>
#include <QStringList>
#include <QTimer>

#include <functional>

QT_BEGIN_NAMESPACE
class QMenu;
class QPushButton;
QT_END_NAMESPACE

namespace studio
{

class RowsModel;
class RowsView;

/// How a person has laid a grid's columns out, by their names: only what is otherwise than it would
/// be by itself.
struct ColumnLayout {
    QStringList order = {}; ///< from left to right; empty: as the table has them
    QMap<QString, int> widths = {};
    QStringList hidden = {};
    QStringList pinned = {}; ///< from left to right
    bool operator==(const ColumnLayout &) const = default;
};

QByteArray packed(const ColumnLayout &layout);
/// What cannot be read is left out.
ColumnLayout unpackedLayout(const QByteArray &kept);

/// Where it is kept between two runs; parts may be missing.
struct ColumnMemory {
    std::function<QByteArray()> read;
    std::function<void(const QByteArray &layout)> write;
};

/// Keeps the order, widths, pins and visibility of a grid's columns, and lets them be chosen from
/// the menu of a button, which says how many are hidden.
class GridColumns final : public QObject
{
    Q_OBJECT

public:
    GridColumns(RowsModel &rows, RowsView &view, QPushButton &button, ColumnMemory memory);
    ~GridColumns() override; ///< keeps what is not kept yet

    void reset(); ///< as the table has them

private:
    void apply();
    void look();
    void openMenu();
    void showHidden();
    ColumnLayout layoutNow() const;

    RowsModel &m_rows;
    RowsView &m_view;
    QPushButton &m_button;
    const ColumnMemory m_memory;
    ColumnLayout m_layout;
    QTimer m_look; ///< once when a drag has ended, not with each of its steps
};

} // namespace studio
