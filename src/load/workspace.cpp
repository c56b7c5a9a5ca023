// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/workspace.h"

#include "load/text.h"

#include <QCollator>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>

#include <nlohmann/json.hpp>

#include <algorithm>

namespace load
{

namespace
{

bool hasWorkspaces(const QString &packageFile)
{
    QFile file(packageFile);
    if (!file.open(QIODevice::ReadOnly))
        return false;
    const QByteArray text = file.readAll();
    const auto json = nlohmann::json::parse(text.cbegin(), text.cend(), nullptr, false);
    return json.is_object() && json.contains("workspaces");
}

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
        if (pattern.mid(i, 3) == u"**/") {
            expression += QLatin1String("(?:[^/.][^/]*/)*");
            i += 2;
        } else if (pattern.mid(i, 2) == u"**") {
            expression += QLatin1String("(?:[^/.][^/]*/)*[^/.][^/]*");
            i += 1;
        } else if (c == u'*') {
            const bool atStart = i == 0 || pattern.at(i - 1) == u'/';
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

/// Files and folders that match, sorted, absolute.
QStringList matches(const QString &root, const QString &pattern)
{
    const QString absolute = QDir::cleanPath(QDir(root).absoluteFilePath(pattern));
    if (!isGlob(absolute))
        return QFileInfo::exists(absolute) ? QStringList{absolute} : QStringList();
    QStringList found;
    for (const QString &one : expandBraces(absolute)) {
        const qsizetype special = one.indexOf(QRegularExpression(QStringLiteral("[*?\\[]")));
        if (special < 0) {
            if (QFileInfo::exists(one) && !found.contains(one))
                found.append(one);
            continue;
        }
        const QString base = one.first(one.lastIndexOf(u'/', special));
        if (one == base + QLatin1String("/**") && QFileInfo::exists(base) && !found.contains(base))
            found.append(base); // ** also means no folder at all
        const QRegularExpression expression = toExpression(one.sliced(base.size() + 1));
        QDirIterator it(base, QDir::AllEntries | QDir::NoDotAndDotDot,
                        QDirIterator::Subdirectories);
        while (it.hasNext()) {
            const QString path = it.next();
            if (expression.match(path.sliced(base.size() + 1)).hasMatch() && !found.contains(path))
                found.append(path);
        }
    }
    sortPaths(found);
    return found;
}

} // namespace

QString workspaceOf(const QString &folder)
{
    const QString start = QDir(folder).canonicalPath();
    QDir at(start);
    do {
        if (at.exists(QStringLiteral(".git")) || at.exists(QStringLiteral("pnpm-workspace.yaml")) ||
            hasWorkspaces(at.filePath(QStringLiteral("package.json"))))
            return at.path();
    } while (!at.isRoot() && at.cdUp());
    return start;
}

base::Result<QStringList> schemaFiles(const QString &root, const QStringList &patterns)
{
    QStringList files;
    for (const QString &pattern : patterns) {
        for (const QString &match : matches(root, pattern)) {
            QStringList here{match};
            if (QFileInfo(match).isDir()) {
                const QDir folder(match);
                here.clear();
                for (const QString &name :
                     folder.entryList(QDir::Files | QDir::Hidden, QDir::NoSort))
                    here.append(folder.filePath(name));
                here.sort();
            }
            for (const QString &file : std::as_const(here)) {
                if (!files.contains(file))
                    files.append(file);
            }
        }
    }
    if (files.isEmpty())
        return base::Error{
            .kind = base::ErrorKind::NotFound,
            .text = Text::tr("The schema files of the project are not there"),
            .where = patterns.join(QLatin1String(", ")),
            .detail = Text::tr("nothing in %1 matches").arg(root),
            .hint = Text::tr("Correct `schema` in the drizzle config"),
        };
    return files;
}

} // namespace load
