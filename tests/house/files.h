// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace house
{

/// A file of the repository.
struct File {
    QString path; ///< relative to the repository's root
    QString content;
};

// Each rule tells what is wrong with a file in a sentence that starts with its path, or nothing.
QString licenceOffence(const File &file); ///< the SPDX line within the first three lines
QString sizeOffence(const File &file);    ///< at most 600 lines
QString guardOffence(const File &file);   ///< #pragma once in headers
QString addressOffence(const File &file); ///< a lock file names packages, not where they lie
/// A word that the style sheet looks at is no text for people: notr="true" in a form.
QString styleOffence(const File &file);

/// Whether \a cmake, the text of the CMakeLists.txt in \a folder or above, lists \a file.
QString listOffence(const File &file, const File &cmake);

} // namespace house
