// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLayout>

#include <memory>
#include <vector>

namespace studio
{

/// Lays its widgets out one after the other, like words, in as many lines as the width needs.
class FlowLayout final : public QLayout
{
    Q_OBJECT

public:
    explicit FlowLayout(QWidget *parent = nullptr, int spacing = 6);
    ~FlowLayout() override;

    void addItem(QLayoutItem *item) override;
    int count() const override { return static_cast<int>(m_items.size()); }
    QLayoutItem *itemAt(int index) const override;
    QLayoutItem *takeAt(int index) override;
    Qt::Orientations expandingDirections() const override { return {}; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    int lineWidth() const; ///< that all of them need to stand in one line
    QSize minimumSize() const override;
    QSize sizeHint() const override;
    void setGeometry(const QRect &rect) override;

private:
    /// The height used; moves the widgets only when \a move.
    enum class Move { No, Yes };
    int arrange(const QRect &rect, Move move) const;

    std::vector<std::unique_ptr<QLayoutItem>> m_items;
};

/// Takes the widgets out of \a layout at once and deletes them later: one of them may be sending
/// the signal that leads here.
void removeWidgets(QLayout *layout);

} // namespace studio
