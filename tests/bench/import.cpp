// SPDX-License-Identifier: GPL-3.0-or-later
// Prints a Markdown table: how long an import of a CSV file takes beside psql's \copy of the same
// file into the same empty table, in turn on the same server, and how much memory it takes.
// bench_import [ROWS] (1,000,000).
#include "session/import.h"
#include "base/receive.h"
#include "load/catalog.h"
#include "support/server.h"
#include "tenant/scope.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>

namespace
{
constexpr int rounds = 3;

const char *const script =
    "CREATE TABLE organizations (id integer PRIMARY KEY, name text NOT NULL);"
    "INSERT INTO organizations SELECT i, 'Tenant ' || i FROM generate_series(1, 2) i;"
    "CREATE TABLE events (id bigint PRIMARY KEY, organization_id integer NOT NULL REFERENCES"
    " organizations, created_at timestamptz NOT NULL, name text NOT NULL, email text,"
    " amount numeric(12, 2), active boolean NOT NULL, notes text);";

bool writeFile(const QString &path, qint64 rows)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return false;
    file.write("id,organization_id,created_at,name,email,amount,active,notes\n");
    for (qint64 i = 1; i <= rows; ++i) {
        const QByteArray n = QByteArray::number(i);
        file.write(n + ",1,2026-01-01 00:00:00+00,Name " + n + ",person" + n + "@example.com," +
                   QByteArray::number(i % 100'000) + ".25," + (i % 3 == 0 ? "t" : "f") +
                   ",\"Met, \"\"at\"\" the spring fair\"\n");
    }
    return file.flush();
}

double median(QList<double> values)
{
    std::ranges::sort(values);
    return values.at(values.size() / 2);
}

/// The most memory that this process has ever held, in MB.
double peak()
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return -1;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("VmHWM:"))
            return line.mid(6).trimmed().split(' ').first().toDouble() / 1e3;
    }
    return -1;
}

/// Milliseconds.
double psqlTime(const QString &url, const QString &path)
{
    QElapsedTimer timer;
    timer.start();
    const QString copy =
        QStringLiteral("\\copy events FROM '%1' (FORMAT csv, HEADER true)").arg(path);
    return QProcess::execute(QStringLiteral("psql"),
                             {QStringLiteral("-XqAt"), url, QStringLiteral("-c"), copy}) == 0
               ? double(timer.nsecsElapsed()) / 1e6
               : -1;
}

double ourTime(const std::shared_ptr<pg::Pool> &pool, const session::ImportRequest &request)
{
    QElapsedTimer timer;
    timer.start();
    const auto report = base::await(session::importFile(pool, request));
    if (!report || !report->isWritten)
        std::fprintf(stderr, "%s\n",
                     report ? "bad rows" : qPrintable(base::toLine(report.error())));
    return report ? double(timer.nsecsElapsed()) / 1e6 : -1;
}
} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const qint64 count = argc > 1 ? atoll(argv[1]) : 1'000'000;
    testsupport::Server server;
    if (!server.error().isEmpty()) {
        std::fprintf(stderr, "%s\n", qPrintable(server.error()));
        return 1;
    }
    const pg::Settings database = server.createDatabase(QStringLiteral("bench"), script);
    const auto pool = std::make_shared<pg::Pool>(database);
    const auto catalog = base::await(load::catalog(pool, {}));
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("events.csv"));
    if (!catalog || !writeFile(path, count))
        return 1;
    session::ImportRequest request;
    request.file.path = path;
    request.table = *catalog->schema.table({{}, QStringLiteral("events")});
    for (const schema::Column &column : request.table.columns)
        request.columns << column.name;
    request.reach.classification = tenant::classify(catalog->schema, {});
    std::puts("| rows, tenant | import | psql \\copy | import ÷ psql | file | peak memory, MB |\n"
              "|---|---|---|---|---|---|");
    for (const char *tenant : {"", "1"}) {
        request.reach.tenant = QString::fromLatin1(tenant);
        QList<double> ours, peers, ratios;
        for (int i = -1; i < rounds; ++i) { // the first one warms up
            server.run(database, "TRUNCATE events; CHECKPOINT");
            const double own = ourTime(pool, request);
            server.run(database, "TRUNCATE events; CHECKPOINT");
            const double peer = psqlTime(server.tcpUrl(database), path);
            if (i < 0)
                continue;
            ours << own;
            peers << peer;
            ratios << own / peer;
        }
        std::printf("| %lld, %s | %.0f ms | %.0f ms | %.2f× | %.0f MB | %.0f |\n", count,
                    *tenant ? tenant : "all", median(ours), median(peers), median(ratios),
                    double(QFile(path).size()) / 1e6, peak());
        std::fflush(stdout);
    }
    return 0;
}
