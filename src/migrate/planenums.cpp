// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/planenums.h"
#include "diff/names.h"
#include "diff/renaming.h"
#include "migrate/columntype.h"
#include "migrate/defaults.h"
#include "migrate/dependants.h"
#include "migrate/hazards.h"
#include "migrate/mentions.h"
#include "migrate/objectstatements.h"
#include "migrate/pairs.h"
#include "migrate/planner.h"
#include "migrate/statements.h"
#include "migrate/text.h"
#include "sql/identifier.h"

#include <QRegularExpression>

#include <algorithm>

namespace migrate
{

namespace
{
using schema::ObjectId;

/// A column that is of the enum before and after.
struct EnumColumn {
    schema::Name table;
    schema::Column before, after;
};

struct EnumColumns {
    QList<EnumColumn> kept; ///< of the same type: to be rewritten
    /// Between the enum and its array, or generated: who changes or remakes them needs both types.
    bool others = false;
    QList<ObjectId> generated;
};

EnumColumns columnsOf(const Planner &planner, const schema::Name &type)
{
    EnumColumns columns;
    for (const schema::Table &table : planner.to().tables) {
        const schema::Table *old = planner.from().table(table.name);
        for (const schema::Column &column : table.columns) {
            const schema::Column *before = old ? old->column(column.name) : nullptr;
            if (!before || !isEnum(column, planner.to()) || enumName(column) != type ||
                before->typeSchema.isEmpty() || enumName(*before) != type)
                continue;
            const bool computed = before->generated && column.generated;
            if (computed)
                columns.generated << columnId(table.name, column.name);
            if (computed || before->type != column.type || before->generated)
                columns.others = true;
            else
                columns.kept << EnumColumn{table.name, *before, column};
        }
    }
    return columns;
}

/// Statements one after the other.
class Chain
{
public:
    /// After what else happens to \a type.
    Chain(Planner &planner, const schema::Name &type)
        : m_planner(planner)
        , m_earlier(planner.changersOf(enumId(type)) + renamerOf(planner, type))
    {
    }

