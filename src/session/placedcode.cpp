// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/placedcode.h"

#include "diff/equal.h"
#include "tenant/schemas.h"

namespace session
{

schema::Database placedCode(schema::Database code, const tenant::Classification &classification,
                            const QString &tenantId)
{
    const auto place = [&](schema::Name &name) {
        name = tenant::placed(name, classification, tenantId);
    };
    for (schema::Table &table : code.tables) {
        place(table.name);
        for (schema::ForeignKey &key : table.foreignKeys) {
            const schema::Name declared{diff::plainSchema(key.targetSchema), key.targetTable};
            if (const schema::Name own = tenant::placed(declared, classification, tenantId);
                own != declared)
                key.targetSchema = own.schema;
        }
    }
    for (schema::Relation &relation : code.relations) {
        place(relation.table);
        place(relation.target);
        if (relation.through)
            place(relation.through->table);
    }
    return code;
}

} // namespace session
