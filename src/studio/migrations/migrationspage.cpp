// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/migrations/migrationspage.h"
#include "schema/place.h"

#include "session/problems.h"

#include <QDir>
#include <QVBoxLayout>

#include <algorithm>

namespace studio
{

namespace
{
using Source = MigrationsState::Source;

template <typename T> Source sourceOf(const session::Loaded<T> &loaded)
{
    using State = typename session::Loaded<T>::State;
    switch (loaded.state) {
    case State::None:
        return Source::None;
    case State::Loading:
        return Source::Loading;
    case State::Ready:
        return Source::Ready;
    case State::Failed:
        break;
    }
    return Source::Failed;
}

template <typename T> QString errorOf(const session::Loaded<T> &loaded)
{
    return loaded.error ? base::toLine(*loaded.error) : QString();
}

/// "0006" behind "0005_payment_terms"; nothing for folders that do not number their files.
QString nextNumber(const QList<migrate::Migration> &migrations)
{
    const int next = migrations.isEmpty() ? 0 : migrations.last().idx + 1;
    const QString tag = migrations.isEmpty() ? QStringLiteral("0000_") : migrations.last().tag;
    bool isNumber = false;
    tag.left(4).toInt(&isNumber);
    if (!isNumber || tag.mid(4, 1) != QLatin1String("_"))
        return {};
    return QStringLiteral("%1").arg(next, 4, 10, QLatin1Char('0'));
}

QList<StatementRow> statementsOf(const migrate::Migration &migration)
{
    QList<StatementRow> rows;
    for (const QString &statement : migration.statements()) {
        if (!statement.trimmed().isEmpty())
            rows.append({statement.trimmed(), {}});
    }
    return rows;
}

/// Why the folder that was read cannot be relied on.
std::optional<base::Error> obstacleOf(const session::Project &project)
{
    const auto &folder = project.folder().value;
    return folder ? migrate::unsound(*folder, migrate::Needs::Schema) : std::nullopt;
}

bool isIncomplete(const session::Project &project)
{
    const auto &code = project.code().value;
    return code && session::isIncomplete(code->problems);
}

/// The first few rows of each, as texts for the picture.
QList<BlockingRows> rowsOf(const runner::RowsInTheWay &found)
{
    constexpr qsizetype mostRows = 5;
    constexpr qsizetype mostColumns = 6;
    QList<BlockingRows> all;
    for (const runner::Violation &violation : found.violations) {
        BlockingRows rows{.what = runner::summary(violation),
                          .statement = violation.question.statement.simplified(),
                          .count = violation.count};
        const rows::Page &page = violation.rows;
        const qsizetype columns = std::min(mostColumns, page.columns().size());
        for (qsizetype column = 0; column < columns; ++column)
            rows.columns << page.columns().at(column).name;
        for (qsizetype row = 0; row < std::min(mostRows, page.rowCount()); ++row) {
            QStringList cells;
            for (qsizetype column = 0; column < columns; ++column)
                cells << (page.cell(row, column) ? page.text(row, column) : QStringLiteral("NULL"));
            rows.rows << cells;
        }
        all << rows;
    }
    return all;
}

QString firstError(const QList<schema::Problem> &problems)
{
    const schema::Problem first = session::errorsFirst(problems).first();
    const QString place = schema::toText(first.location);
    return place.isEmpty() ? first.text : QStringLiteral("%1: %2").arg(place, first.text);
}
} // namespace

MigrationsPage::MigrationsPage(session::Project &project, QWidget *parent)
    : QWidget(parent)
    , m_project(project)
    , m_view(new MigrationsView(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_view);
    setFocusProxy(m_view);
    m_counting.setSingleShot(true);
    connect(&m_counting, &QTimer::timeout, this, &MigrationsPage::countNext);

    m_refreshing.setSingleShot(true);
    connect(&m_refreshing, &QTimer::timeout, this, &MigrationsPage::refresh);
    const auto soon = [this] { m_refreshing.start(); };
    connect(&project, &session::Project::codeChanged, this, soon);
    connect(&project, &session::Project::pendingChanged, this, soon);
    connect(&project, &session::Project::folderChanged, this, &MigrationsPage::forgetCounts);
    connect(&project, &session::Project::ledgerChanged, this, &MigrationsPage::refresh);
    connect(&project, &session::Project::leaseChanged, this, &MigrationsPage::refresh);
    connect(&project, &session::Project::connectionChanged, this, soon);

    connect(m_view, &MigrationsView::selected, this, [this](int row) {
        const qsizetype index = migrations().size() - row;
        m_selectedTag = row > 0 ? migrations().value(index).tag : QString();
        showSelected();
    });
    connect(m_view, &MigrationsView::answered, this, &MigrationsPage::answer);
    connect(m_view, &MigrationsView::joined, this,
            [this](const diff::RenameCandidate &joined) { answer(joined, RenameReply::Rename); });
    connect(m_view, &MigrationsView::generateRequested, this, &MigrationsPage::generate);
    connect(m_view, &MigrationsView::safeRequested, &project, &session::Project::setSafe);
    connect(m_view, &MigrationsView::applyRequested, this, &MigrationsPage::apply);
    connect(m_view, &MigrationsView::leaseRequested, this, &MigrationsPage::leaseWanted);
    connect(m_view, &MigrationsView::connectRequested, &project,
            &session::Project::connectDatabase);
    refresh();
}

const QList<migrate::Migration> &MigrationsPage::migrations() const
{
    static const QList<migrate::Migration> none;
    const auto &folder = m_project.folder().value;
    return folder ? folder->migrations : none;
}

void MigrationsPage::forgetCounts()
{
    m_counts.clear();
    m_fresh = false;
    for (QFutureWatcherBase **slot : {&m_reading, &m_countReading}) {
        base::disregard(*slot);
        *slot = nullptr;
    }
    refresh();
}

void MigrationsPage::takePending()
{
    const auto &plan = m_project.pendingPlan();
    const auto &code = m_project.code().value;
    const auto &folder = m_project.folder().value;
    // A broken save leaves the last whole schema in sight, and what it was compared to.
    if (m_path != m_project.path() || !code || !folder ||
        (isIncomplete(m_project) && !code->stale) || obstacleOf(m_project))
        m_pending.reset();
    if (m_path != m_project.path()) {
        m_shown.reset();
        m_answered.clear();
    }
    m_path = m_project.path();
    if (plan && code && folder)
        m_pending = {*plan, m_project.pendingDifference(), rowsOf(m_project.rowsInTheWay()),
                     folder->schema, code->schema};
}

void MigrationsPage::refresh()
{
    m_refreshing.stop();
    takePending();
    const QList<TimelineEntry> entries = timeline();
    m_view->setTimeline(entries);
    int row = 0;
    for (qsizetype i = 0; i < migrations().size(); ++i) {
        if (!m_selectedTag.isEmpty() && migrations().at(i).tag == m_selectedTag)
            row = static_cast<int>(migrations().size() - i);
    }
    m_view->select(row);
    m_view->setState(state());
    const auto [text, tone] = notice();
    m_view->setNotice(text, tone);
    showSelected();
    m_counting.start();
}

void MigrationsPage::countNext()
{
    if (m_countReading)
        return;
    for (qsizetype i = migrations().size() - 1; i >= 0; --i) {
        const QString tag = migrations().at(i).tag;
        if (m_counts.contains(tag))
            continue;
        m_countReading = base::receive(
            this, m_project.pictureOf(static_cast<int>(i)),
            [this, tag](const base::Result<session::MigrationPicture> &picture) {
                m_countReading = nullptr;
                m_counts.insert(tag, picture ? countsOf(picture->difference) : DiffCounts());
                m_view->setTimeline(timeline());
                m_counting.start();
            });
        return;
    }
}

QList<TimelineEntry> MigrationsPage::timeline() const
{
    TimelineEntry pending{.title = tr("not yet generated")};
    if (m_pending) {
        pending.counts = countsOf(m_pending->difference);
        if (pending.counts->total() == 0)
            pending.mark = TimelineMark::InStep;
    }
    QList<TimelineEntry> entries{pending};
    const auto &ledger = m_project.ledger().value;
    for (qsizetype i = migrations().size() - 1; i >= 0; --i) {
        const migrate::Migration &migration = migrations().at(i);
        std::optional<runner::MigrationState> applied;
        if (ledger && i < ledger->states.size())
            applied = ledger->states.at(i);
        std::optional<DiffCounts> counts;
        if (const auto it = m_counts.constFind(migration.tag); it != m_counts.cend())
            counts = *it;
        entries.append({.mark = markOf(migration, applied),
                        .title = migration.tag,
                        .when = migration.when,
                        .counts = counts});
    }
    return entries;
}

MigrationsState MigrationsPage::state() const
{
    MigrationsState state;
    state.code = sourceOf(m_project.code());
    state.folder = sourceOf(m_project.folder());
    state.ledger = sourceOf(m_project.ledger());
    state.codeError = errorOf(m_project.code());
    state.folderError = errorOf(m_project.folder());
    state.ledgerError = errorOf(m_project.ledger());
    state.incomplete = isIncomplete(m_project);
    state.compared = m_project.pendingPlan().has_value();
    state.safe = m_project.isSafe();
    if (m_pending) {
        state.differs = !m_pending->difference.empty();
        state.refused = !m_pending->plan.errors.isEmpty();
    }
    for (const RenameQuestion &question : questions())
        state.openQuestions += question.reply == RenameReply::Open ? 1 : 0;
    if (const auto &ledger = m_project.ledger().value) {
        for (const runner::MigrationState applied : ledger->states) {
            if (applied == runner::MigrationState::Pending ||
                applied == runner::MigrationState::Skipped)
                ++state.pending;
        }
    }
    state.writable = m_project.writable();
    state.running = m_running;
    if (const auto obstacle = obstacleOf(m_project))
        state.folderObstacle = obstacle->detail;
    else
        state.nextNumber = nextNumber(migrations());
    return state;
}

QList<RenameQuestion> MigrationsPage::questions() const
{
    if (!m_pending)
        return {};
    QList<RenameQuestion> asked = m_answered;
    for (const diff::RenameCandidate &candidate : m_pending->plan.questions) {
        const auto isIt = [&](const RenameQuestion &known) {
            return known.candidate.kind == candidate.kind &&
                   known.candidate.table == candidate.table &&
                   known.candidate.from == candidate.from && known.candidate.to == candidate.to;
        };
        if (std::ranges::none_of(asked, isIt))
            asked.append({candidate});
    }
    return asked;
}

void MigrationsPage::answer(const diff::RenameCandidate &candidate, RenameReply reply)
{
    m_answered.removeIf([&](const RenameQuestion &known) {
        return known.candidate.kind == candidate.kind && known.candidate.table == candidate.table &&
               known.candidate.from == candidate.from;
    });
    diff::RenameAnswer answer{candidate.kind, candidate.table, candidate.from, candidate.to};
    if (reply == RenameReply::DropAndAdd)
        answer.to = {};
    if (reply == RenameReply::Open) {
        m_project.takeBackRename(answer);
    } else {
        m_answered.append({candidate, reply});
        m_project.answerRename(answer);
    }
    refresh();
}

std::pair<QString, MigrationsView::NoticeTone> MigrationsPage::notice() const
{
    using Tone = MigrationsView::NoticeTone;
    const auto &code = m_project.code();
    const auto &folder = m_project.folder();
    if (sourceOf(code) == Source::Failed && m_pending)
        return {tr("The code cannot be read, so this is what it last said. %1").arg(errorOf(code)),
                Tone::Failure};
    if (isIncomplete(m_project) && m_pending)
        return {tr("Parts of the schema could not be read, so this is what it last said. %1")
                    .arg(firstError(code.value->problems)),
                Tone::Failure};
    if (sourceOf(folder) == Source::Failed)
        return {tr("The migrations folder cannot be read. %1").arg(errorOf(folder)), Tone::Failure};
    if (!folder.value)
        return {};
    if (!folder.value->notices.isEmpty())
        return {folder.value->notices.join(QStringLiteral(" · ")), Tone::Failure};
    if (!QDir(folder.value->path).exists())
        return {tr("The folder %1 does not exist yet; the first migration creates it.")
                    .arg(QDir::toNativeSeparators(folder.value->path)),
                Tone::Hint};
    return {};
}

void MigrationsPage::showSelected()
{
    for (qsizetype i = 0; i < migrations().size(); ++i) {
        if (!m_selectedTag.isEmpty() && migrations().at(i).tag == m_selectedTag)
            return showMigration(static_cast<int>(i));
    }
    showPending();
}

void MigrationsPage::showPending()
{
    DiffPicture picture;
    const auto &code = m_project.code();
    const auto &folder = m_project.folder();
    if (m_pending) {
        picture.cards = cardsOf(m_pending->difference, m_pending->before, m_pending->after);
        picture.obstacles = m_pending->plan.errors;
        picture.questions = questions();
        picture.joinable = true;
        picture.rows = m_pending->rows;
        picture.emptyTitle = tr("Code and folder are in step");
        picture.emptyText =
            tr("When a .ts file of the schema is saved, what it changes shows here.");
    } else if (sourceOf(code) == Source::Failed) {
        picture.emptyTitle = tr("The code cannot be read");
        picture.emptyText = errorOf(code);
    } else if (isIncomplete(m_project)) {
        picture.emptyTitle = tr("Parts of the schema could not be read");
        picture.emptyText = tr("What is missing would look as if it had been dropped. The problems "
                               "say what to mend.");
    } else if (sourceOf(folder) == Source::Failed) {
        picture.emptyTitle = tr("The migrations folder cannot be read");
        picture.emptyText = errorOf(folder);
    } else if (const auto obstacle = obstacleOf(m_project)) {
        picture.emptyTitle = tr("The migrations folder cannot be relied on");
        picture.emptyText = QStringLiteral("%1: %2").arg(obstacle->detail, obstacle->hint);
    } else if (sourceOf(code) == Source::None) {
        picture.emptyTitle = tr("No project is open");
    } else {
        picture.emptyTitle = tr("Reading code and folder …");
    }
    m_view->setPicture(picture);
    m_view->setStatements(m_pending ? statementsOf(m_pending->plan) : QList<StatementRow>());
}

void MigrationsPage::showMigration(int index)
{
    const migrate::Migration &migration = migrations().at(index);
    const bool known = m_shown && m_shown->tag == migration.tag;
    const bool underWay = m_reading && m_readingTag == migration.tag;
    if (!underWay && !(known && m_fresh))
        read(index);
    DiffPicture picture;
    if (!known) {
        picture.emptyTitle = tr("Reading the migration …");
    } else if (const auto &shown = m_shown->picture; shown) {
        picture.cards = cardsOf(shown->difference, shown->before, shown->after);
        picture.emptyTitle = tr("No change of the schema");
        picture.emptyText = tr("This migration holds SQL that its snapshot knows nothing of.");
    } else {
        picture.emptyTitle = tr("There is no picture of this migration");
        picture.emptyText = base::toLine(shown.error());
    }
    m_view->setPicture(picture);
    m_view->setStatements(statementsOf(migration));
}

/// The snapshots are large files: what is shown stays until they are read on a worker thread.
void MigrationsPage::read(int index)
{
    base::disregard(m_reading);
    m_readingTag = migrations().at(index).tag;
    m_reading = base::receive(this, m_project.pictureOf(index),
                              [this](const base::Result<session::MigrationPicture> &picture) {
                                  m_reading = nullptr;
                                  m_shown = Shown{m_readingTag, picture};
                                  m_fresh = true;
                                  showSelected();
                              });
}

void MigrationsPage::setRunning(const QString &text)
{
    m_running = text;
    refresh();
}

void MigrationsPage::generate(const QString &name)
{
    setRunning(tr("The migration is being written"));
    base::receive(this, m_project.generate(name),
                  [this](const base::Result<QList<migrate::Migration>> &written) {
                      if (!written) {
                          setRunning({});
                          Q_EMIT failed(written.error());
                          return;
                      }
                      m_answered.clear();
                      m_view->clearName();
                      QStringList tags;
                      for (const migrate::Migration &migration : *written)
                          tags << migration.tag;
                      m_selectedTag = tags.first();
                      setRunning({});
                      Q_EMIT statusChanged(tr("Wrote %1").arg(tags.join(QStringLiteral(", "))));
                  });
}

void MigrationsPage::apply()
{
    setRunning(tr("The pending migrations are being applied"));
    base::receive(this, m_project.apply(), [this](const base::Result<int> &applied) {
        setRunning({});
        if (!applied) {
            Q_EMIT failed(applied.error());
            return;
        }
        Q_EMIT statusChanged(*applied == 1 ? tr("Applied 1 migration")
                                           : tr("Applied %1 migrations").arg(*applied));
    });
}

} // namespace studio
