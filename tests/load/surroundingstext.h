// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "schema/surroundings.h"

/// What is beside a schema as lines of text, for tests to compare.
namespace testsupport
{

inline QString printed(const schema::ObjectId &id)
{
    const QString word = schema::sqlName(id.kind);
    const QString kind = id.kind == schema::ObjectKind::Partition ? QStringLiteral("PARTITION")
                         : id.kind == schema::ObjectKind::Default ? QStringLiteral("DEFAULT")
                         : word.isEmpty()                         ? QStringLiteral("OTHER")
                                                                  : word;
    return kind + u' ' + id.name.qualified() + (id.part.isEmpty() ? QString() : u'.' + id.part);
}

inline QString printed(const QList<std::pair<QString, QString>> &options)
{
    QStringList texts;
    for (const auto &[name, value] : options)
        texts << name + u'=' + value;
    return texts.join(u',');
}

/// Words for what is not empty or false.
class Words
{
public:
    explicit Words(const QString &first)
        : m_words(first)
    {
    }
    Words &add(const char *name, const QString &value)
    {
        if (!value.isEmpty())
            m_words << QLatin1String(name) + u'=' + value;
        return *this;
    }
    Words &add(const char *name, bool value)
    {
        if (value)
            m_words << QLatin1String(name);
        return *this;
    }
    QString text() const { return m_words.join(u' '); }

private:
    QStringList m_words;
};

inline QString printed(const schema::Name &name, const schema::TableTraits &traits)
{
    QStringList parents;
    for (const schema::Name &parent : traits.inherits)
        parents << parent.qualified();
    return Words(QStringLiteral("table ") + name.qualified())
        .add("unlogged", traits.unlogged)
        .add("force", traits.forceRowSecurity)
        .add("inherits", parents.join(u','))
        .add("key", traits.partitionKey)
        .add("of", traits.partitionOf.name)
        .add("bound", traits.partitionBound)
        .add("method", traits.accessMethod)
        .add("tablespace", traits.tablespace)
        .add("with", printed(traits.options))
        .add("identity", traits.replicaIdentity)
        .add("clustered", traits.clusteredOn)
        .add("pk", traits.primaryKey)
        .add("triggers", traits.hasTriggers)
        .text();
}

inline QString printed(const schema::ObjectId &id, const schema::ColumnTraits &traits)
{
    return Words(printed(id))
        .add("collation", traits.collation)
        .add("storage", traits.storage)
        .add("compression", traits.compression)
        .add("statistics",
             traits.statisticsTarget < 0 ? QString() : QString::number(traits.statisticsTarget))
        .add("with", printed(traits.options))
        .add("notnull", traits.notNullName)
        .add("noinherit", traits.notNullNoInherit)
        .add("notvalid", traits.notNullNotValid)
        .add("inherited", traits.inherited)
        .text();
}

inline QString printed(const schema::ObjectId &id, const schema::ConstraintTraits &traits)
{
    return Words(printed(id))
        .add("deferrable", traits.deferrable)
        .add("deferred", traits.initiallyDeferred)
        .add("notvalid", traits.notValid)
        .add("notenforced", traits.notEnforced)
        .add("noinherit", traits.noInherit)
        .add("inherited", traits.inherited)
        .add("full", traits.matchFull)
        .add("period", traits.period)
        .add("exclusion", traits.exclusion)
        .add("setnull", traits.setNullColumns.join(u','))
        .add("include", traits.includedColumns.join(u','))
        .text();
}

inline QString printed(const schema::Name &name, const schema::IndexTraits &traits)
{
    return Words(QStringLiteral("index ") + name.qualified() + QStringLiteral(" on ") +
                 traits.table.qualified())
        .add("constraint", traits.constraint)
        .add("include", traits.includedColumns.join(u','))
        .add("collate", traits.collations.join(u','))
        .add("notdistinct", traits.nullsNotDistinct)
        .add("invalid", !traits.valid)
        .add("unready", !traits.ready)
        .add("inherited", traits.inherited)
        .add("tablespace", traits.tablespace)
        .text();
}

inline QString printed(const schema::Name &name, const schema::SequenceTraits &traits)
{
    return Words(QStringLiteral("sequence ") + name.qualified() + u' ' + traits.dataType)
        .add("owner", traits.ownerTable.name)
        .add("column", traits.ownerColumn)
        .add("unlogged", traits.unlogged)
        .add("start", traits.options.startWith)
        .text();
}

inline QString printed(const schema::LiveObject &object)
{
    QString text = printed(object.id) +
                   (object.managed ? QStringLiteral(" managed") : QStringLiteral(" unmanaged"));
    for (const QString &statement : QStringList{object.definition} + object.restoration)
        text += statement.isEmpty() ? QString() : QStringLiteral(" | ") + statement.simplified();
    return text;
}

inline QStringList printedLines(const schema::Surroundings &surroundings)
{
    QStringList lines;
    const auto addAll = [&lines](const auto &entries) {
        for (auto entry = entries.cbegin(); entry != entries.cend(); ++entry)
            lines << printed(entry.key(), *entry);
    };
    addAll(surroundings.tables);
    addAll(surroundings.columns);
    addAll(surroundings.constraints);
    addAll(surroundings.indexes);
    addAll(surroundings.sequences);
    for (const schema::LiveObject &object : surroundings.objects)
        lines << printed(object);
    for (auto entry = surroundings.usedBy.cbegin(); entry != surroundings.usedBy.cend(); ++entry) {
        for (const schema::Dependant &dependant : *entry) {
            using Tie = schema::Dependant::Tie;
            const QString arrow = dependant.tie == Tie::Normal      ? QStringLiteral(" <- ")
                                  : dependant.tie == Tie::Automatic ? QStringLiteral(" <~ ")
                                                                    : QStringLiteral(" has ");
            lines << printed(entry.key()) + arrow + printed(dependant.id);
        }
    }
    lines.sort();
    return lines;
}

} // namespace testsupport
