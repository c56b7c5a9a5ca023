// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/connecting.h"

#include <QWidget>

#include <vector>

QT_BEGIN_NAMESPACE
class QGridLayout;
class QLabel;
QT_END_NAMESPACE

namespace studio
{

/// The steps of a connection as a list with marks: done, nothing to do, failed or not reached; what
/// each found and how long it took; below them what went wrong and what to do.
class ConnectionSteps final : public QWidget
{
public:
    explicit ConnectionSteps(QWidget *parent = nullptr);
    /// \a isRunning: the first step that was not reached is under way.
    void show(const session::Diagnosis &diagnosis, bool isRunning);
    /// Nothing was tried: the settings themselves are at fault.
    void show(const base::Error &error);

private:
    struct Row {
        QLabel *mark, *name, *found, *time;
    };
    void showError(const base::Error *error);
    void showStep(Row &row, const session::StepResult &result, bool isUnderWay);
    Row &rowAt(size_t index);

    QGridLayout *m_grid;
    QLabel *m_problem;
    QLabel *m_hint;
    std::vector<Row> m_rows;
};

} // namespace studio
