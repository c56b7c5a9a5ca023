// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/catalogbuilder.h"

#include "load/catalogstatements.h"
#include "sql/identifier.h"

#include <algorithm>
#include <tuple>

namespace load
{

using schema::Dependant;
using schema::LiveObject;
using schema::ObjectId;
using schema::ObjectKind;

namespace
{
struct Edge {
    CatalogIds::Number on;
    CatalogIds::Number dependant;
    Dependant::Tie tie;
};

Dependant::Tie tieOf(char type)
{
    return type == 'n' ? Dependant::Tie::Normal : Dependant::Tie::Automatic;
}

/// What goes silently comes first: it decides where an object is named twice.
int order(Dependant::Tie tie)
{
    return tie == Dependant::Tie::Automatic ? 0 : tie == Dependant::Tie::Part ? 1 : 2;
}

/// Columns are a part of their table; only those matter that something needs.
void addParts(std::vector<Edge> &edges, const CatalogIds &ids)
{
    const std::size_t count = edges.size();
    for (std::size_t i = 0; i < count; ++i) {
        if (const auto relation = ids.relationOf(edges[i].on))
            edges.push_back({*relation, edges[i].on, Dependant::Tie::Part});
    }
}

bool isBefore(const ObjectId &a, const ObjectId &b)
{
    return std::tie(a.kind, a.name.schema, a.name.name, a.part) <
           std::tie(b.kind, b.name.schema, b.name.name, b.part);
}

void sortAndThin(std::vector<Edge> &edges)
{
    const auto key = [](const Edge &edge) {
        return std::tuple(edge.on, edge.dependant, order(edge.tie));
    };
    std::ranges::sort(edges, {}, key);
    const auto rest = std::ranges::unique(edges, [](const Edge &a, const Edge &b) {
        return a.on == b.on && a.dependant == b.dependant;
    });
    edges.erase(rest.begin(), rest.end());
}
} // namespace

/// The object that needs something; only then a default is one.
std::optional<CatalogIds::Number> CatalogBuilder::dependant(quint32 catalog, quint32 oid,
                                                            int attribute)
{
    auto known = m_ids.find(catalog, oid, attribute);
    if (const auto relation = known ? m_ids.relationOf(*known) : std::nullopt) {
        const ObjectKind kind = m_ids.at(*relation).kind;
        if (kind == ObjectKind::View || kind == ObjectKind::MaterializedView)
            known = relation; // its columns come and go with it
    }
    if (known || catalog != quint32(CatalogClass::Default))
        return known;
    const auto found = m_defaults.constFind(oid);
    if (found == m_defaults.cend())
        return std::nullopt;
    const auto relation = m_ids.find(CatalogClass::Relation, found->relation);
    if (!relation)
        return std::nullopt;
    const ObjectId id{ObjectKind::Default, m_ids.at(*relation).name,
                      m_ids.columnName(found->relation, found->number)};
    LiveObject &live = add(CatalogClass::Default, oid, id);
    live.managed = isManaged(found->relation);
    live.definition = QStringLiteral("ALTER TABLE ") + statement::qualified(id.name) +
                      QStringLiteral(" ALTER COLUMN ") + sql::identifier(id.part) +
                      QStringLiteral(" SET DEFAULT ") + found->text;
    return m_ids.find(CatalogClass::Default, oid);
}

/// Whoever needs what an extension brought along needs the extension.
void CatalogBuilder::addMembers(const CatalogRows &rows)
{
    for (qsizetype row = 0; row < rows.count(); ++row) {
        if (rows.letter(row, "deptype") != 'e')
            continue;
        const quint32 catalog = rows.oid(row, "classid");
        const quint32 oid = rows.oid(row, "objid");
        const auto extension = m_ids.find(rows.oid(row, "refclassid"), rows.oid(row, "refobjid"));
        if (extension && !m_ids.find(catalog, oid))
            m_ids.alias(catalog, oid, *extension);
    }
}

void CatalogBuilder::addDependencies(const CatalogRows &rows)
{
    addMembers(rows);
    const auto columnOfDefault = [this](quint32 oid) {
        const Default &value = *m_defaults.constFind(oid);
        return *m_ids.find(CatalogClass::Relation, value.relation, value.number);
    };
    std::vector<Edge> edges;
    edges.reserve(std::size_t(rows.count()) * 2);
    for (qsizetype row = 0; row < rows.count(); ++row) {
        const char type = rows.letter(row, "deptype");
        if (type == 'e')
            continue;
        const auto on = m_ids.find(rows.oid(row, "refclassid"), rows.oid(row, "refobjid"),
                                   int(rows.number(row, "refobjsubid")));
        const quint32 oid = rows.oid(row, "objid");
        const auto what =
            on ? dependant(rows.oid(row, "classid"), oid, int(rows.number(row, "objsubid")))
               : std::nullopt;
        // A view's rule names the view itself.
        if (!what || *what == *on || m_ids.relationOf(*on) == *what)
            continue;
        edges.push_back({*on, *what, tieOf(type)});
        if (m_ids.at(*what).kind == ObjectKind::Default)
            edges.push_back({columnOfDefault(oid), *what, Dependant::Tie::Automatic});
    }
    for (const quint32 oid : std::as_const(m_viewDefaults)) {
        if (const auto what = dependant(quint32(CatalogClass::Default), oid, 0))
            edges.push_back({columnOfDefault(oid), *what, Dependant::Tie::Automatic});
    }
    addParts(edges, m_ids);
    sortAndThin(edges);
    auto &usedBy = m_catalog.surroundings.usedBy;
    for (const Edge &edge : edges)
        usedBy[m_ids.at(edge.on)].append({m_ids.at(edge.dependant), edge.tie});
    // The numbers differ from reading to reading.
    for (QList<Dependant> &dependants : usedBy)
        std::ranges::sort(dependants, isBefore, &Dependant::id);
}

Catalog CatalogBuilder::take()
{
    finishTables();
    for (const LiveObject &object : std::as_const(m_catalog.surroundings.objects)) {
        const ObjectKind kind = object.id.kind;
        if (!object.managed && kind != ObjectKind::Column && kind != ObjectKind::Default &&
            kind != ObjectKind::Schema)
            m_catalog.surroundings.unmanaged << object.id;
    }
    std::ranges::sort(m_catalog.surroundings.unmanaged, isBefore);
    return std::move(m_catalog);
}

} // namespace load
