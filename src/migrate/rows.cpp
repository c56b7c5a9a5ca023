// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/rows.h"

#include "migrate/rowreferences.h"
#include "migrate/text.h"

namespace migrate
{

namespace
{
// lupdate takes base:: before a function's name for the context of its texts.
using base::Error;

/// The members that a row's key is made of.
QList<const char *> keyFields(const QString &type)
{
    static const QHash<QString, QList<const char *>> fields = {
        {QStringLiteral("schemas"), {"name"}},
        {QStringLiteral("tables"), {"schema", "name"}},
        {QStringLiteral("enums"), {"schema", "name"}},
        {QStringLiteral("columns"), {"schema", "table", "name"}},
        {QStringLiteral("indexes"), {"schema", "name"}},
        {QStringLiteral("fks"), {"schema", "table", "name"}},
        {QStringLiteral("pks"), {"schema", "table", "name"}},
        {QStringLiteral("uniques"), {"schema", "table", "name"}},
        {QStringLiteral("checks"), {"schema", "table", "name"}},
        {QStringLiteral("sequences"), {"schema", "name"}},
        {QStringLiteral("roles"), {"name"}},
        {QStringLiteral("privileges"), {"schema", "table", "grantor", "grantee", "type"}},
        {QStringLiteral("policies"), {"schema", "table", "name"}},
        {QStringLiteral("views"), {"schema", "name"}},
    };
    return fields.value(type);
}

Error malformed(const QString &why, const Json &where)
{
    return {.kind = base::ErrorKind::InvalidInput,
            .text = Text::tr("The snapshot is malformed"),
            .where = {},
            .detail =
                QStringLiteral("%1: %2").arg(why, QString::fromStdString(where.dump()).left(200)),
            .hint = Text::tr("restore it from git")};
}

void overwrite(Json &row, const Json &values)
{
    for (auto it = values.begin(); it != values.end(); ++it) {
        if (row.contains(it.key()))
            row[it.key()] = it.value();
    }
}
} // namespace

bool same(const Json &one, const Json &other)
{
    return nlohmann::json(one) == nlohmann::json(other);
}

const QStringList &Rows::types()
{
    static const QStringList all = {
        QStringLiteral("schemas"),   QStringLiteral("tables"),  QStringLiteral("enums"),
        QStringLiteral("columns"),   QStringLiteral("indexes"), QStringLiteral("fks"),
        QStringLiteral("pks"),       QStringLiteral("uniques"), QStringLiteral("checks"),
        QStringLiteral("sequences"), QStringLiteral("roles"),   QStringLiteral("privileges"),
        QStringLiteral("policies"),  QStringLiteral("views")};
    return all;
}

QString Rows::keyOf(const QString &type, const Json &row)
{
    Json names = Json::array();
    for (const char *field : keyFields(type)) {
        const auto it = row.find(field);
        names.push_back(it == row.end() ? Json() : *it);
    }
    return QString::fromStdString(names.dump());
}

QString Rows::pathOf(const QString &type, const QString &key)
{
    return type + QChar(u'\0') + key;
}

base::Result<Rows> Rows::from(const Json &list)
{
    if (!list.is_array())
        return malformed(Text::tr("it has no list of objects"), Json());
    Rows rows;
    for (const Json &row : list) {
        if (!row.is_object() || !types().contains(textOf(row, "entityType")))
            return malformed(Text::tr("an object of an unknown type"), row);
        if (!rows.add(row))
            return malformed(Text::tr("an object is there twice"), row);
    }
    return rows;
}

const std::vector<Json> &Rows::of(const QString &type) const
{
    static const std::vector<Json> none;
    const auto it = m_buckets.constFind(type);
    return it == m_buckets.constEnd() ? none : it->rows;
}

const Json *Rows::find(const QString &type, const QString &key) const
{
    const auto bucket = m_buckets.constFind(type);
    if (bucket == m_buckets.constEnd())
        return nullptr;
    const auto it = bucket->index.constFind(key);
    return it == bucket->index.constEnd() ? nullptr : &bucket->rows[*it];
}

Json Rows::list() const
{
    Json all = Json::array();
    for (const QString &type : types()) {
        for (const Json &row : of(type))
            all.push_back(row);
    }
    return all;
}

bool Rows::add(const Json &row)
{
    const QString type = textOf(row, "entityType");
    Bucket &bucket = m_buckets[type];
    const QString key = keyOf(type, row);
    if (bucket.index.contains(key))
        return false;
    bucket.index.insert(key, bucket.rows.size());
    bucket.rows.push_back(row);
    return true;
}

void Rows::remove(const QString &type, const QString &key)
{
    Bucket &bucket = m_buckets[type];
    const auto it = bucket.index.constFind(key);
    if (it == bucket.index.constEnd())
        return;
    const size_t position = *it;
    bucket.rows.erase(bucket.rows.begin() + qsizetype(position));
    bucket.index.erase(it);
    for (size_t &other : bucket.index) {
        if (other > position)
            --other;
    }
}

void Rows::set(const QString &type, const QString &key, const Json &values)
{
    Bucket &bucket = m_buckets[type];
    const auto it = bucket.index.constFind(key);
    if (it != bucket.index.constEnd())
        overwrite(bucket.rows[*it], values);
}

bool Rows::reindex()
{
    for (auto it = m_buckets.begin(); it != m_buckets.end(); ++it) {
        it->index.clear();
        for (size_t i = 0; i < it->rows.size(); ++i) {
            const QString key = keyOf(it.key(), it->rows[i]);
            if (it->index.contains(key))
                return false;
            it->index.insert(key, i);
        }
    }
    return true;
}

bool Rows::rename(const QString &type, const QString &key, const Json &values)
{
    struct Moved {
        QString type;
        Json before, after;
    };
    const Json *found = find(type, key);
    if (!found)
        return true;
    QList<Moved> moved{{type, *found, *found}};
    overwrite(moved.first().after, values);
    if (keyOf(type, moved.first().after) == key) {
        set(type, key, values);
        return true;
    }
    const QHash<QString, Bucket> before = m_buckets;
    set(type, key, values);
    // What names a moved row is changed, and may thereby move itself: a table's columns, their
    // keys.
    for (qsizetype i = 0; i < moved.size(); ++i) {
        const Moved now = moved[i];
        for (const RowReference &reference : referencesTo(now.type)) {
            for (Json &row : m_buckets[reference.from].rows) {
                if (!reference.refersTo(row, now.before))
                    continue;
                const Json old = row;
                reference.relocate(row, now.before, now.after);
                if (keyOf(reference.from, old) != keyOf(reference.from, row))
                    moved << Moved{reference.from, old, row};
            }
        }
    }
    if (reindex())
        return true;
    m_buckets = before;
    return false;
}

base::Result<base::Done> Rows::apply(const Json &deltas)
{
    if (!deltas.is_array())
        return malformed(Text::tr("it has no list of changes"), Json());
    for (const Json &delta : deltas) {
        const QString operation = textOf(delta, "op");
        if (operation == QLatin1String("create")) {
            const Json &row = objectOf(delta, "row");
            const QString type = textOf(row, "entityType");
            if (!types().contains(type))
                return malformed(Text::tr("an object of an unknown type"), delta);
            if (!add(row) && !same(*find(type, keyOf(type, row)), row))
                return malformed(Text::tr("two migrations gave one name to two objects"), delta);
            continue;
        }
        const QString path = textOf(delta, "key");
        const QString type = path.section(QChar(u'\0'), 0, 0);
        const QString key = path.section(QChar(u'\0'), 1);
        if (!types().contains(type))
            return malformed(Text::tr("an object of an unknown type"), delta);
        if (operation == QLatin1String("drop"))
            remove(type, key);
        else if (operation == QLatin1String("alter") || operation == QLatin1String("rename")) {
            if (!rename(type, key, objectOf(delta, "set")))
                return malformed(Text::tr("two migrations gave one name to two objects"), delta);
        } else
            return malformed(Text::tr("an unknown kind of change"), delta);
    }
    return base::Done();
}

} // namespace migrate
