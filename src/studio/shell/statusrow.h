// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "studio/shell/statusparts.h"

#include <QWidget>

QT_BEGIN_NAMESPACE
class QLabel;
class QPushButton;
QT_END_NAMESPACE

namespace studio
{

/// The line at the foot of the window: the page's own words on the left; on the right how code,
/// folder, ledger and database stand to each other, and the connection.
class StatusRow final : public QWidget
{
    Q_OBJECT

public:
    explicit StatusRow(QWidget *parent = nullptr);
    void setPageText(const QString &text);
    void setCodeFolder(const StatusPart &part);
    void setFolderLedger(const StatusPart &part);
    void setCodeDatabase(const StatusPart &part); ///< no text: nothing is compared
    void setServer(const StatusPart &part);
    void setEdits(const StatusPart &part);    ///< no text: none are staged
    void setProblems(const StatusPart &part); ///< no text: there are none

Q_SIGNALS:
    void problemsWanted();
    void differencesWanted();
    void editsWanted();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QLabel *m_page;
    QPushButton *m_edits;
    QPushButton *m_problems;
    QLabel *m_codeFolder;
    QLabel *m_folderLedger;
    QPushButton *m_codeDatabase;
    QLabel *m_server;
};

} // namespace studio
