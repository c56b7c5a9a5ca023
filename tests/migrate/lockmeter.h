// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "migrate/plan.h"
#include "pg/pool.h"

#include <QHash>
#include <QSet>
#include <QStringList>

/// Runs statements on a server and looks at what they did: which relations they locked, whether
/// they read, built or rewrote anything, and whether the server takes them inside a transaction.
class LockMeter
{
public:
    explicit LockMeter(pg::Settings database);

    /// Runs \a line. What it did that its effect does not say, or did not do that it says, in
    /// words.
    QStringList run(const migrate::PlanLine &line);
    /// What run() saw last: "ACCESS EXCLUSIVE t · SHARE ROW EXCLUSIVE a · rewrite".
    QString seen() const { return m_seen; }

private:
    struct Relation {
        QString name; ///< schema.name
        char kind = 'r';
        QString file;  ///< pg_relation_filenode
        QString table; ///< oid of an index's table, or of the owner of a sequence
        qint64 scans = 0;
    };
    using Relations = QHash<QString, Relation>; ///< by oid
    using Locks = QHash<QString, migrate::Lock>;

    static base::Result<Relations> relations(pg::Transaction &transaction);
    static base::Result<Locks> locks(pg::Transaction &transaction, const QString &pid);
    base::Result<base::Done> inside(const QByteArray &statement);
    base::Result<base::Done> outside(const migrate::PlanLine &line);
    base::Result<base::Done> look(Relations &found);
    void see(const Relations &before, const Relations &after);
    /// Whether \a statement fails inside a transaction, as the server's state 25001 or 2D000 say.
    bool isRefusedInside(const QByteArray &statement);
    migrate::Work work() const;
    QStringList compare(const migrate::Effect &effect);
    QStringList compareLocks(const migrate::Effect &effect) const;
    /// The lock of an index or an owned sequence counts only where it is stronger than its table's.
    bool isImplied(const QString &oid) const;

    pg::Settings m_database;
    pg::Pool m_pool;
    Relations m_before, m_after;
    QSet<QString> m_known; ///< what was there before the first statement
    Locks m_locks;
    bool m_onlyFiles = false;
    QString m_seen;
};
