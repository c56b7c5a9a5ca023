// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/receive.h"
#include "cli/command.h"
#include "diff/overlay.h"
#include "migrate/folder.h"
#include "migrate/plan.h"
#include "schema/json.h"
#include "session/problems.h"
#include "session/source.h"

#include <QCoreApplication>
#include <QUuid>

namespace cli
{

namespace
{
void printTree(const QList<diff::OverlayNode> &nodes, const QString &indent)
{
    for (const diff::OverlayNode &node : nodes) {
        QString line = indent + node.name;
        if (!node.detail.isEmpty())
            line += u' ' + node.detail;
        if (node.primaryKey)
            line += QStringLiteral(" PK");
        else if (node.notNull)
            line += QStringLiteral(" NOT NULL");
        printLine(line);
        printTree(node.children, indent + QStringLiteral("  "));
    }
}

QString createStatements(const schema::Database &database)
{
    const schema::Database nothing;
    const migrate::Plan plan = migrate::plan(diff::compare(nothing, database), nothing, database);
    QStringList statements;
    for (const migrate::PlanLine &line : plan.lines)
        statements << line.statement;
    return statements.join(u'\n');
}
} // namespace

int inspect(const base::Installation &installation, const QStringList &words)
{
    Arguments arguments(QStringLiteral("inspect"), words);
    arguments.positional(QStringLiteral("source"),
                         QCoreApplication::translate("cli", "What yields the schema."));
    arguments.option(QStringLiteral("format"),
                     QCoreApplication::translate("cli", "json, snapshot, sql or tree."),
                     QStringLiteral("format"), QStringLiteral("tree"));
    if (const std::optional<int> over = arguments.finish(1))
        return *over;
    const base::Result<QString> format = choice(arguments, QStringLiteral("format"),
                                                {QStringLiteral("json"), QStringLiteral("snapshot"),
                                                 QStringLiteral("sql"), QStringLiteral("tree")});
    if (!format)
        return fail(format.error());

    const base::Result<session::SourceSchema> source =
        base::await(session::loadSource(installation, arguments.at(0)));
    if (!source)
        return fail(source.error());
    for (const schema::Problem &problem : session::errorsFirst(source->problems))
        notice(problem);

    if (*format == QLatin1String("json")) {
        print(schema::toJson(source->schema));
        print(QByteArray("\n"));
    } else if (*format == QLatin1String("snapshot")) {
        print(migrate::writeSnapshot(source->schema,
                                     QUuid::createUuid().toString(QUuid::WithoutBraces),
                                     QUuid().toString(QUuid::WithoutBraces)));
    } else if (*format == QLatin1String("sql")) {
        printLine(createStatements(source->schema));
    } else {
        printTree(diff::overlay(&source->schema, nullptr, nullptr), {});
    }
    // What could be read is printed all the same; the exit code says that it is not all of it.
    return session::isIncomplete(source->problems) ? NotDone : Done;
}

} // namespace cli
