// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/sequences.h"

#include "diff/names.h"
#include "migrate/objectstatements.h"
#include "migrate/statements.h"
#include "schema/storedname.h"
#include "sql/identifier.h"

namespace migrate
{

namespace
{
/// The one that the column owns, by its live name.
std::optional<schema::Name> ownedSequence(const Planner &planner, const schema::Name &table,
                                          const QString &column)
{
    if (!planner.live())
        return std::nullopt;
    const schema::ObjectId id = planner.liveId(columnId(table, column));
    const auto &sequences = planner.live()->sequences;
    for (auto it = sequences.cbegin(); it != sequences.cend(); ++it) {
        if (it->ownerTable == id.name && it->ownerColumn == id.part)
            return it.key();
    }
    return std::nullopt;
}
} // namespace

schema::Name serialSequence(const Planner &planner, const schema::Name &table,
                            const QString &column)
{
    const schema::Name generated{table.schema,
                                 diff::generatedName(table.name, column, QStringLiteral("seq"))};
    const std::optional<schema::Name> owned = ownedSequence(planner, table, column);
    if (!owned)
        return generated;
    // It moves and is renamed along with its table.
    schema::Name name{table.schema, owned->name};
    for (const diff::Change &change : planner.difference().changes) {
        const auto *rename = std::get_if<diff::Rename>(&change);
        if (rename && rename->kind == diff::Kind::Sequence && rename->table == table &&
            rename->from.name == name.name)
            name = rename->to;
    }
    return name;
}

bool knowsSequence(const Planner &planner, const schema::Name &table, const QString &column)
{
    return ownedSequence(planner, table, column).has_value();
}

QString dropSerialSequence(const Planner &planner, const schema::Name &table, const QString &column)
{
    if (knowsSequence(planner, table, column))
        return dropSequence(serialSequence(planner, table, column));
    const QString name =
        QStringLiteral("pg_get_serial_sequence(%1, %2)")
            .arg(sql::literal(publicToo(table)), sql::literal(schema::storedName(column)));
    return QStringLiteral("DO $$ BEGIN EXECUTE 'DROP SEQUENCE ' || ") + name +
           QStringLiteral("; END $$;");
}

QString sequenceBehindRows(const schema::Name &table, const QString &column,
                           const schema::Name &sequence, const schema::SequenceOptions &options)
{
    const bool down = options.increment.startsWith(u'-');
    const QString start = !options.startWith.isEmpty() ? options.startWith
                          : down                       ? QStringLiteral("-1")
                                                       : QStringLiteral("1");
    const QString name = sql::identifier(column);
    const QString next = down ? QStringLiteral("LEAST(min(") + name +
                                    QStringLiteral(")::bigint - 1, ") + start + u')'
                              : QStringLiteral("GREATEST(max(") + name +
                                    QStringLiteral(")::bigint + 1, ") + start + u')';
    return QStringLiteral("SELECT setval(") + sql::literal(publicToo(sequence)) +
           QStringLiteral(", ") + next + QStringLiteral(", false) FROM ") + tableSql(table) + u';';
}

} // namespace migrate
