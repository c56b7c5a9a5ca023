// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/renames.h"

#include "diff/equal.h"
#include "diff/sqlnames.h"
#include "migrate/json.h"
#include "migrate/text.h"
#include "sql/identifier.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSaveFile>

#include <algorithm>

#include <nlohmann/json.hpp>

namespace migrate
{

// lupdate takes base:: before a function's name for the context of its texts.
using base::Done;
using base::Error;
using base::ErrorKind;
using base::Result;
using diff::Kind;
using diff::plainSchema;
using diff::RenameAnswer;

namespace
{
constexpr int version = 1;

QString quoted(const QString &name)
{
    static const QRegularExpression plain(QStringLiteral("^[A-Za-z_][A-Za-z0-9_$-]*$"));
    if (plain.match(name).hasMatch())
        return name;
    return sql::identifier(name);
}

/// Where \a mark stands outside of double quotes; -1 when it does not.
qsizetype indexOutside(const QString &text, QChar mark, qsizetype begin = 0)
{
    for (qsizetype i = begin; i < text.size();) {
        if (text[i] == mark)
            return i;
        i = text[i] == u'"' ? diff::endOfQuoted(text, i) : i + 1;
    }
    return -1;
}

/// The names of a dotted text, without their quotes.
QStringList partsOf(const QString &text)
{
    QStringList parts;
    qsizetype begin = 0;
    while (begin <= text.size()) {
        const qsizetype dot = indexOutside(text, u'.', begin);
        QString part = text.mid(begin, dot < 0 ? -1 : dot - begin);
        if (part.size() >= 2 && part.startsWith(u'"') && part.endsWith(u'"'))
            part =
                part.mid(1, part.size() - 2).replace(QStringLiteral("\"\""), QStringLiteral("\""));
        parts << part;
        if (dot < 0)
            break;
        begin = dot + 1;
    }
    return parts;
}

/// Tables and what stands beside them: named with a schema.
bool isObject(Kind kind)
{
    return kind == Kind::Table || kind == Kind::Enum || kind == Kind::View ||
           kind == Kind::Sequence;
}

bool isPart(Kind kind)
{
    return !isObject(kind) && kind != Kind::Schema && kind != Kind::Role;
}

std::optional<Kind> kindOf(const QString &word)
{
    for (int i = 0; i <= int(Kind::Check); ++i) {
        if (diff::word(Kind(i)) == word)
            return Kind(i);
    }
    return std::nullopt;
}

Error notUnderstood(const QString &text, const QString &why)
{
    return {.kind = ErrorKind::InvalidInput,
            .text = Text::tr("The answer about a rename is not understood"),
            .where = text,
            .detail = why,
            .hint =
                Text::tr("write column:public.contacts.nickname=alias, table:contacts=people or "
                         "schema:auth=login; names with dots in double quotes")};
}

QString nameText(const schema::Name &name)
{
    return quoted(name.schema.isEmpty() ? QStringLiteral("public") : name.schema) + u'.' +
           quoted(name.name);
}

QString leftText(Kind kind, const schema::Name &table, const schema::Name &name)
{
    if (isObject(kind))
        return nameText(name);
    return isPart(kind) ? nameText(table) + u'.' + quoted(name.name) : quoted(name.name);
}

bool isAboutTheSame(const RenameAnswer &left, const RenameAnswer &right)
{
    return left.kind == right.kind && left.table == right.table && left.from == right.from;
}

Json entryOf(const RenameAnswer &answer)
{
    const QString text = answerText(answer);
    const qsizetype equals = indexOutside(text, u'=');
    const qsizetype colon = text.indexOf(u':');
    return Json{{"kind", toJson(text.left(colon))},
                {"from", toJson(text.mid(colon + 1, equals - colon - 1))},
                {"to", toJson(text.mid(equals + 1))}};
}

Result<RenameAnswer> answerOf(const Json &entry)
{
    return parseAnswer(textOf(entry, "kind") + u':' + textOf(entry, "from") + u'=' +
                       textOf(entry, "to"));
}

/// The file as it stands; an object with nothing but a version when there is none.
Result<Json> readRoot(const QString &path)
{
    if (!QFileInfo::exists(path))
        return Json{{"version", version}};
    Result<Json> root = readJson(path);
    if (!root)
        return root;
    const auto found = root->find("version");
    if (!root->is_object() || found == root->end() || !found->is_number_integer())
        return Error{.kind = ErrorKind::InvalidInput,
                     .text = Text::tr("The file is not one of Sluice's"),
                     .where = path};
    if (found->get<int>() > version)
        return Error{.kind = ErrorKind::Unsupported,
                     .text = Text::tr("The file is of a newer Sluice"),
                     .where = path,
                     .detail =
                         Text::tr("version %1, expected %2").arg(found->get<int>()).arg(version)};
    return root;
}

const Json &entriesOf(const Json &root)
{
    static const Json none = Json::array();
    const auto it = root.find("renames");
    return it != root.end() && it->is_array() ? *it : none;
}

/// \a root with one entry of `renames` a line: two branches that add one each merge.
QByteArray textOfRoot(const Json &root)
{
    QByteArray text = "{\n";
    bool first = true;
    for (auto it = root.begin(); it != root.end(); ++it) {
        text += first ? "  " : ",\n  ";
        first = false;
        text += QByteArray::fromStdString(Json(it.key()).dump()) + ": ";
        if (it.key() != "renames") {
            text += QByteArray::fromStdString(it.value().dump());
            continue;
        }
        QByteArrayList lines;
        for (const Json &entry : it.value())
            lines << "    " + QByteArray::fromStdString(entry.dump());
        text += lines.isEmpty() ? "[]" : "[\n" + lines.join(",\n") + "\n  ]";
    }
    return text + "\n}\n";
}

/// Adds \a answer to \a entries in place of those about the same thing, with what they held
/// besides.
void add(const RenameAnswer &answer, std::vector<Json> &entries)
{
    Json fresh = entryOf(answer);
    std::erase_if(entries, [&](const Json &entry) {
        const Result<RenameAnswer> known = answerOf(entry);
        if (!known || !isAboutTheSame(*known, answer))
            return false;
        for (auto it = entry.begin(); it != entry.end(); ++it) {
            if (!fresh.contains(it.key()))
                fresh[it.key()] = it.value();
        }
        return true;
    });
    entries.push_back(fresh);
}
} // namespace

QString answersPath(const QString &folder)
{
    return folder + QStringLiteral("/meta/_sluice.json");
}

Result<RenameAnswers> readAnswers(const QString &folder)
{
    if (folder.isEmpty()) // of a schema without a config
        return RenameAnswers();
    const Result<Json> root = readRoot(answersPath(folder));
    if (!root)
        return root.error();
    RenameAnswers answers;
    for (const Json &entry : entriesOf(*root)) {
        // A kind that a newer version knows is no answer here, and stays in the file.
        if (const Result<RenameAnswer> answer = answerOf(entry)) {
            answers << *answer;
            answers.last().kept = true;
        }
    }
    return answers;
}

Result<QByteArray> answersWith(const QString &folder, const RenameAnswers &answers)
{
    Result<Json> root = readRoot(answersPath(folder));
    if (!root)
        return root.error();
    std::vector<Json> entries(entriesOf(*root).begin(), entriesOf(*root).end());
    for (const RenameAnswer &answer : answers)
        add(answer, entries);
    std::ranges::sort(entries, {}, [](const Json &entry) { return entry.dump(); });
    (*root)["renames"] = Json(entries);
    return textOfRoot(*root);
}

Result<Done> keepAnswers(const QString &folder, const RenameAnswers &answers)
{
    if (answers.isEmpty())
        return Done{};
    const Result<QByteArray> text = answersWith(folder, answers);
    if (!text)
        return text.error();
    const QString path = answersPath(folder);
    QDir().mkpath(QFileInfo(path).path());
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(*text) != text->size() || !file.commit())
        return Error{.kind = ErrorKind::Io,
                     .text = Text::tr("The file cannot be written"),
                     .where = path,
                     .detail = file.errorString()};
    return Done{};
}

