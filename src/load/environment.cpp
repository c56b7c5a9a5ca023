// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/environment.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
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

Environment environmentOf(const QString &root, const QString &workspace)
{
    Environment environment;
    const QProcessEnvironment own = QProcessEnvironment::systemEnvironment();
    for (const QString &name : own.keys()) {
        if (isDatabaseVariable(name))
            environment.values.insert(name, own.value(name));
    }
    QDir folder(root);
    for (;;) {
        for (const char *name :
             {".env.development.local", ".env.local", ".env.development", ".env"}) {
            QFile file(folder.filePath(QLatin1String(name)));
            if (!QFileInfo(file).isFile() || !file.open(QIODevice::ReadOnly))
                continue;
            const Variables values = parseEnvironmentFile(file.read(1 << 20));
            environment.files.insert(QDir::cleanPath(file.fileName()), values);
            addMissing(environment.values, values);
        }
        if (folder.path() == workspace || !folder.path().startsWith(workspace) || !folder.cdUp())
            return environment;
    }
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
