// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "session/connecting.h"
#include "studio/widgets/colors.h"

#include <QByteArray>
#include <QStringList>

#include <memory>
#include <optional>

namespace store
{
class Workspace;
}

namespace studio
{

/// What the program remembers of the person between runs: the look, the window, the last projects
/// the tenant and the server chosen in each. Never a password. Without a usable file everything
/// works and nothing is kept.
class Preferences final
{
public:
    explicit Preferences(const QString &file); ///< the workspace file, made when it is absent
    ~Preferences();

    /// Why nothing is remembered, or what happened to a damaged file; to be shown once.
    const std::optional<base::Error> &problem() const { return m_problem; }

    QStringList recentProjects() const;
    void addRecentProject(const QString &folder); ///< moves it to the front
    Mode theme() const;
    void setTheme(Mode mode);
    QByteArray geometry() const;
    QByteArray splitter() const;
    QByteArray panel() const; ///< how the pages and the panel below them share their height
    void setWindow(const QByteArray &geometry, const QByteArray &splitter, const QByteArray &panel);
    QString editor() const; ///< the command that opens code; empty: the detected one
    void setEditor(const QString &command);
    QString config(const QString &folder) const; ///< the drizzle config chosen for it, or empty
    void setConfig(const QString &folder, const QString &file);
    QString tenant(const QString &project) const; ///< the id that was chosen last, or empty
    /// One that was chosen within a tenant.
    struct NestedTenant {
        QString id;
        QString label;
        QString level; ///< what such are, in any words that tell it from another
    };
    std::optional<NestedTenant> nestedTenant(const QString &project) const; ///< chosen last
    void setTenant(const QString &project, const QString &id,
                   const std::optional<NestedTenant> &nested = std::nullopt);
    /// The filters, search and order of a table's grid, as its feature packs them.
    QByteArray gridChoice(const QString &project, const QString &table) const;
    void setGridChoice(const QString &project, const QString &table, const QByteArray &choice);
    /// How the columns of a table's grid are laid out, as its feature packs it.
    QByteArray gridColumns(const QString &project, const QString &table) const;
    void setGridColumns(const QString &project, const QString &table, const QByteArray &layout);
    /// Where one was among its rows, as it packs it.
    QByteArray gridPlace(const QString &project, const QString &table) const;
    void setGridPlace(const QString &project, const QString &table, const QByteArray &place);
    /// The pages of the window that are open, as it packs them.
    QByteArray pages(const QString &project) const;
    void setPages(const QString &project, const QByteArray &pages);
    /// The zone in which its grids show moments, as they pack it.
    QByteArray timeZone(const QString &project) const;
    void setTimeZone(const QString &project, const QByteArray &zone);
    /// The staged edits of a project in a database; written at once, so that a crash loses none.
    QByteArray edits(const QString &project, const QString &database) const;
    void setEdits(const QString &project, const QString &database, const QByteArray &edits);
    std::optional<session::ServerAddress> server(const QString &project) const;
    /// Nothing: the project's own. To be called with an address that holds no secret.
    void setServer(const QString &project, const std::optional<session::ServerAddress> &address);

private:
    QByteArray value(const QString &project, const QString &key) const;
    void setValue(const QString &project, const QString &key, const QByteArray &value);

    std::unique_ptr<store::Workspace> m_workspace;
    std::optional<base::Error> m_problem;
};

} // namespace studio
