// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

#include <random>

namespace property
{

/// Numbers by chance, the same for the same seed on every machine.
class Random
{
public:
    explicit Random(quint64 seed)
        : m_engine(seed)
    {
    }
    int below(int bound) { return bound > 0 ? int(m_engine() % quint64(bound)) : 0; }
    bool chance(int percent) { return below(100) < percent; }
    template <typename T> const T &of(const QList<T> &list)
    {
        return list.at(below(int(list.size())));
    }
    QString word(std::initializer_list<const char *> words)
    {
        return QString::fromLatin1(*(words.begin() + below(int(words.size()))));
    }

private:
    std::mt19937_64 m_engine;
};

} // namespace property
