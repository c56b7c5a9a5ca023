// SPDX-License-Identifier: GPL-3.0-or-later
#include "casefile.h"

#include "migrate/folder.h"

#include <QCryptographicHash>
#include <QDir>
#include <QHash>
#include <QTemporaryFile>

namespace changes
{

namespace
{

const QString folder = QStringLiteral(SLUICE_SOURCE_DIR "/tests/changes/cases/");

struct Block {
    QByteArray title;
    QList<QByteArray> lines;
};

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// What a line of \a marker and a title begins, up to the next one; what stands before the first
/// is left out.
QList<Block> blocksOf(const QList<QByteArray> &lines, const char *marker)
{
    QList<Block> found;
    for (const QByteArray &line : lines) {
        if (line.startsWith(marker))
            found << Block{line.mid(qsizetype(qstrlen(marker))).trimmed(), {}};
        else if (!found.isEmpty())
            found.last().lines << line;
    }
    return found;
}

QList<Block> blocksOf(const QString &path)
{
    QByteArray text = contentOf(path);
    if (text.endsWith('\n'))
        text.chop(1);
    return blocksOf(text.split('\n'), "=== ");
}

QHash<QByteArray, QByteArray> sectionsOf(const Block &block)
{
    QHash<QByteArray, QByteArray> sections;
    for (const Block &section : blocksOf(block.lines, "--- "))
        sections.insert(section.title, section.lines.join('\n'));
    return sections;
}

QList<QByteArray> cellsOf(const QByteArray &line)
{
    QList<QByteArray> cells;
    for (const QString &cell : QString::fromUtf8(line.mid(2)).split(u'\u00a6'))
        cells << cell.trimmed().toUtf8();
    return cells;
}

/// One case for each row of a table of values, or the case itself.
QList<Block> expanded(const Block &block)
{
    QList<QList<QByteArray>> rows;
    QList<QByteArray> rest;
    for (const QByteArray &line : block.lines) {
        if (line.startsWith("@ "))
            rows << cellsOf(line);
        else
            rest << line;
    }
    if (rows.isEmpty())
        return {block};
    const QList<QByteArray> keys = rows.takeFirst();
    QList<Block> blocks;
    for (const QList<QByteArray> &row : rows) {
        Block made{block.title + '_' + row.first(), {}};
        for (QByteArray line : rest) {
            for (qsizetype i = 0; i < keys.size(); ++i)
                line.replace('@' + keys.at(i) + '@', row.value(i));
            made.lines << line;
        }
        blocks << made;
    }
    return blocks;
}

schema::Name nameOf(const QString &text)
{
    const qsizetype dot = text.indexOf(u'.');
    const QString schema = text.left(std::max<qsizetype>(dot, 0));
    return {schema == QLatin1String("public") ? QString() : schema, text.mid(dot + 1)};
}

/// The kinds whose names stand in a schema.
const QHash<QString, diff::Kind> ownKinds{{QStringLiteral("table"), diff::Kind::Table},
                                          {QStringLiteral("enum"), diff::Kind::Enum},
                                          {QStringLiteral("view"), diff::Kind::View},
                                          {QStringLiteral("sequence"), diff::Kind::Sequence}};
const QHash<QString, diff::Kind> plainKinds{{QStringLiteral("schema"), diff::Kind::Schema},
                                            {QStringLiteral("role"), diff::Kind::Role}};
/// The kinds whose names stand in a table, or a type.
const QHash<QString, diff::Kind> partKinds{{QStringLiteral("column"), diff::Kind::Column},
                                           {QStringLiteral("value"), diff::Kind::EnumValue},
                                           {QStringLiteral("policy"), diff::Kind::Policy},
                                           {QStringLiteral("index"), diff::Kind::Index},
                                           {QStringLiteral("key"), diff::Kind::PrimaryKey},
                                           {QStringLiteral("foreign"), diff::Kind::ForeignKey},
                                           {QStringLiteral("unique"), diff::Kind::Unique},
                                           {QStringLiteral("check"), diff::Kind::Check}};

/// kind schema.table.from = to, the table as it is called after; of what is in a schema both with
/// it. Without = to: it is really dropped.
diff::RenameAnswer renameOf(const QString &line)
{
    const QString kind = line.section(u' ', 0, 0);
    const QString text = line.section(u' ', 1);
    const QString from = text.section(QStringLiteral(" = "), 0, 0).trimmed();
    const QString to = text.section(QStringLiteral(" = "), 1).trimmed();
    if (plainKinds.contains(kind))
        return {plainKinds.value(kind), {}, {{}, from}, {{}, to}};
    if (ownKinds.contains(kind))
        return {ownKinds.value(kind), {}, nameOf(from), to.isEmpty() ? schema::Name() : nameOf(to)};
    if (!partKinds.contains(kind))
        qFatal("unknown kind of rename: %s", qPrintable(line));
    return {partKinds.value(kind),
            nameOf(from.section(u'.', 0, 1)),
            {{}, from.section(u'.', 2)},
            {{}, to}};
}

/// Queries and what they answer, with an empty line between them.
QList<Expectation> expectationsOf(const QByteArray &section)
{
    QList<Expectation> found;
    bool inQuery = true;
    for (const QByteArray &line : section.trimmed().split('\n')) {
        if (line.isEmpty()) {
            inQuery = true;
            continue;
        }
        if (inQuery && (found.isEmpty() || found.last().query.endsWith(';')))
            found << Expectation{};
        if (inQuery) {
            found.last().query += found.last().query.isEmpty() ? line : '\n' + line;
            inQuery = !line.endsWith(';');
        } else {
            found.last().lines << QString::fromUtf8(line);
        }
    }
    if (section.trimmed().isEmpty())
        found.clear();
    return found;
}

QByteArray orElse(const QByteArray &text, const QByteArray &other)
{
    return text.isEmpty() ? other : text;
}

base::Result<schema::Database> databaseOf(const QByteArray &snapshot)
{
    if (snapshot.isEmpty())
        return schema::Database();
    QTemporaryFile file;
    if (!file.open() || file.write(snapshot) != snapshot.size() || !file.flush())
        return base::Error{.kind = base::ErrorKind::Io, .text = file.errorString()};
    return migrate::readSnapshotFile(file.fileName());
}

QString readRecording(Case &item, const QHash<QByteArray, QByteArray> &recorded)
{
    const auto before = databaseOf(recorded.value("before.json"));
    const auto after = databaseOf(recorded.value("after.json"));
    for (const auto &state : {before, after}) {
        if (!state)
            return base::toLine(state.error());
    }
    item.trial.before = *before;
    item.trial.after = *after;
    item.trial.beforeSnapshot = recorded.value("before.json");
    item.trial.afterSnapshot = recorded.value("after.json");
    return {};
}

Case read(const Block &block, const QHash<QByteArray, Block> &recordings)
{
    const QHash<QByteArray, QByteArray> sections = sectionsOf(block);
    const auto section = [&](const char *name) { return sections.value(name).trimmed(); };
    Case item{.name = QString::fromUtf8(block.title)};
    Trial &trial = item.trial;
    QByteArray casing;
    bool ownFile = false;
    for (const QByteArray &line : block.lines) {
        if (line.startsWith("--- "))
            break;
        if (line.startsWith("> rename "))
            trial.answers << renameOf(QString::fromUtf8(line.mid(9)));
        else if (line.startsWith("> dropped "))
            trial.answers << renameOf(QString::fromUtf8(line.mid(10)));
        else if (line.startsWith("> casing "))
            casing = line.mid(9).trimmed();
        trial.refused = trial.refused || line.startsWith("> refused");
        trial.back = trial.back || line.startsWith("> back");
        ownFile = ownFile || line.startsWith("> own after");
    }
    trial.prelude = section("prelude");
    trial.besideBefore = orElse(section("beside before"), section("beside"));
    trial.besideAfter = orElse(section("beside after"), section("beside"));
    trial.rows = section("rows");
    trial.expectations = expectationsOf(section("expect"));

    const QByteArray shared = section("shared"), after = section("after");
    const auto codeOf = [&](const QByteArray &own) {
        return shared.isEmpty() && own.isEmpty()
                   ? QByteArray()
                   : contentOf(folder + QStringLiteral("header.ts")) + shared + '\n' + own + '\n';
    };
    item.beforeCode = codeOf(section("before"));
    item.afterCode = codeOf(after);
    item.config = "{\"dialect\":\"postgresql\",\"schema\":\"./schema.ts\",\"out\":\"./drizzle\"" +
                  (casing.isEmpty() ? QByteArray() : ",\"casing\":\"" + casing + '"') + "}";

    const QByteArray hash = QCryptographicHash::hash(
                                QByteArrayList{casing, shared, section("before"), after}.join('\0'),
                                QCryptographicHash::Sha256)
                                .toHex()
                                .left(16);
    const Block recording = recordings.value(block.title);
    if (recording.title != block.title + ' ' + hash) {
        item.complaint = QStringLiteral("drizzle-kit has not been asked: ./dev record changes");
        return item;
    }
    const QHash<QByteArray, QByteArray> recorded = sectionsOf(recording);
    item.complaint = readRecording(item, recorded);
    for (const char *state : {"before", "after"})
        item.drizzleKitWorks &= recorded.contains(state + QByteArray(".json")) ==
                                recorded.contains(state + QByteArray(".sql"));
    if (!ownFile)
        trial.afterFile = recorded.value("after.sql");
    if (qEnvironmentVariable("SLUICE_BEFORE") == QLatin1String("theirs"))
        trial.beforeFile = recorded.value("before.sql");
    return item;
}

} // namespace

QStringList caseFiles()
{
    QStringList names =
        QDir(folder).entryList({QStringLiteral("*.cases")}, QDir::Files, QDir::Name);
    for (QString &name : names)
        name.chop(6);
    return names;
}

QList<Case> casesOf(const QString &name)
{
    QHash<QByteArray, Block> recordings;
    for (const Block &block : blocksOf(folder + name + QStringLiteral(".recorded")))
        recordings.insert(block.title.left(block.title.indexOf(' ')), block);
    QList<Case> cases;
    for (const Block &block : blocksOf(folder + name + QStringLiteral(".cases"))) {
        for (const Block &one : expanded(block))
            cases << read(one, recordings);
    }
    return cases;
}

} // namespace changes
