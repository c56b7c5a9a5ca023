// SPDX-License-Identifier: GPL-3.0-or-later
#include "schema/jsontree.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstring>
#include <string>

namespace schema
{

/// Takes nlohmann's events.
class JsonTreeBuilder : public nlohmann::json_sax<nlohmann::json>
{
public:
    explicit JsonTreeBuilder(std::pmr::memory_resource &memory)
        : m_memory(memory)
    {
    }

    JsonValue root;
    std::optional<JsonTree::Fault> fault;

    bool null() override
    {
        push(JsonValue::Kind::Null);
        return true;
    }
    bool boolean(bool value) override
    {
        push(JsonValue::Kind::Boolean).m_flag = value;
        return true;
    }
    bool number_integer(number_integer_t value) override
    {
        push(JsonValue::Kind::Integer).m_integer = value;
        return true;
    }
    bool number_unsigned(number_unsigned_t value) override
    {
        JsonValue &number = push(JsonValue::Kind::Integer);
        number.m_integer = qint64(value);
        number.m_size = value > number_unsigned_t(std::numeric_limits<qint64>::max()) ? 1 : 0;
        return true;
    }
    bool number_float(number_float_t value, const string_t &) override
    {
        push(JsonValue::Kind::Float).m_number = value;
        return true;
    }
    bool string(string_t &value) override { return text(copy(value)); }
    bool binary(binary_t &) override { return false; }
    bool key(string_t &name) override { return named(copy(name)); }
    bool start_object(std::size_t) override { return open(JsonValue::Kind::Object); }
    bool start_array(std::size_t) override { return open(JsonValue::Kind::List); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }
    bool parse_error(std::size_t byte, const std::string &,
                     const nlohmann::json::exception &exception) override
    {
        fault = JsonTree::Fault{byte, QString::fromUtf8(exception.what())};
        return false;
    }

    // What JsonScanner tells: texts that stay where they are.
    bool text(std::string_view value)
    {
        JsonValue &text = push(JsonValue::Kind::Text);
        text.m_size = quint32(value.size());
        text.m_text = value.data();
        return true;
    }
    bool named(std::string_view name)
    {
        m_name = name;
        return true;
    }
    bool isInside() const { return !m_open.empty(); }
    bool isInObject() const
    {
        const std::size_t owner = m_open.back();
        return (owner == outside ? root : m_values[owner]).isObject();
    }
    std::string_view copy(const std::string &text)
    {
        char *bytes = static_cast<char *>(m_memory.allocate(text.size() + 1, 1));
        std::memcpy(bytes, text.data(), text.size());
        return {bytes, text.size()};
    }
    void forget()
    {
        m_name = {};
        m_open.clear();
        m_values.clear();
    }

private:
    JsonValue &push(JsonValue::Kind kind)
    {
        JsonValue &value = m_open.empty() ? root : m_values.emplace_back();
        value.m_name = std::exchange(m_name, {});
        value.m_kind = kind;
        return value;
    }

    bool open(JsonValue::Kind kind)
    {
        const bool outermost = m_open.empty();
        push(kind);
        m_open.push_back(outermost ? outside : m_values.size() - 1);
        return true;
    }

    bool close()
    {
        const std::size_t owner = m_open.back();
        m_open.pop_back();
        JsonValue &value = owner == outside ? root : m_values[owner];
        const std::size_t first = owner == outside ? 0 : owner + 1;
        if (value.isObject())
            dropRepeated(first);
        const std::size_t count = m_values.size() - first;
        auto *items = static_cast<JsonValue *>(m_memory.allocate(
            std::max<std::size_t>(count, 1) * sizeof(JsonValue), alignof(JsonValue)));
        std::uninitialized_copy_n(m_values.cbegin() + std::ptrdiff_t(first), count, items);
        value.m_items = items;
        value.m_size = quint32(count);
        m_values.resize(first);
        return true;
    }

    bool hasRepeated(std::size_t first)
    {
        constexpr std::size_t few = 20;
        if (m_values.size() - first > few) {
            m_names.clear();
            for (std::size_t i = first; i < m_values.size(); ++i)
                m_names.push_back(m_values[i].m_name);
            std::ranges::sort(m_names);
            return std::ranges::adjacent_find(m_names) != m_names.cend();
        }
        for (std::size_t i = first; i < m_values.size(); ++i) {
            for (std::size_t k = first; k < i; ++k) {
                if (m_values[k].m_name == m_values[i].m_name)
                    return true;
            }
        }
        return false;
    }

