// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "studio/migrations/diffcards.h"

#include <optional>

namespace studio
{

/// Something in the picture that was removed or added, and may be one thing under two names.
struct JoinEnd {
    diff::Kind kind = diff::Kind::Column;
    schema::Name table; ///< of a part its table or enum
    schema::Name name;
    bool removed = false;
    bool operator==(const JoinEnd &) const = default;
};

/// What the card itself stands for, or with \a row one of its rows; nothing when it is neither
/// removed nor added as a thing of its own.
std::optional<JoinEnd> endOf(const Card &card, const CardRow *row = nullptr);

/// Whether \a from may have become \a to.
bool canJoin(const JoinEnd &from, const JoinEnd &to);

/// The question that joining the two answers.
diff::RenameCandidate joined(const JoinEnd &from, const JoinEnd &to);

/// Every end in \a cards, in their order.
QList<JoinEnd> endsOf(const QList<Card> &cards);

} // namespace studio
