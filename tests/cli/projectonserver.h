// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/projectfiles.h"
#include "support/server.h"

#include <QTemporaryDir>
#include <QTest>

/// A project and a database of a test's own, for the commands: what such tests begin with.
class ProjectOnServer : public QObject
{
protected:
    void make(const char *name, const QByteArray &script,
              const testsupport::ProjectFiles &files = {})
    {
        QVERIFY2(m_server.error().isEmpty(), qPrintable(m_server.error()));
        m_url = m_server.tcpUrl(m_server.createDatabase(QString::fromLatin1(name), script));
        QCOMPARE(testsupport::writeProject(m_folder.path(), files), QString());
    }

    testsupport::Server m_server;
    QString m_url;
    QTemporaryDir m_folder;
};
