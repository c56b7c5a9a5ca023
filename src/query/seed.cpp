// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/seed.h"

#include "query/typescript.h"
#include "sql/identifier.h"

#include <QRegularExpression>

#include <algorithm>

namespace query
{

namespace
{
constexpr qsizetype SafeDigits = 15; ///< of a whole number that a double holds

/// How the cells of one column are written.
struct SeedColumn {
    QString key;
    QString type; ///< as SQL has it
    bool isJson = false;
    bool isComputed = false;
    bool isAlwaysIdentity = false; ///< takes a value only where the statement insists
};

bool isWholeNumber(const QString &type)
{
    static const QRegularExpression whole(
        QStringLiteral("^(smallint|integer|bigint|smallserial|serial|bigserial)$"));
    return whole.match(type).hasMatch();
}

/// sql`'…'::type`: PostgreSQL's own text of the value, inside a template.
QString asSql(const QString &text, const QString &type)
{
    QString constant = sql::literal(text) + QStringLiteral("::") + type;
    constant.replace(u'\\', QStringLiteral("\\\\"))
        .replace(u'`', QStringLiteral("\\`"))
        .replace(QStringLiteral("${"), QStringLiteral("\\${"));
    return QStringLiteral("sql`%1`").arg(constant);
}

/// A Date holds milliseconds: 2026-03-01 12:00:00.123456+00 and infinity are written as SQL.
QString timeLiteral(const QString &text, const QString &type)
{
    static const QRegularExpression plain(QStringLiteral(
        "^(\\d{4}-\\d\\d-\\d\\d) (\\d\\d:\\d\\d:\\d\\d)(\\.\\d{1,3})?([+-]\\d\\d(?::\\d\\d)?)?$"));
    const QRegularExpressionMatch match = plain.match(text);
    if (!match.hasMatch())
        return asSql(text, type);
    // Without a zone drizzle-orm takes it for UTC.
    QString zone = match.captured(4);
    if (zone.isEmpty() || zone == QStringLiteral("+00"))
        zone = QStringLiteral("Z");
    else if (zone.size() == 3)
        zone += QStringLiteral(":00");
    return QStringLiteral("new Date('%1T%2%3%4')")
        .arg(match.captured(1), match.captured(2), match.captured(3), zone);
}

/// A JSON text is a JavaScript value as it stands, but for numbers that a double rounds and for
/// __proto__, which would not be a key.
QString jsonLiteral(const QString &text, const QString &type)
{
    static const QRegularExpression unsafe(
        QStringLiteral("[0-9.]{%1,}|[0-9][eE][+-]?[0-9]|\"__proto__\"").arg(SafeDigits + 1));
    const bool isSafe = !unsafe.match(text).hasMatch() && !text.contains(u'\n');
    return isSafe ? text : asSql(text, type);
}

QString seedLiteral(const sql::Parameter &value, const SeedColumn &column)
{
    if (!value)
        return QStringLiteral("null");
    const QString text = QString::fromUtf8(*value);
    if (column.isJson)
        return jsonLiteral(text, column.type);
    if (isWholeNumber(column.type))
        return text.size() <= SafeDigits ? text : asSql(text, column.type);
    if (column.type.startsWith(QStringLiteral("timestamp")) && !column.type.endsWith(u']'))
        return timeLiteral(text, column.type);
    // Lists have no text form in drizzle-orm, bytes and numbers without an end no literal.
    if (column.type.endsWith(u']') || column.type == QStringLiteral("bytea") ||
        ((column.type == QStringLiteral("real") ||
          column.type == QStringLiteral("double precision")) &&
         !text.at(text.size() - 1).isDigit()))
        return asSql(text, column.type);
    return valueLiteral(text, column.type);
}

QList<SeedColumn> seedColumns(const schema::Table &table, const TypeScriptNames &names,
                              const QStringList &columns)
{
    QList<ColumnRef> references;
    for (const QString &name : columns)
        references << ColumnRef{table.name.name, name};
    const auto fields = names.fields(references);
    QList<SeedColumn> described;
    for (qsizetype i = 0; i < columns.size(); ++i) {
        const schema::Column *column = table.column(columns.at(i));
        QString type = column ? column->type : QStringLiteral("text");
        if (column && !column->typeSchema.isEmpty())
            type = sql::identifier(column->typeSchema, column->type);
        described << SeedColumn{
            .key = fields.at(i).first,
            .type = type,
            .isJson = type == QStringLiteral("json") || type == QStringLiteral("jsonb"),
            .isComputed = column && column->generated,
            .isAlwaysIdentity = column && column->identity &&
                                column->identity->kind == schema::Identity::Kind::Always};
    }
    return described;
}
} // namespace

QString renderSeed(const schema::Table &table, const schema::Database &code,
                   const QStringList &columns, const QList<QList<sql::Parameter>> &rows)
{
    const Select select{.from = {table.name, table.name.name}};
    const TypeScriptNames names(select, code);
    const QList<SeedColumn> described = seedColumns(table, names, columns);
    const bool insists = std::ranges::any_of(described, &SeedColumn::isAlwaysIdentity);
    QString body = QStringLiteral("await db.insert(%1)%2.values([\n")
                       .arg(names.table(select.from.alias),
                            insists ? QStringLiteral(".overridingSystemValue()") : QString());
    bool usesSql = false;
    for (const QList<sql::Parameter> &row : rows) {
        QStringList fields;
        for (qsizetype i = 0; i < described.size(); ++i) {
            if (described.at(i).isComputed)
                continue;
            const QString value = seedLiteral(row.value(i), described.at(i));
            usesSql = usesSql || value.startsWith(QStringLiteral("sql`"));
            fields << described.at(i).key + QStringLiteral(": ") + value;
        }
        body += QStringLiteral("  { %1 },\n").arg(fields.join(QStringLiteral(", ")));
    }
    QString text = usesSql ? QStringLiteral("import { sql } from 'drizzle-orm';\n") : QString();
    text += QStringLiteral("import { %1 } from './schema';\n\n")
                .arg(names.exports().join(QStringLiteral(", ")));
    return text + body + QStringLiteral("]);\n");
}

} // namespace query
