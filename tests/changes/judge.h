// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "diff/change.h"
#include "support/server.h"

#include <QTemporaryDir>

#include <memory>

namespace session
{
class Scratch;
}

namespace changes
{

class Site;

/// A query and what it answers: a line a row, cells with | between them, null for NULL.
struct Expectation {
    QByteArray query;
    QStringList lines;
};

/// A schema, what lives in its database, and the schema that it is changed into.
struct Trial {
    schema::Database before, after;
    QList<diff::RenameAnswer> answers; ///< to what may be a rename

    QByteArray prelude;      ///< SQL for the empty database: extensions, roles of others
    QByteArray besideBefore; ///< SQL for what no Drizzle schema declares, made after `before`
    QByteArray besideAfter;  ///< the same, as it looks after the change
    QByteArray rows;
    QList<Expectation> expectations; ///< of the rows after the change

    QByteArray beforeFile; ///< the migration that makes `before`; empty: the one of our own plan
    QByteArray afterFile;  ///< the migration that makes `after` of nothing; empty: our own plan's
    QByteArray beforeSnapshot; ///< what drizzle-kit writes for `before`, ids zero; may be empty
    QByteArray afterSnapshot;  ///< the same for `after`
    bool back = false;    ///< the reverse leads to the state before, but for the order of columns
    bool refused = false; ///< the rows do not allow it: a check says so before anything is changed
};

/// Puts trials before a real server. A is the database that was changed, B the one made of nothing;
/// both hold the same afterwards by our catalog reader and by pg_dump, A still has its rows, and
/// comparing again finds nothing.
class Judge
{
public:
    Judge();
    ~Judge();

    /// Empty when the server runs; else why not.
    QString error() const { return m_server->error(); }

    /// What is wrong with the plan for \a trial, each with what it takes to see why; empty:
    /// nothing.
    QStringList verdict(const Trial &trial);

    /// The migrations folder that the last verdict wrote: 0000_before, 0001_after.
    QString folder() const;

private:
    std::unique_ptr<testsupport::Server> m_server;
    std::unique_ptr<Site> m_site; ///< made for the first trial
    std::unique_ptr<session::Scratch> m_scratch;
    std::unique_ptr<QTemporaryDir> m_folder;
};

} // namespace changes
