// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/beside.h"

#include "load/folderwalk.h"
#include "load/text.h"

#include <QFileInfo>
#include <QRegularExpression>

namespace load
{

namespace
{

using Kind = Token::Kind;

constexpr qsizetype mostFiles = 400;
constexpr qint64 largest = 512 << 10; ///< bytes of a file that is looked at

bool isSource(const QString &name)
{
    static const QRegularExpression source(QStringLiteral("\\.([mc]?[tj]s|tsx)$"));
    static const QRegularExpression other(
        QStringLiteral("\\.(d|test|spec|stories|config)\\.\\w+$|^(seed|migrate)\\b"));
    return source.match(name).hasMatch() && !other.match(name).hasMatch();
}

/// Whether what lies below the folder of \a file is the schema's too: src/ of an application is
/// not.
bool ownsFolder(const QString &file)
{
    static const QRegularExpression own(
        QStringLiteral("schema|^db$|database|model|table|drizzle|entit"),
        QRegularExpression::CaseInsensitiveOption);
    return own.match(QFileInfo(QFileInfo(file).path()).fileName()).hasMatch();
}

class Collector
{
public:
    explicit Collector(Disk &disk)
        : m_disk(disk)
    {
    }
    void add(const QDir &folder, const QStringList &names, const QString &part = {})
    {
        for (const QString &name : names) {
            const QString path = folder.filePath(name);
            // A link may lead out of the workspace.
            if (m_files.size() < mostFiles && isSource(name) &&
                name.contains(part, Qt::CaseInsensitive) && !m_seen.contains(path) &&
                !m_disk.isLink(path)) {
                m_seen.insert(path);
                m_files.append(path);
            }
        }
    }
    bool isFull() const { return m_files.size() >= mostFiles; }
    const QStringList &files() const { return m_files; }

private:
    Disk &m_disk;
    QStringList m_files;
    QSet<QString> m_seen;
};

/// "pgTable", "pgEnum", "schema.table", …: what makes a table or an enum of a name.
bool declares(QByteArrayView word, bool member)
{
    if (member)
        return word == "table" || word == "enum";
    return word == "pgTable" || word == "pgEnum" ||
           (word.endsWith("Table") && !word.startsWith("get") && !word.startsWith("alias"));
}

/// Appends a notice for each declaration in \a text.
void noticeDeclarations(const QString &name, const QByteArray &text, const QString &entry,
                        QList<schema::Problem> &notices)
{
    Lexer lexer(text);
    Token before, token = lexer.next();
    for (; token.kind != Kind::End;) {
        const Token word = token;
        const bool member = before.kind == Kind::Mark && lexer.is(before, ".");
        before = token;
        token = lexer.next();
        if (word.kind != Kind::Name || !declares(lexer.textOf(word), member) ||
            !lexer.is(token, "("))
            continue;
        before = token;
        token = lexer.next();
        const auto declared =
            token.kind == Kind::String ? textLiteral(text, token.start) : std::optional<QString>();
        if (declared)
            notices.append(
                {.severity = schema::Problem::Severity::Notice,
                 .text = Text::tr("%1 is declared here, and no file of the schema imports this one")
                             .arg(*declared),
                 .hint = Text::tr("Export it from %1, or name the file in `schema`").arg(entry),
                 .location = placeAt(name, text, word.start),
                 .importChain = {}});
    }
}

} // namespace

QStringList sourcesBeside(Bundler &bundler, const QStringList &schemaFiles)
{
    Disk &disk = bundler.disk();
    Collector collector(disk);
    QSet<QString> folders;
    for (const QString &file : schemaFiles) {
        const QString path = disk.canonical(file);
        const QString folder = QFileInfo(path).path();
        if (folders.contains(folder) || !bundler.isInside(path))
            continue;
        folders.insert(folder);
        const bool own = ownsFolder(folder + QStringLiteral("/x"));
        walkFolders(disk, folder, {.depth = own ? 4 : 0, .folders = 200},
                    [&](const QDir &dir, const QStringList &names) {
                        collector.add(dir, names);
                        return !collector.isFull();
                    });
        const QDir above(QFileInfo(folder).path());
        if (own && above.path().startsWith(bundler.resolver().workspace() + u'/'))
            walkFolders(disk, above.path(), {.depth = 0},
                        [&](const QDir &dir, const QStringList &names) {
                            collector.add(dir, names);
                            return true;
                        });
    }
    const Package *package = bundler.resolver().packages().nearest(bundler.root());
    const QString part = QStringLiteral("relation");
    walkFolders(disk, package ? package->folder : bundler.root(),
                {.depth = 6, .folders = 400, .part = part},
                [&](const QDir &dir, const QStringList &names) {
                    collector.add(dir, names, part);
                    return !collector.isFull();
                });
    return collector.files();
}

QStringList filesWithRelations(Bundler &bundler, const QStringList &files)
{
    QStringList found;
    for (const QString &file : files) {
        if (bundler.disk().content(file, 0).size > largest)
            continue;
        const auto text = bundler.transformer().source(file);
        if (text && text->contains("elations(") && text->contains("drizzle-orm"))
            found.append(file);
    }
    return found;
}

QList<schema::Problem> unreachedTables(Bundler &bundler, const Bundle &bundle,
                                       const QStringList &files)
{
    QSet<QString> folders;
    for (const QString &entry : bundle.named)
        folders.insert(QFileInfo(bundler.pathOf(entry)).path());
    const auto isInside = [&](const QString &file) {
        for (QString at = QFileInfo(file).path(); at.size() > 1; at = QFileInfo(at).path()) {
            if (folders.contains(at))
                return true;
        }
        return false;
    };
    QList<schema::Problem> notices;
    for (const QString &file : files) {
        const QString name = bundler.nameOf(file);
        if (bundle.modules.contains(name) || bundle.broken.contains(name) || !isInside(file) ||
            bundler.disk().content(file, 0).size > largest)
            continue;
        const auto text = bundler.transformer().source(file);
        if (text && text->contains("drizzle-orm/pg-core"))
            noticeDeclarations(name, *text, bundle.named.first(), notices);
    }
    return notices;
}

} // namespace load
