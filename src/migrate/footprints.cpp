// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/footprints.h"

#include <QSet>

namespace migrate
{

namespace
{
QString text(const char *latin)
{
    return QString::fromLatin1(latin);
}

/// Names of things as drizzle-kit's test spells them: s(elf), n(ame) and e(xistence), kind and
/// path.
QString node(char mark, const char *kind, const QStringList &path)
{
    return QLatin1Char(mark) + QStringLiteral("|") + text(kind) + u'|' + path.join(u'.');
}

QString nameNode(const char *kind, const QStringList &path)
{
    return node('n', kind, path);
}

QString existence(const char *kind, const QStringList &path)
{
    return node('e', kind, path);
}

/// What else in the database has a name of the same kind: relations, types, constraints.
QStringList sharedNames(const QString &kind, const QStringList &path)
{
    if (kind == QLatin1String("tbl") || kind == QLatin1String("view"))
        return {nameNode("rel", path), nameNode("type", path)};
    if (kind == QLatin1String("seq") || kind == QLatin1String("idx"))
        return {nameNode("rel", path)};
    if (kind == QLatin1String("enum"))
        return {nameNode("type", path)};
    if (kind == QLatin1String("uq"))
        return {nameNode("con", path), nameNode("rel", {path.value(0), path.value(2)})};
    if (kind == QLatin1String("ck") || kind == QLatin1String("fk"))
        return {nameNode("con", path)};
    return {};
}

QStringList made(const char *kind, const QStringList &path)
{
    return QStringList{node('s', kind, path), nameNode(kind, path), existence(kind, path)} +
           sharedNames(text(kind), path);
}

QStringList endpoint(const char *kind, const QStringList &path)
{
    return QStringList{node('s', kind, path), nameNode(kind, path)} + sharedNames(text(kind), path);
}

/// The words for a type of rows: in statements, in targets, in nodes.
struct Words {
    const char *statement;
    const char *target;
    const char *node;
};

Words wordsOf(const QString &type)
{
    static const QHash<QString, Words> all = {
        {text("schemas"), {"schema", "schema", "sch"}},
        {text("tables"), {"table", "table", "tbl"}},
        {text("enums"), {"enum", "enum", "enum"}},
        {text("columns"), {"column", "column", "col"}},
        {text("indexes"), {"index", "index", "idx"}},
        {text("fks"), {"fk", "table", "fk"}},
        {text("pks"), {"pk", "table", "pk"}},
        {text("uniques"), {"unique", "table", "uq"}},
        {text("checks"), {"check", "table", "ck"}},
        {text("sequences"), {"sequence", "sequence", "seq"}},
        {text("roles"), {"role", "role", "role"}},
        {text("policies"), {"policy", "table", "pol"}},
        {text("views"), {"view", "view", "view"}},
    };
    return all.value(type, {"", "", ""});
}

bool isOfTable(const QString &type)
{
    return type == QLatin1String("columns") || type == QLatin1String("fks") ||
           type == QLatin1String("pks") || type == QLatin1String("uniques") ||
           type == QLatin1String("checks") || type == QLatin1String("policies");
}

QStringList tableOf(const Json &row)
{
    return {textOf(row, "schema"), textOf(row, "table")};
}

/// The path that names a row in nodes.
QStringList pathOf(const QString &type, const Json &row)
{
    if (type == QLatin1String("schemas") || type == QLatin1String("roles"))
        return {textOf(row, "name")};
    if (type == QLatin1String("pks"))
        return tableOf(row);
    if (isOfTable(type))
        return tableOf(row) + QStringList{textOf(row, "name")};
    return {textOf(row, "schema"), textOf(row, "name")};
}

QStringList targetOf(const QString &type, const Json &row)
{
    const QString word = text(wordsOf(type).target);
    if (type == QLatin1String("columns") || type == QLatin1String("indexes"))
        return QStringList{word} + tableOf(row) + QStringList{textOf(row, "name")};
    if (isOfTable(type))
        return QStringList{word} + tableOf(row);
    return QStringList{word} + pathOf(type, row);
}

QStringList plainColumns(const Json &row, const char *member)
{
    QStringList names;
    for (const Json &entry : objectMember(row, member)) {
        if (entry.is_string())
            names << QString::fromStdString(entry.get<std::string>());
        else if (!flagOf(entry, "isExpression"))
            names << textOf(entry, "value");
    }
    return names;
}

QString uniqueness(const QStringList &table, QStringList columns)
{
    columns.sort();
    return existence("uniqueness", table + columns);
}

QStringList enumOf(const Json &column)
{
    const QString schema = textOf(column, "typeSchema");
    if (schema.isEmpty() || schema == QLatin1String("pg_catalog"))
        return {};
    return {nameNode("enum", {schema, textOf(column, "type")})};
}

/// What a row needs to be there. \a isGone: it is dropped, so that its columns only have to exist.
QStringList readsOf(const QString &type, const Json &row, bool isGone)
{
    if (type == QLatin1String("schemas") || type == QLatin1String("roles"))
        return {};
    const QString schema = nameNode("sch", {textOf(row, "schema")});
    if (!isOfTable(type) && type != QLatin1String("indexes"))
        return {schema};
    QStringList reads{nameNode("tbl", tableOf(row)), schema};
    if (type == QLatin1String("indexes") && isGone)
        reads.first() = existence("tbl", tableOf(row));
    if (type == QLatin1String("columns"))
        return isGone ? reads : reads + enumOf(row);
    if (type == QLatin1String("policies")) {
        static const QStringList builtIn = {text("public"), text("current_role"),
                                            text("current_user"), text("session_user")};
        for (const QString &role : isGone ? QStringList() : textsOf(row, "roles")) {
            if (!builtIn.contains(role))
                reads << nameNode("role", {role});
        }
        return isGone ? reads : reads + QStringList{existence("rls", tableOf(row))};
    }
    const QStringList target{textOf(row, "schemaTo"), textOf(row, "tableTo")};
    if (type == QLatin1String("fks") && !isGone)
        reads += {nameNode("tbl", target), nameNode("sch", {target.first()})};
    for (const QString &column : plainColumns(row, "columns")) {
        const QStringList path = tableOf(row) + QStringList{column};
        reads << (isGone ? existence("col", path) : nameNode("col", path));
    }
    if (type == QLatin1String("fks") && !isGone) {
        for (const QString &column : textsOf(row, "columnsTo"))
            reads << nameNode("col", target + QStringList{column});
        reads << uniqueness(target, textsOf(row, "columnsTo"));
    }
    return reads;
}

/// The uniqueness that goes with \a row, which foreign keys of another branch may rely on.
QStringList sharedWrites(const QString &type, const Json &row)
{
    const bool isKey = type == QLatin1String("pks") || type == QLatin1String("uniques");
    const QStringList columns = plainColumns(row, "columns");
    const bool isUniqueIndex = type == QLatin1String("indexes") && flagOf(row, "isUnique") &&
                               textOf(row, "where").isEmpty() &&
                               size_t(columns.size()) == objectMember(row, "columns").size();
    return isKey || isUniqueIndex ? QStringList{uniqueness(tableOf(row), columns)} : QStringList();
}

class Footprints
{
public:
    Footprints(const Rows &before, const Rows &after)
        : m_now(before)
        , m_after(after)
    {
    }

