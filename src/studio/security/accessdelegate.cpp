// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/security/accessdelegate.h"

#include "studio/security/accessmodel.h"
#include "studio/widgets/colors.h"

namespace studio
{

void AccessDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const Colors &c = colors(option->palette);
    const QVariant tone = index.data(AccessModel::ToneRole);
    if (!tone.isValid())
        return;
    const QColor tones[]{c.text, c.added, c.changed, c.faint};
    for (const auto role : {QPalette::Text, QPalette::HighlightedText})
        option->palette.setColor(role, tones[tone.toInt()]);
}

} // namespace studio
