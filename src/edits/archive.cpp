// SPDX-License-Identifier: GPL-3.0-or-later
#include "edits/archive.h"

#include "edits/text.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace edits
{

namespace
{
constexpr int version = 1;

constexpr QLatin1String kinds[] = {QLatin1String("update"), QLatin1String("insert"),
                                   QLatin1String("delete")};

QJsonValue jsonOf(const sql::Parameter &value)
{
    return value ? QJsonValue(QString::fromUtf8(*value)) : QJsonValue(QJsonValue::Null);
}

sql::Parameter parameterOf(const QJsonValue &json)
{
    // A null QByteArray is a value here, not NULL.
    return json.isString() ? sql::Parameter(QByteArray("") + json.toString().toUtf8())
                           : sql::Parameter();
}

QJsonObject jsonOf(const OldValue &value)
{
    if (value.isUnknown)
        return {{QStringLiteral("unknown"), true}};
    return {{value.isDigest ? QStringLiteral("md5") : QStringLiteral("text"), jsonOf(value.text)}};
}

OldValue oldValueOf(const QJsonObject &json)
{
    const bool isDigest = json.contains(QLatin1String("md5"));
    return {parameterOf(json.value(isDigest ? QLatin1String("md5") : QLatin1String("text"))),
            isDigest, json.contains(QLatin1String("unknown"))};
}

QJsonObject jsonOf(const CellEdit &cell)
{
    QJsonObject object{{QStringLiteral("column"), cell.column},
                       {QStringLiteral("before"), jsonOf(cell.before)}};
    if (cell.after.kind == NewValue::Kind::Default)
        object.insert(QStringLiteral("default"), true);
    else
        object.insert(QStringLiteral("after"),
                      cell.after.kind == NewValue::Kind::Null
                          ? QJsonValue(QJsonValue::Null)
                          : QJsonValue(QString::fromUtf8(cell.after.text)));
    return object;
}

CellEdit cellOf(const QJsonObject &json)
{
    CellEdit cell{.column = json.value(QLatin1String("column")).toString(),
                  .before = oldValueOf(json.value(QLatin1String("before")).toObject()),
                  .after = NewValue::of(parameterOf(json.value(QLatin1String("after"))))};
    if (json.value(QLatin1String("default")).toBool())
        cell.after = {.kind = NewValue::Kind::Default, .text = {}};
    return cell;
}

QJsonObject jsonOf(const RowEdit &row)
{
    QJsonArray key, cells, seen;
    for (const QByteArray &value : row.id.key)
        key << QString::fromUtf8(value);
    for (const CellEdit &cell : row.cells)
        cells << jsonOf(cell);
    for (const SeenField &field : row.seen)
        seen << QJsonObject{{QStringLiteral("column"), field.column},
                            {QStringLiteral("value"), jsonOf(field.value)}};
    QJsonObject json{{QStringLiteral("kind"), kinds[int(row.kind)]},
                     {QStringLiteral("schema"), row.id.table.schema},
                     {QStringLiteral("table"), row.id.table.name},
                     {QStringLiteral("keyColumns"), QJsonArray::fromStringList(row.id.keyColumns)},
                     {QStringLiteral("key"), key},
                     {QStringLiteral("number"), row.id.number},
                     {QStringLiteral("tenant"), row.tenant.tenant},
                     {QStringLiteral("restores"), row.restores},
                     {QStringLiteral("cells"), cells},
                     {QStringLiteral("seen"), seen}};
    if (!row.tenant.nested.isEmpty())
        json.insert(QStringLiteral("nested"), row.tenant.nested);
    return json;
}

RowEdit rowOf(const QJsonObject &json)
{
    RowEdit row;
    for (int i = 0; i < 3; ++i) {
        if (json.value(QLatin1String("kind")).toString() == kinds[i])
            row.kind = RowEdit::Kind(i);
    }
    row.id.table = {json.value(QLatin1String("schema")).toString(),
                    json.value(QLatin1String("table")).toString()};
    for (const QJsonValue &name : json.value(QLatin1String("keyColumns")).toArray())
        row.id.keyColumns << name.toString();
    for (const QJsonValue &value : json.value(QLatin1String("key")).toArray())
        row.id.key << value.toString().toUtf8();
    row.id.number = json.value(QLatin1String("number")).toInteger();
    row.tenant = {json.value(QLatin1String("tenant")).toString(),
                  json.value(QLatin1String("nested")).toString()};
    row.restores = json.value(QLatin1String("restores")).toBool();
    for (const QJsonValue &cell : json.value(QLatin1String("cells")).toArray())
        row.cells << cellOf(cell.toObject());
    for (const QJsonValue &field : json.value(QLatin1String("seen")).toArray())
        row.seen << SeenField{field[QLatin1String("column")].toString(),
                              oldValueOf(field[QLatin1String("value")].toObject())};
    return row;
}
} // namespace

QByteArray archived(const Staged &staged)
{
    QJsonArray rows;
    for (const RowEdit &row : staged.rows)
        rows << jsonOf(row);
    const QJsonObject all{{QStringLiteral("version"), version},
                          {QStringLiteral("lastNumber"), staged.lastNumber},
                          {QStringLiteral("rows"), rows}};
    return QJsonDocument(all).toJson(QJsonDocument::Compact);
}

base::Result<Staged> unarchived(const QByteArray &json)
{
    QJsonParseError problem;
    const QJsonObject all = QJsonDocument::fromJson(json, &problem).object();
    const int written = all.value(QLatin1String("version")).toInt();
    if (problem.error != QJsonParseError::NoError || written < 1)
        return base::Error{.kind = base::ErrorKind::InvalidInput,
                           .text = Text::tr("The staged edits of the last time cannot be read"),
                           .detail = problem.errorString()};
    if (written > version)
        return base::Error{.kind = base::ErrorKind::Unsupported,
                           .text = Text::tr("The staged edits were kept by a newer Sluice"),
                           .hint = Text::tr("commit or discard them there")};
    Staged staged{.rows = {}, .lastNumber = all.value(QLatin1String("lastNumber")).toInteger()};
    for (const QJsonValue &row : all.value(QLatin1String("rows")).toArray())
        staged.rows << rowOf(row.toObject());
    return staged;
}

} // namespace edits
