// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/editing.h"

#include "base/receive.h"
#include "edits/archive.h"
#include "edits/staging.h"
#include "session/project.h"
#include "session/text.h"

#include <QtConcurrent>

#include <algorithm>

namespace session
{

using base::Error;
using base::ErrorKind;
using base::Result;

namespace
{
Error notConnected()
{
    return {.kind = ErrorKind::InvalidInput,
            .text = Text::tr("The database was not read yet"),
            .hint = Text::tr("connect first")};
}

Error busy()
{
    return {.kind = ErrorKind::Refused,
            .text = Text::tr("The edits are being committed"),
            .hint = Text::tr("Wait for the answer")};
}
} // namespace

Editing::Editing(Project &project)
    : m_project(project)
{
}

const edits::RowEdit *Editing::row(const edits::RowId &id) const
{
    const auto place = m_places.constFind(id);
    return place == m_places.cend() ? nullptr : &staged().rows.at(*place);
}

tenant::TenantId Editing::tenantId() const
{
    return m_project.tenantId().value_or(tenant::TenantId());
}

QFuture<Result<QList<edits::Write>>> Editing::writes() const
{
    using Writes = Result<QList<edits::Write>>;
    const auto &database = m_project.database().value;
    if (!database)
        return base::ready(Writes(notConnected()));
    return QtConcurrent::run(
        [from = staged(), live = *database, reach = m_project.reach()]() -> Writes {
            return edits::writesOf(from, live, reach);
        });
}

std::optional<Error> Editing::whyClosed(const schema::Name &name) const
{
    if (m_isCommitting)
        return busy();
    const auto &database = m_project.database().value;
    const schema::Table *table = database ? database->table(name) : nullptr;
    if (!database)
        return notConnected();
    if (!table)
        return Error{.kind = ErrorKind::Refused,
                     .text = Text::tr("The rows of %1 cannot be edited").arg(name.qualified()),
                     .detail = Text::tr("it is no table")};
    return edits::whyClosed(*table, m_project.reach());
}

std::optional<Error> Editing::whyFixed(const schema::Name &name, const QString &column) const
{
    if (const std::optional<Error> closed = whyClosed(name))
        return closed;
    const schema::Column *found = m_project.database().value->table(name)->column(column);
    const std::optional<QString> why =
        found ? edits::whyFixed(*found) : Text::tr("the table has no column %1").arg(column);
    if (!why)
        return std::nullopt;
    return Error{.kind = ErrorKind::Refused,
                 .text = Text::tr("The column cannot be edited"),
                 .where = name.qualified() + u'.' + column,
                 .detail = *why};
}

std::optional<Error> Editing::setCell(const edits::RowId &row, const QString &column,
                                      const edits::OldValue &before, const edits::NewValue &after)
{
    return stage(row, {column, before, after});
}

std::optional<Error> Editing::setCells(const QList<CellChange> &changes)
{
    const edits::Reach reach = m_project.reach();
    edits::Staging step(staged());
    QSet<std::pair<schema::Name, QString>> open; // columns, mostly one for thousands of cells
    for (const auto &[row, cell] : changes) {
        if (!open.contains({row.table, cell.column})) {
            if (const std::optional<Error> fixed = whyFixed(row.table, cell.column))
                return fixed;
            open.insert({row.table, cell.column});
        }
        if (const auto foreign = edits::whyForeign(row.table, cell.column, cell.after, reach))
            return foreign;
        const edits::RowEdit *edit = step.row(row);
        if (edit && edit->kind == edits::RowEdit::Kind::Delete)
            return Error{.kind = ErrorKind::Refused,
                         .text = Text::tr("A row is marked for deletion"),
                         .where = row.text(),
                         .hint = Text::tr("take that back first")};
        step.setCell(row, reach.tenant, cell);
    }
    apply(step.take());
    return std::nullopt;
}

std::optional<Error> Editing::stage(const edits::RowId &row, const edits::CellEdit &cell)
{
    if (const std::optional<Error> fixed = whyFixed(row.table, cell.column))
        return fixed;
    if (const auto foreign =
            edits::whyForeign(row.table, cell.column, cell.after, m_project.reach()))
        return foreign;
    apply(edits::withCell(staged(), row, tenantId(), cell));
    return std::nullopt;
}

Result<edits::RowId> Editing::addRow(const schema::Name &table)
{
    const Result<QList<edits::RowId>> added = addRows(table, {{}});
    if (!added)
        return added.error();
    return added->first();
}

Result<QList<edits::RowId>> Editing::addRows(const schema::Name &table,
                                             const QList<QList<edits::CellEdit>> &rows)
{
    if (const std::optional<Error> closed = whyClosed(table))
        return *closed;
    const edits::Reach reach = m_project.reach();
    const QList<edits::CellEdit> own = edits::tenantCells(table, reach);
    edits::Staging step(staged());
    QList<edits::RowId> added;
    for (QList<edits::CellEdit> cells : rows) {
        // A copy of a row that is shared, or of the tenant as a whole, is the chosen one's own.
        cells.removeIf([&own](const edits::CellEdit &cell) {
            return cell.after.kind == edits::NewValue::Kind::Null &&
                   std::ranges::find(own, cell.column, &edits::CellEdit::column) != own.end();
        });
        for (const edits::CellEdit &cell : std::as_const(cells)) {
            if (const std::optional<Error> fixed = whyFixed(table, cell.column))
                return *fixed;
            if (const auto foreign = edits::whyForeign(table, cell.column, cell.after, reach))
                return *foreign;
        }
        cells.removeIf([&own](const edits::CellEdit &cell) {
            return std::ranges::find(own, cell.column, &edits::CellEdit::column) != own.end();
        });
        added << step.addRow(table, reach.tenant, own + cells);
    }
    apply(step.take());
    return added;
}

std::optional<Error> Editing::deleteRows(const QList<edits::RowId> &rows,
                                         const QList<QList<edits::SeenField>> &seen)
{
    edits::Staging step(staged());
    QSet<schema::Name> open;
    for (qsizetype i = 0; i < rows.size(); ++i) {
        const schema::Name &table = rows.at(i).table;
        if (!open.contains(table)) {
            if (const std::optional<Error> closed = whyClosed(table))
                return closed;
            open.insert(table);
        }
        step.remove(rows.at(i), tenantId(), seen.value(i));
    }
    apply(step.take());
    return std::nullopt;
}

void Editing::revertCell(const edits::RowId &row, const QString &column)
{
    apply(edits::withoutCell(staged(), row, column));
}

void Editing::revertRow(const edits::RowId &row)
{
    apply(edits::withoutRow(staged(), row));
}

void Editing::revertTable(const schema::Name &table)
{
    apply(edits::withoutTable(staged(), table));
}

void Editing::revertAll()
{
    apply({.rows = {}, .lastNumber = staged().lastNumber});
}

void Editing::undo()
{
    if (m_isCommitting || !canUndo())
        return;
    m_history.undo();
    tell();
}

void Editing::redo()
{
    if (m_isCommitting || !canRedo())
        return;
    m_history.redo();
    tell();
}

void Editing::apply(const edits::Staged &next)
{
    if (!m_isCommitting && m_history.apply(next))
        tell();
}

/// What is staged is another value: on the disk before anything else.
void Editing::tell()
{
    m_places.clear();
    for (qsizetype i = 0; i < staged().rows.size(); ++i)
        m_places.insert(staged().rows.at(i).id, i);
    m_conflicts.removeIf([this](const RowConflict &c) { return !m_places.contains(c.edit.id); });
    Q_EMIT keepWanted(staged().isEmpty() ? QByteArray() : edits::archived(staged()));
    Q_EMIT changed();
}

std::optional<Error> Editing::restore(const QByteArray &kept)
{
    const Result<edits::Staged> read =
        kept.isEmpty() ? Result<edits::Staged>(edits::Staged()) : edits::unarchived(kept);
    if (!read)
        return read.error();
    m_history.reset(*read);
    m_conflicts.clear();
    m_inverse = {};
    tell();
    return std::nullopt;
}

void Editing::forget()
{
    m_history.reset();
    m_places.clear();
    m_conflicts.clear();
    m_inverse = {};
    Q_EMIT changed();
}

QFuture<Result<CommitAnswer>> Editing::commit()
{
    using Answer = Result<CommitAnswer>;
    if (m_isCommitting)
        return base::ready(Answer(busy()));
    const auto &database = m_project.database().value;
    if (!database)
        return base::ready(Answer(notConnected()));
    m_isCommitting = true;
    m_conflicts.clear();
    Q_EMIT changed();
    // Whoever waits for the answer may go away; what was asked of the server is received.
    auto promise = std::make_shared<QPromise<Answer>>();
    promise->start();
    base::receive(this, m_project.commit(staged()),
                  [this, promise, sent = staged(), live = *database](const Answer &result) {
                      received(result, sent, live);
                      promise->addResult(result);
                      promise->finish();
                  });
    return promise->future();
}

void Editing::received(const Result<CommitAnswer> &result, const edits::Staged &sent,
                       const schema::Database &live)
{
    m_isCommitting = false;
    if (sent != staged()) { // of another project by now
        Q_EMIT changed();
        return;
    }
    if (!result || !result->conflicts.isEmpty()) {
        m_conflicts = result ? result->conflicts : QList<RowConflict>();
        Q_EMIT changed();
        return;
    }
    m_history.reset({.rows = {}, .lastNumber = staged().lastNumber});
    m_inverse = edits::inverseOf(result->written + result->cascaded, live);
    m_lost = result->lost;
    tell();
    Q_EMIT committed(result->written);
}

void Editing::resolve(const edits::RowId &row, const QStringList &mine)
{
    const auto found = std::ranges::find_if(
        m_conflicts, [&](const RowConflict &conflict) { return conflict.edit.id == row; });
    if (found == m_conflicts.end())
        return;
    const RowConflict conflict = *found;
    edits::Staged next = edits::withoutRow(staged(), row);
    if (!conflict.isGone && !mine.isEmpty()) {
        if (conflict.edit.kind == edits::RowEdit::Kind::Delete) {
            QList<edits::SeenField> seen;
            for (const ColumnConflict &column : conflict.columns)
                seen << edits::SeenField{column.column, column.theirs};
            next = edits::withDeletion(std::move(next), row, conflict.edit.tenant, seen);
        }
        for (const ColumnConflict &column : conflict.columns) {
            if (conflict.edit.kind == edits::RowEdit::Kind::Update && mine.contains(column.column))
                next = edits::withCell(std::move(next), row, conflict.edit.tenant,
                                       {column.column, column.theirs, column.mine});
        }
    }
    m_conflicts.erase(found);
    apply(next);
}

void Editing::takeBack()
{
    if (!canTakeBack())
        return;
    const edits::Staged inverse = std::exchange(m_inverse, {});
    apply(inverse);
}

QFuture<Result<Deletion>> Editing::impactOf(const QList<edits::RowId> &rows)
{
    return m_project.deleteImpact(rows);
}

} // namespace session
