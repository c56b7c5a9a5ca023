// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "load/catalog.h"
#include "load/catalogids.h"
#include "load/catalogrows.h"

#include <QSet>

#include <vector>

namespace load
{

/// Puts a Catalog together from the answers of the catalog queries, each given once, in the order
/// of these functions. What belongs to a relation that is not there (an extension's, the ledger) is
/// left out.
class CatalogBuilder
{
public:
    /// \a role is the one that reads: what it owns needs no owner to be given back.
    CatalogBuilder(CatalogScope scope, QString role);

    void addSchemas(const CatalogRows &rows);
    void addTypes(const CatalogRows &rows);
    void addRelations(const CatalogRows &rows);
    void addColumns(const CatalogRows &rows);
    void addDefaults(const CatalogRows &rows);
    void addSequences(const CatalogRows &rows);
    void addIndexes(const CatalogRows &rows);
    void addIndexColumns(const CatalogRows &rows);
    void addConstraints(const CatalogRows &rows);
    void addNotNulls(const CatalogRows &rows);
    void addPolicies(const CatalogRows &rows);
    void addTriggers(const CatalogRows &rows);
    void addRules(const CatalogRows &rows);
    void addFunctions(const CatalogRows &rows);
    void addExtensionFunctions(const CatalogRows &rows);
    void addExtensions(const CatalogRows &rows);
    void addStatistics(const CatalogRows &rows);
    void addOthers(const CatalogRows &rows);
    void addRoles(const CatalogRows &rows);
    void addComments(const CatalogRows &rows);
    void addGrants(const CatalogRows &rows);
    void addDependencies(const CatalogRows &rows);

    /// The numbers of all schemas, for the queries after addSchemas().
    QStringList schemaOids() const;
    Catalog take();

private:
    struct Namespace {
        QString name; ///< empty for public
        bool wanted = false;
    };
    /// A table, view, partition or foreign table.
    struct Relation {
        schema::ObjectId id;
        bool ofExtension = false;
        qsizetype table = -1; ///< in m_catalog.schema, or -1
        qsizetype view = -1;
        QList<qsizetype> places; ///< of the columns in the table or view, by their number
    };
    struct Type {
        QString name;
        QString schema;       ///< empty for public
        QString quotedSchema; ///< as format_type() writes it
        bool isEnum = false;
        bool ofExtension = false;
    };
    struct Default {
        quint32 relation = 0;
        int number = 0;
        QString text;
    };
    struct IndexParts {
        schema::Name name;
        quint32 relation = 0;
        quint32 constraint = 0;
        QList<int> columns; ///< attribute numbers, 0 for an expression; included ones at the end
        int keys = 0;       ///< how many of them are not included ones
        bool nullsNotDistinct = false;
        qsizetype place = -1; ///< in its table's indexes
        QStringList restoration;
    };

    // Types and names (catalogbuilder.cpp)
    schema::Name nameOf(const CatalogRows &rows, qsizetype row, const char *schemaOid,
                        const char *column) const;
    bool isWanted(quint32 schemaOid) const { return m_schemas.value(schemaOid).wanted; }
    schema::Table *tableOf(quint32 relation);
    schema::Column *columnOf(quint32 relation, int number);
    QStringList columnNames(quint32 relation, const QList<int> &numbers) const;
    schema::Column column(const CatalogRows &rows, qsizetype row);
    void setType(schema::Column &column, quint32 typeOid, const QString &text, qint64 dimensions);

    // Objects (catalogobjects.cpp)
    /// A new object with what drops it; it is its owner's, unless that is the reader itself.
    schema::LiveObject &add(CatalogClass catalog, quint32 oid, const schema::ObjectId &id,
                            const QString &owner = {});
    bool isManaged(quint32 relation) const;
    const schema::Name &relationName(quint32 relation) const;
    void addSequence(const CatalogRows &rows, qsizetype row, const schema::Name &name,
                     const schema::SequenceOptions &options, bool managed);
    void addGrantsOf(const CatalogRows &rows, qsizetype first, qsizetype end,
                     schema::LiveObject &live, const QString &column);
    bool isOnDomain(const schema::ObjectId &id) const;
    /// Where what gives the object back is kept: a view's columns are a part of it.
    schema::LiveObject *liveOf(CatalogIds::Number number);

    // Tables (catalogtables.cpp)
    void addTableTraits(const CatalogRows &rows, qsizetype row, schema::LiveObject &live);
    void addColumnTraits(const CatalogRows &rows, qsizetype row, const schema::ObjectId &id);
    void addGenerated(quint32 oid, quint32 relation, int number, const QString &expression);
    void finishTables();
    void finishChild(const Relation &child, const QList<quint32> &parents,
                     schema::TableTraits &traits);

    // Indexes and constraints (catalogconstraints.cpp)
    IndexParts indexParts(const CatalogRows &rows, qsizetype row) const;
    void addIndexToTable(const CatalogRows &rows, qsizetype row, IndexParts &parts);
    void addToTable(const CatalogRows &rows, qsizetype row, schema::Table &table);
    void addConstraintTraits(const CatalogRows &rows, qsizetype row, const schema::ObjectId &id);

    // Dependencies (catalogdependencies.cpp)
    void addMembers(const CatalogRows &rows);
    std::optional<CatalogIds::Number> dependant(quint32 catalog, quint32 oid, int attribute);

    CatalogScope m_scope;
    QString m_role;
    Catalog m_catalog;
    CatalogIds m_ids;
    QHash<quint32, Namespace> m_schemas;
    QHash<quint32, Type> m_types;
    QHash<quint32, quint32> m_elements; ///< of array types
    QHash<quint32, Relation> m_relations;
    QHash<quint32, QList<quint32>> m_parents;
    QHash<quint32, Default> m_defaults;         ///< by oid
    QList<quint32> m_viewDefaults;              ///< by oid; no schema knows of them
    QHash<quint64, QString> m_sequenceDefaults; ///< nextval(…) by relation and column
    QHash<quint64, QString> m_generatedTypes;   ///< of generated columns, as SQL
    QHash<quint32, IndexParts> m_indexes;
};

} // namespace load
