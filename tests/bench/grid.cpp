// SPDX-License-Identifier: GPL-3.0-or-later
// Prints Markdown tables: how long the grid takes for its first rows and for jumps once the ruler
// stands, beside psql's own time for the same keyset query in turn on the same server; what a frame
// takes to paint; and the memory after scrolling from end to end; then the same of a table of 200
// columns; and how long after a cancel the server has stopped. bench_grid [ROWS] (10,000,000).
#include "base/receive.h"
#include "pg/pool.h"
#include "session/project.h"
#include "studio/grid/gridquery.h"
#include "studio/widgets/rowsmodel.h"
#include "studio/widgets/rowspane.h"
#include "studio/widgets/rowsview.h"
#include "support/server.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QProcess>
#include <QRandomGenerator>
#include <QScrollBar>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <functional>

using namespace studio;

namespace
{
constexpr int jumps = 60;
constexpr int patience = 600'000; // ms
constexpr int narrowColumns = 8;
constexpr int wideColumns = 200;

/// Half of the rows belong to the first tenant, 1 % to the second, 0.01 % to the third, the rest to
/// a hundred others. What is beyond the first eight columns are numbers and words, a few of them
/// NULL.
QByteArray table(qint64 rows, int columns)
{
    QByteArray names, values;
    for (int i = narrowColumns; i < columns; ++i) {
        const QByteArray n = QByteArray::number(i);
        names += ", column_" + n + (i % 2 ? " text" : " numeric(14, 3)");
        values += i % 2 ? ", CASE WHEN i % " + n + " > 0 THEN 'word ' || i % " + n + " END"
                        : ", i / " + n + ".0";
    }
    return "CREATE TABLE organizations (id integer PRIMARY KEY, name text NOT NULL);"
           "INSERT INTO organizations SELECT i, 'Tenant ' || i FROM generate_series(1, 103) i;"
           "CREATE TABLE events (id bigint NOT NULL, organization_id integer NOT NULL,"
           " created_at timestamptz NOT NULL, name text NOT NULL, email text,"
           " amount numeric(12, 2), active boolean NOT NULL, notes text" +
           names +
           ");"
           "INSERT INTO events SELECT i, CASE WHEN i % 2 = 0 THEN 1 WHEN i % 100 = 1 THEN 2"
           " WHEN i % 10000 = 3 THEN 3 ELSE 4 + i % 97 END,"
           " timestamptz '2020-01-01' + (i * 15 + (i * 7919) % 3600) * interval '1 second',"
           " 'Name ' || i, 'person' || i || '@example.com', (i % 100000) / 7.0, i % 3 = 0,"
           " 'Met at the spring fair'" +
           values + " FROM generate_series(1::bigint, " + QByteArray::number(rows) +
           ") i;"
           "ALTER TABLE events ADD PRIMARY KEY (id);"
           "ALTER TABLE events ADD FOREIGN KEY (organization_id) REFERENCES organizations (id)"
           " NOT VALID;"
           "CREATE INDEX ON events (created_at, id);"
           "CREATE INDEX ON events (organization_id, created_at, id);"
           "ANALYZE;";
}

QString text(const char *utf8)
{
    return QString::fromUtf8(utf8);
}

/// Runs the event loop until \a isTrue, looked at whenever \a model has news.
bool waitFor(const RowsModel &model, const std::function<bool()> &isTrue)
{
    QEventLoop loop;
    const auto check = [&] {
        if (isTrue())
            loop.quit();
    };
    QObject::connect(&model, &RowsModel::stateChanged, &loop, check);
    QObject::connect(&model, &RowsModel::totalChanged, &loop, check);
    // One that ends with the waiting: among thousands of pending ones each other takes time to
    // start.
    QTimer most;
    most.setSingleShot(true);
    QObject::connect(&most, &QTimer::timeout, &loop, &QEventLoop::quit);
    most.start(patience);
    if (!isTrue())
        loop.exec();
    return isTrue();
}

/// One psql for all queries, which says its own times.
class Psql
{
public:
    explicit Psql(const QString &url)
    {
        m_process.start(text("psql"), {text("-XqAt"), url});
        m_process.waitForStarted();
        m_process.write("\\timing on\n\\o /dev/null\n");
    }
    ~Psql()
    {
        m_process.write("\\q\n");
        m_process.waitForFinished();
    }
    /// Milliseconds, -1 when it failed.
    double time(const QString &query)
    {
        m_process.write(query.toUtf8() + ";\n");
        QByteArray answer;
        while (!answer.contains("Time: ") || !answer.endsWith('\n')) {
            if (!m_process.waitForReadyRead(patience))
                return -1;
            answer += m_process.readAllStandardOutput();
        }
        return answer.mid(answer.indexOf("Time: ") + 6).split(' ').first().toDouble();
    }

private:
    QProcess m_process;
};

double quantile(QList<double> values, double part)
{
    std::ranges::sort(values);
    return values.at(qsizetype(part * double(values.size() - 1)));
}

/// The grid on one server.
struct Grid {
    Grid(const QString &url, const pg::Settings &database)
        : watching(database)
        , project(base::installationOf(QStringLiteral(SLUICE_BUILD_DIR "/bin")))
        , model({.fetch = [this](const query::Select &s) { return project.fetch(s); },
                 .count = [this](const query::Select &s) { return project.count(s); },
                 .explain = [this](const query::Select &s) { return project.explain(s); },
                 .bound = [this](const query::Select &s,
                                 double part) { return project.bound(s, part); }})
    {
        project.setUrl(url);
        project.connectDatabase();
        pane.resize(1340, 800);
        pane.show();
    }
    bool isConnected()
    {
        QElapsedTimer timer;
        timer.start();
        const auto isKnown = [this] {
            return project.tenants().value && !project.mayHoldLongValues({{}, text("events")});
        };
        while (!isKnown() && timer.elapsed() < patience)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 50);
        return project.tenants().value.has_value();
    }
    /// Leaves the table, and waits until the server has heard of it: who opens one has nothing else
    /// under way.
    void leave()
    {
        model.clear();
        const auto isBusy = [this] {
            const auto page = base::await(watching.run(
                {text("SELECT count(*) FROM pg_stat_activity WHERE state <> 'idle' AND pid <> "
                      "pg_backend_pid() AND datname = current_database()"),
                 {}}));
            return page && page->text(0, 0) != u'0';
        };
        while (isBusy())
            QCoreApplication::processEvents();
        QCoreApplication::processEvents();
    }
    /// Milliseconds until the first rows are there.
    double show(const char *tenant)
    {
        leave();
        std::optional<session::Tenant> chosen;
        for (const session::Tenant &candidate : *project.tenants().value) {
            if (candidate.label == QLatin1String(tenant))
                chosen = candidate;
        }
        project.setTenant(chosen);
        GridChoice choice;
        choice.sorts = {{.column = {text("events"), text("created_at")}}};
        const schema::Name table{{}, text("events")};
        auto query =
            gridQuery(*project.database().value, table, choice, project.tenantColumn(),
                      project.storageOf(table), {},
                      project.mayHoldLongValues(table) ? ValueLength::Any : ValueLength::FitsRow);
        if (!chosen)
            query->estimate = project.rowEstimate(table);
        QElapsedTimer timer;
        timer.start();
        double took = -1; // before they are painted: a frame is measured by itself
        model.setQuery(*query);
        waitFor(model, [&] {
            if (model.rowCount() > 0 && took < 0)
                took = double(timer.nsecsElapsed()) / 1e6;
            return model.rowCount() > 0;
        });
        return took;
    }
    bool isMeasured()
    {
        return waitFor(model, [this] {
            return model.total().kind == RowsTotal::Kind::Exact &&
                   model.survey().work() == RowsSurvey::Work::None &&
                   model.state() == RowsModel::State::Ready;
        });
    }
    /// Milliseconds until the rows are there; what the jump before left to paint and to fetch is
    /// not its own.
    double jump(qint64 row, qint64 slack = 0)
    {
        waitFor(model, [this] { return model.state() == RowsModel::State::Ready; });
        QCoreApplication::processEvents();
        waitFor(model, [this] { return model.state() == RowsModel::State::Ready; });
        QCoreApplication::processEvents();
        QElapsedTimer timer;
        double took = -1;
        QEventLoop loop;
        QObject::connect(&model, &RowsModel::arrived, &loop, [&] {
            took = double(timer.nsecsElapsed()) / 1e6;
            loop.quit();
        });
        timer.start();
        model.jump(row, slack);
        loop.exec();
        return took;
    }
    /// The query that psql is asked: the same page by its key.
    QString pageQuery() const
    {
        const auto cell = [this](int column) {
            return model.index(0, column).data(RowsModel::RawTextRole).toString();
        };
        const auto scope = project.scopeFor({{}, text("events")}, text("events"));
        return QStringLiteral("SELECT * FROM events WHERE %1(created_at, id) >= ('%2', %3) ORDER "
                              "BY created_at, id LIMIT %4")
            .arg(scope ? QStringLiteral("organization_id = %1 AND ").arg(project.tenant()->id)
                       : QString(),
                 cell(2), cell(0), QString::number(model.query().pageSize));
    }

