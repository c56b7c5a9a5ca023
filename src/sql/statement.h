// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

namespace sql
{

/// A value that travels beside a statement, never inside it: text form in UTF-8, NULL as nothing.
/// The server infers the type from where the parameter stands.
using Parameter = std::optional<QByteArray>;

/// One SQL statement with $1… and the values for them.
struct Statement {
    QString text;
    QList<Parameter> parameters;
    bool operator==(const Statement &) const = default;
};

inline Parameter parameter(const QString &text)
{
    return text.isNull() ? Parameter() : Parameter(text.toUtf8());
}

} // namespace sql
