// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QStringList>

namespace sql
{

/// What the trigger function that \a definition makes (CREATE FUNCTION … LANGUAGE plpgsql)
/// computes, each as a SELECT of its own, when it does nothing but set columns of NEW, choose by IF
/// and return. Refused with what else it does: there is a closed list of statements, and what is
/// not on it could do anything. Says nothing of what the expressions themselves read.
base::Result<QStringList> newRowExpressions(const QString &definition);

} // namespace sql