    pg::Pool watching;
    session::Project project;
    RowsModel model;
    RowsView &view = *new RowsView(model);
    RowsPane pane{&view};
};

bool printRow(Grid &grid, Psql &psql, qint64 rows, const char *tenant)
{
    QList<double> first, firstPeer, ours, byBars, peers, ratios, barRatios;
    grid.show(tenant);
    const QString firstPage = grid.pageQuery();
    for (int i = 0; i < 20; ++i) {
        // In turns, who comes second finds the server and the pages warm.
        if (i % 2 == 1)
            firstPeer << psql.time(firstPage);
        first << grid.show(tenant);
        if (i % 2 == 0)
            firstPeer << psql.time(firstPage);
    }
    QElapsedTimer timer;
    timer.start();
    if (!grid.isMeasured())
        return false;
    const qint64 measured = timer.elapsed();
    const qint64 total = grid.model.total().rows;
    QRandomGenerator random(7);
    for (int i = -5; i < jumps; ++i) { // the first ones warm up
        const qint64 row = qint64(random.generateDouble() * double(total));
        // The other way round every second time: who comes second finds the pages in memory.
        grid.jump(row);
        const QString query = grid.pageQuery();
        const double peer = psql.time(query);
        const double exact = grid.jump(row);
        const qint64 slack = total / grid.pane.height() / 2;
        grid.jump(row, slack);
        const double barPeer = psql.time(grid.pageQuery());
        const double byBar = grid.jump(row, slack);
        if (i < 0)
            continue;
        ours << exact;
        peers << peer;
        ratios << exact / peer;
        byBars << byBar;
        barRatios << byBar / barPeer;
    }
    std::printf("| %lld, %s (%lld) | %.1f ms | %.1f ms | %lld ms, %lld marks | %.2f ms | %.2f× | "
                "%.2f ms (p95 %.2f) | %.2f ms | %.2f× |\n",
                rows, *tenant ? tenant : "all", total, quantile(first, 0.5),
                quantile(firstPeer, 0.5), measured, qint64(grid.model.survey().ruler().marks()),
                quantile(byBars, 0.5), quantile(barRatios, 0.5), quantile(ours, 0.5),
                quantile(ours, 0.95), quantile(peers, 0.5), quantile(ratios, 0.5));
    std::fflush(stdout);
    return true;
}

