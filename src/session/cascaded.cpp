// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/cascaded.h"

#include "edits/shortened.h"
#include "session/commitedits.h"

#include <algorithm>

namespace session
{

using base::Done;
using base::Error;
using base::ErrorKind;
using base::Result;
using edits::RowId;

namespace
{
constexpr qint64 mostStored = 16 * 1024 * 1024; // bytes as the server keeps them, compressed
constexpr qint64 mostBytes = 32 * 1024 * 1024;  // and as they come
constexpr qsizetype chunk = 500;                // rows that one statement names

sql::Statement words(const char *text)
{
    return {QString::fromLatin1(text), {}};
}

QList<edits::Field> fieldsOf(const rows::Page &page, qsizetype row)
{
    QList<edits::Field> fields;
    for (qsizetype i = 0; i < page.columns().size(); ++i) {
        fields << edits::Field{page.columns().at(i).name, page.value(row, i)};
    }
    return fields;
}

RowId idOf(const schema::Table &table, const QList<edits::Field> &fields)
{
    RowId id{.table = table.name, .keyColumns = edits::editKey(table), .key = {}};
    for (const QString &column : std::as_const(id.keyColumns)) {
        for (const edits::Field &field : fields) {
            if (field.column == column)
                id.key << field.value.value_or(QByteArray());
        }
    }
    return id;
}
} // namespace

/// Who may delete the rows need not be allowed to read those that go with them: that does not stop
/// the commit, and has a savepoint of its own. Nothing is written inside it.
Result<Done> Cascaded::before(const QList<edits::Write> &writes)
{
    const bool goesOn = std::ranges::any_of(writes, [this](const edits::Write &write) {
        return write.edit.kind == edits::RowEdit::Kind::Delete &&
               !edits::cascadesTo(write.edit.id.table, m_live).isEmpty();
    });
    if (!goesOn)
        return Done{};
    if (const auto begun = m_transaction.run(words("SAVEPOINT sluice_cascade")); !begun)
        return begun.error();
    if (const Result<Done> done = readAll(writes); !done) {
        if (m_transaction.cancelled() || done.error().kind == ErrorKind::Connection)
            return done;
        giveUp();
        if (const auto back = m_transaction.run(words("ROLLBACK TO SAVEPOINT sluice_cascade"));
            !back)
            return back.error();
    }
    if (const auto ended = m_transaction.run(words("RELEASE SAVEPOINT sluice_cascade")); !ended)
        return ended.error();
    return Done{};
}

Result<Done> Cascaded::readAll(const QList<edits::Write> &writes)
{
    QList<QList<RowId>> levels; // each of one table
    QHash<schema::Name, qsizetype> places;
    for (const edits::Write &write : writes) {
        const RowId &id = write.edit.id;
        if (write.edit.kind != edits::RowEdit::Kind::Delete)
            continue;
        if (!places.contains(id.table)) {
            places.insert(id.table, levels.size());
            levels.append(QList<RowId>());
        }
        levels[places.value(id.table)] << id;
        m_known.insert(id);
    }
    m_named = m_known.size();
    while (!levels.isEmpty() && !m_isTooMuch) {
        const QList<RowId> parents = levels.takeFirst();
        for (const auto &cascade : edits::cascadesTo(parents.constFirst().table, m_live)) {
            QList<RowId> found;
            for (qsizetype at = 0; at < parents.size() && !m_isTooMuch; at += chunk) {
                if (const auto done = read(cascade, parents.mid(at, chunk), found); !done)
                    return done;
            }
            if (!found.isEmpty())
                levels << found;
        }
    }
    return Done{};
}

Result<Done> Cascaded::read(const edits::Cascade &cascade, const QList<RowId> &parents,
                            QList<RowId> &found)
{
    const schema::Table *table = m_live.table(cascade.table);
    if (!table)
        return Done{};
    const qsizetype most = mostCascaded + m_named;
    QStringList columns;
    for (const schema::Column &column : table->columns)
        columns << column.name;
    const bool isDeleted = cascade.fate == edits::Cascade::Fate::Deleted;
    const Result<rows::Page> size = m_transaction.run(edits::cascadedSize(
        cascade, isDeleted ? columns : QStringList(), parents, m_reach, most + 1));
    const qint64 count = size ? size->text(0, 0).toLongLong() : 0;
    const QString name = cascade.table.qualified();
    if ((!size || count > 0) && !m_reached.contains(name))
        m_reached << name;
    if (!size)
        return size.error();
    if (count == 0)
        return Done{};
    if (count > most) {
        giveUp();
        return Done{};
    }
    if (isDeleted) {
        const Result<bool> small =
            isSmall(cascade, columns, parents, size->text(0, 1).toLongLong());
        if (!small)
            return small.error();
        if (!*small) {
            giveUp();
            return Done{};
        }
    }
    const QStringList key = edits::editKey(*table);
    if (key.isEmpty()) {
        lose(cascade.table);
        return Done{};
    }
    const Result<rows::Page> page =
        m_transaction.run(edits::cascadedRows(cascade, key, parents, m_reach));
    if (!page)
        return page.error();
    if (isDeleted)
        take(*page, *table, found);
    else
        takeEmptied(*page, *table, cascade.columns);
    if (m_rows.size() > mostCascaded)
        giveUp();
    return Done{};
}

/// Whether the rows may come, too: what is small as the server keeps it may be large as it comes.
Result<bool> Cascaded::isSmall(const edits::Cascade &cascade, const QStringList &columns,
                               const QList<RowId> &parents, qint64 stored)
{
    m_stored += stored;
    if (m_stored > mostStored)
        return false;
    const Result<rows::Page> bytes =
        m_transaction.run(edits::cascadedBytes(cascade, columns, parents, m_reach));
    if (!bytes)
        return bytes.error();
    m_bytes += bytes->text(0, 0).toLongLong();
    return m_bytes <= mostBytes;
}

/// Two ways may lead to a row, and a circle back to it.
void Cascaded::take(const rows::Page &page, const schema::Table &table, QList<RowId> &found)
{
    for (qsizetype row = 0; row < page.rowCount(); ++row) {
        const QList<edits::Field> fields = fieldsOf(page, row);
        const RowId id = idOf(table, fields);
        if (m_known.contains(id))
            continue;
        m_known.insert(id);
        found << id;
        m_rows << edits::Written{.edit = {.id = id,
                                          .kind = edits::RowEdit::Kind::Delete,
                                          .tenant = m_reach.tenant,
                                          .cells = {},
                                          .seen = {}},
                                 .before = {},
                                 .returned = edits::returnedBy(fields)};
    }
}

void Cascaded::takeEmptied(const rows::Page &page, const schema::Table &table,
                           const QStringList &columns)
{
    for (qsizetype row = 0; row < page.rowCount(); ++row) {
        const QList<edits::Field> before = fieldsOf(page, row);
        edits::Written written{.edit = {.id = idOf(table, before),
                                        .kind = edits::RowEdit::Kind::Update,
                                        .tenant = m_reach.tenant,
                                        .cells = {},
                                        .seen = {}},
                               .before = {},
                               .returned = {}};
        for (const edits::Field &field : before) {
            if (columns.contains(field.column))
                written.edit.cells << edits::CellEdit{field.column, {.text = field.value}, {}};
        }
        m_rows << written;
    }
}

/// Some of the rows without the others would be half a truth.
void Cascaded::giveUp()
{
    m_isTooMuch = true;
    m_rows.clear();
    m_lost = m_reached;
}

void Cascaded::lose(const schema::Name &table)
{
    if (!m_lost.contains(table.qualified()))
        m_lost << table.qualified();
}

/// Those of the rows that were read which are there, with the columns that may have become NULL.
Result<Cascaded::Now> Cascaded::rowsNow()
{
    QHash<schema::Name, QList<RowId>> rows;
    QHash<schema::Name, QStringList> columns;
    for (const edits::Written &row : std::as_const(m_rows)) {
        rows[row.edit.id.table] << row.edit.id;
        for (const edits::CellEdit &cell : row.edit.cells) {
            if (QStringList &known = columns[row.edit.id.table]; !known.contains(cell.column))
                known << cell.column;
        }
    }
    Now now;
    for (auto of = rows.cbegin(); of != rows.cend(); ++of) {
        for (qsizetype at = 0; at < of->size(); at += chunk) {
            const Result<rows::Page> page =
                m_transaction.run(edits::rowsThere(of->mid(at, chunk), columns.value(of.key())));
            if (!page)
                return page.error();
            const schema::Table &table = *m_live.table(of.key());
            for (qsizetype row = 0; row < page->rowCount(); ++row) {
                const QList<edits::Field> fields = fieldsOf(*page, row);
                now.insert(idOf(table, fields), fields);
            }
        }
    }
    return now;
}

/// Of the columns those that became NULL: a statement of the person's may have come first, and a
/// key may empty some of its columns only (ON DELETE SET NULL (column), PostgreSQL 15).
void Cascaded::keepEmptied(edits::Written &row, const QList<edits::Field> &now)
{
    row.returned = edits::returnedBy(now);
    row.edit.cells.removeIf([&now](const edits::CellEdit &cell) {
        const auto field = std::ranges::find(now, cell.column, &edits::Field::column);
        return !cell.before.text || field == now.end() || field->value;
    });
}

Result<Done> Cascaded::behind()
{
    const Result<Now> now = rowsNow();
    if (!now)
        return now.error();
    for (edits::Written &row : m_rows) {
        if (row.edit.kind == edits::RowEdit::Kind::Update)
            keepEmptied(row, now->value(row.edit.id));
    }
    m_rows.removeIf([&](const edits::Written &row) {
        return row.edit.kind == edits::RowEdit::Kind::Delete ? now->contains(row.edit.id)
                                                             : row.edit.cells.isEmpty();
    });
    return Done{};
}

} // namespace session
