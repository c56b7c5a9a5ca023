// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/grid/deletedialog.h"

#include "session/commitedits.h"
#include "studio/widgets/rowstext.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTreeWidget>

namespace studio
{

namespace
{
using session::DeleteImpact;

/// What becomes of the rows that refer.
QString fateOf(const DeleteImpact &impact)
{
    if (impact.blocks())
        return DeleteDialog::tr("stand in the way");
    if (impact.action == QLatin1String("cascade"))
        return DeleteDialog::tr("are deleted, too");
    return impact.action == QLatin1String("set null")
               ? DeleteDialog::tr("lose the reference (NULL)")
               : DeleteDialog::tr("get the default");
}

struct Sums {
    qint64 deleted = 0, changed = 0, blocking = 0;
    QStringList others, keyless, circular; ///< tables
    bool isDefault = false;                ///< some get the default
    bool isCutOff = false;                 ///< there may be more
};

void note(const schema::Name &table, QStringList &tables)
{
    if (!tables.contains(table.qualified()))
        tables << table.qualified();
}

void addUp(const QList<DeleteImpact> &impacts, Sums &sums)
{
    for (const DeleteImpact &impact : impacts) {
        const bool isDeleted = impact.action == QLatin1String("cascade");
        (impact.blocks() ? sums.blocking : isDeleted ? sums.deleted : sums.changed) += impact.rows;
        if (impact.hasOthers)
            note(impact.table, sums.others);
        if (impact.isCircular)
            note(impact.table, sums.circular);
        sums.isDefault = sums.isDefault || (impact.rows > 0 &&
                                            impact.action.startsWith(QLatin1String("set default")));
        sums.isCutOff = sums.isCutOff || impact.isCutOff;
        if (!impact.blocks() && impact.rows > 0 && !impact.hasKey)
            note(impact.table, sums.keyless);
        addUp(impact.below, sums);
    }
}

/// What becomes of what undoing the commit would have to bring back.
QString wayBack(const Sums &sums)
{
    if (sums.deleted + sums.changed > session::mostCascaded)
        return DeleteDialog::tr("Undoing the commit does not bring them back: more than %1 are not "
                                "kept.")
            .arg(grouped(session::mostCascaded));
    if (!sums.circular.isEmpty())
        return DeleteDialog::tr("Undoing the commit brings them back in two steps only where they "
                                "and rows of %1 point at each other.")
            .arg(sums.circular.join(QStringLiteral(", ")));
    if (!sums.keyless.isEmpty())
        return DeleteDialog::tr("Undoing the commit brings them back, but for those of %1: they "
                                "have no key.")
            .arg(sums.keyless.join(QStringLiteral(", ")));
    return DeleteDialog::tr("Undoing the commit brings them back.");
}

QString referencesBack(const Sums &sums)
{
    const bool isKept = sums.deleted + sums.changed <= session::mostCascaded;
    return isKept && !sums.isDefault && sums.keyless.isEmpty()
               ? DeleteDialog::tr("Undoing the commit gives it back.")
               : DeleteDialog::tr("Undoing the commit does not give it back.");
}

QString countOf(qint64 rows, const Sums &sums)
{
    return sums.isCutOff ? DeleteDialog::tr("at least %1").arg(grouped(rows)) : grouped(rows);
}

QStringList sentencesOf(const Sums &sums, const std::optional<base::Error> &refusal)
{
    QStringList words;
    if (refusal)
        words << DeleteDialog::tr("The commit will be refused: %1").arg(base::toLine(*refusal));
    if (!sums.others.isEmpty())
        words << DeleteDialog::tr("Rows of %1 refer to them that are not the chosen tenant's: the "
                                  "commit will be refused as long as they do.")
                     .arg(sums.others.join(QStringLiteral(", ")));
    if (sums.blocking > 0)
        words << DeleteDialog::tr("Rows that stand in the way: %1. The server will refuse the "
                                  "deletion unless they are deleted or changed, too.")
                     .arg(countOf(sums.blocking, sums));
    if (sums.deleted > 0)
        words << DeleteDialog::tr("Rows that are deleted with them: %1. %2")
                     .arg(countOf(sums.deleted, sums), wayBack(sums));
    if (sums.changed > 0)
        words << DeleteDialog::tr("Rows that lose their reference: %1. %2")
                     .arg(countOf(sums.changed, sums), referencesBack(sums));
    if (words.isEmpty())
        words << DeleteDialog::tr("No other row refers to them.");
    words << DeleteDialog::tr("Nothing is deleted before you commit.");
    return words;
}

void addItems(const QList<DeleteImpact> &impacts, QTreeWidgetItem *parent)
{
    for (const DeleteImpact &impact : impacts) {
        auto *item = new QTreeWidgetItem(
            parent, {impact.table.qualified() + u'.' + impact.columns.join(u','),
                     grouped(impact.rows), fateOf(impact)});
        if (impact.hasOthers)
            item->setText(2, DeleteDialog::tr("refused: not the tenant's alone"));
        item->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
        addItems(impact.below, item);
        item->setExpanded(true);
    }
}
} // namespace

DeleteDialog::DeleteDialog(const QString &table, qsizetype rows, const QString &softly,
                           QWidget *parent)
    : QDialog(parent)
    , m_summary(new QLabel(tr("Looking for rows that refer to them…"), this))
    , m_tree(new QTreeWidget(this))
    , m_delete(new QPushButton(tr("Mark for deletion"), this))
{
    setObjectName(QStringLiteral("deleteDialog"));
    setWindowTitle(rows == 1 ? tr("Delete %1").arg(table)
                             : tr("Delete %1 rows of %2").arg(rows).arg(table));
    setAttribute(Qt::WA_DeleteOnClose);
    m_summary->setObjectName(QStringLiteral("deleteSummary"));
    m_summary->setWordWrap(true);
    m_tree->setObjectName(QStringLiteral("deleteImpact"));
    m_tree->setAccessibleName(tr("Rows that refer to them"));
    m_tree->setColumnCount(3);
    m_tree->setHeaderLabels({tr("Referring rows"), tr("Rows"), tr("What becomes of them")});
    m_tree->header()->setStretchLastSection(true);
    m_tree->setColumnWidth(0, 260);
    m_tree->setColumnWidth(1, 80);
    m_tree->hide();
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    auto *cancel = new QPushButton(tr("Cancel"), this);
    cancel->setObjectName(QStringLiteral("deleteCancel"));
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    buttons->addWidget(cancel);
    if (!softly.isEmpty()) {
        auto *soft = new QPushButton(tr("Set %1 instead").arg(softly), this);
        soft->setObjectName(QStringLiteral("deleteSoftly"));
        connect(soft, &QPushButton::clicked, this, [this] {
            Q_EMIT softlyWanted();
            reject();
        });
        buttons->addWidget(soft);
    }
    m_delete->setObjectName(QStringLiteral("deleteRows"));
    m_delete->setProperty("danger", true);
    m_delete->setEnabled(false);
    connect(m_delete, &QPushButton::clicked, this, &QDialog::accept);
    buttons->addWidget(m_delete);
    auto *all = new QVBoxLayout(this);
    all->setSpacing(10);
    all->addWidget(m_summary);
    all->addWidget(m_tree, 1);
    all->addLayout(buttons);
    cancel->setDefault(true);
    cancel->setFocus();
    resize(620, sizeHint().height());
}

void DeleteDialog::setImpact(const base::Result<session::Deletion> &deletion)
{
    m_delete->setEnabled(true);
    if (!deletion) {
        m_summary->setText(tr("What refers to them could not be found out: %1")
                               .arg(base::toLine(deletion.error())));
        return;
    }
    const QList<DeleteImpact> &impacts = deletion->referring;
    Sums sums;
    addUp(impacts, sums);
    m_summary->setText(sentencesOf(sums, deletion->refusal).join(QLatin1Char('\n')));
    addItems(impacts, m_tree->invisibleRootItem());
    m_tree->setVisible(!impacts.isEmpty());
    resize(620, impacts.isEmpty() ? sizeHint().height() : 340);
}

} // namespace studio
