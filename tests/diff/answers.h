// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "diff/change.h"
#include "fixture.h"

#include <QList>
#include <QMetaType>

using Answers = QList<diff::RenameAnswer>;
Q_DECLARE_METATYPE(Answers)

/// Short makers for what people answer about renames.
namespace fixture
{

inline schema::Name name(const char *text, const char *schemaName = "")
{
    return {q(schemaName), q(text)};
}

inline diff::RenameAnswer answer(diff::Kind kind, const schema::Name &from, const schema::Name &to,
                                 const schema::Name &of = {})
{
    return {kind, of, from, to};
}

/// The changes in words, a line each.
inline QString listOf(const diff::Difference &difference)
{
    QStringList lines;
    for (const diff::Change &change : difference.changes)
        lines << diff::describe(change);
    return lines.join(u'\n');
}

} // namespace fixture
