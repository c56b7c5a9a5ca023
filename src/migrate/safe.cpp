// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/safe.h"

#include "diff/names.h"
#include "diff/renaming.h"
#include "migrate/columntype.h"
#include "migrate/conversion.h"
#include "migrate/defaults.h"
#include "migrate/dependants.h"
#include "migrate/hazards.h"
#include "migrate/mentions.h"
#include "migrate/pairs.h"
#include "migrate/statements.h"
#include "migrate/text.h"
#include "sql/identifier.h"

#include <algorithm>

namespace migrate
{

namespace
{
using sql::identifier;

bool hasType(const diff::AlterColumn &change)
{
    return change.before.type != change.after.type ||
           change.before.typeSchema != change.after.typeSchema;
}

bool onlySetsNotNull(const diff::AlterColumn &change)
{
    schema::Column same = change.before;
    same.notNull = true;
    return !change.before.notNull && change.after.notNull && same == change.after;
}

QString validate(const schema::Name &table, const QString &name)
{
    return alterTable(table, QStringLiteral("VALIDATE CONSTRAINT ") + identifier(name));
}

std::optional<Conversion> conversionOf(const Planner &planner, const diff::AlterColumn &change,
                                       const QString &value)
{
    return conversion({change.before, isEnum(change.before, planner.from())},
                      {change.after, isEnum(change.after, planner.to())}, value);
}

/// A column beside another: its statements, each in the migration behind the one before.
class Beside
{
public:
    Beside(Planner &planner, const diff::AlterColumn &change)
        : m_planner(planner)
        , m_change(change)
        , m_table(change.table)
        , m_old(change.after.name)
        , m_new(diff::generatedName(change.after.name, {}, QStringLiteral("_new")))
        , m_trigger(diff::generatedName(QStringLiteral("zz_") + change.table.name,
                                        change.after.name, QStringLiteral("_sync")))
    {
    }

    void run()
    {
        expand();
        fill();
        if (m_change.after.notNull)
            holdNotNull();
        swap();
    }

private:
    int add(Node node, bool commit)
    {
        if (m_last >= 0)
            (commit ? node.afterCommit : node.after) << m_last;
        node.uses << tableId(m_table) << columnId(m_table, m_old);
        m_last = m_planner.add(node);
        return m_last;
    }
    Node node(const QString &statement, Lock lock, Work work = Work::None) const
    {
        Node made = m_planner.node(Stage::Alterations, statement);
        made.line.effect = m_planner.on(m_table, lock, work);
        return made;
    }

    /// As ALTER … TYPE converts it. Where that is an assignment it has to be one here, too: an
    /// explicit cast cuts what is too long, which an assignment refuses.
    QString converted(const QString &value) const
    {
        const auto way = conversionOf(m_planner, m_change, value);
        return way && !way->expression.isEmpty() ? way->expression : value;
    }
    QString function() const { return identifier(m_table.schema, m_trigger); }

    QString makeFunction() const
    {
        const QString body =
            QStringLiteral("BEGIN NEW.%1 := %2; RETURN NEW; END")
                .arg(identifier(m_new), converted(QStringLiteral("NEW.") + identifier(m_old)));
        return QStringLiteral("CREATE FUNCTION ") + function() +
               QStringLiteral("() RETURNS trigger LANGUAGE plpgsql AS ") + sql::literal(body) +
               u';';
    }
    QString dropFunction() const
    {
        return QStringLiteral("DROP FUNCTION ") + function() + QStringLiteral("();");
    }
    QString makeTrigger() const
    {
        return QStringLiteral("CREATE TRIGGER %1 BEFORE INSERT OR UPDATE ON %2 FOR EACH ROW "
                              "EXECUTE FUNCTION %3();")
            .arg(identifier(m_trigger), tableSql(m_table), function());
    }
    QString dropTrigger() const
    {
        return QStringLiteral("DROP TRIGGER %1 ON %2;")
            .arg(identifier(m_trigger), tableSql(m_table));
    }

    /// The live column's own, where the new type has one too.
    QString collation() const
    {
        return m_planner.live() && isTextual(m_change.after.type)
                   ? m_planner.live()
                         ->columns.value(m_planner.liveId(columnId(m_table, m_old)))
                         .collation
                   : QString();
    }

    void expand()
    {
        schema::Column beside = m_change.after;
        beside.name = m_new;
        beside.notNull = false;
        beside.defaultValue.reset();
        QString made = addColumn(m_table, beside);
        if (!collation().isEmpty())
            made.insert(made.size() - 1, QStringLiteral(" COLLATE ") + collation());
        Node column = node(made, Lock::AccessExclusive);
        column.name = QStringLiteral("add_") + m_new;
        column.line.reverse << ReverseStatement{dropColumn(m_table, m_new)};
        if (isEnum(m_change.after, m_planner.to()))
            column.uses << enumId(enumName(m_change.after));
        add(column, false);
        Node make = node(makeFunction(), Lock::None);
        make.line.reverse << ReverseStatement{dropFunction()};
        add(make, false);
        Node trigger = node(makeTrigger(), Lock::ShareRowExclusive);
        trigger.line.reverse << ReverseStatement{dropTrigger()};
        add(trigger, false);
    }