Result<RenameAnswer> parseAnswer(const QString &text)
{
    const qsizetype colon = text.indexOf(u':');
    const qsizetype equals = indexOutside(text, u'=', colon + 1);
    const std::optional<Kind> kind = kindOf(text.left(colon).trimmed());
    if (colon < 0 || equals < 0)
        return notUnderstood(text, Text::tr("it has no : or no ="));
    if (!kind)
        return notUnderstood(text, Text::tr("there is no kind '%1'").arg(text.left(colon)));
    QStringList left = partsOf(text.mid(colon + 1, equals - colon - 1).trimmed());
    QStringList right = partsOf(text.mid(equals + 1).trimmed());
    const qsizetype least = isPart(*kind) ? 2 : 1;
    const qsizetype most = isPart(*kind) ? 3 : isObject(*kind) ? 2 : 1;
    if (left.size() < least || left.size() > most || left.contains(QString()) ||
        right.size() > (isObject(*kind) ? 2 : 1))
        return notUnderstood(text, Text::tr("a name has too many or too few parts"));
    RenameAnswer answer{.kind = *kind};
    answer.from.name = left.takeLast();
    if (isPart(*kind))
        answer.table.name = left.takeLast();
    const QString schema = left.isEmpty() ? QString() : plainSchema(left.first());
    (isPart(*kind) ? answer.table.schema : answer.from.schema) = schema;
    answer.to.name = right.takeLast();
    if (isObject(*kind) && !answer.to.name.isEmpty())
        answer.to.schema = right.isEmpty() ? schema : plainSchema(right.first());
    return answer;
}

