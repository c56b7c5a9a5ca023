// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "migrate/json.h"

#include <QList>
#include <QString>

#include <nlohmann/json.hpp>

#include <utility>

namespace migrate
{

/// How rows of one type name a row of another: a column its table, a key its columns.
struct RowReference {
    QString from;                                         ///< the type that names
    QString to;                                           ///< the type that is named
    QList<std::pair<const char *, const char *>> members; ///< of the named row, of the naming one
    const char *list = nullptr;    ///< a member of the naming row with names in it
    const char *element = nullptr; ///< in an element of the list; null: elements are names
    bool refersTo(const Json &row, const Json &named) const;
    /// Writes the name of \a after over that of \a before, which \a row names.
    void relocate(Json &row, const Json &before, const Json &after) const;
    const Json &nameIn(const Json &entry) const; ///< of an element of the list; null: an expression
};

/// All references to rows of \a type.
const QList<RowReference> &referencesTo(const QString &type);

} // namespace migrate