    /// A thousand pages at a time, each committed: nobody waits long for a row, and what was filled
    /// stays. Rows that are written meanwhile are the trigger's. Parts of the table have pages of
    /// their own.
    QString fillInBatches() const
    {
        const QString body =
            QStringLiteral(
                "DECLARE __pages integer := (WITH RECURSIVE parts (id) AS (SELECT "
                "%1::regclass::oid UNION SELECT inhrelid FROM pg_inherits JOIN parts ON "
                "inhparent = id) SELECT max(pg_relation_size(id)) FROM parts) / "
                "current_setting('block_size')::bigint; BEGIN FOR __page IN 0..__pages BY 1000 "
                "LOOP UPDATE %2 SET %3 = %4 WHERE ctid >= format('(%s,0)', __page)::tid AND ctid "
                "< format('(%s,0)', __page + 1000)::tid AND %3 IS NULL AND %5 IS NOT NULL; "
                "COMMIT; END LOOP; END")
                .arg(sql::literal(tableSql(m_table)), tableSql(m_table), identifier(m_new),
                     converted(identifier(m_old)), identifier(m_old));
        return QStringLiteral("DO ") + sql::literal(body) + u';';
    }

    void fill()
    {
        Node update = node(fillInBatches(), Lock::RowExclusive, Work::Scan);
        update.name = QStringLiteral("fill_") + m_new;
        update.alone = true;
        update.line.rowTest = RowTest::Values;
        update.line.effect.inTransaction = false;
        update.line.hazards << hazards::of(Rule::ConcurrentlyInTransaction);
        if (!m_planner.live() ||
            m_planner.live()->tables.value(m_planner.liveName(m_table)).hasTriggers)
            update.line.hazards << hazards::of(Rule::TriggersFire);
        add(update, true);
    }

    QString makeCheck(const QString &state) const
    {
        return alterTable(m_table, QStringLiteral("ADD CONSTRAINT %1 CHECK (%2 IS NOT NULL)%3")
                                       .arg(identifier(m_check), identifier(m_new), state));
    }
    void holdNotNull()
    {
        m_check = diff::generatedName(m_table.name, m_old, QStringLiteral("not_null"));
        Node check = node(makeCheck(QStringLiteral(" NOT VALID")), Lock::AccessExclusive);
        check.name = QStringLiteral("hold_") + m_new;
        check.line.reverse << ReverseStatement{dropConstraint(m_table, m_check)};
        add(check, true);
        Node look = node(validate(m_table, m_check), Lock::ShareUpdateExclusive, Work::Scan);
        look.name = QStringLiteral("validate_") + m_new;
        look.line.rowTest = RowTest::Nulls;
        add(look, true);
    }

    /// The old column again, filled from the new one.
    QList<ReverseStatement> oldAgain() const
    {
        schema::Column old = m_change.before;
        old.notNull = false;
        schema::Column was = old;
        schema::Column is = m_change.after;
        was.name = is.name = m_new;
        const std::optional<Conversion> way =
            wayBack({was, isEnum(was, m_planner.from())}, {is, isEnum(is, m_planner.to())});
        if (!way)
            return {{addColumn(m_table, old),
                     Text::tr("PostgreSQL has no cast back to %1").arg(old.type)}};
        const QString value = way->expression.isEmpty() ? identifier(m_new) : way->expression;
        QList<ReverseStatement> back{{addColumn(m_table, old)},
                                     {QStringLiteral("UPDATE %1 SET %2 = %3;")
                                          .arg(tableSql(m_table), identifier(m_old), value),
                                      way->loss}};
        if (m_change.before.notNull)
            back << ReverseStatement{alterColumn(m_table, m_old, QStringLiteral("SET NOT NULL"))};
        return back;
    }

