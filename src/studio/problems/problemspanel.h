// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "schema/problem.h"

#include <QWidget>

#include <memory>

namespace Ui
{
class ProblemsPanel;
}

namespace studio
{

class ProblemsModel;

/// What the code's loader noticed, as a list; Enter or a double click asks for the place.
class ProblemsPanel final : public QWidget
{
    Q_OBJECT

public:
    explicit ProblemsPanel(QWidget *parent = nullptr);
    ~ProblemsPanel() override;

    void setProblems(const QList<schema::Problem> &problems);
    void setEmptyText(const QString &text); ///< shown while there is no problem

Q_SIGNALS:
    void placeWanted(const schema::SourceLocation &place);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void open(const QModelIndex &index);
    void copy(const QModelIndex &index);
    void showMenu(const QPoint &at);
    void showEmptiness();

    std::unique_ptr<Ui::ProblemsPanel> m_ui;
    ProblemsModel *m_model;
};

} // namespace studio
