// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/widgets/celltexts.h"

#include "studio/widgets/theme.h"

#include <QFontMetrics>
#include <QPainter>
#include <QtMath>

namespace studio
{

void CellTexts::setFont(const QFont &font)
{
    if (m_base == font)
        return;
    m_base = font;
    m_texts.clear();
    m_fonts.fill(font);
    const auto face = [this](Face which) -> QFont & { return m_fonts.at(size_t(which)); };
    face(Face::Italic).setItalic(true);
    face(Face::Mono) = monoFont();
    face(Face::Label).setWeight(QFont::Medium);
    face(Face::Note).setPixelSize(11);
}

int CellTexts::width(const QString &text, Face face, int width)
{
    return qCeil(laidOut({text, width, face}).size().width());
}

void CellTexts::paint(QPainter &painter, const QRect &rect, Qt::Alignment alignment,
                      const QString &text, Face face, bool struckOut)
{
    if (text.isEmpty() || rect.width() <= 0)
        return;
    const QStaticText &line = laidOut({text, rect.width(), face});
    const QSizeF size = line.size();
    QPointF at(rect.left(), rect.top() + qFloor((rect.height() - size.height()) / 2));
    if (alignment & Qt::AlignRight)
        at.rx() += rect.width() - size.width();
    else if (alignment & Qt::AlignHCenter)
        at.rx() += (rect.width() - size.width()) / 2;
    painter.setFont(font(face));
    painter.drawStaticText(at, line);
    if (struckOut) {
        const qreal y = at.y() + QFontMetricsF(font(face)).ascent() * 2 / 3;
        painter.drawLine(QPointF(at.x(), y), QPointF(at.x() + size.width(), y));
    }
}

const QStaticText &CellTexts::laidOut(const Key &key)
{
    if (const QStaticText *known = m_texts.object(key))
        return *known;
    QString text = QFontMetrics(font(key.face)).elidedText(key.text, Qt::ElideRight, key.width);
    text.replace(u'\n', u' ');
    auto *line = new QStaticText(text);
    line->setTextFormat(Qt::PlainText);
    line->setTextOption(QTextOption(Qt::AlignLeft));
    line->prepare({}, font(key.face));
    m_texts.insert(key, line);
    return *line;
}

} // namespace studio
