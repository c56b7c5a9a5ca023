// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/builder/buildersteps.h"

#include "studio/builder/filterrow.h"
#include "studio/builder/stepcard.h"
#include "studio/widgets/chip.h"
#include "studio/widgets/theme.h"

#include <QComboBox>
#include <QCompleter>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>
#include <tuple>

namespace studio
{

namespace
{
constexpr int MostRows = 10000;

Chip *chip(Chip::Kind kind, const QString &text, const QString &name)
{
    auto *made = new Chip(kind, text);
    made->setShape(Chip::Shape::Square);
    made->setObjectName(name);
    return made;
}
} // namespace

BuilderSteps::BuilderSteps(QWidget *parent)
    : QWidget(parent)
    , m_from(new QComboBox(this))
    , m_limit(new QSpinBox(this))
{
    using query::Step;
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(8);
    m_fromCard = addCard(tr("From"), QStringLiteral("fromStep"), {Step::From});
    m_tenantCard = addCard(tr("Tenant"), QStringLiteral("tenantStep"), {Step::Scope});
    m_relationsCard = addCard(tr("Relations"), QStringLiteral("relationsStep"), {Step::Relations});
    m_columnsCard = addCard(tr("Columns"), QStringLiteral("columnsStep"), {Step::Columns});
    m_filtersCard = addCard(tr("Filters"), QStringLiteral("filtersStep"), {Step::Filters});
    m_sortCard = addCard(tr("Sort · Limit"), QStringLiteral("sortStep"), {Step::Sort, Step::Limit});
    layout->addStretch();

    m_from->setObjectName(QStringLiteral("fromTable"));
    m_from->setAccessibleName(tr("Table to query"));
    m_from->setEditable(true);
    m_from->setInsertPolicy(QComboBox::NoInsert);
    m_from->lineEdit()->setPlaceholderText(tr("Choose a table"));
    m_from->completer()->setFilterMode(Qt::MatchContains);
    m_from->completer()->setCompletionMode(QCompleter::PopupCompletion);
    m_fromCard->addRow(m_from);
    connect(m_from, &QComboBox::activated, this, &BuilderSteps::chooseTable);

    m_limit->setObjectName(QStringLiteral("limit"));
    m_limit->setAccessibleName(tr("Most rows to read"));
    m_limit->setPrefix(tr("limit "));
    m_limit->setRange(1, MostRows);
    connect(m_limit, &QSpinBox::valueChanged, this, [this](int limit) {
        m_state.limit = limit;
        Q_EMIT stateChanged(m_state);
    });
    showAll();
}

StepCard *BuilderSteps::addCard(const QString &title, const QString &name,
                                const QList<query::Step> &steps)
{
    const bool isTenant = steps.contains(query::Step::Scope);
    auto *card =
        new StepCard(title, isTenant ? StepCard::Tone::Tenant : StepCard::Tone::Plain, this);
    card->setObjectName(name);
    connect(card, &StepCard::entered, this, [this, steps] { Q_EMIT stepEntered(steps); });
    connect(card, &StepCard::left, this, &BuilderSteps::stepLeft);
    layout()->addWidget(card);
    return card;
}

void BuilderSteps::setSchema(const BuilderSchema &schema)
{
    m_schema = schema;
    m_tables.clear();
    for (const schema::Table &table : schema.database.tables)
        m_tables.append(table.name);
    std::sort(m_tables.begin(), m_tables.end(), [](const schema::Name &a, const schema::Name &b) {
        return std::tie(a.schema, a.name) < std::tie(b.schema, b.name);
    });
    const QSignalBlocker quiet(m_from);
    m_from->clear();
    for (const schema::Name &table : std::as_const(m_tables))
        m_from->addItem(table.schema.isEmpty() ? table.name : table.qualified());
    m_state = pruned(m_state, schema);
    showAll();
}

void BuilderSteps::setState(const BuilderState &state)
{
    m_state = state;
    showAll();
}

void BuilderSteps::setScope(const BuilderScope &scope)
{
    m_scope = scope;
    m_tenantCard->clear();
    m_tenantCard->setVisible(!m_state.isEmpty() && !scope.tenant.isEmpty());
    m_tenantCard->setNote(tr("locked"));
    const auto add = [this](const QStringList &columns, const QString &label) {
        for (const QString &column : columns) {
            auto *line =
                new QLabel(tr("%1 = <b>%2</b>").arg(column.toHtmlEscaped(), label.toHtmlEscaped()));
            line->setTextFormat(Qt::RichText);
            m_tenantCard->addRow(line);
        }
    };
    add(scope.columns, scope.tenant);
    add(scope.nestedColumns, scope.nested);
    for (const QString &table : scope.unscoped) {
        auto *line = new QLabel(tr("⚠ %1 is not scoped yet").arg(table));
        setStyleProperty(line, "tone", QStringLiteral("changed"));
        m_tenantCard->addRow(line);
    }
}

void BuilderSteps::setFromNote(const QString &note)
{
    m_fromCard->setNote(note);
}

void BuilderSteps::change(const BuilderState &state)
{
    const QWidget *focused = focusWidget();
    const QString name = focused ? focused->objectName() : QString();
    m_state = state;
    showAll();
    Q_EMIT stateChanged(m_state);
    // The chip that was clicked is another one now.
    if (auto *same = name.isEmpty() ? nullptr : findChild<QWidget *>(name))
        same->setFocus();
}

void BuilderSteps::showAll()
{
    const QSignalBlocker quiet(m_from);
    const QSignalBlocker quieter(m_limit);
    m_from->setCurrentIndex(static_cast<int>(m_tables.indexOf(m_state.from.table)));
    m_limit->setValue(static_cast<int>(m_state.limit));
    m_tenantCard->setVisible(!m_state.isEmpty() && !m_scope.tenant.isEmpty());
    for (StepCard *card : {m_relationsCard, m_columnsCard, m_filtersCard, m_sortCard})
        card->setVisible(!m_state.isEmpty());
    showRelations();
    showColumns();
    showFilters();
    showSorts();
}

void BuilderSteps::chooseTable(int index)
{
    if (index < 0 || index >= m_tables.size() || m_tables.at(index) == m_state.from.table)
        return;
    BuilderState state = startWith(m_tables.at(index));
    state.limit = m_state.limit;
    change(state);
}

QString BuilderSteps::label(const query::ColumnRef &column) const
{
    return column.alias == m_state.from.alias
               ? column.column
               : pathOf(m_state, column.alias) + QLatin1Char('.') + column.column;
}

void BuilderSteps::showRelations()
{
    m_relationsCard->clear();
    const QList<RelationChoice> choices = relationChoices(m_state, m_schema);
    m_relationsCard->setVisible(!choices.isEmpty());
    for (const RelationChoice &choice : choices) {
        Chip *relation =
            chip(Chip::Kind::Plain, choice.path, QStringLiteral("relation_") + choice.path);
        relation->setCheckable(true);
        relation->setChecked(choice.isJoined);
        QStringList tip{choice.edge.many ? tr("Several rows of %1: joining multiplies rows")
                                               .arg(choice.edge.target.qualified())
                        : choice.edge.optional
                            ? tr("One row of %1, or none").arg(choice.edge.target.qualified())
                            : tr("One row of %1").arg(choice.edge.target.qualified())};
        const query::Origins origins = choice.edge.origins;
        if (origins.testFlag(query::Origin::Drizzle))
            tip.append(tr("A relation of the code"));
        if (origins.testFlag(query::Origin::DatabaseKey))
            tip.append(tr("A foreign key of the database"));
        else if (origins.testFlag(query::Origin::CodeKey))
            tip.append(tr("A foreign key of the code that the database does not have"));
        relation->setToolTip(tip.join(QLatin1Char('\n')));
        relation->setAccessibleDescription(relation->toolTip());
        connect(relation, &Chip::clicked, this,
                [this, choice] { change(toggleRelation(m_state, choice, m_schema)); });
        m_relationsCard->addChip(relation);
    }
}

void BuilderSteps::showColumns()
{
    m_columnsCard->clear();
    if (m_state.isEmpty())
        return;
    QList<query::ColumnRef> shown;
    for (const RowsColumn &column : columnsOf(m_state, m_state.from.alias, m_schema))
        shown.append(column.source);
    for (const query::ColumnRef &column : std::as_const(m_state.columns)) {
        if (!shown.contains(column))
            shown.append(column);
    }
    for (const query::ColumnRef &column : std::as_const(shown)) {
        Chip *tick =
            chip(Chip::Kind::Plain, label(column), QStringLiteral("column_") + label(column));
        tick->setCheckable(true);
        tick->setChecked(m_state.columns.contains(column));
        connect(tick, &Chip::clicked, this,
                [this, column] { change(toggleColumn(m_state, column)); });
        m_columnsCard->addChip(tick);
    }
    m_columnsCard->setNote(m_state.columns.isEmpty() ? tr("all of %1").arg(m_state.from.table.name)
                                                     : QString());
    if (m_state.joins.isEmpty())
        return;
    Chip *add = chip(Chip::Kind::Add, tr("+ column"), QStringLiteral("addColumn"));
    connect(add, &Chip::clicked, this, [this, add] {
        QMenu *menu = columnMenu(false, [this](const query::ColumnRef &column) {
            change(toggleColumn(m_state, column));
        });
        menu->popup(add->mapToGlobal(QPoint(0, add->height() + 2)));
    });
    m_columnsCard->addChip(add);
}

QMenu *BuilderSteps::columnMenu(bool withFrom,
                                const std::function<void(const query::ColumnRef &)> &chosen)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(QStringLiteral("columnMenu"));
    for (const QString &alias : aliasesOf(m_state)) {
        const bool isFrom = alias == m_state.from.alias;
        if (isFrom && !withFrom)
            continue;
        QMenu *group = isFrom ? menu : menu->addMenu(pathOf(m_state, alias));
        for (const RowsColumn &column : columnsOf(m_state, alias, m_schema)) {
            if (withFrom || !m_state.columns.contains(column.source))
                group->addAction(column.name, this, [chosen, ref = column.source] { chosen(ref); });
        }
    }
    return menu;
}

