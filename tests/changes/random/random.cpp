// SPDX-License-Identifier: GPL-3.0-or-later
#include "random.h"

#include "model.h"
#include "step.h"

#include <algorithm>
#include <numeric>
#include <random>

namespace changes
{

namespace
{

QList<int> numbers(int from, int count)
{
    QList<int> result(count);
    std::iota(result.begin(), result.end(), from);
    return result;
}

/// Whether something has the name of another thing that is gone: what is asked then is about names,
/// and the name is not gone.
bool isReplaced(const QList<Model::Named> &before, const QList<Model::Named> &after)
{
    return std::ranges::any_of(before, [&](const Model::Named &entry) {
        const auto it = std::ranges::find(after, entry.id, &Model::Named::id);
        return it == after.end() &&
               std::ranges::find(after, entry.name, &Model::Named::name) != after.end();
    });
}

template <typename List> QList<Model::Named> namesOf(const List &list)
{
    return {list.cbegin(), list.cend()};
}

bool canBeAnswered(const Model &before, const Model &after)
{
    return !isReplaced(namesOf(before.tables), namesOf(after.tables)) &&
           std::ranges::none_of(before.tables, [&](const Model::Table &table) {
               const Model::Table *now = after.table(table.id);
               return now && isReplaced(namesOf(table.columns), namesOf(now->columns));
           });
}

constexpr int afterCreations = 1000; // the number of the first edit

} // namespace

RandomCase randomCase(quint64 seed)
{
    std::mt19937_64 random(seed);
    const int creations = std::uniform_int_distribution<int>(6, 30)(random);
    const int edits = std::uniform_int_distribution<int>(1, 14)(random);
    return {seed, numbers(0, creations), numbers(afterCreations, edits)};
}

Trial trialOf(const RandomCase &chosen, QStringList *words)
{
    Model model, before;
    const auto step = [&](int number, bool create, int oldest) {
        const Model unchanged = model;
        // A step's objects have numbers of their own, whatever steps are left out before it.
        model.lastId = (number + 1) * 100;
        Step one(model, chosen.seed * 1'000'003 + quint64(number), oldest);
        const QString done = create ? one.create() : one.edit();
        model.tidy();
        if (!create && !canBeAnswered(before, model)) {
            model = unchanged;
            return;
        }
        if (words && !done.isEmpty())
            *words << (create ? done : QStringLiteral("then: ") + done);
    };
    for (int number : chosen.creations)
        step(number, true, 0);
    before = model;
    for (int number : chosen.edits)
        step(number, false, afterCreations * 100);
    Trial trial;
    trial.before = rendered(before);
    trial.after = rendered(model);
    trial.answers = answers(before, model);
    trial.rows = rowsFor(before, model);
    return trial;
}

} // namespace changes
