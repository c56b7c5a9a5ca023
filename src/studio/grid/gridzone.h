// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <memory>

QT_BEGIN_NAMESPACE
class QPushButton;
QT_END_NAMESPACE

namespace studio
{

class RowsModel;
class RowsZoneChoice;
struct RowsZone;

/// Shows a grid's moments in the zone that is chosen, and lets it be chosen: a button that names
/// it, seen where there are moments.
class GridZone final : public QObject
{
    Q_OBJECT

public:
    /// Without \a choice it is remembered for this grid only.
    GridZone(QPushButton &button, RowsModel &rows, std::shared_ptr<RowsZoneChoice> choice,
             QObject *parent);

private:
    void follow();
    void showButton();
    void open();

    QPushButton &m_button;
    RowsModel &m_rows;
    const std::shared_ptr<RowsZoneChoice> m_choice;
};

} // namespace studio
