// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/catalogstatements.h"

#include "sql/identifier.h"

namespace load::statement
{

using schema::ObjectId;
using schema::ObjectKind;

namespace
{
bool isRoutine(ObjectKind kind)
{
    return kind == ObjectKind::Function || kind == ObjectKind::Procedure ||
           kind == ObjectKind::Aggregate;
}

bool hasNoSchema(ObjectKind kind)
{
    return kind == ObjectKind::Schema || kind == ObjectKind::Role ||
           kind == ObjectKind::Extension || kind == ObjectKind::Publication ||
           kind == ObjectKind::EventTrigger;
}
} // namespace

QString qualified(const schema::Name &name)
{
    return sql::identifier(name.schema.isEmpty() ? QStringLiteral("public") : name.schema,
                           name.name);
}

QString named(const ObjectId &id, bool onDomain)
{
    const QString kind = schema::sqlName(id.kind) + u' ';
    switch (id.kind) {
    case ObjectKind::Column:
        return kind + qualified(id.name) + u'.' + sql::identifier(id.part);
    case ObjectKind::Constraint:
    case ObjectKind::Policy:
    case ObjectKind::Trigger:
    case ObjectKind::Rule:
        return kind + sql::identifier(id.part) +
               (onDomain ? QStringLiteral(" ON DOMAIN ") : QStringLiteral(" ON ")) +
               qualified(id.name);
    case ObjectKind::Operator:
        // An operator's name takes no quotes.
        return kind +
               sql::identifier(id.name.schema.isEmpty() ? QStringLiteral("public")
                                                        : id.name.schema) +
               u'.' + id.name.name + QStringLiteral(" (") + id.part + u')';
    default:
        break;
    }
    if (hasNoSchema(id.kind))
        return kind + sql::identifier(id.name.name);
    return kind + qualified(id.name) + (isRoutine(id.kind) ? u'(' + id.part + u')' : QString());
}

QString removal(const ObjectId &id, bool onDomain)
{
    const QString table = QStringLiteral("ALTER TABLE ") + qualified(id.name);
    switch (id.kind) {
    case ObjectKind::Column:
        return table + QStringLiteral(" DROP COLUMN ") + sql::identifier(id.part);
    case ObjectKind::Default:
        return table + QStringLiteral(" ALTER COLUMN ") + sql::identifier(id.part) +
               QStringLiteral(" DROP DEFAULT");
    case ObjectKind::Constraint:
        return (onDomain ? QStringLiteral("ALTER DOMAIN ") + qualified(id.name) : table) +
               QStringLiteral(" DROP CONSTRAINT ") + sql::identifier(id.part);
    case ObjectKind::Other:
        return {};
    default:
        return QStringLiteral("DROP ") + named(id);
    }
}

QString comment(const ObjectId &id, const QString &text, bool onDomain)
{
    return QStringLiteral("COMMENT ON ") + named(id, onDomain) + QStringLiteral(" IS ") +
           sql::literal(text);
}

QString owner(const ObjectId &id, const QString &role)
{
    return QStringLiteral("ALTER ") + named(id) + QStringLiteral(" OWNER TO ") +
           sql::identifier(role);
}

QString optionList(const QList<std::pair<QString, QString>> &options)
{
    QStringList parts;
    for (const auto &[name, value] : options) {
        // toast.autovacuum_enabled keeps its dot outside of the quotes.
        QStringList words;
        for (const QString &word : name.split(u'.'))
            words << sql::identifier(word);
        parts << words.join(u'.') + u'=' + sql::literal(value);
    }
    return parts.isEmpty() ? QString() : u'(' + parts.join(QStringLiteral(", ")) + u')';
}

QString grantTarget(const ObjectId &id)
{
    switch (id.kind) {
    case ObjectKind::Domain:
    case ObjectKind::Enum:
    case ObjectKind::Composite:
    case ObjectKind::Range:
        return QStringLiteral(" ON TYPE ") + qualified(id.name);
    case ObjectKind::Aggregate:
        return QStringLiteral(" ON FUNCTION ") + qualified(id.name) + u'(' + id.part + u')';
    case ObjectKind::Function:
    case ObjectKind::Procedure:
    case ObjectKind::Sequence:
    case ObjectKind::Schema:
        return QStringLiteral(" ON ") + named(id);
    default:
        return QStringLiteral(" ON TABLE ") + qualified(id.name);
    }
}

} // namespace load::statement
