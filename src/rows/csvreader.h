// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringDecoder>

#include <memory>
#include <optional>

QT_BEGIN_NAMESPACE
class QIODevice;
QT_END_NAMESPACE

namespace rows
{

enum class CsvEncoding {
    ByMark, ///< UTF-16 when its byte order mark says so, else UTF-8
    Latin1
};

/// How a file of separated values is written.
struct CsvFormat {
    char delimiter = 0; ///< 0: as the file's beginning tells
    CsvEncoding encoding = CsvEncoding::ByMark;
    bool hasTitles = true; ///< the first record names the columns
    /// What NULL is written as; nothing: as an empty field without quotes.
    std::optional<QByteArray> nullText;
};

/// One record of a file.
struct CsvRecord {
    qint64 line = 0;                             ///< where it begins, counted from 1
    QList<std::optional<QByteArrayView>> fields; ///< UTF-8, valid until the next record is read
    QString fault;                               ///< why it cannot be taken apart; empty: it can
    QByteArray raw; ///< with a fault: the text as it stands in the file, without its line end
};

/// Reads RFC 4180, one record after the other, by libcsv: quoted fields hold delimiters, line ends
/// and doubled quotes; spaces belong to a field. In memory are a piece of the file and one record.
/// A record that breaks the rules is handed out with its fault, and reading goes on in the next
/// line.
class CsvReader
{
public:
    /// \a device is open and stays so. A delimiter of 0 is guessed, see delimiter().
    CsvReader(QIODevice &device, CsvFormat format);
    ~CsvReader();
    CsvReader(const CsvReader &) = delete;
    CsvReader &operator=(const CsvReader &) = delete;

    /// The next record; false at the end. Limit for a record of more than 64 MiB, Io.
    base::Result<bool> next(CsvRecord &record);

    char delimiter() const { return m_format.delimiter; }
    qint64 bytesRead() const { return m_bytes; } ///< of the device

private:
    struct Parser;

    std::optional<base::Error> fill();
    std::optional<QByteArrayView> nextLine();
    bool take(QByteArrayView line, CsvRecord &record);
    bool finish(CsvRecord &record);
    void handOut(CsvRecord &record);
    void fault(const QString &why, CsvRecord &record);
    void beginRecord();

    QIODevice &m_device;
    CsvFormat m_format;
    std::unique_ptr<Parser> m_parser;
    std::optional<QStringDecoder> m_decoder; ///< nothing: the bytes are UTF-8 already
    QByteArray m_text;                       ///< read and decoded
    qsizetype m_place = 0;                   ///< what of it was taken
    char m_lineEnd = '\n';
    bool m_isBegun = false;
    bool m_isOver = false;
    qint64 m_line = 0;      ///< of the line taken last
    qint64 m_first = 0;     ///< line in which the record began
    QByteArray m_raw;       ///< the record so far, when it goes over several lines
    qsizetype m_width = -1; ///< fields of the first record
    qint64 m_bytes = 0;
};

/// The delimiter that takes the records of \a beginning apart most evenly: one of , ; | and the
/// tab; the comma where none does.
char guessDelimiter(const QByteArray &beginning);

} // namespace rows
