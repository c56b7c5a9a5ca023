// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/status.h"
#include "cli/command.h"
#include "cli/text.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace cli
{

namespace
{
using session::Agreement;

constexpr qsizetype mostFindings = 20; // of a pair, as text; JSON has all

QString nameOf(Agreement::Pair pair)
{
    switch (pair) {
    case Agreement::Pair::CodeAndFolder:
        return Text::tr("code ↔ folder");
    case Agreement::Pair::FolderAndLedger:
        return Text::tr("folder ↔ ledger");
    case Agreement::Pair::LedgerAndDatabase:
        break;
    }
    return Text::tr("ledger ↔ database");
}

QString wordOf(Agreement::State state)
{
    switch (state) {
    case Agreement::State::InStep:
        return Text::tr("in step");
    case Agreement::State::Differs:
        return Text::tr("differs");
    case Agreement::State::Unknown:
        break;
    }
    return Text::tr("not known");
}

void printText(const session::Status &status)
{
    if (!status.server.isEmpty())
        printLine(Text::tr("database: %1").arg(status.server));
    for (const Agreement &pair : status.pairs) {
        printLine(QStringLiteral("%1: %2").arg(nameOf(pair.pair), wordOf(pair.state)));
        for (const QString &finding :
             pair.findings.first(std::min(pair.findings.size(), mostFindings)))
            printLine(QStringLiteral("  ") + finding);
        if (pair.findings.size() > mostFindings)
            printLine(QStringLiteral("  ") +
                      Text::tr("and %1 more").arg(pair.findings.size() - mostFindings));
    }
    if (const Agreement *first = status.firstToHeal())
        printLine(Text::tr("next: %1").arg(first->action));
}

QByteArray asJson(const session::Status &status)
{
    // Words of the format, the same in every language.
    static constexpr std::array pairs{"code-folder", "folder-ledger", "ledger-database"};
    static constexpr std::array states{"in-step", "differs", "unknown"};
    QJsonArray list;
    for (const Agreement &pair : status.pairs)
        list << QJsonObject{
            {QStringLiteral("pair"), QLatin1String(pairs[static_cast<size_t>(pair.pair)])},
            {QStringLiteral("state"), QLatin1String(states[static_cast<size_t>(pair.state)])},
            {QStringLiteral("findings"), QJsonArray::fromStringList(pair.findings)},
            {QStringLiteral("action"), pair.action}};
    const Agreement *first = status.firstToHeal();
    return QJsonDocument(QJsonObject{{QStringLiteral("database"), status.server},
                                     {QStringLiteral("pairs"), list},
                                     {QStringLiteral("next"), first ? first->action : QString()}})
        .toJson();
}
} // namespace

int status(const base::Installation &installation, const QStringList &words)
{
    Arguments arguments(QStringLiteral("status"), words);
    arguments.positional(QStringLiteral("project"), Text::tr("The project's folder."));
    arguments.option(QStringLiteral("url"), Text::tr("The database, instead of the config's."),
                     QStringLiteral("url"));
    arguments.option(QStringLiteral("format"), Text::tr("text or json."), QStringLiteral("format"),
                     QStringLiteral("text"));
    if (const std::optional<int> over = arguments.finish(1))
        return *over;
    const base::Result<QString> format = choice(arguments, QStringLiteral("format"),
                                                {QStringLiteral("text"), QStringLiteral("json")});
    if (!format)
        return fail(format.error());
    const base::Result<session::Status> found = session::status(
        installation, {.project = arguments.at(0), .url = arguments.value(QStringLiteral("url"))});
    if (!found)
        return fail(found.error());
    for (const schema::Problem &problem : found->problems)
        notice(problem);
    if (*format == QLatin1String("json"))
        print(asJson(*found));
    else
        printText(*found);
    // What is not known may differ: only a whole look can say that nothing was found.
    if (found->obstacle)
        return fail(*found->obstacle);
    return found->firstToHeal() ? Found : Done;
}

} // namespace cli
