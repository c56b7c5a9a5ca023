// SPDX-License-Identifier: GPL-3.0-or-later
#include "generatedproject.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QUuid>

#include <nlohmann/json.hpp>

namespace testsupport
{

namespace
{

bool save(const QString &path, const QByteArray &content)
{
    QFile file(path);
    return QDir().mkpath(QFileInfo(path).path()) && file.open(QIODevice::WriteOnly) &&
           file.write(content) == content.size();
}

QByteArray load(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

QByteArray generatedTable(int number, const QByteArray &extra)
{
    const QByteArray name = "t" + QByteArray::number(number);
    const QByteArray parent = "t" + QByteArray::number(number > 0 ? number - 1 : 0);
    QByteArray code = R"(import { relations } from 'drizzle-orm';
import { boolean, index, integer, jsonb, numeric, pgTable, text, timestamp, uniqueIndex, uuid, varchar } from 'drizzle-orm/pg-core';
)";
    if (number > 0)
        code += "import { " + parent + " } from './" + parent + "';\n";
    code += "\nexport const " + name + " = pgTable('" + name + R"(', {
  id: uuid('id').primaryKey().defaultRandom(),
  organizationId: uuid('organization_id').notNull(),
  parentId: uuid('parent_id'))";
    if (number > 0)
        code += ".references(() => " + parent + ".id)";
    code += R"(,
  name: varchar('name', { length: 120 }).notNull(),
  slug: text('slug').notNull(),
  amount: numeric('amount', { precision: 12, scale: 2 }).default('0'),
  position: integer('position').notNull().default(0),
  active: boolean('active').notNull().default(true),
  settings: jsonb('settings').notNull().default({}),
  note: text('note'),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
)" + extra + "}, (t) => [\n  index('" +
            name + "_organization_idx').on(t.organizationId, t.createdAt),\n  uniqueIndex('" +
            name + "_slug_idx').on(t.organizationId, t.slug),\n]);\n\nexport const " + name +
            "Relations = relations(" + name + ", ({ one }) => ({\n  parent: one(" + parent +
            ", { fields: [" + name + ".parentId], references: [" + parent + ".id] }),\n}));\n";
    return code;
}

bool writeGeneratedProject(const QString &folder, int tables)
{
    QByteArray barrel;
    bool good = save(folder + QStringLiteral("/drizzle.config.ts"),
                     "import { defineConfig } from 'drizzle-kit';\n"
                     "export default defineConfig({ dialect: 'postgresql', schema: "
                     "'./schema/index.ts', out: './drizzle' });\n");
    for (int i = 0; i < tables && good; ++i) {
        barrel += "export * from './t" + QByteArray::number(i) + "';\n";
        good = save(QStringLiteral("%1/schema/t%2.ts").arg(folder).arg(i), generatedTable(i));
    }
    return good && save(folder + QStringLiteral("/schema/index.ts"), barrel);
}

bool repeatSnapshot(const QString &folder, int count)
{
    using Json = nlohmann::ordered_json;
    const QString meta = folder + QStringLiteral("/drizzle/meta/");
    const QByteArray journalText = load(meta + QStringLiteral("_journal.json"));
    const QByteArray snapshotText = load(meta + QStringLiteral("0000_snapshot.json"));
    Json journal = Json::parse(journalText.cbegin(), journalText.cend(), nullptr, false);
    Json snapshot = Json::parse(snapshotText.cbegin(), snapshotText.cend(), nullptr, false);
    if (!journal.is_object() || !snapshot.is_object())
        return false;
    const Json first = journal["entries"].at(0);
    bool good = true;
    for (int i = 1; i < count && good; ++i) {
        Json entry = first;
        const QString number = QStringLiteral("%1").arg(i, 4, 10, QLatin1Char('0'));
        entry["idx"] = i;
        entry["when"] = first["when"].get<qint64>() + i;
        entry["tag"] = (number + QStringLiteral("_step")).toStdString();
        journal["entries"].push_back(entry);
        snapshot["prevId"] = snapshot["id"];
        snapshot["id"] = QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString();
        good = save(meta + number + QStringLiteral("_snapshot.json"),
                    QByteArray::fromStdString(snapshot.dump(2))) &&
               save(QStringLiteral("%1/drizzle/%2_step.sql").arg(folder, number), "SELECT 1;");
    }
    return good &&
           save(meta + QStringLiteral("_journal.json"), QByteArray::fromStdString(journal.dump(2)));
}

} // namespace testsupport
