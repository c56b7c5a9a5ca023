// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/catalogbuilder.h"

#include "load/catalogstatements.h"
#include "load/spelling.h"
#include "sql/identifier.h"

#include <algorithm>

namespace load
{

using schema::ObjectId;
using schema::ObjectKind;

namespace
{
QString plainSchema(const QString &name)
{
    return name == QLatin1String("public") ? QString() : name;
}

quint64 columnKey(quint32 relation, int number)
{
    return quint64(relation) << 32 | quint32(number);
}

ObjectKind relationKind(char code, bool isPartition)
{
    switch (code) {
    case 'v':
        return ObjectKind::View;
    case 'm':
        return ObjectKind::MaterializedView;
    case 'f':
        return ObjectKind::ForeignTable;
    default:
        return isPartition ? ObjectKind::Partition : ObjectKind::Table;
    }
}

schema::SequenceOptions sequenceOptions(const CatalogRows &rows, qsizetype row)
{
    return {.increment = rows.text(row, "increment"),
            .startWith = rows.text(row, "start_value"),
            .minValue = rows.text(row, "min_value"),
            .maxValue = rows.text(row, "max_value"),
            .cache = rows.text(row, "cache_size"),
            .cycle = rows.flag(row, "cycle")};
}

/// drizzle-kit's snapshots name the options of views in camelCase.
QString camelCase(const QString &name)
{
    QString result;
    for (const QString &word : name.split(u'_'))
        result += result.isEmpty() ? word : word.left(1).toUpper() + word.mid(1);
    return result;
}

QString withoutSemicolon(QString text)
{
    text = text.trimmed();
    if (text.endsWith(u';'))
        text.chop(1);
    return text;
}

schema::View viewOf(const CatalogRows &rows, qsizetype row, const schema::Name &name)
{
    schema::View view{.name = name, .materialized = rows.letter(row, "relkind") == 'm'};
    view.definition = withoutSemicolon(rows.text(row, "view_text"));
    for (const auto &[option, value] : rows.options(row, "options"))
        view.with.emplaceBack(camelCase(option), value);
    view.accessMethod = rows.text(row, "access_method");
    view.tablespace = rows.text(row, "tablespace");
    if (view.materialized && !rows.flag(row, "relispopulated"))
        view.withNoData = true;
    return view;
}

/// How a view is made again; nothing when nobody may know.
QString viewDefinition(const CatalogRows &rows, qsizetype row, const ObjectId &id)
{
    if (rows.isNull(row, "view_definition"))
        return {};
    QString text = QStringLiteral("CREATE ") + statement::named(id);
    const QString method = rows.text(row, "access_method");
    const QString space = rows.text(row, "tablespace");
    const QString options = statement::optionList(rows.options(row, "options"));
    if (!method.isEmpty())
        text += QStringLiteral(" USING ") + sql::identifier(method);
    if (!options.isEmpty())
        text += QStringLiteral(" WITH ") + options;
    if (!space.isEmpty())
        text += QStringLiteral(" TABLESPACE ") + sql::identifier(space);
    text += QStringLiteral(" AS\n") + withoutSemicolon(rows.text(row, "view_definition"));
    if (id.kind == ObjectKind::MaterializedView)
        text += rows.flag(row, "relispopulated") ? QStringLiteral("\nWITH DATA")
                                                 : QStringLiteral("\nWITH NO DATA");
    return text;
}

/// The roles that a host brings along, as drizzle-kit knows them.
QStringList providerRoles(const QString &provider)
{
    if (provider == QLatin1String("supabase"))
        return {QStringLiteral("anon"),
                QStringLiteral("authenticator"),
                QStringLiteral("authenticated"),
                QStringLiteral("service_role"),
                QStringLiteral("supabase_auth_admin"),
                QStringLiteral("supabase_storage_admin"),
                QStringLiteral("dashboard_user"),
                QStringLiteral("supabase_admin")};
    if (provider == QLatin1String("neon"))
        return {QStringLiteral("authenticated"), QStringLiteral("anonymous")};
    return {};
}

/// The rows of columns by table and number.
std::vector<qsizetype> inOrderOfColumns(const CatalogRows &rows)
{
    std::vector<std::pair<quint64, qsizetype>> keyed;
    keyed.reserve(std::size_t(rows.count()));
    for (qsizetype row = 0; row < rows.count(); ++row)
        keyed.emplace_back(columnKey(rows.oid(row, "attrelid"), int(rows.number(row, "attnum"))),
                           row);
    std::ranges::sort(keyed);
    std::vector<qsizetype> order;
    order.reserve(keyed.size());
    for (const auto &[key, row] : keyed)
        order.push_back(row);
    return order;
}

bool isInteger(const QString &type)
{
    return type == QLatin1String("integer") || type == QLatin1String("bigint") ||
           type == QLatin1String("smallint");
}
} // namespace

CatalogBuilder::CatalogBuilder(CatalogScope scope, QString role)
    : m_scope(std::move(scope))
    , m_role(std::move(role))
{
}

QStringList CatalogBuilder::schemaOids() const
{
    QStringList oids;
    for (auto entry = m_schemas.cbegin(); entry != m_schemas.cend(); ++entry)
        oids << QString::number(entry.key());
    return oids;
}

schema::Name CatalogBuilder::nameOf(const CatalogRows &rows, qsizetype row, const char *schemaOid,
                                    const char *column) const
{
    return {.schema = m_schemas.value(rows.oid(row, schemaOid)).name,
            .name = rows.text(row, column)};
}

schema::Table *CatalogBuilder::tableOf(quint32 relation)
{
    const auto found = m_relations.constFind(relation);
    return found == m_relations.cend() || found->table < 0 ? nullptr
                                                           : &m_catalog.schema.tables[found->table];
}

schema::Column *CatalogBuilder::columnOf(quint32 relation, int number)
{
    const auto found = m_relations.constFind(relation);
    if (found == m_relations.cend() || (found->table < 0 && found->view < 0))
        return nullptr;
    const qsizetype place = found->places.value(number, -1);
    if (place < 0)
        return nullptr;
    return found->table >= 0 ? &m_catalog.schema.tables[found->table].columns[place]
                             : &m_catalog.schema.views[found->view].columns[place];
}

QStringList CatalogBuilder::columnNames(quint32 relation, const QList<int> &numbers) const
{
    QStringList names;
    for (const int number : numbers)
        names << m_ids.columnName(relation, number);
    return names;
}

void CatalogBuilder::addSchemas(const CatalogRows &rows)
{
    for (qsizetype row = 0; row < rows.count(); ++row) {
        const QString full = rows.text(row, "nspname");
        const bool isLedgers = full == m_scope.ledgerSchema && full != QLatin1String("public");
        const bool wanted = m_scope.schemas.isEmpty() ? !isLedgers : m_scope.schemas.contains(full);
        m_schemas.insert(rows.oid(row, "oid"), {plainSchema(full), wanted});
        if (wanted && full != QLatin1String("public"))
            m_catalog.schema.schemas << full;
        add(CatalogClass::Schema, rows.oid(row, "oid"), {ObjectKind::Schema, {QString(), full}},
            rows.text(row, "owner"))
            .managed = wanted;
    }
}

void CatalogBuilder::addTypes(const CatalogRows &rows)
{
    static const QHash<char, ObjectKind> kinds{{'e', ObjectKind::Enum},
                                               {'d', ObjectKind::Domain},
                                               {'c', ObjectKind::Composite},
                                               {'r', ObjectKind::Range}};
    for (qsizetype row = 0; row < rows.count(); ++row) {
        const quint32 oid = rows.oid(row, "oid");
        const quint32 array = rows.oid(row, "typarray");
        const char kind = rows.letter(row, "typtype");
        const schema::Name name{plainSchema(rows.text(row, "nspname")), rows.text(row, "typname")};
        const bool ofExtension = !rows.isNull(row, "extension");
        m_types.insert(oid, {name.name, name.schema, rows.text(row, "quoted_schema"), kind == 'e',
                             ofExtension});
        m_elements.insert(array, oid);
        if (ofExtension || !rows.flag(row, "is_wanted") || !kinds.contains(kind))
            continue;
        const ObjectId id{kinds.value(kind), name};
        schema::LiveObject &live = add(CatalogClass::Type, oid, id, rows.text(row, "owner"));
        live.definition = rows.text(row, "definition");
        const auto number = m_ids.find(CatalogClass::Type, oid);
        m_ids.alias(quint32(CatalogClass::Type), array, *number);
        // Of a composite type the attributes count as a part.
        m_ids.alias(quint32(CatalogClass::Relation), rows.oid(row, "typrelid"), *number);
        live.managed = kind == 'e' && isWanted(rows.oid(row, "namespace"));
        if (live.managed)
            m_catalog.schema.enums.append({.name = name, .values = rows.list(row, "labels")});
    }
}

void CatalogBuilder::addRelations(const CatalogRows &rows)
{
    for (qsizetype row = 0; row < rows.count(); ++row) {
        const quint32 oid = rows.oid(row, "oid");
        const schema::Name name = nameOf(rows, row, "relnamespace", "relname");
        Relation relation{
            {relationKind(rows.letter(row, "relkind"), rows.flag(row, "relispartition")), name}};
        const ObjectKind kind = relation.id.kind;
        const bool isLedger = name.name == m_scope.ledgerTable &&
                              (name.schema == plainSchema(m_scope.ledgerSchema) ||
                               m_scope.ledgerTable == QLatin1String("__drizzle_migrations"));
        relation.ofExtension = rows.flag(row, "is_of_extension");
        const bool wanted =
            isWanted(rows.oid(row, "relnamespace")) && !isLedger && !relation.ofExtension;
        if (wanted && kind == ObjectKind::Table) {
            relation.table = m_catalog.schema.tables.size();
            m_catalog.schema.tables.append(
                {.name = name, .rowLevelSecurity = rows.flag(row, "relrowsecurity")});
        } else if (wanted && (kind == ObjectKind::View || kind == ObjectKind::MaterializedView)) {
            relation.view = m_catalog.schema.views.size();
            m_catalog.schema.views.append(viewOf(rows, row, name));
        }
        if (relation.table >= 0 || relation.view >= 0)
            m_catalog.rowEstimates.insert(name, rows.number(row, "row_estimate"));
        for (const int parent : rows.numbers(row, "parents"))
            m_parents[oid] << quint32(parent);
        m_relations.insert(oid, relation);
        if (relation.ofExtension)
            continue;
        schema::LiveObject &live =
            add(CatalogClass::Relation, oid, relation.id, rows.text(row, "owner"));
        live.managed = relation.table >= 0 || relation.view >= 0;
        if (kind == ObjectKind::View || kind == ObjectKind::MaterializedView)
            live.definition = viewDefinition(rows, row, relation.id);
        const auto number = m_ids.find(CatalogClass::Relation, oid);
        m_ids.alias(quint32(CatalogClass::Type), rows.oid(row, "reltype"), *number);
        m_ids.alias(quint32(CatalogClass::Type), rows.oid(row, "row_array"), *number);
        if (kind != ObjectKind::View)
            addTableTraits(rows, row, live);
    }
}

/// Types of public and of extensions are found without their schema, as drizzle-kit writes them.
void CatalogBuilder::setType(schema::Column &column, quint32 typeOid, const QString &text,
                             qint64 dimensions)
{
    const QString brackets = QStringLiteral("[]");
    const bool isArray = text.endsWith(brackets);
    const auto type = m_types.constFind(m_elements.value(typeOid, typeOid));
    column.type = isArray ? text.chopped(brackets.size()) : text;
    if (type == m_types.cend()) {
        column.type = kitType(column.type);
        const QLatin1String prefix("public."); // somebody's, where no types could be read
        if (column.type.startsWith(prefix))
            column.type.remove(0, prefix.size());
    } else if (type->isEnum && !type->ofExtension) {
        column.type = type->name;
        column.typeSchema = type->schema.isEmpty() ? QStringLiteral("public") : type->schema;
    } else if (type->schema.isEmpty() || type->ofExtension) {
        const QString prefix = type->quotedSchema + u'.';
        if (column.type.startsWith(prefix))
            column.type.remove(0, prefix.size());
    }
    for (qint64 i = 0; isArray && i < std::max(dimensions, qint64(1)); ++i)
        column.type += brackets;
}

schema::Column CatalogBuilder::column(const CatalogRows &rows, qsizetype row)
{
    schema::Column column;
    column.name = rows.text(row, "attname");
    setType(column, rows.oid(row, "atttypid"), rows.text(row, "type_text"),
            rows.number(row, "attndims"));
    column.notNull = rows.flag(row, "attnotnull");
    using Kind = schema::Identity::Kind;
    if (const char identity = rows.letter(row, "attidentity"))
        column.identity =
            schema::Identity{.kind = identity == 'a' ? Kind::Always : Kind::ByDefault};
    if (const char generated = rows.letter(row, "attgenerated"))
        column.generated = schema::Generated{.stored = generated == 's'};
    return column;
}

void CatalogBuilder::addColumns(const CatalogRows &rows)
{
    for (const qsizetype row : inOrderOfColumns(rows)) {
        const quint32 oid = rows.oid(row, "attrelid");
        const auto found = m_relations.find(oid);
        if (found == m_relations.end())
            continue;
        const int number = int(rows.number(row, "attnum"));
        const QString name = rows.text(row, "attname");
        m_ids.setColumnName(oid, number, name);
        if (found->ofExtension)
            continue;
        if (found->table >= 0 || found->view >= 0) {
            QList<schema::Column> &columns = found->table >= 0
                                                 ? m_catalog.schema.tables[found->table].columns
                                                 : m_catalog.schema.views[found->view].columns;
            found->places.resize(number + 1, -1);
            found->places[number] = columns.size();
            columns.append(column(rows, row));
        }
        if (found->id.kind != ObjectKind::View && found->id.kind != ObjectKind::MaterializedView)
            addColumnTraits(rows, row, {ObjectKind::Column, found->id.name, name});
    }
}

void CatalogBuilder::addDefaults(const CatalogRows &rows)
{
    for (qsizetype row = 0; row < rows.count(); ++row) {
        const quint32 relation = rows.oid(row, "adrelid");
        const int number = int(rows.number(row, "adnum"));
        const QString text = rows.text(row, "expression");
        if (m_generatedTypes.contains(columnKey(relation, number)))
            addGenerated(rows.oid(row, "oid"), relation, number, text);
        else
            m_defaults.insert(rows.oid(row, "oid"), {relation, number, text});
        if (m_relations.value(relation).view >= 0)
            m_viewDefaults << rows.oid(row, "oid");
        schema::Column *column = columnOf(relation, number);
        if (!column)
            continue;
        if (column->generated)
            column->generated->expression = text;
        else
            column->defaultValue = kitDefault(text, column->type);
        if (text.startsWith(QLatin1String("nextval(")))
            m_sequenceDefaults.insert(columnKey(relation, number), text);
    }
}

void CatalogBuilder::addSequences(const CatalogRows &rows)
{
    for (qsizetype row = 0; row < rows.count(); ++row) {
        const quint32 table = rows.oid(row, "table_oid");
        const int number = int(rows.number(row, "column_number"));
        const schema::Name name = nameOf(rows, row, "relnamespace", "relname");
        const schema::SequenceOptions options = sequenceOptions(rows, row);
        schema::Column *column = columnOf(table, number);
        bool managed = isWanted(rows.oid(row, "relnamespace"));
        if (rows.flag(row, "is_identity")) {
            managed = column && column->identity;
            if (managed) {
                column->identity->sequenceName = name.name;
                column->identity->sequenceSchema = name.schema;
                column->identity->options = options;
            }
        } else if (column && column->notNull && isInteger(column->type) &&
                   m_sequenceDefaults.value(columnKey(table, number)) ==
                       rows.text(row, "next_value")) {
            column->type = serialType(column->type);
            column->defaultValue.reset();
            managed = true;
        } else if (table != 0 && !column) {
            managed = false; // a partition's, the ledger's
        } else if (managed) {
            m_catalog.schema.sequences.append({.name = name, .options = options});
        }
        addSequence(rows, row, name, options, managed);
    }
}

void CatalogBuilder::addRoles(const CatalogRows &rows)
{
    for (qsizetype row = 0; row < rows.count(); ++row) {
        m_catalog.serverRoles.append({.role = {.name = rows.text(row, "rolname"),
                                               .createDb = rows.flag(row, "rolcreatedb"),
                                               .createRole = rows.flag(row, "rolcreaterole"),
                                               .inherit = rows.flag(row, "rolinherit")},
                                      .superuser = rows.flag(row, "rolsuper")});
    }
    m_catalog.schema.roles = rolesOf(m_catalog.serverRoles, m_scope);
}

QList<schema::Role> rolesOf(const QList<ServerRole> &roles, const CatalogScope &scope)
{
    const RolesFilter &filter = scope.roles;
    QList<schema::Role> found;
    for (const ServerRole &role : roles) {
        const QString &name = role.role.name;
        // Without names all are meant; a superuser is nothing that Drizzle could make.
        const bool taken =
            filter.wanted && !filter.exclude.contains(name) &&
            !providerRoles(filter.provider).contains(name) &&
            (filter.include.isEmpty() ? !role.superuser : filter.include.contains(name));
        if (taken || scope.declaredRoles.contains(name))
            found << role.role;
    }
    return found;
}

} // namespace load
