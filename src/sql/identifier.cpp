// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/identifier.h"

namespace sql
{

QString identifier(const QString &name)
{
    QString quoted = name;
    quoted.replace(u'"', QStringLiteral("\"\""));
    return u'"' + quoted + u'"';
}

QString identifier(const QString &schema, const QString &name)
{
    return schema.isEmpty() ? identifier(name) : identifier(schema) + u'.' + identifier(name);
}

QString literal(const QString &text)
{
    QString quoted = text;
    quoted.replace(u'\'', QStringLiteral("''"));
    if (!quoted.contains(u'\\'))
        return u'\'' + quoted + u'\'';
    quoted.replace(u'\\', QStringLiteral("\\\\"));
    return QStringLiteral("E'") + quoted + u'\'';
}

} // namespace sql
