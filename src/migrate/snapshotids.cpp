// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/snapshotids.h"

#include "migrate/json.h"

#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>

#include <nlohmann/json.hpp>

namespace migrate
{

SnapshotIds idsOf(const QString &path)
{
    static const QRegularExpression id(QStringLiteral("\"id\"\\s*:\\s*\"([^\"]*)\""));
    static const QRegularExpression prevId(QStringLiteral("\"prevId\"\\s*:\\s*\"([^\"]*)\""));
    QFile file(path);
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly))
        return {};
    const QString head = QString::fromUtf8(file.read(1024));
    SnapshotIds ids{id.match(head).captured(1), prevId.match(head).captured(1)};
    if (!ids.id.isEmpty() && !ids.prevId.isEmpty())
        return ids;
    const base::Result<Json> root = readJson(path);
    return root ? SnapshotIds{textOf(*root, "id"), textOf(*root, "prevId")} : SnapshotIds{};
}

} // namespace migrate
