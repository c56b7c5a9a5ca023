// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/configtext.h"

#include "load/lexer.h"

#include <QDir>

#include <algorithm>

namespace load
{

namespace
{

using Json = nlohmann::ordered_json;
using Kind = Token::Kind;

constexpr int deepest = 12; ///< objects in objects of a config

/// The tokens of a text without its comments, one by one.
class Tokens
{
public:
    explicit Tokens(const QByteArray &code)
        : m_code(code)
        , m_lexer(code)
    {
        advance();
    }
    void advance()
    {
        do
            m_token = m_lexer.next();
        while (m_token.kind == Kind::Comment);
    }
    Kind kind() const { return m_token.kind; }
    bool is(const char *text) const { return m_lexer.is(m_token, text); }
    bool take(const char *text)
    {
        const bool found = is(text);
        if (found)
            advance();
        return found;
    }
    QByteArray text() const { return m_lexer.textOf(m_token).toByteArray(); }
    bool isText() const { return kind() == Kind::String || kind() == Kind::Template; }
    /// The value of a text without holes.
    std::optional<QString> literal() const
    {
        return isText() ? textLiteral(m_code, m_token.start) : std::nullopt;
    }

private:
    QByteArray m_code;
    Lexer m_lexer;
    Token m_token;
};

/// A value, or none for `undefined`.
using Value = std::optional<Json>;

/// Understood as a whole, or not at all.
class PlainReader
{
public:
    PlainReader(const QByteArray &code, const Environment &environment)
        : m_tokens(code)
        , m_environment(environment)
    {
    }

    std::optional<ConfigText> run()
    {
        while (m_tokens.is("import")) {
            if (!import())
                return std::nullopt;
        }
        if (!m_tokens.take("export") || !m_tokens.take("default"))
            return std::nullopt;
        const bool called = m_defines && m_tokens.take("defineConfig");
        Value config;
        if ((called && !m_tokens.take("(")) || !m_tokens.is("{") || !value(config, 0) ||
            (called && !m_tokens.take(")")) || !typeBehind())
            return std::nullopt;
        m_tokens.take(";");
        if (m_tokens.kind() != Kind::End || !config)
            return std::nullopt;
        return ConfigText{*config, m_namesRead};
    }

private:
    /// Imports of types, of drizzle-kit and of dotenv's values, which are in the environment.
    bool import()
    {
        m_tokens.advance();
        const bool types = m_tokens.is("type");
        bool defines = false;
        while (m_tokens.kind() == Kind::Name || m_tokens.is("{") || m_tokens.is("}") ||
               m_tokens.is(",")) {
            defines = defines || m_tokens.is("defineConfig");
            if (m_tokens.is("as"))
                return false;
            m_tokens.advance();
        }
        const auto from = m_tokens.literal();
        m_tokens.advance();
        m_tokens.take(";");
        m_defines = m_defines || (defines && from == QLatin1String("drizzle-kit"));
        return types || from == QLatin1String("drizzle-kit") ||
               from == QLatin1String("dotenv/config");
    }

    /// `satisfies Config`, `as Config`, or nothing.
    bool typeBehind()
    {
        if (m_tokens.take("satisfies") || m_tokens.take("as")) {
            const bool named = m_tokens.kind() == Kind::Name;
            m_tokens.advance();
            return named;
        }
        return true;
    }

    bool value(Value &result, int depth)
    {
        if (depth > deepest || !operand(result, depth))
            return false;
        m_tokens.take("!");
        while (m_tokens.is("?") || m_tokens.is("|")) {
            const char *mark = m_tokens.is("?") ? "?" : "|";
            m_tokens.advance();
            Value otherwise;
            if (!m_tokens.take(mark) || !operand(otherwise, depth))
                return false;
            const bool falsy =
                !result || (*mark == '|' && (*result == "" || *result == false || *result == 0));
            if (falsy || result->is_null())
                result = otherwise;
        }
        return typeBehind();
    }

    bool operand(Value &result, int depth)
    {
        if (const auto text = m_tokens.literal()) {
            result = Json(text->toStdString());
            m_tokens.advance();
            return true;
        }
        if (m_tokens.is("{"))
            return object(result, depth);
        if (m_tokens.is("["))
            return list(result, depth);
        if (m_tokens.is("process"))
            return variable(result);
        if (m_tokens.kind() == Kind::Number) {
            bool ok = false;
            const qlonglong number = m_tokens.text().toLongLong(&ok);
            result = Json(number);
            m_tokens.advance();
            return ok && !m_tokens.is(".");
        }
        for (const auto &[word, meant] :
             {std::pair("true", Json(true)), std::pair("false", Json(false)),
              std::pair("null", Json())}) {
            if (m_tokens.take(word)) {
                result = meant;
                return true;
            }
        }
        return false;
    }

