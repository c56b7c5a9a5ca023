// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "schema/database.h"

#include <QByteArray>
#include <QList>

namespace studio
{

/// A page that was open, to be opened again in the next run.
struct KeptPage {
    QString key;
    QString title;
    schema::Name table = {}; ///< of a table's page
    bool isPreview = false;
    bool operator==(const KeptPage &) const = default;
};

struct KeptPages {
    QList<KeptPage> pages; ///< from left to right
    QString current;       ///< the key of the one in front
    bool operator==(const KeptPages &) const = default;
};

QByteArray packed(const KeptPages &kept);
/// What cannot be read is left out.
KeptPages unpackedPages(const QByteArray &kept);

} // namespace studio
