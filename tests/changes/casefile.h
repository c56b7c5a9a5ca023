// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "judge.h"

#include <QByteArray>
#include <QList>
#include <QStringList>

namespace changes
{

/// One case of a file under cases/: see cases/README.md for the form.
struct Case {
    QString name;
    QString
        complaint; ///< why the case itself is of no use (not recorded, cannot be read), or empty
    Trial trial;
    QByteArray beforeCode;       ///< schema.ts of the state before the change; empty: there is none
    QByteArray afterCode;        ///< the same of the state after it
    QByteArray config;           ///< drizzle.config.json
    bool drizzleKitWorks = true; ///< it has statements for both states from nothing
};

/// The names of the case files, without their suffix.
QStringList caseFiles();

/// The cases of the file \a name with what drizzle-kit made of them, which stands beside it.
QList<Case> casesOf(const QString &name);

} // namespace changes