void BuilderSteps::showFilters()
{
    m_filtersCard->clear();
    if (m_state.isEmpty())
        return;
    QList<FilterRow::Choice> choices;
    for (const QString &alias : aliasesOf(m_state)) {
        for (const RowsColumn &column : columnsOf(m_state, alias, m_schema))
            choices.append({.label = label(column.source), .column = column});
    }
    for (int i = 0; i < m_state.filters.size(); ++i) {
        auto *row = new FilterRow(choices, m_state.filters.at(i), i);
        row->setObjectName(QStringLiteral("filter_%1").arg(i));
        // The row keeps itself as it is: rebuilding it would take the cursor away from who types.
        connect(row, &FilterRow::changed, this, [this, i](const BuilderFilter &filter) {
            m_state.filters[i] = filter;
            Q_EMIT stateChanged(m_state);
        });
        connect(row, &FilterRow::removeRequested, this, [this, i] {
            BuilderState state = m_state;
            state.filters.removeAt(i);
            change(state);
        });
        m_filtersCard->addRow(row);
    }
    Chip *add = chip(Chip::Kind::Add, tr("+ filter"), QStringLiteral("addFilter"));
    connect(add, &Chip::clicked, this, [this] {
        change(studio::addFilter(m_state, m_schema));
        const QString last = QStringLiteral("filter_%1").arg(m_state.filters.size() - 1);
        if (auto *row = m_filtersCard->findChild<FilterRow *>(last))
            row->focusValue();
    });
    m_filtersCard->addChip(add);
}

