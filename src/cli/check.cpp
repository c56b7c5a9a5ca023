// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/check.h"
#include "cli/command.h"
#include "cli/text.h"
#include "migrate/hazards.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace cli
{

namespace
{
using migrate::Finding;

QString wordOf(migrate::Hazard::Severity severity)
{
    switch (severity) {
    case migrate::Hazard::Severity::Safe:
    case migrate::Hazard::Severity::Advice:
        break;
    case migrate::Hazard::Severity::Warning:
        return Text::tr("warning");
    case migrate::Hazard::Severity::Loss:
        return Text::tr("loss");
    }
    return Text::tr("advice");
}

/// For machines: these do not change.
QString machineWord(migrate::Hazard::Severity severity)
{
    return QStringList{QStringLiteral("safe"), QStringLiteral("advice"), QStringLiteral("warning"),
                       QStringLiteral("loss")}
        .value(int(severity));
}

QStringList locksOf(const migrate::Effect &effect)
{
    QStringList locks;
    for (const migrate::LockedRelation &locked : effect.locks) {
        const QString blocks = migrate::lockBlocks(locked.lock);
        if (!blocks.isEmpty())
            locks << QStringLiteral("%1: %2").arg(locked.relation.qualified(), blocks);
    }
    return locks;
}

/// What is built or dropped concurrently needs no advice to do so.
QString remedyOf(const migrate::Hazard &hazard, const migrate::Effect &effect)
{
    const bool isDone = !effect.inTransaction && (hazard.rule == migrate::Rule::AddUnique ||
                                                  hazard.rule == migrate::Rule::CreateIndex ||
                                                  hazard.rule == migrate::Rule::DropIndex);
    return isDone ? QString() : migrate::hazards::remedy(hazard.rule);
}

/// What is pending, statement by statement: not a fault of the folder.
void printHazards(const session::Checked &checked)
{
    for (const migrate::MigrationHazards &migration : checked.hazards) {
        if (migration.error)
            printLine(
                Text::tr("%1 cannot be judged: %2").arg(migration.file, migration.error->detail));
        for (const auto &statement : migration.statements) {
            printLine(QStringLiteral("%1:%2: %3")
                          .arg(migration.file)
                          .arg(statement.line)
                          .arg(statement.words));
            for (const QString &lock : locksOf(statement.effect))
                printLine(QStringLiteral("  ") + lock);
            for (const migrate::Hazard &hazard : statement.hazards) {
                printLine(QStringLiteral("  %1: %2").arg(wordOf(hazard.severity), hazard.text));
                if (const QString better = remedyOf(hazard, statement.effect); !better.isEmpty())
                    printLine(QStringLiteral("    → ") + better);
            }
        }
    }
}

QJsonArray asJson(const QList<migrate::MigrationHazards> &migrations)
{
    QJsonArray list;
    for (const migrate::MigrationHazards &migration : migrations) {
        for (const auto &statement : migration.statements) {
            QJsonArray locks, hazards;
            for (const migrate::LockedRelation &locked : statement.effect.locks)
                locks << QJsonObject{{QStringLiteral("relation"), locked.relation.qualified()},
                                     {QStringLiteral("lock"), migrate::lockName(locked.lock)},
                                     {QStringLiteral("blocks"), migrate::lockBlocks(locked.lock)}};
            for (const migrate::Hazard &hazard : statement.hazards)
                hazards << QJsonObject{
                    {QStringLiteral("severity"), machineWord(hazard.severity)},
                    {QStringLiteral("what"), hazard.text},
                    {QStringLiteral("hint"), remedyOf(hazard, statement.effect)}};
            list << QJsonObject{{QStringLiteral("migration"), migration.tag},
                                {QStringLiteral("file"), migration.file},
                                {QStringLiteral("line"), statement.line},
                                {QStringLiteral("statement"), statement.words},
                                {QStringLiteral("locks"), locks},
                                {QStringLiteral("hazards"), hazards}};
        }
    }
    return list;
}

/// That the server of --url does not answer is an error, which is printed as such.
void printText(const session::Checked &checked, bool serverNamed)
{
    for (const Finding &finding : checked.findings) {
        const QString severity =
            finding.severity == Finding::Severity::Error ? Text::tr("error") : Text::tr("warning");
        QString line = severity + QStringLiteral(": ") + finding.what;
        if (const QString place = migrate::placeOf(finding); !place.isEmpty())
            line += QStringLiteral(" (%1)").arg(place);
        printLine(line);
        if (!finding.why.isEmpty())
            printLine(QStringLiteral("  ") + finding.why);
        if (!finding.hint.isEmpty())
            printLine(QStringLiteral("  → ") + finding.hint);
    }
    if (checked.findings.isEmpty())
        printLine(Text::tr("Nothing is wrong with %1").arg(checked.folder));
    if (!checked.server.isEmpty())
        printLine(Text::tr("compared with what %1 has applied").arg(checked.server));
    else if (checked.noServer && !serverNamed)
        printLine(Text::tr("not compared with a database: %1").arg(checked.noServer->text));
    printHazards(checked);
}

QByteArray asJson(const session::Checked &checked)
{
    QJsonArray list;
    for (const Finding &finding : checked.findings)
        list << QJsonObject{
            {QStringLiteral("kind"), migrate::toWord(finding.kind)},
            {QStringLiteral("severity"), finding.severity == Finding::Severity::Error
                                             ? QStringLiteral("error")
                                             : QStringLiteral("warning")},
            {QStringLiteral("file"), finding.file},
            {QStringLiteral("line"), finding.line},
            {QStringLiteral("column"), finding.column},
            {QStringLiteral("migration"), finding.tag},
            {QStringLiteral("what"), finding.what},
            {QStringLiteral("why"), finding.why},
            {QStringLiteral("hint"), finding.hint}};
    return QJsonDocument(QJsonObject{{QStringLiteral("folder"), checked.folder},
                                     {QStringLiteral("database"), checked.server},
                                     {QStringLiteral("findings"), list},
                                     {QStringLiteral("pending"), asJson(checked.hazards)}})
        .toJson();
}

int runRebase(const base::Installation &installation, const session::ServerOptions &options)
{
    const base::Result<session::Rebased> done = session::rebase(installation, options);
    if (!done)
        return fail(done.error());
    for (const QString &tag : done->tags)
        printLine(Text::tr("Moved to the end: %1").arg(tag));
    if (done->noServer)
        notice(Text::tr("not compared with a database: %1").arg(done->noServer->text));
    return Done;
}
} // namespace

int check(const base::Installation &installation, const QStringList &words)
{
    Arguments arguments(QStringLiteral("check"), words);
    arguments.positional(QStringLiteral("project"), Text::tr("The project's folder."));
    arguments.option(QStringLiteral("url"), Text::tr("The database, instead of the config's."),
                     QStringLiteral("url"));
    arguments.option(QStringLiteral("format"), Text::tr("text or json."), QStringLiteral("format"),
                     QStringLiteral("text"));
    arguments.option(
        QStringLiteral("rebase"),
        Text::tr("Puts the one of two branches that is not applied on top of the other; of "
                 "two such the newer one."));
    if (const std::optional<int> over = arguments.finish(1))
        return *over;
    const base::Result<QString> format = choice(arguments, QStringLiteral("format"),
                                                {QStringLiteral("text"), QStringLiteral("json")});
    if (!format)
        return fail(format.error());
    const session::ServerOptions options{.project = arguments.at(0),
                                         .url = arguments.value(QStringLiteral("url"))};
    if (arguments.has(QStringLiteral("rebase")))
        return runRebase(installation, options);
    const base::Result<session::Checked> checked = session::check(installation, options);
    if (!checked)
        return fail(checked.error());
    const bool serverNamed = arguments.has(QStringLiteral("url"));
    if (*format == QLatin1String("json"))
        print(asJson(*checked));
    else
        printText(*checked, serverNamed);
    if (serverNamed && checked->noServer)
        return fail(*checked->noServer);
    return checked->findings.isEmpty() ? Done : Found;
}

} // namespace cli
