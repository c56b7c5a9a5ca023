// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/widgets/icon.h"

#include "studio/widgets/colors.h"

#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QSvgRenderer>

static void initResources()
{
    Q_INIT_RESOURCE(icons);
}

namespace studio
{

namespace
{

QColor tinted(Tint tint, QIcon::Mode mode)
{
    const Colors &c = colors(QGuiApplication::palette());
    if (mode == QIcon::Disabled)
        return c.faint;
    switch (tint) {
    case Tint::Text:
        return c.text;
    case Tint::Accent:
        return c.accent;
    case Tint::Added:
        return c.added;
    case Tint::Removed:
        return c.removed;
    case Tint::Changed:
        return c.changed;
    case Tint::Tenant:
        return c.tenant;
    case Tint::Dim:
        break;
    }
    return c.dim;
}

/// Strokes in `currentColor`, coloured when they are painted, so that a change of theme needs no
/// new icons.
class LineIcon final : public QIconEngine
{
public:
    LineIcon(QByteArray svg, Tint tint)
        : m_svg(std::move(svg))
        , m_tint(tint)
    {
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        QByteArray svg = m_svg;
        svg.replace("currentColor", tinted(m_tint, mode).name().toLatin1());
        QSvgRenderer renderer(svg);
        renderer.render(painter, rect);
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect({}, size), mode, state);
        return pixmap;
    }

    QIconEngine *clone() const override { return new LineIcon(m_svg, m_tint); }
    QString key() const override { return QStringLiteral("LineIcon"); }

private:
    const QByteArray m_svg;
    const Tint m_tint;
};

} // namespace

QIcon icon(const QString &name, Tint tint)
{
    initResources();
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QIcon(new LineIcon(file.readAll(), tint));
}

} // namespace studio
