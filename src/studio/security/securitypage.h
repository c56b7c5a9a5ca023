// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/rowsecurity.h"
#include "studio/widgets/rowsmodel.h"

#include <QWidget>

#include <memory>
#include <optional>

namespace Ui
{
class SecurityPage;
}
namespace session
{
class Project;
}
QT_BEGIN_NAMESPACE
class QSortFilterProxyModel;
QT_END_NAMESPACE

namespace studio
{

class AccessModel;
class CodeView;
class RowsView;

/// What the database itself lets a role do: a matrix of tables and commands for the role that is
/// chosen, the policies of a table, and its rows, or those of a view, as that role sees them.
class SecurityPage final : public QWidget
{
    Q_OBJECT

public:
    SecurityPage(session::Project &project, QWidget *parent = nullptr);
    ~SecurityPage() override;

    QString statusText() const { return m_status; }

Q_SIGNALS:
    void failed(const base::Error &error);
    void statusChanged(const QString &text);

private:
    void layOut();
    void connectAll();
    void databaseChanged();
    void askRoles();
    void takeRoles(const base::Result<QStringList> &roles);
    void askMatrix();
    void takeMatrix(const base::Result<QList<session::TableAccess>> &tables);
    void showTable();
    void showSettings(const schema::Table &table);
    void look();
    void count();
    void showCounts();
    void forgetRows(); ///< they are of another role, table or setting
    tenant::Persona persona() const;
    const session::TableAccess *access() const;   ///< to what is chosen; null without one
    std::optional<schema::Table> current() const; ///< of the catalog; a view has columns only
    QStringList settingsRead(const schema::Table &table) const;
    void fail(const base::Error &error);
    void say(const QString &status);

    session::Project &m_project;
    std::unique_ptr<Ui::SecurityPage> m_ui;
    AccessModel *m_access;
    QSortFilterProxyModel *m_shown;
    CodeView *m_policies;
    RowsModel m_rows;
    RowsView *m_view;
    QFutureWatcherBase *m_asking = nullptr;
    QFutureWatcherBase *m_counting = nullptr;
    QFutureWatcherBase *m_countingOwn = nullptr;
    QString m_guess;      ///< what was filled in by itself: the id of the tenant that was chosen
    schema::Name m_table; ///< the one that was chosen last
    tenant::Persona m_persona;           ///< whose rows are shown
    std::optional<qint64> m_seen, m_own; ///< rows in all, and of the tenant
    bool m_areOwnUnknown = false;        ///< a view that does not say whose its rows are
    QString m_status;
};

} // namespace studio
