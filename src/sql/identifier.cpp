// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/identifier.h"

namespace sql
{

namespace
{
/// Appends: a statement of a wide table quotes hundreds of names.
void quote(const QString &name, QString &text)
{
    text += u'"';
    if (name.contains(u'"'))
        text += QString(name).replace(u'"', QStringLiteral("\"\""));
    else
        text += name;
    text += u'"';
}
} // namespace

QString identifier(const QString &name)
{
    return identifier({}, name);
}

QString identifier(const QString &schema, const QString &name)
{
    QString text;
    text.reserve(schema.size() + name.size() + 5);
    if (!schema.isEmpty()) {
        quote(schema, text);
        text += u'.';
    }
    quote(name, text);
    return text;
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
