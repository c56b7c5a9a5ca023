// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/shell/tabstrip.h"

#include "studio/widgets/colors.h"
#include "studio/widgets/icon.h"

#include <QMouseEvent>
#include <QPainter>
#include <QToolButton>

namespace studio
{

namespace
{
constexpr int padding = 14;
constexpr int tabHeight = 34;
constexpr int closeSize = 16;
constexpr int dotSize = 9;
} // namespace

TabStrip::TabStrip(QWidget *parent)
    : QTabBar(parent)
{
    setObjectName(QStringLiteral("pageTabs"));
    setAccessibleName(tr("Open pages"));
    setDrawBase(false);
    setExpanding(false);
    setMovable(true);
    setUsesScrollButtons(true);
    setElideMode(Qt::ElideNone);
    setFocusPolicy(Qt::TabFocus);
    setMouseTracking(true);
}

int TabStrip::insert(int index, const QString &key, const QString &title, bool preview)
{
    const int at = insertTab(index, title);
    setTabToolTip(at, title);
    setInfo(at, {.key = key, .preview = preview, .marked = false});
    return at;
}

QString TabStrip::key(int index) const
{
    return info(index).key;
}

int TabStrip::indexOf(const QString &key) const
{
    for (int i = 0; i < count(); ++i)
        if (info(i).key == key)
            return i;
    return -1;
}

void TabStrip::setPreview(int index, bool preview)
{
    Info changed = info(index);
    if (changed.preview == preview)
        return;
    changed.preview = preview;
    setInfo(index, changed);
}

bool TabStrip::isPreview(int index) const
{
    return info(index).preview;
}

void TabStrip::setMarked(int index, bool marked)
{
    Info changed = info(index);
    if (changed.marked == marked)
        return;
    changed.marked = marked;
    setInfo(index, changed);
}

bool TabStrip::isMarked(int index) const
{
    return info(index).marked;
}

void TabStrip::setInfo(int index, const Info &info)
{
    setTabData(index, QVariant::fromValue(info));
    // Nothing else makes the bar measure its tabs again.
    const QString text = tabText(index);
    setTabText(index, text + QLatin1Char(' '));
    setTabText(index, text);
    update();
}

QFont TabStrip::fontOf(int index) const
{
    QFont font = this->font();
    font.setItalic(isPreview(index));
    return font;
}

QSize TabStrip::tabSizeHint(int index) const
{
    int width =
        QFontMetrics(fontOf(index)).horizontalAdvance(tabText(index)) + 2 * padding + closeSize;
    if (isMarked(index))
        width += dotSize + 6;
    return {width, tabHeight};
}

void TabStrip::tabInserted(int index)
{
    auto *button = new QToolButton(this);
    button->setObjectName(QStringLiteral("closeTabButton"));
    button->setAccessibleName(tr("Close %1").arg(tabText(index)));
    button->setToolTip(tr("Close tab"));
    button->setIcon(icon(QStringLiteral("close")));
    button->setIconSize({12, 12});
    button->setFixedSize(closeSize, closeSize);
    button->setFocusPolicy(Qt::NoFocus);
    button->setStyleSheet(
        QStringLiteral("QToolButton { border: none; padding: 0; min-height: 0; background: "
                       "transparent; border-radius: 3px; }"));
    connect(button, &QToolButton::clicked, this, [this, button] {
        for (int i = 0; i < count(); ++i)
            if (tabButton(i, RightSide) == button) {
                Q_EMIT tabCloseRequested(i);
                return;
            }
    });
    setTabButton(index, RightSide, button);
    QTabBar::tabInserted(index);
}

void TabStrip::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::MiddleButton && tabAt(event->pos()) >= 0) {
        Q_EMIT tabCloseRequested(tabAt(event->pos()));
        return;
    }
    QTabBar::mouseReleaseEvent(event);
}

void TabStrip::paintEvent(QPaintEvent *)
{
    const Colors &c = colors(palette());
    QPainter painter(this);
    painter.fillRect(rect(), c.raised);
    painter.fillRect(QRect(0, rect().bottom(), width(), 1), c.line);
    for (int i = 0; i < count(); ++i) {
        const QRect tab = tabRect(i);
        const bool current = i == currentIndex();
        if (current) {
            painter.fillRect(tab, c.background);
            painter.fillRect(QRect(tab.left(), tab.top(), tab.width(), 2), c.accent);
        }
        painter.fillRect(QRect(tab.right(), tab.top(), 1, tab.height()), c.line);
        painter.setFont(fontOf(i));
        painter.setPen(current ? c.text : isPreview(i) ? c.faint : c.dim);
        QRect words = tab.adjusted(padding, 1, 0, 0);
        painter.drawText(words, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextHideMnemonic,
                         tabText(i));
        if (isMarked(i)) {
            const int x = words.left() + painter.fontMetrics().horizontalAdvance(tabText(i)) + 6;
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setPen(Qt::NoPen);
            painter.setBrush(current ? c.text : c.dim);
            painter.drawEllipse(QRect(x, tab.center().y() - dotSize / 2 + 1, dotSize, dotSize));
        }
        if (hasFocus() && current) {
            painter.setBrush(Qt::NoBrush);
            painter.setPen(c.accent);
            painter.drawRect(tab.adjusted(4, 5, -5, -5));
        }
    }
}

} // namespace studio
