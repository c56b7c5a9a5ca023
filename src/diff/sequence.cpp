// SPDX-License-Identifier: GPL-3.0-or-later
#include "diff/sequence.h"

#include "diff/names.h"

#include <algorithm>

namespace diff
{

namespace
{
schema::Name freeName(const schema::Name &name, const QSet<schema::Name> &known)
{
    for (int i = 0;; ++i) {
        const QString label = i == 0 ? QStringLiteral("moving") : QStringLiteral("moving%1").arg(i);
        const schema::Name candidate{name.schema, generatedName(name.name, {}, label)};
        if (!known.contains(candidate))
            return candidate;
    }
}
} // namespace

QList<NewName> inSequence(QList<NewName> names, const QSet<schema::Name> &known)
{
    QList<NewName> ordered;
    QSet<schema::Name> used = known;
    while (!names.isEmpty()) {
        const auto next = std::ranges::find_if(names, [&](const NewName &one) {
            return std::ranges::find(names, one.to, &NewName::from) == names.end();
        });
        if (next != names.end()) {
            ordered << *next;
            names.erase(next);
            continue;
        }
        const schema::Name between = freeName(names.first().from, used);
        used << between;
        ordered << NewName{names.first().from, between};
        names.first().from = between;
    }
    return ordered;
}

} // namespace diff
