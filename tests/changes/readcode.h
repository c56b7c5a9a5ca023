// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "schema/database.h"

namespace changes
{

bool write(const QString &path, const QByteArray &content);

/// The schema that our loader reads in \a code, a schema.ts, with \a config as its
/// drizzle.config.json unless that is empty.
base::Result<schema::Database> readCode(const QByteArray &code, const QByteArray &config = {});

/// A snapshot of \a database as the recorded ones are, with ids of zeros.
QByteArray snapshotOf(const schema::Database &database);

/// Where the snapshot file at \a path, its ids apart, is not \a wanted; empty: nowhere.
QString snapshotDifference(const QByteArray &wanted, const QString &path);

} // namespace changes
