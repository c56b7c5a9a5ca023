// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/grid/gridzone.h"

#include "studio/widgets/icon.h"
#include "studio/widgets/rowsmodel.h"
#include "studio/widgets/searchpopup.h"

#include <QPushButton>

#include <algorithm>

namespace studio
{

namespace
{
/// The chosen one is marked; the others keep the room for it.
QIcon markOf(bool isChosen)
{
    if (isChosen)
        return icon(QStringLiteral("done"));
    QPixmap room(16, 16);
    room.fill(Qt::transparent);
    return room;
}

/// +01:00 as it is now.
QString offsetNow(const QByteArray &name)
{
    const int offset = QTimeZone(name).offsetFromUtc(QDateTime::currentDateTimeUtc());
    return QStringLiteral("%1%2:%3")
        .arg(offset < 0 ? QLatin1Char('-') : QLatin1Char('+'))
        .arg(std::abs(offset) / 3600, 2, 10, QLatin1Char('0'))
        .arg(std::abs(offset) / 60 % 60, 2, 10, QLatin1Char('0'));
}
} // namespace

GridZone::GridZone(QPushButton &button, RowsModel &rows, std::shared_ptr<RowsZoneChoice> choice,
                   QObject *parent)
    : QObject(parent)
    , m_button(button)
    , m_rows(rows)
    , m_choice(choice ? std::move(choice) : std::make_shared<RowsZoneChoice>())
{
    connect(&m_button, &QPushButton::clicked, this, &GridZone::open);
    connect(&m_rows, &RowsModel::modelReset, this, &GridZone::showButton);
    connect(m_choice.get(), &RowsZoneChoice::changed, this, &GridZone::follow);
    follow();
}

void GridZone::follow()
{
    m_rows.setZone(m_choice->zone());
    showButton();
}

void GridZone::showButton()
{
    const RowsZone zone = m_choice->zone();
    m_button.setVisible(std::ranges::any_of(m_rows.columns(), holdsMoments));
    m_button.setText(zone.kind == RowsZone::Kind::Server ? tr("Server's time") : zone.shortText());
    m_button.setToolTip(
        tr("Times are shown in %1.\nWhat is edited, copied and exported stays as the server "
           "gives it. Click to choose another zone.")
            .arg(zone.text()));
}

void GridZone::open()
{
    auto *popup = new SearchPopup(tr("Find a time zone"), &m_button);
    popup->setObjectName(QStringLiteral("zonePicker"));
    popup->setAttribute(Qt::WA_DeleteOnClose);
    const RowsZone chosen = m_choice->zone();
    QList<SearchEntry> entries;
    const auto add = [&](const QString &title, const QString &detail, const RowsZone &zone) {
        entries.append({.title = title,
                        .detail = detail,
                        .tip = {},
                        .icon = markOf(zone == chosen),
                        .run = [choice = m_choice, zone] { choice->choose(zone); }});
    };
    add(tr("As the server gives it"), {}, {});
    add(QStringLiteral("UTC"), {}, {RowsZone::Kind::Utc, {}});
    add(tr("This machine"), QString::fromLatin1(QTimeZone::systemTimeZoneId()),
        {RowsZone::Kind::Local, {}});
    // Without the names that only stand for an offset, or for another name in one word.
    for (const QByteArray &name : QTimeZone::availableTimeZoneIds()) {
        if (name.contains('/') && !name.startsWith("Etc/") && !name.startsWith("posix/") &&
            !name.startsWith("right/"))
            add(QString::fromLatin1(name), offsetNow(name), {RowsZone::Kind::Named, name});
    }
    popup->setEntries(std::move(entries));
    popup->popUp(m_button.mapToGlobal(QPoint(0, m_button.height() + 4)), {320, 420});
}

} // namespace studio
