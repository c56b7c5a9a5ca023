// SPDX-License-Identifier: GPL-3.0-or-later
#include "tenant/refusal.h"

#include "tenant/text.h"

namespace tenant
{

using base::Error;

Error refused(const QString &why, const sql::WordPlace &what, const QString &instead)
{
    Error error{.kind = base::ErrorKind::Refused,
                .text = Text::tr("The statement cannot be kept to one tenant"),
                .where = what.word,
                .detail = why,
                .hint = instead};
    if (what.span.length > 0)
        error.span = what.span;
    return error;
}

} // namespace tenant