    Json of(const Json &deltas)
    {
        for (const Json &delta : deltas)
            noteTable(delta);
        for (const Json &delta : deltas)
            add(delta);
        return m_list;
    }

private:
    static QString typeOf(const Json &delta)
    {
        return delta.contains("row") ? textOf(delta["row"], "entityType")
                                     : textOf(delta, "key").section(QChar(u'\0'), 0, 0);
    }

    void noteTable(const Json &delta)
    {
        if (typeOf(delta) != QLatin1String("tables"))
            return;
        if (textOf(delta, "op") == QLatin1String("create"))
            m_new << pathOf(text("tables"), delta["row"]);
        else if (textOf(delta, "op") == QLatin1String("drop"))
            m_gone << pathOf(text("tables"), row(m_now, delta));
    }

    static const Json &row(const Rows &rows, const Json &delta)
    {
        static const Json none = Json::object();
        const QString path = textOf(delta, "key");
        const Json *found =
            rows.find(path.section(QChar(u'\0'), 0, 0), path.section(QChar(u'\0'), 1));
        return found ? *found : none;
    }

    void put(const QString &statement, const QStringList &target, const QStringList &writes,
             const QStringList &reads, const QStringList &shared = {})
    {
        Json entry{{"statementType", toJson(statement)},
                   {"statementTarget", toJson(target)},
                   {"writes", toJson(writes)}};
        if (!reads.isEmpty())
            entry["reads"] = toJson(reads);
        if (!shared.isEmpty())
            entry["sharedWrites"] = toJson(shared);
        m_list.push_back(entry);
    }

