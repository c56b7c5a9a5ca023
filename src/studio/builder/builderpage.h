// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "studio/builder/builderstate.h"
#include "studio/widgets/rowsmodel.h"

#include <QWidget>

#include <memory>

namespace Ui
{
class BuilderPage;
}
namespace session
{
class Project;
}

namespace studio
{

class BuilderSteps;
class CodeView;
class RowsView;

/// The query builder: the steps at the left, the same query as SQL, as Drizzle TypeScript and as
/// rows at the right. Text follows every click and keystroke; rows come when it is run.
class BuilderPage final : public QWidget
{
    Q_OBJECT

public:
    BuilderPage(session::Project &project, QWidget *parent = nullptr);
    ~BuilderPage() override;

    void setTable(const schema::Name &table);
    const BuilderState &state() const;
    QString statusText() const;

Q_SIGNALS:
    void failed(const base::Error &error);
    void statusChanged(const QString &text);

private:
    void layOut();
    void connectAll();
    void showSchema();
    void showQuery();
    void showScope(const query::Select &scoped);
    void showStatus();
    void highlight(const QList<query::Step> &steps);
    void run();
    void labelTenants();
    void copySql();
    void sortBy(int column, RowsSort how);
    void rowsStateChanged();

    session::Project &m_project;
    std::unique_ptr<Ui::BuilderPage> m_ui;
    BuilderSchema m_schema;
    bool m_shown = false; ///< m_schema, in the steps
    RowsModel m_rows;
    BuilderSteps *m_steps;
    CodeView *m_sql;
    CodeView *m_drizzle;
    RowsView *m_view;
    query::Rendered m_rendered;
    query::Select m_select; ///< with the tenant's scope
    QString m_notice;
};

} // namespace studio
