// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

#include <optional>

namespace rows
{

/// A JSON value with its parts. Digits stay as they were written, members in their order, and two
/// of one name are two.
struct JsonNode {
    enum class Kind {
        Object,
        Array,
        Text, ///< `text` is without quotes and escapes
        Plain ///< a number, true, false, null: `text` as it is written
    };
    Kind kind = Kind::Plain;
    QByteArray key; ///< of a member of an object
    QByteArray text;
    QList<JsonNode> children;
    bool operator==(const JsonNode &) const = default;
};

/// Nothing for what is no JSON, and for what is nested more than 200 deep.
std::optional<JsonNode> jsonTree(QByteArrayView json);

enum class JsonLayout { OneLine, Indented };

QByteArray jsonText(const JsonNode &node, JsonLayout layout);

} // namespace rows