    Node node(const QString &statement, const QString &back)
    {
        Node made = m_planner.node(Stage::EnumRebuilds, statement);
        if (m_last >= 0)
            made.after << m_last;
        else
            made.after << m_earlier;
        made.line.reverse << ReverseStatement{back};
        return made;
    }
    int add(const Node &node)
    {
        m_last = m_planner.add(node);
        return m_last;
    }
    int add(const QString &statement, const QString &back) { return add(node(statement, back)); }
    /// A statement on \a column's table.
    int alter(const EnumColumn &column, const QString &action, const QString &back, Work work)
    {
        Node made = node(alterColumn(column.table, column.after.name, action),
                         alterColumn(column.table, column.after.name, back));
        made.uses << tableId(column.table) << columnId(column.table, column.after.name);
        made.line.effect = m_planner.on(column.table, Lock::AccessExclusive, work);
        if (work == Work::Rewrite)
            made.line.hazards << hazards::of(Rule::EnumRebuilt);
        return add(made);
    }
    int last() const { return m_last; }

private:
    Planner &m_planner;
    QList<int> m_earlier;
    int m_last = -1;
};

QString setType(const schema::Column &column, const QString &type, const QString &cast)
{
    return QStringLiteral("SET DATA TYPE ") + type + QStringLiteral(" USING ") +
           sql::identifier(column.name) + cast + type;
}

QString setDefault(const schema::Column &column, const QString &cast)
{
    return QStringLiteral("SET DEFAULT ") + defaultSql(column) + cast;
}

/// Keys between columns of the enum: in between they would compare two types.
QList<ObjectId> keysOn(const Planner &planner, const EnumColumn &column)
{
    QList<ObjectId> ids;
    for (const schema::Table &table : planner.from().tables) {
        for (const schema::ForeignKey &key : table.foreignKeys) {
            const bool own = table.name == column.table && key.columns.contains(column.after.name);
            const bool target = diff::targetOf(key) == column.table &&
                                key.targetColumns.contains(column.after.name);
            if (own || target)
                ids << constraintId(table.name, key.name);
        }
    }
    return ids;
}

/// What has to be out of the way: by column, and by the type's name alone.
QList<ObjectId> inTheWay(const Planner &planner, const EnumColumn &column, const schema::Name &type)
{
    QList<ObjectId> ids =
        dependantsOfColumn(planner, column.table, column.after.name, Reach::Literals);
    for (const schema::View &view : planner.from().views) {
        if (!view.existing && mentions(view.definition, type.name))
            ids << viewId(view);
    }
    return ids + keysOn(planner, column) + strangersOn(planner, enumId(type));
}

/// Whether drizzle-kit's way, over text, works for \a column.
bool goesOverText(const Planner &planner, const EnumColumn &column, const schema::Name &type)
{
    const bool array = column.after.type.endsWith(u']');
    const bool defaultGoes = column.before.defaultValue && !column.after.defaultValue;
    return !(array && (column.before.defaultValue || column.after.defaultValue)) && !defaultGoes &&
           inTheWay(planner, column, type).isEmpty();
}

/// Whether all columns of the enum \a type go over text.
bool isSimple(const Planner &planner, const schema::Name &type)
{
    const EnumColumns columns = columnsOf(planner, type);
    return !columns.others && std::ranges::all_of(columns.kept, [&](const EnumColumn &column) {
        return goesOverText(planner, column, type);
    });
}

/// Under which name the old type stands beside the new one.
schema::Name nameBeside(const schema::Name &name)
{
    return {name.schema, diff::generatedName(name.name, {}, QStringLiteral("_old"))};
}

void overText(Planner &planner, const diff::RebuildEnum &change, const QList<EnumColumn> &columns)
{
    Chain chain(planner, change.after.name);
    const QString text = QStringLiteral("SET DATA TYPE text");
    for (const EnumColumn &column : columns) {
        const QString type = alterationType(column.after);
        chain.alter(column, text, setType(column.after, type, QStringLiteral("::")), Work::Rewrite);
        if (column.after.defaultValue) {
            const schema::Column &old = column.before.defaultValue ? column.before : column.after;
            chain.alter(column, setDefault(column.after, QStringLiteral("::text")),
                        column.before.defaultValue ? setDefault(old, QStringLiteral("::") + type)
                                                   : QStringLiteral("DROP DEFAULT"),
                        Work::None);
        }
    }
    Node drop = chain.node(dropEnum(change.after.name), createEnum(change.before));
    drop.frees << enumId(change.after.name);
    chain.add(drop);
    Node create = chain.node(createEnum(change.after), dropEnum(change.after.name));
    create.takes << typeKey(change.after.name);
    create.applies << change;
    if (columns.isEmpty())
        create.creates << enumId(change.after.name);
    restore(planner, enumId(change.after.name), chain.add(create));
    for (const EnumColumn &column : columns) {
        const QString type = alterationType(column.after);
        if (column.after.defaultValue)
            chain.alter(column, setDefault(column.after, QStringLiteral("::") + type),
                        setDefault(column.before.defaultValue ? column.before : column.after,
                                   QStringLiteral("::text")),
                        Work::None);
        const int typed = chain.alter(column, setType(column.after, type, QStringLiteral("::")),
                                      text, Work::Rewrite);
        planner.at(typed).line.rowTest = RowTest::Values;
        if (&column == &columns.last())
            planner.at(typed).creates << enumId(change.after.name);
    }
}

/// Beside the old type under another name, each table rewritten once.
void besideOld(Planner &planner, const diff::RebuildEnum &change, const EnumColumns &all)
{
    const QList<EnumColumn> &columns = all.kept;
    const schema::Name name = change.after.name;
    const schema::Name old = nameBeside(name);
    Chain chain(planner, name);
    const QString word = QStringLiteral("TYPE");
    Node rename =
        chain.node(renameObject(word, name, old.name), renameObject(word, old, name.name));
    rename.gives << typeKey(name);
    // On the way back the old defaults come when the old type has its name again.
    for (const EnumColumn &column : columns) {
        if (column.before.defaultValue)
            rename.line.reverse << ReverseStatement{
                alterColumn(column.table, column.after.name, setDefault(column.before, QString()))};
    }
    // What is in the way goes before, so that it comes back when the type has its name again.
    const int renamed = chain.add(rename);
    planner.clear(renamed, all.generated);
    Node create = chain.node(createEnum(change.after), dropEnum(name));
    create.creates << enumId(name);
    create.applies << change;
    restore(planner, enumId(name), chain.add(create));
    for (const EnumColumn &column : columns) {
        schema::Column past = column.after;
        past.type.replace(0, name.name.size(), old.name);
        if (column.before.defaultValue)
            planner.at(chain.alter(column, QStringLiteral("DROP DEFAULT"), QString(), Work::None))
                .line.reverse.clear();
        const int typed = chain.alter(
            column, setType(column.after, alterationType(column.after), QStringLiteral("::text::")),
            setType(column.after, alterationType(past), QStringLiteral("::text::")), Work::Rewrite);
        planner.at(typed).line.rowTest = RowTest::Values;
        const QList<ObjectId> disturbed = inTheWay(planner, column, name);
        planner.clear(renamed, disturbed);
        planner.clear(typed, disturbed);
        if (column.after.defaultValue)
            chain.alter(column, setDefault(column.after, QString()), QStringLiteral("DROP DEFAULT"),
                        Work::None);
    }
    schema::Enum past = change.before;
    past.name = old;
    Node drop = chain.node(dropEnum(old), createEnum(past));
    drop.ends << enumId(name);
    planner.clear(chain.add(drop), all.generated);
}

/// Whether \a statement names \a value in a constant, alone or as a part of an array.
bool names(const QString &statement, const QString &value)
{
    const auto doubled = [](QString text, QChar sign) {
        return text.replace(sign, QString(2, sign));
    };
    const auto holds = [&statement](const QString &text, QChar sign) {
        return statement.contains(sign + text + sign);
    };
    const QString constant = doubled(value, u'\'');
    QString element = doubled(constant, u'\\');
    element.replace(u'"', QStringLiteral("\\\""));
    const QRegularExpression bare(
        QStringLiteral("[{,]\\s*%1\\s*[,}]").arg(QRegularExpression::escape(constant)));
    const bool inArray = statement.contains(QLatin1String("'{")) &&
                         (holds(element, u'"') || bare.match(statement).hasMatch());
    // In E'…' each backslash is there twice.
    const bool inEscapes =
        holds(doubled(constant, u'\\'), u'\'') || holds(doubled(element, u'\\'), u'"');
    return holds(constant, u'\'') || inArray ||
           (statement.contains(QLatin1String("E'")) && inEscapes);
}

bool hasEnum(const schema::Database &database, const schema::Name &table, const schema::Name &type)
{
    const schema::Table *found = database.table(table);
    return found && std::ranges::any_of(found->columns, [&](const schema::Column &column) {
               return isEnum(column, database) && enumName(column) == type;
           });
}
} // namespace

bool isRebuilt(const Planner &planner, const schema::Name &type)
{
    return std::ranges::any_of(planner.difference().changes, [&](const diff::Change &change) {
        const auto *rebuild = std::get_if<diff::RebuildEnum>(&change);
        return rebuild && rebuild->after.name == type;
    });
}

bool isRebuilt(const Planner &planner, const schema::Column &column)
{
    return !column.typeSchema.isEmpty() && isRebuilt(planner, enumName(column));
}

std::optional<schema::Name> oldName(const Planner &planner, const schema::Name &type)
{
    return isRebuilt(planner, type) && !isSimple(planner, type) ? std::optional(nameBeside(type))
                                                                : std::nullopt;
}

QList<int> renamerOf(const Planner &planner, const schema::Name &type)
{
    for (const diff::Change &change : planner.difference().changes) {
        const auto *rename = std::get_if<diff::Rename>(&change);
        if (rename && rename->kind == diff::Kind::Enum && rename->to == type)
            return {planner.renamerOf(*rename)};
    }
    return {};
}

QString liveValue(const Planner &planner, const schema::Name &type, QString value)
{
    const QList<diff::Change> &changes = planner.difference().changes;
    for (auto it = changes.crbegin(); it != changes.crend(); ++it) {
        const auto *rename = std::get_if<diff::Rename>(&*it);
        if (rename && rename->kind == diff::Kind::EnumValue && rename->table == type &&
            rename->to.name == value)
            value = rename->from.name;
    }
    return value;
}

void commitUsedValues(Planner &planner)
{
    QList<std::pair<int, diff::AddEnumValue>> added;
    for (int i = 0; i < planner.nodes().size(); ++i) {
        if (const auto *value = std::get_if<diff::AddEnumValue>(&planner.nodes()[i].line.change))
            added << std::pair{i, *value};
    }
    for (const auto &[maker, value] : added) {
        bool used = false;
        for (int i = 0; i < planner.nodes().size(); ++i) {
            const Node &node = planner.nodes()[i];
            if (std::holds_alternative<diff::AddEnumValue>(node.line.change) ||
                !names(node.line.statement, value.value))
                continue;
            const bool about =
                mentions(node.line.statement, value.type.name) ||
                std::ranges::any_of(node.uses + node.creates, [&](const ObjectId &id) {
                    return hasEnum(planner.to(), id.name, value.type);
                });
            if (!about)
                continue;
            planner.at(i).afterCommit << maker;
            used = true;
        }
        if (used)
            planner.at(maker).line.hazards << hazards::of(Rule::EnumValueUsed);
    }
}

void plan(Planner &planner, const diff::AddEnum &change)
{
    const schema::Name &name = change.type.name;
    Node node = planner.node(Stage::Enums, createEnum(change.type));
    node.creates << enumId(name);
    node.uses << schemaId(name.schema);
    node.applies << change;
    node.line.reverse << ReverseStatement{dropEnum(name)};
    planner.add(node);
}

void plan(Planner &planner, const diff::DropEnum &change)
{
    const schema::Name &name = change.type.name;
    Node node = planner.node(Stage::EnumDrops, dropEnum(name));
    node.frees << enumId(name);
    node.releases << schemaId(name.schema);
    node.applies << change;
    node.line.reverse << ReverseStatement{createEnum(change.type)};
    planner.add(node);
}

void plan(Planner &planner, const diff::AddEnumValue &change)
{
    Node node =
        planner.node(Stage::EnumValues, addEnumValue(change.type, change.value, change.before));
    node.uses << enumId(change.type);
    node.after << planner.changersOf(enumId(change.type));
    node.applies << change;
    node.name = QStringLiteral("add_") + change.value;
    if (change.before.isEmpty())
        node.line.hazards << hazards::of(Rule::EnumValueAtEnd);
    node.line.reverse << ReverseStatement{
        {}, Text::tr("the value stays: PostgreSQL cannot take one out of an enum")};
    planner.registerChanger(enumId(change.type), planner.add(node));
}

void plan(Planner &planner, const diff::RebuildEnum &change)
{
    const EnumColumns columns = columnsOf(planner, change.after.name);
    if (isSimple(planner, change.after.name))
        overText(planner, change, columns.kept);
    else
        besideOld(planner, change, columns);
}

} // namespace migrate
