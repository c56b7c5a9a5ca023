// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/installation.h"
#include "session/project.h"
#include "studio/connect/preferences.h"
#include "studio/grid/gridpage.h"
#include "studio/shell/mainwindow.h"
#include "studio/shell/pages.h"
#include "studio/tree/treepanel.h"
#include "studio/widgets/rowsmodel.h"
#include "studio/widgets/rowsview.h"
#include "studio/widgets/theme.h"
#include "support/projectfiles.h"
#include "support/server.h"

#include <QTemporaryDir>
#include <QTest>

/// The real window on a project and a database of a test's own: what such tests begin with.
class ShellOnServer : public QObject
{
protected:
    static constexpr int patience = 20'000; // ms; a signal ends the wait

    /// Files of the project and a database called \a name, filled by \a script.
    void make(const char *name, const QByteArray &script, const testsupport::ProjectFiles &files)
    {
        QVERIFY2(m_server.error().isEmpty(), qPrintable(m_server.error()));
        QCOMPARE(testsupport::writeProject(m_folder.path(), files), QString());
        m_theme = std::make_unique<studio::Theme>(*qApp);
        m_preferences = std::make_unique<studio::Preferences>(
            m_folder.filePath(QStringLiteral("workspace.sqlite")));
        m_database = m_server.createDatabase(QString::fromLatin1(name), script);
    }

    /// A new window, which has read code, database and tenants; nobody is chosen but by what is
    /// kept.
    void openWindow()
    {
        if (QTest::currentTestFailed()) // there is nothing to open it on
            return;
        m_window.reset();
        m_project = std::make_unique<session::Project>(
            base::installationOf(QStringLiteral(SLUICE_BUILD_DIR "/bin")));
        m_window = std::make_unique<studio::MainWindow>(
            *m_project, *m_theme, *m_preferences, studio::pagesOf(*m_project, *m_preferences));
        m_window->resize(1280, 800);
        m_window->show();
        m_project->requireTenant();
        m_window->openFolder(m_folder.path());
        m_project->setUrl(m_server.tcpUrl(m_database));
        m_project->connectDatabase();
        QTRY_VERIFY_WITH_TIMEOUT(m_project->database().value && m_project->code().value, patience);
    }

    void open(const schema::Name &table)
    {
        Q_EMIT m_window->findChild<studio::TreePanel *>()->tableActivated(table, true);
    }

    const studio::GridPage *front() const
    {
        for (const auto *page : m_window->findChildren<studio::GridPage *>()) {
            if (page->isVisible())
                return page;
        }
        return nullptr;
    }

    /// What the page in front shows in \a column; a text for what it shows instead.
    QStringList shownIn(int column) const
    {
        if (!front())
            return {QStringLiteral("no page")};
        const auto *view = front()->findChild<studio::RowsView *>(QStringLiteral("rowsView"));
        const auto *rows = static_cast<studio::RowsModel *>(view->model());
        if (rows->state() != studio::RowsModel::State::Ready)
            return {QStringLiteral("no rows")};
        QStringList texts;
        for (int row = 0; row < rows->rowCount(); ++row)
            texts << rows->index(row, column).data(studio::RowsModel::RawTextRole).toString();
        return texts;
    }

    testsupport::Server m_server;
    pg::Settings m_database;
    QTemporaryDir m_folder;
    std::unique_ptr<studio::Theme> m_theme;
    std::unique_ptr<studio::Preferences> m_preferences;
    std::unique_ptr<session::Project> m_project;
    std::unique_ptr<studio::MainWindow> m_window;
};
