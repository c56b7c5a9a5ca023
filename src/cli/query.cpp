// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/command.h"
#include "rows/formats.h"
#include "session/operations.h"
#include "sql/identifier.h"

#include <QCoreApplication>
#include <QFile>

namespace cli
{

namespace
{
QString standardInput()
{
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly))
        return {};
    return QString::fromUtf8(input.readAll());
}

/// The statement, and whose rows of which database.
void declareQuestion(Arguments &arguments)
{
    arguments.positional(
        QStringLiteral("sql"),
        QCoreApplication::translate("cli", "One statement; - reads it from standard input."));
    arguments.option(QStringLiteral("project"),
                     QCoreApplication::translate("cli", "The project's folder."),
                     QStringLiteral("folder"));
    arguments.option(QStringLiteral("url"),
                     QCoreApplication::translate("cli", "The database, instead of the config's."),
                     QStringLiteral("url"));
    declareTenant(arguments);
}

void declare(Arguments &arguments)
{
    declareQuestion(arguments);
    arguments.option(QStringLiteral("unscoped"),
                     QCoreApplication::translate("cli", "Reads the rows of all tenants."));
    arguments.option(QStringLiteral("format"),
                     QCoreApplication::translate("cli", "table, csv or json."),
                     QStringLiteral("format"), QStringLiteral("table"));
    arguments.option(QStringLiteral("write"),
                     QCoreApplication::translate("cli", "Lets this one statement write."));
    arguments.option(
        QStringLiteral("remote"),
        QCoreApplication::translate("cli", "Allows --write on a server off this machine."));
}

QString textOf(const Arguments &arguments)
{
    return arguments.at(0) == QLatin1String("-") ? standardInput() : arguments.at(0);
}

base::Error noProject(const QString &command)
{
    return {.text = QCoreApplication::translate("cli", "No project is given"),
            .where = command,
            .hint = QCoreApplication::translate("cli", "add --project <folder>")};
}

void printPage(const rows::Page &page, const QString &format)
{
    if (page.columns().isEmpty()) {
        if (page.affectedRows() >= 0)
            notice(QCoreApplication::translate("cli", "rows changed: %1").arg(page.affectedRows()));
        return;
    }
    if (format == QLatin1String("csv"))
        print(rows::asCsv(page));
    else if (format == QLatin1String("json"))
        print(rows::asJson(page));
    else
        print(rows::asTable(page));
}
} // namespace

int query(const base::Installation &installation, const QStringList &words)
{
    Arguments arguments(QStringLiteral("query"), words);
    declare(arguments);
    if (const std::optional<int> over = arguments.finish(1))
        return *over;
    const base::Result<QString> format =
        choice(arguments, QStringLiteral("format"),
               {QStringLiteral("table"), QStringLiteral("csv"), QStringLiteral("json")});
    if (!format)
        return fail(format.error());
    if (!arguments.has(QStringLiteral("project")))
        return fail(noProject(QStringLiteral("query")));
    const auto tenant = tenantOf(arguments, QStringLiteral("query"), Unscoped::OnDemand);
    if (!tenant)
        return fail(tenant.error());
    const base::Result<rows::Page> page = session::runQuery(
        installation, {.server = {.project = arguments.value(QStringLiteral("project")),
                                  .url = arguments.value(QStringLiteral("url")),
                                  .remote = arguments.has(QStringLiteral("remote"))},
                       .sql = textOf(arguments),
                       .tenant = *tenant,
                       .write = arguments.has(QStringLiteral("write"))});
    if (!page)
        return fail(page.error());
    printPage(*page, *format);
    return Done;
}

int scope(const base::Installation &installation, const QStringList &words)
{
    Arguments arguments(QStringLiteral("scope"), words);
    declareQuestion(arguments);
    if (const std::optional<int> over = arguments.finish(1))
        return *over;
    if (!arguments.has(QStringLiteral("project")))
        return fail(noProject(QStringLiteral("scope")));
    const auto tenant = tenantOf(arguments, QStringLiteral("scope"), Unscoped::Never);
    if (!tenant)
        return fail(tenant.error());
    const base::Result<sql::Statement> statement = session::scopedStatement(
        installation, {.server = {.project = arguments.value(QStringLiteral("project")),
                                  .url = arguments.value(QStringLiteral("url"))},
                       .sql = textOf(arguments),
                       .tenant = *tenant});
    if (!statement)
        return fail(statement.error());
    printLine(statement->text);
    for (qsizetype i = 0; i < statement->parameters.size(); ++i)
        printLine(QStringLiteral("-- $%1 = %2")
                      .arg(i + 1)
                      .arg(sql::literal(QString::fromUtf8(*statement->parameters[i]))));
    return Done;
}

} // namespace cli
