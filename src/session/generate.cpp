// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/generate.h"

#include "load/project.h"
#include "migrate/plan.h"
#include "session/problems.h"

#include <QDir>

namespace session
{

using base::Result;

namespace
{
migrate::NewMigration newMigration(const load::Config &config, const QString &name)
{
    return {.name = name,
            .prefix = migrate::prefixOf(config.prefix),
            .breakpoints = config.breakpoints};
}

QList<WrittenMigration> described(const migrate::Folder &folder,
                                  const QList<migrate::Migration> &migrations,
                                  const QList<migrate::PlanStep> &steps)
{
    QList<WrittenMigration> written;
    for (qsizetype i = 0; i < migrations.size(); ++i)
        written << WrittenMigration{.migration = migrations.at(i),
                                    .file = QDir(folder.path).filePath(migrations.at(i).file),
                                    .statements = i < steps.size() ? steps.at(i).count : 0};
    return written;
}

/// What is written by hand is no matter of the code, which need not even load.
Result<Generated> generateCustom(const base::Installation &installation,
                                 const GenerateOptions &options)
{
    const Result<load::Config> config = load::currentConfig(installation, options.project);
    if (!config)
        return config.error();
    const Result<migrate::Folder> folder = migrate::readFolder(config->out);
    if (!folder)
        return folder.error();
    const Result<QList<migrate::Migration>> written =
        migrate::writeMigrations(*folder, {{.sql = {}, .after = folder->schema, .custom = true}},
                                 newMigration(*config, options.name));
    if (!written)
        return written.error();
    return Generated{.written = described(*folder, *written, {})};
}
} // namespace

Result<Generated> generate(const base::Installation &installation, const GenerateOptions &options)
{
    if (options.custom)
        return generateCustom(installation, options);
    const Result<load::Code> code = load::currentCode(installation, options.project);
    if (!code)
        return code.error();
    if (isIncomplete(code->problems))
        return Generated{.problems = code->problems};
    const Result<migrate::Folder> folder = migrate::readFolder(code->config.out);
    if (!folder)
        return folder.error();
    const schema::Database after = migrate::adapted(*folder, code->schema);
    const Result<migrate::RenameAnswers> kept = migrate::readAnswers(folder->path);
    if (!kept)
        return kept.error();
    const Result<migrate::Answered> answered =
        migrate::compareAnswered(folder->schema, after, *kept, options.answers);
    if (!answered)
        return answered.error();
    if (answered->difference.empty())
        return Generated{.problems = code->problems};
    const migrate::Plan plan =
        migrate::plan(answered->difference, folder->schema, after, {.safe = options.safe});
    const Result<QList<migrate::Migration>> written =
        migrate::writePlan(*folder, plan, after, newMigration(code->config, options.name));
    if (!written)
        return written.error();
    if (const auto noted = migrate::keepAnswers(folder->path, answered->given); !noted)
        return noted.error();
    return Generated{.problems = code->problems,
                     .written = described(*folder, *written, plan.steps)};
}

} // namespace session
