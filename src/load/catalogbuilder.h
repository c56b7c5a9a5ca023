// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "load/catalog.h"
#include "load/catalogrows.h"

#include <QHash>

namespace load
{

/// Puts a Catalog together from the answers of the catalog queries. Relations come first; what
/// belongs to a relation that is not there (a partition, the ledger) is left out.
class CatalogBuilder
{
public:
    void addSchemas(const CatalogRows &rows);
    void addRelations(const CatalogRows &rows);
    void addIndexes(const CatalogRows &rows);
    void addConstraints(const CatalogRows &rows);
    void addEnums(const CatalogRows &rows);
    void addPolicies(const CatalogRows &rows);
    void addViews(const CatalogRows &rows);
    void addSequences(const CatalogRows &rows);

    Catalog take() { return std::move(m_catalog); }

private:
    schema::Table *table(const CatalogRows &rows, qsizetype row, const char *column);

    Catalog m_catalog;
    QHash<schema::Name, qsizetype> m_tables;
    QHash<schema::Name, qsizetype> m_views;
};

} // namespace load
