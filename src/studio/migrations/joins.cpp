// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/migrations/joins.h"

namespace studio
{

namespace
{
diff::Kind kindOf(Card::Kind kind)
{
    switch (kind) {
    case Card::Kind::Schema:
        return diff::Kind::Schema;
    case Card::Kind::Table:
        return diff::Kind::Table;
    case Card::Kind::Enum:
        return diff::Kind::Enum;
    case Card::Kind::View:
        return diff::Kind::View;
    case Card::Kind::Sequence:
        return diff::Kind::Sequence;
    case Card::Kind::Role:
        break;
    }
    return diff::Kind::Role;
}

/// A foreign key is called by where it leads, so its row does not say its name.
std::optional<diff::Kind> kindOf(CardRow::Kind kind)
{
    switch (kind) {
    case CardRow::Kind::Column:
    case CardRow::Kind::Key:
    case CardRow::Kind::Reference:
        return diff::Kind::Column;
    case CardRow::Kind::EnumValue:
        return diff::Kind::EnumValue;
    case CardRow::Kind::Index:
        return diff::Kind::Index;
    case CardRow::Kind::Unique:
        return diff::Kind::Unique;
    case CardRow::Kind::Check:
        return diff::Kind::Check;
    case CardRow::Kind::Policy:
        return diff::Kind::Policy;
    case CardRow::Kind::ForeignKey:
    case CardRow::Kind::Property:
    case CardRow::Kind::Fold:
        break;
    }
    return std::nullopt;
}
} // namespace

std::optional<JoinEnd> endOf(const Card &card, const CardRow *row)
{
    const bool whole = card.state == Card::State::New || card.state == Card::State::Removed;
    if (whole)
        return JoinEnd{kindOf(card.kind), {}, card.name, card.state == Card::State::Removed};
    const bool marked = row && (row->mark == DiffMark::Added || row->mark == DiffMark::Removed);
    const std::optional<diff::Kind> kind = marked ? kindOf(row->kind) : std::nullopt;
    if (!kind || card.state != Card::State::Changed)
        return std::nullopt;
    return JoinEnd{*kind, card.name, {{}, row->name}, row->mark == DiffMark::Removed};
}

bool canJoin(const JoinEnd &from, const JoinEnd &to)
{
    return from.kind == to.kind && from.table == to.table && from.removed && !to.removed;
}

diff::RenameCandidate joined(const JoinEnd &from, const JoinEnd &to)
{
    return {.kind = from.kind, .table = from.table, .from = from.name, .to = to.name};
}

QList<JoinEnd> endsOf(const QList<Card> &cards)
{
    QList<JoinEnd> ends;
    for (const Card &card : cards) {
        if (const auto whole = endOf(card)) {
            ends << *whole;
            continue;
        }
        for (const CardRow &row : card.rows) {
            if (const auto end = endOf(card, &row))
                ends << *end;
        }
    }
    return ends;
}

} // namespace studio
