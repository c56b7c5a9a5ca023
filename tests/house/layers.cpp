// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers.h"

#include <QFileInfo>
#include <QLibraryInfo>
#include <QRegularExpression>

namespace house
{

namespace
{
/// How far into its room a library that the table calls private may reach.
enum class Reach { Sources, InnerHeaders };

/// A library that only some rooms may use: its word in the table's last column and its headers.
struct Library {
    QString word;
    QRegularExpression header;
    QString qtModule; ///< the folder of a Qt module, when the headers' names alone do not tell
    Reach reach = Reach::Sources;
};

const QList<Library> &libraries()
{
    const auto header = [](const char *pattern) {
        return QRegularExpression(QRegularExpression::anchoredPattern(QLatin1String(pattern)));
    };
    static const QList<Library> all{
        {QStringLiteral("libpq"), header("libpq.*|postgres_ext\\.h|pg_config.*"), {}},
        {QStringLiteral("libpg_query"), header("pg_query.*"), {}},
        {QStringLiteral("libmozjs"), header("js[a-z]*\\.h|js/.*|mozilla/.*"), {}},
        {QStringLiteral("libseccomp"), header("seccomp\\.h|linux/seccomp\\.h"), {}},
        {QStringLiteral("nlohmann"), header("nlohmann/(?!json_fwd).*"), {}, Reach::InnerHeaders},
        {QStringLiteral("yaml-cpp"), header("yaml-cpp/.*"), {}},
        {QStringLiteral("QScintilla"), header("Qsci/.*"), {}},
        {QStringLiteral("QtKeychain"), header("qt6?keychain/.*"), {}},
        {QStringLiteral("Qt Sql"), header("QtSql/.*"), QStringLiteral("QtSql")},
        {QStringLiteral("Qt Concurrent"), header("QtConcurrent.*"), QStringLiteral("QtConcurrent")},
        {QStringLiteral("Qt Svg"), header("QtSvg/.*"), QStringLiteral("QtSvg")},
        {QStringLiteral("Qt Widgets"), header("QtWidgets/.*"), QStringLiteral("QtWidgets")},
        // Qt Gui comes with Qt Widgets: nothing below the widgets draws.
        {QStringLiteral("Qt Widgets"), header("QtGui/.*"), QStringLiteral("QtGui")},
    };
    return all;
}

bool belongs(const Library &library, const QString &header)
{
    if (library.header.match(header).hasMatch())
        return true;
    return !library.qtModule.isEmpty() &&
           QFileInfo::exists(QLibraryInfo::path(QLibraryInfo::HeadersPath) + u'/' +
                             library.qtModule + u'/' + header);
}

/// What a file includes: the target, and whether it stands in quotes.
QList<std::pair<QString, bool>> includesOf(const QString &content)
{
    static const QRegularExpression include(
        QStringLiteral("^[ \\t]*#[ \\t]*include[ \\t]*([\"<])([^\">]+)[\">]"),
        QRegularExpression::MultilineOption);
    QList<std::pair<QString, bool>> found;
    for (auto it = include.globalMatch(content); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        found.append({match.captured(2), match.captured(1) == QLatin1String("\"")});
    }
    return found;
}

bool isHeader(const QString &path)
{
    return path.endsWith(QLatin1String(".h"));
}

/// Studio's features meet in session or in the shell: a feature sees itself and widgets.
QString featureOffence(const QString &path, const QString &target)
{
    const QString from = path.section(u'/', 1, 1);
    const QString to = target.section(u'/', 1, 1);
    const bool isMain = path.endsWith(QLatin1String("/main.cpp"));
    if (to == from || to == QLatin1String("widgets") || isMain)
        return {};
    if (to == QLatin1String("shell"))
        return QStringLiteral("only main.cpp may include the shell");
    if (from != QLatin1String("shell"))
        return QStringLiteral("features may not include each other");
    return {};
}

QString quotedOffence(const Layers &layers, const QString &path, const QString &target)
{
    if (!target.contains(u'/')) {
        static const QRegularExpression made(QStringLiteral("^(ui_\\w+\\.h|\\w+\\.moc)$"));
        return made.match(target).hasMatch()
                   ? QString()
                   : QStringLiteral("includes name their room: the include root is src/");
    }
    const QString room = path.section(u'/', 0, 0);
    const QString to = target.section(u'/', 0, 0);
    if (to != room && !layers.rooms.value(room).mayInclude.contains(to))
        return QStringLiteral("%1 may not include %2").arg(room, to);
    if (to != room && layers.innerHeaders.contains(target))
        return QStringLiteral("it shows a private library of %1").arg(to);
    return to == QLatin1String("studio") && to == room ? featureOffence(path, target) : QString();
}

QString libraryOffence(const Room &room, const QString &path, const QString &header)
{
    for (const Library &library : libraries()) {
        if (!belongs(library, header))
            continue;
        const qsizetype at = room.links.indexOf(library.word);
        if (at < 0)
            return QStringLiteral("%1 does not link %2").arg(room.name, library.word);
        // The evaluator is a program: no other room sees its headers.
        const bool isPrivate = room.links.indexOf(QLatin1String("(private)"), at) >= 0 &&
                               room.name != QLatin1String("evaluator");
        if (isPrivate && isHeader(path) && library.reach == Reach::Sources)
            return QStringLiteral("%1 is private to %2 and stays out of its headers")
                .arg(library.word, room.name);
    }
    return {};
}
} // namespace

QHash<QString, Room> roomsOf(const QString &readme)
{
    static const QRegularExpression row(QStringLiteral("^\\| `(\\w+)` \\|([^|]*)\\|([^|]*)\\|"),
                                        QRegularExpression::MultilineOption);
    static const QRegularExpression word(QStringLiteral("\\w+"));
    QHash<QString, Room> rooms;
    for (auto it = row.globalMatch(readme); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        Room room{.name = match.captured(1), .mayInclude = {}, .links = match.captured(3)};
        for (auto names = word.globalMatch(match.captured(2)); names.hasNext();)
            room.mayInclude.append(names.next().captured());
        rooms.insert(room.name, room);
    }
    return rooms;
}

bool showsPrivateLibrary(const QString &content)
{
    for (const auto &[target, isQuoted] : includesOf(content)) {
        for (const Library &library : libraries()) {
            if (!isQuoted && library.reach == Reach::InnerHeaders && belongs(library, target))
                return true;
        }
    }
    return false;
}

QStringList offences(const Layers &layers, const QString &path, const QString &content)
{
    const QString name = path.section(u'/', 0, 0);
    if (!layers.rooms.contains(name))
        return {QStringLiteral("%1: %2 is not in the table of src/README.md").arg(path, name)};

    QStringList found;
    for (const auto &[target, isQuoted] : includesOf(content)) {
        const QString offence = isQuoted ? quotedOffence(layers, path, target)
                                         : libraryOffence(layers.rooms.value(name), path, target);
        if (!offence.isEmpty())
            found.append(QStringLiteral("%1 includes %2: %3").arg(path, target, offence));
    }
    return found;
}

} // namespace house
