// SPDX-License-Identifier: GPL-3.0-or-later
#include "rows/page.h"

#include <algorithm>
#include <iterator>
#include <utility>

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
    // Array and element.
    static constexpr std::pair<quint32, quint32> arrays[]{{143, 142},    // xml
                                                          {199, 114},    // json
                                                          {651, 650},    // cidr
                                                          {791, 790},    // money
                                                          {1000, 16},    // bool
                                                          {1001, 17},    // bytea
                                                          {1002, 18},    // "char"
                                                          {1003, 19},    // name
                                                          {1005, 21},    // int2
                                                          {1007, 23},    // int4
                                                          {1009, 25},    // text
                                                          {1014, 1042},  // bpchar
                                                          {1015, 1043},  // varchar
                                                          {1016, 20},    // int8
                                                          {1021, 700},   // float4
                                                          {1022, 701},   // float8
                                                          {1028, 26},    // oid
                                                          {1040, 829},   // macaddr
                                                          {1041, 869},   // inet
                                                          {1115, 1114},  // timestamp
                                                          {1182, 1082},  // date
                                                          {1183, 1083},  // time
                                                          {1185, 1184},  // timestamptz
                                                          {1187, 1186},  // interval
                                                          {1231, 1700},  // numeric
                                                          {1270, 1266},  // timetz
                                                          {2951, 2950},  // uuid
                                                          {3643, 3614},  // tsvector
                                                          {3807, 3802},  // jsonb
                                                          {3905, 3904},  // int4range
                                                          {3907, 3906},  // numrange
                                                          {3909, 3908},  // tsrange
                                                          {3911, 3910},  // tstzrange
                                                          {3913, 3912},  // daterange
                                                          {3927, 3926}}; // int8range
    const auto *const found =
        std::ranges::find(arrays, typeOid, &std::pair<quint32, quint32>::first);
    return found == std::end(arrays) ? std::nullopt : std::optional(typeClass(found->second));
}

} // namespace rows
