// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/connect/connectionsteps.h"

#include "studio/widgets/icon.h"
#include "studio/widgets/theme.h"

#include <QCoreApplication>
#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace studio
{

namespace
{
using session::Step;
using session::StepResult;
using State = StepResult::State;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(studio::ConnectionSteps)
};

QString nameOf(Step step)
{
    switch (step) {
    case Step::Tunnel:
        return Text::tr("SSH tunnel");
    case Step::Name:
        return Text::tr("Name");
    case Step::Port:
        return Text::tr("Port");
    case Step::Tls:
        return Text::tr("Encryption");
    case Step::Login:
        return Text::tr("Login");
    case Step::Database:
        return Text::tr("Database");
    }
    return {};
}

QString stateWord(State state)
{
    switch (state) {
    case State::Done:
        return Text::tr("done");
    case State::Skipped:
        return Text::tr("nothing to do");
    case State::Failed:
        return Text::tr("failed");
    case State::NotReached:
        break;
    }
    return Text::tr("not reached");
}

QIcon markOf(State state)
{
    switch (state) {
    case State::Done:
        return icon(QStringLiteral("done"), Tint::Added);
    case State::Skipped:
        return icon(QStringLiteral("skipped"));
    case State::Failed:
        return icon(QStringLiteral("error"), Tint::Removed);
    case State::NotReached:
        break;
    }
    return icon(QStringLiteral("step"));
}

/// Long words of a server (paths, names) wrap rather than widen the dialog.
QLabel *text(QWidget *parent, const char *tone)
{
    auto *label = new QLabel(parent);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    if (tone)
        label->setProperty("tone", QLatin1String(tone));
    return label;
}
} // namespace

ConnectionSteps::ConnectionSteps(QWidget *parent)
    : QWidget(parent)
    , m_grid(new QGridLayout)
    , m_problem(text(this, "removed"))
    , m_hint(text(this, nullptr))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    m_grid->setHorizontalSpacing(8);
    m_grid->setVerticalSpacing(4);
    m_grid->setColumnStretch(2, 1);
    column->addLayout(m_grid);
    column->addWidget(m_problem);
    column->addWidget(m_hint);
    m_problem->setObjectName(QStringLiteral("stepsProblem"));
    m_hint->setObjectName(QStringLiteral("stepsHint"));
    showError(nullptr);
}

ConnectionSteps::Row &ConnectionSteps::rowAt(size_t index)
{
    while (m_rows.size() <= index) {
        Row row{new QLabel(this), new QLabel(this), text(this, "dim"), new QLabel(this)};
        row.name->setObjectName(QStringLiteral("step_%1").arg(m_rows.size()));
        setStyleProperty(row.time, "tone", QStringLiteral("faint"));
        row.time->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        const int line = int(m_rows.size());
        m_grid->addWidget(row.mark, line, 0);
        m_grid->addWidget(row.name, line, 1);
        m_grid->addWidget(row.found, line, 2);
        m_grid->addWidget(row.time, line, 3);
        m_rows.push_back(row);
    }
    return m_rows[index];
}

void ConnectionSteps::showStep(Row &row, const StepResult &result, bool isUnderWay)
{
    constexpr int size = 16;
    const QString name = nameOf(result.step);
    row.mark->setPixmap(markOf(result.state).pixmap(size, size));
    row.name->setText(name);
    row.found->setText(isUnderWay ? QStringLiteral("…") : result.found);
    const bool isTimed = result.state == State::Done || result.state == State::Failed;
    row.time->setText(isTimed ? Text::tr("%1 ms").arg(result.time.count()) : QString());
    const QString word = isUnderWay ? Text::tr("under way") : stateWord(result.state);
    row.name->setAccessibleName(QStringLiteral("%1: %2. %3").arg(name, word, result.found));
    row.mark->setToolTip(word);
    setStyleProperty(row.name, "tone",
                     result.state == State::Failed       ? QStringLiteral("removed")
                     : result.state == State::NotReached ? QStringLiteral("dim")
                                                         : QString());
}

void ConnectionSteps::showError(const base::Error *error)
{
    m_problem->setVisible(error);
    m_hint->setVisible(error && !error->hint.isEmpty());
    if (!error)
        return;
    m_problem->setText(error->detail.isEmpty()
                           ? error->text
                           : QStringLiteral("%1: %2").arg(error->text, error->detail));
    m_hint->setText(error->hint);
}

void ConnectionSteps::show(const session::Diagnosis &diagnosis, bool isRunning)
{
    bool isUnderWay = isRunning;
    for (qsizetype i = 0; i < diagnosis.steps.size(); ++i) {
        const StepResult &result = diagnosis.steps.at(i);
        const bool isNext = isUnderWay && result.state == State::NotReached;
        showStep(rowAt(size_t(i)), result, isNext);
        isUnderWay = isUnderWay && !isNext;
    }
    showError(diagnosis.error ? &*diagnosis.error : nullptr);
}

void ConnectionSteps::show(const base::Error &error)
{
    showError(&error);
}

} // namespace studio
