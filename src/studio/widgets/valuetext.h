// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "rows/page.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace studio
{

/// A whole value for reading, in parts that a text field can lay out at once: text as it is, JSON
/// with a line for each of its parts, bytes as lines of offset, digits and characters.
class ValueText
{
public:
    ValueText() = default;
    /// \a value is the server's text. Takes as long as the value is: on a worker, where it is long.
    ValueText(const QByteArray &value, rows::TypeClass type);

    qsizetype partCount() const { return m_starts.size(); }
    QString part(qsizetype index) const;
    /// What is written to a file: of bytes themselves, not their digits.
    QByteArray fileContent() const;
    bool isBytes() const { return m_isBytes; }

private:
    QByteArray m_value;
    QByteArray m_shown;
    QList<qsizetype> m_starts; ///< of the parts in m_shown
    bool m_isBytes = false;
};

/// \a json with a line for each of its parts, indented; keys, digits and their order stay. What is
/// no JSON stays what it is, but for its blanks.
QByteArray prettyJson(QByteArrayView json);

/// Lines of 16 bytes: where they are, from \a offset on, as digits, and as characters.
QString hexLines(QByteArrayView bytes, qint64 offset);

} // namespace studio
