// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/program.h"
#include "oracle/drizzlekit.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

namespace testsupport
{

/// A project of one file, whose text is what a test is about.
class SmallProject
{
public:
    SmallProject()
    {
        write(QStringLiteral("drizzle.config.ts"),
              "import { defineConfig } from 'drizzle-kit';\n"
              "export default defineConfig({ dialect: 'postgresql', schema: './schema.ts', out: "
              "'./drizzle', dbCredentials: { url: process.env.DATABASE_URL! } });\n");
        m_valid = testsupport::linkNodeModules(path());
    }

    bool isValid() const { return m_valid; }
    QString path() const { return m_folder.path(); }
    QString filePath(const QString &relative) const { return m_folder.filePath(relative); }

    void setSchema(const QString &text)
    {
        write(QStringLiteral("schema.ts"), "import { sql } from 'drizzle-orm';\n"
                                           "import * as pg from 'drizzle-orm/pg-core';\n" +
                                               text.toUtf8());
    }

    void write(const QString &relative, const QByteArray &content) const
    {
        QFile file(filePath(relative));
        QVERIFY2(file.open(QIODevice::WriteOnly), qPrintable(file.fileName()));
        file.write(content);
    }

    QByteArray read(const QString &relative) const
    {
        QFile file(filePath(relative));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    /// The .sql files, without their numbers.
    QStringList migrations() const
    {
        QStringList names;
        for (const QString &name : QDir(filePath(QStringLiteral("drizzle")))
                                       .entryList({QStringLiteral("*.sql")}, QDir::Files))
            names << name.mid(5).chopped(4);
        return names;
    }

    Run generate(const QStringList &options = {}) const
    {
        return sluice(QStringList{QStringLiteral("generate"), path()} + options);
    }

private:
    QTemporaryDir m_folder;
    bool m_valid = false;
};

inline QStringList words(const char *text)
{
    return QString::fromUtf8(text).split(u' ', Qt::SkipEmptyParts);
}

} // namespace testsupport
