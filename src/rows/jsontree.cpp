// SPDX-License-Identifier: GPL-3.0-or-later
#include "rows/jsontree.h"

#include <nlohmann/json.hpp>

namespace rows
{

namespace
{
using Json = nlohmann::json;
using Kind = JsonNode::Kind;

constexpr qsizetype deepest = 200;

/// Puts a tree together from what the parser meets. The open containers are kept here and not in
/// their parents, which move when they grow.
class Builder final : public nlohmann::json_sax<Json>
{
public:
    JsonNode root() const { return m_root; }

    bool null() override { return plain("null"); }
    bool boolean(bool value) override { return plain(value ? "true" : "false"); }
    bool number_integer(number_integer_t value) override
    {
        return plain(QByteArray::number(qlonglong(value)));
    }
    bool number_unsigned(number_unsigned_t value) override
    {
        return plain(QByteArray::number(qulonglong(value)));
    }
    bool number_float(number_float_t, const string_t &written) override
    {
        return plain(QByteArray::fromStdString(written));
    }
    bool string(string_t &value) override
    {
        return add({.kind = Kind::Text, .key = {}, .text = QByteArray::fromStdString(value)});
    }
    bool binary(binary_t &) override { return false; }
    bool start_object(std::size_t) override { return open(Kind::Object); }
    bool key(string_t &name) override
    {
        m_key = QByteArray::fromStdString(name);
        return true;
    }
    bool end_object() override { return closeIt(); }
    bool start_array(std::size_t) override { return open(Kind::Array); }
    bool end_array() override { return closeIt(); }
    bool parse_error(std::size_t, const std::string &, const nlohmann::detail::exception &) override
    {
        return false;
    }

private:
    bool plain(const QByteArray &text)
    {
        return add({.kind = Kind::Plain, .key = {}, .text = text});
    }
    bool add(JsonNode node)
    {
        node.key = std::exchange(m_key, {});
        if (m_open.isEmpty())
            m_root = node;
        else
            m_open.last().children << node;
        return true;
    }
    bool open(Kind kind)
    {
        m_open << JsonNode{.kind = kind, .key = std::exchange(m_key, {}), .text = {}};
        return m_open.size() <= deepest;
    }
    bool closeIt()
    {
        const JsonNode done = m_open.takeLast();
        m_key = done.key;
        return add(done);
    }

    JsonNode m_root;
    QList<JsonNode> m_open;
    QByteArray m_key;
};

QByteArray quoted(const QByteArray &text)
{
    return QByteArray::fromStdString(
        Json(text.toStdString()).dump(-1, ' ', false, Json::error_handler_t::replace));
}

void write(const JsonNode &node, JsonLayout layout, int depth, QByteArray &out)
{
    if (node.kind == Kind::Plain || node.kind == Kind::Text) {
        out += node.kind == Kind::Plain ? node.text : quoted(node.text);
        return;
    }
    const bool isObject = node.kind == Kind::Object;
    const auto newLine = [&](int indent) {
        if (layout == JsonLayout::Indented && !node.children.isEmpty())
            out += '\n' + QByteArray(2 * indent, ' ');
    };
    out += isObject ? '{' : '[';
    for (qsizetype i = 0; i < node.children.size(); ++i) {
        if (i > 0)
            out += layout == JsonLayout::Indented ? "," : ", ";
        newLine(depth + 1);
        if (isObject)
            out += quoted(node.children.at(i).key) + ": ";
        write(node.children.at(i), layout, depth + 1, out);
    }
    newLine(depth);
    out += isObject ? '}' : ']';
}
} // namespace

std::optional<JsonNode> jsonTree(QByteArrayView json)
{
    Builder builder;
    if (!Json::sax_parse(json.begin(), json.end(), &builder))
        return std::nullopt;
    return builder.root();
}

QByteArray jsonText(const JsonNode &node, JsonLayout layout)
{
    QByteArray out;
    write(node, layout, 0, out);
    return out;
}

} // namespace rows
