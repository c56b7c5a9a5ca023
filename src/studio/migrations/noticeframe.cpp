// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/migrations/noticeframe.h"

#include "studio/migrations/cardpainter.h"
#include "studio/widgets/theme.h"

#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace studio
{

namespace
{
QLabel *label(const QString &text, const char *tone)
{
    auto *widget = new QLabel(text);
    widget->setTextFormat(Qt::PlainText);
    widget->setProperty("tone", QLatin1String(tone));
    return widget;
}

QLabel *wrapped(const QString &text, const char *tone)
{
    QLabel *widget = label(text, tone);
    widget->setWordWrap(true);
    return widget;
}

/// A name on a raised ground, as in the question's picture.
QLabel *chip(const QString &name, const char *tone)
{
    QLabel *widget = label(name, tone);
    widget->setFont(monoFont());
    widget->setProperty("mono", true);
    widget->setProperty("badge", QLatin1String(tone));
    widget->setMargin(4);
    return widget;
}
} // namespace

NoticeFrame::NoticeFrame(Tone tone, const QString &title, QWidget *parent)
    : QFrame(parent)
    , m_tone(tone)
    , m_body(new QVBoxLayout(this))
{
    m_body->setContentsMargins(12, 9, 12, 12);
    m_body->setSpacing(10);
    QLabel *heading = label(title, tone == Tone::Question ? "changed" : "removed");
    QFont font = heading->font();
    font.setWeight(QFont::DemiBold);
    heading->setFont(font);
    m_body->addWidget(heading);
    setAccessibleName(title);
}

void NoticeFrame::paintEvent(QPaintEvent *)
{
    const Colors &used = colors(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintPanel(painter, rect(), m_tone == Tone::Question ? used.changed : used.removed, used.panel);
}

RenameFrame::RenameFrame(const diff::RenameCandidate &candidate, bool accepted, QWidget *parent)
    : NoticeFrame(Tone::Question, tr("Is this a rename?"), parent)
{
    const QString prefix = candidate.table.name.isEmpty() ? QString() : candidate.table.name + u'.';
    const QString before = candidate.from.name;
    const QString after = candidate.to.name;
    auto *picture = new QHBoxLayout;
    picture->setSpacing(12);
    QLabel *from = chip(prefix + before, "removed");
    QFont struck = from->font();
    struck.setStrikeOut(true);
    from->setFont(struck);
    picture->addWidget(from);
    picture->addWidget(label(QStringLiteral("→ ?"), "faint"));
    picture->addWidget(chip(prefix + after, "added"));
    picture->addSpacing(4);
    picture->addWidget(wrapped(candidate.evidence.join(QStringLiteral(", ")), "dim"), 1);
    body()->addLayout(picture);

    auto *answers = new QHBoxLayout;
    answers->setSpacing(8);
    auto *rename = new QPushButton(tr("Rename"));
    rename->setObjectName(QStringLiteral("rename"));
    rename->setEnabled(false);
    rename->setToolTip(tr("Writing a rename is not supported yet"));
    rename->setAccessibleDescription(rename->toolTip());
    auto *drop = new QPushButton(accepted ? tr("Take the answer back")
                                          : tr("Drop %1, add %2").arg(before, after));
    drop->setObjectName(QStringLiteral("dropAndAdd"));
    drop->setProperty("primary", !accepted);
    connect(drop, &QPushButton::clicked, this, [this, accepted] { Q_EMIT answered(!accepted); });
    answers->addWidget(rename);
    answers->addWidget(drop);
    answers->addWidget(
        wrapped(accepted
                    ? tr("No: %1 is dropped with its values, %2 starts empty.").arg(before, after)
                    : tr("Writing a rename is not supported yet. Dropping loses the values."),
                "dim"),
        1);
    body()->addLayout(answers);
}

UnsupportedFrame::UnsupportedFrame(const QList<diff::Unsupported> &changes, QWidget *parent)
    : NoticeFrame(Tone::Refusal, tr("Not supported yet"), parent)
{
    body()->addWidget(wrapped(
        tr("Sluice sees these changes but cannot write them as SQL yet. So that the folder never "
           "says less than the code, nothing is written while they are there."),
        "dim"));
    for (const diff::Unsupported &change : changes) {
        auto *line = new QHBoxLayout;
        line->setSpacing(8);
        line->addWidget(chip(change.name, "removed"), 0, Qt::AlignTop);
        const QString words =
            change.what.isEmpty() ? change.kind : change.kind + QStringLiteral(": ") + change.what;
        line->addWidget(wrapped(words, "dim"), 1);
        body()->addLayout(line);
    }
}

} // namespace studio
