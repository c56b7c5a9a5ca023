// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/tenantsettings.h"

#include "session/text.h"
#include "tenant/settings.h"

#include <QFile>
#include <QSaveFile>

namespace session
{

using base::Done;
using base::Error;
using base::ErrorKind;
using base::Result;

namespace
{
/// The file's text, nothing where it is not there.
Result<QByteArray> textOf(const QString &path)
{
    constexpr qint64 most = 1 << 20; // bytes: it holds a line for a table
    QFile file(path);
    if (!file.exists())
        return QByteArray();
    const auto unreadable = [&](const QString &why) {
        return Error{.kind = ErrorKind::Io,
                     .text = Text::tr("What was said of the tenants cannot be read"),
                     .where = path,
                     .detail = why};
    };
    if (!file.open(QIODevice::ReadOnly))
        return unreadable(file.errorString());
    const QByteArray text = file.read(most + 1);
    if (file.error() != QFileDevice::NoError)
        return unreadable(file.errorString());
    if (text.size() > most)
        return unreadable(Text::tr("it is larger than 1 MB"));
    return text;
}
} // namespace

QString tenantSettingsPath(const QString &root)
{
    return root + QStringLiteral("/sluice.json");
}

Result<tenant::Settings> readTenantSettings(const QString &root)
{
    const Result<QByteArray> text = textOf(tenantSettingsPath(root));
    if (!text)
        return text.error();
    return tenant::settingsFrom(*text, tenantSettingsPath(root));
}

Result<Done> keepTenantSettings(const QString &root, const tenant::Settings &settings)
{
    const QString path = tenantSettingsPath(root);
    const Result<QByteArray> before = textOf(path);
    if (!before)
        return before.error();
    const Result<QByteArray> after = tenant::withSettings(*before, settings, path);
    if (!after)
        return after.error();
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(*after) != after->size() || !file.commit())
        return Error{.kind = ErrorKind::Io,
                     .text = Text::tr("The file cannot be written"),
                     .where = path,
                     .detail = file.errorString()};
    return Done{};
}

Result<tenant::Classification> classified(const load::Catalog &catalog, const QString &root)
{
    const Result<tenant::Settings> settings = readTenantSettings(root);
    if (!settings)
        return settings.error();
    return tenant::classify(catalog.schema, *settings, catalog.surroundings.tables);
}

} // namespace session
