// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QList>
#include <QString>

#include <memory>
#include <optional>

namespace rows
{

/// A column of a result as the server described it.
struct ResultColumn {
    QString name;
    quint32 typeOid = 0; ///< pg_type.oid
    qint32 typeModifier = -1;
    bool operator==(const ResultColumn &) const = default;
};

/// Where the bytes of a page stay; libpq's PGresult behind pg, plain memory in tests.
class Storage
{
public:
    virtual ~Storage() = default;
    virtual qsizetype rowCount() const = 0;
    /// The cell's text form in UTF-8, NULL as nothing; valid as long as the storage.
    virtual std::optional<QByteArrayView> cell(qsizetype row, qsizetype column) const = 0;
    virtual qint64 bytes() const = 0; ///< of memory, at least those of the values
};

/// Rows of one result, shared and immutable: copying a page copies a pointer, reading a cell copies
/// nothing. Cells are decoded by whoever shows them.
class Page
{
public:
    Page() = default;
    Page(QList<ResultColumn> columns, std::shared_ptr<const Storage> storage,
         qint64 affectedRows = -1);

    const QList<ResultColumn> &columns() const { return m_columns; }
    qsizetype rowCount() const { return m_storage ? m_storage->rowCount() : 0; }
    /// NULL is nothing; an empty text is an empty view.
    std::optional<QByteArrayView> cell(qsizetype row, qsizetype column) const;
    /// A copy of the cell: NULL is nothing, an empty text is empty and not a null QByteArray, which
    /// some take for NULL.
    std::optional<QByteArray> value(qsizetype row, qsizetype column) const;
    /// The cell decoded from UTF-8; NULL is a null QString.
    QString text(qsizetype row, qsizetype column) const;
    qint64 bytes() const { return m_storage ? m_storage->bytes() : 0; } ///< of memory
    /// \a count rows from \a first on; they share the memory of all.
    Page part(qsizetype first, qsizetype count) const;
    /// Rows the statement changed, -1 when it says nothing of that.
    qint64 affectedRows() const { return m_affectedRows; }

private:
    QList<ResultColumn> m_columns;
    std::shared_ptr<const Storage> m_storage;
    qint64 m_affectedRows = -1;
};

/// A page from values in memory, NULL as nothing.
Page fromValues(QList<ResultColumn> columns, QList<QList<std::optional<QByteArray>>> values);

/// How a type's cells are laid out; by the OIDs of PostgreSQL's pg_type.dat.
enum class TypeClass { Text, Number, Boolean, Time, Uuid, Json, Binary };
TypeClass typeClass(quint32 typeOid);
/// Of what an array's elements are; nothing for what is no array of a type that PostgreSQL brings.
std::optional<TypeClass> elementClass(quint32 typeOid);

} // namespace rows
