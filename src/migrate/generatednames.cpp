// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/generatednames.h"

#include <algorithm>

namespace migrate
{

namespace
{
__extension__ using Wide = unsigned __int128;

/// Twelve characters that stand for a name too long for PostgreSQL: a polynomial over the code
/// points, in base 62.
QString shortened(const QString &text)
{
    constexpr int length = 12;
    static const QString digits =
        QStringLiteral("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
    const auto base = Wide(digits.size());
    Wide most = 1;
    for (int i = 0; i < length; ++i)
        most *= base;
    Wide power = 1, sum = 0;
    for (const uint point : text.toUcs4()) {
        sum = (sum + point * power) % most;
        power = power * 53U % most;
    }
    QString name;
    for (int i = 0; i < length; ++i, sum /= base)
        name.prepend(digits.at(int(sum % base)));
    return name;
}

QString joined(const QString &table, const QStringList &columns, const char *suffix)
{
    return table + u'_' + columns.join(u'_') + QLatin1String(suffix);
}
} // namespace

QString nameInCode(const schema::Table &table, const schema::ForeignKey &key)
{
    return joined(table.name.name, key.columns, "_") + key.targetTable + u'_' +
           key.targetColumns.join(u'_') + QStringLiteral("_fk");
}

QString nameInCode(const schema::Table &table, const schema::Unique &unique)
{
    return joined(table.name.name, unique.columns, "_unique");
}

bool isGenerated(const schema::Table &table, const schema::ForeignKey &key)
{
    return key.name == nameInCode(table, key) || key.name == generatedName(table, key);
}

bool isGenerated(const schema::Table &table, const schema::PrimaryKey &key)
{
    return key.name.isEmpty() || key.name == joined(table.name.name, key.columns, "_pk") ||
           key.name == generatedPrimaryKeyName(table);
}

bool isGenerated(const schema::Table &table, const schema::Unique &unique)
{
    return unique.name == nameInCode(table, unique) ||
           unique.name == joined(table.name.name, unique.columns, "_key");
}

bool isGenerated(const schema::Table &table, const schema::Index &index)
{
    QStringList columns;
    for (const schema::IndexColumn &column : index.columns) {
        if (column.isExpression)
            return false;
        columns << column.expression;
    }
    return index.name == joined(table.name.name, columns, "_index");
}

QString generatedName(const schema::Table &table, const schema::ForeignKey &key)
{
    constexpr qsizetype mostCharacters = 63, longTable = 45;
    const QString wanted = joined(table.name.name, key.columns, "_") + key.targetTable + u'_' +
                           key.targetColumns.join(u'_') + QStringLiteral("_fkey");
    if (wanted.size() <= mostCharacters)
        return wanted;
    const QString unique = shortened(wanted) + QStringLiteral("_fkey");
    return table.name.name.size() < longTable ? table.name.name + u'_' + unique : unique;
}

QString generatedPrimaryKeyName(const schema::Table &table)
{
    return table.name.name + QStringLiteral("_pkey");
}

QString generatedName(const schema::Table &table, const schema::Unique &unique)
{
    return joined(table.name.name, unique.columns, unique.columns.size() == 1 ? "_key" : "_unique");
}

} // namespace migrate
