// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/differences/differencesmodel.h"

namespace studio
{

namespace
{
using Sign = DifferencesModel::Sign;

/// Whether a change adds, drops or alters: by what it carries, which is the same for every kind.
template <typename Change> constexpr Sign signOf()
{
    using namespace diff;
    constexpr bool adds =
        std::is_same_v<Change, AddSchema> || std::is_same_v<Change, AddTable> ||
        std::is_same_v<Change, AddColumn> || std::is_same_v<Change, AddPrimaryKey> ||
        std::is_same_v<Change, AddIndex> || std::is_same_v<Change, AddForeignKey> ||
        std::is_same_v<Change, AddUnique> || std::is_same_v<Change, AddCheck> ||
        std::is_same_v<Change, AddPolicy> || std::is_same_v<Change, AddEnum> ||
        std::is_same_v<Change, AddEnumValue> || std::is_same_v<Change, AddSequence> ||
        std::is_same_v<Change, AddRole> || std::is_same_v<Change, AddView>;
    constexpr bool drops =
        std::is_same_v<Change, DropSchema> || std::is_same_v<Change, DropTable> ||
        std::is_same_v<Change, DropColumn> || std::is_same_v<Change, DropPrimaryKey> ||
        std::is_same_v<Change, DropIndex> || std::is_same_v<Change, DropForeignKey> ||
        std::is_same_v<Change, DropUnique> || std::is_same_v<Change, DropCheck> ||
        std::is_same_v<Change, DropPolicy> || std::is_same_v<Change, DropEnum> ||
        std::is_same_v<Change, DropSequence> || std::is_same_v<Change, DropRole> ||
        std::is_same_v<Change, DropView>;
    return adds ? Sign::Added : drops ? Sign::Removed : Sign::Changed;
}

schema::Name nameOf(const schema::Name &name)
{
    return name;
}
schema::Name nameOf(const schema::Table &table)
{
    return table.name;
}

template <typename Change> schema::Name tableOf(const Change &change)
{
    if constexpr (std::is_same_v<Change, diff::Rename>)
        return change.kind == diff::Kind::Table ? change.to : change.table;
    else if constexpr (requires { change.table; })
        return nameOf(change.table);
    else
        return {};
}

QString word(Sign sign)
{
    switch (sign) {
    case Sign::Added:
        return DifferencesModel::tr("only in the code");
    case Sign::Removed:
        return DifferencesModel::tr("only in the database");
    case Sign::Changed:
        return DifferencesModel::tr("differs");
    case Sign::Notice:
        break;
    }
    return DifferencesModel::tr("Notice");
}
} // namespace

DifferencesModel::Row DifferencesModel::rowOf(const diff::Change &change)
{
    return std::visit(
        [&change](const auto &one) {
            return Row{signOf<std::decay_t<decltype(one)>>(), diff::describe(change), tableOf(one)};
        },
        change);
}

void DifferencesModel::setDifferences(const QList<diff::Change> &changes,
                                      const QStringList &notices)
{
    QList<Row> rows;
    rows.reserve(changes.size() + notices.size());
    for (const diff::Change &change : changes)
        rows << rowOf(change);
    for (const QString &notice : notices)
        rows << Row{Sign::Notice, notice, {}};
    if (rows == m_rows)
        return;
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

int DifferencesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant DifferencesModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return row.text;
    case Qt::AccessibleTextRole:
        return word(row.sign) + QStringLiteral(": ") + row.text;
    case SignRole:
        return int(row.sign);
    case TableRole:
        return QVariant::fromValue(row.table);
    default:
        return {};
    }
}

} // namespace studio
