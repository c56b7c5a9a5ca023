// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "load/inputs.h"

namespace load
{

/// The only way in which a load looks at the disk: each question is answered, and what was asked
/// and answered is noted. For one thread.
class Disk
{
public:
    Disk() { m_inputs.begun = disk::now(); }
    Disk(const Disk &) = delete;
    Disk &operator=(const Disk &) = delete;

    bool isFile(const QString &path) { return at(path).kind == Inputs::Kind::File; }
    bool isFolder(const QString &path) { return at(path).kind == Inputs::Kind::Folder; }
    bool exists(const QString &path) { return at(path).kind != Inputs::Kind::Absent; }
    bool isLink(const QString &path) { return at(path).isLink; }

    /// \a path without links; empty when it is not there.
    QString canonical(const QString &path);

    struct Content {
        QByteArray text;
        qint64 size = 0; ///< of the whole file, which may be longer
        QString error;   ///< why it cannot be read; empty otherwise
    };
    /// At most \a most bytes of an ordinary file.
    Content content(const QString &path, qint64 most);
    /// The same, empty when it cannot be read.
    QByteArray read(const QString &path, qint64 most = 4 << 20) { return content(path, most).text; }

    struct Item {
        QString name;
        Inputs::Kind kind = Inputs::Kind::File; ///< Other, also when a link leads nowhere
        bool isLink = false;
        bool isFile() const { return kind == Inputs::Kind::File; }
        bool isFolder() const { return kind == Inputs::Kind::Folder; }
    };
    /// What is in \a folder, by name; of the files those with \a part in their names, whatever
    /// their case.
    QList<Item> list(const QString &folder, const QString &part = {});

    /// A file of variables, whose content must not be guessable from what is kept.
    QByteArray readSecret(const QString &path);
    /// All variables were read, with the files of readSecret().
    void sealSecrets();

    /// What esbuild or a tool read by itself: noted as if it had been asked for here.
    void noteReadByOthers(const QStringList &paths);
    /// One of Sluice's own programs or scripts.
    void noteOwn(const QString &path) { m_inputs.own.append({path, disk::stampOf(path)}); }
    void noteWorkspace(const QString &path) { m_inputs.workspace = path; }
    /// Something was asked that cannot be noted.
    void noteInexact() { m_inputs.exact = false; }
    /// What another record holds belongs to this one too.
    void add(const Inputs &other) { m_inputs.add(other); }

    const Inputs &inputs() const { return m_inputs; }

private:
    Inputs::Entry &at(const QString &path);
    Inputs::Folder &folderAt(const QString &path);

    Inputs m_inputs;
    QHash<QString, QString> m_canonical;
};

} // namespace load
