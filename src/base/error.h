// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/span.h"

#include <QMetaType>
#include <QString>

#include <optional>

namespace base
{

/// What kind of failure it is, for code that reacts to it; people read the texts.
enum class ErrorKind {
    NotFound,       ///< a file, project, table or program is not there
    InvalidInput,   ///< a file or an argument cannot be understood
    Unsupported,    ///< understood, but Sluice does not do it
    Ambiguous,      ///< a question to the person is open
    Io,             ///< reading or writing a file failed
    Process,        ///< a helper program failed
    Limit,          ///< a limit of time, memory or size was reached
    Connection,     ///< the server cannot be reached, or the connection broke
    Authentication, ///< the server refused the login
    Server,         ///< the server answered with an error; sqlState is set
    Refused,        ///< a safety rule forbids it
    Cancelled,      ///< the person or a newer request cancelled it
};

/// One flat value for every expected failure: what, where, why, what to do.
/// Secrets never enter an Error: whoever makes one leaves passwords out.
struct Error {
    ErrorKind kind = ErrorKind::InvalidInput;
    QString text;                 ///< what failed, one sentence without a full stop
    QString where;                ///< file:line, host:port, table; may be empty
    QString detail;               ///< why: the server's or the program's own words; may be empty
    QString hint;                 ///< what to do; may be empty
    QString sqlState;             ///< five characters of PostgreSQL's SQLSTATE, or empty
    std::optional<TextSpan> span; ///< the place in the text that was given (a statement), if known

    bool operator==(const Error &) const = default;
};

/// "text (where): detail; hint", parts that are empty left out: the form of standard error.
QString toLine(const Error &error);

} // namespace base

Q_DECLARE_METATYPE(base::Error)
