// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/hazards.h"

#include "migrate/columntype.h"
#include "migrate/text.h"

#include <QRegularExpression>

namespace migrate::hazards
{

namespace
{
using Severity = Hazard::Severity;

QList<Hazard> one(Severity severity, const QString &text)
{
    return {Hazard{severity, text}};
}

/// Functions whose value differs from row to row, so that every row has to be written.
bool isVolatile(const QString &expression)
{
    static const QRegularExpression calls(
        QStringLiteral("\\b(gen_random_uuid|uuid_generate_\\w+|random|clock_timestamp|timeofday|"
                       "nextval|setval)\\s*\\("),
        QRegularExpression::CaseInsensitiveOption);
    return calls.match(expression).hasMatch();
}

bool fillsRows(const schema::Column &column)
{
    return column.type.contains(QLatin1String("serial")) || column.identity ||
           (column.generated && column.generated->stored) ||
           (column.defaultValue && isVolatile(column.defaultValue->text));
}
} // namespace

QList<Hazard> none()
{
    return one(Severity::Safe, Text::tr("locks nothing that is in use"));
}

QList<Hazard> addEnumValue(bool usedHere)
{
    if (usedHere)
        return one(Severity::Warning,
                   Text::tr("the new value is used in this migration, which PostgreSQL refuses "
                            "inside one transaction: split it in two"));
    return one(Severity::Advice,
               Text::tr("no lock on tables · the value cannot be used in the same transaction"));
}

QList<Hazard> dropEnum()
{
    return one(Severity::Advice, Text::tr("fails while anything still uses the type"));
}

QList<Hazard> dropTable()
{
    return one(Severity::Loss,
               Text::tr("ACCESS EXCLUSIVE, also on tables joined by foreign keys · loses the table "
                        "with its rows"));
}

QList<Hazard> addColumn(const schema::Column &column)
{
    QList<Hazard> found;
    const bool fills = fillsRows(column);
    if (fills)
        found << Hazard{Severity::Warning,
                        Text::tr("ACCESS EXCLUSIVE · rewrites the table and its indexes")};
    if (column.primaryKey)
        found << Hazard{Severity::Warning, Text::tr("ACCESS EXCLUSIVE · builds an index")};
    if (column.notNull && !column.defaultValue && !fills)
        found << Hazard{Severity::Warning,
                        Text::tr("fails when the table has rows: NOT NULL without a default")};
    if (found.isEmpty())
        found = one(Severity::Advice, Text::tr("ACCESS EXCLUSIVE · at once"));
    return found;
}

QList<Hazard> dropColumn()
{
    return one(Severity::Loss, Text::tr("ACCESS EXCLUSIVE · at once · loses the column's values"));
}

QList<Hazard> changeType(const schema::Column &before, const schema::Column &after, bool anEnum)
{
    const TypeEffect effect = anEnum ? TypeEffect{} : typeEffect(before.type, after.type);
    const TypeParts from = typeParts(before.type);
    const TypeParts to = typeParts(after.type);
    const bool zoned = from.base == QLatin1String("timestamp") &&
                       to.base == QLatin1String("timestamp with time zone");
    QList<Hazard> found;
    if (zoned)
        found << Hazard{Severity::Warning,
                        Text::tr("ACCESS EXCLUSIVE · rewrites the table and its indexes, unless "
                                 "the server's TimeZone is UTC")};
    else if (effect.rewrites)
        found << Hazard{Severity::Warning,
                        Text::tr("ACCESS EXCLUSIVE · rewrites the table and its indexes")};
    else
        found << Hazard{Severity::Advice, Text::tr("ACCESS EXCLUSIVE · at once")};
    if (effect.narrows)
        found << Hazard{Severity::Warning, Text::tr("fails when a value does not fit")};
    if (anEnum && !isTextual(after.type))
        found << Hazard{Severity::Warning, Text::tr("fails when a value is not one of the enum's")};
    if (effect.rounds)
        found << Hazard{Severity::Loss, Text::tr("values may silently lose digits or their time")};
    return found;
}

QList<Hazard> changeDefault()
{
    return one(Severity::Advice, Text::tr("ACCESS EXCLUSIVE · at once · only new rows get it"));
}

QList<Hazard> setNotNull()
{
    return one(Severity::Warning,
               Text::tr("ACCESS EXCLUSIVE · scans the table · fails when a row is NULL"));
}

QList<Hazard> dropNotNull()
{
    return one(Severity::Advice,
               Text::tr("ACCESS EXCLUSIVE · at once · readers may not expect NULL"));
}

QList<Hazard> addIndex(const schema::Index &index)
{
    QList<Hazard> found;
    if (index.concurrently)
        found << Hazard{Severity::Warning,
                        Text::tr("SHARE UPDATE EXCLUSIVE · cannot run inside a transaction, so "
                                 "drizzle-kit migrate fails on it")};
    else
        found << Hazard{Severity::Warning,
                        Text::tr("SHARE · nobody can write while the index is built")};
    if (index.isUnique)
        found << Hazard{Severity::Warning, Text::tr("fails when there are duplicates")};
    return found;
}

QList<Hazard> dropIndex()
{
    return one(Severity::Warning,
               Text::tr("ACCESS EXCLUSIVE on table and index · queries that used it get slow"));
}

QList<Hazard> addForeignKey(bool newTable, bool newTarget)
{
    if (newTable && newTarget)
        return none();
    if (newTable)
        return one(Severity::Advice,
                   Text::tr("SHARE ROW EXCLUSIVE on the table it points to · at once"));
    return one(Severity::Warning,
               Text::tr("SHARE ROW EXCLUSIVE on both tables · scans the table · fails when a row "
                        "has no target"));
}

QList<Hazard> dropForeignKey()
{
    return one(Severity::Warning, Text::tr("ACCESS EXCLUSIVE on both tables · at once"));
}

QList<Hazard> addUnique()
{
    return one(Severity::Warning,
               Text::tr("ACCESS EXCLUSIVE · builds an index · fails when there are duplicates"));
}

QList<Hazard> dropUnique()
{
    return one(Severity::Warning, Text::tr("ACCESS EXCLUSIVE · at once · drops its index"));
}

QList<Hazard> addCheck()
{
    return one(Severity::Warning,
               Text::tr("ACCESS EXCLUSIVE · scans the table · fails when a row does not pass"));
}

QList<Hazard> dropCheck()
{
    return one(Severity::Advice, Text::tr("ACCESS EXCLUSIVE · at once"));
}

} // namespace migrate::hazards
