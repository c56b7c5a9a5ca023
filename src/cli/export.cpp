// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/export.h"
#include "cli/command.h"
#include "cli/text.h"

#include <cstdio>

namespace cli
{

namespace
{
constexpr qint64 progressStep = 50'000'000; // bytes

void declare(Arguments &arguments)
{
    arguments.positional(QStringLiteral("project"), Text::tr("The project's folder."));
    arguments.positional(QStringLiteral("table"), Text::tr("A table or view: name, schema.name."));
    arguments.option(QStringLiteral("url"), Text::tr("The database, instead of the config's."),
                     QStringLiteral("url"));
    declareTenant(arguments);
    arguments.option(QStringLiteral("unscoped"), Text::tr("Exports the rows of all tenants."));
    arguments.option(QStringLiteral("where"), Text::tr("Only rows that this SQL condition keeps."),
                     QStringLiteral("condition"));
    arguments.option(QStringLiteral("format"), Text::tr("csv, json or sql."),
                     QStringLiteral("format"), QStringLiteral("csv"));
}

base::Result<base::Done> printPiece(const QByteArray &piece)
{
    if (std::fwrite(piece.constData(), 1, size_t(piece.size()), stdout) == size_t(piece.size()))
        return base::Done{};
    return base::Error{.kind = base::ErrorKind::Io,
                       .text = Text::tr("The output could not be written")};
}

rows::Form formOf(const QString &format)
{
    return format == QLatin1String("json")  ? rows::Form::Json
           : format == QLatin1String("sql") ? rows::Form::Inserts
                                            : rows::Form::Csv;
}
} // namespace

int exportRows(const base::Installation &installation, const QStringList &words)
{
    Arguments arguments(QStringLiteral("export"), words);
    declare(arguments);
    if (const std::optional<int> over = arguments.finish(2))
        return *over;
    const base::Result<QString> format =
        choice(arguments, QStringLiteral("format"),
               {QStringLiteral("csv"), QStringLiteral("json"), QStringLiteral("sql")});
    if (!format)
        return fail(format.error());
    const auto tenant = tenantOf(arguments, QStringLiteral("export"), Unscoped::OnDemand);
    if (!tenant)
        return fail(tenant.error());
    qint64 bytes = 0;
    const base::Result<qint64> rows = session::exportTable(
        installation,
        {.server = {.project = arguments.at(0), .url = arguments.value(QStringLiteral("url"))},
         .table = arguments.at(1),
         .tenant = *tenant,
         .condition = arguments.value(QStringLiteral("where")),
         .form = formOf(*format)},
        [&bytes](const QByteArray &piece) {
            const qint64 before = bytes / progressStep;
            bytes += piece.size();
            if (bytes / progressStep != before)
                progress(Text::tr("%1 MB").arg(bytes / 1'000'000));
            return printPiece(piece);
        });
    if (rows)
        return Done;
    const int code = fail(rows.error());
    if (bytes > 0)
        printError(Text::tr("what was printed is not complete"));
    return code;
}

} // namespace cli
