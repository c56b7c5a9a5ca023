// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model.h"

#include <algorithm>
#include <random>

namespace changes
{

/// The rows' values fit all of these types.
inline bool isConvertible(Model::Type type)
{
    using Type = Model::Type;
    return type <= Type::Varchar;
}

/// One step: something by chance is made, changed, renamed or dropped.
class Step
{
public:
    /// \a oldest: what has a number up to this one has rows already.
    Step(Model &model, quint64 seed, int oldest)
        : m_model(model)
        , m_random(seed)
        , m_oldest(oldest)
    {
    }

    /// What was done, in words; empty: nothing.
    QString create();
    QString edit();

private:
    qsizetype pick(qsizetype count)
    {
        return std::uniform_int_distribution<qsizetype>(0, std::max<qsizetype>(count - 1, 0))(
            m_random);
    }
    bool chance(int ofHundred) { return pick(100) < ofHundred; }
    template <typename List> auto *any(List &list)
    {
        return list.isEmpty() ? nullptr : &list[pick(list.size())];
    }
    int next() { return ++m_model.lastId; }
    bool isOld(int id) const { return id <= m_oldest; }

    /// A name that no other object has, also when the server cuts it.
    QString freshName();

    int anySchema();
    QString addSchema();
    QString addEnum();
    QString addSequence();

    /// Roles belong to the server: no other test program has these names.
    QString addRole();
    QString roleName();
    QString addTable();

    Model::Column newColumn(const Model::Table &table, bool underRows);
    QString addColumn();
    QString addPart();

    static QString wordOf(Model::Part::Kind kind);

    /// Whether the rows of \a column allow \a part; completes a foreign key.
    bool fits(const Model::Table &table, const Model::Column &column, Model::Part &part);

    bool canPoint(const Model::Table &table, const Model::Column &column, Model::Part &part);

    bool isTarget(int tableId, int columnId) const;
    bool isPointing(const Model::Table &table, int columnId) const;
    QString addView();

    template <typename List> QString dropFrom(List &list, const QString &kind)
    {
        if (list.isEmpty())
            return {};
        const auto dropped = list.takeAt(pick(list.size()));
        m_model.tidy();
        return QStringLiteral("drop %1 %2").arg(kind, dropped.name);
    }
    QString dropTable();
    QString dropColumn();
    QString dropPart();
    QString dropOther();

    QString rename(Model::Named *named, const QString &kind, const QString &to);
    QString renameTable();
    QString renameColumn();
    QString renameOther();

    QString swapColumns();
    QString swapTables();

    template <typename List> QString move(List &list)
    {
        auto *owned = any(list);
        const Model::Named *schema = chance(70) ? any(m_model.schemas) : nullptr;
        const int to = schema ? schema->id : 0;
        if (!owned || owned->schema == to)
            return {};
        owned->schema = to;
        return QStringLiteral("move %1 to %2")
            .arg(owned->name, schema ? schema->name : QStringLiteral("public"));
    }
    QString moveObject();

    /// A column whose type may change: its rows fit, and no key leads away from it.
    Model::Column *anyConvertible(Model::Table *table);
    QString changeType();
    QString changeNumbers();
    QString changeNull();
    QString changeDefault();
    QString changeEnum();
    QString changePart();
    QString changeSequence();
    QString changeRole();
    QString changeView();
    QString changeKey();
    QString changeSecurity();

    Model &m_model;
    std::mt19937_64 m_random;
    int m_oldest;
};

} // namespace changes
