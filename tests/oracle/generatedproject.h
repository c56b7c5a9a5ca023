// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace testsupport
{

/// The file of table \a number of a generated project: 12 columns, 2 indexes, 1 foreign key to the
/// table before it, 1 relation. \a extra is put behind the columns.
QByteArray generatedTable(int number, const QByteArray &extra = {});

/// Writes a project of \a tables such files, `schema/t<number>.ts`, with a barrel and a config in
/// \a folder; false when a file fails.
bool writeGeneratedProject(const QString &folder, int tables);

/// Makes \a count snapshots and migrations of the one that is in \a folder's migrations folder;
/// false when there is none.
bool repeatSnapshot(const QString &folder, int count);

} // namespace testsupport
