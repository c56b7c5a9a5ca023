// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/widgets/chip.h"

#include "studio/widgets/colors.h"

#include <QKeyEvent>
#include <QPainter>
#include <QtMath>

namespace studio
{

namespace
{
constexpr int Padding = 10;
constexpr int Height = 26;
constexpr int Cross = 16;
constexpr int Slack = 3; ///< the parts' widths are rounded, each for itself

struct Look {
    QColor fill, frame, text;
};

Look look(Chip::Kind kind, bool isTicked, bool isHovered, const Colors &c)
{
    switch (kind) {
    case Chip::Kind::Tenant:
        return {c.tenantSoft, c.tenant, c.tenant};
    case Chip::Kind::Warning:
        return {c.changedSoft, c.changed, c.changed};
    case Chip::Kind::Quiet:
        return {c.raised, c.line, c.dim};
    case Chip::Kind::Add:
        return {isHovered ? c.raised : c.panel, c.faint, isHovered ? c.text : c.dim};
    case Chip::Kind::Plain:
        break;
    }
    if (isTicked)
        return {c.accentSoft, c.accent, c.accent};
    return {isHovered ? c.raised : c.panel, c.line, c.text};
}
} // namespace

Chip::Chip(Kind kind, const QString &text, QWidget *parent)
    : QAbstractButton(parent)
    , m_kind(kind)
{
    setParts(text, {}, {});
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(kind == Kind::Plain || kind == Kind::Add ? Qt::StrongFocus : Qt::NoFocus);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    if (focusPolicy() != Qt::NoFocus)
        setCursor(Qt::PointingHandCursor);
}

void Chip::setShape(Shape shape)
{
    m_shape = shape;
    update();
}

void Chip::setKind(Kind kind)
{
    m_kind = kind;
    update();
}

void Chip::setParts(const QString &before, const QString &bold, const QString &after)
{
    m_before = before;
    m_bold = bold;
    m_after = after;
    const QString whole = before + bold + after;
    setText(whole);
    setAccessibleName(whole);
    updateGeometry();
    update();
}

void Chip::setRemovable(bool isRemovable)
{
    m_isRemovable = isRemovable;
    updateGeometry();
    update();
}

QFont Chip::boldFont() const
{
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    return bold;
}

int Chip::textWidth() const
{
    // Whole pixels upwards: half a pixel too little and the text is elided.
    const QFontMetricsF plain(font());
    return qCeil(plain.horizontalAdvance(m_before) + plain.horizontalAdvance(m_after) +
                 QFontMetricsF(boldFont()).horizontalAdvance(m_bold)) +
           1;
}

QSize Chip::sizeHint() const
{
    ensurePolished(); // the style sheet decides the font
    return {textWidth() + 2 * Padding + Slack + (m_isRemovable ? Cross : 0), Height};
}

QSize Chip::minimumSizeHint() const
{
    return {qMin(sizeHint().width(), 60), Height};
}

QRect Chip::crossRect() const
{
    return {width() - Padding - Cross + 4, (height() - Cross) / 2, Cross, Cross};
}

void Chip::paintEvent(QPaintEvent *)
{
    const Colors &c = colors(palette());
    const Look used = look(m_kind, isChecked(), underMouse() && isEnabled(), c);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPen frame(hasFocus() ? c.accent : used.frame, hasFocus() ? 2 : 1);
    if (m_kind == Kind::Add && !hasFocus())
        frame.setStyle(Qt::DashLine);
    painter.setPen(frame);
    painter.setBrush(used.fill);
    const QRectF outline = QRectF(rect()).adjusted(1, 1, -1, -1);
    const qreal radius = m_shape == Shape::Round ? outline.height() / 2 : 5;
    painter.drawRoundedRect(outline, radius, radius);

    const int room = width() - 2 * Padding + Slack - (m_isRemovable ? Cross : 0);
    int x = Padding;
    painter.setPen(isEnabled() ? used.text : c.faint);
    const auto write = [&](const QString &text, const QFont &with) {
        const QFontMetrics metrics(with);
        const QString shown = metrics.elidedText(text, Qt::ElideRight, qMax(0, Padding + room - x));
        painter.setFont(with);
        painter.drawText(QRect(x, 0, width() - x, height()), Qt::AlignVCenter | Qt::AlignLeft,
                         shown);
        x += metrics.horizontalAdvance(shown);
    };
    write(m_before, font());
    if (!m_bold.isEmpty())
        write(m_bold, boldFont());
    if (!m_after.isEmpty())
        write(m_after, font());
    if (m_isRemovable) {
        painter.setPen(QPen(used.text, 1.4));
        const QRectF cross = QRectF(crossRect()).adjusted(5, 5, -4, -4);
        painter.drawLine(cross.topLeft(), cross.bottomRight());
        painter.drawLine(cross.topRight(), cross.bottomLeft());
    }
}

void Chip::keyPressEvent(QKeyEvent *event)
{
    if (m_isRemovable && (event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace)) {
        Q_EMIT removeRequested();
        return;
    }
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        click();
        return;
    }
    QAbstractButton::keyPressEvent(event);
}

void Chip::mouseReleaseEvent(QMouseEvent *event)
{
    if (m_isRemovable && crossRect().adjusted(-4, -4, 4, 4).contains(event->position().toPoint())) {
        setDown(false);
        Q_EMIT removeRequested();
        return;
    }
    QAbstractButton::mouseReleaseEvent(event);
}

} // namespace studio
