// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/commitedits.h"

#include "base/receive.h"
#include "edits/shortened.h"
#include "session/cascaded.h"
#include "session/commit.h"
#include "session/scopedrun.h"
#include "session/text.h"
#include "session/writeguard.h"

namespace session
{

using base::Error;
using base::ErrorKind;
using base::Result;

namespace
{
using Answer = Result<CommitAnswer>;
constexpr int mostAttempts = 3;

sql::Statement words(const char *text)
{
    return {QString::fromLatin1(text), {}};
}

/// Others did something at the same moment: the same work may succeed now.
bool isCollision(const Error &error)
{
    return error.sqlState == QLatin1String("40001") || error.sqlState == QLatin1String("40P01");
}

tenant::WriteTarget targetOf(const edits::Write &write)
{
    using Kind = edits::RowEdit::Kind;
    return {.table = write.edit.id.table,
            .alias = QStringLiteral("r"),
            .use = write.edit.kind == Kind::Insert   ? sql::Use::Insert
                   : write.edit.kind == Kind::Delete ? sql::Use::Delete
                                                     : sql::Use::Update};
}

/// One commit on one connection.
class Commit
{
public:
    Commit(pg::Transaction &transaction, std::shared_ptr<pg::Pool> pool,
           const QList<edits::Write> &writes, const schema::Database &live,
           const edits::Reach &reach)
        : m_transaction(transaction)
        , m_pool(std::move(pool))
        , m_writes(writes)
        , m_live(live)
        , m_reach(reach)
    {
    }

    Answer run()
    {
        for (int attempt = 1;; ++attempt) {
            Answer answer = once();
            if (answer || attempt == mostAttempts || !isCollision(answer.error()))
                return answer;
            if (const Result<rows::Page> undone = m_transaction.run(words("ROLLBACK")); !undone)
                return failed(undone.error());
        }
    }

private:
    Error failed(const Error &cause, const QString &where = {}) const
    {
        Error error = cause;
        if (!m_reach.tenant.isEmpty())
            error = withoutOthersValues(Result<rows::Page>(cause)).error();
        QStringList why{error.text, error.detail};
        why.removeAll(QString());
        error.text = Text::tr("The edits were not saved; nothing was written");
        error.detail = why.join(QStringLiteral(": "));
        if (!where.isEmpty())
            error.where = where;
        error.span.reset(); // in a statement that the person has not written
        return error;
    }

    Answer once()
    {
        m_written.clear();
        const auto begun = m_transaction.run(words("BEGIN ISOLATION LEVEL REPEATABLE READ"));
        if (!begun)
            return failed(begun.error());
        const bool isScoped = !m_reach.tenant.isEmpty();
        WriteGuard guard(m_transaction, m_reach.classification, m_reach.tenant);
        QList<tenant::WriteTarget> targets;
        for (const edits::Write &write : m_writes)
            targets << targetOf(write);
        if (const auto before = isScoped ? guard.before(targets) : base::Done{}; !before)
            return failed(before.error());
        Cascaded cascaded(m_transaction, m_live, m_reach);
        if (const auto read = cascaded.before(m_writes); !read)
            return failed(read.error());
        for (const edits::Write &write : m_writes) {
            const Result<bool> done = perform(write);
            if (!done)
                return failed(done.error(), write.edit.id.text());
            if (!*done)
                return conflicts();
        }
        if (const auto behind = isScoped ? guard.behind() : base::Done{}; !behind)
            return failed(behind.error());
        if (const auto behind = cascaded.behind(); !behind)
            return failed(behind.error());
        Answer answer = commit();
        if (answer) {
            answer->cascaded = cascaded.rows();
            answer->lost = cascaded.lost();
        }
        return answer;
    }

    /// False when the row is another one by now.
    Result<bool> perform(const edits::Write &write)
    {
        edits::Written written{.edit = write.edit, .before = {}, .returned = {}};
        if (const Result<bool> kept = keepUnkept(written); !kept || !*kept)
            return kept;
        const Result<rows::Page> page = m_transaction.run(write.statement);
        if (!page)
            return page.error();
        if (page->affectedRows() > 1 || page->rowCount() > 1)
            return Error{.kind = ErrorKind::Refused,
                         .text = Text::tr("A statement would have changed %1 rows instead of one")
                                     .arg(page->rowCount())};
        if (page->rowCount() != 1)
            return false;
        QList<edits::Field> returned;
        for (qsizetype i = 0; i < page->columns().size(); ++i)
            returned << edits::Field{page->columns().at(i).name, page->value(0, i)};
        written.returned = edits::returnedBy(returned);
        m_written << written;
        return true;
    }

