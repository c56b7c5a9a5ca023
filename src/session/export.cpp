// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/export.h"

#include "base/receive.h"
#include "load/catalog.h"
#include "query/paging.h"
#include "session/namedtable.h"
#include "session/scopedrun.h"
#include "session/server.h"
#include "session/tenantnames.h"
#include "session/tenantsettings.h"
#include "session/text.h"
#include "session/written.h"
#include "sql/identifier.h"
#include "tenant/schemas.h"

#include <QSaveFile>

#include <algorithm>

namespace session
{

using base::Done;
using base::Error;
using base::ErrorKind;
using base::Result;

namespace
{
constexpr qsizetype PieceSize = 1 << 18; // bytes: few writes, little memory

/// Gathers rows into pieces.
class Pieces
{
public:
    Pieces(const ExportSink &sink, ExportProgress *progress)
        : m_sink(sink)
        , m_progress(progress)
    {
        m_piece.reserve(PieceSize + PieceSize / 4);
    }
    QByteArray &piece() { return m_piece; }
    Result<Done> rowAdded(qint64 rows)
    {
        if (m_piece.size() < PieceSize)
            return Done{};
        return flush(rows);
    }
    Result<Done> flush(qint64 rows)
    {
        const Result<Done> taken = m_sink(m_piece);
        if (m_progress) {
            m_progress->rows = rows;
            m_progress->bytes += m_piece.size();
        }
        m_piece.resize(0);
        return taken;
    }

private:
    const ExportSink &m_sink;
    ExportProgress *m_progress;
    QByteArray m_piece;
};

/// One line of COPY's text form as cells, which point into \a line; what was escaped is put right
/// in its place. \N is NULL.
void splitLine(QByteArray &line, rows::RowWriter::Cells &cells)
{
    cells.clear();
    char *to = line.data();
    char *from = line.data();
    char *const end = line.data() + line.size();
    const auto unescaped = [](char c) {
        static constexpr std::pair<char, char> known[]{{'b', '\b'}, {'f', '\f'}, {'n', '\n'},
                                                       {'r', '\r'}, {'t', '\t'}, {'v', '\v'}};
        for (const auto &[letter, meant] : known) {
            if (letter == c)
                return meant;
        }
        return c;
    };
    while (true) {
        char *const begin = to;
        bool isNull = false;
        while (from != end && *from != '\t' && *from != '\n') {
            if (*from != '\\') {
                *to++ = *from++;
                continue;
            }
            ++from;
            isNull = *from == 'N';
            *to++ = unescaped(*from++);
        }
        cells << (isNull ? std::nullopt : std::optional(QByteArrayView(begin, to - begin)));
        if (from == end || *from == '\n')
            return;
        ++from;
        ++to; // what is written never overtakes what is read
    }
}

/// The statement of all rows, kept to the tenant.
Result<sql::Statement> exportStatement(pg::Transaction &transaction, const ExportRequest &request)
{
    query::Select select = request.select;
    select.limit.reset();
    select.after.reset();
    select.offset = 0;
    const WrittenScope scope{request.tenantId, request.classification};
    if (!isWritten(select, scope))
        return statementOf(select, &query::render, scope);
    const Result<ScopedQuery> written = writtenQuery(select, &query::render, scope);
    if (!written)
        return written.error();
    if (!request.tenantId)
        return sql::Statement{written->sql, written->parameters};
    // Fenced at once: what has been handed out cannot be taken back for a second try.
    const Result<tenant::Scoped> scoped =
        ScopedRun(transaction, *written).prepare(tenant::Fence::Fenced);
    if (!scoped)
        return scoped.error();
    return scoped->statement;
}

/// The columns as the server describes them, without a row.
Result<QList<rows::WrittenColumn>>
columnsOf(pg::Transaction &transaction, const sql::Statement &statement, const schema::Table &table)
{
    const Result<rows::Page> none = transaction.run(
        {QStringLiteral("SELECT * FROM (") + statement.text + QStringLiteral("\n) rows LIMIT 0"),
         statement.parameters});
    if (!none)
        return none.error();
    QList<rows::WrittenColumn> columns = rows::writtenColumns(*none);
    const QStringList computed = computedColumns(table);
    for (rows::WrittenColumn &column : columns) {
        column.isComputed = computed.contains(column.name);
        // The number of an array of the project's own type (an enum's) tells nothing.
        const schema::Column *declared = table.column(column.name);
        if (!column.elements && declared && !declared->typeSchema.isEmpty() &&
            declared->type.endsWith(QLatin1String("[]")))
            column.elements = rows::TypeClass::Text;
    }
    return columns;
}

/// The server writes CSV itself, just as we would.
Result<qint64> copyCsv(pg::Transaction &transaction, const sql::Statement &statement,
                       Pieces &pieces)
{
    qint64 rows = -1; // the names' line
    return transaction.copyOut(statement, pg::CopyForm::Csv, [&](QByteArrayView row) {
        pieces.piece() += row;
        return pieces.rowAdded(++rows);
    });
}

Result<qint64> copyWritten(pg::Transaction &transaction, const sql::Statement &statement,
                           const ExportRequest &request, Pieces &pieces)
{
    const Result<QList<rows::WrittenColumn>> columns =
        columnsOf(transaction, statement, request.table);
    if (!columns)
        return columns.error();
    rows::RowWriter writer(request.form, *columns, insertTarget(request.table));
    writer.begin(pieces.piece());
    QByteArray line;
    rows::RowWriter::Cells cells;
    const Result<qint64> copied =
        transaction.copyOut(statement, pg::CopyForm::Text, [&](QByteArrayView row) {
            line.resize(0);
            line += row;
            splitLine(line, cells);
            writer.add(cells, pieces.piece());
            return pieces.rowAdded(writer.rowCount());
        });
    if (copied)
        writer.end(pieces.piece());
    return copied;
}

Result<qint64> exported(pg::Transaction &transaction, const ExportRequest &request,
                        const ExportSink &sink, ExportProgress *progress)
{
    const Result<sql::Statement> statement = exportStatement(transaction, request);
    if (!statement)
        return statement.error();
    Pieces pieces(sink, progress);
    const Result<qint64> rows = request.form == rows::Form::Csv
                                    ? copyCsv(transaction, *statement, pieces)
                                    : copyWritten(transaction, *statement, request, pieces);
    if (!rows) {
        // As in the grid, an error quotes no value that may be another tenant's.
        const bool isFree = !request.tenantId ||
                            !isWritten(request.select, {request.tenantId, request.classification});
        return isFree ? rows.error() : withoutOthersValues(rows.error()).error();
    }
    if (const Result<Done> taken = pieces.flush(*rows); !taken)
        return taken.error();
    return rows;
}

/// An export takes as long as it takes.
std::shared_ptr<pg::Pool> patient(const pg::Pool &pool)
{
    return std::make_shared<pg::Pool>(pool.settings(), pg::Limits{.statementTimeout = 0}, 1);
}

Error fileError(const QSaveFile &file)
{
    return {.kind = ErrorKind::Io,
            .text = Text::tr("The file cannot be written"),
            .where = file.fileName(),
            .detail = file.errorString()};
}
} // namespace

rows::InsertTarget insertTarget(const schema::Table &table)
{
    const bool overrides = std::ranges::any_of(table.columns, [](const schema::Column &column) {
        return column.identity && column.identity->kind == schema::Identity::Kind::Always;
    });
    return {sql::identifier(table.name.schema, table.name.name), overrides};
}

QStringList computedColumns(const schema::Table &table)
{
    QStringList names;
    for (const schema::Column &column : table.columns) {
        if (column.generated)
            names << column.name;
    }
    return names;
}

QFuture<Result<qint64>> exportRows(const std::shared_ptr<pg::Pool> &pool,
                                   const ExportRequest &request, ExportSink sink,
                                   std::shared_ptr<ExportProgress> progress)
{
    const std::shared_ptr<pg::Pool> own = patient(*pool);
    // The work holds the pool, which nobody else does.
    return own->transact<qint64>(pg::Access::Read,
                                 [own, request, sink = std::move(sink),
                                  progress = std::move(progress)](pg::Transaction &transaction) {
                                     return exported(transaction, request, sink, progress.get());
                                 });
}

QFuture<Result<qint64>> exportFile(const std::shared_ptr<pg::Pool> &pool,
                                   const ExportRequest &request, const QString &path,
                                   std::shared_ptr<ExportProgress> progress)
{
    const std::shared_ptr<pg::Pool> own = patient(*pool);
    return own->transact<qint64>(
        pg::Access::Read,
        [own, request, path,
         progress = std::move(progress)](pg::Transaction &transaction) -> Result<qint64> {
            QSaveFile file(path); // a temporary one beside it, renamed by commit()
            if (!file.open(QIODevice::WriteOnly))
                return fileError(file);
            const ExportSink sink = [&file](const QByteArray &piece) -> Result<Done> {
                if (file.write(piece) != piece.size())
                    return fileError(file);
                return Done{};
            };
            const Result<qint64> rows = exported(transaction, request, sink, progress.get());
            if (!rows)
                return rows;
            if (transaction.cancelled())
                return Error{.kind = ErrorKind::Cancelled,
                             .text = Text::tr("The export was cancelled")};
            if (!file.commit())
                return fileError(file);
            return rows;
        });
}

namespace
{
/// All columns, by the key where there is one: the same rows give the same file.
query::Select wholeTable(const schema::Table &table)
{
    query::Select select = query::pageOf(table, table.name.name);
    const auto isPlace = [](const query::Sort &sort) {
        return sort.column.column == QLatin1String("ctid");
    };
    if (std::ranges::any_of(select.sorts, isPlace)) {
        select.sorts.clear();
        select.columns.removeLast();
    }
    return select;
}
} // namespace

Result<qint64> exportTable(const base::Installation &installation, const ExportOptions &options,
                           const ExportSink &sink, const std::shared_ptr<ExportProgress> &progress)
{
    const Result<Server> server = serverOf(installation, options.server, false);
    if (!server)
        return server.error();
    const Result<load::Catalog> catalog = base::await(load::catalog(server->pool, {}));
    if (!catalog)
        return catalog.error();
    const Result<tenant::Classification> classification = classified(*catalog, server->config.root);
    if (!classification)
        return classification.error();
    const Result<tenant::TenantId> id =
        options.tenant ? tenantId(*server->pool, *classification, *options.tenant)
                       : tenant::TenantId();
    if (!id)
        return id.error();
    const Result<schema::Table> table =
        namedTable(catalog->schema, options.table, *classification, id->tenant);
    if (!table)
        return table.error();
    ExportRequest request{.select = wholeTable(*table),
                          .table = *table,
                          .form = options.form,
                          .classification = *classification};
    if (!options.condition.isEmpty())
        request.select.written = {options.condition};
    if (options.tenant) {
        const auto scoping = request.classification.tables.value(table->name).scoping;
        if (tenant::isForeign(table->name, request.classification, id->tenant))
            return Error{.kind = ErrorKind::Refused,
                         .text = Text::tr("%1 does not lie in the schema of %2")
                                     .arg(table->name.qualified(), id->tenant),
                         .hint = Text::tr("leave the schema out, or name that tenant")};
        if (!request.classification.known() || scoping == tenant::Scoping::Unscoped)
            return Error{
                .kind = ErrorKind::Refused,
                .text =
                    Text::tr("Nothing says whose the rows of %1 are").arg(table->name.qualified()),
                .hint = Text::tr("export it with --unscoped")};
        request.tenantId = *id;
    }
    return base::await(exportRows(server->pool, request, sink, progress));
}

} // namespace session
