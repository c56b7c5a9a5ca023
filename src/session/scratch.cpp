// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/scratch.h"

#include "base/receive.h"
#include "load/cachefolder.h"
#include "load/catalog.h"
#include "migrate/defaults.h"
#include "migrate/objectstatements.h"
#include "migrate/statements.h"
#include "pg/pool.h"
#include "pg/serverprograms.h"
#include "schema/json.h"
#include "sql/identifier.h"

#include <QCryptographicHash>
#include <QRegularExpression>

namespace session
{

namespace
{
using base::Done;
using base::Result;

const QString scratchName = QStringLiteral("sluice_scratch"); // of the role and of its database

/// A statement of the scratch database and what it makes, for people.
struct Piece {
    QString statement;
    QString what;
};

class Pieces
{
public:
    Pieces(const schema::Database &part, const Ground &ground)
    {
        for (const QString &name : part.schemas)
            m_pieces << Piece{
                QStringLiteral("CREATE SCHEMA IF NOT EXISTS ") + sql::identifier(name), name};
        add(ground.extensions);
        addPath(ground.extensions);
        for (const schema::Enum &type : part.enums)
            m_pieces << Piece{migrate::createEnum(type), type.name.qualified()};
        add(ground.types);
        for (const schema::Table &table : part.tables)
            addColumns(table);
        for (const schema::Sequence &sequence : part.sequences) // a serial column has made its own
            m_pieces << Piece{QStringLiteral("CREATE SEQUENCE IF NOT EXISTS ") +
                                  migrate::tableSql(sequence.name),
                              sequence.name.qualified()};
        add(ground.functions);
        for (const schema::Table &table : part.tables)
            addGenerated(table);
        for (const schema::View &view : part.views)
            addView(view);
        for (const schema::Table &table : part.tables)
            addParts(table);
    }

    const QList<Piece> &list() const { return m_pieces; }

private:
    /// Where a host keeps extensions in a schema of their own, its databases find them by name.
    void addPath(const QList<Ground::Object> &extensions)
    {
        QStringList path{QStringLiteral("public")};
        for (const Ground::Object &extension : extensions) {
            if (!extension.name.schema.isEmpty() && extension.name.schema != path.first())
                path << sql::identifier(extension.name.schema);
        }
        path.removeDuplicates();
        if (path.size() > 1)
            m_pieces << Piece{QStringLiteral("SET LOCAL search_path = ") +
                                  path.join(QStringLiteral(", ")),
                              QStringLiteral("search_path")};
    }

    void add(const QList<Ground::Object> &objects)
    {
        for (const Ground::Object &object : objects)
            m_pieces << Piece{object.definition, object.name.qualified()};
    }

    /// All columns at once; one whose type the server does not know costs itself alone, then.
    void addColumns(const schema::Table &table)
    {
        schema::Table empty;
        empty.name = table.name;
        m_pieces << Piece{migrate::createTable(empty), table.name.qualified()};
        for (const schema::Column &column : table.columns) {
            schema::Column plain;
            plain.name = column.name;
            plain.type = column.type;
            plain.typeSchema = column.typeSchema;
            if (!column.generated)
                m_pieces << Piece{migrate::addColumn(table.name, plain),
                                  table.name.qualified() + u'.' + column.name};
        }
    }

    /// Behind the columns that they are made of, and before the views that show them.
    void addGenerated(const schema::Table &table)
    {
        for (schema::Column column : table.columns) {
            column.primaryKey = false;
            if (column.generated)
                m_pieces << Piece{migrate::addColumn(table.name, column),
                                  table.name.qualified() + u'.' + column.name};
        }
    }

    void addParts(const schema::Table &table)
    {
        const auto add = [&](const QString &statement, const QString &part) {
            m_pieces << Piece{statement, table.name.qualified() + u'.' + part};
        };
        for (const schema::Column &column : table.columns) {
            if (column.defaultValue)
                add(migrate::alterColumn(table.name, column.name,
                                         QStringLiteral("SET DEFAULT ") +
                                             migrate::defaultSql(column)),
                    column.name);
        }
        for (const schema::Check &check : table.checks)
            add(migrate::addCheck(table.name, check), check.name);
        for (const schema::Index &index : table.indexes)
            add(migrate::createIndex(table.name, index, false), index.name);
        for (schema::Policy policy : table.policies) {
            policy.roles = {QStringLiteral("public")};
            add(migrate::createPolicyOn(migrate::policyTable(table.name, policy), policy),
                policy.name);
        }
    }

