// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/frameworkaliases.h"

#include "load/disk.h"
#include "load/lexer.h"
#include "load/packages.h"

#include <nlohmann/json.hpp>

namespace load
{

namespace
{

/// The name and the text of each member of the first object behind `alias:` in \a code; members
/// that are computed are left out.
QList<std::pair<QString, QString>> writtenAliases(const QByteArray &code)
{
    QList<Token> tokens;
    Lexer lexer(code);
    for (Token token = lexer.next(); token.kind != Token::Kind::End; token = lexer.next()) {
        if (token.kind != Token::Kind::Comment)
            tokens.append(token);
    }
    const auto is = [&](qsizetype at, const char *text) {
        return at < tokens.size() && lexer.is(tokens.at(at), text);
    };
    const auto textAt = [&](qsizetype at) -> std::optional<QString> {
        if (at >= tokens.size())
            return std::nullopt;
        const Token &token = tokens.at(at);
        if (token.kind == Token::Kind::Name)
            return QString::fromUtf8(lexer.textOf(token).toByteArray());
        return textLiteral(code, token.start);
    };
    qsizetype at = 0;
    while (at < tokens.size() && !(is(at, "alias") && is(at + 1, ":") && is(at + 2, "{")))
        ++at;
    QList<std::pair<QString, QString>> found;
    int depth = 1;
    for (at += 3; at < tokens.size() && depth > 0; ++at) {
        for (const char *open : {"{", "(", "["})
            depth += is(at, open) ? 1 : 0;
        for (const char *close : {"}", ")", "]"})
            depth -= is(at, close) ? 1 : 0;
        const bool isMember = depth == 1 && is(at + 1, ":") && (is(at - 1, "{") || is(at - 1, ","));
        const bool isText = at + 2 < tokens.size() && tokens.at(at + 2).kind != Token::Kind::Name &&
                            (is(at + 3, ",") || is(at + 3, "}"));
        const auto name = isMember && isText ? textAt(at) : std::nullopt;
        if (const auto value = name ? textAt(at + 2) : std::nullopt)
            found.append({*name, *value});
    }
    return found;
}

/// An alias of a framework is of a file, and of all in the folder of its name.
void addBoth(Aliases &aliases, const QString &name, const QStringList &targets)
{
    aliases.append({name, targets});
    if (name.endsWith(u'*'))
        return;
    QStringList below = targets;
    for (QString &target : below)
        target += target.endsWith(u'/') ? QStringLiteral("*") : QStringLiteral("/*");
    aliases.append({name + QStringLiteral("/*"), below});
}

QByteArray firstText(Disk &disk, const QString &folder, std::initializer_list<const char *> names)
{
    for (const char *name : names) {
        const QString path = folder + u'/' + QLatin1String(name);
        if (disk.isFile(path))
            return disk.read(path);
    }
    return {};
}

} // namespace

Aliases svelteKitAliases(Disk &disk, const QString &folder)
{
    Aliases aliases;
    addBoth(aliases, QStringLiteral("$lib"), {QStringLiteral("src/lib")});
    const QByteArray config =
        firstText(disk, folder, {"svelte.config.js", "svelte.config.ts", "svelte.config.mjs"});
    for (const auto &[name, target] : writtenAliases(config))
        addBoth(aliases, name, {target});
    return aliases;
}

Aliases nuxtAliases(Disk &disk, const QString &folder)
{
    Aliases aliases;
    // The sources are in app/ since Nuxt 4, and were beside the config before.
    const QStringList sources{QStringLiteral("app"), QStringLiteral("src"), QStringLiteral(".")};
    for (const char *name : {"~", "@"})
        addBoth(aliases, QLatin1String(name), sources);
    for (const char *name : {"~~", "@@"})
        addBoth(aliases, QLatin1String(name), {QStringLiteral(".")});
    addBoth(aliases, QStringLiteral("#shared"), {QStringLiteral("shared")});
    addBoth(aliases, QStringLiteral("#server"), {QStringLiteral("server")});
    const QByteArray config =
        firstText(disk, folder, {"nuxt.config.ts", "nuxt.config.js", "nuxt.config.mjs"});
    for (const auto &[name, target] : writtenAliases(config)) {
        const bool isRoot =
            target.startsWith(QLatin1String("~~/")) || target.startsWith(QLatin1String("@@/"));
        const bool isSource =
            target.startsWith(QLatin1String("~/")) || target.startsWith(QLatin1String("@/"));
        QStringList targets{isRoot ? target.sliced(3) : target};
        if (isSource) {
            targets.clear();
            for (const QString &source : sources)
                targets.append(source + target.sliced(1));
        }
        addBoth(aliases, name, targets);
    }
    return aliases;
}

Aliases denoAliases(const QByteArray &denoJson)
{
    const auto json = readJsonWithComments(denoJson);
    Aliases aliases;
    const auto imports = json.is_object() ? json.find("imports") : json.end();
    if (imports == json.end() || !imports->is_object())
        return aliases;
    for (const auto &[key, value] : imports->items()) {
        QString name = QString::fromStdString(key);
        QString target =
            value.is_string() ? QString::fromStdString(value.get<std::string>()) : QString();
        if (!target.startsWith(u'.') && !target.startsWith(u'/'))
            continue;
        if (name.endsWith(u'/')) {
            name += u'*';
            target += target.endsWith(u'/') ? QStringLiteral("*") : QStringLiteral("/*");
        }
        aliases.append({name, {target}});
    }
    return aliases;
}

} // namespace load
