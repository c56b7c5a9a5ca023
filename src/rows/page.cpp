// SPDX-License-Identifier: GPL-3.0-or-later
#include "rows/page.h"

#include <algorithm>

namespace rows
{

namespace
{
class Memory final : public Storage
{
public:
    explicit Memory(QList<QList<std::optional<QByteArray>>> values)
        : m_values(std::move(values))
    {
    }
    qsizetype rowCount() const override { return m_values.size(); }
    std::optional<QByteArrayView> cell(qsizetype row, qsizetype column) const override
    {
        const std::optional<QByteArray> &value = m_values.at(row).at(column);
        return value ? std::optional<QByteArrayView>(*value) : std::nullopt;
    }
    qint64 bytes() const override
    {
        qint64 sum = 0;
        for (const auto &row : m_values) {
            for (const std::optional<QByteArray> &value : row)
                sum += value ? value->size() : 0;
        }
        return sum;
    }

private:
    QList<QList<std::optional<QByteArray>>> m_values;
};

/// Some rows of another storage.
class Part final : public Storage
{
public:
    Part(std::shared_ptr<const Storage> all, qsizetype first, qsizetype count)
        : m_all(std::move(all))
        , m_first(first)
        , m_count(count)
    {
    }
    qsizetype rowCount() const override { return m_count; }
    std::optional<QByteArrayView> cell(qsizetype row, qsizetype column) const override
    {
        return m_all->cell(m_first + row, column);
    }
    qint64 bytes() const override { return m_all->bytes(); } // all of them stay

private:
    std::shared_ptr<const Storage> m_all;
    qsizetype m_first;
    qsizetype m_count;
};
} // namespace

Page::Page(QList<ResultColumn> columns, std::shared_ptr<const Storage> storage, qint64 affectedRows)
    : m_columns(std::move(columns))
    , m_storage(std::move(storage))
    , m_affectedRows(affectedRows)
{
}

std::optional<QByteArrayView> Page::cell(qsizetype row, qsizetype column) const
{
    Q_ASSERT(row >= 0 && row < rowCount() && column >= 0 && column < m_columns.size());
    return m_storage->cell(row, column);
}

std::optional<QByteArray> Page::value(qsizetype row, qsizetype column) const
{
    const std::optional<QByteArrayView> bytes = cell(row, column);
    return bytes ? std::optional(QByteArray("") + bytes->toByteArray()) : std::nullopt;
}

QString Page::text(qsizetype row, qsizetype column) const
{
    const std::optional<QByteArrayView> bytes = cell(row, column);
    if (!bytes)
        return {};
    return bytes->isEmpty() ? QStringLiteral("") : QString::fromUtf8(*bytes);
}

Page Page::part(qsizetype first, qsizetype count) const
{
    first = std::clamp<qsizetype>(first, 0, rowCount());
    return Page(m_columns,
                std::make_shared<Part>(m_storage, first,
                                       std::clamp<qsizetype>(count, 0, rowCount() - first)));
}

Page fromValues(QList<ResultColumn> columns, QList<QList<std::optional<QByteArray>>> values)
{
    return Page(std::move(columns), std::make_shared<Memory>(std::move(values)));
}

TypeClass typeClass(quint32 typeOid)
{
    switch (typeOid) {
    case 16:
        return TypeClass::Boolean;
    case 17:
        return TypeClass::Binary;
    case 20:   // int8
    case 21:   // int2
    case 23:   // int4
    case 26:   // oid
    case 700:  // float4
    case 701:  // float8
    case 790:  // money
    case 1700: // numeric
        return TypeClass::Number;
    case 114:  // json
    case 3802: // jsonb
        return TypeClass::Json;
    case 1082: // date
    case 1083: // time
    case 1114: // timestamp
    case 1184: // timestamptz
    case 1266: // timetz
        return TypeClass::Time;
    case 2950:
        return TypeClass::Uuid;
    default:
        return TypeClass::Text;
    }
}

std::optional<TypeClass> elementClass(quint32 typeOid)
{
    switch (typeOid) {
    case 1000:
        return TypeClass::Boolean;
    case 1001:
        return TypeClass::Binary;
    case 791:  // money
    case 1005: // int2
    case 1007: // int4
    case 1016: // int8
    case 1021: // float4
    case 1022: // float8
    case 1028: // oid
    case 1231: // numeric
        return TypeClass::Number;
    case 199:  // json
    case 3807: // jsonb
        return TypeClass::Json;
    case 1115: // timestamp
    case 1182: // date
    case 1183: // time
    case 1185: // timestamptz
    case 1270: // timetz
        return TypeClass::Time;
    case 2951:
        return TypeClass::Uuid;
    case 143:  // xml
    case 651:  // cidr
    case 1002: // "char"
    case 1003: // name
    case 1009: // text
    case 1014: // bpchar
    case 1015: // varchar
    case 1040: // macaddr
    case 1041: // inet
    case 1187: // interval
    case 3643: // tsvector
    case 3905: // int4range
    case 3907: // numrange
    case 3909: // tsrange
    case 3911: // tstzrange
    case 3913: // daterange
    case 3927: // int8range
        return TypeClass::Text;
    default:
        return std::nullopt;
    }
}

} // namespace rows