    void addView(const schema::View &view)
    {
        const QString kind =
            view.materialized ? QStringLiteral("MATERIALIZED VIEW") : QStringLiteral("VIEW");
        m_pieces << Piece{QStringLiteral("CREATE %1 %2 AS %3%4")
                              .arg(kind, migrate::tableSql(view.name), view.definition,
                                   view.materialized ? QStringLiteral(" WITH NO DATA") : QString()),
                          view.name.qualified()};
    }

    QList<Piece> m_pieces;
};

/// Whether \a error is the server's judgement of a statement, and not a trouble that passes: no
/// room, too many connections, a lock, a time limit, a shutdown, a fault of its own.
bool isRefusal(const base::Error &error)
{
    static const QStringList passing{QStringLiteral("40"), QStringLiteral("53"),
                                     QStringLiteral("55"), QStringLiteral("57"),
                                     QStringLiteral("58"), QStringLiteral("XX")};
    return error.kind == base::ErrorKind::Server && !passing.contains(error.sqlState.left(2));
}

/// Makes the pieces in one transaction and reads them back; everything is rolled back by the pool.
class Reading
{
public:
    Reading(pg::Transaction &transaction, const QList<Piece> &pieces)
        : m_transaction(transaction)
        , m_pieces(pieces)
    {
    }

    Result<Scratch::ReadBack> run()
    {
        // Nearly always the server takes everything; only else each piece needs a savepoint.
        Result<Done> made = begin();
        for (const Piece &piece : m_pieces) {
            if (made)
                made = tell(piece.statement);
        }
        if (!made && isRefusal(made.error()))
            made = makeOneByOne();
        if (!made)
            return made.error();
        const Result<load::Catalog> catalog = load::readCatalog(m_transaction, {});
        if (!catalog)
            return catalog.error();
        return Scratch::ReadBack{catalog->schema, m_refused};
    }

private:
    Result<Done> tell(const QString &statement)
    {
        const Result<rows::Page> page = m_transaction.run({statement, {}});
        return page ? Result<Done>(Done{}) : Result<Done>(page.error());
    }

    Result<Done> begin()
    {
        // Others may be in here with tables of the same names, which would have to wait one by one.
        // What a function does is not looked at before it is called.
        return m_transaction.runScript(
            "BEGIN; SELECT pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtext('sluice'));"
            "SET LOCAL search_path = public; SET LOCAL client_min_messages = warning;"
            "SET LOCAL check_function_bodies = off");
    }

    Result<Done> makeOneByOne()
    {
        Result<Done> step = tell(QStringLiteral("ROLLBACK"));
        if (step)
            step = begin();
        for (const Piece &piece : m_pieces) {
            if (step)
                step = tell(QStringLiteral("SAVEPOINT piece"));
            if (!step)
                return step;
            const Result<Done> made = tell(piece.statement);
            if (!made && !isRefusal(made.error()))
                return made;
            if (!made)
                m_refused.append({piece.what, made.error().text});
            step =
                tell(made ? QStringLiteral("RELEASE piece") : QStringLiteral("ROLLBACK TO piece"));
        }
        return step;
    }

