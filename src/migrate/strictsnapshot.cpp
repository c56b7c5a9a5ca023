// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/examine.h"
#include "migrate/json.h"

#include <QHash>

#include <nlohmann/json.hpp>

namespace migrate
{

namespace
{
/// What drizzle-kit 0.31 allows in an object: members that are values, objects of a shape, and
/// objects with any keys whose values have a shape.
struct Shape {
    QStringList members{};
    QHash<QString, const char *> objects{};
    QHash<QString, const char *> maps{};
};

QStringList words(const char *list)
{
    return QString::fromLatin1(list).split(u' ', Qt::SkipEmptyParts);
}

const Shape &shapeOf(const QString &name)
{
    const auto text = [](const char *latin) { return QString::fromLatin1(latin); };
    static const QHash<QString, Shape> shapes = {
        {text("snapshot"),
         {words("id prevId version dialect schemas _meta internal"),
          {},
          {{text("tables"), "table"},
           {text("enums"), "enum"},
           {text("views"), "view"},
           {text("sequences"), "sequence"},
           {text("roles"), "role"},
           {text("policies"), "policy"}}}},
        {text("table"),
         {words("name schema isRLSEnabled"),
          {},
          {{text("columns"), "column"},
           {text("indexes"), "index"},
           {text("foreignKeys"), "foreignKey"},
           {text("compositePrimaryKeys"), "primaryKey"},
           {text("uniqueConstraints"), "unique"},
           {text("policies"), "policy"},
           {text("checkConstraints"), "check"}}}},
        {text("column"),
         {words("name type typeSchema primaryKey notNull default isUnique uniqueName "
                "nullsNotDistinct"),
          {{text("generated"), "generated"}, {text("identity"), "identity"}},
          {}}},
        {text("generated"), {words("type as")}},
        {text("identity"),
         {words("type name increment minValue maxValue startWith cache cycle schema")}},
        {text("index"), {words("name columns isUnique with method where concurrently")}},
        {text("foreignKey"),
         {words("name tableFrom columnsFrom tableTo schemaTo columnsTo onUpdate onDelete")}},
        {text("primaryKey"), {words("name columns")}},
        {text("unique"), {words("name columns nullsNotDistinct")}},
        {text("policy"), {words("name as for to using withCheck on schema")}},
        {text("check"), {words("name value")}},
        {text("enum"), {words("name schema values")}},
        {text("view"),
         {words("name schema definition isExisting with withNoData using tablespace materialized"),
          {},
          {{text("columns"), "column"}}}},
        {text("sequence"),
         {words("name schema increment minValue maxValue startWith cache cycle")}},
        {text("role"), {words("name createDb createRole inherit")}},
    };
    static const Shape none;
    const auto it = shapes.constFind(name);
    return it == shapes.constEnd() ? none : *it;
}

QString step(const QString &key)
{
    return key.contains(u'.') ? u'"' + key + u'"' : key;
}

QString unknownIn(const Json &object, const QString &shapeName)
{
    const Shape &shape = shapeOf(shapeName);
    for (auto it = object.begin(); it != object.end(); ++it) {
        const QString key = QString::fromStdString(it.key());
        if (shape.members.contains(key))
            continue;
        const auto inner = shape.objects.constFind(key);
        const auto map = shape.maps.constFind(key);
        if (inner == shape.objects.constEnd() && map == shape.maps.constEnd())
            return step(key);
        if (!it->is_object())
            continue;
        if (inner != shape.objects.constEnd()) {
            const QString found = unknownIn(*it, QString::fromLatin1(*inner));
            if (!found.isEmpty())
                return step(key) + u'.' + found;
            continue;
        }
        for (auto entry = it->begin(); entry != it->end(); ++entry) {
            const QString found =
                entry->is_object() ? unknownIn(*entry, QString::fromLatin1(*map)) : QString();
            if (!found.isEmpty())
                return step(key) + u'.' + step(QString::fromStdString(entry.key())) + u'.' + found;
        }
    }
    return {};
}
} // namespace

QString unknownMember(const QByteArray &snapshot)
{
    const Json root = Json::parse(snapshot.begin(), snapshot.end(), nullptr, false);
    return root.is_object() ? unknownIn(root, QStringLiteral("snapshot")) : QString();
}

} // namespace migrate
