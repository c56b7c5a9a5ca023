// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/source.h"

#include "base/receive.h"
#include "load/catalog.h"
#include "load/project.h"
#include "migrate/folder.h"
#include "pg/pool.h"
#include "session/align.h"
#include "session/filters.h"
#include "session/folder.h"
#include "session/livedatabase.h"
#include "session/scratch.h"
#include "session/text.h"
#include "session/unread.h"

#include <QFileInfo>
#include <QRegularExpression>
#include <QtConcurrent>

#include <optional>

namespace session
{

namespace
{
using base::Result;

/// A source with what comparing it with a database needs.
struct Side {
    SourceSchema source;
    std::optional<load::Config> config;             ///< of a project
    std::shared_ptr<const LiveDatabase> database{}; ///< what is live
    QList<load::ServerRole> serverRoles{};          ///< of its server
    QStringList unread{};                           ///< of it, as load::Catalog has it
    QList<schema::LiveObject> ofExtensions{};       ///< its functions, as load::Catalog has them
};

QList<schema::Problem> toProblems(const QStringList &notices)
{
    QList<schema::Problem> problems;
    for (const QString &notice : notices)
        problems << schema::Problem{.text = notice, .hint = {}, .location = {}, .importChain = {}};
    return problems;
}

Result<Side> ofCode(const base::Installation &installation, const QString &path,
                    const load::ConfigRead &configRead = {})
{
    Result<load::Code> code = load::currentCode(installation, path, configRead);
    if (!code)
        return code.error();
    return Side{{code->schema, code->problems}, code->config};
}

Result<Side> ofFolder(const load::Config &config)
{
    const Result<migrate::Folder> folder = soundFolder(config, migrate::Needs::Schema);
    if (!folder)
        return folder.error();
    return Side{{folder->schema, toProblems(folder->notices)}, config};
}

Result<Side> ofFolder(const base::Installation &installation, const QString &project)
{
    const Result<load::Config> config = load::currentConfig(installation, project);
    if (!config)
        return config.error();
    return ofFolder(*config);
}

/// With no role at all: which of the server's count only the other side can say.
Result<Side> ofDatabase(const QString &url)
{
    const auto pool = std::make_shared<pg::Pool>(pg::Settings{.url = url});
    const Result<load::Catalog> catalog = base::await(load::catalog(pool, {}));
    if (!catalog)
        return catalog.error();
    return Side{{catalog->schema, toProblems(catalog->notices)},
                {},
                std::make_shared<const LiveDatabase>(
                    LiveDatabase{pool, catalog->surroundings, catalog->serverVersion}),
                catalog->serverRoles,
                catalog->unread,
                catalog->extensionFunctions};
}

Result<Side> ofSnapshot(const QString &path)
{
    const Result<schema::Database> snapshot = migrate::readSnapshotFile(path);
    if (!snapshot)
        return snapshot.error();
    return Side{{*snapshot, {}}, {}};
}

Result<Side> sideOf(const base::Installation &installation, const QString &source)
{
    const QString folderPrefix = QStringLiteral("folder:");
    if (source.startsWith(folderPrefix))
        return ofFolder(installation, source.mid(folderPrefix.size()));
    if (isDatabaseUrl(source))
        return ofDatabase(source);
    // A url that is no such one may have a password in it: only its scheme is said.
    static const QRegularExpression url(QStringLiteral("^([A-Za-z][A-Za-z0-9+.-]+):/"));
    if (const QRegularExpressionMatch other = url.match(source); other.hasMatch())
        return base::Error{.kind = base::ErrorKind::InvalidInput,
                           .text = Text::tr("Sources of this kind are not known"),
                           .where = other.captured(1) + u':',
                           .hint = Text::tr("a database is postgres://user@host:port/database")};
    if (source.endsWith(QLatin1String(".json")) &&
        !QFileInfo(source).fileName().startsWith(QLatin1String("drizzle")))
        return ofSnapshot(source);
    return ofCode(installation, source);
}

/// Brings the database \a live to the notation of \a declared. What was renamed between them is
/// compared under its new name.
Result<base::Done> alignSides(Side &live, const Side &declared, bool isFrom,
                              const migrate::RenameAnswers &kept,
                              const migrate::AnswerOptions &options)
{
    schema::Database &schema = live.source.schema;
    const schema::Database &wanted = declared.source.schema;
    const schema::Database whole = schema;
    migrate::RenameAnswers answers = kept;
    for (const QString &text : options.renames) {
        if (const Result<diff::RenameAnswer> answer = migrate::parseAnswer(text))
            answers << *answer; // one that cannot be read is said where it is asked for
    }
    const LiveContext context{&live.database->surroundings, &whole, &live.ofExtensions};
    if (declared.config)
        schema = withoutForeign(
            ofProjectSchemas(schema, *declared.config, wanted,
                             formerSchemas(schema, *declared.config, wanted, answers)),
            *declared.config, wanted);
    if (!declared.database) {
        QStringList notices;
        schema = withoutUndeclarable(schema, live.database->surroundings, wanted, notices);
        live.source.problems += toProblems(notices);
    }
    schema = withUnread(schema, live.unread, wanted);
    const Result<migrate::Answered> answered =
        isFrom ? migrate::compareAnswered(schema, wanted, kept, options)
               : migrate::compareAnswered(wanted, schema, kept, options);
    if (!answered)
        return answered.error();
    const QList<diff::Change> &changes = answered->difference.changes;
    Scratch scratch{pg::Cluster::scratch()};
    const Result<Aligned> aligned =
        isFrom ? alignRenamed(schema, wanted, changes, scratch, context)
               : align(schema, diff::renamed(wanted, answeredRenames(changes)), scratch, context);
    if (!aligned)
        return aligned.error();
    schema = aligned->schema;
    live.source.problems += toProblems(aligned->notices);
    return base::Done{};
}
} // namespace

bool isDatabaseUrl(const QString &source)
{
    return source.startsWith(QLatin1String("postgres://"), Qt::CaseInsensitive) ||
           source.startsWith(QLatin1String("postgresql://"), Qt::CaseInsensitive);
}

QFuture<Result<SourceSchema>> loadSource(const base::Installation &installation,
                                         const QString &source)
{
    return QtConcurrent::run([installation, source]() -> Result<SourceSchema> {
        const Result<Side> side = sideOf(installation, source);
        return side ? Result<SourceSchema>(side->source) : Result<SourceSchema>(side.error());
    });
}

namespace
{
/// Roles are those of the whole server: which of them count only the other side can say.
void takeRoles(Side &live, const Side &declared)
{
    if (declared.database)
        return;
    load::CatalogScope scope;
    if (declared.config)
        scope.roles = declared.config->roles;
    for (const schema::Role &role : declared.source.schema.roles)
        scope.declaredRoles << role.name;
    live.source.schema.roles = load::rolesOf(live.serverRoles, scope);
}

struct TwoSides {
    Side from, to;
};

/// The folder and the code of one project: what it was read from is looked through once, the folder
/// while the code is evaluated.
Result<TwoSides> ofProject(const base::Installation &installation, const QString &project,
                           bool folderFirst)
{
    std::optional<QFuture<Result<Side>>> read;
    const Result<Side> code = ofCode(installation, project, [&](const load::Config &config) {
        read = QtConcurrent::run([config] { return ofFolder(config); });
    });
    if (!code)
        return code.error();
    const Result<Side> folder = base::await(*read);
    if (!folder)
        return folder.error();
    return folderFirst ? TwoSides{*folder, *code} : TwoSides{*code, *folder};
}

Result<TwoSides> bothSides(const base::Installation &installation, const QString &from,
                           const QString &to)
{
    const QString folder = QStringLiteral("folder:");
    if (from == folder + to || to == folder + from)
        return ofProject(installation, from == folder + to ? to : from, from == folder + to);
    auto other = QtConcurrent::run([&] { return sideOf(installation, from); });
    const Result<Side> right = sideOf(installation, to);
    const Result<Side> left = base::await(other);
    if (!left)
        return left.error();
    if (!right)
        return right.error();
    return TwoSides{*left, *right};
}
} // namespace

Result<Sides> loadSides(const base::Installation &installation, const QString &from,
                        const QString &to, const migrate::AnswerOptions &options)
{
    Result<TwoSides> both = bothSides(installation, from, to);
    if (!both)
        return both.error();
    Sides sides;
    for (const Side &side : {both->from, both->to}) {
        if (!side.config)
            continue;
        const Result<migrate::RenameAnswers> kept = migrate::readAnswers(side.config->out);
        if (!kept)
            return kept.error();
        sides.answers << *kept;
    }
    // Of two databases the second one stays as it is.
    const bool isFrom = both->from.database != nullptr;
    if (isFrom || both->to.database) {
        Side &live = isFrom ? both->from : both->to;
        Side &declared = isFrom ? both->to : both->from;
        takeRoles(live, declared);
        declared.source.schema =
            withUnread(declared.source.schema, declared.unread, live.source.schema);
        const auto aligned = alignSides(live, declared, isFrom, sides.answers, options);
        if (!aligned)
            return aligned.error();
    }
    sides.from = both->from.source;
    sides.to = both->to.source;
    sides.database = both->from.database;
    return sides;
}

} // namespace session
