// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/comparison.h"
#include "session/problems.h"
#include "session/projectstate.h"
#include "session/scratch.h"

#include <QtConcurrent>

namespace session
{

using base::Result;

namespace
{
/// Frees \a value elsewhere: the nodes of thousands of tables take their time.
template <typename T> void discard(T &&value)
{
    QThreadPool::globalInstance()->start([old = std::move(value)] { Q_UNUSED(old) });
}
} // namespace

void Project::Private::showTree(const QList<diff::OverlayNode> &nodes)
{
    discard(std::exchange(tree, nodes));
    Q_EMIT q->treeChanged();
}

/// Lays code and database over each other for the tree, and compares them where both are known.
/// The comparison before stays in sight until there is a newer one.
void Project::Private::layOver()
{
    for (QFutureWatcherBase **slot : {&treeWatcher, &compareWatcher}) {
        base::disregard(*slot);
        *slot = nullptr;
    }
    ComparedSides sides{
        .database = database.value, .catalog = catalog, .config = config, .answers = answers};
    if (code.value) {
        sides.code = code.value->schema;
        sides.incomplete = isIncomplete(code.value->problems) && !code.value->stale;
    }
    const bool both = sides.code && sides.database;
    if (!both)
        comparison = {};
    if (!comparison.value) {
        const auto look = [sides]() -> Result<LaidOver> { return session::layOver(sides); };
        request(treeWatcher, QtConcurrent::run(look), [this](const Result<LaidOver> &laid) {
            showTree(laid ? laid->tree : QList<diff::OverlayNode>());
        });
    }
    if (both)
        compareSides(std::move(sides));
}

void Project::Private::compareSides(ComparedSides sides)
{
    comparison.state = Loaded<Comparison>::State::Loading;
    Q_EMIT q->comparisonChanged();
    if (!scratch)
        scratch = std::make_shared<Scratch>(pg::Cluster::scratch());
    const auto work = [sides = std::move(sides),
                       server = scratch](QPromise<Result<LaidOver>> &promise) {
        const std::optional<LaidOver> laid =
            compareAndLayOver(sides, *server, [&promise] { return promise.isCanceled(); });
        if (laid)
            promise.addResult(*laid);
    };
    request(compareWatcher, QtConcurrent::run(&comparing, work),
            [this](const Result<LaidOver> &laid) {
                if (!laid || !laid->comparison)
                    return;
                base::disregard(treeWatcher);
                treeWatcher = nullptr;
                finish(comparison, *laid->comparison);
                showTree(laid->tree);
                Q_EMIT q->comparisonChanged();
            });
}

} // namespace session
