// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/grid/calendarpart.h"

#include "studio/widgets/icon.h"

#include <QCalendarWidget>
#include <QDate>
#include <QTextCharFormat>
#include <QToolButton>
#include <QVBoxLayout>

namespace studio
{

namespace
{
constexpr qsizetype dayLength = 10; // 2026-11-23

/// The day that \a text begins with; none for one before Christ or beyond the year 9999.
QDate dayOf(const QString &text)
{
    const bool isLater = text.size() > dayLength && text.at(dayLength).isDigit();
    return text.endsWith(QLatin1String("BC")) || isLater
               ? QDate()
               : QDate::fromString(text.left(dayLength), Qt::ISODate);
}
} // namespace

CalendarPart::CalendarPart(Holds holds, QWidget *parent)
    : EditorPart(parent)
    , m_holds(holds)
    , m_calendar(new QCalendarWidget(this))
{
    m_calendar->setObjectName(QStringLiteral("editorCalendar"));
    m_calendar->setAccessibleName(tr("Day"));
    m_calendar->setVerticalHeaderFormat(QCalendarWidget::NoVerticalHeader);
    m_calendar->setGridVisible(false);
    for (const Qt::DayOfWeek day : {Qt::Saturday, Qt::Sunday}) // days as all others
        m_calendar->setWeekdayTextFormat(day, m_calendar->weekdayTextFormat(Qt::Monday));
    for (const auto &[name, picture] : {std::pair("qt_calendar_prevmonth", "previous"),
                                        std::pair("qt_calendar_nextmonth", "next")}) {
        if (auto *turn = m_calendar->findChild<QToolButton *>(QLatin1String(name)))
            turn->setIcon(icon(QLatin1String(picture)));
    }
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(m_calendar);
    connect(m_calendar, &QCalendarWidget::clicked, this, &CalendarPart::choose);
    connect(m_calendar, &QCalendarWidget::activated, this, &CalendarPart::choose);
    setFocusProxy(m_calendar);
}

bool CalendarPart::setText(const QString &text)
{
    const QDate day = dayOf(text);
    // What is no day yet may become one: without a value, or while it is being typed.
    m_text = day.isValid() ? text : QString();
    const QSignalBlocker quiet(m_calendar);
    if (day.isValid())
        m_calendar->setSelectedDate(day);
    return true;
}

void CalendarPart::choose(const QDate &day)
{
    const QString rest = !m_text.isEmpty()        ? m_text.sliced(dayLength)
                         : m_holds == Holds::Time ? QStringLiteral(" 00:00:00")
                                                  : QString();
    Q_EMIT edited(day.toString(Qt::ISODate) + rest);
}

} // namespace studio
