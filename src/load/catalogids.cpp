// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/catalogids.h"

namespace load
{

namespace
{
bool hasColumns(schema::ObjectKind kind)
{
    using schema::ObjectKind;
    return kind == ObjectKind::Table || kind == ObjectKind::Partition ||
           kind == ObjectKind::ForeignTable || kind == ObjectKind::View ||
           kind == ObjectKind::MaterializedView;
}
} // namespace

CatalogIds::Number CatalogIds::add(CatalogClass catalog, quint32 oid, const schema::ObjectId &id)
{
    const Number number = Number(m_ids.size());
    m_ids.push_back(id);
    m_numbers.insert(key(quint32(catalog), oid), number);
    return number;
}

void CatalogIds::alias(quint32 catalog, quint32 oid, Number number)
{
    m_numbers.insert(key(catalog, oid), number);
}

void CatalogIds::setColumnName(quint32 relation, int attribute, const QString &name)
{
    m_columnNames.insert(key(relation, quint32(attribute)), name);
}

QString CatalogIds::columnName(quint32 relation, int attribute) const
{
    return m_columnNames.value(key(relation, quint32(attribute)));
}

std::optional<CatalogIds::Number> CatalogIds::find(quint32 catalog, quint32 oid, int attribute)
{
    const auto whole = m_numbers.constFind(key(catalog, oid));
    if (whole == m_numbers.cend())
        return std::nullopt;
    if (attribute == 0 || catalog != quint32(CatalogClass::Relation) ||
        !hasColumns(m_ids[*whole].kind))
        return *whole;
    const quint64 columnKey = key(oid, quint32(attribute));
    if (const auto known = m_columnNumbers.constFind(columnKey); known != m_columnNumbers.cend())
        return *known;
    const auto name = m_columnNames.constFind(columnKey);
    if (name == m_columnNames.cend())
        return *whole;
    const Number relation = *whole;
    const Number number = Number(m_ids.size());
    m_ids.push_back({schema::ObjectKind::Column, m_ids[relation].name, *name});
    m_columnNumbers.insert(columnKey, number);
    m_relations.insert(number, relation);
    return number;
}

std::optional<CatalogIds::Number> CatalogIds::relationOf(Number column) const
{
    const auto found = m_relations.constFind(column);
    return found == m_relations.cend() ? std::nullopt : std::optional(*found);
}

} // namespace load
