// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/grid/filterbar.h"

#include "studio/grid/conditionpopup.h"
#include "studio/grid/filterpopup.h"
#include "studio/widgets/filtertext.h"
#include "studio/widgets/flowlayout.h"

#include <QMenu>

namespace studio
{

namespace
{
constexpr qsizetype ShownCharacters = 60;

QString shortened(const QString &text)
{
    const QString line = text.simplified();
    return line.size() > ShownCharacters ? line.left(ShownCharacters) + QChar(0x2026) : line;
}

QString pillName(qsizetype index)
{
    return QStringLiteral("filterPill_%1").arg(index);
}
} // namespace

FilterBar::FilterBar(QWidget *parent)
    : QWidget(parent)
{
    auto *pills = new FlowLayout(this, 8);
    pills->setContentsMargins(0, 1, 0, 1); // level with the buttons
    showPills();
}

void FilterBar::setScope(const std::optional<ScopeText> &scope)
{
    m_scope = scope;
    showPills();
}

void FilterBar::setFilters(const QList<GridFilter> &filters)
{
    m_filters = filters;
    showPills();
}

void FilterBar::add(const GridFilter &filter)
{
    put(m_filters.size(), filter);
}

QList<std::pair<QString, query::Filter>> FilterBar::byCell(const RowsColumn &column,
                                                           const QString &value)
{
    using enum query::Operator;
    if (column.source.column.isEmpty())
        return {};
    if (value.isNull())
        return {{tr("Only NULL"), {.column = column.source, .op = IsNull}},
                {tr("Not NULL"), {.column = column.source, .op = IsNotNull}}};
    // Whole documents and bytes are nothing to look for by hand.
    if (column.typeClass == rows::TypeClass::Json || column.typeClass == rows::TypeClass::Binary)
        return {};
    // Rows with NULL have another value, too.
    return {{tr("Only this value"), {.column = column.source, .op = Equal, .values = {value}}},
            {tr("Not this value"),
             {.column = column.source,
              .op = column.nullable ? Distinct : NotEqual,
              .values = {value}}}};
}

void FilterBar::showPills()
{
    removeWidgets(layout());
    if (m_scope) {
        auto *pill = new Chip(m_scope->kind, {}, this);
        pill->setObjectName(QStringLiteral("scopePill"));
        pill->setParts(m_scope->before, m_scope->bold, m_scope->after);
        pill->setToolTip(m_scope->explanation);
        layout()->addWidget(pill);
    }
    for (qsizetype i = 0; i < m_filters.size(); ++i)
        layout()->addWidget(pillFor(i));
    const auto adder = [this](const char *name, const QString &text, const QString &explanation) {
        auto *chip = new Chip(Chip::Kind::Add, text, this);
        chip->setObjectName(QLatin1String(name));
        chip->setAccessibleName(explanation);
        chip->setToolTip(explanation);
        layout()->addWidget(chip);
        return chip;
    };
    connect(adder("addFilter", tr("+ filter"), tr("Add a filter")), &Chip::clicked, this,
            [this] { openFilter(m_filters.size()); });
    connect(adder("addCondition", tr("+ WHERE"), tr("Add a condition in SQL")), &Chip::clicked,
            this, [this] { openCondition(m_filters.size()); });
}

QWidget *FilterBar::pillFor(qsizetype index)
{
    const GridFilter &entry = m_filters.at(index);
    const query::Filter &filter = entry.filter;
    auto *pill = new Chip(Chip::Kind::Plain, {}, this);
    pill->setObjectName(pillName(index));
    const QString off = entry.isOn ? QString() : tr("off: ");
    if (!entry.written.isEmpty())
        pill->setParts(off, QStringLiteral("WHERE "), shortened(entry.written));
    else
        pill->setParts(off + filter.column.column + QLatin1Char(' '), operatorText(filter.op),
                       needsValue(filter.op) ? QLatin1Char(' ') + shortened(valuesText(filter))
                                             : QString());
    if (!entry.isOn)
        pill->setKind(Chip::Kind::Quiet);
    pill->setAccessibleName(tr("Filter: %1").arg(pill->text()));
    pill->setToolTip((entry.written.size() > ShownCharacters
                          ? entry.written.toHtmlEscaped() + QLatin1Char('\n')
                          : QString()) +
                     tr("Click to change, ✕ or Delete to remove, right click to switch off"));
    pill->setRemovable(true);
    pill->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(pill, &Chip::clicked, this, [this, index] { open(index); });
    connect(pill, &Chip::removeRequested, this, [this, index] { remove(index); });
    connect(pill, &Chip::customContextMenuRequested, this,
            [this, index, pill](QPoint at) { openMenu(index, pill->mapToGlobal(at)); });
    return pill;
}

void FilterBar::openMenu(qsizetype index, QPoint at)
{
    if (!isThere(index))
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(QStringLiteral("filterMenu"));
    menu->addAction(tr("Change…"), this, [this, index] { open(index); });
    menu->addAction(m_filters.at(index).isOn ? tr("Switch off") : tr("Switch on"), this,
                    [this, index] { toggle(index); });
    menu->addAction(tr("Remove"), this, [this, index] { remove(index); });
    menu->addSeparator();
    menu->addAction(tr("Remove all"), this, [this] {
        m_filters.clear();
        showPills();
        Q_EMIT changed();
    });
    menu->popup(at);
}

void FilterBar::open(qsizetype index)
{
    if (!isThere(index))
        return;
    if (m_filters.at(index).written.isEmpty())
        openFilter(index);
    else
        openCondition(index);
}

void FilterBar::openFilter(qsizetype index)
{
    auto *popup = new FilterPopup(m_columns, this);
    if (index < m_filters.size())
        popup->choose(m_filters.at(index).filter);
    else
        popup->begin(m_likely);
    connect(popup, &FilterPopup::chosen, this,
            [this, index](const query::Filter &filter) { put(index, {.filter = filter}); });
    place(popup, index, QStringLiteral("addFilter"));
}

void FilterBar::openNew(const query::ColumnRef &column)
{
    m_likely = column;
    openFilter(m_filters.size());
}

void FilterBar::openCondition(qsizetype index)
{
    auto *popup = new ConditionPopup(m_check, this);
    if (index < m_filters.size())
        popup->setText(m_filters.at(index).written);
    connect(popup, &ConditionPopup::chosen, this,
            [this, index](const QString &text) { put(index, {.filter = {}, .written = text}); });
    place(popup, index, QStringLiteral("addCondition"));
}

void FilterBar::place(QWidget *popup, qsizetype index, const QString &adder) const
{
    const auto *from = findChild<Chip *>(index < m_filters.size() ? pillName(index) : adder);
    popup->move(from ? from->mapToGlobal(QPoint(0, from->height() + 4)) : mapToGlobal(QPoint()));
    popup->show();
}

void FilterBar::put(qsizetype index, const GridFilter &filter)
{
    if (index < m_filters.size())
        m_filters[index] = filter;
    else
        m_filters.append(filter);
    showPills();
    Q_EMIT changed();
}

void FilterBar::remove(qsizetype index)
{
    if (!isThere(index))
        return;
    m_filters.removeAt(index);
    showPills();
    Q_EMIT changed();
}

void FilterBar::toggle(qsizetype index)
{
    if (!isThere(index))
        return;
    m_filters[index].isOn = !m_filters.at(index).isOn;
    showPills();
    Q_EMIT changed();
}

} // namespace studio
