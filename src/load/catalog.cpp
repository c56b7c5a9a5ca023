// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/catalog.h"

#include "load/catalogbuilder.h"
#include "pg/pool.h"

#include <QFile>

#include <array>

namespace load
{

namespace
{
using Add = void (CatalogBuilder::*)(const CatalogRows &);

struct Query {
    const char *name; ///< of the file in resources/catalog
    Add add;
};

/// Relations first: the rest belongs to them.
constexpr std::array queries{
    Query{"relations", &CatalogBuilder::addRelations},
    Query{"indexes", &CatalogBuilder::addIndexes},
    Query{"constraints", &CatalogBuilder::addConstraints},
    Query{"enums", &CatalogBuilder::addEnums},
    Query{"policies", &CatalogBuilder::addPolicies},
    Query{"views", &CatalogBuilder::addViews},
    Query{"sequences", &CatalogBuilder::addSequences},
};

QString queryText(const char *name)
{
    QFile file(QStringLiteral(":/catalog/%1.sql").arg(QLatin1String(name)));
    const bool opened = file.open(QIODevice::ReadOnly);
    Q_ASSERT_X(opened, "catalog query", name);
    return opened ? QString::fromUtf8(file.readAll()) : QString();
}

/// A PostgreSQL array of texts, every element quoted.
QByteArray arrayOf(const QStringList &texts)
{
    QStringList quoted;
    for (QString text : texts)
        quoted << u'"' +
                      text.replace(u'\\', QStringLiteral("\\\\"))
                          .replace(u'"', QStringLiteral("\\\"")) +
                      u'"';
    return (u'{' + quoted.join(u',') + u'}').toUtf8();
}

base::Result<base::Done> readInto(CatalogBuilder &builder, pg::Transaction &transaction,
                                  const QStringList &schemas)
{
    // With an empty path every name that is not the server's own comes with its schema.
    const auto path = transaction.run({.text = queryText("path")});
    if (!path)
        return path.error();
    const auto namespaces = transaction.run({queryText("schemas"), {arrayOf(schemas)}});
    if (!namespaces)
        return namespaces.error();
    const CatalogRows found(*namespaces);
    builder.addSchemas(found);
    QStringList oids;
    for (qsizetype row = 0; row < found.count(); ++row)
        oids << found.text(row, "oid");
    for (const Query &query : queries) {
        const auto page = transaction.run({queryText(query.name), {arrayOf(oids)}});
        if (!page)
            return page.error();
        (builder.*query.add)(CatalogRows(*page));
    }
    return base::Done{};
}
} // namespace

base::Result<Catalog> readCatalog(pg::Transaction &transaction, const QStringList &schemas)
{
    CatalogBuilder builder;
    const base::Result<base::Done> read = readInto(builder, transaction, schemas);
    if (!read)
        return read.error();
    return builder.take();
}

QFuture<base::Result<Catalog>> catalog(std::shared_ptr<pg::Pool> pool, const QStringList &schemas)
{
    // The work keeps the pool alive until the answer is there.
    return pool->transact<Catalog>(pg::Access::Read, [pool, schemas](pg::Transaction &transaction) {
        return readCatalog(transaction, schemas);
    });
}

} // namespace load
