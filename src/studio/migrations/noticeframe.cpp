// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/migrations/noticeframe.h"

#include "studio/migrations/cardpainter.h"
#include "studio/widgets/theme.h"

#include <QGridLayout>
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
/// What belongs to a table comes with its name, what changes its schema with that.
QString shownName(const diff::RenameCandidate &candidate, const schema::Name &name)
{
    if (!candidate.table.name.isEmpty())
        return candidate.table.name + u'.' + name.name;
    return candidate.from.schema == candidate.to.schema ? name.name : name.qualified();
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

RenameFrame::RenameFrame(const RenameQuestion &question, QWidget *parent)
    : NoticeFrame(Tone::Question, tr("Is this a rename?"), parent)
{
    addPicture(question.candidate);
    addAnswers(question);
}

void RenameFrame::addPicture(const diff::RenameCandidate &candidate)
{
    auto *picture = new QHBoxLayout;
    picture->setSpacing(12);
    QLabel *from = chip(shownName(candidate, candidate.from), "removed");
    QFont struck = from->font();
    struck.setStrikeOut(true);
    from->setFont(struck);
    picture->addWidget(from);
    picture->addWidget(label(QStringLiteral("→ ?"), "faint"));
    picture->addWidget(chip(shownName(candidate, candidate.to), "added"));
    picture->addSpacing(4);
    picture->addWidget(wrapped(candidate.evidence.join(QStringLiteral(", ")), "dim"), 1);
    body()->addLayout(picture);
}

void RenameFrame::addAnswers(const RenameQuestion &question)
{
    const QString before = question.candidate.from.name;
    const QString after = question.candidate.to.name;
    auto *answers = new QHBoxLayout;
    answers->setSpacing(8);
    const auto button = [&](const QString &text, const char *name, RenameReply reply) {
        auto *made = new QPushButton(text);
        made->setObjectName(QLatin1String(name));
        connect(made, &QPushButton::clicked, this, [this, reply] { Q_EMIT answered(reply); });
        answers->addWidget(made);
        return made;
    };
    QString said;
    switch (question.reply) {
    case RenameReply::Open:
        button(tr("Rename %1 → %2").arg(before, after), "rename", RenameReply::Rename)
            ->setProperty("primary", true);
        button(tr("Drop %1, add %2").arg(before, after), "dropAndAdd", RenameReply::DropAndAdd);
        said = tr("A rename keeps the values. Dropping loses them.");
        break;
    case RenameReply::Rename:
        button(tr("Take the answer back"), "takeBack", RenameReply::Open);
        said = tr("Yes: %1 becomes %2 and keeps its values.").arg(before, after);
        break;
    case RenameReply::DropAndAdd:
        button(tr("Take the answer back"), "takeBack", RenameReply::Open);
        said = tr("No: %1 is dropped with its values, %2 starts empty.").arg(before, after);
        break;
    }
    answers->addWidget(wrapped(said, "dim"), 1);
    body()->addLayout(answers);
}

RefusalFrame::RefusalFrame(const QList<base::Error> &obstacles, QWidget *parent)
    : NoticeFrame(Tone::Refusal, tr("This cannot be written"), parent)
{
    body()->addWidget(wrapped(tr("No statements can make these changes as the code has them. So "
                                 "that the folder never says less than the code, nothing is "
                                 "written until they are mended."),
                              "dim"));
    for (const base::Error &obstacle : obstacles) {
        auto *line = new QHBoxLayout;
        line->setSpacing(8);
        base::Error words = obstacle;
        if (!obstacle.where.isEmpty()) {
            line->addWidget(chip(obstacle.where, "removed"), 0, Qt::AlignTop);
            words.where.clear();
        }
        line->addWidget(wrapped(base::toLine(words), "dim"), 1);
        body()->addLayout(line);
    }
}

RowsFrame::RowsFrame(const BlockingRows &rows, QWidget *parent)
    : NoticeFrame(Tone::Refusal, tr("Rows stand in the way"), parent)
{
    setObjectName(QStringLiteral("blockingRows"));
    body()->addWidget(wrapped(rows.what, "removed"));
    QLabel *statement = wrapped(tr("This statement would fail: %1").arg(rows.statement), "dim");
    body()->addWidget(statement);
    if (!rows.rows.isEmpty())
        addRows(rows);
    if (rows.count > rows.rows.size())
        body()->addWidget(
            wrapped(tr("%1 more rows like these").arg(rows.count - rows.rows.size()), "dim"));
    setAccessibleDescription(rows.what);
}

void RowsFrame::addRows(const BlockingRows &rows)
{
    constexpr int longest = 40; // characters of a value
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(20);
    grid->setVerticalSpacing(4);
    const auto put = [grid](int row, qsizetype column, const QString &text, const char *tone) {
        const QString shown =
            text.size() > longest ? text.left(longest - 1) + QStringLiteral("…") : text;
        QLabel *cell = label(shown.simplified(), tone);
        cell->setFont(monoFont());
        cell->setToolTip(text.size() > longest ? text : QString());
        grid->addWidget(cell, row, int(column), Qt::AlignLeft);
    };
    for (qsizetype column = 0; column < rows.columns.size(); ++column)
        put(0, column, rows.columns.at(column), "faint");
    for (qsizetype row = 0; row < rows.rows.size(); ++row) {
        const QStringList &cells = rows.rows.at(row);
        for (qsizetype column = 0; column < cells.size(); ++column)
            put(int(row) + 1, column, cells.at(column), "text");
    }
    grid->setColumnStretch(int(rows.columns.size()), 1);
    body()->addLayout(grid);
}

} // namespace studio
