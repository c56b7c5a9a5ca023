// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/project.h"

#include "load/beside.h"
#include "load/bundle.h"
#include "load/configfile.h"
#include "load/descriptions.h"
#include "load/disk.h"
#include "load/environment.h"
#include "load/evaluate.h"
#include "load/installedparts.h"
#include "load/request.h"
#include "load/text.h"
#include "load/workspace.h"
#include "schema/json.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <QtConcurrent>

namespace load
{

namespace
{

/// Where a project lies and what its code may see.
struct Surroundings {
    Place place;
    QString workspace;
    Environment environment;
};

base::Result<Surroundings> surroundings(Disk &disk, const QString &path)
{
    disk.noteWorkspace(QFileInfo(path).absoluteFilePath());
    const auto place = findConfig(disk, path);
    if (!place)
        return place.error();
    const QString workspace = workspaceOf(disk, place->root);
    disk.noteWorkspace(workspace);
    return Surroundings{*place, workspace,
                        environmentOf(disk, disk.canonical(place->root), workspace)};
}

/// What of Sluice's own the answer depends on, besides the program itself.
void noteInstallation(Disk &disk, const base::Installation &installation)
{
    disk.noteOwn(installation.evaluator());
    disk.noteOwn(installation.esbuild());
    const QString folder = QFileInfo(installation.prelude()).path();
    disk.noteOwn(folder + QStringLiteral("/builtins.bin"));
    for (const char *script : {"/prelude.js", "/web.js", "/zod.js", "/drizzle.js"}) {
        disk.noteOwn(folder + QLatin1String(script));
        disk.noteOwn(folder + QLatin1String(script) + u'c');
    }
}

/// Those of \a files that are code. A schema folder means all its files to drizzle-kit, which then
/// fails on a text that is none.
QStringList runnable(Disk &disk, const QStringList &files, const QString &root,
                     QList<schema::Problem> &problems)
{
    static const QRegularExpression code(QStringLiteral("\\.([mc]?[tj]s|[tj]sx|json)$"));
    QStringList kept;
    for (const QString &file : files) {
        if (code.match(file).hasMatch())
            kept.append(file);
        else
            problems.append(
                {.severity = schema::Problem::Severity::Notice,
                 .text = Text::tr("drizzle-kit would run this file of the schema folder as "
                                  "JavaScript, and fail"),
                 .hint = Text::tr("Move it out of the folder, or name the files in `schema`"),
                 .location = {QDir(root).relativeFilePath(disk.canonical(file))},
                 .importChain = {}});
    }
    return kept.isEmpty() ? files : kept;
}

base::Result<Config> projectConfig(const base::Installation &installation,
                                   const Surroundings &around, Bundler &bundler,
                                   const Cancelled &cancelled)
{
    auto config = readConfig(installation, around.place, bundler, around.environment, cancelled);
    if (config)
        config->drizzleMajor = drizzleMajor(bundler);
    return config;
}

/// Tables that no file of the schema imports, though they are among \a beside. A file that was
/// opened by itself is meant by itself, and what another config names is that one's.
QList<schema::Problem> forgottenTables(Disk &disk, Bundler &bundler, const Bundle &bundle,
                                       const Config &config, QStringList beside)
{
    const bool isBarrel =
        bundle.named.size() != 1 || QFileInfo(bundle.named.first()).completeBaseName() == u"index";
    if (config.file.isEmpty() && !isBarrel)
        return {};
    for (const QString &file : schemaFilesOfOthers(disk, config))
        beside.removeAll(disk.canonical(file));
    return unreachedTables(bundler, bundle, beside);
}

/// \a error, and that the project has not the libraries that it wants, which may be why.
base::Error withNotices(base::Error error, const QList<schema::Problem> &notices)
{
    if (error.kind != base::ErrorKind::InvalidInput || notices.isEmpty())
        return error;
    error.detail += QStringLiteral(". ") + notices.first().text;
    error.hint = notices.first().hint;
    return error;
}

base::Result<Code> loadCode(const base::Installation &installation, Disk &disk, const QString &path,
                            const Cancelled &cancelled, const ConfigRead &configRead)
{
    noteInstallation(disk, installation);
    const auto around = surroundings(disk, path);
    if (!around)
        return around.error();
    auto evaluator = startEvaluator(installation);
    Bundler bundler(installation, disk, around->place.root, around->workspace);
    auto config = projectConfig(installation, *around, bundler, cancelled);
    if (!config)
        return config.error();
    if (configRead)
        configRead(*config);
    const QStringList entries =
        runnable(disk, config->schemaFiles, bundler.root(), config->problems);
    const QStringList beside = sourcesBeside(bundler, entries);
    const QStringList withRelations = filesWithRelations(bundler, beside);
    bundler.expect(withRelations);
    const QDir root(bundler.root());
    Evaluation evaluation{.disk = disk,
                          .mode = Evaluation::Mode::Schema,
                          .root = root.path(),
                          .folder = disk.canonical(config->folder),
                          .environment = around->environment,
                          .casing = config->casing,
                          .parts = {}};
    EarlyRequest early(*evaluator, evaluation, [&](const Bundle &bundle) {
        return !bundle.imports(QStringLiteral("zod")) &&
               (early.isBegun() || mayUseOwnDrizzle(bundler, bundle));
    });
    auto bundled =
        bundler.bundle(entries, cancelled, [&](const Bundle &bundle) { early.send(bundle); });
    if (!bundled)
        return bundled.error();
    const QList<schema::Problem> unreached =
        forgottenTables(disk, bundler, *bundled, *config, beside);
    if (const auto error = bundler.addRelations(withRelations, *bundled, cancelled))
        return *error;
    const InstalledParts parts = installedParts(installation, bundler, *bundled, cancelled);
    evaluation.parts = parts;
    const auto evaluated =
        evaluate(installation, *bundled, evaluation, cancelled, std::move(evaluator), &early);
    if (!evaluated)
        return withNotices(evaluated.error(), parts.notices);
    auto database = schema::fromJson(evaluated->schema);
    if (!database)
        return database.error();
    mapOrigins(*database, *bundled);
    describe(*database, [&](const QString &file) {
        return bundler.transformer().source(QDir::cleanPath(root.absoluteFilePath(file)));
    });
    Code code{.config = *config, .schema = *database, .problems = {}};
    code.problems = config->problems;
    for (const QString &file : bundled->broken.keys())
        code.problems.append(bundled->problemOf(file));
    code.problems += evaluated->problems + bundled->notices + evaluated->variableNotices +
                     parts.notices + unreached;
    return code;
}

base::Result<Config> loadConfig(const base::Installation &installation, Disk &disk,
                                const QString &path, const Cancelled &cancelled)
{
    const auto around = surroundings(disk, path);
    if (!around)
        return around.error();
    Bundler bundler(installation, disk, around->place.root, around->workspace);
    return projectConfig(installation, *around, bundler, cancelled);
}

/// Runs \a load on a worker thread; cancelling the future ends the programs it waits for.
template <typename T, typename Load>
QFuture<base::Result<T>> onWorker(const Load &load, const base::Installation &installation,
                                  const QString &path,
                                  const std::shared_ptr<Inputs> &inputs = nullptr)
{
    return QtConcurrent::run([=](QPromise<base::Result<T>> &promise) {
        Disk disk;
        const auto loaded = [&]() -> base::Result<T> {
            try {
                return load(installation, disk, path, [&] { return promise.isCanceled(); });
            } catch (const std::exception &exception) {
                return base::Error{
                    .kind = base::ErrorKind::Process,
                    .text = Text::tr("The project cannot be loaded"),
                    .where = path,
                    .detail = QString::fromUtf8(exception.what()),
                };
            }
        }();
        if (inputs)
            *inputs = disk.inputs();
        promise.addResult(loaded);
    });
}

} // namespace

QFuture<base::Result<Config>> config(const base::Installation &installation, const QString &path)
{
    return onWorker<Config>(loadConfig, installation, path);
}

QFuture<base::Result<Code>> code(const base::Installation &installation, const QString &path,
                                 std::shared_ptr<Inputs> inputs, const ConfigRead &configRead)
{
    const auto load = [configRead](const base::Installation &from, Disk &disk,
                                   const QString &project, const Cancelled &cancelled) {
        return loadCode(from, disk, project, cancelled, configRead);
    };
    return onWorker<Code>(load, installation, path, inputs);
}

} // namespace load
