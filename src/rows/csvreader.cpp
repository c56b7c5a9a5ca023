// SPDX-License-Identifier: GPL-3.0-or-later
#include "rows/csvreader.h"

#include "rows/text.h"

#include <QBuffer>
#include <QHash>

#include <csv.h>

#include <vector>

namespace rows
{

namespace
{
constexpr qsizetype pieceSize = 1 << 18;     // bytes
constexpr qsizetype longestRecord = 1 << 26; // bytes
constexpr char candidates[]{',', ';', '\t', '|'};

int noSpace(unsigned char)
{
    return 0;
}

QByteArrayView withoutEnd(QByteArrayView line)
{
    while (line.endsWith('\n') || line.endsWith('\r'))
        line.chop(1);
    return line;
}
} // namespace

/// libcsv's parser and the fields it has found of the current record.
struct CsvReader::Parser {
    struct Field {
        qsizetype begin;
        qsizetype size; ///< -1: empty without quotes
    };

    explicit Parser(char delimiter)
    {
        csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_EMPTY_IS_NULL);
        csv_set_delim(&parser, static_cast<unsigned char>(delimiter));
        csv_set_space_func(&parser, noSpace);
    }
    ~Parser() { csv_free(&parser); }
    Parser(const Parser &) = delete;
    Parser &operator=(const Parser &) = delete;

    static void fieldEnds(void *text, size_t size, void *self)
    {
        auto *parser = static_cast<Parser *>(self);
        parser->fields.push_back(
            {parser->values.size(), text ? static_cast<qsizetype>(size) : qsizetype(-1)});
        if (text)
            parser->values.append(static_cast<const char *>(text), static_cast<qsizetype>(size));
    }
    static void recordEnds(int, void *self) { static_cast<Parser *>(self)->isWhole = true; }

    bool feed(QByteArrayView line)
    {
        const auto size = static_cast<size_t>(line.size());
        return csv_parse(&parser, line.data(), size, fieldEnds, recordEnds, this) == size;
    }
    bool finish() { return csv_fini(&parser, fieldEnds, recordEnds, this) == 0; }

    csv_parser parser{};
    QByteArray values;
    std::vector<Field> fields;
    bool isWhole = false;
};

CsvReader::CsvReader(QIODevice &device, CsvFormat format)
    : m_device(device)
    , m_format(std::move(format))
{
}

CsvReader::~CsvReader() = default;

/// Reads the next piece behind what has not been taken yet.
std::optional<base::Error> CsvReader::fill()
{
    QByteArray piece(pieceSize, Qt::Uninitialized);
    const qint64 size = m_device.read(piece.data(), piece.size());
    if (size < 0)
        return base::Error{.kind = base::ErrorKind::Io,
                           .text = Text::tr("The file cannot be read"),
                           .detail = m_device.errorString()};
    m_isOver = size == 0;
    piece.truncate(size);
    m_bytes += size;
    if (!m_isBegun && m_format.encoding == CsvEncoding::Latin1)
        m_decoder.emplace(QStringConverter::Latin1);
    else if (!m_isBegun && (piece.startsWith("\xff\xfe") || piece.startsWith("\xfe\xff")))
        m_decoder.emplace(QStringConverter::Utf16);
    else if (!m_isBegun && piece.startsWith("\xef\xbb\xbf"))
        piece.remove(0, 3);
    m_text.remove(0, m_place);
    m_place = 0;
    if (m_decoder)
        m_text += QString(m_decoder->decode(piece)).toUtf8();
    else
        m_text += piece;
    if (!m_isBegun) {
        m_isBegun = true;
        if (!m_text.contains('\n') && m_text.contains('\r'))
            m_lineEnd = '\r';
        if (m_format.delimiter == 0)
            m_format.delimiter = guessDelimiter(m_text);
    }
    return std::nullopt;
}

/// The next line with its end; nothing when more has to be read, or all was.
std::optional<QByteArrayView> CsvReader::nextLine()
{
    const qsizetype end = m_text.indexOf(m_lineEnd, m_place);
    if (end < 0 && (!m_isOver || m_place == m_text.size()))
        return std::nullopt;
    const qsizetype behind = end < 0 ? m_text.size() : end + 1;
    const QByteArrayView line(m_text.constData() + m_place, behind - m_place);
    m_place = behind;
    ++m_line;
    return line;
}

void CsvReader::beginRecord()
{
    m_parser->values.resize(0);
    m_parser->fields.clear();
    m_parser->isWhole = false;
    m_raw.resize(0);
    m_first = 0;
}

