// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "query/select.h"

namespace studio
{

/// "$1 Globex   $2 'paid'": the parameters in their order, the tenant's by its label.
QString parametersText(const query::Rendered &rendered, const QString &tenantId,
                       const QString &tenantLabel);

/// Where the given steps stand in the text.
QList<base::TextSpan> spansOf(const query::Rendered &rendered, const QList<query::Step> &steps);

} // namespace studio
