// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/names63.h"

#include "diff/names.h"
#include "migrate/text.h"
#include "schema/storedname.h"

#include <QHash>

namespace migrate
{

namespace
{
constexpr qsizetype storedBytes = 63;

using base::Error;
using base::ErrorKind;

/// Names that have to differ from each other, with the place they share.
class Places
{
public:
    void name(const QString &place, const QString &name)
    {
        const QString stored = schema::storedName(name);
        QString &known = m_names[{place, stored}];
        if (!known.isNull() && known != name && (known != stored || name != stored))
            m_errors << Error{
                .kind = ErrorKind::Refused,
                .text = Text::tr("Two names become one, since PostgreSQL keeps 63 bytes of a name"),
                .where = place,
                .detail = Text::tr("%1 and %2 are both stored as %3").arg(known, name, stored),
                .hint = Text::tr("give one of them a shorter name")};
        known = name;
    }
    void value(const schema::Enum &type, const QString &value)
    {
        if (value.toUtf8().size() > storedBytes)
            m_errors << Error{.kind = ErrorKind::Refused,
                              .text = Text::tr("A value of an enum has at most 63 bytes"),
                              .where = type.name.qualified(),
                              .detail = value,
                              .hint = Text::tr("give it a shorter text")};
    }
    QList<Error> take() { return std::move(m_errors); }

private:
    QHash<std::pair<QString, QString>, QString> m_names;
    QList<Error> m_errors;
};

QString placeOf(const QString &schema)
{
    return schema.isEmpty() ? QStringLiteral("public") : schema;
}

void addTable(const schema::Table &table, Places &places)
{
    const QString relations = placeOf(table.name.schema);
    const QString own = table.name.qualified();
    const QString constraints = Text::tr("constraints of %1").arg(own);
    const QString policies = Text::tr("policies of %1").arg(own);
    places.name(relations, table.name.name);
    for (const schema::Column &column : table.columns) {
        places.name(own, column.name);
        if (column.identity)
            places.name(relations, column.identity->sequenceName);
    }
    for (const schema::Index &index : table.indexes)
        places.name(relations, index.name);
    for (const schema::Unique &unique : table.uniques) {
        places.name(relations, unique.name);
        places.name(constraints, unique.name);
    }
    for (const schema::PrimaryKey &key : table.primaryKeys) {
        places.name(relations, key.name);
        places.name(constraints, key.name);
    }
    for (const schema::Check &check : table.checks)
        places.name(constraints, check.name);
    for (const schema::ForeignKey &key : table.foreignKeys)
        places.name(constraints, key.name);
    for (const schema::Policy &policy : table.policies)
        places.name(policies, policy.name);
}
} // namespace

QList<base::Error> nameErrors(const schema::Database &database)
{
    Places places;
    for (const QString &name : database.schemas)
        places.name(Text::tr("schemas"), name);
    for (const schema::Role &role : database.roles)
        places.name(Text::tr("roles"), role.name);
    for (const schema::Table &table : database.tables)
        addTable(table, places);
    for (const schema::View &view : database.views)
        places.name(placeOf(view.name.schema), view.name.name);
    for (const schema::Sequence &sequence : database.sequences)
        places.name(placeOf(sequence.name.schema), sequence.name.name);
    for (const schema::Enum &type : database.enums) {
        places.name(Text::tr("types of %1").arg(placeOf(type.name.schema)), type.name.name);
        for (const QString &value : type.values)
            places.value(type, value);
    }
    return places.take();
}

} // namespace migrate