    void add(const Json &delta)
    {
        const QString type = typeOf(delta), operation = textOf(delta, "op");
        if (text(wordsOf(type).statement).isEmpty())
            return;
        if (operation == QLatin1String("create"))
            addCreated(type, delta["row"]);
        else if (operation == QLatin1String("drop"))
            addDropped(type, row(m_now, delta));
        else if (operation == QLatin1String("rename"))
            addRenamed(type, Json(row(m_now, delta)), objectOf(delta, "set"));
        else
            addAltered(type, row(m_after, delta), objectOf(delta, "set"));
    }

    static bool isInline(const QString &type)
    {
        return type == QLatin1String("columns") || type == QLatin1String("pks") ||
               type == QLatin1String("uniques") || type == QLatin1String("checks");
    }

    static QString verb(const QString &type, const char *create, const char *addWord)
    {
        const bool adds = isInline(type);
        return text(adds ? addWord : create) + u'_' + text(wordsOf(type).statement);
    }

    QStringList writesOf(const QString &type, const Json &row) const
    {
        QStringList writes = made(wordsOf(type).node, pathOf(type, row));
        if (type == QLatin1String("pks"))
            writes += sharedNames(text("uq"), tableOf(row) + QStringList{textOf(row, "name")});
        return writes;
    }

    void addCreated(const QString &type, const Json &row)
    {
        // What CREATE TABLE says itself is no statement of its own.
        if (isInline(type) && m_new.contains(tableOf(row)))
            return;
        QStringList writes = writesOf(type, row), reads = readsOf(type, row, false);
        if (type == QLatin1String("tables"))
            withParts(row, writes, reads);
        put(verb(type, "create", "add"), targetOf(type, row), writes, reads);
    }

    /// A new table's keys are relations of their own, its columns need their enums.
    void withParts(const Json &table, QStringList &writes, QStringList &reads) const
    {
        const QStringList path = pathOf(text("tables"), table);
        for (const char *type : {"pks", "uniques"}) {
            for (const Json &row : m_after.of(text(type))) {
                if (tableOf(row) == path)
                    writes << nameNode("rel", {path.first(), textOf(row, "name")});
            }
        }
        for (const Json &row : m_after.of(text("columns"))) {
            if (tableOf(row) == path)
                reads += enumOf(row);
        }
    }

    void addDropped(const QString &type, const Json &row)
    {
        if ((isOfTable(type) || type == QLatin1String("indexes")) && m_gone.contains(tableOf(row)))
            return;
        put(verb(type, "drop", "drop"), targetOf(type, row), writesOf(type, row),
            readsOf(type, row, true), sharedWrites(type, row));
    }

    void addRenamed(const QString &type, const Json &row, const Json &set)
    {
        Json after = row;
        for (auto it = set.begin(); it != set.end(); ++it)
            after[it.key()] = it.value();
        const bool isConstraint = type == QLatin1String("fks") || type == QLatin1String("pks") ||
                                  type == QLatin1String("uniques") ||
                                  type == QLatin1String("checks");
        const bool moves = set.contains("schema");
        QStringList writes = endpoint(wordsOf(type).node, pathOf(type, row)) +
                             endpoint(wordsOf(type).node, pathOf(type, after));
        if (type == QLatin1String("tables") && moves)
            writes += {existence("tbl", pathOf(type, row)), existence("tbl", pathOf(type, after))};
        QStringList reads = readsOf(type, row, true);
        if (moves)
            reads << nameNode("sch", {textOf(after, "schema")});
        put(isConstraint ? text("rename_constraint")
                         : text(moves ? "move_" : "rename_") + text(wordsOf(type).statement),
            targetOf(type, row), writes, reads);
        (void)m_now.rename(type, Rows::keyOf(type, row), set);
    }

