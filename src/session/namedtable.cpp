// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/namedtable.h"

#include "session/text.h"
#include "tenant/schemas.h"

namespace session
{

using base::Error;
using base::ErrorKind;
using base::Result;

Result<schema::Table> namedTable(const schema::Database &database, const QString &named,
                                 const tenant::Classification &classification,
                                 const QString &tenantId)
{
    const qsizetype dot = named.indexOf(u'.');
    schema::Name name{dot < 0 ? QString() : named.left(dot), named.mid(dot + 1)};
    if (name.schema == QLatin1String("public"))
        name.schema.clear();
    for (const schema::Name &meant : {name, schema::Name{{}, named}}) {
        const schema::Name tried = tenant::placed(meant, classification, tenantId);
        if (const schema::Table *table = database.table(tried))
            return *table;
        for (const schema::View &view : database.views) {
            if (view.name != tried)
                continue;
            schema::Table table;
            table.name = view.name;
            table.columns = view.columns;
            return table;
        }
    }
    return Error{.kind = ErrorKind::NotFound,
                 .text = Text::tr("There is no table '%1' in the database").arg(named),
                 .hint = Text::tr("write it as the database does: table or schema.table")};
}

} // namespace session
