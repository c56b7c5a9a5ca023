// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

namespace studio
{

/// A short text in a rounded frame that can be clicked, ticked or removed: filters, relations,
/// columns.
class Chip final : public QAbstractButton
{
    Q_OBJECT

public:
    enum class Kind {
        Plain,   ///< a value; ticked: in the accent's colours
        Add,     ///< dashed: adds one
        Tenant,  ///< the tenant's scope
        Warning, ///< says what is missing
        Quiet,   ///< says that something does not apply
    };
    enum class Shape { Round, Square };

    Chip(Kind kind, const QString &text, QWidget *parent = nullptr);

    void setShape(Shape shape);
    void setKind(Kind kind);
    /// Text in which the part in the middle is bold: type **is** company. Also the accessible name.
    void setParts(const QString &before, const QString &bold, const QString &after);
    void setRemovable(bool isRemovable); ///< a cross at the end; also Delete and Backspace
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void removeRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    QRect crossRect() const;
    QFont boldFont() const;
    int textWidth() const;

    Kind m_kind;
    Shape m_shape = Shape::Round;
    bool m_isRemovable = false;
    QString m_before, m_bold, m_after;
};

} // namespace studio
