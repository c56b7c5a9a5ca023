// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QString>

namespace session
{

/// The sample project as it was installed, and the change that a person's copy gets on top.
struct SampleSource {
    QString project; ///< folder of the pristine project
    QString change;  ///< folder with change.json and the files it adds
};

/// The file beside \a target that says that its copy is new and its database not compared yet.
QString newCopyMarker(const QString &target);

/// Makes \a target a copy of the sample with the change in its code, unless it is there already.
/// The copy is made beside it and then renamed: \a target is never half written, and what a killed
/// copy left is removed.
base::Result<base::Done> copySample(const SampleSource &source, const QString &target);

/// Applies change.json of \a changeFolder to \a project: adds files and replaces texts, each of
/// which must occur exactly once (InvalidInput with the file otherwise).
base::Result<base::Done> applySampleChange(const QString &changeFolder, const QString &project);

} // namespace session
