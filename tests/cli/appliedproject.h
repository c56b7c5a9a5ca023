// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/smallproject.h"
#include "support/server.h"

namespace testsupport
{

/// What a test of a database has that the project's own migration made: a server, and for each
/// function a project and a database of its own.
class AppliedProject
{
protected:
    void startServer()
    {
        m_server = std::make_unique<Server>();
        QVERIFY2(m_server->error().isEmpty(), qPrintable(m_server->error()));
    }
    void begin(const QString &databaseName)
    {
        m_project = std::make_unique<SmallProject>();
        QVERIFY(m_project->isValid());
        m_database = m_server->createDatabase(databaseName);
        m_url = m_server->tcpUrl(m_database);
    }
    Run diff(const QString &from, const QString &to, const QStringList &options = {}) const
    {
        return sluice(QStringList{QStringLiteral("diff"), from, to} + options, m_url);
    }
    /// The project's schema and what it stands on, applied.
    void apply(const QByteArray &prepare, const QString &schema)
    {
        QCOMPARE(m_server->run(m_database, prepare), QString());
        m_project->setSchema(schema);
        QCOMPARE(m_project->generate(words("--name init")).error, QString());
        QCOMPARE(sluice({QStringLiteral("migrate"), m_project->path()}, m_url).error, QString());
    }

    std::unique_ptr<Server> m_server;
    std::unique_ptr<SmallProject> m_project;
    pg::Settings m_database;
    QString m_url;
};

} // namespace testsupport
