// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "query/select.h"

#include <QHash>

namespace studio
{

/// "$1 Globex   $2 'paid'": the parameters in their order, tenants' ids by their \a labels.
QString parametersText(const query::Rendered &rendered, const QHash<QString, QString> &labels);

/// Where the given steps stand in the text.
QList<base::TextSpan> spansOf(const query::Rendered &rendered, const QList<query::Step> &steps);

} // namespace studio
