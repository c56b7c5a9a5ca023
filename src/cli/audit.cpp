// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/audit.h"
#include "cli/command.h"
#include "cli/text.h"
#include "rows/formats.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace cli
{

namespace
{
using session::AuditFinding;
using session::ProjectAudit;

void printRemedy(const session::AuditRemedy &remedy)
{
    const auto indented = [](const QString &text) {
        const QStringList lines = text.split(u'\n', Qt::SkipEmptyParts);
        for (const QString &line : lines)
            printLine(QStringLiteral("    ") + line);
    };
    if (!remedy.notice.isEmpty())
        printLine(QStringLiteral("  ") + remedy.notice);
    if (!remedy.drizzle.isEmpty()) {
        printLine(QStringLiteral("  ") + Text::tr("in the code, so that it cannot happen again:"));
        indented(remedy.drizzle);
    }
    if (!remedy.statements.isEmpty()) {
        printLine(QStringLiteral("  ") + (remedy.drizzle.isEmpty()
                                              ? Text::tr("by hand:")
                                              : Text::tr("the migration that comes of it:")));
        for (const QString &statement : remedy.statements)
            indented(statement);
    }
}

void printText(const ProjectAudit &audit)
{
    printLine(Text::tr("database: %1").arg(audit.server));
    qsizetype held = 0;
    qsizetype clean = 0;
    for (const AuditFinding &finding : audit.findings) {
        if (finding.key.held)
            ++held;
        else if (!finding.error && !finding.isFound())
            ++clean;
        if (finding.error)
            printLine(QStringLiteral("%1: %2").arg(
                finding.key.text(), Text::tr("not known: %1").arg(base::toLine(*finding.error))));
        if (!finding.isFound())
            continue;
        printLine(QStringLiteral("%1:").arg(finding.key.text()));
        if (finding.crossing)
            printLine(
                QStringLiteral("  ") +
                Text::tr("rows that point at another tenant's row: %1").arg(finding.crossing));
        if (finding.oneSided)
            printLine(
                QStringLiteral("  ") +
                Text::tr("rows where only one of the two has a tenant: %1").arg(finding.oneSided));
        printRemedy(
            session::remedyOf(finding.key, audit.code, audit.catalog, audit.classification));
    }
    printLine(Text::tr("foreign keys between tables of tenants: %1; without a finding: %2; that "
                       "cannot cross: %3")
                  .arg(audit.findings.size())
                  .arg(clean)
                  .arg(held));
}

QByteArray asJson(const ProjectAudit &audit)
{
    QJsonArray list;
    for (const AuditFinding &finding : audit.findings) {
        const session::AuditRemedy remedy =
            session::remedyOf(finding.key, audit.code, audit.catalog, audit.classification);
        list << QJsonObject{
            {QStringLiteral("table"), finding.key.table.qualified()},
            {QStringLiteral("columns"), QJsonArray::fromStringList(finding.key.key.columns)},
            {QStringLiteral("target"), finding.key.target().qualified()},
            {QStringLiteral("foreignKey"), finding.key.key.name},
            {QStringLiteral("cannotCross"), finding.key.held},
            {QStringLiteral("crossing"), finding.error ? QJsonValue() : finding.crossing},
            {QStringLiteral("oneSided"), finding.error ? QJsonValue() : finding.oneSided},
            {QStringLiteral("error"),
             finding.error ? QJsonValue(base::toLine(*finding.error)) : QJsonValue()},
            {QStringLiteral("drizzle"), remedy.drizzle},
            {QStringLiteral("statements"), QJsonArray::fromStringList(remedy.statements)}};
    }
    return QJsonDocument(QJsonObject{{QStringLiteral("database"), audit.server},
                                     {QStringLiteral("tenantColumn"), audit.classification.column},
                                     {QStringLiteral("foreignKeys"), list}})
        .toJson();
}

/// The rows themselves, key by key: each begins with a line of titles of its own.
int printRows(const ProjectAudit &audit)
{
    bool isFirst = true;
    for (const AuditFinding &finding : audit.findings) {
        if (!finding.isFound())
            continue;
        const base::Result<rows::Page> found = audit.rowsOf(finding.key);
        if (!found)
            return fail(found.error());
        if (!std::exchange(isFirst, false))
            printLine({});
        print(rows::asCsv(*found));
    }
    return Done;
}
} // namespace

int audit(const base::Installation &installation, const QStringList &words)
{
    Arguments arguments(QStringLiteral("audit"), words);
    arguments.positional(QStringLiteral("project"), Text::tr("The project's folder."));
    arguments.option(QStringLiteral("url"), Text::tr("The database, instead of the config's."),
                     QStringLiteral("url"));
    arguments.option(QStringLiteral("format"),
                     Text::tr("text, json, or csv for the rows that were found."),
                     QStringLiteral("format"), QStringLiteral("text"));
    if (const std::optional<int> over = arguments.finish(1))
        return *over;
    const base::Result<QString> format =
        choice(arguments, QStringLiteral("format"),
               {QStringLiteral("text"), QStringLiteral("json"), QStringLiteral("csv")});
    if (!format)
        return fail(format.error());
    progress(Text::tr("Asking about every foreign key"));
    const base::Result<ProjectAudit> found = session::auditProject(
        installation, {.project = arguments.at(0), .url = arguments.value(QStringLiteral("url"))});
    progress({});
    if (!found)
        return fail(found.error());
    if (*format == QLatin1String("json"))
        print(asJson(*found));
    else if (*format == QLatin1String("text"))
        printText(*found);
    else if (const int printed = printRows(*found); printed != Done)
        return printed;
    const auto &findings = found->findings;
    const auto failed = std::ranges::find_if(
        findings, [](const AuditFinding &finding) { return finding.error.has_value(); });
    if (failed != findings.end())
        return fail(*failed->error);
    return std::ranges::any_of(findings, &AuditFinding::isFound) ? Found : Done;
}

} // namespace cli