    void swap()
    {
        const auto step = [&](const QString &statement, const QList<ReverseStatement> &back,
                              bool commit = false, Lock lock = Lock::AccessExclusive) {
            Node made = node(statement, lock);
            made.line.reverse = back;
            return add(made, commit);
        };
        step(dropTrigger(), {{makeTrigger()}}, true);
        step(dropFunction(), {{makeFunction()}}, false, Lock::None);
        if (!m_check.isEmpty()) {
            step(alterColumn(m_table, m_new, QStringLiteral("SET NOT NULL")),
                 {{alterColumn(m_table, m_new, QStringLiteral("DROP NOT NULL"))}});
            step(dropConstraint(m_table, m_check), {{makeCheck({})}});
        }
        const int dropped = step(dropColumn(m_table, m_old), oldAgain());
        if (!m_planner.live())
            m_planner.at(dropped).line.hazards << hazards::of(Rule::ColumnMadeAnew);
        if (isEnum(m_change.before, m_planner.from()))
            m_planner.at(dropped).releases << enumId(enumName(m_change.before));
        const auto rename = [this](const QString &from, const QString &to) {
            return alterTable(
                m_table,
                QStringLiteral("RENAME COLUMN %1 TO %2").arg(identifier(from), identifier(to)));
        };
        const int renamed = step(rename(m_new, m_old), {{rename(m_old, m_new)}});
        m_planner.at(renamed).applies << m_change;
        if (m_change.after.defaultValue)
            step(alterColumn(m_table, m_old,
                             QStringLiteral("SET DEFAULT ") + defaultSql(m_change.after)),
                 {{alterColumn(m_table, m_old, QStringLiteral("DROP DEFAULT"))}});
        restore(m_planner, columnId(m_table, m_old), m_last);
    }

