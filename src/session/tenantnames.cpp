// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/tenantnames.h"

#include "base/receive.h"
#include "query/select.h"
#include "session/text.h"
#include "tenant/scope.h"

namespace session
{

using base::Error;
using base::ErrorKind;
using base::Result;

namespace
{
constexpr qsizetype mostNamed = 12;

/// A table that lists tenants, of one level.
struct List {
    schema::Name table;
    QString key, label;
};

/// The rows of \a list whose \a column is \a wanted, two at most; of \a within only, when given.
Result<rows::Page> matching(pg::Pool &pool, const List &list, const QString &column,
                            const QString &wanted, const tenant::Classification &classification,
                            const QString &within)
{
    const QString alias = list.table.name;
    query::Select select{.from = {list.table, alias},
                         .columns = {{alias, list.key}},
                         .filters = {{{alias, column}, query::Operator::Equal, {wanted}}},
                         .limit = 2};
    if (!within.isEmpty())
        select = tenant::scoped(std::move(select), classification, within);
    return base::await(pool.run(query::render(query::qualified(select)).statement));
}

Result<QString> idIn(pg::Pool &pool, const List &list, const QString &wanted,
                     const tenant::Classification &classification, const QString &within)
{
    // As an id first; text that is no id of the key's type is an error there and means the label.
    Result<rows::Page> page = matching(pool, list, list.key, wanted, classification, within);
    if (!page && page.error().kind != ErrorKind::Server)
        return page.error();
    if (!page || page->rowCount() == 0)
        page = matching(pool, list, list.label, wanted, classification, within);
    if (!page)
        return page.error();
    if (page->rowCount() == 1)
        return page->text(0, 0);
    const bool isNested = !within.isEmpty();
    const QString many = isNested ? Text::tr("More than one of the tenant's is called '%1'")
                                  : Text::tr("More than one tenant is called '%1'");
    const QString none =
        isNested ? Text::tr("The tenant has no '%1'") : Text::tr("There is no tenant '%1'");
    return Error{.kind = page->rowCount() ? ErrorKind::Ambiguous : ErrorKind::NotFound,
                 .text = (page->rowCount() ? many : none).arg(wanted),
                 .where = list.table.qualified(),
                 .hint = Text::tr("give its %1").arg(list.key)};
}

Result<QString> outerId(pg::Pool &pool, const tenant::Classification &classification,
                        const QString &wanted)
{
    if (!classification.schemas.isEmpty() && !classification.schemas.contains(wanted))
        return Error{.kind = ErrorKind::NotFound,
                     .text = Text::tr("There is no tenant '%1'").arg(wanted),
                     .detail = Text::tr("each has a schema of its own: %1")
                                   .arg(QStringList(classification.schemas.mid(0, mostNamed))
                                            .join(QStringLiteral(", "))),
                     .hint = Text::tr("name one of these schemas")};
    if (classification.root.name.isEmpty()) // no table lists them: it is what the column holds
        return wanted;
    return idIn(pool, {classification.root, classification.rootKey, classification.labelColumn},
                wanted, classification, {});
}
} // namespace

Result<tenant::TenantId> tenantId(pg::Pool &pool, const tenant::Classification &classification,
                                  const tenant::TenantId &wanted)
{
    if (!wanted.nested.isEmpty() && !classification.nested)
        return Error{.kind = ErrorKind::InvalidInput,
                     .text = Text::tr("No tenants within a tenant are known, so '%1' is none")
                                 .arg(wanted.nested),
                     .where = QStringLiteral("sluice.json"),
                     .detail = classification.whyNotNested,
                     .hint = Text::tr("say which column names them: \"tenant\": {\"nested\": "
                                      "{\"column\": \"project_id\"}}")};
    const Result<QString> outer = outerId(pool, classification, wanted.tenant);
    if (!outer)
        return outer.error();
    if (wanted.nested.isEmpty())
        return tenant::TenantId(*outer);
    const tenant::Nested &level = *classification.nested;
    const Result<QString> inner = idIn(pool, {level.root, level.rootKey, level.labelColumn},
                                       wanted.nested, classification, *outer);
    if (!inner)
        return inner.error();
    return tenant::TenantId(*outer, *inner);
}

} // namespace session
