// SPDX-License-Identifier: GPL-3.0-or-later
#include "runner/ledger.h"

#include <QCryptographicHash>

#include <algorithm>

namespace runner
{

namespace
{

QByteArray hashOf(const QByteArray &text)
{
    return QCryptographicHash::hash(text, QCryptographicHash::Sha256).toHex();
}

/// The hashes that a migration's file has with either kind of line ends: git may change them
/// between the machine that applied it and this one.
QByteArrayList hashesOf(const migrate::Migration &migration)
{
    QByteArray unixText = migration.sql;
    unixText.replace("\r\n", "\n");
    QByteArray windowsText = unixText;
    windowsText.replace("\n", "\r\n");
    return {migration.hash, hashOf(unixText), hashOf(windowsText)};
}

/// Gives every migration at most one row, and every row to at most one migration.
class Matcher
{
public:
    Matcher(const migrate::Folder &folder, const QList<LedgerRow> &rows)
        : m_folder(folder)
        , m_rows(rows)
        , m_taken(rows.size(), false)
        , m_states(folder.migrations.size(), MigrationState::Pending)
    {
        for (const migrate::Migration &migration : folder.migrations)
            m_hashes << hashesOf(migration);
    }

    Ledger run()
    {
        const auto sameTime = [](const migrate::Migration &migration, const LedgerRow &row) {
            return migration.when == row.createdAt;
        };
        const auto sameText = [&](qsizetype index, const LedgerRow &row) {
            return !m_folder.migrations.at(index).hasSql || m_hashes.at(index).contains(row.hash);
        };
        // The surest first: two empty custom migrations have one hash, a journal may have been
        // re-stamped.
        take(MigrationState::Applied, [&](qsizetype index, const LedgerRow &row) {
            return isNamed(index, row) && sameText(index, row);
        });
        take(MigrationState::Edited,
             [&](qsizetype index, const LedgerRow &row) { return isNamed(index, row); });
        take(MigrationState::Applied, [&](qsizetype index, const LedgerRow &row) {
            return sameTime(m_folder.migrations.at(index), row) && sameText(index, row);
        });
        take(MigrationState::Applied, [&](qsizetype index, const LedgerRow &row) {
            return m_folder.migrations.at(index).hasSql && m_hashes.at(index).contains(row.hash);
        });
        take(MigrationState::Edited, [&](qsizetype index, const LedgerRow &row) {
            return sameTime(m_folder.migrations.at(index), row);
        });
        // Of a journal that cannot be read nobody knows which files it names.
        const bool isKnown = !migrate::unsound(m_folder, migrate::Needs::Migrations);
        Ledger ledger{m_rows, m_states, isKnown ? int(m_taken.count(false)) : 0};
        for (qsizetype i = 0; i < m_states.size(); ++i) {
            // 1.0 goes by names and runs what is missing, however old it is.
            if (m_folder.layout == migrate::Layout::Journal &&
                m_states.at(i) == MigrationState::Pending && !m_rows.isEmpty() &&
                m_folder.migrations.at(i).when <= ledger.newest())
                ledger.states[i] = MigrationState::Skipped;
        }
        return ledger;
    }

private:
    bool isNamed(qsizetype index, const LedgerRow &row) const
    {
        return !row.name.isEmpty() && row.name == m_folder.migrations.at(index).tag;
    }

    template <typename Fits> void take(MigrationState state, Fits fits)
    {
        for (qsizetype i = 0; i < m_states.size(); ++i) {
            for (qsizetype row = 0; row < m_rows.size(); ++row) {
                if (m_states.at(i) != MigrationState::Pending || m_taken.at(row) ||
                    !fits(i, m_rows.at(row)))
                    continue;
                m_states[i] = state;
                m_taken[row] = true;
            }
        }
    }

    const migrate::Folder &m_folder;
    const QList<LedgerRow> m_rows;
    QList<QByteArrayList> m_hashes;
    QList<bool> m_taken;
    QList<MigrationState> m_states;
};

} // namespace

qint64 Ledger::newest() const
{
    const auto newest = std::ranges::max_element(rows, {}, &LedgerRow::createdAt);
    return newest == rows.end() ? 0 : newest->createdAt;
}

QList<qsizetype> pendingOf(const Ledger &ledger)
{
    QList<qsizetype> pending;
    for (qsizetype i = 0; i < ledger.states.size(); ++i) {
        if (ledger.states.at(i) == MigrationState::Pending ||
            ledger.states.at(i) == MigrationState::Skipped)
            pending << i;
    }
    return pending;
}

Ledger match(const migrate::Folder &folder, QList<LedgerRow> rows)
{
    return Matcher(folder, rows).run();
}

} // namespace runner
