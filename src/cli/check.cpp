// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/check.h"
#include "cli/command.h"
#include "cli/text.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace cli
{

namespace
{
using migrate::Finding;

void printText(const session::Checked &checked)
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
    else if (checked.noServer)
        printLine(Text::tr("not compared with a database: %1").arg(checked.noServer->text));
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
                                     {QStringLiteral("findings"), list}})
        .toJson();
}

int runRebase(const base::Installation &installation, const session::ServerOptions &options)
{
    const base::Result<session::Rebased> done = session::rebase(installation, options);
    if (!done)
        return fail(done.error());
    for (const QString &tag : done->tags)
        printLine(Text::tr("Moved to the end: %1").arg(tag));
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
    arguments.option(QStringLiteral("rebase"),
                     Text::tr("Puts the newer of two branches on top of the other."));
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
    if (*format == QLatin1String("json"))
        print(asJson(*checked));
    else
        printText(*checked);
    return checked->findings.isEmpty() ? Done : Found;
}

} // namespace cli