QString answerText(const RenameAnswer &answer)
{
    QString to;
    if (!answer.to.name.isEmpty())
        to = isObject(answer.kind) && answer.to.schema != answer.from.schema
                 ? nameText(answer.to)
                 : quoted(answer.to.name);
    return diff::word(answer.kind) + u':' + leftText(answer.kind, answer.table, answer.from) +
           u'=' + to;
}

QString renameOption(const diff::RenameCandidate &question)
{
    static const QRegularExpression harmless(QStringLiteral("^[A-Za-z0-9_:=.-]*$"));
    QString text = answerText({question.kind, question.table, question.from, question.to});
    if (!harmless.match(text).hasMatch())
        text = u'\'' + text.replace(u'\'', QStringLiteral("'\\''")) + u'\'';
    return QStringLiteral("--rename ") + text;
}

namespace
{
/// Whether \a answer is what made one of \a changes. Its table may be called as before.
bool hasMade(const RenameAnswer &answer, const QList<diff::Change> &changes)
{
    return !answer.to.name.isEmpty() &&
           std::ranges::any_of(changes, [&](const diff::Change &change) {
               const auto *rename = std::get_if<diff::Rename>(&change);
               return rename && rename->kind == answer.kind && rename->to == answer.to;
           });
}

/// The \a kept answers that are used in \a answered and were not said again.
RenameAnswers rememberedIn(const Answered &answered, const RenameAnswers &kept)
{
    RenameAnswers remembered;
    for (const RenameAnswer &answer : kept) {
        const auto isIt = [&](const diff::Change &change) {
            const auto *rename = std::get_if<diff::Rename>(&change);
            return rename && rename->kind == answer.kind && rename->from == answer.from &&
                   rename->to == answer.to && rename->table == answer.table;
        };
        if (!answered.given.contains(answer) && !remembered.contains(answer) &&
            std::ranges::any_of(answered.difference.changes, isIt))
            remembered << answer;
    }
    return remembered;
}
} // namespace

Result<Answered> compareAnswered(const schema::Database &from, const schema::Database &to,
                                 const RenameAnswers &kept, const AnswerOptions &options,
                                 const diff::Evidence &evidence)
{
    Answered answered;
    for (const QString &text : options.renames) {
        const Result<RenameAnswer> answer = parseAnswer(text);
        if (!answer)
            return answer.error();
        answered.given << *answer;
    }
    const auto compare = [&] {
        answered.difference = diff::compare(from, to, answered.given + kept, evidence);
    };
    compare();
    for (const RenameAnswer &answer : std::as_const(answered.given)) {
        if (!answer.to.name.isEmpty() && !kept.contains(answer) &&
            !hasMade(answer, answered.difference.changes))
            return Error{.kind = ErrorKind::NotFound,
                         .text = Text::tr("There is nothing to rename"),
                         .where = answerText(answer),
                         .detail =
                             Text::tr("nothing of the old name is gone, or nothing of the new "
                                      "name is new")};
    }
    answered.remembered = rememberedIn(answered, kept);
    if (!options.acceptDrops)
        return answered;
    // With an answer for what is outside, what is inside of it may become a question.
    for (qsizetype known = -1; known != answered.given.size();) {
        known = answered.given.size();
        for (const diff::RenameCandidate &question : std::as_const(answered.difference.questions)) {
            const RenameAnswer drop{question.kind, question.table, question.from, {}};
            if (!answered.given.contains(drop))
                answered.given << drop;
        }
        compare();
    }
    answered.remembered = rememberedIn(answered, kept);
    return answered;
}

} // namespace migrate
