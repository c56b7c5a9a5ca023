// SPDX-License-Identifier: GPL-3.0-or-later
// Prints a Markdown table: how long an export of all rows of a query takes beside psql's \copy of
// the same query to a file, in turn on the same server. bench_export [ROWS] (3,000,000).
#include "session/export.h"
#include "base/receive.h"
#include "load/catalog.h"
#include "query/paging.h"
#include "support/server.h"
#include "tenant/scope.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>

namespace
{
constexpr int rounds = 5;

QByteArray table(qint64 rows)
{
    return "CREATE TABLE organizations (id integer PRIMARY KEY, name text NOT NULL);"
           "INSERT INTO organizations SELECT i, 'Tenant ' || i FROM generate_series(1, 2) i;"
           "CREATE TABLE events (id bigint PRIMARY KEY, organization_id integer NOT NULL REFERENCES"
           " organizations, created_at timestamptz NOT NULL, name text NOT NULL, email text,"
           " amount numeric(12, 2), active boolean NOT NULL, notes text);"
           "INSERT INTO events SELECT i, 1 + i % 2,"
           " timestamptz '2020-01-01' + i * interval '1 second', 'Name ' || i,"
           " 'person' || i || '@example.com', (i % 100000) / 7.0, i % 3 = 0,"
           " 'Met, \"at\" the spring fair' FROM generate_series(1::bigint, " +
           QByteArray::number(rows) + ") i;";
}

double median(QList<double> values)
{
    std::ranges::sort(values);
    return values.at(values.size() / 2);
}

/// Milliseconds.
double psqlTime(const QString &url, const QString &query, const QString &path)
{
    QElapsedTimer timer;
    timer.start();
    const QString copy =
        QStringLiteral("\\copy (%1) TO '%2' (FORMAT csv, HEADER true)").arg(query, path);
    return QProcess::execute(QStringLiteral("psql"),
                             {QStringLiteral("-XqAt"), url, QStringLiteral("-c"), copy}) == 0
               ? double(timer.nsecsElapsed()) / 1e6
               : -1;
}

double ourTime(const std::shared_ptr<pg::Pool> &pool, const session::ExportRequest &request,
               const QString &path)
{
    QElapsedTimer timer;
    timer.start();
    const auto rows = base::await(session::exportFile(pool, request, path));
    if (!rows)
        std::fprintf(stderr, "%s\n", qPrintable(base::toLine(rows.error())));
    return rows ? double(timer.nsecsElapsed()) / 1e6 : -1;
}
} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const qint64 count = argc > 1 ? atoll(argv[1]) : 3'000'000;
    testsupport::Server server;
    if (!server.error().isEmpty()) {
        std::fprintf(stderr, "%s\n", qPrintable(server.error()));
        return 1;
    }
    const pg::Settings database = server.createDatabase(QStringLiteral("bench"), table(count));
    server.run(database, "VACUUM ANALYZE events");
    const auto pool = std::make_shared<pg::Pool>(database);
    const auto catalog = base::await(load::catalog(pool, {}));
    if (!catalog)
        return 1;
    const QTemporaryDir folder;
    const QString events = QStringLiteral("events");
    const schema::Table &found = *catalog->schema.table({{}, events});
    session::ExportRequest request{.select = query::pageOf(found, events),
                                   .table = found,
                                   .classification = tenant::classify(catalog->schema, {})};
    std::puts("| rows, tenant | csv | psql \\copy | csv ÷ psql | json | sql |\n"
              "|---|---|---|---|---|---|");
    for (const char *tenant : {"", "1"}) {
        request.tenantId = *tenant ? std::optional(QString::fromLatin1(tenant)) : std::nullopt;
        const QString query =
            QStringLiteral("SELECT * FROM events %1 ORDER BY id")
                .arg(*tenant ? QStringLiteral("WHERE organization_id = 1") : QString());
        QList<double> ours, peers, ratios, json, inserts;
        for (int i = -1; i < rounds; ++i) { // the first one warms up
            request.form = rows::Form::Csv;
            const double own = ourTime(pool, request, folder.filePath(QStringLiteral("ours")));
            const double peer =
                psqlTime(server.tcpUrl(database), query, folder.filePath(QStringLiteral("psql")));
            if (i < 0)
                continue;
            ours << own;
            peers << peer;
            ratios << own / peer;
            request.form = rows::Form::Json;
            json << ourTime(pool, request, folder.filePath(QStringLiteral("json")));
            request.form = rows::Form::Inserts;
            inserts << ourTime(pool, request, folder.filePath(QStringLiteral("sql")));
        }
        std::printf("| %lld, %s | %.0f ms | %.0f ms | %.2f× | %.0f ms | %.0f ms |\n", count,
                    *tenant ? tenant : "all", median(ours), median(peers), median(ratios),
                    median(json), median(inserts));
        std::fflush(stdout);
    }
    return 0;
}
