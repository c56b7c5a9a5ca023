// SPDX-License-Identifier: GPL-3.0-or-later
// Prints a Markdown table: what reading the catalog of a generated database takes, what `pg_dump
// -s` takes for the same database on the same server, and the ratio; in turn, pair by pair.
#include "load/catalog.h"

#include "base/receive.h"
#include "support/server.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QProcess>

#include <algorithm>
#include <cstdio>

namespace
{
constexpr int pairs = 9;

/// A table of twelve columns with a key, a foreign key and two indexes.
QByteArray generatedTable(int number)
{
    const QByteArray name = "t" + QByteArray::number(number);
    QByteArray sql =
        "CREATE TABLE " + name +
        " (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), organization_id uuid NOT NULL,"
        " parent_id uuid, name varchar(120) NOT NULL, slug text NOT NULL,"
        " amount numeric(12, 2) DEFAULT '0', position integer NOT NULL DEFAULT 0,"
        " active boolean NOT NULL DEFAULT true, settings jsonb NOT NULL DEFAULT '{}', note text,"
        " created_at timestamptz NOT NULL DEFAULT now(),"
        " updated_at timestamptz NOT NULL DEFAULT now());"
        "CREATE INDEX " +
        name + "_organization ON " + name + " (organization_id, created_at);CREATE UNIQUE INDEX " +
        name + "_slug ON " + name + " (organization_id, slug);";
    if (number > 0)
        sql += "ALTER TABLE " + name + " ADD FOREIGN KEY (parent_id) REFERENCES t" +
               QByteArray::number(number - 1) + ";";
    return sql;
}

/// In pieces: a transaction has only so many locks.
QString fill(testsupport::Server &server, const pg::Settings &database, int tables)
{
    constexpr int piece = 50;
    for (int first = 0; first < tables; first += piece) {
        QByteArray script;
        for (int i = first; i < std::min(first + piece, tables); ++i)
            script += generatedTable(i);
        if (const QString failure = server.run(database, script); !failure.isEmpty())
            return failure;
    }
    return server.run(database, "ANALYZE");
}

double median(QList<double> values)
{
    std::ranges::sort(values);
    return values.at(values.size() / 2);
}

/// Milliseconds, with the connection; -1 when it failed.
double reading(const pg::Settings &database, int tables)
{
    QElapsedTimer timer;
    timer.start();
    const auto pool = std::make_shared<pg::Pool>(database);
    const auto read = base::await(load::catalog(pool, {}));
    return read && read->schema.tables.size() == tables ? double(timer.nsecsElapsed()) / 1e6 : -1;
}

double dumping(const QString &url)
{
    QProcess process;
    process.setStandardOutputFile(QProcess::nullDevice());
    QElapsedTimer timer;
    timer.start();
    process.start(QStringLiteral("pg_dump"), {QStringLiteral("-s"), QStringLiteral("-d"), url});
    return process.waitForFinished(120'000) && process.exitCode() == 0
               ? double(timer.nsecsElapsed()) / 1e6
               : -1;
}

bool printRow(testsupport::Server &server, int tables)
{
    const pg::Settings database = server.createDatabase(QStringLiteral("bench"));
    if (const QString failure = fill(server, database, tables); !failure.isEmpty()) {
        std::fprintf(stderr, "%s\n", qPrintable(failure));
        return false;
    }
    QList<double> ours;
    QList<double> peers;
    QList<double> ratios;
    for (int pair = -1; pair < pairs; ++pair) { // the first pair warms the caches
        const double our = reading(database, tables);
        const double peer = dumping(server.tcpUrl(database));
        if (our < 0 || peer < 0) {
            std::fprintf(stderr, "%d tables: %s failed\n", tables, our < 0 ? "reading" : "pg_dump");
            return false;
        }
        if (pair < 0)
            continue;
        ours << our;
        peers << peer;
        ratios << our / peer;
    }
    std::printf("| %d tables | %.0f ms | %.0f ms | %.2f (%.2f to %.2f) |\n", tables, median(ours),
                median(peers), median(ratios), *std::ranges::min_element(ratios),
                *std::ranges::max_element(ratios));
    std::fflush(stdout);
    return true;
}
} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    testsupport::Server server;
    if (!server.error().isEmpty()) {
        std::fprintf(stderr, "%s\n", qPrintable(server.error()));
        return 1;
    }
    std::puts("| catalog | Sluice | pg_dump -s | ratio |\n|---|---|---|---|");
    for (const int tables : {65, 500, 2'000}) {
        if (!printRow(server, tables))
            return 1;
    }
    return 0;
}
