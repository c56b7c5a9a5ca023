// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/import.h"

#include "session/commit.h"
#include "session/importcheck.h"
#include "session/scopedrun.h"
#include "session/text.h"
#include "session/writeguard.h"
#include "sql/identifier.h"
#include "tenant/condition.h"
#include "tenant/triggers.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace session
{

using base::Done;
using base::Error;
using base::ErrorKind;
using base::Result;

namespace
{
using Answer = Result<ImportReport>;
using Step = ImportProgress::Step;

/// The table's columns as the server has them: name, type, what a text becomes first, NOT NULL.
/// A type's length is left out of the latter: an explicit cast cuts what is too long, taking the
/// value over does not. -1 is "no length" to format_type, where NULL would make char(1) of char.
const QString columnsQuestion = QStringLiteral(
    "SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod),\n"
    " (WITH RECURSIVE b (oid, typtype, typbasetype) AS (SELECT t.oid, t.typtype, t.typbasetype "
    "FROM pg_catalog.pg_type t WHERE t.oid = a.atttypid UNION ALL SELECT t.oid, t.typtype, "
    "t.typbasetype FROM b JOIN pg_catalog.pg_type t ON b.typtype = 'd' AND t.oid = b.typbasetype)"
    " SELECT pg_catalog.format_type(b.oid, -1) FROM b WHERE b.typtype <> 'd'),\n"
    " a.attnotnull\n"
    "FROM pg_catalog.pg_attribute a WHERE a.attrelid = $1::pg_catalog.regclass AND a.attnum > 0 "
    "AND NOT a.attisdropped");

QString joined(const QStringList &words)
{
    return words.join(QStringLiteral(", "));
}

/// One import on one connection.
class Import
{
public:
    Import(pg::Transaction &transaction, std::shared_ptr<pg::Pool> others,
           const ImportRequest &request, ImportProgress *progress)
        : m_transaction(transaction)
        , m_others(std::move(others))
        , m_request(request)
        , m_progress(progress)
        , m_rows(request, progress)
        , m_guard(transaction, request.reach.classification, request.reach.tenant)
    {
    }

    Answer run()
    {
        if (const auto refusal = whyNotImported(m_request.table, m_request.reach))
            return *refusal;
        if (const auto fits = examine(m_request.columns, m_request.table, m_request.reach); !fits)
            return fits.error();
        if (QFileInfo(m_request.badRowsPath) == QFileInfo(m_request.file.path))
            return Error{.kind = ErrorKind::InvalidInput,
                         .text = Text::tr("The bad rows cannot go into the file that is imported"),
                         .where = m_request.badRowsPath,
                         .hint = Text::tr("name another one")};
        if (const Result<Done> staged = stage(); !staged)
            return told(staged.error());
        // Mostly all is well, and then no row is looked at by itself.
        std::optional<Error> failure;
        if (!m_request.dryRun && m_rows.faulty().isEmpty()) {
            const Result<bool> written = writeAll();
            if (written && *written)
                return m_report;
            if (!written && !isRowsFault(written.error()))
                return told(written.error());
            failure = written ? std::nullopt : std::optional(written.error());
            if (const Result<Done> undone = perform("ROLLBACK"); !undone)
                return told(undone.error());
            if (const Result<Done> staged = stage(); !staged)
                return told(staged.error());
        }
        return checked(failure);
    }

private:
    bool isScoped() const { return !m_request.reach.tenant.isEmpty(); }
    bool updates() const { return m_request.onConflict == OnConflict::Update; }

    /// Whether single rows may be to blame; then they are looked for.
    static bool isRowsFault(const Error &error)
    {
        static constexpr const char *classes[]{"21", "22", "23", "44", "P0", "42501"};
        return error.kind == ErrorKind::Refused ||
               std::ranges::any_of(classes, [&](const char *begin) {
                   return error.sqlState.startsWith(QLatin1String(begin));
               });
    }

    Error told(Error error) const
    {
        if (isScoped())
            error = withoutOthersValues(Result<rows::Page>(error)).error();
        error.span.reset(); // in a statement that the person has not written
        if (error.where.isEmpty())
            error.where = m_request.table.name.qualified();
        return error;
    }

    void enter(Step step)
    {
        if (m_progress)
            m_progress->step = step;
    }

    Result<rows::Page> ask(const QString &text, const QList<sql::Parameter> &values = {})
    {
        return m_transaction.run({text, values});
    }
    Result<Done> perform(const char *text)
    {
        const Result<rows::Page> page = ask(QString::fromLatin1(text));
        return page ? Result<Done>(Done{}) : page.error();
    }

    /// BEGIN up to the rows in the temporary table.
    Result<Done> stage()
    {
        // One snapshot for the checks before, the rows and those behind them.
        if (const auto begun = perform("BEGIN ISOLATION LEVEL REPEATABLE READ"); !begun)
            return begun;
        if (isScoped()) {
            QList<tenant::WriteTarget> targets{{.table = m_request.table.name,
                                                .alias = QStringLiteral("r"),
                                                .use = sql::Use::Insert}};
            if (updates())
                targets << tenant::WriteTarget{.table = m_request.table.name,
                                               .alias = QStringLiteral("r"),
                                               .use = sql::Use::Update};
            if (const Result<Done> before = m_guard.before(targets); !before)
                return before;
        }
        if (const Result<Done> known = readColumns(); !known)
            return known;
        return copyRows();
    }

    Result<Done> readColumns()
    {
        m_statements = {};
        m_statements.target = tenant::qualifiedName(m_request.table.name);
        const Result<rows::Page> page = ask(columnsQuestion, {sql::parameter(m_statements.target)});
        if (!page)
            return page.error();
        const QList<edits::CellEdit> filled =
            edits::tenantCells(m_request.table.name, m_request.reach);
        for (const QStringList &row : textsOf(*page)) {
            const int source = int(m_request.columns.indexOf(row.at(0)));
            const auto tenants = std::ranges::find(filled, row.at(0), &edits::CellEdit::column);
            const bool isTenants = tenants != filled.cend();
            if (source < 0 && !isTenants)
                continue;
            m_statements.columns << StagedColumn{
                .name = row.at(0),
                .staged = QStringLiteral("c%1").arg(m_statements.columns.size()),
                .source = source,
                .type = row.at(1),
                .cast = row.at(2),
                .notNull = row.at(3) == QLatin1String("t"),
                .instead = isTenants ? sql::Parameter(tenants->after.text) : sql::Parameter()};
        }
        m_statements.selfRefers =
            std::ranges::any_of(m_request.table.foreignKeys, [this](const auto &key) {
                return key.targetTable == m_request.table.name.name &&
                       key.targetSchema == m_request.table.name.schema;
            });
        return decideConflict();
    }

    Result<Done> decideConflict()
    {
        if (m_request.onConflict == OnConflict::Skip)
            m_statements.conflict = QStringLiteral("ON CONFLICT DO NOTHING");
        if (!updates())
            return Done{};
        const QStringList key = conflictKey(m_request.table, m_request.columns, m_request.reach);
        if (key.isEmpty())
            return Error{.kind = ErrorKind::InvalidInput,
                         .text = Text::tr("No row can be updated by the file"),
                         .where = m_request.table.name.qualified(),
                         .detail = Text::tr("it fills no key of the table: no primary key and no "
                                            "unique columns"),
                         .hint = Text::tr("map the columns of a key")};
        QStringList names, sets;
        for (const QString &column : key)
            names << sql::identifier(column);
        for (const StagedColumn &column : std::as_const(m_statements.columns)) {
            const bool stays =
                key.contains(column.name) || column.instead.has_value(); // never moved
            const QString name = sql::identifier(column.name);
            if (!stays)
                sets << name + QStringLiteral(" = excluded.") + name;
        }
        if (sets.isEmpty())
            sets << names.first() + QStringLiteral(" = excluded.") + names.first();
        m_statements.key = key;
        m_statements.conflict =
            QStringLiteral("ON CONFLICT (%1) DO UPDATE SET %2").arg(joined(names), joined(sets));
        return Done{};
    }

    Result<Done> copyRows()
    {
        QStringList columns{QStringLiteral("sluice_n bigint"),
                            QStringLiteral("sluice_line bigint")};
        for (const StagedColumn &column : std::as_const(m_statements.columns))
            columns << column.staged + QStringLiteral(" text");
        const Result<rows::Page> made =
            ask(QStringLiteral("CREATE TEMPORARY TABLE sluice_rows (%1) ON COMMIT DROP")
                    .arg(joined(columns)));
        if (!made)
            return made.error();
        if (const Result<Done> opened = m_rows.open(); !opened)
            return opened;
        const Result<qint64> copied =
            m_transaction.copyIn(QStringLiteral("COPY pg_temp.sluice_rows FROM STDIN"),
                                 m_rows.source(m_statements.columns));
        if (!copied)
            return copied.error();
        m_report.rows = m_rows.count();
        return Done{};
    }

    /// The staged rows that are not left out, in the table; false when the counts do not fit.
    Result<Done> write(const QString &which)
    {
        enter(Step::Writing);
        QStringList keys;
        for (const StagedColumn &column : std::as_const(m_statements.columns)) {
            if (m_statements.key.contains(column.name))
                keys << QStringLiteral("s.%1::%2 AS %3")
                            .arg(column.staged, column.cast, sql::identifier(column.name));
        }
        const QString from = QStringLiteral("pg_temp.sluice_rows s") + which;
        const QString relation =
            QStringLiteral("(SELECT s.sluice_n, %1 FROM %2)").arg(joined(keys), from);
        if (updates()) {
            if (const Result<Done> own = refuseThefts(relation); !own)
                return own;
            const Result<rows::Page> known = ask(knownRows(m_statements, relation));
            if (!known)
                return known.error();
            m_report.updated = known->text(0, 0).toLongLong();
        }
        const Result<rows::Page> done = ask(m_statements.insert(m_statements.casts(), from));
        if (!done)
            return done.error();
        if (const Result<Done> fits = count(done->affectedRows()); !fits)
            return fits;
        return isScoped() ? m_guard.behind() : Result<Done>(Done{});
    }

    Result<Done> refuseThefts(const QString &relation)
    {
        if (!isScoped())
            return Done{};
        const sql::Statement statement = thefts(m_request, m_statements, relation);
        const Result<rows::Page> found =
            ask(statement.text + QStringLiteral(" LIMIT 1"), statement.parameters);
        if (!found)
            return found.error();
        if (found->rowCount() == 0)
            return Done{};
        return Error{.kind = ErrorKind::Refused,
                     .text = m_request.reach.tenant.nested.isEmpty()
                                 ? Text::tr("The file would update rows of another tenant")
                                 : Text::tr("The file would update rows that are not the chosen "
                                            "tenant's"),
                     .where = m_request.table.name.qualified()};
    }

    /// The server has to have written as many rows as were sent, unless some were to be skipped.
    Result<Done> count(qint64 affected)
    {
        const qint64 sent = m_report.rows - m_report.bad;
        const bool skips = m_request.onConflict == OnConflict::Skip;
        if (affected > sent || (affected < sent && !skips))
            return Error{.kind = ErrorKind::Server,
                         .text = Text::tr("%1 rows were sent and %2 would have been written; "
                                          "nothing was")
                                     .arg(sent)
                                     .arg(affected),
                         .where = m_request.table.name.qualified(),
                         .detail = Text::tr("a trigger, a rule or a policy holds rows back"),
                         .hint = Text::tr("look at the table's policies and triggers")};
        m_report.skipped = sent - affected;
        m_report.inserted = affected - m_report.updated;
        return Done{};
    }

    /// Errors are of rows that were not written, or may have been.
    CommitEnd commit()
    {
        CommitEnd end = session::commit(m_transaction, *m_others);
        m_report.isWritten = end.outcome == Outcome::Written;
        if (end.outcome == Outcome::Unknown) {
            end.error->kind = ErrorKind::Connection; // nobody may take it for a mere cancelling
            end.error->text = Text::tr("It is not known whether the rows were imported");
            end.error->detail =
                Text::tr("the connection was lost while the server was asked to commit");
            end.error->hint = Text::tr("Look at the rows before you import them again");
        }
        return end;
    }

    /// All rows or none; false when the transaction has to be undone to find out why.
    Result<bool> writeAll()
    {
        if (const Result<Done> written = write({}); !written)
            return written.error();
        if (const CommitEnd end = commit(); end.error)
            return *end.error;
        return true;
    }

    /// Every row is looked at; \a failure is why they could not be written all at once.
    Answer checked(const std::optional<Error> &failure)
    {
        enter(Step::Checking);
        m_report.updated = m_report.inserted = m_report.skipped = 0;
        if (const Result<Done> marked = perform("SAVEPOINT sluice"); !marked)
            return told(marked.error());
        ImportCheck check(m_transaction, m_request, m_statements);
        const Result<Done> examined = check.run();
        if (!examined)
            return told(examined.error());
        const Result<QList<BadRow>> listed = check.listed();
        const Result<QList<qint64>> numbers =
            listed ? check.numbers() : Result<QList<qint64>>(listed.error());
        if (!numbers)
            return told(numbers.error());
        QList<qint64> bad = m_rows.faulty() + *numbers;
        std::ranges::sort(bad);
        m_report.bad = bad.size();
        m_report.badRows = m_rows.faults() + *listed;
        std::ranges::stable_sort(m_report.badRows, {}, &BadRow::line);
        m_report.badRows.resize(qMin(m_report.badRows.size(), m_request.listed));
        if (failure && bad.isEmpty())
            return told(*failure); // of no single row
        if (m_request.dryRun || m_request.badRowsPath.isEmpty()) {
            m_report.updated = check.known();
            m_report.inserted = check.written() - check.known();
            m_report.skipped = m_report.good() - check.written();
            if (const Result<Done> noted = noteEffects(); !noted)
                return told(noted.error());
            return m_report; // the transaction is rolled back behind it
        }
        return writeGood(bad);
    }

    Answer writeGood(const QList<qint64> &bad)
    {
        for (const char *step :
             {"ROLLBACK TO SAVEPOINT sluice", "RELEASE SAVEPOINT sluice",
              "CREATE TEMPORARY TABLE sluice_left (sluice_n bigint PRIMARY KEY) ON COMMIT DROP"}) {
            if (const Result<Done> done = perform(step); !done)
                return told(done.error());
        }
        qsizetype sent = 0;
        const Result<qint64> copied =
            m_transaction.copyIn(QStringLiteral("COPY pg_temp.sluice_left FROM STDIN"),
                                 [&bad, &sent](QByteArray &piece) -> Result<bool> {
                                     for (; sent < bad.size() && piece.size() < (1 << 16); ++sent)
                                         piece += QByteArray::number(bad.at(sent)) + '\n';
                                     return !piece.isEmpty();
                                 });
        if (!copied)
            return told(copied.error());
        const Result<Done> written =
            write(QStringLiteral(" WHERE NOT EXISTS (SELECT FROM pg_temp.sluice_left l WHERE "
                                 "l.sluice_n = s.sluice_n)"));
        if (!written)
            return told(written.error());
        // First the rows that are left over: they may not get lost behind a COMMIT.
        if (!bad.isEmpty()) {
            if (const Result<Done> kept = m_rows.keep(bad, m_request.badRowsPath); !kept)
                return told(kept.error());
        }
        const CommitEnd end = commit();
        if (end.outcome == Outcome::Nothing)
            QFile::remove(m_request.badRowsPath);
        return end.error ? Answer(told(*end.error)) : Answer(m_report);
    }

    /// What of a dry run is not undone.
    Result<Done> noteEffects()
    {
        const Result<rows::Page> triggers =
            m_transaction.run(tenant::triggersQuestion({m_request.table.name}));
        if (!triggers)
            return triggers.error();
        QStringList names;
        for (const QStringList &row : textsOf(*triggers))
            names << row.first();
        if (!names.isEmpty())
            m_report.notes << Text::tr("The triggers or rules %1 ran, too: what they do outside "
                                       "the transaction is not undone")
                                  .arg(joined(names));
        const bool counts = std::ranges::any_of(m_request.table.columns, [](const auto &column) {
            return column.identity || (column.defaultValue && column.defaultValue->text.contains(
                                                                  QLatin1String("nextval")));
        });
        if (counts)
            m_report.notes << Text::tr("Numbers that were taken from sequences are not given back");
        return Done{};
    }

    pg::Transaction &m_transaction;
    const std::shared_ptr<pg::Pool> m_others;
    const ImportRequest &m_request;
    ImportProgress *m_progress;
    ImportRows m_rows;
    WriteGuard m_guard;
    ImportStatements m_statements;
    ImportReport m_report;
};

} // namespace

QFuture<Answer> importFile(const std::shared_ptr<pg::Pool> &pool, const ImportRequest &request,
                           std::shared_ptr<ImportProgress> progress)
{
    // It takes as long as it takes. The work holds the pool, which nobody else does.
    const auto own =
        std::make_shared<pg::Pool>(pool->settings(), pg::Limits{.statementTimeout = 0}, 1);
    return own->transact<ImportReport>(
        pg::Access::Write,
        [own, pool, request, progress = std::move(progress)](pg::Transaction &transaction) {
            Answer answer = Import(transaction, pool, request, progress.get()).run();
            if (progress)
                progress->end = answer;
            return answer;
        });
}

} // namespace session
