// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace studio
{

/// The filters beside the tools; below them as soon as they do not fit beside them in one line, so
/// that neither is squeezed. Its layout is a QBoxLayout of the two, the filters first.
class FilterTools final : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;

protected:
    bool event(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void arrange();
};

} // namespace studio