void BuilderSteps::showSorts()
{
    // The limit outlives the chips beside it.
    m_limit->setParent(this);
    m_sortCard->clear();
    if (m_state.isEmpty()) {
        m_limit->hide();
        return;
    }
    for (qsizetype i = 0; i < m_state.sorts.size(); ++i) {
        const query::Sort &sort = m_state.sorts.at(i);
        const QString arrow = QChar(sort.descending ? 0x2193 : 0x2191);
        Chip *sorted = chip(Chip::Kind::Plain, label(sort.column) + QLatin1Char(' ') + arrow,
                            QStringLiteral("sort_%1").arg(i));
        sorted->setAccessibleName(sort.descending
                                      ? tr("Sorted by %1, descending").arg(label(sort.column))
                                      : tr("Sorted by %1, ascending").arg(label(sort.column)));
        sorted->setRemovable(true);
        connect(sorted, &Chip::clicked, this, [this, i] {
            BuilderState state = m_state;
            state.sorts[i].descending = !state.sorts.at(i).descending;
            change(state);
        });
        connect(sorted, &Chip::removeRequested, this, [this, i] {
            BuilderState state = m_state;
            state.sorts.removeAt(i);
            change(state);
        });
        m_sortCard->addChip(sorted);
    }
    Chip *add = chip(Chip::Kind::Add, tr("+ sort"), QStringLiteral("addSort"));
    connect(add, &Chip::clicked, this, [this, add] {
        QMenu *menu = columnMenu(true, [this](const query::ColumnRef &column) {
            change(studio::addSort(m_state, column, m_schema));
        });
        menu->popup(add->mapToGlobal(QPoint(0, add->height() + 2)));
    });
    m_sortCard->addChip(add);
    m_sortCard->addChip(m_limit);
}

} // namespace studio
