// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/ground.h"

#include "sql/identifier.h"

#include <QHash>
#include <QRegularExpression>

#include <algorithm>

namespace session
{

namespace
{
using schema::ObjectKind;

bool isWordCharacter(QChar character)
{
    return character.isLetterOrNumber() || character == u'_' || character == u'$';
}

QStringList wordsOf(const QString &text)
{
    QStringList words;
    qsizetype begin = -1;
    for (qsizetype i = 0; i <= text.size(); ++i) {
        const bool inside = i < text.size() && isWordCharacter(text.at(i));
        if (inside && begin < 0)
            begin = i;
        if (!inside && begin >= 0) {
            words << text.sliced(begin, i - begin);
            begin = -1;
        }
    }
    return words;
}

bool isType(ObjectKind kind)
{
    return kind == ObjectKind::Domain || kind == ObjectKind::Composite || kind == ObjectKind::Range;
}

/// A function that can be made by anybody: only what runs inside of the server with the rights of
/// whoever asks has its own body. What is compared calls none, so that another one gets a body that
/// does nothing. \a definition is as pg_get_functiondef() writes it.
QString madeByAnybody(const QString &definition)
{
    static const QRegularExpression form(
        QStringLiteral("^CREATE (?:OR REPLACE )?(FUNCTION .*?\n RETURNS [^\n]*)\n"
                       "(?: TRANSFORM [^\n]*\n)? LANGUAGE ([^\n]+)\n([^\n]*)"),
        QRegularExpression::DotMatchesEverythingOption);
    const QRegularExpressionMatch match = form.match(definition);
    const QString language = match.captured(2);
    if (language == QLatin1String("sql") || language == QLatin1String("plpgsql"))
        return definition;
    if (!match.hasMatch())
        return {};
    QString made =
        QStringLiteral("CREATE ") + match.captured(1) + QStringLiteral(" LANGUAGE plpgsql");
    for (const char *word : {" IMMUTABLE", " STABLE", " STRICT"}) {
        if (match.captured(3).contains(QLatin1String(word)))
            made += QLatin1String(word);
    }
    return made + QStringLiteral(" AS 'BEGIN END'");
}

/// Where its extension is there, the function is as well.
QString unlessThere(const QString &definition)
{
    return definition.isEmpty()
               ? definition
               : QStringLiteral("DO ") +
                     sql::literal(
                         QStringLiteral("BEGIN EXECUTE ") + sql::literal(definition) +
                         QStringLiteral("; EXCEPTION WHEN duplicate_function THEN NULL; END"));
}

Ground::Object extension(const schema::LiveObject &object)
{
    static const QRegularExpression place(
        QStringLiteral(" WITH SCHEMA (\"(?:[^\"]|\"\")+\"|[^\" ]+) VERSION "));
    QString home = place.match(object.definition).captured(1);
    if (home.startsWith(u'"'))
        home =
            home.sliced(1, home.size() - 2).replace(QStringLiteral("\"\""), QStringLiteral("\""));
    const QString name =
        QStringLiteral("CREATE EXTENSION IF NOT EXISTS ") + sql::identifier(object.id.name.name);
    return {
        {home, object.id.name.name},
        name +
            (home.isEmpty() ? QString() : QStringLiteral(" WITH SCHEMA ") + sql::identifier(home)) +
            QStringLiteral(" CASCADE")};
}

/// Picks objects, each after those that its definition mentions.
class Picking
{
public:
    Picking(const schema::Surroundings &surroundings, const QList<schema::LiveObject> &ofExtensions)
    {
        for (const schema::ObjectId &id : surroundings.unmanaged) {
            if (!isType(id.kind) && id.kind != ObjectKind::Function)
                continue;
            const QString definition = surroundings.objects.value(id).definition;
            addCandidate(id, isType(id.kind) ? definition : madeByAnybody(definition));
        }
        for (const schema::LiveObject &function : ofExtensions)
            addCandidate(function.id, unlessThere(madeByAnybody(function.definition)));
    }

    void pick(Words &words, Ground &ground)
    {
        for (Candidate &candidate : m_candidates) {
            if (words.mention(candidate.id.name.name))
                take(candidate, words, ground);
        }
    }

private:
    struct Candidate {
        schema::ObjectId id;
        QString definition;
        bool taken = false;
    };

    void addCandidate(const schema::ObjectId &id, const QString &definition)
    {
        if (!definition.isEmpty())
            m_candidates.append({id, definition});
    }

    void take(Candidate &candidate, Words &words, Ground &ground)
    {
        if (std::exchange(candidate.taken, true))
            return;
        Words own;
        own.add(candidate.definition);
        words.add(candidate.definition);
        for (Candidate &other : m_candidates) {
            if (own.mention(other.id.name.name))
                take(other, words, ground);
        }
        (isType(candidate.id.kind) ? ground.types : ground.functions)
            .append({candidate.id.name, candidate.definition});
    }

    QList<Candidate> m_candidates;
};
} // namespace

QStringList Ground::schemas() const
{
    QStringList names;
    for (const QList<Object> *objects : {&extensions, &types, &functions}) {
        for (const Object &object : *objects)
            names << object.name.schema;
    }
    // The server's own are there.
    names.removeIf([](const QString &name) {
        return name.isEmpty() || name == QLatin1String("public") ||
               name.startsWith(QLatin1String("pg_"));
    });
    return names;
}

void Words::add(const QString &text)
{
    for (const QString &word : wordsOf(text)) {
        m_words << word;
        m_words << word.toLower(); // without quotes it stands for this
    }
}

bool Words::mention(const QString &name) const
{
    const QStringList words = wordsOf(name);
    return !words.isEmpty() && std::ranges::all_of(words, [this](const QString &word) {
        return m_words.contains(word);
    });
}

Ground groundOf(const schema::Surroundings &surroundings,
                const QList<schema::LiveObject> &ofExtensions, Words &words)
{
    Ground ground;
    for (const schema::ObjectId &id : surroundings.unmanaged) {
        if (id.kind == ObjectKind::Extension)
            ground.extensions << extension(surroundings.objects.value(id));
    }
    Picking(surroundings, ofExtensions).pick(words, ground);
    return ground;
}

} // namespace session
