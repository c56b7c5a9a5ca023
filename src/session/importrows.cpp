// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/importrows.h"

#include "rows/writer.h"
#include "session/text.h"

#include <QFileInfo>
#include <QSaveFile>

namespace session
{

using base::Done;
using base::Error;
using base::ErrorKind;
using base::Result;

namespace
{
constexpr qsizetype pieceSize = 1 << 17; // bytes
constexpr qsizetype shownLength = 200;   // characters

Error fileError(const QFileDevice &file, const QString &what)
{
    return {.kind = ErrorKind::Io,
            .text = what,
            .where = file.fileName(),
            .detail = file.errorString()};
}

/// \a value in COPY's text form.
void addCopied(const std::optional<QByteArrayView> &value, QByteArray &out)
{
    if (!value) {
        out += "\\N";
        return;
    }
    for (const char c : *value) {
        switch (c) {
        case '\\':
            out += "\\\\";
            break;
        case '\t':
            out += "\\t";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\r':
            out += "\\r";
            break;
        default:
            out += c;
        }
    }
}
} // namespace

QString shownValue(QByteArrayView value)
{
    const QString text = QString::fromUtf8(value.first(qMin(value.size(), 4 * shownLength)));
    return text.size() > shownLength ? text.left(shownLength) + u'\u2026' : text;
}

Result<Done> ImportRows::open()
{
    m_number = 0;
    m_faults.clear();
    m_faulty.clear();
    m_reader.reset();
    m_file = std::make_unique<QFile>(m_request.file.path);
    if (!m_file->open(QIODevice::ReadOnly))
        return fileError(*m_file, Text::tr("The file cannot be read"));
    const QFileInfo info(m_request.file.path);
    const bool isAgain = m_size >= 0;
    if (isAgain && (info.size() != m_size || info.lastModified() != m_changed))
        return Error{.kind = ErrorKind::Refused,
                     .text = Text::tr("The file was changed while it was imported"),
                     .where = m_request.file.path,
                     .hint = Text::tr("import it again")};
    m_size = info.size();
    m_changed = info.lastModified();
    if (m_progress) {
        m_progress->size = m_size;
        m_progress->step = ImportProgress::Step::Reading;
    }
    m_reader = std::make_unique<rows::CsvReader>(*m_file, m_request.file.format);
    return Done{};
}

Result<bool> ImportRows::skipTitles(rows::CsvRecord &record)
{
    return m_request.file.format.hasTitles ? m_reader->next(record) : Result<bool>(true);
}

void ImportRows::note(const rows::CsvRecord &record, const QString &reason, const QString &value)
{
    m_faulty << m_number;
    if (m_faults.size() < m_request.listed)
        m_faults << BadRow{record.line, {}, value, reason};
}

void ImportRows::add(const rows::CsvRecord &record, const QList<StagedColumn> &columns,
                     QByteArray &piece)
{
    ++m_number;
    if (!record.fault.isEmpty())
        return note(record, record.fault, shownValue(record.raw));
    const qsizetype wanted = m_request.columns.size();
    if (record.fields.size() != wanted)
        return note(
            record,
            Text::tr("it has %1 fields instead of %2").arg(record.fields.size()).arg(wanted),
            shownValue(record.fields.value(0).value_or(QByteArrayView())));
    piece += QByteArray::number(m_number);
    piece += '\t';
    piece += QByteArray::number(record.line);
    for (const StagedColumn &column : columns) {
        piece += '\t';
        std::optional<QByteArrayView> value;
        if (column.source >= 0)
            value = record.fields.at(column.source);
        if (!value && column.instead)
            value = QByteArrayView(*column.instead);
        addCopied(value, piece);
    }
    piece += '\n';
}

pg::CopySource ImportRows::source(const QList<StagedColumn> &columns)
{
    return [this, columns, isBegun = false](QByteArray &piece) mutable -> Result<bool> {
        rows::CsvRecord record;
        if (!isBegun) {
            isBegun = true;
            if (const Result<bool> titles = skipTitles(record); !titles || !*titles)
                return titles;
        }
        while (piece.size() < pieceSize) {
            const Result<bool> more = m_reader->next(record);
            if (!more)
                return more;
            if (!*more)
                break;
            add(record, columns, piece);
        }
        if (m_progress) {
            m_progress->rows = m_number;
            m_progress->bytes = m_reader->bytesRead();
        }
        return !piece.isEmpty();
    };
}

Result<Done> ImportRows::keep(const QList<qint64> &numbers, const QString &path)
{
    if (const Result<Done> opened = open(); !opened)
        return opened;
    QSaveFile out(path); // a temporary one beside it, renamed by commit()
    if (!out.open(QIODevice::WriteOnly))
        return fileError(out, Text::tr("The bad rows cannot be kept"));
    rows::CsvRecord record;
    QByteArray piece;
    const std::optional<QByteArray> &nullText = m_request.file.format.nullText;
    const auto add = [&] {
        if (!record.fault.isEmpty()) {
            piece += record.raw + '\n';
            return;
        }
        rows::RowWriter::Cells cells;
        for (const auto &field : std::as_const(record.fields))
            cells << (field || !nullText ? field : std::optional(QByteArrayView(*nullText)));
        rows::addSeparated(cells, m_reader->delimiter(), piece);
    };
    if (m_request.file.format.hasTitles) {
        if (const Result<bool> titles = skipTitles(record); !titles)
            return titles.error();
        add();
    }
    auto wanted = numbers.cbegin();
    for (qint64 number = 1; wanted != numbers.cend(); ++number) {
        const Result<bool> more = m_reader->next(record);
        if (!more)
            return more.error();
        if (!*more)
            break;
        if (number != *wanted)
            continue;
        ++wanted;
        add();
        if (piece.size() > pieceSize) {
            out.write(piece);
            piece.resize(0);
        }
    }
    if (out.write(piece) != piece.size() || !out.commit())
        return fileError(out, Text::tr("The bad rows cannot be kept"));
    return Done{};
}

} // namespace session
