// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace base
{

namespace
{

/// Whether the environment asks for the C locale. QLocale would let LANGUAGE win over it.
bool isForScripts()
{
    for (const char *name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const QByteArray locale = qgetenv(name);
        if (!locale.isEmpty())
            return locale == "C" || locale.startsWith("C.") || locale == "POSIX";
    }
    return false;
}

bool install(QCoreApplication &application, const QLocale &locale, const QString &name,
             const QString &folder)
{
    auto *translator = new QTranslator(&application);
    if (translator->load(locale, name, QStringLiteral("_"), folder))
        return application.installTranslator(translator);
    delete translator;
    return false;
}

} // namespace

void installTranslations(QCoreApplication &application, const QString &folder)
{
    if (isForScripts())
        return;
    const QStringList languages = QLocale::system().uiLanguages();
    for (const QString &language : languages) {
        const QLocale locale(language);
        if (locale.language() == QLocale::English)
            return;
        if (install(application, locale, QStringLiteral("sluice"), folder)) {
            // Qt's own texts (the buttons of dialogs) are a package of their own.
            install(application, locale, QStringLiteral("qtbase"),
                    QLibraryInfo::path(QLibraryInfo::TranslationsPath));
            return;
        }
    }
}

} // namespace base
