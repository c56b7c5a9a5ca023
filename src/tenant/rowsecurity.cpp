// SPDX-License-Identifier: GPL-3.0-or-later
#include "tenant/rowsecurity.h"

#include <QRegularExpression>

namespace tenant
{

namespace
{
sql::Statement setting(const QString &name, const QString &value)
{
    return {QStringLiteral("SELECT pg_catalog.set_config($1, $2, true)"),
            {sql::Parameter(name.toUtf8()), sql::Parameter(QByteArray("") + value.toUtf8())}};
}
} // namespace

sql::Statement rolesQuestion()
{
    return {QStringLiteral("SELECT r.rolname FROM pg_catalog.pg_roles r\n"
                           "WHERE r.rolname !~ '^pg_' AND pg_catalog.pg_has_role(r.oid, 'MEMBER')\n"
                           "ORDER BY r.rolname"),
            {}};
}

sql::Statement rowSecurityQuestion(const QString &role)
{
    // No privilege of that kind exists for a column: DELETE is of whole rows.
    static const QString text = QStringLiteral(
        "SELECT n.nspname, c.relname, c.relrowsecurity, c.relforcerowsecurity, k.command,\n"
        " u.may AND pg_catalog.has_table_privilege(w.oid, c.oid, k.command),\n"
        " u.may AND CASE k.command WHEN 'DELETE' THEN false\n"
        "  ELSE pg_catalog.has_any_column_privilege(w.oid, c.oid, k.command) END,\n"
        " w.rolsuper OR w.rolbypassrls, pg_catalog.pg_has_role(w.oid, c.relowner, 'USAGE'),\n"
        " ARRAY(SELECT p.name FROM policies p WHERE p.of = c.oid AND p.permissive\n"
        "  AND p.command IN ('*', k.letter) ORDER BY p.name),\n"
        " ARRAY(SELECT p.name FROM policies p WHERE p.of = c.oid AND NOT p.permissive\n"
        "  AND p.command IN ('*', k.letter) ORDER BY p.name),\n"
        " c.relkind, pg_catalog.pg_get_userbyid(c.relowner),\n"
        " EXISTS (SELECT FROM pg_catalog.pg_options_to_table(c.reloptions) o\n"
        "  WHERE o.option_name = 'security_invoker' AND o.option_value::boolean)\n"
        "FROM who w\n"
        "CROSS JOIN pg_catalog.pg_class c\n"
        "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace\n"
        "CROSS JOIN LATERAL (SELECT pg_catalog.has_schema_privilege(w.oid, n.oid, 'USAGE') AS may) "
        "u\n"
        "CROSS JOIN (VALUES (1, 'SELECT', 'r'), (2, 'INSERT', 'a'), (3, 'UPDATE', 'w'),\n"
        " (4, 'DELETE', 'd')) k (place, command, letter)\n"
        "WHERE c.relkind IN ('r', 'p', 'v', 'm') AND n.nspname !~ '^pg_' AND n.nspname <> "
        "'information_schema'\n"
        "ORDER BY n.nspname, c.relname, k.place");
    static const QString with = QStringLiteral(
        "WITH who AS (SELECT r.oid, r.rolsuper, r.rolbypassrls FROM pg_catalog.pg_roles r\n"
        " WHERE r.rolname = $1),\n"
        "policies AS (SELECT p.polrelid AS of, p.polname::text AS name, p.polcmd::text AS "
        "command,\n"
        "  p.polpermissive AS permissive\n"
        " FROM pg_catalog.pg_policy p CROSS JOIN who w\n"
        " WHERE p.polroles = '{0}' OR EXISTS (SELECT FROM pg_catalog.unnest(p.polroles) o (id)\n"
        "  WHERE o.id <> 0 AND pg_catalog.pg_has_role(w.oid, o.id, 'USAGE')))\n");
    return {with + text, {sql::Parameter(role.toUtf8())}};
}

QList<sql::Statement> becoming(const Persona &persona)
{
    QList<sql::Statement> statements;
    for (const auto &[name, value] : persona.settings)
        statements << setting(name, value);
    statements << setting(QStringLiteral("role"), persona.role);
    return statements;
}

QStringList settingsRead(const schema::Table &table)
{
    static const QRegularExpression call(
        QStringLiteral(
            "current_setting\\s*\\(\\s*'([A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)+)'"),
        QRegularExpression::CaseInsensitiveOption);
    QStringList names;
    for (const schema::Policy &policy : table.policies) {
        const QString text = policy.usingExpression.value_or(QString()) + QLatin1Char(' ') +
                             policy.withCheck.value_or(QString());
        for (auto it = call.globalMatch(text); it.hasNext();) {
            const QString name = it.next().captured(1);
            if (!names.contains(name))
                names << name;
        }
    }
    return names;
}

} // namespace tenant