    pg::Transaction &m_transaction;
    const QList<Piece> &m_pieces;
    QList<Scratch::Refusal> m_refused;
};

Result<Done> makeRoleAndDatabase(pg::Transaction &connection, const QString &password)
{
    const auto tell = [&](const sql::Statement &statement) -> Result<Done> {
        const Result<rows::Page> page = connection.run(statement);
        return page ? Result<Done>(Done{}) : Result<Done>(page.error());
    };
    // A password is a parameter, never a part of a text that a log or an error could show.
    Result<Done> step = tell({QStringLiteral("SELECT set_config('sluice.password', $1, false)"),
                              {sql::parameter(password)}});
    if (step)
        step = connection.runScript("SELECT pg_advisory_xact_lock(hashtext('sluice_scratch'));"
                                    "DO $$ BEGIN"
                                    " IF to_regrole('sluice_scratch') IS NULL THEN"
                                    "  CREATE ROLE sluice_scratch; END IF;"
                                    " EXECUTE format('ALTER ROLE sluice_scratch LOGIN NOSUPERUSER "
                                    "NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD %L'"
                                    ", current_setting('sluice.password')); END $$;"
                                    "REVOKE CONNECT, TEMPORARY ON DATABASE postgres, template1"
                                    " FROM PUBLIC");
    if (!step)
        return step;
    const Result<rows::Page> there = connection.run(
        {QStringLiteral("SELECT FROM pg_database WHERE datname = 'sluice_scratch'"), {}});
    if (!there)
        return there.error();
    if (there->rowCount() > 0)
        return Done{};
    step = tell({QStringLiteral("CREATE DATABASE sluice_scratch OWNER sluice_scratch "
                                "TEMPLATE template0 ENCODING 'UTF8'"),
                 {}});
    const bool othersWereFaster = !step && step.error().sqlState == QLatin1String("42P04");
    return othersWereFaster ? Result<Done>(Done{}) : step;
}

/// The folder of the server's programs has its version in its name.
QByteArray serverFolder()
{
    const Result<QString> folder = pg::serverProgramFolder();
    return folder ? folder->toUtf8() : QByteArray();
}

/// What the pieces were read back as the last time, on any server of this version of Sluice.
class Remembered
{
public:
    explicit Remembered(const QList<Piece> &pieces)
        : m_folder(QStringLiteral("canonical"), 32 << 20)
    {
        QCryptographicHash hash(QCryptographicHash::Sha256);
        // Another PostgreSQL writes some expressions in another way.
        hash.addData("2 " SLUICE_VERSION " " + serverFolder());
        for (const Piece &piece : pieces)
            hash.addData(piece.statement.toUtf8() + '\0');
        m_key = hash.result().toHex();
    }

    std::optional<Scratch::ReadBack> find() const
    {
        const QByteArray record = m_folder.read(m_key);
        const qsizetype end = record.indexOf('\n');
        if (end < 0)
            return std::nullopt;
        const Result<schema::Database> database = schema::fromJson(record.sliced(end + 1));
        if (!database)
            return std::nullopt;
        Scratch::ReadBack known{*database, {}};
        for (const QByteArray &line : record.first(end).split('\t')) {
            const QString refusal = QString::fromUtf8(line);
            if (const qsizetype at = refusal.indexOf(between); at >= 0)
                known.refused.append({refusal.first(at), refusal.sliced(at + 1)});
        }
        return known;
    }
    void keep(const Scratch::ReadBack &read) const
    {
        static const QRegularExpression space(QStringLiteral("\\s"));
        QStringList refused;
        for (const Scratch::Refusal &refusal : read.refused)
            refused << QString(refusal.what + between + refusal.why)
                           .replace(space, QStringLiteral(" "));
        m_folder.write(m_key, refused.join(u'\t').toUtf8() + '\n' + schema::toJson(read.schema));
    }

private:
    static constexpr QChar between{u'\x1f'}; // what was refused, and why

    load::CacheFolder m_folder;
    QByteArray m_key;
};
} // namespace

Scratch::Scratch(pg::Cluster cluster)
    : m_cluster(std::move(cluster))
{
}

Result<std::shared_ptr<pg::Pool>> Scratch::pool()
{
    if (m_pool)
        return m_pool;
    const auto lease = base::await(m_cluster.acquire());
    if (!lease)
        return lease.error();
    m_lease = *lease;
    const Result<QString> password = m_lease->passwordOf(scratchName);
    if (!password)
        return password.error();
    const auto pool = std::make_shared<pg::Pool>(m_lease->settings(scratchName, scratchName),
                                                 pg::Limits{.lockTimeout = 60'000});
    if (!base::await(pool->run({QStringLiteral("SELECT 1"), {}}))) {
        pg::Pool owner(m_lease->settings());
        const Result<Done> made =
            base::await(owner.transaction(pg::Access::Write, [&](pg::Transaction &connection) {
                return makeRoleAndDatabase(connection, *password);
            }));
        if (!made)
            return made.error();
    }
    m_pool = pool;
    return m_pool;
}

Result<Scratch::ReadBack> Scratch::readBack(const schema::Database &part, const Ground &ground)
{
    const QList<Piece> pieces = Pieces(part, ground).list();
    if (pieces.isEmpty())
        return ReadBack{};
    const Remembered remembered(pieces);
    if (const std::optional<ReadBack> known = remembered.find())
        return *known;
    const auto server = pool();
    if (!server)
        return server.error();
    const Result<ReadBack> read = base::await(
        (*server)->transact<ReadBack>(pg::Access::Write, [&](pg::Transaction &transaction) {
            return Reading(transaction, pieces).run();
        }));
    if (read)
        remembered.keep(*read);
    return read;
}

} // namespace session
