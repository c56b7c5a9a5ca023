// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/widgets/theme.h"

#include <QApplication>
#include <QEvent>
#include <QFile>
#include <QFontDatabase>
#include <QPalette>
#include <QStyle>
#include <QWidget>

// Resources of a static library are linked only when somebody asks for them; the macro wants no
// namespace.
static void initResources()
{
    Q_INIT_RESOURCE(theme);
}

namespace studio
{

namespace
{

QFont textFont()
{
    QFont font = QApplication::font();
    font.setFamilies({QStringLiteral("Inter"), font.family()});
    font.setPixelSize(13);
    return font;
}

const Colors &set(bool dark)
{
    return colors(QPalette(dark ? Qt::black : Qt::white));
}

QPalette paletteOf(const Colors &c)
{
    QPalette palette(c.panel, c.background);
    const std::pair<QPalette::ColorRole, QColor> roles[] = {
        {QPalette::Window, c.background},
        {QPalette::WindowText, c.text},
        {QPalette::Base, c.panel},
        {QPalette::AlternateBase, c.raised},
        {QPalette::Text, c.text},
        {QPalette::PlaceholderText, c.faint},
        {QPalette::Button, c.panel},
        {QPalette::ButtonText, c.text},
        {QPalette::BrightText, c.removed},
        {QPalette::Highlight, c.selection},
        {QPalette::HighlightedText, c.text},
        {QPalette::ToolTipBase, c.raised},
        {QPalette::ToolTipText, c.text},
        {QPalette::Link, c.accent},
        {QPalette::LinkVisited, c.accent},
        {QPalette::Light, c.raised},
        {QPalette::Midlight, c.raised},
        {QPalette::Mid, c.line},
        {QPalette::Dark, c.line},
        {QPalette::Shadow, c.background},
    };
    for (const auto &[role, color] : roles)
        palette.setColor(role, color);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, c.faint);
    return palette;
}

/// The sheet with @name replaced by the colour of that name, longest names first.
QString styleSheetOf(const Colors &c, bool dark)
{
    QFile file(QStringLiteral(":/theme/studio.qss"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QString sheet = QString::fromUtf8(file.readAll());
    const std::pair<const char *, QColor> names[] = {
        {"background", c.background},
        {"panel", c.panel},
        {"raised", c.raised},
        {"line", c.line},
        {"text", c.text},
        {"dim", c.dim},
        {"faint", c.faint},
        {"accentSoft", c.accentSoft},
        {"accent", c.accent},
        {"onAccent", c.onAccent},
        {"addedSoft", c.addedSoft},
        {"added", c.added},
        {"removedSoft", c.removedSoft},
        {"removed", c.removed},
        {"changedSoft", c.changedSoft},
        {"changed", c.changed},
        {"tenantSoft", c.tenantSoft},
        {"tenant", c.tenant},
        {"selection", c.selection},
    };
    for (const auto &[name, color] : names)
        sheet.replace(QLatin1Char('@') + QLatin1String(name), color.name());
    sheet.replace(QStringLiteral("@variant"),
                  dark ? QStringLiteral("dark") : QStringLiteral("light"));
    return sheet;
}

} // namespace

Theme::Theme(QApplication &application, QObject *parent)
    : QObject(parent)
    , m_application(application)
{
    initResources();
    QApplication::setStyle(QStringLiteral("Fusion"));
    QApplication::setFont(textFont());
    m_systemIsDark = QApplication::palette().color(QPalette::Window).lightness() < 128;
    application.installEventFilter(this);
    apply();
}

void Theme::setMode(Mode mode)
{
    if (mode == m_mode)
        return;
    m_mode = mode;
    apply();
}

bool Theme::isDark() const
{
    return m_mode == Mode::Dark || (m_mode == Mode::System && m_systemIsDark);
}

bool Theme::eventFilter(QObject *watched, QEvent *event)
{
    // Qt 6.4 tells no colour scheme: the system's own palette says it, once ours is taken away.
    if (event->type() == QEvent::ThemeChange && !m_applying && watched->isWindowType()) {
        m_applying = true;
        QApplication::setPalette(QPalette());
        m_systemIsDark = QApplication::palette().color(QPalette::Window).lightness() < 128;
        m_applying = false;
        apply();
    }
    return QObject::eventFilter(watched, event);
}

void Theme::apply()
{
    m_applying = true;
    const Colors &c = set(isDark());
    QApplication::setPalette(paletteOf(c));
    m_application.setStyleSheet(styleSheetOf(c, isDark()));
    m_applying = false;
    Q_EMIT changed();
}

QFont monoFont()
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setFamilies({QStringLiteral("JetBrains Mono"), font.family()});
    font.setStyleHint(QFont::Monospace);
    font.setPixelSize(12);
    return font;
}

void setStyleProperty(QWidget *widget, const char *name, const QVariant &value)
{
    if (widget->property(name) == value)
        return;
    widget->setProperty(name, value);
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
    widget->update();
}

} // namespace studio
