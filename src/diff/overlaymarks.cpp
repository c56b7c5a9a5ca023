// SPDX-License-Identifier: GPL-3.0-or-later
#include "diff/overlaymarks.h"

#include "diff/text.h"

namespace diff
{

namespace
{
/// Gathers marks from changes; one overload a kind of change.
class Gatherer
{
public:
    explicit Gatherer(QHash<Marks::Key, Mark> &marks)
        : m_marks(marks)
    {
    }

    void operator()(const AddSchema &c) { at(Kind::Schema, {c.schema, {}}).inCode.emplace(); }
    void operator()(const DropSchema &c) { at(Kind::Schema, {c.schema, {}}).inDatabase.emplace(); }
    void operator()(const AddTable &c) { at(Kind::Table, c.table.name).inCode.emplace(); }
    void operator()(const DropTable &c) { at(Kind::Table, c.table.name).inDatabase.emplace(); }
    void operator()(const SetRowLevelSecurity &c)
    {
        const QString on = Text::tr("on");
        const QString off = Text::tr("off");
        at(Kind::Table, c.table).notes
            << either(Text::tr("row-level security"), c.enabled ? on : off, c.enabled ? off : on);
    }
    void operator()(const AddColumn &c) { added(Kind::Column, c.table, c.column); }
    void operator()(const DropColumn &c) { dropped(Kind::Column, c.table, c.column); }
    void operator()(const AlterColumn &c) { altered(Kind::Column, c.table, c.before, c.after); }
    void operator()(const AddPrimaryKey &c)
    {
        at(Kind::PrimaryKey, c.table).inCode = propertiesOf(c.key);
    }
    void operator()(const DropPrimaryKey &c)
    {
        at(Kind::PrimaryKey, c.table).inDatabase = propertiesOf(c.key);
    }
    void operator()(const AddIndex &c) { added(Kind::Index, c.table, c.index); }
    void operator()(const DropIndex &c) { dropped(Kind::Index, c.table, c.index); }
    void operator()(const AddForeignKey &c) { added(Kind::ForeignKey, c.table, c.key); }
    void operator()(const DropForeignKey &c) { dropped(Kind::ForeignKey, c.table, c.key); }
    void operator()(const AddUnique &c) { added(Kind::Unique, c.table, c.unique); }
    void operator()(const DropUnique &c) { dropped(Kind::Unique, c.table, c.unique); }
    void operator()(const AddCheck &c) { added(Kind::Check, c.table, c.check); }
    void operator()(const DropCheck &c) { dropped(Kind::Check, c.table, c.check); }
    void operator()(const AddPolicy &c) { added(Kind::Policy, c.table, c.policy); }
    void operator()(const DropPolicy &c) { dropped(Kind::Policy, c.table, c.policy); }
    void operator()(const AlterPolicy &c) { altered(Kind::Policy, c.table, c.before, c.after); }
    void operator()(const AddEnum &c) { at(Kind::Enum, c.type.name).inCode.emplace(); }
    void operator()(const DropEnum &c) { at(Kind::Enum, c.type.name).inDatabase.emplace(); }
    void operator()(const AddEnumValue &c)
    {
        at(Kind::EnumValue, c.type, c.value).inCode.emplace();
    }
    void operator()(const RebuildEnum &c)
    {
        for (const QString &value : c.after.values) {
            if (!c.before.values.contains(value))
                at(Kind::EnumValue, c.after.name, value).inCode.emplace();
        }
        for (const QString &value : c.before.values) {
            if (!c.after.values.contains(value))
                at(Kind::EnumValue, c.after.name, value).inDatabase.emplace();
        }
        altered(Kind::Enum, c.after.name, {}, c.before, c.after);
    }
    void operator()(const AddSequence &c) { at(Kind::Sequence, c.sequence.name).inCode.emplace(); }
    void operator()(const DropSequence &c)
    {
        at(Kind::Sequence, c.sequence.name).inDatabase.emplace();
    }
    void operator()(const AlterSequence &c)
    {
        altered(Kind::Sequence, c.after.name, {}, c.before, c.after);
    }
    void operator()(const AddRole &c) { at(Kind::Role, {{}, c.role.name}).inCode.emplace(); }
    void operator()(const DropRole &c) { at(Kind::Role, {{}, c.role.name}).inDatabase.emplace(); }
    void operator()(const AlterRole &c)
    {
        altered(Kind::Role, {{}, c.after.name}, {}, c.before, c.after);
    }
    void operator()(const AddView &c) { at(Kind::View, c.view.name).inCode.emplace(); }
    void operator()(const DropView &c) { at(Kind::View, c.view.name).inDatabase.emplace(); }
    void operator()(const AlterView &c)
    {
        altered(Kind::View, c.after.name, {}, c.before, c.after);
    }
    void operator()(const Rename &c)
    {
        const bool whole = c.table.name.isEmpty() || c.kind == Kind::Table;
        const auto shown = [&](const schema::Name &name) {
            return whole && c.kind != Kind::Schema && c.kind != Kind::Role ? name.qualified()
                                                                           : name.name;
        };
        const QString note = either(Text::tr("name"), shown(c.to), shown(c.from));
        if (c.kind == Kind::Schema)
            at(Kind::Schema, {c.to.name, {}}).notes << note;
        else if (whole)
            at(c.kind, c.to).notes << note;
        else if (c.kind == Kind::PrimaryKey || c.kind == Kind::Sequence)
            at(Kind::Table, c.table).notes
                << (c.kind == Kind::PrimaryKey ? Text::tr("primary key") : Text::tr("sequence")) +
                       u' ' + note;
        else
            at(c.kind, c.table, c.to.name).notes << note;
    }

private:
    Mark &at(Kind kind, const schema::Name &owner, const QString &part = {})
    {
        return m_marks[{kind, owner, part}];
    }
    template <typename Part> void added(Kind kind, const schema::Name &table, const Part &part)
    {
        at(kind, table, part.name).inCode = propertiesOf(part);
    }
    template <typename Part> void dropped(Kind kind, const schema::Name &table, const Part &part)
    {
        at(kind, table, part.name).inDatabase = propertiesOf(part);
    }
    template <typename Part>
    void altered(Kind kind, const schema::Name &table, const Part &before, const Part &after)
    {
        altered(kind, table, after.name, before, after);
    }
    template <typename Thing>
    void altered(Kind kind, const schema::Name &owner, const QString &part, const Thing &before,
                 const Thing &after)
    {
        Mark &mark = at(kind, owner, part);
        mark.inDatabase = propertiesOf(before);
        mark.inCode = propertiesOf(after);
    }

    QHash<Marks::Key, Mark> &m_marks;
};
} // namespace

Presence Mark::presence() const
{
    if (inCode.has_value() == inDatabase.has_value())
        return Presence::Differs;
    return inCode ? Presence::InCode : Presence::InDatabase;
}

QString Mark::note() const
{
    QStringList all = notes;
    if (inCode && inDatabase) {
        const auto orNone = [](const QString &value) {
            return value.isEmpty() ? Text::tr("none") : value;
        };
        for (const Alteration &one : alterations(*inDatabase, *inCode))
            all << either(one.what, orNone(one.after), orNone(one.before));
    }
    return all.join(QStringLiteral("; "));
}

Marks::Marks(const QList<Change> &changes)
{
    Gatherer gather(m_marks);
    for (const Change &change : changes)
        std::visit(gather, change);
}

const Mark *Marks::find(Kind kind, const schema::Name &owner, const QString &part) const
{
    const auto it = m_marks.constFind(Key{kind, owner, part});
    return it == m_marks.cend() ? nullptr : &*it;
}

QString either(const QString &what, const QString &code, const QString &database)
{
    return Text::tr("%1: %2 in code, %3 in database").arg(what, code, database);
}

} // namespace diff