    /// Leaves one of the members from \a first on for each name.
    void dropRepeated(std::size_t first)
    {
        if (!hasRepeated(first))
            return;
        m_order.clear();
        for (std::size_t i = first; i < m_values.size(); ++i)
            m_order.push_back(i);
        const auto name = [this](std::size_t i) { return m_values[i].m_name; };
        std::ranges::sort(m_order, [&](std::size_t a, std::size_t b) {
            return std::pair(name(a), a) < std::pair(name(b), b);
        });
        for (std::size_t i = m_order.size(); i-- > 1;) {
            if (name(m_order[i]) != name(m_order[i - 1]))
                continue;
            m_values[m_order[i - 1]] = m_values[m_order[i]];
            m_values[m_order[i]].m_name = {}; // its text is the other's now
            m_values[m_order[i]].m_size = repeated;
        }
        std::erase_if(m_values, [](const JsonValue &value) { return value.m_size == repeated; });
    }

    static constexpr std::size_t outside = std::size_t(-1);
    static constexpr quint32 repeated = quint32(-1);
    std::pmr::memory_resource &m_memory;
    std::string_view m_name;
    std::vector<std::size_t> m_open; ///< the lists and objects that have not ended
    std::vector<JsonValue> m_values; ///< what is in those, each behind its owner
    std::vector<std::size_t> m_order;
    std::vector<std::string_view> m_names;
};

/// Tells a builder of a JSON text as programs write it: in UTF-8, its numbers whole, its texts
/// taken as they stand. Gives up on all else; nlohmann, which takes six times as long, reads that
/// and finds the words for what is none.
class JsonScanner
{
public:
    JsonScanner(const QByteArray &json, JsonTreeBuilder &builder)
        : m_at(json.cbegin())
        , m_end(json.cend())
        , m_builder(builder)
    {
    }

    bool scan()
    {
        for (;;) {
            bool isOpened = false;
            if (!value(isOpened) || !(isOpened || ends()))
                return false;
            if (!m_builder.isInside())
                return space() == m_end;
        }
    }

private:
    const char *space()
    {
        while (m_at < m_end && (*m_at == ' ' || *m_at == '\n' || *m_at == '\r' || *m_at == '\t'))
            ++m_at;
        return m_at;
    }

    bool take(char wanted)
    {
        if (space() == m_end || *m_at != wanted)
            return false;
        ++m_at;
        return true;
    }

    bool take(std::string_view word)
    {
        if (!std::string_view(m_at, m_end).starts_with(word))
            return false;
        m_at += word.size();
        return true;
    }

    /// A value, or the beginning of one that has others in it, up to the first of these.
    bool value(bool &isOpened)
    {
        switch (space() == m_end ? '\0' : *m_at) {
        case '{':
            ++m_at;
            m_builder.start_object(0);
            isOpened = !take('}');
            return isOpened ? name() : m_builder.end_object();
        case '[':
            ++m_at;
            m_builder.start_array(0);
            isOpened = !take(']');
            return isOpened || m_builder.end_array();
        case '"':
            ++m_at;
            return text([this](std::string_view found) { return m_builder.text(found); });
        case 't':
            return take(std::string_view("true")) && m_builder.boolean(true);
        case 'f':
            return take(std::string_view("false")) && m_builder.boolean(false);
        case 'n':
            return take(std::string_view("null")) && m_builder.null();
        default:
            return number();
        }
    }

    /// What stands behind a value, up to the next one.
    bool ends()
    {
        while (m_builder.isInside()) {
            const bool isObject = m_builder.isInObject();
            if (take(','))
                return !isObject || name();
            if (!take(isObject ? '}' : ']'))
                return false;
            isObject ? m_builder.end_object() : m_builder.end_array();
        }
        return true;
    }

    bool name()
    {
        return take('"') &&
               text([this](std::string_view found) { return m_builder.named(found); }) && take(':');
    }

    bool number()
    {
        constexpr std::ptrdiff_t most = 18; // digits that fit into 64 bits
        const char *const from = m_at;
        const bool isNegative = *m_at == '-';
        m_at += isNegative ? 1 : 0;
        const char *const digits = m_at;
        qint64 value = 0;
        for (; m_at < m_end && *m_at >= '0' && *m_at <= '9' && m_at - digits <= most; ++m_at)
            value = value * 10 + (*m_at - '0');
        const std::ptrdiff_t count = m_at - digits;
        const bool isWhole = m_at == m_end || (*m_at != '.' && *m_at != 'e' && *m_at != 'E');
        if (from == m_end || count == 0 || count > most || (count > 1 && *digits == '0') ||
            !isWhole)
            return false;
        return m_builder.number_integer(isNegative ? -value : value);
    }

