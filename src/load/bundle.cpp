// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/bundle.h"

#include "load/text.h"
#include "schema/place.h"

#include <QDir>

#include <algorithm>

namespace load
{

using base::Error;

constexpr qsizetype firstPortion = 100; ///< files that are transformed before the others

bool Bundle::imports(const QString &package) const
{
    return std::ranges::any_of(packages, [&](const QString &specifier) {
        return specifier == package || specifier.startsWith(package + u'/');
    });
}

schema::SourceLocation Bundle::toSource(const schema::SourceLocation &generated) const
{
    const auto module = modules.constFind(generated.file);
    if (module == modules.cend())
        return {};
    const SourceMap::Position position =
        module->map->lookUp(generated.line + module->firstLine - 1, generated.column);
    return {generated.file, position.line, position.column};
}

QStringList Bundle::chainTo(const QString &file) const
{
    QHash<QString, QString> importers;
    QStringList queue;
    for (const QString &entry : named) {
        if (!importers.contains(entry)) {
            importers.insert(entry, QString());
            queue.append(entry);
        }
    }
    for (qsizetype i = 0; i < queue.size() && !importers.contains(file); ++i) {
        const QString &name = queue.at(i);
        for (const QString &target : modules.value(name).resolutions) {
            if (!importers.contains(target)) {
                importers.insert(target, name);
                queue.append(target);
            }
        }
    }
    QStringList chain;
    if (!importers.contains(file))
        return chain;
    for (QString at = file; !at.isEmpty(); at = importers.value(at))
        chain.prepend(at);
    return chain;
}

schema::Problem Bundle::problemOf(const QString &name) const
{
    const FileError &error = *broken.constFind(name);
    return {.severity = schema::Problem::Severity::Error,
            .text = error.text,
            .hint = error.hint,
            .location = {name, error.line, error.column},
            .importChain = chainTo(name)};
}

Error withChain(Error error, const QStringList &chain)
{
    if (chain.size() < 2)
        return error;
    const QString imported = Text::tr("imported by %1").arg(chain.join(QStringLiteral(" → ")));
    error.detail = error.detail.isEmpty() ? imported : error.detail + u' ' + u'(' + imported + u')';
    return error;
}

Bundler::Bundler(const base::Installation &installation, Disk &disk, const QString &root,
                 const QString &workspace)
    : m_disk(disk)
    , m_root(disk.canonical(root))
    , m_resolver(disk, workspace)
    , m_transformer(
          installation, disk, m_root,
          [this](const QString &folder) { return m_resolver.tsConfigs().fileFor(folder); },
          [this](const QString &file, const QString &specifier) {
              return m_resolver.resolve(file, specifier).kind != Resolution::Kind::Package;
          })
{
}

void Bundler::expect(const QStringList &files)
{
    for (const QString &file : files) {
        const QString path = m_disk.canonical(file);
        if (isInside(path))
            m_expected.append(path);
    }
}

QString Bundler::nameOf(const QString &file) const
{
    return file.startsWith(m_root + u'/') ? file.sliced(m_root.size() + 1)
                                          : QDir(m_root).relativeFilePath(file);
}

bool Bundler::isInside(const QString &file) const
{
    const QString &workspace = m_resolver.workspace();
    return workspace == u"/" || file.startsWith(workspace + u'/');
}

QString Bundler::pathOf(const QString &name) const
{
    return QDir::cleanPath(QDir(m_root).absoluteFilePath(name));
}

/// \a entries and what their texts import, as far as a look at them tells, and the files that are
/// expected with the same. An import that is there for types alone may lead into a whole
/// application, so that there is an end to it; what is missed is found in the next round.
QStringList Bundler::foreseen(const QStringList &entries)
{
    constexpr qsizetype mostMore = 300; // beyond those that were asked for
    QStringList queue = entries;
    QSet<QString> seen(queue.cbegin(), queue.cend());
    const auto add = [&](const QString &file) {
        if (!seen.contains(file)) {
            seen.insert(file);
            queue.append(file);
        }
    };
    const qsizetype most = entries.size() + m_expected.size() + mostMore;
    qsizetype next = 0;
    const auto follow = [&] {
        for (; next < queue.size() && queue.size() < most; ++next) {
            const QString file = queue.at(next);
            for (const Import &import : m_transformer.importsOf(file)) {
                const Resolution resolution = m_resolver.resolve(file, import.specifier);
                if (resolution.kind == Resolution::Kind::File)
                    add(resolution.file);
            }
        }
    };
    follow();
    for (const QString &file : std::exchange(m_expected, {}))
        add(file);
    follow();
    return queue;
}

/// Transforms the next files of \a ahead; without any, all that are \a waiting. The first ones are
/// few, because somebody waits for them.
std::optional<Error> Bundler::transformNext(QStringList &ahead, const QStringList &waiting,
                                            const Cancelled &cancelled)
{
    constexpr qsizetype mostAtATime = 400;
    if (ahead.isEmpty())
        return m_transformer.transform(waiting, cancelled);
    // Starting esbuild once more costs as much as transforming forty files.
    const bool all = ahead.size() < 2 * m_portion;
    const QStringList files = all ? ahead : ahead.first(m_portion);
    ahead.remove(0, files.size());
    m_portion = std::min(2 * m_portion, mostAtATime);
    return m_transformer.transform(files, cancelled);
}

schema::SourceLocation Bundler::placeOfImport(const QString &file, const QString &specifier)
{
    for (const Import &import : m_transformer.importsOf(file)) {
        if (import.specifier == specifier)
            return placeAt(nameOf(file), *m_transformer.source(file), import.offset);
    }
    return {nameOf(file), 0, 0};
}

void Bundler::missing(const QString &file, const QString &specifier, const Resolution &resolution,
                      Bundle &bundle)
{
    const schema::SourceLocation place = placeOfImport(file, specifier);
    FileError error{.line = place.line, .column = place.column};
    if (resolution.kind == Resolution::Kind::Outside) {
        error.kind = base::ErrorKind::Refused;
        error.text = Text::tr("It imports %1, which is not inside of %2")
                         .arg(resolution.file, m_resolver.workspace());
        error.hint =
            Text::tr("Move the file into the workspace, or open the folder that holds both");
    } else {
        error.text = Text::tr("It imports \"%1\", and there is no such file").arg(specifier);
        error.hint = Text::tr("Correct the import, or make the file");
    }
    bundle.broken.insert(nameOf(file), error);
}

/// Puts \a file into \a bundle; what it imports.
QStringList Bundler::take(const QString &file, Bundle &bundle)
{
    const QString name = nameOf(file);
    const Transformed &made = *m_transformer.find(file);
    if (made.error) {
        bundle.broken.insert(name, *made.error);
        return {};
    }
    Bundle::Module module{
        .code = made.code, .map = made.map, .firstLine = made.firstLine, .resolutions = {}};
    QStringList imported;
    for (const Import &import : made.imports) {
        const Resolution resolution = m_resolver.resolve(file, import.specifier);
        const bool isFile = resolution.kind == Resolution::Kind::File;
        if (isFile) {
            module.resolutions.insert(import.specifier, nameOf(resolution.file));
            imported.append(resolution.file);
        } else if (resolution.kind != Resolution::Kind::Package) {
            if (import.always || resolution.kind == Resolution::Kind::Outside) {
                missing(file, import.specifier, resolution, bundle);
                return {};
            }
        } else {
            bundle.packages.insert(withoutOrigin(import.specifier));
            if (import.always && m_resolver.isAlias(file, import.specifier))
                bundle.notices.append(
                    {.severity = schema::Problem::Severity::Notice,
                     .text = Text::tr("\"%1\" is an alias of tsconfig.json, and there is no such "
                                      "file; what it exports is not known")
                                 .arg(import.specifier),
                     .hint = Text::tr("Correct the import, or make the file"),
                     .location = placeOfImport(file, import.specifier),
                     .importChain = {}});
        }
    }
    bundle.modules.insert(name, module);
    return imported;
}

void Bundler::noticeTsConfigs(Bundle &bundle)
{
    const auto notice = [&](const QString &file, const FileError &error) {
        bundle.notices.append({.severity = schema::Problem::Severity::Notice,
                               .text = error.text,
                               .hint = error.hint,
                               .location = {nameOf(file), error.line, error.column},
                               .importChain = {}});
    };
    if (const auto &[file, error] = m_transformer.unreadableTsConfig(); !file.isEmpty())
        notice(file, error);
    for (const auto &[file, base] : m_resolver.tsConfigs().missing())
        notice(file, {.text = Text::tr("It extends \"%1\", and there is no such file").arg(base),
                      .hint = Text::tr("Correct the name; or make the file, if the project's "
                                       "framework makes it")});
}

/// Takes out of \a files those that are not the workspace's; they are broken, and never read.
void Bundler::refuseOutside(QStringList &files, Bundle &bundle) const
{
    files.removeIf([&](const QString &file) {
        if (isInside(file))
            return false;
        bundle.broken.insert(
            nameOf(file),
            {.kind = base::ErrorKind::Refused,
             .text = Text::tr("The schema names it, and it is not inside of %1")
                         .arg(m_resolver.workspace()),
             .hint = Text::tr("Move the file into the workspace, or open the folder that holds "
                              "both")});
        return true;
    });
}

base::Result<Bundle> Bundler::bundle(const QStringList &entries, const Cancelled &cancelled,
                                     const Taken &taken)
{
    QStringList queue;
    for (const QString &entry : entries)
        queue.append(m_disk.canonical(entry));
    queue.removeDuplicates();
    Bundle result;
    for (const QString &file : std::as_const(queue))
        result.named.append(nameOf(file));
    refuseOutside(queue, result);
    QStringList ahead = foreseen(queue);
    m_portion = firstPortion;
    QSet<QString> seen(queue.cbegin(), queue.cend());
    for (qsizetype next = 0; next < queue.size();) {
        if (const auto error = transformNext(ahead, queue.sliced(next), cancelled))
            return *error;
        for (; next < queue.size() && m_transformer.find(queue.at(next)); ++next) {
            const QString file = queue.at(next);
            for (const QString &imported : take(file, result)) {
                if (!seen.contains(imported)) {
                    seen.insert(imported);
                    queue.append(imported);
                }
            }
        }
        result.helpers = m_transformer.helpers();
        if (taken)
            taken(result);
    }
    for (const QString &entry : std::as_const(result.named)) {
        if (!result.broken.contains(entry))
            result.entries.append(entry);
    }
    for (schema::Problem &notice : result.notices)
        notice.importChain = result.chainTo(notice.location.file);
    noticeTsConfigs(result);
    if (!result.entries.isEmpty())
        return result;
    const schema::Problem problem = result.problemOf(result.named.first());
    return Error{.kind = result.broken.value(result.named.first()).kind,
                 .text = Text::tr("A file of the project cannot be loaded"),
                 .where = toText(problem.location),
                 .detail = problem.text,
                 .hint = problem.hint};
}

bool Bundler::importsOneOf(const QString &file, const Bundle &bundle)
{
    const QList<Import> imports = m_transformer.importsOf(file);
    return std::ranges::any_of(imports, [&](const Import &import) {
        const Resolution resolution = m_resolver.resolve(file, import.specifier);
        return resolution.kind == Resolution::Kind::File &&
               bundle.modules.contains(nameOf(resolution.file));
    });
}

std::optional<Error> Bundler::addRelations(const QStringList &files, Bundle &bundle,
                                           const Cancelled &cancelled)
{
    // Those that bundle() has left are transformed in one go.
    for (const QString &file : files) {
        const QString name = nameOf(file);
        if (!bundle.modules.contains(name) && !bundle.broken.contains(name) &&
            importsOneOf(file, bundle))
            m_expected.append(file);
    }
    if (const auto error = m_transformer.transform(foreseen({}), cancelled))
        return error;
    for (const QString &file : files) {
        const QString name = nameOf(file);
        if (bundle.modules.contains(name) || bundle.broken.contains(name) ||
            !importsOneOf(file, bundle))
            continue;
        auto added = this->bundle({file}, cancelled);
        if (!added && added.error().kind == base::ErrorKind::Cancelled)
            return added.error();
        const bool usable = added && added->broken.isEmpty();
        if (!usable) {
            const QString broken = added ? added->broken.firstKey() : name;
            bundle.notices.append(
                {.severity = schema::Problem::Severity::Notice,
                 .text = Text::tr("The relations in this file are not read: %1")
                             .arg(added ? toText(added->problemOf(broken).location) + u' ' +
                                              added->broken.first().text
                                        : added.error().detail),
                 .hint = {},
                 .location = {name, 0, 0},
                 .importChain = {}});
            continue;
        }
        bundle.modules.insert(added->modules);
        bundle.packages.unite(added->packages);
        bundle.relationEntries.append(name);
    }
    bundle.helpers = m_transformer.helpers();
    return std::nullopt;
}

} // namespace load
