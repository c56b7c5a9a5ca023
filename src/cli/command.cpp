// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/command.h"

#include "cli/text.h"
#include "schema/place.h"
#include "session/problems.h"

#include <cstdio>
#include <unistd.h>

namespace cli
{

// lupdate takes base:: before a function's name for the context of its texts.
using base::Error;

const QList<Command> &commands()
{
    static const QList<Command> all{
        {QStringLiteral("inspect"), QStringLiteral("<source> [--format json|snapshot|sql|tree]"),
         Text::tr("prints the schema of a source"), inspect},
        {QStringLiteral("diff"),
         QStringLiteral("<from> <to> [--format sql|json|tree] [--rename …] [--accept-drops]"),
         Text::tr("changes from one source to another, and their statements"), diff},
        {QStringLiteral("generate"),
         QStringLiteral("<project> [--name N] [--custom] [--safe] [--rename …] [--accept-drops]"),
         Text::tr("writes the next migration in drizzle-kit's format"), generate},
        {QStringLiteral("migrate"),
         QStringLiteral(
             "<project> [--url U] [--dry-run] [--lock-timeout 3s] [--retries N] [--remote]"),
         Text::tr("applies what is pending"), migrate},
        {QStringLiteral("query"),
         QStringLiteral("--project <p> [--url U] (--tenant T [--nested N] | --unscoped) [--format "
                        "table|csv|json] "
                        "[--write] [--remote] <sql | ->"),
         Text::tr("runs one statement, read-only unless --write"), query},
        {QStringLiteral("scope"),
         QStringLiteral("--project <p> [--url U] --tenant T [--nested N] <sql | ->"),
         Text::tr("prints what query would run for a tenant, and does not run it"), scope},
        {QStringLiteral("export"),
         QStringLiteral("<project> <table> [--url U] (--tenant T [--nested N] | --unscoped) "
                        "[--where condition] "
                        "[--format csv|json|sql]"),
         Text::tr("streams the rows of a table to standard output"), exportRows},
        {QStringLiteral("import"),
         QStringLiteral(
             "<project> <table> <file | -> [--url U] (--tenant T [--nested N] | --unscoped) "
             "(--write | --dry-run) [--remote] [--map title=column]… "
             "[--on-conflict stop|skip|update] [--bad-rows file]"),
         Text::tr("reads rows from a CSV file, all or none; --dry-run lists the bad ones"),
         importRows},
        {QStringLiteral("status"), QStringLiteral("<project> [--url U] [--format text|json]"),
         Text::tr("what code, folder, ledger and database disagree in, and what heals it"), status},
        {QStringLiteral("check"),
         QStringLiteral("<project> [--url U] [--format text|json] [--rebase]"),
         Text::tr("the migrations folder's doctor"), check},
        {QStringLiteral("audit"), QStringLiteral("<project> [--url U] [--format text|json|csv]"),
         Text::tr("rows that point at another tenant's row, and the keys that would prevent it"),
         audit},
        {QStringLiteral("sample"), QStringLiteral("start|stop|status"),
         Text::tr("the private cluster with the sample project's data"), sample},
    };
    return all;
}

void print(const QByteArray &text)
{
    std::fwrite(text.constData(), 1, static_cast<size_t>(text.size()), stdout);
}

void print(const QString &text)
{
    print(text.toUtf8());
}

void printLine(const QString &line)
{
    print(line + u'\n');
}

int fail(const base::Error &error)
{
    std::fflush(stdout);
    std::fprintf(stderr, "sluice: %s\n", base::toLine(error).toUtf8().constData());
    return NotDone;
}

void notice(const QString &text)
{
    std::fprintf(stderr, "sluice: %s\n", text.toUtf8().constData());
}

void printError(const QString &line)
{
    std::fprintf(stderr, "%s\n", line.toUtf8().constData());
}

void notice(const schema::Problem &problem)
{
    QString line = problem.text;
    if (const QString place = schema::toText(problem.location); !place.isEmpty())
        line += QStringLiteral(" (%1)").arg(place);
    if (!problem.hint.isEmpty())
        line += QStringLiteral("; ") + problem.hint;
    notice(line);
}

int failIncomplete(const QString &source, const QList<schema::Problem> &problems)
{
    for (const schema::Problem &problem : session::errorsFirst(problems))
        notice(problem);
    return fail(session::incompleteCode(source, problems));
}

void progress(const QString &text)
{
    if (::isatty(STDERR_FILENO))
        std::fprintf(stderr, "%s\n", text.toUtf8().constData());
}

void declareTenant(Arguments &arguments)
{
    arguments.option(QStringLiteral("tenant"), Text::tr("The tenant's id or label."),
                     QStringLiteral("tenant"));
    arguments.option(QStringLiteral("nested"),
                     Text::tr("The id or label of a tenant within it, as of a project in an "
                              "organization: \"nested\" in sluice.json says what that is."),
                     QStringLiteral("nested"));
}

base::Result<std::optional<tenant::TenantId>> tenantOf(const Arguments &arguments,
                                                       const QString &command, Unscoped unscoped)
{
    const bool hasTenant = arguments.has(QStringLiteral("tenant"));
    const bool isOnDemand = unscoped == Unscoped::OnDemand;
    const bool wantsAll = isOnDemand && arguments.has(QStringLiteral("unscoped"));
    const bool hasNested = arguments.has(QStringLiteral("nested"));
    if (hasNested && !hasTenant)
        return Error{.text = Text::tr("--nested is chosen within a tenant, and none is named"),
                     .where = command,
                     .hint = Text::tr("add --tenant T")};
    if (hasTenant == wantsAll)
        return Error{.text = Text::tr("Whose rows are meant is not said"),
                     .where = command,
                     .hint = isOnDemand ? Text::tr("add either --tenant T or --unscoped")
                                        : Text::tr("add --tenant T")};
    const tenant::TenantId named(arguments.value(QStringLiteral("tenant")),
                                 arguments.value(QStringLiteral("nested")));
    // An empty name is nobody's, and must not come to mean everybody.
    if (hasTenant && (named.tenant.isEmpty() || (hasNested && named.nested.isEmpty())))
        return Error{.text = Text::tr("Whose rows are meant is not said"),
                     .where = command,
                     .hint = Text::tr("give the tenant's id or label")};
    return hasTenant ? std::optional(named) : std::nullopt;
}

Arguments::Arguments(const QString &command, const QStringList &arguments)
    : m_command(command)
    , m_arguments(QStringList{QStringLiteral("sluice ") + command} + arguments)
{
    for (const Command &candidate : commands()) {
        if (candidate.name == command)
            m_parser.setApplicationDescription(candidate.summary);
    }
    m_parser.addOption(
        {{QStringLiteral("h"), QStringLiteral("help")}, Text::tr("Shows this help.")});
}

void Arguments::positional(const QString &name, const QString &description)
{
    m_parser.addPositionalArgument(name, description);
}

void Arguments::option(const QString &name, const QString &description, const QString &valueName,
                       const QString &fallback)
{
    m_parser.addOption(QCommandLineOption(name, description, valueName, fallback));
}

std::optional<int> Arguments::finish(int positionals)
{
    const bool understood = m_parser.parse(m_arguments);
    if (understood && m_parser.isSet(QStringLiteral("help"))) {
        print(m_parser.helpText().replace(QCoreApplication::arguments().constFirst(),
                                          m_arguments.constFirst()));
        return Done;
    }
    QString why = m_parser.errorText();
    if (understood) {
        const qsizetype given = m_parser.positionalArguments().size();
        if (given == positionals)
            return std::nullopt;
        why = given < positionals ? Text::tr("an argument is missing")
                                  : Text::tr("unexpected argument '%1'")
                                        .arg(typed(m_parser.positionalArguments().at(positionals)));
    }
    return fail({.kind = base::ErrorKind::InvalidInput,
                 .text = Text::tr("The command line is not understood"),
                 .where = m_command,
                 .detail = why,
                 .hint = Text::tr("see sluice %1 --help").arg(m_command)});
}

QString typed(const QString &word)
{
    const qsizetype end = word.indexOf(QLatin1String(":/"));
    return end < 0 ? word : word.first(end + 1) + u'…';
}

void answerOptions(Arguments &arguments)
{
    arguments.option(
        QStringLiteral("rename"),
        QCoreApplication::translate(
            "cli", "What was renamed, as <kind>:<schema.table[.column]>=<new>; may be repeated."),
        QStringLiteral("answer"));
    arguments.option(
        QStringLiteral("accept-drops"),
        QCoreApplication::translate("cli", "What could be a rename is dropped and added."));
}

migrate::AnswerOptions answersOf(const Arguments &arguments)
{
    return {.renames = arguments.values(QStringLiteral("rename")),
            .acceptDrops = arguments.has(QStringLiteral("accept-drops"))};
}

QString rememberedText(const diff::RenameAnswer &answer)
{
    const diff::Rename rename{answer.kind, answer.table, answer.from, answer.to};
    return QCoreApplication::translate("cli", "%1: as answered before in meta/_sluice.json")
        .arg(diff::describe(rename));
}

base::Result<QString> choice(const Arguments &arguments, const QString &option,
                             const QStringList &allowed)
{
    const QString value = arguments.value(option);
    if (allowed.contains(value))
        return value;
    return base::Error{.kind = base::ErrorKind::InvalidInput,
                       .text = Text::tr("Unknown value '%1'").arg(typed(value)),
                       .where = QStringLiteral("--") + option,
                       .hint = Text::tr("use one of %1").arg(allowed.join(QStringLiteral(", ")))};
}

} // namespace cli
