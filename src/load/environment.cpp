// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/environment.h"

#include "load/disk.h"
#include "load/text.h"

#include <QCryptographicHash>
#include <QDir>
#include <QProcessEnvironment>
#include <QRegularExpression>
#include <QUrl>

namespace load
{

namespace
{

bool isDatabaseVariable(const QString &name)
{
    return name.startsWith(QLatin1String("DATABASE_")) ||
           name.startsWith(QLatin1String("POSTGRES_")) || name.startsWith(QLatin1String("PG"));
}

/// Those of the person's variables that a project may see.
Variables ownVariables()
{
    Variables variables;
    const QProcessEnvironment own = QProcessEnvironment::systemEnvironment();
    for (const QString &name : own.keys()) {
        if (isDatabaseVariable(name))
            variables.insert(name, own.value(name));
    }
    return variables;
}

/// The value of a line's right side: what is in the quotes, else the text up to a comment.
QString valueOf(QString text)
{
    text = text.trimmed();
    if (text.isEmpty())
        return text;
    const QChar quote = text.front();
    if (quote == u'"' || quote == u'\'' || quote == u'`') {
        const qsizetype end = text.indexOf(quote, 1);
        if (end > 0) {
            QString inner = text.sliced(1, end - 1);
            if (quote == u'"')
                inner.replace(QLatin1String("\\n"), QLatin1String("\n"));
            return inner;
        }
    }
    static const QRegularExpression comment(QStringLiteral("\\s#.*$"));
    return text.remove(comment).trimmed();
}

bool namesSecret(const QString &name)
{
    for (const char *word : {"PASS", "PWD", "SECRET", "TOKEN", "KEY", "CREDENTIAL", "AUTH",
                             "PRIVATE", "SALT", "DSN"}) {
        if (name.contains(QLatin1String(word), Qt::CaseInsensitive))
            return true;
    }
    return false;
}

/// The secrets in a variable's value, longest first: all of it, and the password of a URL as it is
/// written and as it is meant. A text of a few letters is in every sentence and is let stand.
QStringList secretsIn(const QString &name, const QString &value)
{
    constexpr qsizetype shortest = 4;
    static const QRegularExpression url(QStringLiteral("^\\w+://[^:/@]*:([^@]+)@"));
    QStringList secrets;
    if (const auto match = url.match(value); match.hasMatch())
        secrets << value << match.captured(1)
                << QUrl::fromPercentEncoding(match.captured(1).toUtf8());
    else if (namesSecret(name))
        secrets << value;
    secrets.removeIf([](const QString &secret) { return secret.size() < shortest; });
    return secrets;
}

void addMissing(Variables &values, const Variables &more)
{
    for (auto it = more.cbegin(); it != more.cend(); ++it) {
        if (!values.contains(it.key()))
            values.insert(it.key(), it.value());
    }
}

} // namespace

Variables parseEnvironmentFile(const QByteArray &text)
{
    static const QRegularExpression assignment(
        QStringLiteral("^\\s*(?:export\\s+)?([A-Za-z_][\\w.-]*)\\s*=(.*)$"));
    Variables values;
    for (const QString &line : QString::fromUtf8(text).split(u'\n')) {
        if (const auto match = assignment.match(line); match.hasMatch())
            values.insert(match.captured(1), valueOf(match.captured(2)));
    }
    return values;
}

Environment environmentOf(Disk &disk, const QString &root, const QString &workspace)
{
    Environment environment;
    environment.values = ownVariables();
    QDir folder(root);
    for (;;) {
        for (const char *name :
             {".env.development.local", ".env.local", ".env.development", ".env"}) {
            const QString file = QDir::cleanPath(folder.filePath(QLatin1String(name)));
            if (!disk.isFile(file))
                continue;
            const Variables values = parseEnvironmentFile(disk.readSecret(file));
            environment.files.insert(file, values);
            addMissing(environment.values, values);
        }
        if (folder.path() == workspace || !folder.path().startsWith(workspace) || !folder.cdUp())
            break;
    }
    disk.sealSecrets();
    return environment;
}

bool addNamedFiles(Disk &disk, const QStringList &files, Environment &environment,
                   QList<schema::Problem> &notices)
{
    bool any = false;
    const QString workspace = disk.inputs().workspace;
    for (const QString &file : files) {
        const QString real = disk.canonical(file);
        if (environment.files.contains(file) || !disk.isFile(file))
            continue;
        const bool isInside = workspace == u"/" || real.startsWith(workspace + u'/');
        const bool isProduction = QDir(real).dirName().contains(QLatin1String("prod"));
        if (isInside && !isProduction) {
            environment.files.insert(file, parseEnvironmentFile(disk.readSecret(file)));
            any = true;
            continue;
        }
        const schema::Problem notice{
            .severity = schema::Problem::Severity::Notice,
            .text = isInside ? Text::tr("The file of variables %1 is not read: opening a project "
                                        "must not lead to production")
                                   .arg(QDir(workspace).relativeFilePath(real))
                             : Text::tr("The file of variables %1 is not read: it is not inside "
                                        "of %2")
                                   .arg(real, workspace),
            .hint = Text::tr("Set the variables it has in the project's .env file"),
            .location = {},
            .importChain = {}};
        if (!notices.contains(notice))
            notices.append(notice);
    }
    if (any)
        disk.sealSecrets();
    return any;
}

QByteArray digestOfVariables(const QStringList &files)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    const Variables own = ownVariables();
    for (auto it = own.cbegin(); it != own.cend(); ++it)
        hash.addData(it.key().toUtf8() + '=' + it.value().toUtf8() + '\0');
    for (const QString &file : files) {
        Inputs::Entry entry = disk::look(file);
        hash.addData(file.toUtf8() + '\0' + disk::read(file, largestOfVariables, entry) + '\0');
    }
    return hash.result();
}

QString withoutSecrets(QString text, const Environment &environment)
{
    const auto hide = [&](const Variables &values) {
        for (auto it = values.cbegin(); it != values.cend(); ++it) {
            for (const QString &secret : secretsIn(it.key(), it.value()))
                text.replace(secret, QStringLiteral("<%1>").arg(it.key()));
        }
    };
    hide(environment.values);
    for (const Variables &values : environment.files)
        hide(values);
    static const QRegularExpression password(QStringLiteral("(\\w+://[^\\s:/@]*:)[^\\s@]+@"));
    return text.replace(password, QStringLiteral("\\1…@"));
}

} // namespace load
