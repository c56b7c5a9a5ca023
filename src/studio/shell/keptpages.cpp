// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/shell/keptpages.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace studio
{

namespace
{
const QString pagesKey = QStringLiteral("pages");
const QString currentKey = QStringLiteral("current");
const QString keyKey = QStringLiteral("key");
const QString titleKey = QStringLiteral("title");
const QString schemaKey = QStringLiteral("schema");
const QString tableKey = QStringLiteral("table");
const QString previewKey = QStringLiteral("preview");
} // namespace

QByteArray packed(const KeptPages &kept)
{
    QJsonArray pages;
    for (const KeptPage &page : kept.pages) {
        QJsonObject json{{keyKey, page.key}, {titleKey, page.title}};
        if (!page.table.name.isEmpty()) {
            json.insert(schemaKey, page.table.schema);
            json.insert(tableKey, page.table.name);
        }
        if (page.isPreview)
            json.insert(previewKey, true);
        pages << json;
    }
    return QJsonDocument(QJsonObject{{pagesKey, pages}, {currentKey, kept.current}})
        .toJson(QJsonDocument::Compact);
}

KeptPages unpackedPages(const QByteArray &kept)
{
    const QJsonObject json = QJsonDocument::fromJson(kept).object();
    KeptPages read{.pages = {}, .current = json.value(currentKey).toString()};
    const QJsonArray pages = json.value(pagesKey).toArray();
    for (const QJsonValue &entry : pages) {
        const QJsonObject page = entry.toObject();
        const QString key = page.value(keyKey).toString();
        if (!key.isEmpty())
            read.pages << KeptPage{.key = key,
                                   .title = page.value(titleKey).toString(),
                                   .table = {.schema = page.value(schemaKey).toString(),
                                             .name = page.value(tableKey).toString()},
                                   .isPreview = page.value(previewKey).toBool()};
    }
    return read;
}

} // namespace studio