/// Of this process, in MB, with Qt and the test around the grid.
double memory(const char *field)
{
    QFile file(text("/proc/self/status"));
    if (!file.open(QIODevice::ReadOnly))
        return -1;
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (line.startsWith(field))
            return line.simplified().split(' ').at(1).toDouble() / 1024;
    }
    return -1;
}

void printWindow(Grid &grid, int columns)
{
    QList<double> frames;
    for (int i = 0; i < 400; ++i) {
        grid.view.verticalScrollBar()->setValue((i * 3 % 100) * 24 + i % 24);
        QElapsedTimer timer;
        timer.start();
        grid.view.viewport()->repaint();
        frames << double(timer.nsecsElapsed()) / 1e6;
    }
    auto *bar = grid.pane.findChild<QScrollBar *>(text("rowsScrollBar"));
    const double before = memory("VmRSS");
    const qint64 total = grid.model.total().rows;
    qint64 most = 0;
    for (int i = 0; i <= 1000; ++i) {
        grid.jump(total * i / 1000);
        for (int page = 0; page < 5; ++page) { // and some pages on from there
            grid.view.verticalScrollBar()->setValue(grid.view.verticalScrollBar()->maximum());
            waitFor(grid.model, [&] { return grid.model.state() == RowsModel::State::Ready; });
            QCoreApplication::processEvents();
        }
        most = std::max<qint64>(most, grid.model.rowCount());
    }
    std::printf(
        "\n| columns | painting a frame, median | p99 | memory before | after end to end | at most "
        "| "
        "rows in memory |\n|---|---|---|---|---|---|---|\n"
        "| %d | %.2f ms | %.2f ms | %.0f MB | %.0f MB | %.0f MB | %lld of %lld, bar to %d |\n",
        columns, quantile(frames, 0.5), quantile(frames, 0.99), before, memory("VmRSS"),
        memory("VmHWM"), most, total, bar->maximum());
}

