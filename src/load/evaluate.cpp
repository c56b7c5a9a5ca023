// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/evaluate.h"

#include "load/problem.h"
#include "load/request.h"
#include "load/text.h"
#include "schema/place.h"

#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>

namespace load
{

using base::Error;

namespace
{

using Json = nlohmann::ordered_json;

constexpr unsigned heapMiB = 512;
constexpr unsigned dataMiB = 1024;
constexpr unsigned cpuSeconds = 6;

/// The first frame of a stack trace ("name@file:line:column" lines) that lies in the project, in
/// its source.
schema::SourceLocation placeInStack(const QString &stack, const Bundle &bundle)
{
    static const QRegularExpression numbers(QStringLiteral(":(\\d+):(\\d+)$"));
    for (const QString &line : stack.split(u'\n')) {
        const auto match = numbers.match(line);
        if (!match.hasMatch())
            continue;
        // A function's name and a file's may both contain an @: only one split names a known file.
        for (qsizetype at = line.indexOf(u'@'); at >= 0; at = line.indexOf(u'@', at + 1)) {
            const QString file = line.sliced(at + 1, match.capturedStart() - at - 1);
            if (bundle.modules.contains(file))
                return bundle.toSource(
                    {file, match.captured(1).toInt(), match.captured(2).toInt()});
        }
    }
    return {};
}

schema::SourceLocation placeOf(const Json &json, const Bundle &bundle)
{
    if (!json.is_object() || !json.contains("file"))
        return {};
    const QString file = QString::fromStdString(json["file"].get<std::string>());
    const auto place = bundle.toSource({file, json.value("line", 0), json.value("column", 0)});
    return place.file.isEmpty() ? schema::SourceLocation{.file = file} : place;
}

QString member(const Json &json, const char *name)
{
    return QString::fromStdString(json.value(name, std::string()));
}

QStringList arguments(const Json &json)
{
    QStringList result;
    for (const Json &argument : json.value("arguments", Json::array()))
        result.append(argument.is_string() ? QString::fromStdString(argument.get<std::string>())
                                           : QString::fromStdString(argument.dump()));
    return result;
}

QString subject(Evaluation::Mode mode)
{
    return mode == Evaluation::Mode::Config ? Text::tr("the drizzle config")
                                            : Text::tr("the schema");
}

/// The engine had to stop the script.
Error stopped(const Json &answer, const Bundle &bundle, const Evaluation &evaluation)
{
    const QString kind = member(answer, "failure");
    const schema::SourceLocation place = placeInStack(member(answer, "stack"), bundle);
    Error error{.kind = base::ErrorKind::Limit, .where = toText(place)};
    if (kind == u"time") {
        error.text = Text::tr("Evaluating %1 did not end within %2 seconds")
                         .arg(subject(evaluation.mode))
                         .arg(cpuSeconds);
        error.hint = Text::tr("Look for a loop that does not end");
    } else if (kind == u"memory") {
        error.text = Text::tr("Evaluating %1 needs more memory than it may use (%2 MiB)")
                         .arg(subject(evaluation.mode))
                         .arg(heapMiB);
        error.hint = Text::tr("Look for something that grows without end");
    } else {
        error.kind = base::ErrorKind::Process;
        error.text = Text::tr("The evaluator failed on %1").arg(subject(evaluation.mode));
        error.detail = member(answer, "message");
    }
    return withChain(error, bundle.chainTo(place.file));
}

/// The project's code threw.
Error thrown(const Json &answer, const Bundle &bundle, const Evaluation &evaluation)
{
    const QString name = member(answer, "name");
    const QString message = member(answer, "message");
    const schema::SourceLocation place = placeInStack(member(answer, "stack"), bundle);
    Error error{
        .kind = base::ErrorKind::InvalidInput,
        .text = Text::tr("Evaluating %1 failed: its code throws an error")
                    .arg(subject(evaluation.mode)),
        .where = toText(place),
        .detail = name.isEmpty() ? message : QStringLiteral("%1: %2").arg(name, message),
        .hint = Text::tr(
            "Correct the code; only the project's .env files and DATABASE_*, POSTGRES_* and PG* "
            "variables are visible to it"),
    };
    return withChain(error, bundle.chainTo(place.file));
}

Error refused(const Json &problem, const Bundle &bundle)
{
    const QString code = member(problem, "code");
    const schema::SourceLocation place = placeOf(problem.value("place", Json()), bundle);
    Error error{
        .kind = code.startsWith(QLatin1String("standIn")) ? base::ErrorKind::Unsupported
                                                          : base::ErrorKind::InvalidInput,
        .text = sentence(code, arguments(problem)),
        .where = toText(place),
        .hint = hintFor(code),
    };
    return withChain(error, bundle.chainTo(place.file));
}

Error broken(const Finished &finished, Evaluation::Mode mode)
{
    return {
        .kind = base::ErrorKind::Process,
        .text = Text::tr("The evaluator ended unexpectedly while evaluating %1").arg(subject(mode)),
        .detail = finished.crashed ? Text::tr("it was stopped by signal %1").arg(finished.code)
                                   : QString::fromUtf8(finished.errors.trimmed()),
        .hint = Text::tr(
            "The code asks for more than the sandbox gives; please report it with the schema"),
    };
}

QList<schema::Problem> problemsOf(const Json &envelope, const Bundle &bundle)
{
    using Severity = schema::Problem::Severity;
    QList<schema::Problem> problems;
    for (const auto &[list, severity] :
         {std::pair("problems", Severity::Error), std::pair("notices", Severity::Notice)}) {
        for (const Json &problem : envelope.value(list, Json::array())) {
            const QString code = member(problem, "code");
            const schema::SourceLocation place = placeOf(problem.value("place", Json()), bundle);
            problems.append({.severity = severity,
                             .besideSql = problem.value("besideSql", false),
                             .text = sentence(code, arguments(problem)),
                             .hint = hintFor(code),
                             .location = place,
                             .importChain = bundle.chainTo(place.file)});
        }
    }
    return problems;
}

base::Result<Evaluated> readAnswer(const Finished &finished, const Bundle &bundle,
                                   const Evaluation &evaluation)
{
    const auto withoutSecrets = [&](Error error) {
        error.text = load::withoutSecrets(error.text, evaluation.environment);
        error.detail = load::withoutSecrets(error.detail, evaluation.environment);
        return error;
    };
    const qsizetype lineEnd = finished.output.indexOf('\n');
    const QByteArray line = finished.output.first(std::max<qsizetype>(lineEnd, 0));
    Json envelope = Json::parse(line.cbegin(), line.cend(), nullptr, false);
    if (finished.crashed || finished.code != 0 || !envelope.is_object())
        return broken(finished, evaluation.mode);
    if (envelope.contains("failure"))
        return withoutSecrets(stopped(envelope, bundle, evaluation));
    const QString status = member(envelope, "status");
    if (status == u"thrown")
        return withoutSecrets(thrown(envelope, bundle, evaluation));
    if (status == u"refused")
        return withoutSecrets(refused(envelope["problem"], bundle));
    QList<schema::Problem> problems = problemsOf(envelope, bundle);
    for (schema::Problem &problem : problems)
        problem.text = load::withoutSecrets(problem.text, evaluation.environment);
    return Evaluated{std::move(envelope), finished.output.sliced(lineEnd + 1), problems};
}

/// Whether the code named files of variables that it has not been given and that are there now:
/// then it is to be asked again. Notes as well when it asked for the time or for chance.
bool wantsMore(const QByteArray &output, Evaluation &evaluation, QList<schema::Problem> &notices)
{
    const QByteArray line = output.first(std::max<qsizetype>(output.indexOf('\n'), 0));
    if (!line.contains("\"asked\""))
        return false;
    const Json envelope = Json::parse(line.cbegin(), line.cend(), nullptr, false);
    const Json asked = envelope.is_object() ? envelope.value("asked", Json()) : Json();
    if (!asked.is_object())
        return false;
    if (asked.value("chance", false))
        evaluation.disk.noteInexact();
    QStringList files;
    for (const Json &file : asked.value("files", Json::array()))
        files.append(QString::fromStdString(file.get<std::string>()));
    return addNamedFiles(evaluation.disk, files, evaluation.environment, notices);
}

Command commandOf(const base::Installation &installation, const QStringList &parts)
{
    const QString prelude = installation.prelude();
    QStringList arguments{QString::number(heapMiB), QString::number(dataMiB),
                          QString::number(cpuSeconds), prelude};
    for (const QString &part : parts)
        arguments.append(QStringLiteral("%1=%2/%1.js").arg(part, QFileInfo(prelude).path()));
    return {.program = installation.evaluator(),
            .arguments = arguments,
            .folder = QStringLiteral("/"),
            .input = {}};
}

} // namespace

std::unique_ptr<StartedProcess> startEvaluator(const base::Installation &installation)
{
    return std::make_unique<StartedProcess>(commandOf(
        installation, {QStringLiteral("web"), QStringLiteral("zod"), QStringLiteral("drizzle")}));
}

base::Result<Evaluated> evaluate(const base::Installation &installation, const Bundle &bundle,
                                 Evaluation evaluation, const Cancelled &cancelled,
                                 std::unique_ptr<StartedProcess> evaluator,
                                 const EarlyRequest *early)
{
    QStringList parts{QStringLiteral("web"), QStringLiteral("zod")};
    const bool ownDrizzle = evaluation.parts.drizzle.isEmpty();
    const bool needsDrizzle = evaluation.mode == Evaluation::Mode::Schema ||
                              bundle.imports(QStringLiteral("drizzle-orm"));
    if (ownDrizzle && needsDrizzle)
        parts.append(QStringLiteral("drizzle"));
    if (!ownDrizzle)
        evaluator.reset();
    QList<schema::Problem> notices;
    for (;;) {
        const bool isBegun = evaluator && early && early->isBegun();
        if (!evaluator)
            evaluator = std::make_unique<StartedProcess>(commandOf(installation, parts));
        const auto finished = evaluator->finish(
            isBegun ? early->rest(bundle, evaluation) : requestOf(bundle, evaluation), cancelled);
        if (!finished)
            return finished.error();
        evaluator.reset();
        if (wantsMore(finished->output, evaluation, notices))
            continue;
        auto answer = readAnswer(*finished, bundle, evaluation);
        if (answer)
            answer->variableNotices = notices;
        return answer;
    }
}

void mapOrigins(schema::Database &database, const Bundle &bundle)
{
    const auto map = [&](auto &items) {
        for (auto &item : items) {
            item.origin.location = bundle.toSource(item.origin.location);
            item.origin.definition = bundle.toSource(item.origin.definition);
        }
    };
    map(database.tables);
    for (schema::Table &table : database.tables) {
        map(table.columns);
        map(table.indexes);
        map(table.foreignKeys);
        map(table.primaryKeys);
        map(table.uniques);
        map(table.checks);
        map(table.policies);
    }
    map(database.views);
    for (schema::View &view : database.views)
        map(view.columns);
    map(database.enums);
    map(database.sequences);
    map(database.roles);
    map(database.linkedPolicies);
    map(database.relations);
}

std::optional<QString> markedName(const QString &text)
{
    const qsizetype start = text.indexOf(QChar(0xE000));
    if (start < 0)
        return std::nullopt;
    const qsizetype end = text.indexOf(QChar(0xE001), start);
    return text.sliced(start + 1, (end < 0 ? text.size() : end) - start - 1);
}

} // namespace load
