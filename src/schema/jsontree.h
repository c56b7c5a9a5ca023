// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QString>

#include <memory>
#include <memory_resource>
#include <span>
#include <stdexcept>
#include <string_view>

namespace schema
{

/// A value of a JsonTree, and the name that its object gives it.
class JsonValue
{
public:
    enum class Kind { Null, Boolean, Integer, Float, Text, List, Object };

    /// A member is missing or of another kind than its reader needs. The text names it.
    struct Mismatch : std::runtime_error {
        using std::runtime_error::runtime_error;
    };

    Kind kind() const { return m_kind; }
    bool isObject() const { return m_kind == Kind::Object; }
    bool isList() const { return m_kind == Kind::List; }
    bool isText() const { return m_kind == Kind::Text; }

    std::string_view name() const { return m_name; } ///< empty for what is no object's member

    // Each of these throws a Mismatch for another kind.
    std::string_view utf8() const;
    QString text() const;
    bool flag() const;
    qint64 integer() const;
    QString digits() const;                  ///< of an Integer, which may be beyond qint64
    double number() const;                   ///< of a Float
    std::span<const JsonValue> list() const; ///< the items
    std::span<const JsonValue> members() const;

    /// Of an object; null when there is none of that name, or this is no object.
    const JsonValue *find(std::string_view name) const;
    const JsonValue &at(std::string_view name) const; ///< throws a Mismatch for null

private:
    friend class JsonTreeBuilder;
    [[noreturn]] void refuse(const char *wanted) const;
    void expect(Kind kind, const char *wanted) const
    {
        if (m_kind != kind)
            refuse(wanted);
    }

    std::string_view m_name;
    Kind m_kind = Kind::Null;
    quint32 m_size = 0; ///< of an Integer beyond qint64: 1
    union {
        bool m_flag;
        qint64 m_integer = 0;
        double m_number;
        const char *m_text;
        const JsonValue *m_items;
    };
};

/// A JSON text as values that lie in one piece of memory. Schemas come as megabytes of small
/// objects: as values of their own, each takes longer to make than to use.
class JsonTree
{
public:
    struct Fault {
        std::size_t byte = 0; ///< of the text, from 1
        QString what;
    };

    /// Of two members of one name the later one counts, in the place of the first.
    explicit JsonTree(const QByteArray &json);
    ~JsonTree();
    JsonTree(JsonTree &&) noexcept;
    JsonTree &operator=(JsonTree &&) noexcept;

    const std::optional<Fault> &fault() const { return m_fault; } ///< why root() is null
    const JsonValue &root() const { return m_root; }

private:
    QByteArray m_json; ///< most texts lie in it
    std::unique_ptr<std::pmr::monotonic_buffer_resource> m_memory;
    JsonValue m_root;
    std::optional<Fault> m_fault;
};

} // namespace schema
