// SPDX-License-Identifier: GPL-3.0-or-later
#include "edits/statements.h"

#include "edits/match.h"
#include "edits/order.h"
#include "edits/shortened.h"
#include "edits/text.h"
#include "sql/identifier.h"
#include "tenant/condition.h"
#include "tenant/schemas.h"

namespace edits
{

using base::Error;
using base::ErrorKind;
using base::Result;

namespace
{

const QString row = QStringLiteral("r");

Error refused(const QString &where, const QString &detail, const QString &hint)
{
    return {.kind = ErrorKind::Refused,
            .text = Text::tr("The staged edits cannot be written"),
            .where = where,
            .detail = detail,
            .hint = hint};
}

QString columnOf(const QString &column)
{
    return row + u'.' + sql::identifier(column);
}

/// A statement in the making: as it is sent and as it is read.
class StatementText
{
public:
    void add(const QString &text)
    {
        m_statement.text += text;
        m_readable += text;
    }
    /// What is sent, and what people would write there.
    void addSent(const QString &text, const QString &readable)
    {
        m_statement.text += text;
        m_readable += readable;
    }
    /// The place of \a value; in the text to be read stands what people would write there.
    void add(const QString &before, const sql::Parameter &value, const QString &behind)
    {
        m_statement.parameters << value;
        m_statement.text +=
            before + QStringLiteral("$%1").arg(m_statement.parameters.size()) + behind;
        m_readable += before + literalOf(value) + behind;
    }
    void addMatch(const schema::Column &column, const OldValue &value)
    {
        const QString name = columnOf(column.name);
        const Matching matching = matchingOf(column);
        if (!value.text) {
            m_statement.text += matches(name, matching, value, {});
            m_readable +=
                value.isUnknown ? QStringLiteral("true") : name + QStringLiteral(" IS NULL");
            return;
        }
        m_statement.parameters << value.text;
        m_statement.text += matches(name, matching, value,
                                    QStringLiteral("$%1").arg(m_statement.parameters.size()));
        m_readable += value.isDigest
                          ? QStringLiteral("md5(%1::text) = %2").arg(name, literalOf(value.text))
                          : name + QStringLiteral(" = ") + literalOf(value.text);
    }
    void addTenant(const schema::Name &table, const Reach &reach)
    {
        const QString inner = QStringLiteral("p");
        tenant::Conditions conditions(reach.classification, reach.tenant, m_statement.parameters);
        m_statement.text += conditions.of(table, row, inner);
        m_statement.parameters = conditions.parameters();
        m_readable +=
            tenant::readableCondition(table, reach.classification, reach.tenant, row, inner);
    }
    sql::Statement statement() const { return m_statement; }
    QString readable() const { return m_readable; }

private:
    static QString literalOf(const sql::Parameter &value)
    {
        constexpr qsizetype longest = 400;
        if (!value)
            return QStringLiteral("NULL");
        const QString text = QString::fromUtf8(*value);
        if (text.size() <= longest)
            return sql::literal(text);
        return sql::literal(text.left(longest) + QChar(0x2026)) +
               QStringLiteral(" /* %1 */").arg(Text::tr("%1 characters").arg(text.size()));
    }

