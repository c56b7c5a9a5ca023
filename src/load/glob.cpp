// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/glob.h"

#include "load/disk.h"

#include <QCollator>
#include <QDir>
#include <QRegularExpression>

#include <algorithm>

namespace load
{

namespace
{

/// Splits `a/{b,c}/d` into `a/b/d` and `a/c/d`; braces may nest.
QStringList expandBraces(const QString &pattern)
{
    const qsizetype open = pattern.indexOf(u'{');
    if (open < 0)
        return {pattern};
    QStringList alternatives;
    qsizetype start = open + 1;
    int depth = 1;
    qsizetype at = start;
    for (; at < pattern.size() && depth > 0; ++at) {
        const QChar c = pattern.at(at);
        depth += c == u'{' ? 1 : c == u'}' ? -1 : 0;
        if ((c == u',' && depth == 1) || depth == 0) {
            alternatives.append(pattern.sliced(start, at - start));
            start = at + 1;
        }
    }
    if (depth != 0)
        return {pattern};
    QStringList result;
    for (const QString &alternative : std::as_const(alternatives))
        result += expandBraces(pattern.first(open) + alternative + pattern.sliced(at));
    return result;
}

/// A glob as a regular expression over a relative path: ** any folders, * and ? within a name.
QRegularExpression toExpression(const QString &pattern)
{
    QString expression;
    for (qsizetype i = 0; i < pattern.size(); ++i) {
        const QChar c = pattern.at(i);
        const bool atStart = i == 0 || pattern.at(i - 1) == u'/';
        if (atStart && pattern.mid(i, 3) == u"**/") {
            expression += QLatin1String("(?:[^/.][^/]*/)*");
            i += 2;
        } else if (atStart && pattern.sliced(i) == u"**") {
            expression += QLatin1String("(?:[^/.][^/]*/)*[^/.][^/]*");
            i += 1;
        } else if (c == u'*') {
            // Beside other letters of a name two stars are one.
            while (i + 1 < pattern.size() && pattern.at(i + 1) == u'*')
                ++i;
            expression += atStart ? QLatin1String("(?!\\.)[^/]*") : QLatin1String("[^/]*");
        } else if (c == u'?') {
            expression += QLatin1String("[^/]");
        } else if (c == u'[' && pattern.indexOf(u']', i) > 0) {
            const qsizetype end = pattern.indexOf(u']', i);
            expression +=
                pattern.sliced(i, end - i + 1).replace(QLatin1String("[!"), QLatin1String("[^"));
            i = end;
        } else {
            expression += QRegularExpression::escape(c);
        }
    }
    return QRegularExpression(QRegularExpression::anchoredPattern(expression));
}

bool isGlob(const QString &pattern)
{
    return pattern.contains(QRegularExpression(QStringLiteral("[*?\\[{]")));
}

/// As the `glob` package sorts: by locale en, where case and punctuation weigh less than letters.
void sortPaths(QStringList &paths)
{
    QCollator collator(QLocale(QLocale::English));
    std::sort(paths.begin(), paths.end(),
              [&](const QString &a, const QString &b) { return collator.compare(a, b) < 0; });
}

QString pathIn(const QString &folder, const QString &name)
{
    return folder == u"/" || folder.isEmpty() ? u'/' + name : folder + u'/' + name;
}

/// Adds what lies in \a folder, and below it, and matches; \a prefix is its path from the base.
void collect(Disk &disk, const QString &folder, const QString &prefix,
             const QRegularExpression &expression, bool intoPackages, QStringList &found)
{
    for (const Disk::Item &item : disk.list(folder)) {
        const QString path = prefix + item.name;
        const QString file = pathIn(folder, item.name);
        if (expression.match(path).hasMatch() && !found.contains(file))
            found.append(file);
        const bool skipped = !intoPackages && item.name == QLatin1String("node_modules");
        if (item.isFolder() && !item.isLink && !skipped && item.name != QLatin1String(".git"))
            collect(disk, file, path + u'/', expression, intoPackages, found);
    }
}

/// The same for a pattern without braces whose folders are all plain names: one folder is enough.
void collectFlat(Disk &disk, const QString &folder, const QRegularExpression &expression,
                 QStringList &found)
{
    for (const Disk::Item &item : disk.list(folder)) {
        const QString file = pathIn(folder, item.name);
        if (item.kind != Inputs::Kind::Other && expression.match(item.name).hasMatch() &&
            !found.contains(file))
            found.append(file);
    }
}

} // namespace

QStringList globMatches(Disk &disk, const QString &root, const QString &pattern)
{
    const QString absolute = QDir::cleanPath(QDir(root).absoluteFilePath(pattern));
    if (disk.exists(absolute) || !isGlob(absolute))
        return disk.exists(absolute) ? QStringList{absolute} : QStringList();
    QStringList found;
    for (const QString &one : expandBraces(absolute)) {
        static const QRegularExpression specials(QStringLiteral("[*?\\[]"));
        const qsizetype special = one.indexOf(specials);
        if (special < 0) {
            if (disk.exists(one) && !found.contains(one))
                found.append(one);
            continue;
        }
        const QString base = one.first(one.lastIndexOf(u'/', special));
        if (one == base + QLatin1String("/**") && disk.exists(base) && !found.contains(base))
            found.append(base); // ** also means no folder at all
        const QString rest = one.sliced(base.size() + 1);
        const QRegularExpression expression = toExpression(rest);
        if (rest.contains(u'/') || rest.contains(QLatin1String("**")))
            collect(disk, base, QString(), expression, rest.contains(QLatin1String("node_modules")),
                    found);
        else
            collectFlat(disk, base, expression, found);
    }
    sortPaths(found);
    return found;
}

} // namespace load