    Planner &m_planner;
    const diff::AlterColumn &m_change;
    const schema::Name m_table;
    const QString m_old, m_new;
    const QString m_trigger; ///< the last one by name: it sees what the others have set
    QString m_check;
    int m_last = -1;
};

bool isReadBy(const schema::Table &table, const QString &column)
{
    const auto has = [&](const auto &part) { return part.columns.contains(column); };
    return table.keyColumns().contains(column) || std::ranges::any_of(table.uniques, has) ||
           std::ranges::any_of(table.foreignKeys, has) ||
           std::ranges::any_of(
               table.checks,
               [&](const schema::Check &check) { return mentions(check.expression, column); }) ||
           std::ranges::any_of(table.columns,
                               [&](const schema::Column &other) {
                                   return other.generated &&
                                          mentions(other.generated->expression, column);
                               }) ||
           std::ranges::any_of(table.policies,
                               [&](const schema::Policy &policy) {
                                   return mentions(policy.usingExpression.value_or(QString()),
                                                   column) ||
                                          mentions(policy.withCheck.value_or(QString()), column);
                               }) ||
           std::ranges::any_of(table.indexes, [&](const schema::Index &index) {
               return mentions(index.where, column) ||
                      std::ranges::any_of(index.columns, [&](const schema::IndexColumn &part) {
                          return part.isExpression ? mentions(part.expression, column)
                                                   : part.expression == column;
                      });
           });
}

/// Whether anything of the schema to reach needs the column: made on the old one, it would go with
/// it.
bool isNeededAfter(const schema::Database &database, const schema::Name &table,
                   const QString &column)
{
    const schema::Table *found = database.table(table);
    return (found && isReadBy(*found, column)) ||
           std::ranges::any_of(database.tables,
                               [&](const schema::Table &other) {
                                   return std::ranges::any_of(
                                       other.foreignKeys, [&](const schema::ForeignKey &key) {
                                           return diff::targetOf(key) == table &&
                                                  key.targetColumns.contains(column);
                                       });
                               }) ||
           std::ranges::any_of(
               database.linkedPolicies,
               [&](const schema::Policy &policy) {
                   return diff::tableOf(policy) == table &&
                          (mentions(policy.usingExpression.value_or(QString()), column) ||
                           mentions(policy.withCheck.value_or(QString()), column));
               }) ||
           std::ranges::any_of(database.views, [&](const schema::View &view) {
               return !view.existing && readingOf(view.definition).readsColumn(table, column);
           });
}

/// Whether rows of other tables are in it by inheritance, which the trigger would not see.
bool isInherited(const Planner &planner, const schema::Name &table)
{
    if (!planner.live())
        return false;
    const schema::Name now = planner.liveName(table);
    return planner.live()->tables.value(now).partitionKey.isEmpty() &&
           std::ranges::any_of(planner.live()->tables, [&](const schema::TableTraits &traits) {
               return traits.inherits.contains(now);
           });
}

bool isPlain(const schema::Column &column)
{
    return !column.primaryKey && !column.generated && !column.identity &&
           !diff::isSerial(column.type);
}
} // namespace

QList<diff::Change> forSafe(const QList<diff::Change> &changes)
{
    QList<diff::Change> split;
    for (const diff::Change &change : changes) {
        const auto *alter = std::get_if<diff::AlterColumn>(&change);
        const bool apart = alter && !alter->before.notNull && alter->after.notNull &&
                           !alter->after.primaryKey && !alter->after.generated &&
                           !alter->after.identity && !hasType(*alter) && !onlySetsNotNull(*alter);
        if (!apart) {
            split << change;
            continue;
        }
        diff::AlterColumn first = *alter;
        first.after.notNull = false;
        diff::AlterColumn second = *alter;
        second.before = first.after;
        split << first << second;
    }
    return split;
}

void setNotNullLater(Planner &planner, const diff::AlterColumn &change)
{
    const schema::Name &table = change.table;
    const QString &column = change.after.name;
    const QString name = diff::generatedName(table.name, column, QStringLiteral("not_null"));
    const auto node = [&](const QString &statement, Lock lock, Work work) {
        Node made = planner.node(Stage::Alterations, statement);
        made.uses << tableId(table) << columnId(table, column);
        made.line.effect = planner.on(table, lock, work);
        return made;
    };
    Node check = node(alterTable(table, QStringLiteral("ADD CONSTRAINT %1 CHECK (%2 IS NOT NULL) "
                                                       "NOT VALID")
                                            .arg(identifier(name), identifier(column))),
                      Lock::AccessExclusive, Work::None);
    check.name = QStringLiteral("hold_") + column;
    check.line.reverse << ReverseStatement{dropConstraint(table, name)};
    // What else the plan does to the column comes first.
    check.afterCommit << planner.changersOf(columnId(table, column));
    const int held = planner.add(check);

    Node look = node(validate(table, name), Lock::ShareUpdateExclusive, Work::Scan);
    look.name = QStringLiteral("validate_") + column;
    look.line.hazards << hazards::of(Rule::SetNotNull);
    look.line.rowTest = RowTest::Nulls;
    look.afterCommit << held;
    const int validated = planner.add(look);

    Node set = node(alterColumn(table, column, QStringLiteral("SET NOT NULL")),
                    Lock::AccessExclusive, Work::None);
    set.name = QStringLiteral("set_not_null_") + column;
    set.line.reverse << ReverseStatement{
        alterColumn(table, column, QStringLiteral("DROP NOT NULL"))};
    set.afterCommit << validated;
    set.applies << change;
    set.creates << notNullId(table, column);
    const int done = planner.add(set);

    Node drop = node(dropConstraint(table, name), Lock::AccessExclusive, Work::None);
    drop.line.reverse << ReverseStatement{
        alterTable(table, QStringLiteral("ADD CONSTRAINT %1 CHECK (%2 IS NOT NULL)")
                              .arg(identifier(name), identifier(column)))};
    drop.after << done;
    planner.add(drop);
}

void dropWhatIsLeftLast(Planner &planner)
{
    const auto takesNameOf = [&](const Node &maker, const Node &drop) {
        return std::ranges::any_of(maker.takes,
                                   [&](const QString &name) { return drop.gives.contains(name); });
    };
    for (const Node &made : QList<Node>(planner.nodes())) {
        const auto *add = std::get_if<diff::AddPrimaryKey>(&made.line.change);
        const schema::ObjectId key = add ? keyId(add->table, add->key.columns) : schema::ObjectId();
        if (!add || made.after.isEmpty() || !made.creates.contains(key))
            continue; // not built before
        const int maker = planner.makerOf(made.creates.first());
        for (int i = 0; i < planner.nodes().size(); ++i) {
            const diff::Change &change = planner.nodes()[i].line.change;
            const auto *column = std::get_if<diff::DropColumn>(&change);
            const auto *index = std::get_if<diff::DropIndex>(&change);
            const auto *unique = std::get_if<diff::DropUnique>(&change);
            const bool isLeft = (column && column->table == add->table) ||
                                (index && index->table == add->table) ||
                                (unique && unique->table == add->table);
            if (isLeft && !planner.nodes()[i].frees.isEmpty() &&
                !takesNameOf(made, planner.nodes()[i]))
                planner.at(i).after << maker;
        }
    }
}

bool changeTypeBeside(Planner &planner, const diff::AlterColumn &change)
{
    if (onlySetsNotNull(change) && !change.after.primaryKey && !change.after.identity) {
        setNotNullLater(planner, change);
        return true;
    }
    const bool anEnum = isEnum(change.before, planner.from()) || isEnum(change.after, planner.to());
    const bool rewrites =
        hasType(change) && (anEnum || typeEffect(change.before.type, change.after.type).rewrites);
    const schema::Name &table = change.table;
    const QString &column = change.after.name;
    if (!rewrites || !isPlain(change.before) || !isPlain(change.after) ||
        change.before.notNull != change.after.notNull ||
        !dependantsOfColumn(planner, table, column, Reach::Column).isEmpty())
        return false;
    if (isNeededAfter(planner.to(), table, column) || isInherited(planner, table) ||
        !conversionOf(planner, change, identifier(column)))
        return false;
    Beside(planner, change).run();
    return true;
}

} // namespace migrate
