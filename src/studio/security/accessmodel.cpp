// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/security/accessmodel.h"

#include <algorithm>

namespace studio
{

namespace
{
using session::Access;
using session::TableAccess;

QString shortText(const Access &access)
{
    QString text;
    switch (access.reach) {
    case Access::Reach::None:
        return QStringLiteral("—");
    case Access::Reach::NoRows:
        text = AccessModel::tr("no rows");
        break;
    case Access::Reach::ByPolicy:
        text = (access.policies + access.restrictions).join(QStringLiteral(", "));
        break;
    case Access::Reach::ByQuery:
        text = AccessModel::tr("by its query");
        break;
    case Access::Reach::AllRows:
        text = AccessModel::tr("all rows");
        break;
    }
    return access.onSomeColumns ? AccessModel::tr("%1 (some columns)").arg(text) : text;
}

QString reasonOf(const Access &access)
{
    switch (access.reach) {
    case Access::Reach::None:
        return AccessModel::tr("The role has no privilege for it");
    case Access::Reach::NoRows:
        return AccessModel::tr("Row-level security is enabled, and no policy lets a row through");
    case Access::Reach::ByPolicy:
        return access.restrictions.isEmpty()
                   ? AccessModel::tr("Rows that one of these lets through: %1")
                         .arg(access.policies.join(QStringLiteral(", ")))
                   : AccessModel::tr(
                         "Rows that one of these lets through: %1; and all of these: %2")
                         .arg(access.policies.join(QStringLiteral(", ")),
                              access.restrictions.join(QStringLiteral(", ")));
    case Access::Reach::ByQuery:
        return AccessModel::tr("What the view's query gives with the rights that it uses");
    case Access::Reach::AllRows:
        break;
    }
    switch (access.exempt) {
    case Access::Exempt::Bypass:
        return AccessModel::tr("The role passes by row-level security: superuser or BYPASSRLS");
    case Access::Exempt::Owner:
        return AccessModel::tr("The role owns the table, and row-level security is not forced");
    case Access::Exempt::Off:
    case Access::Exempt::No:
        break;
    }
    return AccessModel::tr("Row-level security is not enabled");
}

QString securityText(const TableAccess &table)
{
    switch (table.kind) {
    case TableAccess::Kind::OwnersView:
        return AccessModel::tr("as its owner");
    case TableAccess::Kind::InvokersView:
        return AccessModel::tr("as who asks");
    case TableAccess::Kind::Materialized:
        return AccessModel::tr("as computed");
    case TableAccess::Kind::Table:
        break;
    }
    return !table.isSecured ? AccessModel::tr("off")
           : table.isForced ? AccessModel::tr("forced")
                            : AccessModel::tr("on");
}
} // namespace

QString AccessModel::rightsText(const TableAccess &table)
{
    switch (table.kind) {
    case TableAccess::Kind::OwnersView:
        return tr("The view reads its tables with the rights of its owner %1, whose policies hold "
                  "it: whoever may read it needs no right on the tables")
            .arg(table.owner);
    case TableAccess::Kind::InvokersView:
        return tr("The view reads its tables with the rights of whoever asks (security_invoker), "
                  "whose policies hold it");
    case TableAccess::Kind::Materialized:
        return tr("The view holds what was read with the rights of its owner %1: no policy "
                  "holds its rows")
            .arg(table.owner);
    case TableAccess::Kind::Table:
        break;
    }
    return {};
}

bool AccessModel::setTables(const QList<TableAccess> &tables, const QSet<schema::Name> &ofTenants)
{
    if (m_tables == tables && m_ofTenants == ofTenants)
        return false;
    beginResetModel();
    m_tables = tables;
    m_ofTenants = ofTenants;
    endResetModel();
    return true;
}

int AccessModel::find(const schema::Name &table) const
{
    const auto it = std::ranges::find(m_tables, table, &TableAccess::table);
    return it == m_tables.end() ? -1 : int(it - m_tables.begin());
}

int AccessModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_tables.size());
}

int AccessModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

AccessModel::Tone AccessModel::toneOf(const TableAccess &table, const Access &access) const
{
    switch (access.reach) {
    case Access::Reach::ByPolicy:
        return Tone::Held;
    case Access::Reach::AllRows:
        return m_ofTenants.contains(table.table) ? Tone::Open : Tone::Plain;
    case Access::Reach::ByQuery:
        return Tone::Plain;
    case Access::Reach::None:
    case Access::Reach::NoRows:
        break;
    }
    return Tone::None;
}

QVariant AccessModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const TableAccess &table = m_tables.at(index.row());
    if (index.column() == Table)
        return role == Qt::DisplayRole
                   ? table.table.schema.isEmpty() ? table.table.name : table.table.qualified()
                   : QVariant();
    if (index.column() == Security) {
        const bool isOpen = !table.isSecured && m_ofTenants.contains(table.table);
        if (role == ToneRole)
            return int(table.isSecured ? Tone::Held : isOpen ? Tone::Open : Tone::None);
        return role == Qt::DisplayRole   ? securityText(table)
               : role == Qt::ToolTipRole ? rightsText(table)
                                         : QVariant();
    }
    const Access &access = table.commands[size_t(index.column() - FirstCommand)];
    switch (role) {
    case Qt::DisplayRole:
        return shortText(access);
    case Qt::ToolTipRole:
        return reasonOf(access);
    case ToneRole:
        return int(toneOf(table, access));
    default:
        return {};
    }
}

QVariant AccessModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const QString titles[]{tr("Table or view"),      tr("Row security"),
                           QStringLiteral("SELECT"), QStringLiteral("INSERT"),
                           QStringLiteral("UPDATE"), QStringLiteral("DELETE")};
    return section < ColumnCount ? titles[section] : QVariant();
}

} // namespace studio
