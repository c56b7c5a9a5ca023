// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "judge.h"

namespace changes
{

/// A schema and its change by chance. Each step draws from a generator of its own, so that a step
/// can be left out and the others stay the same steps.
struct RandomCase {
    quint64 seed = 0;
    QList<int> creations; ///< numbers of the steps that make the schema
    QList<int> edits;     ///< numbers of the steps that change it
};

/// The case of \a seed with all its steps.
RandomCase randomCase(quint64 seed);

/// The trial, and into \a words a line for each step that did something.
Trial trialOf(const RandomCase &chosen, QStringList *words = nullptr);

} // namespace changes
