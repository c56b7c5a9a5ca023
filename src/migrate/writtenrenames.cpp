// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/writtenrenames.h"

#include "migrate/scriptstate.h"
#include "sql/actions.h"

#include <QSet>

namespace migrate
{

namespace
{
using Pair = std::pair<QString, QString>;

/// What statements rename, as pairs of an old and a new name. The same pair of names for two
/// things in one migration stands for both.
struct Renames {
    QSet<Pair> names;
    QSet<Pair> moves; ///< a name and the schema that it moves to

    bool explain(const diff::RenameCandidate &question) const
    {
        const bool isRenamed = question.from.name != question.to.name;
        const bool isMoved = question.from.schema != question.to.schema;
        return (!isRenamed || names.contains({question.from.name, question.to.name})) &&
               (!isMoved || moves.contains({question.from.name, question.to.schema}) ||
                moves.contains({question.to.name, question.to.schema}));
    }
};

void note(const sql::Action &action, Renames &renames)
{
    using Kind = sql::Action::Kind;
    switch (action.kind) {
    case Kind::RenameRelation:
    case Kind::RenameIndex:
    case Kind::RenameType:
    case Kind::RenameSchema:
    case Kind::MoveRelation:
        renames.names.insert({action.object.name, action.target.name});
        if (!action.target.schema.isEmpty())
            renames.moves.insert({action.object.name, ScriptState::nameOf(action.target).schema});
        break;
    case Kind::RenameColumn:
    case Kind::RenamePart:
    case Kind::RenameEnumValue:
        renames.names.insert({action.part, action.target.name});
        break;
    default:
        break;
    }
}

Renames renamesOf(const Migration &migration)
{
    Renames renames;
    for (const QString &text : migration.statements()) {
        const base::Result<QList<sql::ScriptStatement>> statements = sql::actionsOf(text);
        if (!statements)
            continue;
        for (const sql::ScriptStatement &statement : *statements) {
            for (const sql::Action &action : statement.actions)
                note(action, renames);
        }
    }
    return renames;
}
} // namespace

diff::Difference compareWritten(const schema::Database &before, const schema::Database &after,
                                const Migration &migration)
{
    diff::Difference difference = diff::compare(before, after);
    if (difference.questions.isEmpty())
        return difference;
    const Renames renames = renamesOf(migration);
    QList<diff::RenameAnswer> answers;
    // An answer about a table lets the questions about its parts be asked.
    for (bool isAnswered = true; isAnswered && !difference.questions.isEmpty();) {
        isAnswered = false;
        for (const diff::RenameCandidate &question : std::as_const(difference.questions)) {
            const diff::RenameAnswer answer{question.kind, question.table, question.from,
                                            question.to};
            if (!renames.explain(question) || answers.contains(answer))
                continue;
            answers << answer;
            isAnswered = true;
        }
        if (isAnswered)
            difference = diff::compare(before, after, answers);
    }
    return difference;
}

} // namespace migrate
