// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/ground.h"

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

/// Only what runs inside of the server, with the rights of whoever asks. As pg_get_functiondef()
/// writes it.
bool isHarmless(const QString &definition)
{
    static const QRegularExpression language(QStringLiteral("\n LANGUAGE (\\w+)\n"));
    const QString name = language.match(definition).captured(1);
    return name == QLatin1String("sql") || name == QLatin1String("plpgsql");
}

/// Picks objects, each after those that its definition mentions.
class Picking
{
public:
    explicit Picking(const schema::Surroundings &surroundings)
    {
        for (const schema::ObjectId &id : surroundings.unmanaged) {
            if (!isType(id.kind) && id.kind != ObjectKind::Function)
                continue;
            const QString definition = surroundings.objects.value(id).definition;
            if (!definition.isEmpty() && (isType(id.kind) || isHarmless(definition)))
                m_candidates.append({id, definition});
        }
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
    for (const QList<Object> *objects : {&types, &functions}) {
        for (const Object &object : *objects)
            names << object.name.schema;
    }
    names.removeAll(QString());
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

Ground groundOf(const schema::Surroundings &surroundings, Words &words)
{
    Ground ground;
    for (const schema::ObjectId &id : surroundings.unmanaged) {
        if (id.kind == ObjectKind::Extension)
            ground.extensions << id.name.name;
    }
    ground.extensions.removeOne(QStringLiteral("plpgsql")); // part of every database
    ground.extensions.sort();
    Picking(surroundings).pick(words, ground);
    return ground;
}

} // namespace session
