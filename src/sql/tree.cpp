// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/tree.h"

#include <QCoreApplication>
#include <QMutex>
#include <QSemaphore>
#include <QThread>

#include <pg_query.h>
#include <pg_query/pg_query.pb-c.h>

#include <algorithm>

namespace sql
{

namespace
{

// Measured with libpg_query 15-4.0: 30,000 nested levels fit in 64 MB, 60,000 do not. A level takes
// at least one token that can nest; brackets are bounded by the grammar's own stack at 10,000.
constexpr uint stackBytes = 64u << 20;
constexpr int maximumNesting = 20'000;
constexpr qsizetype maximumBytes = 4 << 20;

/// The one thread that parses: libpg_query takes a key of the process for every thread that calls
/// it and never gives it back, and there are 1024 of them.
class StackThread final : public QThread
{
public:
    StackThread()
    {
        setStackSize(stackBytes);
        start();
    }
    ~StackThread() override
    {
        m_stops = true;
        m_asked.release();
        wait();
    }

    /// Runs \a work and waits. Work may ask for more work.
    void run(const std::function<void()> &work)
    {
        if (QThread::currentThread() == this) {
            work();
            return;
        }
        const QMutexLocker turn(&m_turn);
        m_work = &work;
        m_asked.release();
        m_done.acquire();
    }

protected:
    void run() override
    {
        for (m_asked.acquire(); !m_stops; m_asked.acquire()) {
            (*m_work)();
            m_done.release();
        }
    }

private:
    QMutex m_turn;
    QSemaphore m_asked, m_done;
    const std::function<void()> *m_work = nullptr;
    bool m_stops = false;
};

bool canNest(PgQuery__Token token)
{
    switch (int(token)) {
    case PG_QUERY__TOKEN__IDENT:
    case PG_QUERY__TOKEN__ICONST:
    case PG_QUERY__TOKEN__FCONST:
    case PG_QUERY__TOKEN__SCONST:
    case PG_QUERY__TOKEN__PARAM:
    case PG_QUERY__TOKEN__NULL_P:
    case PG_QUERY__TOKEN__TRUE_P:
    case PG_QUERY__TOKEN__FALSE_P:
    case PG_QUERY__TOKEN__SQL_COMMENT:
    case PG_QUERY__TOKEN__C_COMMENT:
    case ',':
    case ';':
    case '(':
    case ')':
        return false;
    default:
        return true;
    }
}

base::Error toError(const PgQueryError &error, const Source &source)
{
    base::Error result{
        .kind = base::ErrorKind::InvalidInput,
        .text = QCoreApplication::translate("sql", "The SQL text cannot be understood"),
        .detail = QString::fromUtf8(error.message),
        .hint = QCoreApplication::translate("sql", "Sluice reads the grammar of PostgreSQL 15")};
    if (error.cursorpos > 0)
        result.span = source.wordAtCharacter(error.cursorpos);
    return result;
}

base::Error tooLarge(const QString &why)
{
    return {.kind = base::ErrorKind::Limit,
            .text = QCoreApplication::translate("sql", "The SQL text is too large to be examined"),
            .detail = why,
            .hint = QCoreApplication::translate("sql", "Split it into smaller statements")};
}

base::Result<base::Done> withinBounds(const Source &source)
{
    int nesting = 0;
    const base::Result<base::Done> scanned = scan(source, [&](const PgQuery__ScanResult &tokens) {
        for (size_t i = 0; i < tokens.n_tokens; ++i)
            nesting += canNest(tokens.tokens[i]->token) ? 1 : 0;
    });
    if (!scanned)
        return scanned;
    if (nesting > maximumNesting)
        return tooLarge(QCoreApplication::translate(
                            "sql", "It has %1 operators and keywords, at most %2 are read")
                            .arg(nesting)
                            .arg(maximumNesting));
    return base::Done{};
}

base::Result<base::Done> parseHere(const Source &source, const TreeVisitor &visit)
{
    const PgQueryProtobufParseResult parsed = pg_query_parse_protobuf(source.data());
    base::Result<base::Done> result = base::Done{};
    if (parsed.error) {
        result = toError(*parsed.error, source);
    } else {
        auto *tree = pg_query__parse_result__unpack(
            nullptr, parsed.parse_tree.len,
            reinterpret_cast<const uint8_t *>(parsed.parse_tree.data));
        if (tree) {
            visit(*tree);
            pg_query__parse_result__free_unpacked(tree, nullptr);
        } else {
            result = tooLarge(
                QCoreApplication::translate("sql", "Its syntax tree does not fit in memory"));
        }
    }
    pg_query_free_protobuf_parse_result(parsed);
    return result;
}

} // namespace

void onLargeStack(const std::function<void()> &work)
{
    static StackThread thread;
    thread.run(work);
}

qsizetype Source::units(qsizetype bytes) const
{
    bytes = std::clamp(bytes, qsizetype(0), m_utf8.size());
    if (bytes < m_knownBytes)
        m_knownBytes = m_knownUnits = 0;
    m_knownUnits += QString::fromUtf8(m_utf8.sliced(m_knownBytes, bytes - m_knownBytes)).size();
    m_knownBytes = bytes;
    return m_knownUnits;
}

base::TextSpan Source::span(qsizetype fromByte, qsizetype toByte) const
{
    const qsizetype from = units(fromByte);
    return {from, units(toByte) - from};
}

base::TextSpan Source::wordAt(qsizetype offset) const
{
    qsizetype end = offset;
    while (end < m_text.size() && (m_text.at(end).isLetterOrNumber() || m_text.at(end) == u'_'))
        ++end;
    if (end == offset && end < m_text.size())
        ++end;
    return {offset, end - offset};
}

base::TextSpan Source::wordAtByte(qsizetype byte) const
{
    return wordAt(units(byte));
}

base::TextSpan Source::wordAtCharacter(int character) const
{
    qsizetype offset = 0;
    for (int i = 1; i < character && offset < m_text.size(); ++i)
        offset += m_text.at(offset).isHighSurrogate() ? 2 : 1;
    return wordAt(std::min(offset, m_text.size()));
}

base::Result<base::Done> scan(const Source &source, const ScanVisitor &visit)
{
    if (source.byteCount() > maximumBytes)
        return tooLarge(QCoreApplication::translate("sql", "It has %1 bytes, at most %2 are read")
                            .arg(source.byteCount())
                            .arg(maximumBytes));
    if (const qsizetype nul = source.bytes(0, source.byteCount()).indexOf('\0'); nul >= 0)
        return base::Error{
            .kind = base::ErrorKind::InvalidInput,
            .text = QCoreApplication::translate("sql", "The SQL text holds a NUL character"),
            .span = source.wordAtByte(nul)};
    const PgQueryScanResult scanned = pg_query_scan(source.data());
    base::Result<base::Done> result = base::Done{};
    if (scanned.error) {
        result = toError(*scanned.error, source);
    } else if (auto *tokens = pg_query__scan_result__unpack(
                   nullptr, scanned.pbuf.len,
                   reinterpret_cast<const uint8_t *>(scanned.pbuf.data))) {
        visit(*tokens);
        pg_query__scan_result__free_unpacked(tokens, nullptr);
    }
    pg_query_free_scan_result(scanned);
    return result;
}

base::Result<base::Done> parse(const Source &source, const TreeVisitor &visit)
{
    base::Result<base::Done> result = withinBounds(source);
    if (result)
        onLargeStack([&] { result = parseHere(source, visit); });
    return result;
}

void forEachChild(const ProtobufCMessage &message,
                  const std::function<void(const ProtobufCMessage &)> &visit)
{
    const auto *bytes = reinterpret_cast<const char *>(&message);
    for (unsigned i = 0; i < message.descriptor->n_fields; ++i) {
        const ProtobufCFieldDescriptor &field = message.descriptor->fields[i];
        if (field.type != PROTOBUF_C_TYPE_MESSAGE)
            continue;
        if (field.label == PROTOBUF_C_LABEL_REPEATED) {
            const size_t count = *reinterpret_cast<const size_t *>(bytes + field.quantifier_offset);
            auto *const *children =
                *reinterpret_cast<ProtobufCMessage *const *const *>(bytes + field.offset);
            for (size_t k = 0; k < count; ++k)
                visit(*children[k]);
            continue;
        }
        const bool oneOf = field.flags & PROTOBUF_C_FIELD_FLAG_ONEOF;
        if (oneOf &&
            *reinterpret_cast<const uint32_t *>(bytes + field.quantifier_offset) != field.id)
            continue;
        if (const auto *child = *reinterpret_cast<ProtobufCMessage *const *>(bytes + field.offset))
            visit(*child);
    }
}

bool is(const ProtobufCMessage &message, const ProtobufCMessageDescriptor &descriptor)
{
    return message.descriptor == &descriptor;
}

QStringList nameParts(PgQuery__Node *const *nodes, size_t count)
{
    QStringList parts;
    for (size_t i = 0; i < count; ++i) {
        if (nodes[i]->node_case == PG_QUERY__NODE__NODE_STRING)
            parts << QString::fromUtf8(nodes[i]->string->sval);
    }
    return parts;
}

} // namespace sql
