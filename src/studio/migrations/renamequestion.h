// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "diff/change.h"

namespace studio
{

/// What the person says to "Is this a rename?".
enum class RenameReply {
    Open, ///< nothing yet; as an answer: the former one is taken back
    Rename,
    DropAndAdd
};

struct RenameQuestion {
    diff::RenameCandidate candidate;
    RenameReply reply = RenameReply::Open;
    bool operator==(const RenameQuestion &) const = default;
};

/// Rows of the database that would make a statement fail.
struct BlockingRows {
    QString what;      ///< in words: "contacts.email is NULL"
    QString statement; ///< that would fail
    qint64 count = 0;  ///< how many there are
    QStringList columns{};
    QList<QStringList> rows{}; ///< the first of them
    bool operator==(const BlockingRows &) const = default;
};

} // namespace studio
