// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "migrate/folder.h"

#include <QCryptographicHash>

namespace testsupport
{

/// A migration in memory as it would be read from a folder; `when` is in milliseconds.
inline migrate::Migration migration(const char *tag, qint64 when, const QByteArray &sql)
{
    migrate::Migration migration;
    migration.tag = QString::fromLatin1(tag);
    migration.when = when;
    migration.sql = sql;
    migration.hasSql = true;
    migration.hash = QCryptographicHash::hash(sql, QCryptographicHash::Sha256).toHex();
    return migration;
}

inline migrate::Folder folderOf(const QList<migrate::Migration> &migrations)
{
    migrate::Folder folder;
    folder.migrations = migrations;
    return folder;
}

} // namespace testsupport
