// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/livenames.h"

#include "diff/equal.h"
#include "schema/storedname.h"

namespace session
{

QString liveName(const QString &name)
{
    return schema::storedName(name);
}

QStringList liveNames(const QStringList &names)
{
    QStringList list;
    for (const QString &name : names)
        list << liveName(name);
    return list;
}

schema::Name liveName(const schema::Name &name)
{
    return {liveName(diff::plainSchema(name.schema)), liveName(name.name)};
}

QString liveType(const schema::Column &declared)
{
    if (declared.typeSchema.isEmpty())
        return declared.type;
    const qsizetype bracket = declared.type.indexOf(QLatin1String("[]"));
    return liveName(declared.type.left(bracket)) +
           (bracket < 0 ? QString() : declared.type.mid(bracket));
}

} // namespace session
