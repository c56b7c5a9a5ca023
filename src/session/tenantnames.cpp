// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/tenantnames.h"

#include "base/receive.h"
#include "query/select.h"
#include "session/text.h"

namespace session
{

using base::Error;
using base::ErrorKind;
using base::Result;

namespace
{
constexpr qsizetype mostNamed = 12;
}

Result<QString> tenantId(pg::Pool &pool, const tenant::Classification &classification,
                         const QString &wanted)
{
    if (!classification.schemas.isEmpty() && !classification.schemas.contains(wanted))
        return Error{.kind = ErrorKind::NotFound,
                     .text = Text::tr("There is no tenant '%1'").arg(wanted),
                     .detail = Text::tr("each has a schema of its own: %1")
                                   .arg(QStringList(classification.schemas.mid(0, mostNamed))
                                            .join(QStringLiteral(", "))),
                     .hint = Text::tr("name one of these schemas")};
    const QString alias = classification.root.name;
    if (alias.isEmpty()) // no table lists them: what was given is what the column holds
        return wanted;
    const auto matching = [&](const QString &column) {
        return base::await(pool.run(
            query::render(
                query::qualified({.from = {classification.root, alias},
                                  .columns = {{alias, classification.rootKey}},
                                  .filters = {{{alias, column}, query::Operator::Equal, {wanted}}},
                                  .limit = 2}))
                .statement));
    };
    // As an id first; text that is no id of the key's type is an error there and means the label.
    Result<rows::Page> page = matching(classification.rootKey);
    if (!page && page.error().kind != ErrorKind::Server)
        return page.error();
    if (!page || page->rowCount() == 0)
        page = matching(classification.labelColumn);
    if (!page)
        return page.error();
    if (page->rowCount() != 1)
        return Error{.kind = page->rowCount() ? ErrorKind::Ambiguous : ErrorKind::NotFound,
                     .text = page->rowCount()
                                 ? Text::tr("More than one tenant is called '%1'").arg(wanted)
                                 : Text::tr("There is no tenant '%1'").arg(wanted),
                     .where = classification.root.qualified(),
                     .hint = Text::tr("give its %1").arg(classification.rootKey)};
    return page->text(0, 0);
}

} // namespace session
