// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QStringList>

namespace load
{

/// SQL as a server of \a majorVersion understands it: without lines of comment, and of the lines
/// that end in `-- 15+` or `-- <15` those that are meant for it.
QString textForVersion(const QString &text, int majorVersion);

/// The query resources/catalog/<name>.sql for \a majorVersion. A line of it may end in
/// `-- or <part>: <another line>`, which stands for it where its own may not be asked; behind the
/// part stands in parentheses what the line needs without naming it.
QString queryText(const QString &name, int majorVersion);

/// What of a query has no answer.
struct Unasked {
    QString part;   ///< views, owners
    QString object; ///< pg_catalog.pg_rewrite
    bool operator==(const Unasked &) const = default;
};

/// \a text without its other lines, but with those in the place of lines that name one of
/// \a forbidden: what these would have said is added to \a unasked.
QString allowedText(const QString &text, const QStringList &forbidden, QList<Unasked> &unasked);

/// The first of \a names that \a text names as a whole word, or nothing.
QString firstNamed(const QString &text, const QStringList &names);

} // namespace load
