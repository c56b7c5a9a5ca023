// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "schema/database.h"
#include "sql/statement.h"
#include "tenant/tenantid.h"

#include <QList>
#include <QString>

#include <optional>

namespace edits
{

/// What a cell shall hold: NULL, the column's default and an empty text are three things.
struct NewValue {
    enum class Kind { Value, Null, Default };
    Kind kind = Kind::Null;
    QByteArray text; ///< of a value: the server's text form, UTF-8

    static NewValue of(const sql::Parameter &value);
    bool operator==(const NewValue &) const = default;
};

/// What a cell held when it was changed first. Of a long value only the digest is kept.
struct OldValue {
    sql::Parameter text;    ///< NULL is nothing
    bool isDigest = false;  ///< the text is md5(value's text form) in hexadecimal digits
    bool isUnknown = false; ///< nobody has looked: the cell is written whatever it holds

    static constexpr qsizetype longest = 64 * 1024; ///< bytes; more is kept as a digest

    /// \a value, or its digest when it is longer.
    static OldValue of(const sql::Parameter &value);
    /// Of a value that nobody has here: \a digest as the server has made it, nothing for NULL.
    static OldValue ofDigest(const sql::Parameter &digest) { return {digest, digest.has_value()}; }
    bool isSame(const sql::Parameter &value) const;
    bool operator==(const OldValue &) const = default;
};

/// Whether a cell that holds \a before holds \a after as well; nobody knows what a default is.
bool isSame(const OldValue &before, const NewValue &after);

/// A row by its key as it was when it was changed first, never by its number on a screen; a new
/// row by a number of its own.
struct RowId {
    schema::Name table;
    QStringList keyColumns;
    QList<QByteArray> key; ///< values of keyColumns, text form
    qint64 number = 0;     ///< of a new row, from 1 on

    bool isNew() const { return number > 0; }
    /// "contacts id = 5", "contacts, new row 2": for people.
    QString text() const;
    bool operator==(const RowId &) const = default;
};
size_t qHash(const RowId &id, size_t seed = 0) noexcept;

struct CellEdit {
    QString column;
    OldValue before; ///< of a new row: nothing
    NewValue after;
    bool operator==(const CellEdit &) const = default;
};

/// A value of a row under its column's name.
struct Field {
    QString column;
    sql::Parameter value;
    bool operator==(const Field &) const = default;
};

struct SeenField {
    QString column;
    OldValue value;
    bool operator==(const SeenField &) const = default;
};

struct RowEdit {
    enum class Kind { Update, Insert, Delete };
    RowId id;
    Kind kind = Kind::Update;
    tenant::TenantId tenant; ///< that it was made in; empty: all of them
    QList<CellEdit> cells;   ///< a deleted row keeps the changes that it had
    QList<SeenField> seen;   ///< of a deleted row: all that was seen of it
    bool restores = false;   ///< a new row that was there before: its identity is given, too

    const CellEdit *cell(const QString &column) const;
    bool operator==(const RowEdit &) const = default;
};

/// All that a person has changed and not committed, in the order in which rows were touched first.
struct Staged {
    QList<RowEdit> rows;
    qint64 lastNumber = 0; ///< of a new row

    bool isEmpty() const { return rows.isEmpty(); }
    const RowEdit *row(const RowId &id) const;
    bool operator==(const Staged &) const = default;
};

/// The key by which rows of \a table are edited: the primary key, else a unique constraint over
/// columns that are NOT NULL; empty: its rows cannot be edited.
QStringList editKey(const schema::Table &table);

/// Sets one cell. \a before is what it holds in the database; a value that is the same takes the
/// change back.
Staged withCell(Staged staged, const RowId &row, const tenant::TenantId &tenant,
                const CellEdit &cell);
/// Adds a new row; its id is that of the last row of the result.
Staged withNewRow(Staged staged, const schema::Name &table, const tenant::TenantId &tenant,
                  const QList<CellEdit> &cells);
/// Marks a row as deleted; a new one is gone.
Staged withDeletion(Staged staged, const RowId &row, const tenant::TenantId &tenant,
                    const QList<SeenField> &seen);

Staged withoutCell(Staged staged, const RowId &row, const QString &column);
Staged withoutRow(Staged staged, const RowId &row);
Staged withoutTable(Staged staged, const schema::Name &table);

} // namespace edits