base::Result<bool> CsvReader::next(CsvRecord &record)
{
    if (m_parser)
        beginRecord();
    while (true) {
        const std::optional<QByteArrayView> line = nextLine();
        if (!line && m_isOver && m_isBegun)
            return finish(record);
        if (!line) {
            if (m_text.size() - m_place + m_raw.size() > longestRecord)
                return base::Error{
                    .kind = base::ErrorKind::Limit,
                    .text = Text::tr("A row of the file is longer than 64 MiB"),
                    .where = Text::tr("line %1").arg(m_first > 0 ? m_first : m_line + 1),
                    .hint = Text::tr("a quote that is opened there is probably never closed")};
            if (const auto error = fill())
                return *error;
            if (!m_parser)
                m_parser = std::make_unique<Parser>(m_format.delimiter);
            continue;
        }
        if (take(*line, record))
            return true;
    }
}

/// True when \a line completes a record.
bool CsvReader::take(QByteArrayView line, CsvRecord &record)
{
    const bool isFirst = m_first == 0;
    const bool isBlank = isFirst && withoutEnd(line).isEmpty();
    if (isFirst)
        m_first = m_line;
    if (isBlank) {
        // Of a single column it is a row: COPY writes NULL like that.
        m_first = m_width == 1 ? m_first : 0;
        if (m_width == 1) {
            m_parser->fields.push_back({0, -1});
            handOut(record);
        }
        return m_width == 1;
    }
    if (!m_parser->feed(line)) {
        m_raw += line;
        fault(Text::tr("a quote stands inside a field that does not begin with one, or text "
                       "follows the closing one"),
              record);
        m_parser = std::make_unique<Parser>(m_format.delimiter);
        return true;
    }
    if (!m_parser->isWhole || !m_raw.isEmpty())
        m_raw += line;
    // The last line may have no end.
    if (!m_parser->isWhole)
        return false;
    handOut(record);
    if (!record.fault.isEmpty())
        record.raw = withoutEnd(m_raw.isEmpty() ? line : QByteArrayView(m_raw)).toByteArray();
    return true;
}

bool CsvReader::finish(CsvRecord &record)
{
    if (m_first == 0)
        return false;
    const QByteArray raw = withoutEnd(m_raw).toByteArray();
    if (m_parser->finish()) {
        handOut(record);
    } else {
        fault(Text::tr("a quote is opened and never closed"), record);
        m_parser = std::make_unique<Parser>(m_format.delimiter);
    }
    if (!record.fault.isEmpty())
        record.raw = raw;
    return true;
}

void CsvReader::fault(const QString &why, CsvRecord &record)
{
    record.line = m_first;
    record.fields.clear();
    record.fault = why;
    record.raw = withoutEnd(m_raw).toByteArray();
}

void CsvReader::handOut(CsvRecord &record)
{
    record.line = m_first;
    record.fault.clear();
    record.raw.clear();
    record.fields.resize(0);
    const QByteArray &values = m_parser->values;
    for (const Parser::Field &field : m_parser->fields) {
        const QByteArrayView value(values.constData() + field.begin,
                                   qMax<qsizetype>(0, field.size));
        const bool isNull =
            m_format.nullText ? value == QByteArrayView(*m_format.nullText) : field.size < 0;
        record.fields << (isNull ? std::nullopt : std::optional(value));
    }
    if (m_width < 0)
        m_width = record.fields.size();
    if (!values.isValidUtf8())
        record.fault = Text::tr("it is not UTF-8: the file has another encoding");
    else if (values.contains('\0'))
        record.fault = Text::tr("it holds a zero byte, which no text in PostgreSQL can");
}

char guessDelimiter(const QByteArray &beginning)
{
    char best = ',';
    double bestShare = 0;
    qsizetype bestWidth = 1;
    for (const char candidate : candidates) {
        QByteArray text = beginning;
        QBuffer buffer(&text);
        buffer.open(QIODevice::ReadOnly);
        CsvReader reader(buffer, {.delimiter = candidate});
        CsvRecord record;
        QHash<qsizetype, int> widths;
        int records = 0;
        while (records < 200) {
            const base::Result<bool> more = reader.next(record);
            if (!more || !*more)
                break;
            ++records;
            if (record.fields.size() > 1)
                ++widths[record.fields.size()];
        }
        for (auto it = widths.cbegin(); it != widths.cend(); ++it) {
            const double share = double(it.value()) / records;
            if (share > bestShare + 0.05 ||
                (share > bestShare - 0.05 && it.key() > bestWidth && best != candidate)) {
                best = candidate;
                bestShare = share;
                bestWidth = it.key();
            }
        }
    }
    return best;
}

} // namespace rows
