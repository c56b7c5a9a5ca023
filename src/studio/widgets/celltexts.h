// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCache>
#include <QFont>
#include <QStaticText>

#include <array>
#include <optional>

class QPainter;
class QRect;

namespace studio
{

/// Paints single lines, cut with an ellipsis where they do not fit. What has been painted in the
/// same face and width is laid out already: while one scrolls, that is nearly everything, and
/// laying a text out takes ten times as long as painting it.
class CellTexts
{
public:
    enum class Face { Plain, Italic, Mono, Label, Note };

    /// The font that the others are made from. Another one than before forgets what was laid out.
    void setFont(const QFont &font);
    const QFont &font(Face face) const { return m_fonts.at(size_t(face)); }

    /// The width that \a text takes, at most \a width.
    int width(const QString &text, Face face, int width);
    void paint(QPainter &painter, const QRect &rect, Qt::Alignment alignment, const QString &text,
               Face face, bool struckOut = false);

private:
    struct Key {
        QString text;
        int width = 0;
        Face face = Face::Plain;
        bool operator==(const Key &) const = default;
        friend size_t qHash(const Key &key, size_t seed = 0)
        {
            return qHashMulti(seed, key.text, key.width, int(key.face));
        }
    };

    const QStaticText &laidOut(const Key &key);

    std::optional<QFont> m_base;
    std::array<QFont, 5> m_fonts; ///< by Face
    QCache<Key, QStaticText> m_texts{4000};
};

} // namespace studio
