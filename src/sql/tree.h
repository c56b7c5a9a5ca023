// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QByteArray>

#include <functional>

// libpg_query's and protobuf-c's own types; who looks inside includes <pg_query/pg_query.pb-c.h>.
struct PgQuery__Node;
struct PgQuery__ParseResult;
struct PgQuery__ScanResult;
struct ProtobufCMessage;
struct ProtobufCMessageDescriptor;

namespace sql
{

/// Runs \a work on the thread with a 64 MB stack and waits: libpg_query and the walk over its tree
/// recurse.
void onLargeStack(const std::function<void()> &work);

/// A text as libpg_query sees it, and the way back: it counts bytes of UTF-8, QString UTF-16 units.
class Source
{
public:
    explicit Source(const QString &text)
        : m_text(text)
        , m_utf8(text.toUtf8())
    {
    }
    const char *data() const { return m_utf8.constData(); }
    qsizetype byteCount() const { return m_utf8.size(); }
    QByteArrayView bytes(qsizetype from, qsizetype to) const
    {
        return QByteArrayView(m_utf8).sliced(from, to - from);
    }
    base::TextSpan span(qsizetype fromByte, qsizetype toByte) const;
    /// The word at a place of the QString, at a byte, or at a character that is counted from 1 as
    /// in the server's errors.
    base::TextSpan wordAt(qsizetype offset) const;
    base::TextSpan wordAtByte(qsizetype byte) const;
    base::TextSpan wordAtCharacter(int character) const;

private:
    qsizetype units(qsizetype bytes) const;

    QString m_text;
    QByteArray m_utf8;
    mutable qsizetype m_knownBytes = 0; ///< the last place that was asked for: spans come in order
    mutable qsizetype m_knownUnits = 0;
};

using ScanVisitor = std::function<void(const PgQuery__ScanResult &)>;
using TreeVisitor = std::function<void(const PgQuery__ParseResult &)>;

/// Hands the tokens of \a source to \a visit. Does not recurse.
base::Result<base::Done> scan(const Source &source, const ScanVisitor &visit);

/// Parses within the bounds and hands the tree to \a visit, on the large stack; it dies afterwards.
base::Result<base::Done> parse(const Source &source, const TreeVisitor &visit);

/// Calls \a visit for every message directly below \a message, in the order of the grammar's
/// fields.
void forEachChild(const ProtobufCMessage &message,
                  const std::function<void(const ProtobufCMessage &)> &visit);

bool is(const ProtobufCMessage &message, const ProtobufCMessageDescriptor &descriptor);

/// \a message as \a T when \a descriptor says it is one, else null.
template <typename T>
const T *as(const ProtobufCMessage &message, const ProtobufCMessageDescriptor &descriptor)
{
    return is(message, descriptor) ? reinterpret_cast<const T *>(&message) : nullptr;
}

/// The parts of a name that is a list of strings: pg_catalog, now.
QStringList nameParts(PgQuery__Node *const *nodes, size_t count);

} // namespace sql