    sql::Statement m_statement;
    QString m_readable;
};

bool isScoped(const Reach &reach)
{
    return !reach.tenant.isEmpty();
}

QString nestedColumn(const Reach &reach)
{
    return reach.classification.nested ? reach.classification.nested->column : QString();
}

/// WHERE: the row's key, what it held, whose it is.
void addCondition(StatementText &text, const RowEdit &edit, const schema::Table &table,
                  const Reach &reach)
{
    text.add(QStringLiteral("\nWHERE "));
    for (qsizetype i = 0; i < edit.id.keyColumns.size(); ++i)
        text.add((i > 0 ? QStringLiteral(" AND ") : QString()) +
                     columnOf(edit.id.keyColumns.at(i)) + QStringLiteral(" = "),
                 edit.id.key.value(i), {});
    const auto match = [&](const QString &name, const OldValue &value) {
        const schema::Column *column = table.column(name);
        if (!column || value.isUnknown || edit.id.keyColumns.contains(name))
            return; // the key itself says it
        text.add(QStringLiteral("\n  AND "));
        text.addMatch(*column, value);
    };
    if (edit.kind == RowEdit::Kind::Delete) {
        for (const SeenField &field : edit.seen)
            match(field.column, field.value);
    } else {
        for (const CellEdit &cell : edit.cells)
            match(cell.column, cell.before);
    }
    if (isScoped(reach)) {
        text.add(QStringLiteral("\n  AND "));
        text.addTenant(table.name, reach);
    }
}

void addValue(StatementText &text, const QString &before, const NewValue &value)
{
    if (value.kind == NewValue::Kind::Default)
        text.add(before + QStringLiteral("DEFAULT"));
    else
        text.add(before,
                 value.kind == NewValue::Kind::Value ? sql::Parameter(value.text)
                                                     : sql::Parameter(),
                 {});
}

void addUpdate(StatementText &text, const RowEdit &edit, const schema::Table &table,
               const Reach &reach)
{
    text.add(QStringLiteral("UPDATE %1 AS r\nSET ").arg(tenant::qualifiedName(table.name)));
    QString comma;
    for (const CellEdit &cell : edit.cells) {
        addValue(text, comma + sql::identifier(cell.column) + QStringLiteral(" = "), cell.after);
        comma = QStringLiteral(",\n    ");
    }
    addCondition(text, edit, table, reach);
}

void addInsert(StatementText &text, const RowEdit &edit, const schema::Table &table)
{
    text.add(QStringLiteral("INSERT INTO %1 AS r").arg(tenant::qualifiedName(table.name)));
    if (edit.cells.isEmpty()) {
        text.add(QStringLiteral(" DEFAULT VALUES"));
        return;
    }
    QStringList names;
    for (const CellEdit &cell : edit.cells)
        names << sql::identifier(cell.column);
    text.add(QStringLiteral(" (%1)").arg(names.join(QStringLiteral(", "))));
    // The identity that a row had is given back to it.
    text.add(edit.restores ? QStringLiteral(" OVERRIDING SYSTEM VALUE\nVALUES (")
                           : QStringLiteral("\nVALUES ("));
    QString comma;
    for (const CellEdit &cell : edit.cells) {
        addValue(text, comma, cell.after);
        comma = QStringLiteral(", ");
    }
    text.add(QStringLiteral(")"));
}

/// What it takes to stage the write back: to know the row again, and to see whether somebody else
/// has written since. A deleted row comes whole, however long its values are: it is made anew of
/// them, and nobody has them any more.
void addReturning(StatementText &text, const RowEdit &edit, const schema::Table &table)
{
    if (edit.kind == RowEdit::Kind::Delete) {
        text.add(QStringLiteral("\nRETURNING r.*"));
        return;
    }
    Shortened values;
    QStringList items, names;
    for (const schema::Column &column : table.columns) {
        const bool isKey = editKey(table).contains(column.name);
        if (edit.kind == RowEdit::Kind::Update && !isKey && !edit.cell(column.name))
            continue;
        names << columnOf(column.name);
        items << (isKey ? values.addWhole(column) : values.add(column));
    }
    items << values.digests();
    text.addSent(QStringLiteral("\nRETURNING ") + items.join(QStringLiteral(",\n    ")),
                 QStringLiteral("\nRETURNING ") + names.join(QStringLiteral(", ")));
}

std::optional<Error> refusalOf(const RowEdit &edit, const schema::Table &table, const Reach &reach)
{
    if (const std::optional<Error> closed = whyClosed(table, reach))
        return closed;
    if (!edit.id.isNew() && edit.id.keyColumns != editKey(table))
        return refused(edit.id.text(), Text::tr("the table has another key by now"),
                       Text::tr("discard the change and make it again"));
    if (isScoped(reach) && !edit.tenant.isEmpty() && edit.tenant.tenant != reach.tenant.tenant)
        return refused(edit.id.text(),
                       Text::tr("it was staged in another tenant, %1")
                           .arg(reach.names.value(edit.tenant.tenant, edit.tenant.tenant)),
                       Text::tr("choose that tenant again, or all tenants"));
    if (!reach.tenant.nested.isEmpty() && !edit.tenant.nested.isEmpty() &&
        edit.tenant.nested != reach.tenant.nested)
        return refused(
            edit.id.text(),
            Text::tr("it was staged in the %1 %2").arg(nestedColumn(reach), edit.tenant.nested),
            Text::tr("choose that one again, or the whole tenant"));
    if (edit.kind == RowEdit::Kind::Delete)
        return std::nullopt;
    for (const CellEdit &cell : edit.cells) {
        const schema::Column *column = table.column(cell.column);
        if (!column)
            return refused(edit.id.text(),
                           Text::tr("the table has no column %1 any more").arg(cell.column),
                           Text::tr("discard the change"));
        const bool isGivenBack = edit.restores && !column->generated;
        if (const std::optional<QString> fixed = whyFixed(*column); fixed && !isGivenBack)
            return refused(edit.id.text(), *fixed, Text::tr("discard the change"));
        if (const auto foreign = whyForeign(table.name, cell.column, cell.after, reach))
            return foreign;
    }
    return std::nullopt;
}

/// Columns of a new row that must be given and are not.
QStringList missingOf(const RowEdit &edit, const schema::Table &table)
{
    QStringList missing;
    for (const schema::Column &column : table.columns) {
        const bool isFilled = column.defaultValue || column.generated || column.identity;
        const bool isNeeded = column.notNull || table.keyColumns().contains(column.name);
        const CellEdit *cell = edit.cell(column.name);
        if (isNeeded && (cell ? cell->after.kind == NewValue::Kind::Null : !isFilled))
            missing << column.name;
    }
    return missing;
}

Result<const schema::Table *> tableOf(const RowEdit &edit, const schema::Database &live)
{
    const schema::Table *table = live.table(edit.id.table);
    if (!table)
        return refused(edit.id.text(), Text::tr("the table is not in the database"),
                       Text::tr("discard the change"));
    return table;
}

Result<Write> writeOf(const RowEdit &edit, const schema::Database &live, const Reach &reach)
{
    const Result<const schema::Table *> found = tableOf(edit, live);
    if (!found)
        return found.error();
    const schema::Table &table = **found;
    if (const std::optional<Error> error = refusalOf(edit, table, reach))
        return *error;
    StatementText text;
    switch (edit.kind) {
    case RowEdit::Kind::Update:
        addUpdate(text, edit, table, reach);
        break;
    case RowEdit::Kind::Insert:
        if (const QStringList missing = missingOf(edit, table); !missing.isEmpty())
            return refused(
                edit.id.text(),
                Text::tr("a value is needed for %1").arg(missing.join(QStringLiteral(", "))),
                Text::tr("give it, or discard the row"));
        addInsert(text, edit, table);
        break;
    case RowEdit::Kind::Delete:
        text.add(QStringLiteral("DELETE FROM %1 AS r").arg(tenant::qualifiedName(table.name)));
        addCondition(text, edit, table, reach);
        break;
    }
    addReturning(text, edit, table);
    return Write{.edit = edit, .statement = text.statement(), .readable = text.readable()};
}

} // namespace

std::optional<QString> whyFixed(const schema::Column &column)
{
    if (column.generated)
        return Text::tr("%1 is generated: the server computes it").arg(column.name);
    if (column.identity)
        return Text::tr("%1 is an identity: the server counts it").arg(column.name);
    return std::nullopt;
}

std::optional<Error> whyClosed(const schema::Table &table, const Reach &reach)
{
    if (editKey(table).isEmpty())
        return refused(table.name.qualified(),
                       Text::tr("the table has neither a primary key nor a unique one that is NOT "
                                "NULL: its rows cannot be told apart"),
                       Text::tr("give it a primary key"));
    if (!isScoped(reach))
        return std::nullopt;
    const tenant::Scoping scoping = reach.classification.tables.value(table.name).scoping;
    if (scoping == tenant::Scoping::Global)
        return refused(table.name.qualified(), Text::tr("its rows are the same for all tenants"),
                       Text::tr("choose all tenants to change them"));
    const QStringList &unlisted = reach.classification.unlisted;
    if (unlisted.contains(table.name.schema) &&
        tenant::isForeign(table.name, reach.classification, reach.tenant.tenant))
        return refused(
            table.name.qualified(),
            Text::tr("nobody said whether the schema %1 is a tenant's").arg(table.name.schema),
            Text::tr("add it to \"schemas\" in sluice.json, or say of the table that it "
                     "is the same for every tenant"));
    if (tenant::isForeign(table.name, reach.classification, reach.tenant.tenant))
        return refused(table.name.qualified(),
                       Text::tr("it does not lie in the schema of the chosen tenant"),
                       Text::tr("choose the tenant whose schema it is"));
    if (scoping == tenant::Scoping::Unscoped && reach.classification.column.isEmpty())
        return refused(table.name.qualified(), Text::tr("nothing says whose its rows are"),
                       Text::tr("choose all tenants to change them"));
    if (scoping == tenant::Scoping::Unscoped)
        return refused(table.name.qualified(),
                       Text::tr("nothing says whose its rows are: no %1 and no path to one")
                           .arg(reach.classification.column),
                       Text::tr("choose all tenants to change them"));
    if (tenant::standing(table.name, reach.classification, reach.tenant) != tenant::Standing::Own)
        return refused(table.name.qualified(),
                       Text::tr("its rows are those of the tenant as a whole, not of one %1")
                           .arg(nestedColumn(reach)),
                       Text::tr("choose the whole tenant to change them"));
    return std::nullopt;
}

QList<CellEdit> tenantCells(const schema::Name &table, const Reach &reach)
{
    QList<CellEdit> cells;
    const auto add = [&](const tenant::TableScope &scope, const QString &id) {
        if (!id.isEmpty() && scope.scoping == tenant::Scoping::Direct)
            cells << CellEdit{scope.column, {}, NewValue::of(sql::parameter(id))};
    };
    add(reach.classification.tables.value(table), reach.tenant.tenant);
    if (reach.classification.nested)
        add(reach.classification.nested->tables.value(table), reach.tenant.nested);
    return cells;
}

std::optional<Error> whyForeign(const schema::Name &table, const QString &column,
                                const NewValue &value, const Reach &reach)
{
    const QList<CellEdit> cells = tenantCells(table, reach);
    const auto own = std::ranges::find(cells, column, &CellEdit::column);
    if (own == cells.cend() || own->after == value)
        return std::nullopt;
    const QString where = table.qualified() + u'.' + column;
    // The tenant's own column comes first.
    if (column == reach.classification.tables.value(table).column)
        return refused(where, Text::tr("the row would not belong to the chosen tenant any more"),
                       Text::tr("choose all tenants to move a row"));
    return refused(
        where,
        Text::tr("the row would not belong to the chosen %1 any more").arg(nestedColumn(reach)),
        Text::tr("choose the whole tenant to move a row"));
}

Result<QList<Write>> writesOf(const Staged &staged, const schema::Database &live,
                              const Reach &reach)
{
    const Result<QList<qsizetype>> order = writingOrder(staged.rows, live);
    if (!order)
        return order.error();
    QList<Write> writes;
    for (const qsizetype i : *order) {
        const Result<Write> write = writeOf(staged.rows.at(i), live, reach);
        if (!write)
            return write.error();
        writes << *write;
    }
    return writes;
}

Result<sql::Statement> lookAgain(const RowEdit &edit, const schema::Database &live,
                                 const Reach &reach, As as)
{
    const Result<const schema::Table *> found = tableOf(edit, live);
    if (!found)
        return found.error();
    StatementText text;
    text.add(QStringLiteral("SELECT "));
    Shortened values;
    const auto column = [&](const QString &name, const OldValue &value) {
        const schema::Column *known = (*found)->column(name);
        if (!known)
            return;
        text.add((as == As::Whole ? columnOf(name) : values.add(*known)) + QStringLiteral(", "));
        text.addMatch(*known, value);
        text.add(QStringLiteral(",\n    "));
    };
    if (edit.kind == RowEdit::Kind::Delete) {
        for (const SeenField &field : edit.seen)
            column(field.column, field.value);
    } else {
        for (const CellEdit &cell : edit.cells)
            column(cell.column, cell.before);
    }
    text.add(QStringLiteral("%1\nFROM %2 AS r")
                 .arg(as == As::Whole
                          ? QStringLiteral("1")
                          : values.digests() + QStringLiteral(",\n    ") + values.beginnings(),
                      tenant::qualifiedName((*found)->name)));
    RowEdit keyOnly = edit;
    keyOnly.cells.clear();
    keyOnly.seen.clear();
    addCondition(text, keyOnly, **found, reach);
    return text.statement();
}

} // namespace edits
