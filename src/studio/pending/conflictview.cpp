// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/pending/conflictview.h"

#include "studio/pending/pendingtree.h"
#include "studio/widgets/rowstext.h"

#include <QButtonGroup>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

namespace studio
{

namespace
{
using edits::RowEdit;
using session::ColumnConflict;
using session::RowConflict;

QLabel *label(const QString &text, const char *tone, QWidget *parent)
{
    auto *made = new QLabel(text, parent);
    made->setTextFormat(Qt::PlainText);
    made->setProperty("tone", QLatin1String(tone));
    return made;
}

QString sentenceOf(const RowConflict &conflict)
{
    if (conflict.isGone)
        return ConflictView::tr("The row is not there any more: somebody has deleted it, or it "
                                "belongs to another tenant now.");
    if (conflict.edit.kind == RowEdit::Kind::Delete)
        return ConflictView::tr("Somebody has changed the row that you want to delete.");
    return ConflictView::tr("Somebody has changed the row since you edited it.");
}

/// Of a long value its beginning and its size.
QString textOfTheirs(const ColumnConflict &column)
{
    if (column.theirsBegin.bytes == 0)
        return valueText(column.theirs);
    const sql::Parameter begin(column.theirsBegin.text.toUtf8());
    return ConflictView::tr("%1, %2 in all")
        .arg(valueText(edits::NewValue::of(begin)), sizeText(column.theirsBegin.bytes));
}
} // namespace

ConflictView::ConflictView(QWidget *parent)
    : QScrollArea(parent)
{
    setObjectName(QStringLiteral("conflictView"));
    setAccessibleName(tr("Conflicts"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
}

void ConflictView::setConflicts(const QList<RowConflict> &conflicts)
{
    auto *all = new QWidget(this);
    all->setProperty("surface", QStringLiteral("panel"));
    m_cards = new QVBoxLayout(all);
    m_cards->setContentsMargins(12, 10, 12, 10);
    m_cards->setSpacing(10);
    m_cards->addWidget(label(tr("Nothing was saved. Choose for each row what is right, then commit "
                                "again."),
                             "changed", all));
    for (qsizetype i = 0; i < conflicts.size(); ++i)
        m_cards->addWidget(cardOf(conflicts.at(i), int(i)));
    m_cards->addStretch(1);
    setWidget(all); // deletes the one before
}

QWidget *ConflictView::cardOf(const RowConflict &conflict, int number)
{
    auto *card = new QFrame;
    card->setObjectName(QStringLiteral("conflict_%1").arg(number));
    card->setProperty("card", true);
    auto *rows = new QVBoxLayout(card);
    rows->setSpacing(6);
    rows->addWidget(label(conflict.edit.id.text(), "heading", card));
    rows->addWidget(label(sentenceOf(conflict), "dim", card));
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(18);
    grid->setColumnStretch(4, 1);
    QList<std::pair<QString, QRadioButton *>> choices;
    if (!conflict.isGone)
        addColumns(conflict, number, grid, choices);
    rows->addLayout(grid);
    auto *buttons = new QHBoxLayout;
    const auto add = [&](const char *name, const QString &text, auto mine) {
        auto *button = new QPushButton(text, card);
        button->setObjectName(QStringLiteral("%1_%2").arg(QLatin1String(name)).arg(number));
        connect(button, &QPushButton::clicked, this,
                [this, id = conflict.edit.id, mine] { Q_EMIT resolved(id, mine()); });
        buttons->addWidget(button);
    };
    const auto none = [] { return QStringList(); };
    if (conflict.isGone) {
        add("dropEdit", tr("Drop my edit"), none);
    } else if (conflict.edit.kind == RowEdit::Kind::Delete) {
        add("keepRow", tr("Keep the row"), none);
        add("deleteAnyway", tr("Delete it all the same"),
            [] { return QStringList{QStringLiteral("delete")}; });
    } else {
        add("takeChoice", tr("Take what is chosen"), [choices] {
            QStringList mine;
            for (const auto &[column, choice] : choices) {
                if (choice->isChecked())
                    mine << column;
            }
            return mine;
        });
    }
    buttons->addStretch(1);
    rows->addLayout(buttons);
    return card;
}

void ConflictView::addColumns(const RowConflict &conflict, int number, QGridLayout *grid,
                              QList<std::pair<QString, QRadioButton *>> &choices)
{
    const bool isDeletion = conflict.edit.kind == RowEdit::Kind::Delete;
    QStringList titles{tr("Column"), tr("When you edited it"), tr("Now, theirs")};
    if (!isDeletion)
        titles << tr("Yours");
    for (int i = 0; i < titles.size(); ++i)
        grid->addWidget(label(titles.at(i), "caption", this), 0, i);
    for (const ColumnConflict &column : conflict.columns) {
        if (isDeletion && !column.isChanged)
            continue;
        const int row = grid->rowCount();
        const QString theirs = textOfTheirs(column);
        grid->addWidget(label(column.column, column.isChanged ? "changed" : "dim", this), row, 0);
        grid->addWidget(label(valueText(column.base), "dim", this), row, 1);
        if (isDeletion) {
            grid->addWidget(label(theirs, "changed", this), row, 2);
            continue;
        }
        auto *group = new QButtonGroup(grid);
        auto *their = new QRadioButton(theirs, this);
        auto *mine = new QRadioButton(valueText(column.mine), this);
        their->setObjectName(QStringLiteral("theirs_%1_%2").arg(number).arg(column.column));
        mine->setObjectName(QStringLiteral("mine_%1_%2").arg(number).arg(column.column));
        their->setAccessibleName(tr("%1: keep theirs, %2").arg(column.column, theirs));
        mine->setAccessibleName(tr("%1: take mine, %2").arg(column.column, mine->text()));
        group->addButton(their);
        group->addButton(mine);
        // Where nobody else has written, the edit is as good as it was.
        (column.isChanged ? their : mine)->setChecked(true);
        const bool isAlike = edits::isSame(column.theirs, column.mine);
        mine->setEnabled(!isAlike);
        mine->setToolTip(isAlike ? tr("Both are the same") : QString());
        grid->addWidget(their, row, 2);
        grid->addWidget(mine, row, 3);
        choices.append({column.column, mine});
    }
}

} // namespace studio