    /// Reads the values of which only a digest is known, or nothing, to be able to set them back:
    /// whole, as they are nowhere else once they are overwritten.
    Result<bool> keepUnkept(edits::Written &written)
    {
        const bool isNeeded =
            written.edit.kind == edits::RowEdit::Kind::Update &&
            std::ranges::any_of(written.edit.cells, [](const edits::CellEdit &cell) {
                return cell.before.isDigest || cell.before.isUnknown;
            });
        if (!isNeeded)
            return true;
        const Result<sql::Statement> question =
            edits::lookAgain(written.edit, m_live, m_reach, edits::As::Whole);
        if (!question)
            return question.error();
        const Result<rows::Page> page = m_transaction.run(*question);
        if (!page)
            return page.error();
        if (page->rowCount() != 1)
            return false;
        for (qsizetype i = 0; i < written.edit.cells.size(); ++i)
            written.before << edits::Field{written.edit.cells.at(i).column, page->value(0, 2 * i)};
        return true;
    }

    /// All rows that are not what they were.
    Answer conflicts()
    {
        for (const char *step : {"ROLLBACK", "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"}) {
            if (const Result<rows::Page> done = m_transaction.run(words(step)); !done)
                return failed(done.error());
        }
        CommitAnswer answer;
        for (const edits::Write &write : m_writes) {
            if (write.edit.kind == edits::RowEdit::Kind::Insert)
                continue;
            const Result<std::optional<RowConflict>> conflict = conflictOf(write.edit);
            if (!conflict)
                return failed(conflict.error(), write.edit.id.text());
            if (*conflict)
                answer.conflicts << **conflict;
        }
        if (!answer.conflicts.isEmpty())
            return answer;
        return failed({.kind = ErrorKind::Refused,
                       .text = Text::tr("the server changed no row and says no error"),
                       .detail = Text::tr("a policy or a trigger holds the change back"),
                       .hint = Text::tr("look at the table's policies and triggers")});
    }

    Result<std::optional<RowConflict>> conflictOf(const edits::RowEdit &edit)
    {
        const Result<sql::Statement> question =
            edits::lookAgain(edit, m_live, m_reach, edits::As::Shortened);
        if (!question)
            return question.error();
        const Result<rows::Page> page = m_transaction.run(*question);
        if (!page)
            return page.error();
        RowConflict conflict{.edit = edit, .isGone = page->rowCount() == 0, .columns = {}};
        const auto note = [&](qsizetype column, const QString &name, const edits::OldValue &base,
                              const edits::NewValue &mine) {
            ColumnConflict one{
                .column = name, .base = base, .mine = mine, .theirs = {}, .theirsBegin = {}};
            if (!conflict.isGone) {
                const qsizetype last = page->columns().size() - 1;
                one.theirs =
                    edits::shortened(page->value(0, column), page->value(0, last - 1), column / 2);
                one.theirsBegin = edits::beginningOf(page->value(0, last), column / 2);
                one.isChanged = page->text(0, column + 1) != QLatin1String("t");
            }
            conflict.columns << one;
        };
        qsizetype column = 0;
        if (edit.kind == edits::RowEdit::Kind::Delete) {
            for (const edits::SeenField &field : edit.seen)
                note(std::exchange(column, column + 2), field.column, field.value, {});
        } else {
            for (const edits::CellEdit &cell : edit.cells)
                note(std::exchange(column, column + 2), cell.column, cell.before, cell.after);
        }
        const bool isOther =
            conflict.isGone || std::ranges::any_of(conflict.columns, &ColumnConflict::isChanged);
        return isOther ? std::optional(conflict) : std::nullopt;
    }

    Answer commit()
    {
        const CommitEnd end = session::commit(m_transaction, *m_pool);
        if (end.outcome == Outcome::Written)
            return CommitAnswer{.written = m_written, .conflicts = {}};
        if (end.outcome == Outcome::Nothing)
            return failed(*end.error);
        Error error = *end.error;
        error.text = Text::tr("It is not known whether the edits were saved");
        error.detail = Text::tr("the connection was lost while the server was asked to commit");
        error.hint = Text::tr("They stay staged: look at the rows before you commit again. Saved "
                              "changes would show as conflicts, new rows would be written twice");
        return error;
    }

    pg::Transaction &m_transaction;
    const std::shared_ptr<pg::Pool> m_pool;
    const QList<edits::Write> &m_writes;
    const schema::Database &m_live;
    const edits::Reach &m_reach;
    QList<edits::Written> m_written;
};

} // namespace

QFuture<Answer> commitEdits(const std::shared_ptr<pg::Pool> &pool, const edits::Staged &staged,
                            const schema::Database &live, const edits::Reach &reach)
{
    const Result<QList<edits::Write>> writes = edits::writesOf(staged, live, reach);
    if (!writes)
        return base::ready(Answer(writes.error()));
    return pool->transact<CommitAnswer>(
        pg::Access::Write, [pool, writes = *writes, live, reach](pg::Transaction &transaction) {
            return Commit(transaction, pool, writes, live, reach).run();
        });
}

} // namespace session
