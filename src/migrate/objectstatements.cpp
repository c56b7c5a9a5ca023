// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/objectstatements.h"

#include "migrate/statements.h"
#include "sql/identifier.h"

#include <QRegularExpression>
#include <QSet>

#include <algorithm>

namespace migrate
{

namespace
{
using sql::identifier;

/// A text constant with only its quotes doubled, as drizzle-kit writes values of enums.
QString quoted(QString text)
{
    return u'\'' + text.replace(u'\'', QStringLiteral("''")) + u'\'';
}

const QStringList roleWords = {QStringLiteral("current_user"), QStringLiteral("current_role"),
                               QStringLiteral("session_user"), QStringLiteral("public")};

QString roleSql(const QString &role)
{
    return roleWords.contains(role) ? role : identifier(role);
}

/// Whether \a role can stand behind TO without quotes, as drizzle-kit's ALTER POLICY writes it.
bool isPlainRole(const QString &role)
{
    static const QRegularExpression plain(QStringLiteral("^[a-z_][a-z0-9_]*$"));
    static const QSet<QString> reserved = {QStringLiteral("all"),
                                           QStringLiteral("and"),
                                           QStringLiteral("any"),
                                           QStringLiteral("array"),
                                           QStringLiteral("as"),
                                           QStringLiteral("asc"),
                                           QStringLiteral("both"),
                                           QStringLiteral("case"),
                                           QStringLiteral("cast"),
                                           QStringLiteral("check"),
                                           QStringLiteral("collate"),
                                           QStringLiteral("column"),
                                           QStringLiteral("create"),
                                           QStringLiteral("default"),
                                           QStringLiteral("desc"),
                                           QStringLiteral("distinct"),
                                           QStringLiteral("do"),
                                           QStringLiteral("else"),
                                           QStringLiteral("end"),
                                           QStringLiteral("except"),
                                           QStringLiteral("false"),
                                           QStringLiteral("fetch"),
                                           QStringLiteral("for"),
                                           QStringLiteral("foreign"),
                                           QStringLiteral("from"),
                                           QStringLiteral("grant"),
                                           QStringLiteral("group"),
                                           QStringLiteral("having"),
                                           QStringLiteral("in"),
                                           QStringLiteral("into"),
                                           QStringLiteral("lateral"),
                                           QStringLiteral("leading"),
                                           QStringLiteral("limit"),
                                           QStringLiteral("none"),
                                           QStringLiteral("not"),
                                           QStringLiteral("null"),
                                           QStringLiteral("offset"),
                                           QStringLiteral("on"),
                                           QStringLiteral("only"),
                                           QStringLiteral("or"),
                                           QStringLiteral("order"),
                                           QStringLiteral("placing"),
                                           QStringLiteral("primary"),
                                           QStringLiteral("references"),
                                           QStringLiteral("select"),
                                           QStringLiteral("some"),
                                           QStringLiteral("symmetric"),
                                           QStringLiteral("table"),
                                           QStringLiteral("then"),
                                           QStringLiteral("to"),
                                           QStringLiteral("trailing"),
                                           QStringLiteral("true"),
                                           QStringLiteral("union"),
                                           QStringLiteral("unique"),
                                           QStringLiteral("user"),
                                           QStringLiteral("using"),
                                           QStringLiteral("variadic"),
                                           QStringLiteral("when"),
                                           QStringLiteral("where"),
                                           QStringLiteral("window"),
                                           QStringLiteral("with"),
                                           QStringLiteral("analyse"),
                                           QStringLiteral("analyze"),
                                           QStringLiteral("asymmetric"),
                                           QStringLiteral("constraint"),
                                           QStringLiteral("current_catalog"),
                                           QStringLiteral("current_date"),
                                           QStringLiteral("current_time"),
                                           QStringLiteral("current_timestamp"),
                                           QStringLiteral("deferrable"),
                                           QStringLiteral("initially"),
                                           QStringLiteral("intersect"),
                                           QStringLiteral("localtime"),
                                           QStringLiteral("localtimestamp"),
                                           QStringLiteral("returning"),
                                           QStringLiteral("system_user")};
    return plain.match(role).hasMatch() && !reserved.contains(role);
}

QString snakeCase(const QString &key)
{
    QString text;
    for (const QChar letter : key) {
        if (letter.isUpper())
            text += u'_';
        text += letter.toLower();
    }
    return text;
}

QString expressions(const schema::Policy &policy)
{
    QString text;
    if (policy.usingExpression)
        text += QStringLiteral(" USING (") + closed(*policy.usingExpression) + u')';
    if (policy.withCheck)
        text += QStringLiteral(" WITH CHECK (") + closed(*policy.withCheck) + u')';
    return text;
}

QString alterView(const schema::View &view, const QString &action)
{
    return QStringLiteral("ALTER ") + viewWord(view) + u' ' + publicToo(view.name) + u' ' + action +
           u';';
}

QString options(const QList<std::pair<QString, QString>> &options)
{
    QStringList list;
    for (const auto &[key, value] : options)
        list << snakeCase(key) + QStringLiteral(" = ") + value;
    return list.join(QStringLiteral(", "));
}
} // namespace

QString publicToo(const schema::Name &name)
{
    return identifier(name.schema.isEmpty() ? QStringLiteral("public") : name.schema, name.name);
}

QString dropSchema(const QString &name)
{
    return QStringLiteral("DROP SCHEMA ") + identifier(name) + u';';
}

QString renameSchema(const QString &from, const QString &to)
{
    return QStringLiteral("ALTER SCHEMA ") + identifier(from) + QStringLiteral(" RENAME TO ") +
           identifier(to) + u';';
}

QString renameObject(const QString &what, const schema::Name &name, const QString &to)
{
    return QStringLiteral("ALTER ") + what + u' ' + publicToo(name) +
           QStringLiteral(" RENAME TO ") + identifier(to) + u';';
}

QString moveObject(const QString &what, const schema::Name &name, const QString &toSchema)
{
    return QStringLiteral("ALTER ") + what + u' ' + publicToo(name) +
           QStringLiteral(" SET SCHEMA ") +
           identifier(toSchema.isEmpty() ? QStringLiteral("public") : toSchema) + u';';
}

QString renameEnumValue(const schema::Name &type, const QString &from, const QString &to)
{
    return QStringLiteral("ALTER TYPE ") + publicToo(type) + QStringLiteral(" RENAME VALUE ") +
           quoted(from) + QStringLiteral(" TO ") + quoted(to) + u';';
}

QString sequenceOptions(const schema::SequenceOptions &options)
{
    QString text;
    const auto option = [&text](const char *name, const QString &value) {
        if (!value.isEmpty())
            text += u' ' + QLatin1String(name) + u' ' + value;
    };
    option("INCREMENT BY", options.increment);
    option("MINVALUE", options.minValue);
    option("MAXVALUE", options.maxValue);
    option("START WITH", options.startWith);
    option("CACHE", options.cache);
    if (options.cycle)
        text += QStringLiteral(" CYCLE");
    return text;
}

QString createSequence(const schema::Sequence &sequence)
{
    return QStringLiteral("CREATE SEQUENCE ") + publicToo(sequence.name) +
           sequenceOptions(sequence.options) + u';';
}

QString alterSequence(const schema::Sequence &before, const schema::Sequence &after)
{
    QString text =
        QStringLiteral("ALTER SEQUENCE ") + publicToo(after.name) + sequenceOptions(after.options);
    const auto unset = [&text](const char *words, const QString &old, const QString &now) {
        if (!old.isEmpty() && now.isEmpty())
            text += u' ' + QLatin1String(words);
    };
    unset("INCREMENT BY 1", before.options.increment, after.options.increment);
    unset("NO MINVALUE", before.options.minValue, after.options.minValue);
    unset("NO MAXVALUE", before.options.maxValue, after.options.maxValue);
    unset("START", before.options.startWith, after.options.startWith);
    unset("CACHE 1", before.options.cache, after.options.cache);
    if (before.options.cycle && !after.options.cycle)
        text += QStringLiteral(" NO CYCLE");
    return text + u';';
}

QString dropSequence(const schema::Name &name)
{
    return QStringLiteral("DROP SEQUENCE ") + publicToo(name) + u';';
}

QString createRole(const schema::Role &role)
{
    QString with;
    if (role.createDb)
        with += QStringLiteral(" CREATEDB");
    if (role.createRole)
        with += QStringLiteral(" CREATEROLE");
    if (!role.inherit)
        with += QStringLiteral(" NOINHERIT");
    return QStringLiteral("CREATE ROLE ") + identifier(role.name) +
           (with.isEmpty() ? QString() : QStringLiteral(" WITH") + with) + u';';
}

QString alterRole(const schema::Role &role)
{
    return QStringLiteral("ALTER ROLE ") + identifier(role.name) + QStringLiteral(" WITH") +
           (role.createDb ? QStringLiteral(" CREATEDB") : QStringLiteral(" NOCREATEDB")) +
           (role.createRole ? QStringLiteral(" CREATEROLE") : QStringLiteral(" NOCREATEROLE")) +
           (role.inherit ? QStringLiteral(" INHERIT") : QStringLiteral(" NOINHERIT")) + u';';
}

QString dropRole(const QString &name)
{
    return QStringLiteral("DROP ROLE ") + identifier(name) + u';';
}

QString renameRole(const QString &from, const QString &to)
{
    return QStringLiteral("ALTER ROLE ") + identifier(from) + QStringLiteral(" RENAME TO ") +
           identifier(to) + u';';
}

QString policyTable(const schema::Name &table, const schema::Policy &policy)
{
    return policy.on.isEmpty() ? tableSql(table) : policy.on;
}

QString createPolicyOn(const QString &tableSql, const schema::Policy &policy)
{
    QStringList roles;
    for (const QString &role : policy.roles)
        roles << roleSql(role);
    return QStringLiteral("CREATE POLICY ") + identifier(policy.name) + QStringLiteral(" ON ") +
           tableSql + QStringLiteral(" AS ") + policy.as.toUpper() + QStringLiteral(" FOR ") +
           policy.command.toUpper() + QStringLiteral(" TO ") + roles.join(QStringLiteral(", ")) +
           expressions(policy) + u';';
}

QString dropPolicyOn(const QString &tableSql, const QString &policy)
{
    return QStringLiteral("DROP POLICY ") + identifier(policy) + QStringLiteral(" ON ") + tableSql +
           QStringLiteral(" CASCADE;");
}

QString alterPolicyOn(const QString &tableSql, const schema::Policy &after)
{
    // drizzle-kit prints the list as JavaScript does, without quotes; that only works for some.
    QStringList roles = after.roles;
    const bool plain = std::ranges::all_of(roles, isPlainRole);
    if (!plain)
        std::ranges::transform(roles, roles.begin(), roleSql);
    return QStringLiteral("ALTER POLICY ") + identifier(after.name) + QStringLiteral(" ON ") +
           tableSql + QStringLiteral(" TO ") +
           roles.join(plain ? QStringLiteral(",") : QStringLiteral(", ")) + expressions(after) +
           u';';
}

QString renamePolicyOn(const QString &tableSql, const QString &from, const QString &to)
{
    return QStringLiteral("ALTER POLICY ") + identifier(from) + QStringLiteral(" ON ") + tableSql +
           QStringLiteral(" RENAME TO ") + identifier(to) + u';';
}

QString viewWord(const schema::View &view)
{
    return view.materialized ? QStringLiteral("MATERIALIZED VIEW") : QStringLiteral("VIEW");
}

QString createView(const schema::View &view, bool orReplace)
{
    QString text = (orReplace ? QStringLiteral("CREATE OR REPLACE ") : QStringLiteral("CREATE ")) +
                   viewWord(view) + u' ' + publicToo(view.name);
    if (!view.accessMethod.isEmpty())
        text += QStringLiteral(" USING ") + identifier(view.accessMethod);
    if (!view.with.isEmpty())
        text += QStringLiteral(" WITH (") + options(view.with) + u')';
    if (!view.tablespace.isEmpty())
        text += QStringLiteral(" TABLESPACE ") + view.tablespace;
    text += QStringLiteral(" AS (") + closed(view.definition) + u')';
    if (view.withNoData.value_or(false))
        text += QStringLiteral(" WITH NO DATA");
    return text + u';';
}

QString dropView(const schema::View &view)
{
    return QStringLiteral("DROP ") + viewWord(view) + u' ' + publicToo(view.name) + u';';
}

QString setViewOptions(const schema::View &view, const QList<std::pair<QString, QString>> &changed)
{
    return alterView(view, QStringLiteral("SET (") + options(changed) + u')');
}

QString resetViewOptions(const schema::View &view, const QStringList &names)
{
    QStringList list;
    for (const QString &name : names)
        list << snakeCase(name);
    return alterView(view, QStringLiteral("RESET (") + list.join(QStringLiteral(", ")) + u')');
}

QString setViewTablespace(const schema::View &view)
{
    return alterView(view, QStringLiteral("SET TABLESPACE ") + (view.tablespace.isEmpty()
                                                                    ? QStringLiteral("pg_default")
                                                                    : view.tablespace));
}

QString setViewAccessMethod(const schema::View &view)
{
    return alterView(view, QStringLiteral("SET ACCESS METHOD ") +
                               identifier(view.accessMethod.isEmpty() ? QStringLiteral("heap")
                                                                      : view.accessMethod));
}

} // namespace migrate
