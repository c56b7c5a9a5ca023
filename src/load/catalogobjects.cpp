// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/catalogbuilder.h"

#include "load/catalogstatements.h"
#include "sql/identifier.h"

namespace load
{

using schema::LiveObject;
using schema::ObjectId;
using schema::ObjectKind;

namespace
{
/// ENABLE and DISABLE of a trigger or rule that is not in its usual state.
QString stateStatement(const ObjectId &id, char state)
{
    static const QHash<char, QString> words{{'D', QStringLiteral("DISABLE ")},
                                            {'R', QStringLiteral("ENABLE REPLICA ")},
                                            {'A', QStringLiteral("ENABLE ALWAYS ")}};
    const QString word = words.value(state);
    return word.isEmpty() ? QString()
                          : QStringLiteral("ALTER TABLE ") + statement::qualified(id.name) + u' ' +
                                word + schema::sqlName(id.kind) + u' ' + sql::identifier(id.part);
}

QString withoutSemicolon(QString text)
{
    if (text.endsWith(u';'))
        text.chop(1);
    return text;
}

/// What everybody may use unless it was taken away.
bool isPublicByDefault(ObjectKind kind)
{
    switch (kind) {
    case ObjectKind::Function:
    case ObjectKind::Procedure:
    case ObjectKind::Aggregate:
    case ObjectKind::Domain:
    case ObjectKind::Enum:
    case ObjectKind::Composite:
    case ObjectKind::Range:
        return true;
    default:
        return false;
    }
}

QString privilegeList(const QString &privileges, const QString &column)
{
    QStringList words = privileges.split(u' ');
    if (!column.isEmpty()) {
        for (QString &word : words)
            word += QStringLiteral(" (") + sql::identifier(column) + u')';
    }
    return words.join(QStringLiteral(", "));
}
} // namespace

LiveObject &CatalogBuilder::add(CatalogClass catalog, quint32 oid, const ObjectId &id,
                                const QString &owner)
{
    m_ids.add(catalog, oid, id);
    LiveObject &live = m_catalog.surroundings.objects[id];
    live.id = id;
    live.owner = owner;
    live.removal = statement::removal(id);
    const bool canBeGiven = id.kind != ObjectKind::Extension && id.kind != ObjectKind::Other;
    if (!owner.isEmpty() && owner != m_role && canBeGiven)
        live.restoration << statement::owner(id, owner);
    return live;
}

bool CatalogBuilder::isManaged(quint32 relation) const
{
    const auto found = m_relations.constFind(relation);
    return found != m_relations.cend() && (found->table >= 0 || found->view >= 0);
}

const schema::Name &CatalogBuilder::relationName(quint32 relation) const
{
    static const schema::Name none;
    const auto found = m_relations.constFind(relation);
    return found == m_relations.cend() ? none : found->id.name;
}

bool CatalogBuilder::isOnDomain(const ObjectId &id) const
{
    return id.kind == ObjectKind::Constraint &&
           m_catalog.surroundings.objects.contains({ObjectKind::Domain, id.name});
}

void CatalogBuilder::addSequence(const CatalogRows &rows, qsizetype row, const schema::Name &name,
                                 const schema::SequenceOptions &options, bool managed)
{
    const ObjectId id{ObjectKind::Sequence, name};
    const quint32 table = rows.oid(row, "table_oid");
    const QString column = m_ids.columnName(table, int(rows.number(row, "column_number")));
    const QString type = rows.text(row, "data_type");
    const bool unlogged = rows.flag(row, "is_unlogged");
    m_catalog.surroundings.sequences.insert(
        name,
        {type, column.isEmpty() ? schema::Name() : relationName(table), column, unlogged, options});
    LiveObject &live =
        add(CatalogClass::Relation, rows.oid(row, "oid"), id, rows.text(row, "owner"));
    live.managed = managed;
    if (rows.flag(row, "is_identity"))
        return; // its column makes it
    live.definition =
        (unlogged ? QStringLiteral("CREATE UNLOGGED ") : QStringLiteral("CREATE ")) +
        statement::named(id) + QStringLiteral(" AS ") + type + QStringLiteral(" INCREMENT BY ") +
        options.increment + QStringLiteral(" MINVALUE ") + options.minValue +
        QStringLiteral(" MAXVALUE ") + options.maxValue + QStringLiteral(" START WITH ") +
        options.startWith + QStringLiteral(" CACHE ") + options.cache +
        (options.cycle ? QStringLiteral(" CYCLE") : QString());
    if (!column.isEmpty())
        live.restoration << QStringLiteral("ALTER ") + statement::named(id) +
                                QStringLiteral(" OWNED BY ") +
                                statement::qualified(relationName(table)) + u'.' +
                                sql::identifier(column);
}

void CatalogBuilder::addTriggers(const CatalogRows &rows)
{
    for (qsizetype row = 0; row < rows.count(); ++row) {
        const auto owner = m_ids.find(CatalogClass::Relation, rows.oid(row, "tgrelid"));
        if (!owner)
            continue;
        const ObjectId id{ObjectKind::Trigger, m_ids.at(*owner).name, rows.text(row, "tgname")};
        LiveObject &live = add(CatalogClass::Trigger, rows.oid(row, "oid"), id);
        live.definition = rows.text(row, "definition");
        if (const QString state = stateStatement(id, rows.letter(row, "state")); !state.isEmpty())
            live.restoration << state;
    }
}

void CatalogBuilder::addRules(const CatalogRows &rows)
{
    for (qsizetype row = 0; row < rows.count(); ++row) {
        const auto owner = m_ids.find(CatalogClass::Relation, rows.oid(row, "ev_class"));
        if (!owner)
            continue;
        if (rows.flag(row, "is_view")) {
            m_ids.alias(quint32(CatalogClass::Rule), rows.oid(row, "oid"), *owner);
            continue;
        }
        const ObjectId id{ObjectKind::Rule, m_ids.at(*owner).name, rows.text(row, "rulename")};
        LiveObject &live = add(CatalogClass::Rule, rows.oid(row, "oid"), id);
        live.definition = withoutSemicolon(rows.text(row, "definition"));
        if (const QString state = stateStatement(id, rows.letter(row, "state")); !state.isEmpty())
            live.restoration << state;
    }
}

void CatalogBuilder::addFunctions(const CatalogRows &rows)
{
    for (qsizetype row = 0; row < rows.count(); ++row) {
        const char kind = rows.letter(row, "prokind");
        const ObjectId id{kind == 'p'   ? ObjectKind::Procedure
                          : kind == 'a' ? ObjectKind::Aggregate
                                        : ObjectKind::Function,
                          nameOf(rows, row, "pronamespace", "proname"),
                          rows.text(row, "arguments")};
        LiveObject &live =
            add(CatalogClass::Function, rows.oid(row, "oid"), id, rows.text(row, "owner"));
        live.definition = rows.text(row, "definition").trimmed();
    }
}

/// They are nobody's to drop or to make, so that they are no objects of the surroundings.
void CatalogBuilder::addExtensionFunctions(const CatalogRows &rows)
{
    for (qsizetype row = 0; row < rows.count(); ++row) {
        const ObjectId id{ObjectKind::Function,
                          {rows.text(row, "nspname"), rows.text(row, "proname")},
                          rows.text(row, "arguments")};
        m_catalog.extensionFunctions.append(
            {.id = id, .definition = rows.text(row, "definition").trimmed()});
    }
}

void CatalogBuilder::addExtensions(const CatalogRows &rows)
{
    for (qsizetype row = 0; row < rows.count(); ++row) {
        const ObjectId id{ObjectKind::Extension, {QString(), rows.text(row, "extname")}};
        add(CatalogClass::Extension, rows.oid(row, "oid"), id, rows.text(row, "owner")).definition =
            rows.text(row, "definition");
    }
}

void CatalogBuilder::addStatistics(const CatalogRows &rows)
{
    for (qsizetype row = 0; row < rows.count(); ++row) {
        const ObjectId id{ObjectKind::Statistics, nameOf(rows, row, "stxnamespace", "stxname")};
        LiveObject &live =
            add(CatalogClass::Statistics, rows.oid(row, "oid"), id, rows.text(row, "owner"));
        live.definition = rows.text(row, "definition");
        if (!rows.isNull(row, "target"))
            live.restoration << QStringLiteral("ALTER ") + statement::named(id) +
                                    QStringLiteral(" SET STATISTICS ") + rows.text(row, "target");
    }
}

void CatalogBuilder::addOthers(const CatalogRows &rows)
{
    static const QHash<quint32, ObjectKind> kinds{
        {quint32(CatalogClass::Operator), ObjectKind::Operator},
        {quint32(CatalogClass::Collation), ObjectKind::Collation},
        {quint32(CatalogClass::Publication), ObjectKind::Publication},
        {quint32(CatalogClass::EventTrigger), ObjectKind::EventTrigger}};
    for (qsizetype row = 0; row < rows.count(); ++row) {
        const quint32 catalog = rows.oid(row, "classid");
        const ObjectId id{kinds.value(catalog, ObjectKind::Other),
                          nameOf(rows, row, "namespace", "name"), rows.text(row, "part")};
        add(CatalogClass(catalog), rows.oid(row, "oid"), id, rows.text(row, "owner"));
    }
}

LiveObject *CatalogBuilder::liveOf(CatalogIds::Number number)
{
    ObjectId id = m_ids.at(number);
    if (const auto relation = m_ids.relationOf(number)) {
        const ObjectId &owner = m_ids.at(*relation);
        if (owner.kind == ObjectKind::View || owner.kind == ObjectKind::MaterializedView)
            id = owner;
        else if (!m_catalog.surroundings.objects.contains(id))
            m_catalog.surroundings.objects.insert(
                id, {.id = id,
                     .managed = m_catalog.surroundings.objects.value(owner).managed,
                     .removal = statement::removal(id)});
    }
    const auto found = m_catalog.surroundings.objects.find(id);
    return found == m_catalog.surroundings.objects.end() ? nullptr : &*found;
}

void CatalogBuilder::addComments(const CatalogRows &rows)
{
    for (qsizetype row = 0; row < rows.count(); ++row) {
        const quint32 oid = rows.oid(row, "objoid");
        const QString text = rows.text(row, "description");
        const auto number =
            m_ids.find(rows.oid(row, "classoid"), oid, int(rows.number(row, "objsubid")));
        LiveObject *live = number ? liveOf(*number) : nullptr;
        if (!live)
            continue;
        // The index inside a constraint has comments of its own.
        const auto index = m_indexes.constFind(oid);
        const bool isInside = index != m_indexes.cend() && index->constraint != 0 &&
                              rows.oid(row, "classoid") == quint32(CatalogClass::Relation);
        const ObjectId id = isInside ? ObjectId{ObjectKind::Index, index->name} : m_ids.at(*number);
        if (id == live->id)
            live->comment = text;
        live->restoration << statement::comment(id, text, isOnDomain(id));
    }
}

void CatalogBuilder::addGrants(const CatalogRows &rows)
{
    // Who gets something back is known for an object as a whole: the rows of one follow each other.
    for (qsizetype row = 0; row < rows.count();) {
        const quint32 catalog = rows.oid(row, "classid");
        const quint32 oid = rows.oid(row, "oid");
        const int attribute = int(rows.number(row, "number"));
        qsizetype end = row;
        while (end < rows.count() && rows.oid(end, "classid") == catalog &&
               rows.oid(end, "oid") == oid && rows.number(end, "number") == attribute)
            ++end;
        const auto number = m_ids.find(catalog, oid, attribute);
        if (LiveObject *live = number ? liveOf(*number) : nullptr)
            addGrantsOf(rows, row, end, *live, attribute == 0 ? QString() : m_ids.at(*number).part);
        row = end;
    }
}

void CatalogBuilder::addGrantsOf(const CatalogRows &rows, qsizetype first, qsizetype end,
                                 LiveObject &live, const QString &column)
{
    const QString target = column.isEmpty()
                               ? statement::grantTarget(live.id)
                               : QStringLiteral(" ON TABLE ") + statement::qualified(live.id.name);
    bool ownerHasAll = false;
    bool publicHasSome = false;
    for (qsizetype row = first; row < end; ++row) {
        ownerHasAll =
            ownerHasAll || (rows.flag(row, "is_owner") && rows.flag(row, "is_everything"));
        publicHasSome = publicHasSome || rows.text(row, "receiver") == QLatin1String("PUBLIC");
    }
    if (column.isEmpty() && isPublicByDefault(live.id.kind) && !publicHasSome)
        live.restoration << QStringLiteral("REVOKE ALL") + target + QStringLiteral(" FROM PUBLIC");
    if (column.isEmpty() && !ownerHasAll)
        live.restoration << QStringLiteral("REVOKE ALL") + target + QStringLiteral(" FROM ") +
                                sql::identifier(live.owner);
    for (qsizetype row = first; row < end; ++row) {
        const bool isOwners = rows.flag(row, "is_owner");
        if (rows.isNull(row, "privileges") || (isOwners && ownerHasAll))
            continue;
        live.restoration << QStringLiteral("GRANT ") +
                                privilegeList(rows.text(row, "privileges"), column) + target +
                                QStringLiteral(" TO ") + rows.text(row, "receiver") +
                                (rows.flag(row, "is_grantable") && !isOwners
                                     ? QStringLiteral(" WITH GRANT OPTION")
                                     : QString());
    }
}

} // namespace load
