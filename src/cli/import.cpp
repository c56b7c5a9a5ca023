// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/command.h"
#include "cli/text.h"
#include "session/importtable.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryFile>

#include <cstdio>

namespace cli
{

namespace
{
void declareFile(Arguments &arguments)
{
    arguments.positional(QStringLiteral("project"), Text::tr("The project's folder."));
    arguments.positional(QStringLiteral("table"), Text::tr("A table: name, schema.name."));
    arguments.positional(QStringLiteral("file"),
                         Text::tr("A CSV file; - reads it from standard input."));
    arguments.option(QStringLiteral("map"),
                     Text::tr("Which column takes one of the file that has another name; without a "
                              "column it is left out. May be given several times."),
                     QStringLiteral("title=column"));
    arguments.option(QStringLiteral("no-titles"),
                     Text::tr("The first line is a row; the columns are called 1, 2, 3."));
    arguments.option(QStringLiteral("delimiter"),
                     Text::tr("One character or tab; else the file's beginning tells."),
                     QStringLiteral("delimiter"));
    arguments.option(QStringLiteral("encoding"),
                     Text::tr("utf-8 (also UTF-16 by its mark), latin1."),
                     QStringLiteral("encoding"), QStringLiteral("utf-8"));
    arguments.option(QStringLiteral("null"),
                     Text::tr("What NULL is written as, instead of nothing without quotes."),
                     QStringLiteral("text"));
}

void declare(Arguments &arguments)
{
    declareFile(arguments);
    arguments.option(QStringLiteral("url"), Text::tr("The database, instead of the config's."),
                     QStringLiteral("url"));
    declareTenant(arguments);
    arguments.option(QStringLiteral("unscoped"), Text::tr("Imports rows of any tenant."));
    arguments.option(QStringLiteral("on-conflict"),
                     Text::tr("What becomes of rows that are there already: stop, skip, update."),
                     QStringLiteral("what"), QStringLiteral("stop"));
    arguments.option(QStringLiteral("bad-rows"),
                     Text::tr("Imports the good rows and keeps the bad ones in this new file; else "
                              "all rows are imported or none."),
                     QStringLiteral("file"));
    arguments.option(QStringLiteral("dry-run"),
                     Text::tr("Tries everything, lists the bad rows, and undoes it."));
    arguments.option(QStringLiteral("write"), Text::tr("Lets this one import write."));
    arguments.option(QStringLiteral("remote"),
                     Text::tr("Allows a server off this machine, for a dry run, too."));
    arguments.option(QStringLiteral("format"), Text::tr("text or json."), QStringLiteral("format"),
                     QStringLiteral("text"));
}

base::Error misuse(const QString &what, const QString &hint)
{
    return {.text = what, .where = QStringLiteral("import"), .hint = hint};
}

/// The options that say how the file is written.
base::Result<rows::CsvFormat> formatOf(const Arguments &arguments)
{
    const base::Result<QString> encoding = choice(
        arguments, QStringLiteral("encoding"), {QStringLiteral("utf-8"), QStringLiteral("latin1")});
    if (!encoding)
        return encoding.error();
    rows::CsvFormat format;
    if (*encoding == QLatin1String("latin1"))
        format.encoding = rows::CsvEncoding::Latin1;
    format.hasTitles = !arguments.has(QStringLiteral("no-titles"));
    if (arguments.has(QStringLiteral("null")))
        format.nullText = arguments.value(QStringLiteral("null")).toUtf8();
    if (!arguments.has(QStringLiteral("delimiter")))
        return format;
    const QString delimiter = arguments.value(QStringLiteral("delimiter"));
    const bool isTab = delimiter == QLatin1String("tab");
    const char one = delimiter.size() == 1 ? delimiter.front().toLatin1() : '\0';
    if (!isTab && (one == '\0' || one == '"' || one == '\n' || delimiter.front().unicode() > 127))
        return misuse(Text::tr("'%1' is no delimiter").arg(delimiter),
                      Text::tr("write one character or the word tab"));
    format.delimiter = isTab ? '\t' : one;
    return format;
}

base::Result<QList<std::pair<QString, QString>>> mappedOf(const Arguments &arguments)
{
    QList<std::pair<QString, QString>> mapped;
    for (const QString &word : arguments.values(QStringLiteral("map"))) {
        const qsizetype sign = word.lastIndexOf(u'=');
        if (sign < 1)
            return misuse(Text::tr("--map does not say which column takes which: %1").arg(word),
                          Text::tr("write --map title=column"));
        mapped << std::pair(word.left(sign), word.mid(sign + 1));
    }
    return mapped;
}

/// Standard input in a file of its own: rows that turn out to be bad are read a second time.
base::Result<base::Done> spool(QTemporaryFile &spooled)
{
    QFile input;
    const bool isOpen = input.open(stdin, QIODevice::ReadOnly) && spooled.open();
    while (isOpen) {
        const QByteArray piece = input.read(1 << 18);
        if (piece.isEmpty())
            break;
        if (spooled.write(piece) != piece.size())
            break;
    }
    if (isOpen && spooled.flush() && input.atEnd() && spooled.error() == QFileDevice::NoError)
        return base::Done{};
    return base::Error{.kind = base::ErrorKind::Io,
                       .text = Text::tr("Standard input could not be kept in a temporary file"),
                       .detail = spooled.errorString()};
}

QString lineOf(const session::BadRow &row)
{
    if (row.column.isEmpty())
        return Text::tr("line %1: %2").arg(row.line).arg(row.reason);
    return Text::tr("line %1, %2 %3: %4")
        .arg(QString::number(row.line), row.column,
             row.value == QLatin1String("NULL") ? row.value : u'\'' + row.value + u'\'',
             row.reason);
}

QByteArray jsonOf(const session::ImportReport &report)
{
    QJsonArray bad;
    for (const session::BadRow &row : report.badRows)
        bad << QJsonObject{{QStringLiteral("line"), row.line},
                           {QStringLiteral("column"), row.column},
                           {QStringLiteral("value"), row.value},
                           {QStringLiteral("reason"), row.reason}};
    const QJsonObject all{{QStringLiteral("rows"), report.rows},
                          {QStringLiteral("good"), report.good()},
                          {QStringLiteral("bad"), report.bad},
                          {QStringLiteral("inserted"), report.inserted},
                          {QStringLiteral("updated"), report.updated},
                          {QStringLiteral("skipped"), report.skipped},
                          {QStringLiteral("written"), report.isWritten},
                          {QStringLiteral("badRows"), bad},
                          {QStringLiteral("notes"), QJsonArray::fromStringList(report.notes)}};
    return QJsonDocument(all).toJson();
}

void printReport(const session::ImportReport &report, bool dryRun)
{
    for (const session::BadRow &row : report.badRows)
        printLine(lineOf(row));
    if (report.badRows.size() < report.bad)
        printLine(Text::tr("… and more: %1 bad rows in all").arg(report.bad));
    printLine(Text::tr("rows: %1, good: %2, bad: %3")
                  .arg(report.rows)
                  .arg(report.good())
                  .arg(report.bad));
    const QString counts = Text::tr("new: %1, updated: %2, skipped: %3")
                               .arg(report.inserted)
                               .arg(report.updated)
                               .arg(report.skipped);
    printLine(report.isWritten ? Text::tr("imported (%1)").arg(counts)
              : dryRun         ? Text::tr("would be imported (%1); nothing was written").arg(counts)
                               : Text::tr("nothing was written"));
    for (const QString &note : report.notes)
        notice(note);
}

base::Result<session::ImportOptions> optionsOf(const Arguments &arguments, const QString &path,
                                               const std::optional<tenant::TenantId> &tenant)
{
    const base::Result<rows::CsvFormat> format = formatOf(arguments);
    if (!format)
        return format.error();
    const base::Result<QList<std::pair<QString, QString>>> mapped = mappedOf(arguments);
    if (!mapped)
        return mapped.error();
    const base::Result<QString> conflict =
        choice(arguments, QStringLiteral("on-conflict"),
               {QStringLiteral("stop"), QStringLiteral("skip"), QStringLiteral("update")});
    if (!conflict)
        return conflict.error();
    const QString badRows = arguments.value(QStringLiteral("bad-rows"));
    if (!badRows.isEmpty() && QFile::exists(badRows))
        return base::Error{.kind = base::ErrorKind::Refused,
                           .text = Text::tr("The file for the bad rows is there already"),
                           .where = badRows,
                           .hint = Text::tr("name another one")};
    using session::OnConflict;
    return session::ImportOptions{.server = {.project = arguments.at(0),
                                             .url = arguments.value(QStringLiteral("url")),
                                             .remote = arguments.has(QStringLiteral("remote"))},
                                  .table = arguments.at(1),
                                  .file = {.path = path, .format = *format},
                                  .tenant = tenant,
                                  .mapped = *mapped,
                                  .onConflict =
                                      *conflict == QLatin1String("skip")     ? OnConflict::Skip
                                      : *conflict == QLatin1String("update") ? OnConflict::Update
                                                                             : OnConflict::Stop,
                                  .dryRun = arguments.has(QStringLiteral("dry-run")),
                                  .badRowsPath = badRows};
}
} // namespace

int importRows(const base::Installation &installation, const QStringList &words)
{
    Arguments arguments(QStringLiteral("import"), words);
    declare(arguments);
    if (const std::optional<int> over = arguments.finish(3))
        return *over;
    const base::Result<QString> format = choice(arguments, QStringLiteral("format"),
                                                {QStringLiteral("text"), QStringLiteral("json")});
    if (!format)
        return fail(format.error());
    const auto tenant = tenantOf(arguments, QStringLiteral("import"), Unscoped::OnDemand);
    if (!tenant)
        return fail(tenant.error());
    const bool dryRun = arguments.has(QStringLiteral("dry-run"));
    if (!dryRun && !arguments.has(QStringLiteral("write")))
        return fail({.kind = base::ErrorKind::Refused,
                     .text = Text::tr("An import writes"),
                     .hint = Text::tr("add --write to allow it, or --dry-run to look first")});
    QTemporaryFile spooled;
    const bool isInput = arguments.at(2) == QLatin1String("-");
    if (const auto kept = isInput ? spool(spooled) : base::Done{}; !kept)
        return fail(kept.error());
    const base::Result<session::ImportOptions> options =
        optionsOf(arguments, isInput ? spooled.fileName() : arguments.at(2), *tenant);
    if (!options)
        return fail(options.error());
    const base::Result<session::ImportReport> report = session::importTable(installation, *options);
    if (!report)
        return fail(report.error());
    if (*format == QLatin1String("json"))
        print(jsonOf(*report));
    else
        printReport(*report, dryRun);
    if (dryRun)
        return report->bad > 0 ? Found : Done;
    return report->isWritten ? Done : NotDone;
}

} // namespace cli
