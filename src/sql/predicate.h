// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sql/statement.h"

#include <QString>
#include <QStringList>

#include <functional>
#include <memory>
#include <optional>

namespace sql
{

/// The condition of a partial index, taken apart so that it can be asked about rows that the server
/// has not got yet.
class Predicate
{
public:
    /// What a column of the row holds; nothing: it is not known.
    using ValueOf = std::function<std::optional<Parameter>(const QString &column)>;
    enum class Holds { Yes, No, Unknown };

    explicit Predicate(const QString &condition);

    /// All that the condition names.
    const QStringList &columns() const { return m_columns; }
    /// Understood are booleans, comparisons of a column with constants, NULL, AND, OR and NOT; what
    /// depends on anything else is not known.
    Holds holds(const ValueOf &valueOf) const;

    struct Part;

private:
    std::shared_ptr<const Part> m_root;
    QStringList m_columns;
};

} // namespace sql
