// SPDX-License-Identifier: GPL-3.0-or-later
#include "diff/change.h"

#include "diff/equal.h"
#include "diff/text.h"

namespace diff
{

namespace
{
QString in(const schema::Name &table, const QString &part)
{
    return table.qualified() + u'.' + part;
}

QString defaultText(const std::optional<schema::Default> &value)
{
    return value ? value->text : Text::tr("none");
}

QString nullText(bool notNull)
{
    return notNull ? QStringLiteral("NOT NULL") : QStringLiteral("NULL");
}

QString columnText(const schema::Column &column)
{
    QString text = column.type;
    if (column.primaryKey)
        text += QStringLiteral(" PRIMARY KEY");
    if (column.defaultValue)
        text += QStringLiteral(" DEFAULT ") + column.defaultValue->text;
    if (column.notNull && !column.primaryKey)
        text += QStringLiteral(" NOT NULL");
    return text;
}

QString arrow(const QString &what, const QString &before, const QString &after)
{
    return QStringLiteral("%1: %2 → %3").arg(what, before, after);
}

QString optionsText(const schema::SequenceOptions &options)
{
    QStringList parts{options.increment, options.startWith, options.minValue, options.maxValue,
                      options.cache};
    if (options.cycle)
        parts << QStringLiteral("CYCLE");
    parts.removeAll(QString());
    return parts.join(u' ');
}

QString identityText(const std::optional<schema::Identity> &identity)
{
    if (!identity)
        return Text::tr("none");
    const schema::SequenceOptions &options = identity->options;
    return QStringLiteral("%1 (%2)").arg(identity->kind == schema::Identity::Kind::Always
                                             ? QStringLiteral("ALWAYS")
                                             : QStringLiteral("BY DEFAULT"),
                                         optionsText(options));
}

QString generatedText(const std::optional<schema::Generated> &generated)
{
    if (!generated)
        return Text::tr("none");
    return generated->expression + (generated->stored ? QString() : QStringLiteral(" VIRTUAL"));
}

/// One that the server does not use says so: else a drop and an add would read like nothing.
QString indexText(const schema::Name &table, const schema::Index &index)
{
    const QString name = in(table, index.name);
    return index.invalid ? Text::tr("%1 (not valid)").arg(name) : name;
}

QString alterations(const schema::Column &before, const schema::Column &after)
{
    QStringList parts;
    if (!sameType(before, after))
        parts << arrow(Text::tr("type"), before.type, after.type);
    if (before.defaultValue != after.defaultValue)
        parts << arrow(Text::tr("default"), defaultText(before.defaultValue),
                       defaultText(after.defaultValue));
    if (before.notNull != after.notNull)
        parts << arrow(Text::tr("null"), nullText(before.notNull), nullText(after.notNull));
    if (!sameIdentity(before.identity, after.identity))
        parts << arrow(Text::tr("identity"), identityText(before.identity),
                       identityText(after.identity));
    if (before.generated != after.generated)
        parts << arrow(Text::tr("generated"), generatedText(before.generated),
                       generatedText(after.generated));
    return parts.join(QStringLiteral("; "));
}

QString keyText(const schema::ForeignKey &key)
{
    const schema::Name target{plainSchema(key.targetSchema), key.targetTable};
    return QStringLiteral("(%1) → %2(%3)")
        .arg(key.columns.join(QStringLiteral(", ")), target.qualified(),
             key.targetColumns.join(QStringLiteral(", ")));
}

QString wordOf(Kind kind)
{
    switch (kind) {
    case Kind::Schema:
        return Text::tr("schema");
    case Kind::Table:
        return Text::tr("table");
    case Kind::Column:
        return Text::tr("column");
    case Kind::Enum:
        return Text::tr("enum");
    case Kind::EnumValue:
        return Text::tr("enum value");
    case Kind::View:
        return Text::tr("view");
    case Kind::Sequence:
        return Text::tr("sequence");
    case Kind::Role:
        return Text::tr("role");
    case Kind::Policy:
        return Text::tr("policy");
    case Kind::Index:
        return Text::tr("index");
    case Kind::PrimaryKey:
        return Text::tr("primary key");
    case Kind::ForeignKey:
        return Text::tr("foreign key");
    case Kind::Unique:
        return Text::tr("unique constraint");
    case Kind::Check:
        break;
    }
    return Text::tr("check");
}

QString shown(Kind kind, const schema::Name &table, const schema::Name &name)
{
    switch (kind) {
    case Kind::Schema:
    case Kind::Role:
        return name.name;
    case Kind::Table:
    case Kind::Enum:
    case Kind::View:
    case Kind::Sequence:
        return name.qualified();
    default:
        return in(table, name.name);
    }
}

/// One overload a kind of change: std::visit then fails to compile when a kind is forgotten.
struct Describe {
    QString operator()(const AddSchema &c) const { return Text::tr("add schema %1").arg(c.schema); }
    QString operator()(const AddTable &c) const
    {
        return Text::tr("add table %1").arg(c.table.name.qualified());
    }
    QString operator()(const DropTable &c) const
    {
        return Text::tr("drop table %1").arg(c.table.name.qualified());
    }
    QString operator()(const AddColumn &c) const
    {
        return Text::tr("add column %1: %2").arg(in(c.table, c.column.name), columnText(c.column));
    }
    QString operator()(const DropColumn &c) const
    {
        return Text::tr("drop column %1: %2").arg(in(c.table, c.column.name), columnText(c.column));
    }
    QString operator()(const AlterColumn &c) const
    {
        return Text::tr("alter column %1: %2")
            .arg(in(c.table, c.after.name), alterations(c.before, c.after));
    }
    QString operator()(const AddIndex &c) const
    {
        return Text::tr("add index %1").arg(indexText(c.table, c.index));
    }
    QString operator()(const DropIndex &c) const
    {
        return Text::tr("drop index %1").arg(indexText(c.table, c.index));
    }
    QString operator()(const AddForeignKey &c) const
    {
        return Text::tr("add foreign key %1: %2").arg(in(c.table, c.key.name), keyText(c.key));
    }
    QString operator()(const DropForeignKey &c) const
    {
        return Text::tr("drop foreign key %1: %2").arg(in(c.table, c.key.name), keyText(c.key));
    }
    QString operator()(const AddUnique &c) const
    {
        return Text::tr("add unique %1: (%2)")
            .arg(in(c.table, c.unique.name), c.unique.columns.join(QStringLiteral(", ")));
    }
    QString operator()(const DropUnique &c) const
    {
        return Text::tr("drop unique %1: (%2)")
            .arg(in(c.table, c.unique.name), c.unique.columns.join(QStringLiteral(", ")));
    }
    QString operator()(const AddCheck &c) const
    {
        return Text::tr("add check %1: %2").arg(in(c.table, c.check.name), c.check.expression);
    }
    QString operator()(const DropCheck &c) const
    {
        return Text::tr("drop check %1: %2").arg(in(c.table, c.check.name), c.check.expression);
    }
    QString operator()(const AddEnum &c) const
    {
        return Text::tr("add enum %1: %2")
            .arg(c.type.name.qualified(), c.type.values.join(QStringLiteral(", ")));
    }
    QString operator()(const DropEnum &c) const
    {
        return Text::tr("drop enum %1").arg(c.type.name.qualified());
    }
    QString operator()(const AddEnumValue &c) const
    {
        return c.before.isEmpty()
                   ? Text::tr("add value %1 to enum %2").arg(c.value, c.type.qualified())
                   : Text::tr("add value %1 to enum %2 before %3")
                         .arg(c.value, c.type.qualified(), c.before);
    }
    QString operator()(const DropSchema &c) const
    {
        return Text::tr("drop schema %1").arg(c.schema);
    }
    QString operator()(const SetRowLevelSecurity &c) const
    {
        return (c.enabled ? Text::tr("switch row-level security on: %1")
                          : Text::tr("switch row-level security off: %1"))
            .arg(c.table.qualified());
    }
    QString operator()(const AddPrimaryKey &c) const
    {
        return Text::tr("add primary key %1: (%2)")
            .arg(c.table.qualified(), c.key.columns.join(QStringLiteral(", ")));
    }
    QString operator()(const DropPrimaryKey &c) const
    {
        return Text::tr("drop primary key %1: (%2)")
            .arg(c.table.qualified(), c.key.columns.join(QStringLiteral(", ")));
    }
    QString operator()(const AddPolicy &c) const
    {
        return Text::tr("add policy %1").arg(in(c.table, c.policy.name));
    }
    QString operator()(const DropPolicy &c) const
    {
        return Text::tr("drop policy %1").arg(in(c.table, c.policy.name));
    }
    QString operator()(const AlterPolicy &c) const
    {
        return Text::tr("alter policy %1").arg(in(c.table, c.after.name));
    }
    QString operator()(const RebuildEnum &c) const
    {
        return Text::tr("rebuild enum %1: %2 → %3")
            .arg(c.after.name.qualified(), c.before.values.join(QStringLiteral(", ")),
                 c.after.values.join(QStringLiteral(", ")));
    }
    QString operator()(const AddSequence &c) const
    {
        return Text::tr("add sequence %1").arg(c.sequence.name.qualified());
    }
    QString operator()(const DropSequence &c) const
    {
        return Text::tr("drop sequence %1").arg(c.sequence.name.qualified());
    }
    QString operator()(const AlterSequence &c) const
    {
        return Text::tr("alter sequence %1").arg(c.after.name.qualified());
    }
    QString operator()(const AddRole &c) const { return Text::tr("add role %1").arg(c.role.name); }
    QString operator()(const DropRole &c) const
    {
        return Text::tr("drop role %1").arg(c.role.name);
    }
    QString operator()(const AlterRole &c) const
    {
        return Text::tr("alter role %1").arg(c.after.name);
    }
    QString operator()(const AddView &c) const
    {
        return Text::tr("add view %1").arg(c.view.name.qualified());
    }
    QString operator()(const DropView &c) const
    {
        return Text::tr("drop view %1").arg(c.view.name.qualified());
    }
    QString operator()(const AlterView &c) const
    {
        return Text::tr("alter view %1").arg(c.after.name.qualified());
    }
    QString operator()(const Rename &c) const
    {
        return Text::tr("rename %1 %2 → %3")
            .arg(wordOf(c.kind), shown(c.kind, c.table, c.from), shown(c.kind, c.table, c.to));
    }
};
} // namespace

QString describe(const Change &change)
{
    return std::visit(Describe{}, change);
}

QString describe(const RenameCandidate &candidate)
{
    return Text::tr("%1 %2 is gone and %3 is new: %4")
        .arg(wordOf(candidate.kind), shown(candidate.kind, candidate.table, candidate.from),
             shown(candidate.kind, candidate.table, candidate.to),
             candidate.evidence.join(QStringLiteral(", ")));
}

QString word(Kind kind)
{
    switch (kind) {
    case Kind::Schema:
        return QStringLiteral("schema");
    case Kind::Table:
        return QStringLiteral("table");
    case Kind::Column:
        return QStringLiteral("column");
    case Kind::Enum:
        return QStringLiteral("enum");
    case Kind::EnumValue:
        return QStringLiteral("enum-value");
    case Kind::View:
        return QStringLiteral("view");
    case Kind::Sequence:
        return QStringLiteral("sequence");
    case Kind::Role:
        return QStringLiteral("role");
    case Kind::Policy:
        return QStringLiteral("policy");
    case Kind::Index:
        return QStringLiteral("index");
    case Kind::PrimaryKey:
        return QStringLiteral("primary-key");
    case Kind::ForeignKey:
        return QStringLiteral("foreign-key");
    case Kind::Unique:
        return QStringLiteral("unique");
    case Kind::Check:
        break;
    }
    return QStringLiteral("check");
}

} // namespace diff
