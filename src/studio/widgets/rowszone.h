// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimeZone>

#include <functional>

namespace studio
{

struct RowsColumn;

/// In which zone moments are shown; what is edited and copied stays the server's own text.
struct RowsZone {
    enum class Kind {
        Server, ///< as the text comes
        Utc,
        Local, ///< of this machine
        Named,
    };
    Kind kind = Kind::Server;
    QByteArray name; ///< of a named one, by IANA: Europe/Berlin

    QTimeZone zone() const;    ///< invalid for the server's
    QString shortText() const; ///< for a header: UTC, local, Berlin; empty for the server's
    QString text() const;
    bool operator==(const RowsZone &) const = default;
};

/// The zone as it is kept between two runs.
QByteArray packed(const RowsZone &zone);
RowsZone unpackedZone(const QByteArray &kept); ///< what cannot be read is the server's

/// Whether values of \a column hold moments: timestamptz, ranges and arrays of it.
bool holdsMoments(const RowsColumn &column);

/// \a text with every moment in it written in \a zone, to the microsecond; infinity, and what is
/// none, stays as it is.
QString inZone(const QString &text, const QTimeZone &zone);

/// The zone that all grids of a project show moments in.
class RowsZoneChoice final : public QObject
{
    Q_OBJECT

public:
    using Read = std::function<QByteArray()>;
    using Write = std::function<void(const QByteArray &)>;

    /// Without functions it is kept in memory only.
    explicit RowsZoneChoice(Read read = {}, Write write = {}, QObject *parent = nullptr);

    RowsZone zone() const;
    void choose(const RowsZone &zone);

Q_SIGNALS:
    void changed();

private:
    const Read m_read;
    const Write m_write;
    RowsZone m_zone; ///< without functions
};

} // namespace studio
