// SPDX-License-Identifier: GPL-3.0-or-later
#include "property/schemas.h"

#include <QRegularExpression>

namespace property
{

namespace
{
QStringList statementsIn(const QByteArray &script)
{
    return QString::fromUtf8(script).split(QStringLiteral(";\n"), Qt::SkipEmptyParts);
}
} // namespace

SchemaWorld::SchemaWorld(const World &world)
    : m_world(world)
{
    for (const Table &table : world.tables) {
        if (table.scoping != tenant::Scoping::Global)
            m_theirs << table.name << table.parts;
    }
    for (const Table &view : world.views)
        m_theirs << view.name;
}

QString SchemaWorld::text(const QString &text) const
{
    QString changed = text;
    for (const schema::Name &name : m_theirs)
        changed.replace(QRegularExpression(
                            QStringLiteral("\\b%1\\s*\\.\\s*(\"?%2\\b)")
                                .arg(name.schema.isEmpty() ? QStringLiteral("public") : name.schema,
                                     name.name)),
                        QStringLiteral("\\1"));
    return changed;
}

/// Whether it makes a table of tenants.
bool SchemaWorld::isTenants(const QString &statement) const
{
    static const QRegularExpression made(QStringLiteral("^\\s*CREATE TABLE (?:(\\w+)\\.)?(\\w+)"));
    const QRegularExpressionMatch match = made.match(statement);
    const QString schema = match.captured(1);
    return match.hasMatch() &&
           m_theirs.contains(schema::Name{schema == QLatin1String("public") ? QString() : schema,
                                          match.captured(2)});
}

QByteArray SchemaWorld::everybodys() const
{
    QByteArray script;
    for (const QString &statement : statementsIn(m_world.schema)) {
        if (!isTenants(statement))
            script += statement.toUtf8() + ";\n";
    }
    return script + m_world.shared;
}

QByteArray SchemaWorld::ofTenant(int number) const
{
    QString script =
        QStringLiteral("CREATE SCHEMA %1;\nSET search_path = %1, public;\n").arg(schemaOf(number));
    for (const QString &statement : statementsIn(m_world.schema)) {
        if (isTenants(statement))
            script += text(statement) + QStringLiteral(";\n");
    }
    script += text(QString::fromUtf8(m_world.rows.at(number)));
    for (const QString &statement : statementsIn(m_world.behind)) {
        if (statement.startsWith(QLatin1String("ALTER TABLE")) ||
            statement.contains(QLatin1String(" VIEW ")))
            script += text(statement) + QStringLiteral(";\n");
    }
    return script.toUtf8() + "RESET search_path;\n";
}

QByteArray SchemaWorld::everything() const
{
    QByteArray script = everybodys();
    for (int number = 1; number <= World::tenants; ++number)
        script += ofTenant(number);
    return script;
}

QByteArray SchemaWorld::only(int number) const
{
    return everybodys() + ofTenant(number) +
           "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = " +
           schemaOf(number).toUtf8() + ", public', current_database()); END $$;\n";
}

QString SchemaWorld::state(int number) const
{
    QStringList parts;
    for (const Table &table : m_world.tables) {
        const bool isEverybodys = table.scoping == tenant::Scoping::Global;
        if (isEverybodys != (number == 0))
            continue;
        const QString name = isEverybodys ? table.sql() : schemaOf(number) + u'.' + table.name.name;
        parts << QStringLiteral("SELECT '%1 ' || t::text FROM %1 t").arg(name);
    }
    return parts.join(QStringLiteral(" UNION ALL ")) + QStringLiteral(" ORDER BY 1");
}

} // namespace property
