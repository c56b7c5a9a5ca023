// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/cuts.h"

#include "query/writer.h"
#include "schema/typename.h"
#include "sql/identifier.h"

#include <QSet>

#include <algorithm>

namespace query
{

namespace
{
using Way = Cut::Way;

/// The type's name without its modifier: timestamp(3) with time zone → timestamp with time zone.
QString bareType(QString type)
{
    if (const qsizetype open = type.indexOf(u'('); open >= 0)
        type.remove(open, type.indexOf(u')') - open + 1);
    return type;
}

/// varchar(40) → 40; -1 without one.
qint64 modifierOf(const QString &type)
{
    const qsizetype open = type.indexOf(u'(');
    bool isNumber = false;
    const qint64 number =
        type.mid(open + 1, type.indexOf(u')') - open - 1).trimmed().toLongLong(&isNumber);
    return open >= 0 && isNumber ? number : -1;
}

/// Types whose values are never long, in their canonical spelling.
bool isShort(const QString &type)
{
    static const QSet<QString> types = [] {
        constexpr const char *names =
            "smallint,integer,bigint,oid,boolean,uuid,date,time,time with time zone,timestamp,"
            "timestamp with time zone,interval,inet,cidr,macaddr,macaddr8,money,real,"
            "double precision,numeric,\"char\",name,point,line,lseg,box,circle,pg_lsn,xid,xid8,cid,"
            "tid,regclass,regtype,regproc,regprocedure,regrole,regnamespace,int4range,int8range,"
            "numrange,daterange,tsrange,tstzrange";
        const QStringList list = QString::fromLatin1(names).split(u',');
        return QSet<QString>(list.begin(), list.end());
    }();
    return types.contains(type);
}

const Cut *cutOf(const Select &select, const ColumnRef &column)
{
    const auto found =
        std::ranges::find_if(select.cuts, [&](const Cut &cut) { return cut.column == column; });
    return found == select.cuts.end() ? nullptr : &*found;
}

/// What the server prints: a cast to text prints some types otherwise.
QString printed(const QString &column)
{
    return QStringLiteral("pg_catalog.concat(%1)").arg(column);
}

/// The name under which the text of a column is at hand, printed.
QString printedName(qsizetype column)
{
    return QStringLiteral("sluice_printed_%1").arg(column);
}

/// The cases of a value that does not come whole, each of which stands before THEN.
struct Cases {
    QString value;   ///< as a whole
    QString stored;  ///< what kept of it takes too much room to be printed; may be empty
    QString size;    ///< in bytes
    QString shorter; ///< the beginning
};

Cases casesOf(const Select &select, qsizetype column, Way way, const QString &page)
{
    Cases cases{.value = sql::identifier(page, select.columns.at(column).column)};
    if (way == Way::Printed) {
        cases.stored = QStringLiteral("pg_catalog.pg_column_size(%1)").arg(cases.value);
        cases.value = sql::identifier(page, printedName(column));
    }
    cases.size = QStringLiteral("pg_catalog.octet_length(%1)").arg(cases.value);
    cases.shorter = (way == Way::Bytes ? QStringLiteral("pg_catalog.substring(%1, 1, %2)")
                                       : QStringLiteral("pg_catalog.\"left\"(%1, %2)"))
                        .arg(cases.value, QString::number(keptOfCut));
    return cases;
}

QString choice(const Cases &cases, const QString &whenStored, const QString &whenLong,
               const QString &otherwise)
{
    // All at once: a column's name may look like a place.
    const auto when = [](const QString &size, qint64 most, const QString &then) {
        return QStringLiteral(" WHEN %1 > %2 THEN %3").arg(size, QString::number(most), then);
    };
    QString text = QStringLiteral("CASE");
    if (!cases.stored.isEmpty())
        text += when(cases.stored, mostPrinted, whenStored);
    text += when(cases.size, mostUncut, whenLong);
    if (!otherwise.isEmpty())
        text += QStringLiteral(" ELSE ") + otherwise;
    return text + QStringLiteral(" END");
}

QString digest(const QString &column)
{
    return QStringLiteral("CASE WHEN pg_catalog.num_nulls(%1) = 0 THEN "
                          "pg_catalog.md5(%2 COLLATE \"C\") END")
        .arg(column, printed(column));
}

/// The texts of \a parts that are not NULL with blanks between them. The server takes a hundred
/// arguments at most.
QString joined(const QStringList &parts)
{
    constexpr qsizetype most = 90;
    QStringList lists;
    for (qsizetype i = 0; i < parts.size(); i += most)
        lists << QStringLiteral("pg_catalog.concat_ws(' ', %1)")
                     .arg(parts.mid(i, most).join(QStringLiteral(",\n    ")));
    return lists.join(QStringLiteral(" || ' ' || "));
}
} // namespace

std::optional<Way> cutWay(const schema::Column &column, const schema::Database &database)
{
    const QString type = schema::canonicalType(column.type);
    if (!column.typeSchema.isEmpty()) {
        const bool isPublic = column.typeSchema == QLatin1String("public");
        const schema::Name name{isPublic ? QString() : column.typeSchema, column.type};
        return database.enumType(name) ? std::nullopt : std::optional(Way::Printed);
    }
    if (type.endsWith(u']'))
        return Way::Printed;
    const QString bare = bareType(type);
    const qint64 most = modifierOf(type); // characters of at most four bytes
    const bool fits = most > 0 && most * 4 <= mostUncut;
    const bool isVarying = bare == QLatin1String("varchar");
    if (isShort(bare) || (fits && (isVarying || bare == QLatin1String("char"))))
        return std::nullopt;
    if (isVarying || bare == QLatin1String("text"))
        return Way::Characters;
    if (bare == QLatin1String("bytea"))
        return Way::Bytes;
    return Way::Printed;
}

QList<Cut> cutsOf(const Select &page, const schema::Table &table, const schema::Database &database)
{
    QList<Cut> cuts;
    for (const schema::Column &column : table.columns) {
        const ColumnRef ref{page.from.alias, column.name};
        const auto refers = [&](const schema::ForeignKey &key) {
            return key.columns.contains(column.name);
        };
        if (!page.columns.contains(ref) || table.keyColumns().contains(column.name) ||
            std::ranges::any_of(table.foreignKeys, refers))
            continue;
        if (const std::optional<Way> way = cutWay(column, database))
            cuts << Cut{ref, *way};
    }
    return cuts;
}

CutSize cutSize(QByteArrayView sizes, qsizetype column)
{
    // Most rows have no cut values, and this is asked for each cell that is painted.
    for (qsizetype at = 0; at < sizes.size();) {
        qsizetype end = at;
        while (end < sizes.size() && sizes.at(end) != ' ')
            ++end;
        const QByteArray entry = QByteArray::fromRawData(sizes.data() + at, end - at);
        const qsizetype colon = entry.indexOf(':');
        if (colon > 0 && entry.left(colon).toLongLong() == column) {
            const QByteArray size = entry.mid(colon + 1);
            const bool isStored = size.startsWith('~');
            return {size.mid(isStored ? 1 : 0).toLongLong(), isStored};
        }
        at = end + 1;
    }
    return {};
}

Select wholeOf(const Select &page, const Among &rows, const QList<ColumnRef> &columns,
               std::optional<Way> way)
{
    Select select{.from = page.from, .joins = {}, .columns = rows.columns + columns, .filters = {}};
    select.among = rows;
    if (!way)
        return select;
    for (const ColumnRef &column : columns)
        select.cuts << Cut{column, *way};
    return select;
}

QStringList cutColumns(const Select &select, const QString &page)
{
    QStringList items, sizes;
    for (qsizetype i = 0; i < select.columns.size(); ++i) {
        const ColumnRef &column = select.columns.at(i);
        const Cut *cut = cutOf(select, column);
        const QString whole = sql::identifier(page, column.column);
        const QString as = QStringLiteral(" AS ") + sql::identifier(column.column);
        if (!cut) {
            items << whole;
        } else if (cut->way == Way::Digest) {
            items << digest(whole) + as;
        } else {
            const Cases cases = casesOf(select, i, cut->way, page);
            const auto size = [i](const char *sign, const QString &bytes) {
                return QStringLiteral("pg_catalog.concat('%1:%2', %3)")
                    .arg(i)
                    .arg(QLatin1String(sign), bytes);
            };
            items << choice(cases, QStringLiteral("''"), cases.shorter, cases.value) + as;
            sizes << choice(cases, size("~", cases.stored), size("", cases.size), {});
        }
    }
    if (!sizes.isEmpty())
        items << joined(sizes) + QStringLiteral(" AS ") + sql::identifier(sizesColumn);
    return items;
}

QStringList printedColumns(const Select &select, const QString &page)
{
    QStringList items;
    for (qsizetype i = 0; i < select.columns.size(); ++i) {
        const Cut *cut = cutOf(select, select.columns.at(i));
        if (!cut || cut->way != Way::Printed)
            continue;
        const QString whole = sql::identifier(page, cut->column.column);
        items << QStringLiteral("CASE WHEN pg_catalog.pg_column_size(%1) <= %2 THEN %3 END AS %4")
                     .arg(whole, QString::number(mostPrinted), printed(whole),
                          sql::identifier(printedName(i)));
    }
    return items;
}

} // namespace query
