// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/importmapping.h"

#include "session/text.h"
#include "tenant/condition.h"
#include "tenant/schemas.h"

#include <QFile>
#include <QtConcurrent>

#include <algorithm>

namespace session
{

using base::Error;
using base::ErrorKind;
using base::Result;

namespace
{
/// What is left of a name when people write it differently.
QString plain(const QString &name)
{
    QString plain;
    for (const QChar c : name.trimmed().toCaseFolded()) {
        if (c != u'_' && c != u'-' && c != u' ')
            plain += c;
    }
    return plain;
}

QStringList titlesOf(const rows::CsvRecord &record, bool hasTitles)
{
    QStringList titles;
    for (const auto &field : record.fields)
        titles << (hasTitles ? QString::fromUtf8(field.value_or(QByteArrayView()))
                             : QString::number(titles.size() + 1));
    return titles;
}

Error notMapped(const QString &table, const QString &why, const QString &hint)
{
    return {.kind = ErrorKind::InvalidInput,
            .text = Text::tr("The file's columns do not fit the table's"),
            .where = table,
            .detail = why,
            .hint = hint};
}

bool isByDefault(const schema::Column &column)
{
    return column.identity && column.identity->kind == schema::Identity::Kind::ByDefault;
}

/// Why nothing is ever written to \a column; an identity BY DEFAULT takes what is asked for.
std::optional<QString> whyClosed(const schema::Column &column)
{
    return isByDefault(column) ? std::nullopt : edits::whyFixed(column);
}
} // namespace

Result<ImportPreview> previewOf(const ImportFile &file, qsizetype most)
{
    QFile device(file.path);
    if (!device.exists())
        return Error{.kind = ErrorKind::NotFound,
                     .text = Text::tr("The file is not there"),
                     .where = file.path};
    if (!device.open(QIODevice::ReadOnly))
        return Error{.kind = ErrorKind::Io,
                     .text = Text::tr("The file cannot be read"),
                     .where = file.path,
                     .detail = device.errorString()};
    rows::CsvReader reader(device, file.format);
    rows::CsvRecord record;
    ImportPreview preview;
    while (preview.titles.isEmpty() || preview.rows.size() < most) {
        const Result<bool> more = reader.next(record);
        if (!more)
            return more.error();
        if (!*more)
            break;
        const bool isFirst = preview.titles.isEmpty();
        if (isFirst && !record.fault.isEmpty())
            return Error{.kind = ErrorKind::InvalidInput,
                         .text = Text::tr("The file's first row cannot be read"),
                         .where = file.path,
                         .detail = record.fault};
        if (isFirst)
            preview.titles = titlesOf(record, file.format.hasTitles);
        if (isFirst && file.format.hasTitles)
            continue;
        if (!record.fault.isEmpty()) {
            preview.faults << Text::tr("line %1: %2").arg(record.line).arg(record.fault);
            continue;
        }
        QList<sql::Parameter> cells;
        for (const auto &field : record.fields)
            cells << (field ? sql::Parameter(QByteArray("") + field->toByteArray())
                            : sql::Parameter());
        preview.rows << cells;
    }
    if (preview.titles.isEmpty())
        return Error{.kind = ErrorKind::InvalidInput,
                     .text = Text::tr("There is nothing in the file"),
                     .where = file.path};
    preview.delimiter = reader.delimiter();
    return preview;
}

QFuture<Result<ImportPreview>> readPreview(const ImportFile &file, qsizetype most)
{
    return QtConcurrent::run([file, most] { return previewOf(file, most); });
}

ImportMapping mappingByName(const QStringList &titles, const schema::Table &live,
                            const schema::Table *code)
{
    // The property of a column in the code; it may have got another name than the column's.
    const auto property = [code](const QString &column) {
        const schema::Column *declared = code ? code->column(column) : nullptr;
        return declared ? declared->origin.name : QString();
    };
    const auto find = [&](const auto &fits) {
        const auto it = std::ranges::find_if(live.columns, fits);
        return it == live.columns.end() ? nullptr : &*it;
    };
    ImportMapping mapping;
    for (const QString &title : titles) {
        const schema::Column *found = find([&](const auto &c) { return c.name == title; });
        if (!found)
            found = find([&](const auto &c) { return property(c.name) == title; });
        if (!found)
            found = find([&](const auto &c) { return plain(c.name) == plain(title); });
        if (!found)
            found = find([&](const auto &c) {
                return !property(c.name).isEmpty() && plain(property(c.name)) == plain(title);
            });
        const bool isTwice = found && mapping.columns.contains(found->name);
        const std::optional<QString> fixed = found ? edits::whyFixed(*found) : std::nullopt;
        mapping.columns << (!found || isTwice || fixed ? QString() : found->name);
        mapping.notes << (isTwice ? Text::tr("another column of the file fills %1").arg(found->name)
                                  : fixed.value_or(QString()));
    }
    return mapping;
}

std::optional<Error> whyNotImported(const schema::Table &table, const edits::Reach &reach)
{
    if (reach.tenant.isEmpty())
        return std::nullopt;
    const tenant::Scoping scoping = reach.classification.tables.value(table.name).scoping;
    const tenant::Standing stands =
        tenant::standing(table.name, reach.classification, reach.tenant);
    const bool isForeign = scoping == tenant::Scoping::BySchema &&
                           tenant::isForeign(table.name, reach.classification, reach.tenant.tenant);
    if (stands == tenant::Standing::Own && !isForeign)
        return std::nullopt;
    const bool isWhole = stands != tenant::Standing::None && !isForeign;
    return Error{
        .kind = ErrorKind::Refused,
        .text =
            Text::tr("Nothing can be imported into %1 for one tenant").arg(table.name.qualified()),
        .detail = isWhole ? Text::tr("its rows are those of the tenant as a whole")
                  : scoping == tenant::Scoping::Global
                      ? Text::tr("its rows are the same for all tenants")
                  : scoping == tenant::Scoping::BySchema
                      ? Text::tr("it does not lie in the schema of the chosen tenant")
                      : Text::tr("nothing says whose its rows are"),
        .hint = isWhole ? Text::tr("choose the whole tenant for it")
                        : Text::tr("choose all tenants for it")};
}

QStringList tenantColumns(const schema::Table &table, const edits::Reach &reach)
{
    QStringList names;
    for (const edits::CellEdit &cell : edits::tenantCells(table.name, reach)) {
        if (table.column(cell.column))
            names << cell.column;
    }
    return names;
}

Result<base::Done> examine(const QStringList &columns, const schema::Table &live,
                           const edits::Reach &reach)
{
    const QString name = live.name.qualified();
    QStringList given;
    for (const QString &mapped : columns) {
        if (mapped.isEmpty())
            continue;
        const schema::Column *column = live.column(mapped);
        if (!column)
            return notMapped(name, Text::tr("the table has no column '%1'").arg(mapped), {});
        if (given.contains(mapped))
            return notMapped(name, Text::tr("two columns fill %1").arg(mapped),
                             Text::tr("leave one of them out"));
        if (const std::optional<QString> closed = whyClosed(*column))
            return notMapped(name, *closed, Text::tr("leave the column out"));
        given << mapped;
    }
    if (given.isEmpty())
        return notMapped(name, Text::tr("no column of the file fills one of the table"),
                         Text::tr("say which column fills which"));
    given << tenantColumns(live, reach);
    QStringList missing;
    QString hint = Text::tr("say which column of the file fills it");
    for (const schema::Column &column : live.columns) {
        const bool isFilled = column.defaultValue || column.generated || column.identity;
        if ((column.notNull || live.keyColumns().contains(column.name)) && !isFilled &&
            !given.contains(column.name))
            missing << column.name;
    }
    if (missing.isEmpty())
        return base::Done{};
    return notMapped(
        name,
        Text::tr("%1 takes no NULL, has no default in the database, and the file does not fill it")
            .arg(missing.join(QStringLiteral(", "))),
        hint);
}

QStringList conflictKey(const schema::Table &table, const QStringList &columns,
                        const edits::Reach &reach)
{
    QList<QStringList> keys{table.keyColumns()};
    for (const schema::Unique &unique : table.uniques)
        keys << unique.columns;
    for (const schema::Index &index : table.indexes) {
        const bool isPlain =
            std::ranges::none_of(index.columns, &schema::IndexColumn::isExpression);
        if (!index.isUnique || !isPlain || !index.where.isEmpty() || index.invalid)
            continue;
        QStringList names;
        for (const schema::IndexColumn &column : index.columns)
            names << column.expression;
        keys << names;
    }
    const QStringList filled = tenantColumns(table, reach);
    for (const QStringList &key : std::as_const(keys)) {
        const bool isGiven = !key.isEmpty() && std::ranges::all_of(key, [&](const QString &name) {
            return columns.contains(name) || filled.contains(name);
        });
        if (isGiven)
            return key;
    }
    return {};
}

} // namespace session
