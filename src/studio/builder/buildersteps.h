// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "studio/builder/builderstate.h"

#include <QWidget>

#include <functional>

QT_BEGIN_NAMESPACE
class QComboBox;
class QMenu;
class QSpinBox;
QT_END_NAMESPACE

namespace studio
{

class StepCard;

/// How the tenant keeps the query to itself, for the locked step.
struct BuilderScope {
    QStringList columns;            ///< orders.organization_id: each restricted
    QStringList nestedColumns = {}; ///< orders.project_id, of the tenant within it
    QString tenant;                 ///< Globex; empty: none is chosen
    QString nested = {};
    QStringList unscoped; ///< tables whose rows are those of every tenant all the same
    bool operator==(const BuilderScope &) const = default;
};

/// The steps of a query as cards: table, tenant, relations, columns, filters, sort and limit. Shows
/// a state and gives the one that a click or a keystroke makes of it.
class BuilderSteps final : public QWidget
{
    Q_OBJECT

public:
    explicit BuilderSteps(QWidget *parent = nullptr);

    void setSchema(const BuilderSchema &schema);
    void setState(const BuilderState &state);
    const BuilderState &state() const { return m_state; }
    void setScope(const BuilderScope &scope);
    void setFromNote(const QString &note);

Q_SIGNALS:
    void stateChanged(const studio::BuilderState &state);
    void stepEntered(const QList<query::Step> &steps);
    void stepLeft();

private:
    StepCard *addCard(const QString &title, const QString &name, const QList<query::Step> &steps);
    void change(const BuilderState &state); ///< shows it and tells
    void showAll();
    void showRelations();
    void showColumns();
    void showFilters();
    void showSorts();
    void chooseTable(int index);
    QMenu *columnMenu(bool withFrom, const std::function<void(const query::ColumnRef &)> &chosen);
    QString label(const query::ColumnRef &column) const;

    BuilderSchema m_schema;
    BuilderState m_state;
    BuilderScope m_scope;
    QList<schema::Name> m_tables;
    QComboBox *m_from;
    QSpinBox *m_limit;
    StepCard *m_fromCard;
    StepCard *m_tenantCard;
    StepCard *m_relationsCard;
    StepCard *m_columnsCard;
    StepCard *m_filtersCard;
    StepCard *m_sortCard;
};

} // namespace studio