/// A table of its own; false when the studio does not come to an end with it.
bool measure(testsupport::Server &server, qint64 rows, int columns, bool isWindowToo)
{
    const pg::Settings database = server.createDatabase(text("bench"), table(rows, columns));
    server.run(database, "VACUUM events");
    std::printf(
        "\n| %d columns: rows, tenant (its rows) | first rows | psql | ruler | jump by the bar "
        "| ÷ psql | jump to an exact row | psql | ÷ psql |\n"
        "|---|---|---|---|---|---|---|---|---|\n",
        columns);
    Grid grid(server.tcpUrl(database), database);
    Psql psql(server.tcpUrl(database));
    if (!grid.isConnected())
        return false;
    for (const char *tenant : {"", "Tenant 1", "Tenant 2", "Tenant 3"}) {
        if (!printRow(grid, psql, rows, tenant))
            return false;
    }
    if (isWindowToo) {
        grid.show("");
        if (grid.isMeasured())
            printWindow(grid, columns);
    }
    return true;
}

/// How long after a person's cancel the server works on the statement no more.
void printCancel(testsupport::Server &server)
{
    constexpr int times = 20;
    const pg::Settings database = server.createDatabase(
        text("cancel"), "CREATE VIEW slow AS SELECT pg_sleep(60)::text AS waited");
    session::Project project(base::installationOf(QStringLiteral(SLUICE_BUILD_DIR "/bin")));
    project.setUrl(server.tcpUrl(database));
    pg::Pool pool(database);
    const auto isRunning = [&] {
        const auto page = base::await(
            pool.run({text("SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query"
                           " LIKE '%\"slow\"%' AND pid <> pg_backend_pid()"),
                      {}}));
        return page && page->text(0, 0) != u'0';
    };
    const query::Select slow{.from = {.table = {{}, text("slow")}, .alias = text("slow")},
                             .columns = {{text("slow"), text("waited")}}};
    QList<double> took;
    for (int i = 0; i < times; ++i) {
        auto rows = project.fetch(slow);
        while (!isRunning())
            QCoreApplication::processEvents();
        QElapsedTimer timer;
        timer.start();
        rows.cancel();
        while (isRunning())
            QCoreApplication::processEvents();
        took << double(timer.nsecsElapsed()) / 1e6;
    }
    std::printf("\n| from a cancel to the server's stop, median | longest |\n|---|---|\n"
                "| %.1f ms | %.1f ms |\n",
                quantile(took, 0.5), quantile(took, 1));
}
} // namespace

int main(int argc, char *argv[])
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    const qint64 most = argc > 1 ? atoll(argv[1]) : 10'000'000;
    testsupport::Server server;
    if (!server.error().isEmpty()) {
        std::fprintf(stderr, "%s\n", qPrintable(server.error()));
        return 1;
    }
    for (qint64 rows = 10'000; rows <= most; rows *= rows < 1'000'000 ? 100 : 10) {
        if (!measure(server, rows, narrowColumns, rows * 10 > most))
            return 1;
    }
    if (!measure(server, std::min<qint64>(most, 100'000), wideColumns, true))
        return 1;
    printCancel(server);
    return 0;
}
