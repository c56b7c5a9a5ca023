// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "studio/grid/editorpart.h"

QT_BEGIN_NAMESPACE
class QCalendarWidget;
QT_END_NAMESPACE

namespace studio
{

/// The day of a date or time, to be chosen from a month's days; what stands behind it stays.
class CalendarPart final : public EditorPart
{
    Q_OBJECT

public:
    enum class Holds { Date, Time };

    CalendarPart(Holds holds, QWidget *parent);
    bool setText(const QString &text) override;

private:
    void choose(const QDate &day);

    const Holds m_holds;
    QCalendarWidget *m_calendar;
    QString m_text;
};

} // namespace studio
