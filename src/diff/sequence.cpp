// SPDX-License-Identifier: GPL-3.0-or-later
#include "diff/sequence.h"

#include "diff/names.h"

#include <QHash>

namespace diff
{

namespace
{
/// Walks from a new name to the one that has it now, and so on: everyone is visited once.
class Sequence
{
public:
    Sequence(const QList<NewName> &names, const QSet<schema::Name> &known)
        : m_names(names)
        , m_used(known)
        , m_done(names.size(), false)
    {
        for (qsizetype i = 0; i < names.size(); ++i)
            m_holders.insert(names[i].from, i);
    }

    QList<NewName> ordered()
    {
        for (qsizetype i = 0; i < m_names.size(); ++i) {
            if (!m_done[i])
                place(i);
        }
        return m_ordered;
    }

private:
    /// What is called as \a i will be; -1: nothing (any more).
    qsizetype holderOf(qsizetype i) const
    {
        const qsizetype holder = m_holders.value(m_names[i].to, -1);
        return holder < 0 || m_done[holder] ? -1 : holder;
    }

    void place(qsizetype start)
    {
        QList<qsizetype> waiting{start};
        for (qsizetype next = holderOf(start); next >= 0; next = holderOf(next)) {
            if (next == start) {
                // A circle: the first one goes by another name until the others have theirs.
                const schema::Name between =
                    freeName(m_names[start].from, QStringLiteral("moving"), m_used);
                m_used << between;
                m_ordered << NewName{m_names[start].from, between};
                m_names[start].from = between;
                break;
            }
            waiting << next;
        }
        for (auto it = waiting.crbegin(); it != waiting.crend(); ++it) {
            m_ordered << m_names[*it];
            m_done[*it] = true;
        }
    }

    QList<NewName> m_names, m_ordered;
    QSet<schema::Name> m_used;
    QHash<schema::Name, qsizetype> m_holders; ///< by the name before
    QList<bool> m_done;
};
} // namespace

schema::Name freeName(const schema::Name &name, const QString &label,
                      const QSet<schema::Name> &known)
{
    for (int i = 0;; ++i) {
        const QString numbered = i == 0 ? label : label + QString::number(i);
        const schema::Name candidate{name.schema, generatedName(name.name, {}, numbered)};
        if (!known.contains(candidate))
            return candidate;
    }
}

QList<NewName> inSequence(const QList<NewName> &names, const QSet<schema::Name> &known)
{
    return Sequence(names, known).ordered();
}

} // namespace diff
