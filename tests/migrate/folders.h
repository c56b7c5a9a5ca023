// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "migrate/folder.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QMap>
#include <QtTest>

/// Small migrations folders for tests, written by ourselves.
namespace folders
{

inline schema::Table oneTable(const QString &name, const QString &column = QStringLiteral("id"))
{
    schema::Table table;
    table.name.name = name;
    table.columns << schema::Column{.name = column, .type = QStringLiteral("integer")};
    return table;
}

inline QByteArray get(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

inline void put(const QString &path, const QByteArray &content)
{
    QVERIFY(QDir().mkpath(QFileInfo(path).path()));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
}

/// Everything below a folder, names and contents, to see that nothing changed.
inline QMap<QString, QByteArray> contentsOf(const QString &path)
{
    QMap<QString, QByteArray> contents;
    QDirIterator it(path, QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden | QDir::System,
                    QDirIterator::Subdirectories);
    while (it.hasNext()) {
        it.next();
        contents[it.filePath()] = it.fileInfo().isFile() ? get(it.filePath()) : QByteArray();
    }
    return contents;
}

inline void copyTree(const QString &from, const QString &to)
{
    QVERIFY(QDir().mkpath(to));
    for (const QFileInfo &info :
         QDir(from).entryInfoList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden)) {
        const QString target = to + u'/' + info.fileName();
        if (info.isDir())
            copyTree(info.filePath(), target);
        else
            QVERIFY(QFile::copy(info.filePath(), target));
    }
}

/// A migration that makes \a table beside what is there.
inline migrate::Step step(const migrate::Folder &folder, const QString &table)
{
    migrate::Step step{
        .sql = QStringLiteral("CREATE TABLE \"%1\" (\n\t\"id\" integer\n);\n").arg(table),
        .after = folder.schema,
        .name = table};
    step.after.tables << oneTable(table);
    return step;
}

/// Writes one and returns it; an empty one when it failed.
inline migrate::Migration generate(const QString &path, const QString &table,
                                   const migrate::NewMigration &options = {})
{
    const migrate::Folder folder = *migrate::readFolder(path);
    const auto written = migrate::writeMigrations(folder, {step(folder, table)}, options);
    if (!written)
        qWarning("%s", qPrintable(toLine(written.error())));
    return written ? written->first() : migrate::Migration();
}

} // namespace folders