    bool object(Value &result, int depth)
    {
        Json object = Json::object();
        m_tokens.advance();
        while (!m_tokens.take("}")) {
            const bool named = m_tokens.kind() == Kind::Name;
            const QString key =
                named ? QString::fromUtf8(m_tokens.text()) : m_tokens.literal().value_or(QString());
            m_tokens.advance();
            Value member;
            if (key.isEmpty() || key == QLatin1String("__proto__") || !m_tokens.take(":") ||
                !value(member, depth + 1) || !(m_tokens.take(",") || m_tokens.is("}")))
                return false;
            object.erase(key.toStdString());
            if (member)
                object[key.toStdString()] = *member;
        }
        result = object;
        return true;
    }

    bool list(Value &result, int depth)
    {
        Json array = Json::array();
        m_tokens.advance();
        while (!m_tokens.take("]")) {
            Value item;
            if (!value(item, depth + 1) || !(m_tokens.take(",") || m_tokens.is("]")))
                return false;
            array.push_back(item.value_or(Json()));
        }
        result = array;
        return true;
    }

    bool variable(Value &result)
    {
        m_tokens.advance();
        if (!m_tokens.take(".") || !m_tokens.take("env"))
            return false;
        QString name;
        if (m_tokens.take(".")) {
            name = QString::fromUtf8(m_tokens.text());
            if (m_tokens.kind() != Kind::Name)
                return false;
            m_tokens.advance();
        } else {
            if (!m_tokens.take("["))
                return false;
            name = m_tokens.literal().value_or(QString());
            m_tokens.advance();
            if (name.isEmpty() || !m_tokens.take("]"))
                return false;
        }
        const auto found = m_environment.values.constFind(name);
        if (found != m_environment.values.cend())
            result = Json(found->toStdString());
        else if (!m_namesRead.contains(name))
            m_namesRead.append(name);
        return true;
    }

    Tokens m_tokens;
    const Environment &m_environment;
    bool m_defines = false;
    QStringList m_namesRead;
};

/// Finds what it can in a text that it does not understand.
class LiteralReader
{
public:
    explicit LiteralReader(const QByteArray &code)
        : m_tokens(code)
    {
    }

    Json run() { return members(false); }

private:
    static bool isKnown(const QByteArray &name)
    {
        for (const char *one : {"schema", "out", "dialect", "driver", "casing", "schemaFilter",
                                "tablesFilter", "table", "prefix", "extensionsFilters"}) {
            if (name == one)
                return true;
        }
        return false;
    }

    /// Members up to the end, or up to the brace that closes \a nested ones; the first one counts.
    Json members(bool nested)
    {
        Json found = Json::object();
        int depth = 0;
        while (m_tokens.kind() != Kind::End) {
            depth += m_tokens.is("{") ? 1 : m_tokens.is("}") ? -1 : 0;
            if (nested && depth <= 0)
                break;
            const QByteArray name = m_tokens.text();
            const bool named = m_tokens.kind() == Kind::Name;
            m_tokens.advance();
            if (!named || !m_tokens.is(":"))
                continue;
            if (name == "migrations" && !nested) {
                m_tokens.advance();
                if (m_tokens.is("{"))
                    found["migrations"] = members(true);
            } else if (isKnown(name) && !found.contains(name.toStdString())) {
                m_tokens.advance();
                if (const Json value = this->value(); !value.is_null())
                    found[name.toStdString()] = value;
            }
        }
        return found;
    }

    Json value()
    {
        if (const auto text = m_tokens.literal()) {
            m_tokens.advance();
            return text->toStdString();
        }
        if (!m_tokens.is("["))
            return joined();
        Json list = Json::array();
        for (m_tokens.advance(); !m_tokens.is("]") && m_tokens.kind() != Kind::End;) {
            const Json item = value();
            if (item.is_null())
                return {};
            list.push_back(item);
            m_tokens.take(",");
        }
        return list;
    }

    /// path.join(__dirname, "a", "b") and resolve(): "a/b". Anything else is nothing.
    Json joined()
    {
        bool joins = false;
        while (m_tokens.kind() == Kind::Name || m_tokens.is(".")) {
            joins = m_tokens.is("join") || m_tokens.is("resolve");
            m_tokens.advance();
        }
        if (!joins || !m_tokens.take("("))
            return {};
        QStringList parts;
        while (!m_tokens.is(")")) {
            if (const auto text = m_tokens.literal())
                parts.append(*text);
            else if (m_tokens.kind() == Kind::End || m_tokens.isText())
                return {};
            else if (m_tokens.is("("))
                m_tokens.advance(); // process.cwd()
            m_tokens.advance();
        }
        if (parts.isEmpty())
            return {};
        return QDir::cleanPath(parts.join(u'/')).toStdString();
    }

    Tokens m_tokens;
};

} // namespace

std::optional<ConfigText> plainConfig(const QByteArray &code, const Environment &environment)
{
    return PlainReader(code, environment).run();
}

Json configLiterals(const QByteArray &code)
{
    return LiteralReader(code).run();
}

bool mayNameCasing(const QByteArray &code)
{
    int dots = 0;
    for (Tokens tokens(code); tokens.kind() != Kind::End && dots < 3; tokens.advance()) {
        if (tokens.text() == "casing" || tokens.literal() == QLatin1String("casing"))
            return true;
        dots = tokens.is(".") ? dots + 1 : 0;
    }
    return dots == 3;
}

} // namespace load
