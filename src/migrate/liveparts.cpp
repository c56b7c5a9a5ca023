// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/liveparts.h"

#include "diff/equal.h"
#include "migrate/statements.h"
#include "sql/identifier.h"

#include <algorithm>
#include <functional>

namespace migrate
{

namespace
{
/// \a statement with \a text behind what \a beginning, a statement with its semicolon, begins with.
QString inserted(QString statement, const QString &beginning, const QString &text)
{
    const qsizetype place = beginning.size() - 1;
    if (!text.isEmpty() && statement.startsWith(QStringView(beginning).first(place)))
        statement.insert(place, text);
    return statement;
}

QString atTheEnd(const QString &statement, const QString &text)
{
    return inserted(statement, statement, text);
}

/// Changes the statements that make a part: the one of the plan and the one that takes a drop back.
void inBoth(Planner &planner, const Pair &pair,
            const std::function<QString(const QString &)> &change)
{
    if (pair.make >= 0) {
        QString &statement = planner.at(pair.make).line.statement;
        statement = change(statement);
    }
    if (pair.drop >= 0) {
        for (ReverseStatement &back : planner.at(pair.drop).line.reverse)
            back.sql = change(back.sql);
    }
}

/// Columns of the live table as they are called after the plan.
QStringList afterRenames(const Planner &planner, const schema::Name &table, const QStringList &live)
{
    QStringList names;
    const schema::Table *found = planner.from().table(table);
    for (const QString &name : live) {
        for (const schema::Column &column : found->columns) {
            if (planner.liveId(columnId(table, column.name)).part == name)
                names << column.name;
        }
    }
    return names;
}

QString including(Planner &planner, const Pair &pair, const schema::Name &table,
                  const QStringList &live)
{
    const QStringList columns = afterRenames(planner, table, live);
    for (const QString &column : columns) {
        if (pair.make >= 0)
            planner.at(pair.make).uses << columnId(table, column);
        if (pair.drop >= 0)
            planner.at(pair.drop).releases << columnId(table, column);
    }
    return columns.isEmpty() ? QString()
                             : QStringLiteral(" INCLUDE (") + columnList(columns) + u')';
}

/// \a index with the collations of columns that keep their types.
schema::Index withCollations(const Planner &planner, const schema::Name &table, schema::Index index,
                             const QStringList &collations)
{
    const schema::Table *before = planner.from().table(table);
    const schema::Table *after = planner.to().table(table);
    for (qsizetype i = 0; i < std::min(index.columns.size(), collations.size()); ++i) {
        schema::IndexColumn &column = index.columns[i];
        const schema::Column *old = before ? before->column(column.expression) : nullptr;
        const schema::Column *now = after ? after->column(column.expression) : old;
        if (column.isExpression || collations[i].isEmpty() || !old || !now ||
            !diff::sameType(*old, *now))
            continue;
        column.isExpression = true;
        column.expression =
            sql::identifier(column.expression) + QStringLiteral(" COLLATE ") + collations[i];
    }
    return index;
}

schema::ConstraintTraits traitsOf(const Planner &planner, const schema::Name &table,
                                  const QString &name)
{
    return planner.live()
               ? planner.live()->constraints.value(planner.liveId(constraintId(table, name)))
               : schema::ConstraintTraits();
}

/// What stands behind any constraint.
QString attributes(const schema::ConstraintTraits &traits)
{
    QString text;
    if (traits.deferrable)
        text += QStringLiteral(" DEFERRABLE");
    if (traits.initiallyDeferred)
        text += QStringLiteral(" INITIALLY DEFERRED");
    if (traits.noInherit)
        text += QStringLiteral(" NO INHERIT");
    if (traits.notEnforced)
        text += QStringLiteral(" NOT ENFORCED");
    return text;
}

/// Rows that did not have to hold before do not have to now.
void leaveRowsAlone(Planner &planner, const Pair &pair, const schema::ConstraintTraits &traits)
{
    if (!traits.notValid || traits.notEnforced)
        return;
    const QString words = QStringLiteral(" NOT VALID;");
    inBoth(planner, pair, [&](const QString &statement) {
        return statement.endsWith(words) ? statement : statement.chopped(1) + words;
    });
    if (pair.make >= 0)
        planner.at(pair.make).line.effect.work = Work::None;
}

/// A key: the columns that its index also holds, and when it is looked at.
void keepOfKey(Planner &planner, const Pair &pair, const schema::Name &table, const QString &name,
               const QStringList &columns)
{
    const schema::ConstraintTraits traits = traitsOf(planner, table, name);
    const QString included = including(planner, pair, table, traits.includedColumns);
    const QString list = u'(' + columnList(columns) + u')';
    const auto withIncluded = [&](QString statement) {
        const qsizetype at = statement.lastIndexOf(list);
        return at < 0 ? statement : statement.insert(at + list.size(), included);
    };
    inBoth(planner, pair, [&](const QString &statement) {
        return atTheEnd(withIncluded(statement), attributes(traits));
    });
    if (pair.make < 0 || included.isEmpty())
        return;
    // The safe way builds the index first, in a statement of its own.
    for (const int before : QList<int>(planner.at(pair.make).after)) {
        QString &statement = planner.at(before).line.statement;
        if (statement.startsWith(QLatin1String("CREATE UNIQUE INDEX")))
            statement = withIncluded(statement);
    }
}
} // namespace

void keepLiveTraits(Planner &planner, const Pair &pair, const schema::Name &table,
                    const schema::Index &part)
{
    if (!planner.live())
        return;
    schema::Name name = planner.liveName({table.schema, part.name});
    for (const diff::Change &change : planner.difference().changes) {
        const auto *rename = std::get_if<diff::Rename>(&change);
        if (rename && rename->kind == diff::Kind::Index && rename->table == table &&
            rename->to.name == part.name)
            name.name = rename->from.name;
    }
    name.schema = planner.liveName(table).schema;
    const schema::IndexTraits traits = planner.live()->indexes.value(name);
    QString text = including(planner, pair, table, traits.includedColumns);
    if (traits.nullsNotDistinct)
        text += QStringLiteral(" NULLS NOT DISTINCT");
    schema::Index bare = part;
    bare.with.clear();
    bare.where.clear();
    const schema::Index collated = withCollations(planner, table, bare, traits.collations);
    inBoth(planner, pair, [&](const QString &statement) {
        const bool concurrently = statement.startsWith(createIndex(table, bare, true).chopped(1));
        const QString head = createIndex(table, bare, concurrently).chopped(1);
        return statement.startsWith(head) ? createIndex(table, collated, concurrently).chopped(1) +
                                                text + statement.mid(head.size())
                                          : statement;
    });
}

void keepLiveTraits(Planner &planner, const Pair &pair, const schema::Name &table,
                    const schema::ForeignKey &part)
{
    const schema::ConstraintTraits traits = traitsOf(planner, table, part.name);
    schema::ForeignKey bare = part;
    bare.onUpdate.clear();
    const QString withDelete = addForeignKey(table, bare);
    bare.onDelete.clear();
    const QString withNothing = addForeignKey(table, bare);
    const QStringList set = afterRenames(planner, table, traits.setNullColumns);
    inBoth(planner, pair, [&](QString statement) {
        statement = atTheEnd(statement, attributes(traits));
        // From the back: what stands before stays where it is.
        if (!set.isEmpty())
            statement =
                inserted(statement, withDelete, QStringLiteral(" (") + columnList(set) + u')');
        return traits.matchFull ? inserted(statement, withNothing, QStringLiteral(" MATCH FULL"))
                                : statement;
    });
    leaveRowsAlone(planner, pair, traits);
}

void keepLiveTraits(Planner &planner, const Pair &pair, const schema::Name &table,
                    const schema::Unique &part)
{
    keepOfKey(planner, pair, table, part.name, part.columns);
}

void keepLiveTraits(Planner &planner, const Pair &pair, const schema::Name &table,
                    const schema::PrimaryKey &part)
{
    keepOfKey(planner, pair, table, part.name, part.columns);
}

void keepLiveTraits(Planner &planner, const Pair &pair, const schema::Name &table,
                    const schema::Check &part)
{
    const schema::ConstraintTraits traits = traitsOf(planner, table, part.name);
    inBoth(planner, pair,
           [&](const QString &statement) { return atTheEnd(statement, attributes(traits)); });
    leaveRowsAlone(planner, pair, traits);
}

} // namespace migrate