    /// Up to the quote that ends it.
    template <typename Take> bool text(const Take &takeText)
    {
        const char *const from = m_at;
        unsigned char all = 0;
        for (; m_at < m_end && *m_at != '"' && *m_at != '\\'; ++m_at) {
            if (static_cast<unsigned char>(*m_at) < ' ')
                return false;
            all |= static_cast<unsigned char>(*m_at);
        }
        if (m_at == m_end)
            return false;
        const std::string_view plain(from, m_at);
        if (all >= 0x80 && !QByteArrayView(plain.data(), qsizetype(plain.size())).isValidUtf8())
            return false;
        if (*m_at++ == '"')
            return takeText(plain);
        std::string found(plain);
        return escaped(found) && takeText(m_builder.copy(found));
    }

    /// Behind a backslash: the rest of a text that has such in it.
    bool escaped(std::string &found)
    {
        static constexpr std::string_view written = "\"\\/bfnrt", meant = "\"\\/\b\f\n\r\t";
        for (;;) {
            const std::size_t kind = m_at == m_end ? written.npos : written.find(*m_at++);
            if (kind == written.npos) // a character's number, for one
                return false;
            found += meant[kind];
            const char *const from = m_at;
            while (m_at < m_end && *m_at != '"' && *m_at != '\\' && *m_at >= ' ')
                ++m_at; // a byte beyond ASCII is below a space, too
            found.append(from, m_at);
            if (m_at == m_end || (*m_at != '"' && *m_at != '\\'))
                return false;
            if (*m_at++ == '"')
                return true;
        }
    }

    const char *m_at;
    const char *m_end;
    JsonTreeBuilder &m_builder;
};

void JsonValue::refuse(const char *wanted) const
{
    static constexpr const char *names[] = {"null",   "boolean", "number", "number",
                                            "string", "array",   "object"};
    throw Mismatch(std::string("'") + std::string(m_name) + "': type must be " + wanted +
                   ", but is " + names[std::size_t(m_kind)]);
}

std::string_view JsonValue::utf8() const
{
    expect(Kind::Text, "string");
    return {m_text, m_size};
}

QString JsonValue::text() const
{
    const std::string_view bytes = utf8();
    return QString::fromUtf8(bytes.data(), qsizetype(bytes.size()));
}

bool JsonValue::flag() const
{
    expect(Kind::Boolean, "boolean");
    return m_flag;
}

qint64 JsonValue::integer() const
{
    if (m_kind != Kind::Integer || m_size != 0)
        refuse("integer");
    return m_integer;
}

QString JsonValue::digits() const
{
    expect(Kind::Integer, "integer");
    return m_size ? QString::number(quint64(m_integer)) : QString::number(m_integer);
}

double JsonValue::number() const
{
    expect(Kind::Float, "float");
    return m_number;
}

std::span<const JsonValue> JsonValue::list() const
{
    expect(Kind::List, "array");
    return {m_items, m_size};
}

std::span<const JsonValue> JsonValue::members() const
{
    expect(Kind::Object, "object");
    return {m_items, m_size};
}

const JsonValue *JsonValue::find(std::string_view name) const
{
    if (m_kind != Kind::Object)
        return nullptr;
    for (const JsonValue &member : members()) {
        if (member.m_name == name)
            return &member;
    }
    return nullptr;
}

const JsonValue &JsonValue::at(std::string_view name) const
{
    if (const JsonValue *found = find(name))
        return *found;
    if (m_kind != Kind::Object)
        refuse("object");
    throw Mismatch("key '" + std::string(name) + "' not found");
}

JsonTree::JsonTree(const QByteArray &json)
    : m_json(json)
    , m_memory(std::make_unique<std::pmr::monotonic_buffer_resource>(std::size_t(json.size()) * 2 +
                                                                     1024))
{
    JsonTreeBuilder builder(*m_memory);
    if (!JsonScanner(m_json, builder).scan()) {
        builder.forget();
        nlohmann::json::sax_parse(json.cbegin(), json.cend(), &builder);
    }
    m_fault = builder.fault;
    if (!m_fault)
        m_root = builder.root;
}

JsonTree::~JsonTree() = default;
JsonTree::JsonTree(JsonTree &&) noexcept = default;
JsonTree &JsonTree::operator=(JsonTree &&) noexcept = default;

} // namespace schema
