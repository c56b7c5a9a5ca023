// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/audit.h"
#include "studio/widgets/rowsmodel.h"

#include <QWidget>

#include <memory>

namespace Ui
{
class AuditPage;
}
namespace session
{
class Project;
}

namespace studio
{

class AuditModel;
class CodeView;
class RowsView;

/// The foreign keys between tables of tenants: whose rows point at another tenant's row, those
/// rows, and the composite key that would have prevented it. Asks when it is opened, when the
/// tenant changes and on request.
class AuditPage final : public QWidget
{
    Q_OBJECT

public:
    AuditPage(session::Project &project, QWidget *parent = nullptr);
    ~AuditPage() override;

    QString statusText() const;

Q_SIGNALS:
    void failed(const base::Error &error);
    void statusChanged(const QString &text);

private:
    void layOut();
    void connectAll();
    void databaseChanged();
    void ask();
    void receive(const base::Result<QList<session::AuditFinding>> &result);
    void showKey(int row);
    void showRemedy(const session::AuditRemedy &remedy);
    void showSummary();
    void exportRows();
    void writeRows(const QString &file, const base::Result<rows::Page> &page);
    void say(const QString &notice);

    session::Project &m_project;
    std::unique_ptr<Ui::AuditPage> m_ui;
    AuditModel *m_model;
    std::optional<tenant::AuditKey> m_key; ///< whose rows are shown
    RowsModel m_rows;
    RowsView *m_view;
    CodeView *m_drizzle;
    CodeView *m_sql;
    QFutureWatcherBase *m_asking = nullptr;
    QFutureWatcherBase *m_exporting = nullptr;
    bool m_asked = false; ///< there was an answer
    QString m_notice;
};

} // namespace studio
