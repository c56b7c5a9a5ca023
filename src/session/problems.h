// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "schema/problem.h"

#include <QList>

namespace session
{

/// A failed reading of the code as a problem: the place is taken out of `where`, when it is a
/// "file:line:column".
schema::Problem problemOf(const base::Error &error);

/// Errors first, of these the ones that leave out what SQL is made of; within each in the order
/// given.
QList<schema::Problem> errorsFirst(QList<schema::Problem> problems);

/// Whether parts of the schema are missing. Nothing may be generated from such a schema: what could
/// not be read would look as if it had been dropped.
bool isIncomplete(const QList<schema::Problem> &problems);

/// The refusal to compare the code in \a project while parts of it are missing.
base::Error incompleteCode(const QString &project, const QList<schema::Problem> &problems);

} // namespace session
