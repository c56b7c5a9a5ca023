// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/cascaded.h"

#include "edits/shortened.h"
#include "session/commitedits.h"

#include <QHash>

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
constexpr qint64 mostBytes = 16 * 1024 * 1024; // as the server keeps them, compressed
constexpr qsizetype chunk = 500;               // rows that one statement names

sql::Statement words(const char *text)
{
    return {QString::fromLatin1(text), {}};
}

QList<edits::Field> fieldsOf(const rows::Page &page, qsizetype row)
{
    QList<edits::Field> fields;
    for (qsizetype i = 0; i < page.columns().size(); ++i) {
        const std::optional<QByteArrayView> cell = page.cell(row, i);
        // A null QByteArray would be NULL to some, an empty view is an empty text.
        fields << edits::Field{page.columns().at(i).name,
                               cell ? sql::Parameter(QByteArray("") + cell->toByteArray())
                                    : sql::Parameter()};
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
    const Result<rows::Page> size =
        m_transaction.run(edits::cascadedSize(cascade, parents, m_reach, most + 1));
    const qint64 count = size ? size->text(0, 0).toLongLong() : 0;
    const QString name = cascade.table.qualified();
    if ((!size || count > 0) && !m_reached.contains(name))
        m_reached << name;
    if (!size)
        return size.error();
    if (count == 0)
        return Done{};
    const bool isDeleted = cascade.fate == edits::Cascade::Fate::Deleted;
    if (isDeleted)
        m_bytes += size->text(0, 1).toLongLong();
    if (count > most || m_bytes > mostBytes) {
        giveUp();
        return Done{};
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
            const bool isEmptied = columns.contains(field.column);
            const auto now = isEmptied ? edits::OldValue() : edits::OldValue{.text = field.value};
            written.returned << edits::SeenField{field.column, now};
            if (isEmptied)
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

/// Of the rows that were read.
Result<QSet<RowId>> Cascaded::rowsThere()
{
    QHash<schema::Name, QList<RowId>> byTable;
    for (const edits::Written &row : std::as_const(m_rows))
        byTable[row.edit.id.table] << row.edit.id;
    QSet<RowId> there;
    for (auto of = byTable.cbegin(); of != byTable.cend(); ++of) {
        for (qsizetype at = 0; at < of->size(); at += chunk) {
            const Result<rows::Page> page = m_transaction.run(edits::keysThere(of->mid(at, chunk)));
            if (!page)
                return page.error();
            const schema::Table &table = *m_live.table(of.key());
            for (qsizetype row = 0; row < page->rowCount(); ++row)
                there.insert(idOf(table, fieldsOf(*page, row)));
        }
    }
    return there;
}

Result<Done> Cascaded::behind()
{
    const Result<QSet<RowId>> there = rowsThere();
    if (!there)
        return there.error();
    m_rows.removeIf([&](const edits::Written &row) {
        const bool isDeleted = row.edit.kind == edits::RowEdit::Kind::Delete;
        return there->contains(row.edit.id) == isDeleted;
    });
    return Done{};
}

} // namespace session
