// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "diff/change.h"

#include <QWidget>

#include <memory>

namespace Ui
{
class DifferencesPanel;
}

namespace studio
{

class DifferencesModel;

/// What lies between database and code, as a list; a click asks for the table in the tree.
class DifferencesPanel final : public QWidget
{
    Q_OBJECT

public:
    explicit DifferencesPanel(QWidget *parent = nullptr);
    ~DifferencesPanel() override;

    void setDifferences(const QList<diff::Change> &changes, const QStringList &notices);
    void setEmptyText(const QString &text); ///< shown while the list is empty

Q_SIGNALS:
    void tableWanted(const schema::Name &table);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void showEmptiness();

    std::unique_ptr<Ui::DifferencesPanel> m_ui;
    DifferencesModel *m_model;
};

} // namespace studio
