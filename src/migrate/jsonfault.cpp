// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/jsonfault.h"

#include "migrate/text.h"

#include <QFile>
#include <QFileInfo>
#include <QStringConverter>

#include <nlohmann/json.hpp>

namespace migrate
{

namespace
{
/// Where a file is too large to be anybody's snapshot or migration: 256 MiB.
constexpr qint64 mostBytes = 256LL * 1024 * 1024;

JsonFault at(JsonFault::Kind kind, const QByteArray &bytes, qsizetype offset)
{
    const QByteArray before = bytes.left(offset);
    JsonFault fault{.kind = kind, .text = {}, .hint = {}};
    fault.line = int(before.count('\n')) + 1;
    fault.column = int(offset - (before.lastIndexOf('\n') + 1)) + 1;
    return fault;
}

qsizetype firstInvalidUtf8(const QByteArray &bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8);
    (void)QString(decoder(bytes));
    if (!decoder.hasError())
        return -1;
    // Rare, so that halving with a fresh decoder is good enough.
    qsizetype good = 0, bad = bytes.size();
    while (bad - good > 1) {
        const qsizetype middle = (good + bad) / 2;
        QStringDecoder half(QStringDecoder::Utf8);
        (void)QString(half(bytes.left(middle)));
        (half.hasError() ? bad : good) = middle;
    }
    return good;
}
} // namespace

int conflictMarkerLine(const QByteArray &bytes)
{
    int line = 1;
    for (qsizetype start = 0; start >= 0 && start < bytes.size(); ++line) {
        const QByteArrayView rest = QByteArrayView(bytes).sliced(start);
        if (rest.startsWith("<<<<<<< ") || rest.startsWith(">>>>>>> "))
            return line;
        const qsizetype end = bytes.indexOf('\n', start);
        start = end < 0 ? -1 : end + 1;
    }
    return 0;
}

std::optional<JsonFault> notUtf8(const QByteArray &bytes)
{
    const qsizetype offset = firstInvalidUtf8(bytes);
    if (offset < 0)
        return std::nullopt;
    JsonFault fault = at(JsonFault::Kind::NotUtf8, bytes, offset);
    fault.text = Text::tr("The file is not UTF-8");
    fault.hint = Text::tr("restore it from git");
    return fault;
}

std::optional<JsonFault> faultIn(const QByteArray &bytes)
{
    if (bytes.trimmed().isEmpty())
        return JsonFault{.kind = JsonFault::Kind::Empty,
                         .text = Text::tr("The file is empty"),
                         .hint = Text::tr("restore it from git")};
    if (const int line = conflictMarkerLine(bytes); line > 0)
        return JsonFault{
            .kind = JsonFault::Kind::ConflictMarkers,
            .line = line,
            .text = Text::tr("The file holds conflict markers of a git merge"),
            .hint = Text::tr("do not take one side: \"sluice check --rebase\" reads both")};
    if (std::optional<JsonFault> fault = notUtf8(bytes))
        return fault;
    try {
        [[maybe_unused]] const auto parsed =
            nlohmann::json::parse(bytes.begin(), bytes.end(), [](int, auto, auto &) {
                return false; // only whether it is JSON
            });
        return std::nullopt;
    } catch (const nlohmann::json::parse_error &error) {
        const qsizetype offset =
            std::min(qsizetype(error.byte > 0 ? error.byte - 1 : 0), bytes.size());
        const bool cutOff = offset >= QByteArrayView(bytes).trimmed().size();
        JsonFault fault =
            at(cutOff ? JsonFault::Kind::CutOff : JsonFault::Kind::Malformed, bytes, offset);
        fault.text =
            cutOff ? Text::tr("The file ends too early") : Text::tr("The file is not valid JSON");
        fault.hint = Text::tr("restore it from git");
        return fault;
    } catch (const nlohmann::json::exception &) {
        // A number that no double holds, which is no error of parsing to the library.
        return JsonFault{.text = Text::tr("The file is not valid JSON"),
                         .hint = Text::tr("restore it from git")};
    }
}

base::Result<QByteArray> readFile(const QString &path)
{
    using base::Error;
    using base::ErrorKind;
    const QFileInfo info(path);
    if (!info.exists())
        return Error{
            .kind = ErrorKind::NotFound, .text = Text::tr("The file is not there"), .where = path};
    if (!info.isFile())
        return Error{.kind = ErrorKind::InvalidInput,
                     .text = info.isDir() ? Text::tr("A folder lies where a file has to be")
                                          : Text::tr("This is no regular file"),
                     .where = path};
    if (info.size() > mostBytes)
        return Error{.kind = ErrorKind::Limit,
                     .text = Text::tr("The file is too large to be read"),
                     .where = path,
                     .detail = Text::tr("%1 MiB, at most %2")
                                   .arg(info.size() / (1024 * 1024))
                                   .arg(mostBytes / (1024 * 1024))};
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{.kind = ErrorKind::Io,
                     .text = Text::tr("The file cannot be read"),
                     .where = path,
                     .detail = file.errorString()};
    return file.readAll();
}

} // namespace migrate
