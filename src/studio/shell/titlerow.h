// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QTimer>
#include <QWidget>

#include <memory>
#include <optional>

QT_BEGIN_NAMESPACE
class QMenu;
class QPushButton;
QT_END_NAMESPACE

namespace Ui
{
class TitleRow;
}

namespace studio
{

/// What the title row states, as values.
struct TitleState {
    enum class Connection { NoServer, NotConnected, Connecting, Connected, Lost, Failed };

    QString project;     ///< empty: none is open
    QString environment; ///< local, staging, production, or empty
    QString server;      ///< "local · 5433"
    Connection connection = Connection::NoServer;
    bool hasTenants = false;                ///< the schema has a tenant column
    QString tenant;                         ///< label of the chosen one; empty: all tenants
    QString nestedWhat;                     ///< projects: what can be chosen within it, or empty
    QString nested;                         ///< label of the chosen one; empty: all of them
    bool isTenantWanted = false;            ///< nobody is chosen, and no rows are shown
    std::optional<QDateTime> allTenantsEnd; ///< the rows of all are shown until then
    std::optional<QDateTime> leaseEnd;      ///< writes are allowed until then
    bool operator==(const TitleState &) const = default;
};

/// Project ▸ environment ▸ tenant on the left, read-only or the write lease's countdown on the
/// right. Always there.
class TitleRow final : public QWidget
{
    Q_OBJECT

public:
    explicit TitleRow(QWidget *parent = nullptr);
    ~TitleRow() override;

    void setState(const TitleState &state);
    void setProjectMenu(QMenu *menu);
    QPushButton *tenantButton() const; ///< what the list of tenants hangs on
    bool offersNested() const;         ///< something can be chosen within the tenant
    QPushButton *nestedButton() const; ///< and that of those within the tenant
    QPushButton *writesButton() const; ///< what the question about writes hangs on

Q_SIGNALS:
    void serverWanted();
    void tenantWanted();
    void nestedWanted();
    void writesWanted();
    void writesEnded();
    void paletteWanted();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void showEnvironment();
    void showTenant();
    void showNested();
    void showAccess();
    void countDown();

    std::unique_ptr<Ui::TitleRow> m_ui;
    TitleState m_state;
    QTimer m_second;
};

/// The colour word (of Theme's pills) for an environment: added, changed, removed, or neutral.
QString environmentTone(const QString &environment);

} // namespace studio
