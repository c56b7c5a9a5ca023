// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/generate.h"

#include "load/project.h"
#include "migrate/plan.h"
#include "session/folder.h"
#include "session/problems.h"
#include "session/text.h"

#include <QDir>

#include <algorithm>

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
    const Result<migrate::Folder> folder = readFolder(*config);
    if (!folder)
        return folder.error();
    const Result<QList<migrate::Migration>> written =
        migrate::writeMigrations(*folder, {{.sql = {}, .after = folder->schema, .custom = true}},
                                 newMigration(*config, options.name));
    if (!written)
        return written.error();
    return Generated{.problems = {}, .written = described(*folder, *written, {}), .planned = {}};
}

/// Whether the migrations from \a index on have changed nothing in the schema.
bool onlyCustomFrom(const migrate::Folder &folder, qsizetype index)
{
    for (qsizetype i = std::max<qsizetype>(index, 1); i < folder.migrations.size(); ++i) {
        const auto before = migrate::readSnapshot(folder, folder.migrations[i - 1]);
        const auto after = migrate::readSnapshot(folder, folder.migrations[i]);
        if (!before || !after || *before != *after)
            return false;
    }
    return true;
}

/// Whether what \a finding says is about the end of the folder: what was generated on top of it
/// since has taken both branches together.
bool isAtTheEnd(const migrate::Folder &folder, const migrate::Finding &finding)
{
    using Kind = migrate::Finding::Kind;
    if (finding.kind == Kind::TwoBranches)
        return true; // for drizzle-kit wherever they are
    for (qsizetype i = folder.migrations.size(); i-- > 0;) {
        const QString &tag = folder.migrations[i].tag;
        const QString snapshot =
            QStringLiteral("meta/%1_snapshot.json").arg(tag.section(u'_', 0, 0));
        const bool isIt = finding.kind == Kind::DuplicateNumber
                              ? finding.tag == tag
                              : finding.kind == Kind::BrokenChain && finding.file == snapshot;
        if (isIt)
            return onlyCustomFrom(folder, i + 1);
    }
    return false;
}

/// Branches that nobody has put on top of each other: the last snapshot is of one of them only, so
/// that a comparison with it would repeat what the other has done.
std::optional<base::Error> unmerged(const migrate::Folder &folder)
{
    if (folder.layout != migrate::Layout::Journal)
        return std::nullopt;
    const auto found = std::ranges::find_if(folder.findings, [&](const migrate::Finding &finding) {
        return isAtTheEnd(folder, finding);
    });
    if (found == folder.findings.end())
        return std::nullopt;
    return base::Error{.kind = base::ErrorKind::Refused,
                       .text = Text::tr("The folder ends in branches that are not one yet"),
                       .where = QDir(folder.path).filePath(found->file),
                       .detail = found->what,
                       .hint = Text::tr("run \"sluice check --rebase\" first")};
}

/// The plan for the database that was named, or for any.
Result<Planned> plannedFor(const GenerateOptions &options, const diff::Difference &difference,
                           const schema::Database &from, const schema::Database &to)
{
    PlanningOptions how{.safe = options.safe, .database = {}};
    if (!options.url.isEmpty()) {
        const auto database = liveDatabase(options.url);
        if (!database)
            return database.error();
        how.database = *database;
    }
    return planned(difference, from, to, how);
}
} // namespace

Result<Generated> generate(const base::Installation &installation, const GenerateOptions &options)
{
    if (options.custom)
        return generateCustom(installation, options);
    const Result<load::Code> code = load::currentCode(installation, options.project);
    if (!code)
        return code.error();
    Generated generated{.problems = code->problems, .written = {}, .planned = {}};
    if (isIncomplete(code->problems))
        return generated;
    const Result<migrate::Folder> folder = soundFolder(code->config, migrate::Needs::Schema);
    if (!folder)
        return folder.error();
    if (const std::optional<base::Error> error = unmerged(*folder))
        return *error;
    const schema::Database after = migrate::adapted(*folder, code->schema);
    const Result<migrate::RenameAnswers> kept = migrate::readAnswers(folder->path);
    if (!kept)
        return kept.error();
    const Result<migrate::Answered> answered =
        migrate::compareAnswered(folder->schema, after, *kept, options.answers);
    if (!answered)
        return answered.error();
    if (answered->difference.empty())
        return generated;
    const Result<Planned> made = plannedFor(options, answered->difference, folder->schema, after);
    if (!made)
        return made.error();
    generated.planned = *made;
    generated.remembered = answered->remembered;
    migrate::NewMigration how = newMigration(code->config, options.name);
    how.answers = answered->given;
    const Result<QList<migrate::Migration>> written =
        migrate::writePlan(*folder, made->plan, after, how);
    if (!written)
        return written.error();
    generated.written = described(*folder, *written, made->plan.steps);
    return generated;
}

} // namespace session
