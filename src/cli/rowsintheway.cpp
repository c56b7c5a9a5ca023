// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/rowsintheway.h"

#include "cli/text.h"
#include "migrate/hazards.h"
#include "rows/formats.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>

#include <unistd.h>

namespace cli
{

namespace
{
/// "about 3,000,000 rows, 812 MiB", or nothing.
QString sizeOf(const migrate::LockedRelation &relation)
{
    if (relation.rows < 0)
        return {};
    return Text::tr("about %1 rows, %2")
        .arg(QLocale().toString(relation.rows),
             QLocale().formattedDataSize(std::max<qint64>(relation.bytes, 0)));
}

QString workText(const migrate::Effect &effect)
{
    switch (effect.work) {
    case migrate::Work::Scan:
        return Text::tr("reads %1 (%2)");
    case migrate::Work::IndexBuild:
        return Text::tr("builds an index of %1 (%2)");
    case migrate::Work::Rewrite:
        return Text::tr("writes %1 anew (%2)");
    case migrate::Work::None:
        break;
    }
    return effect.loss.isEmpty() ? QString() : Text::tr("loses data of %1 (%2)");
}
} // namespace

void rowsOption(Arguments &arguments)
{
    arguments.option(QStringLiteral("show-rows"),
                     Text::tr("Shows the rows that stand in the way also where no terminal is."));
}

bool showsRows(const Arguments &arguments)
{
    return arguments.has(QStringLiteral("show-rows")) || ::isatty(STDERR_FILENO);
}

void printRowsInTheWay(const runner::RowsInTheWay &rows, bool showRows)
{
    for (const QString &words : rows.notAsked)
        notice(words);
    for (const runner::Violation &violation : rows.violations) {
        const runner::Question &question = violation.question;
        notice(runner::summary(violation));
        if (!question.migration.isEmpty())
            printError(QStringLiteral("  ") + Text::tr("migration: %1").arg(question.migration));
        printError(QStringLiteral("  ") + Text::tr("would fail: %1").arg(question.statement));
        printError(QStringLiteral("  ") + Text::tr("list them: %1").arg(question.check.sql));
        if (showRows)
            printError(QString::fromUtf8(rows::asTable(violation.rows)).trimmed());
    }
}

QJsonArray asJson(const runner::RowsInTheWay &rows, bool showRows)
{
    QJsonArray list;
    for (const runner::Violation &violation : rows.violations) {
        const runner::Question &question = violation.question;
        QJsonObject entry{{QStringLiteral("what"), question.check.what},
                          {QStringLiteral("table"), question.check.table.qualified()},
                          {QStringLiteral("statement"), question.statement},
                          {QStringLiteral("count"), violation.count},
                          {QStringLiteral("sql"), question.check.sql}};
        if (showRows)
            entry.insert(QStringLiteral("rows"),
                         QJsonDocument::fromJson(asJson(violation.rows)).array());
        list << entry;
    }
    return list;
}

QString touched(const migrate::PlanLine &line)
{
    const QString text = workText(line.effect);
    if (text.isEmpty() || line.effect.locks.isEmpty())
        return {};
    const migrate::LockedRelation &relation = line.effect.locks.first();
    const QString size = sizeOf(relation);
    return size.isEmpty() ? QString() : text.arg(relation.relation.qualified(), size);
}

QJsonArray touchedAsJson(const migrate::PlanLine &line)
{
    QJsonArray list;
    for (const migrate::LockedRelation &relation : line.effect.locks) {
        const bool known = relation.rows >= 0;
        list << QJsonObject{
            {QStringLiteral("relation"), relation.relation.qualified()},
            {QStringLiteral("lock"), migrate::lockName(relation.lock)},
            {QStringLiteral("rows"), known ? QJsonValue(relation.rows) : QJsonValue()},
            {QStringLiteral("bytes"),
             relation.bytes < 0 ? QJsonValue() : QJsonValue(relation.bytes)}};
    }
    return list;
}

} // namespace cli
