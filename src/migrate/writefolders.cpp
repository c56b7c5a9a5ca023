// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/folderchange.h"
#include "migrate/folders.h"
#include "migrate/footprints.h"
#include "migrate/journal.h"
#include "migrate/reverse.h"
#include "migrate/text.h"

#include <QDateTime>
#include <QUuid>

#include <algorithm>

namespace migrate
{

namespace
{
QString schemaName(const QString &schema)
{
    return schema.isEmpty() ? QStringLiteral("public") : schema;
}

/// The type of rows that a kind of object is in; empty for one that has none.
QString typeOf(diff::Kind kind)
{
    switch (kind) {
    case diff::Kind::Schema:
        return QStringLiteral("schemas");
    case diff::Kind::Table:
        return QStringLiteral("tables");
    case diff::Kind::Column:
        return QStringLiteral("columns");
    case diff::Kind::Enum:
        return QStringLiteral("enums");
    case diff::Kind::View:
        return QStringLiteral("views");
    case diff::Kind::Sequence:
        return QStringLiteral("sequences");
    case diff::Kind::Role:
        return QStringLiteral("roles");
    case diff::Kind::Policy:
        return QStringLiteral("policies");
    case diff::Kind::Index:
        return QStringLiteral("indexes");
    case diff::Kind::PrimaryKey:
        return QStringLiteral("pks");
    case diff::Kind::ForeignKey:
        return QStringLiteral("fks");
    case diff::Kind::Unique:
        return QStringLiteral("uniques");
    case diff::Kind::Check:
        return QStringLiteral("checks");
    case diff::Kind::EnumValue:
        break;
    }
    return {};
}

/// The delta of a rename, applied to \a rows; null when there is nothing of that name.
Json renameDelta(const diff::Rename &rename, Rows &rows)
{
    const QString type = typeOf(rename.kind);
    Json row{{"name", toJson(rename.from.name)}}, set = Json::object();
    const bool isTop = rename.kind == diff::Kind::Table || rename.kind == diff::Kind::Enum ||
                       rename.kind == diff::Kind::View || rename.kind == diff::Kind::Sequence;
    row["schema"] = toJson(schemaName(isTop ? rename.from.schema : rename.table.schema));
    if (!isTop)
        row["table"] = toJson(rename.table.name);
    if (rename.from.name != rename.to.name)
        set["name"] = toJson(rename.to.name);
    if (isTop && rename.from.schema != rename.to.schema)
        set["schema"] = toJson(schemaName(rename.to.schema));
    const QString key = Rows::keyOf(type, row);
    if (type.isEmpty() || set.empty() || !rows.find(type, key))
        return {};
    const Json delta{{"op", "rename"}, {"key", toJson(Rows::pathOf(type, key))}, {"set", set}};
    return rows.apply(Json::array({delta})) ? delta : Json();
}

class Writer
{
public:
    Writer(const Folder &folder, const NewMigration &options)
        : m_folder(folder)
        , m_options(options)
        , m_parents(folder.openBranches)
        , m_isFirst(folder.migrations.isEmpty())
    {
        if (folder.rows)
            m_rows = *folder.rows;
        m_time = std::max(QDateTime::currentMSecsSinceEpoch(), options.newestApplied + 1000);
        for (const Migration &migration : folder.migrations)
            m_time = std::max(m_time, migration.when + 1000);
    }

    base::Result<QList<Migration>> write(const QList<Step> &steps)
    {
        for (const Step &step : steps)
            add(step);
        const base::Result<base::Done> applied =
            apply(m_change, m_folder.path, m_folder.fingerprint);
        if (!applied)
            return applied.error();
        return m_written;
    }

private:
    void add(const Step &step)
    {
        const QDateTime time = QDateTime::fromMSecsSinceEpoch(m_time, Qt::UTC);
        Migration migration =
            describeNew(step, m_options, time.toString(QStringLiteral("yyyyMMddHHmmss")));
        migration.idx = int(m_folder.migrations.size() + m_written.size());
        migration.when = timeOf(migration.tag);
        migration.file = migration.tag + QStringLiteral("/migration.sql");
        m_change.create.insert(migration.file, migration.sql);
        m_change.create.insert(migration.tag + QStringLiteral("/snapshot.json"),
                               stringify(snapshotOf(step)));
        if (!step.reverse.isEmpty())
            m_change.create.insert(reverseFile(migration),
                                   reverseText(migration, step.reverse).toUtf8());
        m_written << migration;
        m_time += 1000;
    }

    /// All objects in a folder's first snapshot, the changes in a later one.
    Json snapshotOf(const Step &step)
    {
        const QString id = QUuid::createUuid().toString(QUuid::WithoutBraces);
        Json renames = Json::array();
        Rows before = m_rows;
        for (const diff::Rename &rename : step.renames) {
            const Json delta = renameDelta(rename, before);
            if (!delta.is_null())
                renames.push_back(delta);
        }
        const Rows after = step.custom ? m_rows : rowsOf(step.after, before);
        const Json deltas = step.custom ? Json::array() : deltasOf(m_rows, after, renames);
        Json snapshot{
            {"type", m_isFirst ? "base" : "diff"},
            {"version", "9"},
            {"dialect", "postgres"},
            {"id", toJson(id)},
            {"prevIds", toJson(m_parents.isEmpty() ? QStringList{zeroSnapshotId} : m_parents)},
            {"footprints", footprintsOf(m_rows, after, deltas)}};
        if (m_isFirst)
            snapshot["ddl"] = after.list();
        else
            snapshot["deltas"] = deltas;
        m_rows = after;
        m_parents = {id};
        m_isFirst = false;
        return snapshot;
    }

    const Folder &m_folder;
    const NewMigration &m_options;
    QStringList m_parents;
    bool m_isFirst;
    qint64 m_time = 0;
    Rows m_rows;
    FolderChange m_change;
    QList<Migration> m_written;
};

/// Where the code says a thing is, for the same thing spelled otherwise.
void takeOrigins(schema::Database &database, const schema::Database &code)
{
    for (schema::Table &table : database.tables) {
        const schema::Table *source = code.table(table.name);
        if (!source)
            continue;
        table.origin = source->origin;
        for (schema::Column &column : table.columns) {
            if (const schema::Column *same = source->column(column.name)) {
                column.origin = same->origin;
                column.filledByCode = same->filledByCode;
            }
        }
    }
}
} // namespace

base::Result<QList<Migration>> writeFolders(const Folder &folder, const QList<Step> &steps,
                                            const NewMigration &options)
{
    return Writer(folder, options).write(steps);
}

schema::Database adapted(const Folder &folder, const schema::Database &code)
{
    if (folder.layout == Layout::Journal)
        return code;
    schema::Database database = databaseOf(rowsOf(code, folder.rows ? *folder.rows : Rows()));
    database.relations = code.relations;
    takeOrigins(database, code);
    return database;
}

} // namespace migrate
