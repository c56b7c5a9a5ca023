// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/database.h"

#include "store/text.h"

#include <QDir>
#include <QFile>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QSqlRecord>
#include <QUuid>

static void initializeMigrations()
{
    Q_INIT_RESOURCE(store_migrations); // a static library's resources are not found by themselves
}

namespace store
{

using base::Error;

namespace
{

Error failure(const QString &path, const QSqlError &error)
{
    return {.kind = base::ErrorKind::Io,
            .text = Text::tr("The workspace file cannot be used"),
            .where = path,
            .detail = error.databaseText(),
            .hint = Text::tr("Check that the folder is writable and the disk is not full")};
}

/// SQLite's SQLITE_CORRUPT and SQLITE_NOTADB.
bool isDamage(const QString &code)
{
    return code == QLatin1String("11") || code == QLatin1String("26");
}

struct Migration {
    int version = 0; ///< the number that its file's name starts with
    QStringList statements;
};

/// The embedded files in the order of their numbers. A statement ends with a semicolon at a line's
/// end.
QList<Migration> migrations()
{
    QList<Migration> result;
    const QDir folder(QStringLiteral(":/store"));
    for (const QString &name : folder.entryList(QDir::Files, QDir::Name)) {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        Migration migration{name.section(u'_', 0, 0).toInt(), {}};
        for (const QString &text : QString::fromUtf8(file.readAll()).split(QStringLiteral(";\n"))) {
            if (!text.trimmed().isEmpty())
                migration.statements << text;
        }
        result << migration;
    }
    return result;
}

} // namespace

Database::Database(QString path)
    : m_path(std::move(path))
    , m_name(QUuid::createUuid().toString())
{
}

Database::~Database()
{
    QSqlDatabase::database(m_name, false).close();
    QSqlDatabase::removeDatabase(m_name);
}

base::Result<std::unique_ptr<Database>> Database::open(const QString &path, Condition *condition)
{
    initializeMigrations();
    *condition = Condition::Usable;
    std::unique_ptr<Database> database(new Database(path));
    {
        QSqlDatabase connection =
            QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), database->m_name);
        connection.setDatabaseName(path);
        connection.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=5000"));
        if (!connection.open())
            return failure(path, connection.lastError());
    }
    for (const auto step : {&Database::check, &Database::prepare, &Database::migrate}) {
        if (const base::Result<base::Done> done = (database.get()->*step)(); !done) {
            if (done.error().kind == base::ErrorKind::InvalidInput)
                *condition = Condition::Unreadable;
            return done.error();
        }
    }
    return database;
}

base::Result<QList<Row>> Database::run(const QString &statement, const QVariantList &values)
{
    QSqlQuery query(QSqlDatabase::database(m_name, false));
    query.setForwardOnly(true);
    bool ok = query.prepare(statement);
    for (const QVariant &value : values)
        query.addBindValue(value);
    ok = ok && query.exec();
    QList<Row> rows;
    while (ok && query.next()) {
        Row row;
        for (int column = 0; column < query.record().count(); ++column)
            row << query.value(column);
        rows << row;
    }
    if (!ok || query.lastError().isValid()) {
        Error error = failure(m_path, query.lastError());
        if (isDamage(query.lastError().nativeErrorCode()))
            error.kind = base::ErrorKind::InvalidInput;
        return error;
    }
    return rows;
}

base::Result<base::Done>
Database::transaction(const std::function<base::Result<base::Done>()> &work)
{
    // IMMEDIATE: a second program waits here instead of failing halfway.
    if (const auto begun = run(QStringLiteral("BEGIN IMMEDIATE")); !begun)
        return begun.error();
    base::Result<base::Done> result = work();
    if (result) {
        if (const auto committed = run(QStringLiteral("COMMIT")); !committed)
            result = committed.error();
    }
    if (!result)
        (void)run(QStringLiteral("ROLLBACK"));
    return result;
}

base::Result<base::Done> Database::check()
{
    const auto answer = run(QStringLiteral("PRAGMA quick_check(1)"));
    if (!answer)
        return answer.error();
    const QString words = answer->value(0).value(0).toString();
    if (words == QLatin1String("ok"))
        return base::Done{};
    Error error = failure(m_path, {});
    error.kind = base::ErrorKind::InvalidInput;
    error.detail = words;
    return error;
}

base::Result<base::Done> Database::prepare()
{
    // With a write-ahead log a commit need not wait for the disk: after a power cut the last ones
    // may be missing, but each is there as a whole or not at all. Where that does not work (network
    // folders) SQLite stays with its journal.
    for (const char *pragma : {"PRAGMA journal_mode = WAL", "PRAGMA synchronous = NORMAL"}) {
        if (const auto set = run(QLatin1String(pragma)); !set)
            return set.error();
    }
    return base::Done{};
}

base::Result<base::Done> Database::migrate()
{
    const QList<Migration> known = migrations();
    return transaction([&]() -> base::Result<base::Done> {
        const auto answer = run(QStringLiteral("PRAGMA user_version"));
        if (!answer)
            return answer.error();
        const int version = answer->value(0).value(0).toInt();
        if (version > known.last().version)
            return Error{.kind = base::ErrorKind::Unsupported,
                         .text = Text::tr("The workspace file belongs to a newer Sluice"),
                         .where = m_path,
                         .hint = Text::tr(
                             "Update Sluice, or move the file away to start with an empty one")};
        for (const Migration &migration : known) {
            if (migration.version <= version)
                continue;
            for (const QString &statement : migration.statements) {
                if (const auto done = run(statement); !done)
                    return done.error();
            }
        }
        const auto stamped =
            run(QStringLiteral("PRAGMA user_version = %1").arg(known.last().version));
        return stamped ? base::Result<base::Done>(base::Done{})
                       : base::Result<base::Done>(stamped.error());
    });
}

} // namespace store