    void addAltered(const QString &type, const Json &row, const Json &set)
    {
        if (type == QLatin1String("tables")) {
            QStringList writes{node('s', "rls", pathOf(type, row))};
            if (!flagOf(row, "isRlsEnabled"))
                writes << existence("rls", pathOf(type, row));
            put(text("alter_rls"), targetOf(type, row), writes,
                {nameNode("tbl", pathOf(type, row)), nameNode("sch", {textOf(row, "schema")})});
        } else if (type == QLatin1String("columns")) {
            addAlteredColumn(row, set);
        } else if (type == QLatin1String("fks") || type == QLatin1String("indexes")) {
            put(text("recreate_") + text(wordsOf(type).statement), targetOf(type, row),
                made(wordsOf(type).node, pathOf(type, row)), readsOf(type, row, false),
                sharedWrites(type, row));
        } else {
            QStringList reads = readsOf(type, row, false);
            reads.removeAll(existence("rls", tableOf(row)));
            put(text("alter_") + text(wordsOf(type).statement), targetOf(type, row),
                {node('s', wordsOf(type).node, pathOf(type, row))}, reads, sharedWrites(type, row));
        }
    }

    void addAlteredColumn(const Json &row, const Json &set)
    {
        QStringList properties;
        const auto touch = [&](std::initializer_list<const char *> names) {
            for (const char *name : names) {
                if (!properties.contains(text(name)))
                    properties << text(name);
            }
        };
        if (set.contains("notNull"))
            touch({"notNull"});
        if (set.contains("default"))
            touch({"default"});
        if (set.contains("type") || set.contains("typeSchema") || set.contains("dimensions"))
            touch({"type", "default"});
        if (set.contains("generated"))
            touch({"generated", "default"});
        if (set.contains("identity"))
            touch({"identity", "default", "notNull"});
        const QStringList path = pathOf(text("columns"), row);
        QStringList writes;
        for (const QString &property : std::as_const(properties))
            writes << node('s', "colprop", path + QStringList{property});
        put(text("alter_column"), targetOf(text("columns"), row), writes,
            QStringList{nameNode("tbl", tableOf(row)), nameNode("sch", {path.first()}),
                        nameNode("col", path)} +
                enumOf(row));
    }

    Rows m_now; ///< before, with the renames so far
    const Rows &m_after;
    QSet<QStringList> m_new, m_gone; ///< tables
    Json m_list = Json::array();
};
} // namespace

Json deltasOf(const Rows &before, const Rows &after, const Json &renames)
{
    Json deltas = renames;
    Rows now = before;
    (void)now.apply(renames);
    Json created = Json::array(), altered = Json::array();
    for (const QString &type : Rows::types()) {
        for (const Json &row : now.of(type)) {
            const QString key = Rows::keyOf(type, row);
            if (!after.find(type, key))
                deltas.push_back(Json{{"op", "drop"}, {"key", toJson(Rows::pathOf(type, key))}});
        }
        for (const Json &row : after.of(type)) {
            const QString key = Rows::keyOf(type, row);
            const Json *old = now.find(type, key);
            if (!old) {
                created.push_back(Json{{"op", "create"}, {"row", row}});
                continue;
            }
            Json set = Json::object();
            for (auto it = row.begin(); it != row.end(); ++it) {
                if (!same(objectMember(*old, it.key().c_str()), it.value()))
                    set[it.key()] = it.value();
            }
            if (!set.empty())
                altered.push_back(
                    Json{{"op", "alter"}, {"key", toJson(Rows::pathOf(type, key))}, {"set", set}});
        }
    }
    for (const Json &delta : created)
        deltas.push_back(delta);
    for (const Json &delta : altered)
        deltas.push_back(delta);
    return deltas;
}

Json footprintsOf(const Rows &before, const Rows &after, const Json &deltas)
{
    return Footprints(before, after).of(deltas);
}

} // namespace migrate
