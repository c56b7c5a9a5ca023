// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/comparison.h"

#include "session/align.h"
#include "session/filters.h"
#include "session/scratch.h"
#include "session/text.h"
#include "session/unread.h"

namespace session
{

namespace
{
using base::Result;

/// The comparison and the database as it is written in the code.
struct Compared {
    Comparison comparison;
    schema::Database database;
};

std::optional<Result<Compared>> compare(const ComparedSides &sides, Scratch &scratch,
                                        const std::function<bool()> &isStopped)
{
    const schema::Database &code = *sides.code;
    const Result<migrate::RenameAnswers> kept = migrate::readAnswers(sides.config.out);
    if (!kept)
        return Result<Compared>(kept.error());
    const migrate::RenameAnswers answers = sides.answers + *kept;
    const diff::Evidence evidence{.rows = sides.catalog->rowEstimates};
    const QStringList former = formerSchemas(*sides.database, sides.config, code, answers);
    const auto difference = [&](const schema::Database &live) {
        return diff::compare(ofProjectSchemas(live, sides.config, code, former), code, answers,
                             evidence);
    };
    const schema::Database database = withUnread(*sides.database, sides.catalog->unread, code);
    const QList<diff::Change> asWritten = difference(database).changes;
    if (isStopped())
        return std::nullopt;
    const Result<Aligned> aligned = alignRenamed(
        database, code, asWritten, scratch,
        {&sides.catalog->surroundings, &sides.catalog->schema, &sides.catalog->extensionFunctions});
    if (!aligned)
        return Result<Compared>(aligned.error());
    if (isStopped())
        return std::nullopt;
    Comparison comparison{.difference = difference(aligned->schema),
                          .notices = sides.catalog->notices + aligned->notices};
    if (sides.incomplete)
        comparison.notices.prepend(Text::tr("The code could not be read in full: what is missing "
                                            "of it counts as only in the database"));
    return Result<Compared>(Compared{comparison, aligned->schema});
}

const schema::Database *pointer(const std::optional<schema::Database> &database)
{
    return database ? &*database : nullptr;
}
} // namespace

LaidOver layOver(const ComparedSides &sides)
{
    // Without code nothing has to be compared to know where all of it is.
    const diff::Difference none;
    const bool databaseAlone = sides.database && !sides.code;
    return {.tree = diff::overlay(pointer(sides.code), pointer(sides.database),
                                  databaseAlone ? &none : nullptr),
            .comparison = {}};
}

std::optional<LaidOver> compareAndLayOver(const ComparedSides &sides, Scratch &scratch,
                                          const std::function<bool()> &isStopped)
{
    if (isStopped())
        return std::nullopt;
    const std::optional<Result<Compared>> compared = compare(sides, scratch, isStopped);
    if (!compared)
        return std::nullopt;
    if (!*compared) {
        LaidOver unmarked = layOver(sides);
        unmarked.comparison = (*compared).error();
        return unmarked;
    }
    const Compared &both = **compared;
    return LaidOver{.tree =
                        diff::overlay(&*sides.code, &both.database, &both.comparison.difference),
                    .comparison = both.comparison};
}

} // namespace session
