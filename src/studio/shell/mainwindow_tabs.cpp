// SPDX-License-Identifier: GPL-3.0-or-later
// The pages that the window opens, and how they come back in the next run.
#include "studio/connect/preferences.h"
#include "studio/shell/keptpages.h"
#include "studio/shell/mainwindow.h"
#include "studio/shell/pagetabs.h"
#include "studio/shell/summary.h"
#include "studio/tree/treepanel.h"

#include <algorithm>

namespace studio
{

namespace
{
const auto queryKey = QStringLiteral("query:");
const auto auditKey = QStringLiteral("audit");
const auto securityKey = QStringLiteral("security");

QString tableKey(const schema::Name &table)
{
    return QStringLiteral("table:") + table.qualified();
}
} // namespace

QWidget *MainWindow::openTable(const schema::Name &table, bool pin)
{
    // The tab stands for the table of whoever is chosen.
    const schema::Name declared = m_project.declaredFor(table);
    const QString key = tableKey(declared);
    m_tables.insert(key, declared);
    // Beside the tenant's own of the same name.
    const QString title = m_project.isForeign(table) ? table.qualified() : declared.name;
    QWidget *page = m_tabs->open(key, title, pin ? Opening::Pinned : Opening::Preview,
                                 [this, key](QWidget *parent) { return makeTable(key, parent); });
    m_tree->select(table);
    return page;
}

QWidget *MainWindow::makeTable(const QString &key, QWidget *parent)
{
    m_placed.insert(key, m_project.placed(m_tables.value(key)));
    return m_maker.table(*this, m_placed.value(key), parent);
}

/// Where each tenant has a schema, another one has other tables.
void MainWindow::placeTables()
{
    for (auto shown = m_tables.cbegin(); shown != m_tables.cend(); ++shown) {
        const QString key = shown.key();
        if (m_placed.value(key) != m_project.placed(*shown))
            m_tabs->remake(key, [this, key](QWidget *parent) { return makeTable(key, parent); });
    }
}

QWidget *MainWindow::openQuery()
{
    std::optional<schema::Name> from;
    if (const auto shown = m_tables.constFind(m_tabs->currentKey()); shown != m_tables.cend())
        from = m_project.placed(*shown);
    ++m_queries;
    return m_tabs->open(
        queryKey + QString::number(m_queries), tr("Query %1").arg(m_queries), Opening::Pinned,
        [this, &from](QWidget *parent) { return m_maker.query(*this, from, parent); });
}

QWidget *MainWindow::openMigrations()
{
    QWidget *page =
        m_tabs->open(migrationsKey, tr("Migrations"), Opening::Pinned,
                     [this](QWidget *parent) { return m_maker.migrations(*this, parent); });
    m_tabs->setMarked(migrationsKey, migrationsPending(m_project));
    return page;
}

QWidget *MainWindow::openAudit()
{
    return m_tabs->open(auditKey, tr("Tenant audit"), Opening::Pinned,
                        [this](QWidget *parent) { return m_maker.audit(*this, parent); });
}

QWidget *MainWindow::openSecurity()
{
    return m_tabs->open(securityKey, tr("Row-level security"), Opening::Pinned,
                        [this](QWidget *parent) { return m_maker.security(*this, parent); });
}

/// What makes the page of \a kept; nothing for one that this Sluice does not know.
std::function<QWidget *(QWidget *parent)> MainWindow::makerOf(const KeptPage &kept)
{
    if (!kept.table.name.isEmpty())
        return [this, key = kept.key](QWidget *parent) { return makeTable(key, parent); };
    if (kept.key.startsWith(queryKey))
        return [this](QWidget *parent) { return m_maker.query(*this, std::nullopt, parent); };
    if (kept.key == migrationsKey)
        return [this](QWidget *parent) { return m_maker.migrations(*this, parent); };
    if (kept.key == auditKey)
        return [this](QWidget *parent) { return m_maker.audit(*this, parent); };
    if (kept.key == securityKey)
        return [this](QWidget *parent) { return m_maker.security(*this, parent); };
    return {};
}

/// Opens what was open in this project the last time.
void MainWindow::restorePages()
{
    m_keptPages = m_preferences.pages(m_project.path());
    const KeptPages kept = unpackedPages(m_keptPages);
    for (const KeptPage &page : kept.pages) {
        const auto make = makerOf(page);
        if (!make)
            continue;
        if (!page.table.name.isEmpty())
            m_tables.insert(page.key, page.table);
        if (page.key.startsWith(queryKey))
            m_queries = std::max(m_queries, page.key.mid(queryKey.size()).toInt());
        m_tabs->prepare(page.key, page.title, page.isPreview ? Opening::Preview : Opening::Pinned,
                        make);
    }
    m_keepsPages = true;
    if (m_tabs->count() == 0) {
        openQuery();
        openMigrations();
        return;
    }
    m_tabs->setMarked(migrationsKey, migrationsPending(m_project));
    // Whoever opens the project may still have to say on which server: a page of rows asks it.
    QMetaObject::invokeMethod(
        this,
        [this, project = m_project.path(), current = kept.current] {
            if (m_project.path() == project && !m_tabs->currentPage())
                m_tabs->show(m_tabs->keys().contains(current) ? current
                                                              : m_tabs->keys().constFirst());
        },
        Qt::QueuedConnection);
}

void MainWindow::keepPages()
{
    if (!m_keepsPages || m_project.path().isEmpty())
        return;
    KeptPages kept{.pages = {}, .current = m_tabs->currentKey()};
    const QStringList keys = m_tabs->keys();
    for (const QString &key : keys)
        kept.pages << KeptPage{.key = key,
                               .title = m_tabs->title(key),
                               .table = m_tables.value(key),
                               .isPreview = m_tabs->isPreview(key)};
    if (const QByteArray now = packed(kept); now != m_keptPages) {
        m_keptPages = now;
        m_preferences.setPages(m_project.path(), now);
    }
}

} // namespace studio
