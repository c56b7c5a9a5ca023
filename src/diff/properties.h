// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "schema/database.h"

namespace diff
{

/// One thing that a definition says, in words: "type" and "varchar(255)".
struct Property {
    QString name;
    QString value; ///< empty: it says nothing of it
    bool operator==(const Property &) const = default;
};
using Properties = QList<Property>;

// All that counts as a difference of two definitions of one name, with each property always in the
// same place.
Properties propertiesOf(const schema::Column &column);
Properties propertiesOf(const schema::PrimaryKey &key);
Properties propertiesOf(const schema::Index &index);
Properties propertiesOf(const schema::ForeignKey &key);
Properties propertiesOf(const schema::Unique &unique);
Properties propertiesOf(const schema::Check &check);
Properties propertiesOf(const schema::Policy &policy);
Properties propertiesOf(const schema::Enum &type);
Properties propertiesOf(const schema::View &view);
Properties propertiesOf(const schema::Sequence &sequence);
Properties propertiesOf(const schema::Role &role);

/// A property that two definitions do not share.
struct Alteration {
    QString what;
    QString before, after; ///< empty: nothing is said of it
    bool operator==(const Alteration &) const = default;
};
QList<Alteration> alterations(const Properties &before, const Properties &after);

/// "(organization_id) → organizations(id)".
QString targetText(const schema::ForeignKey &key);
/// "(email, created_at DESC)".
QString columnsText(const schema::Index &index);
/// "(a, b)".
QString listText(const QStringList &names);

} // namespace diff
