// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/problems/problemspanel.h"

#include "studio/problems/problemsdelegate.h"
#include "studio/problems/problemsmodel.h"
#include "studio/widgets/icon.h"
#include "ui_problemspanel.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenu>

namespace studio
{

ProblemsPanel::ProblemsPanel(QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::ProblemsPanel>())
    , m_model(new ProblemsModel(this))
{
    m_ui->setupUi(this);
    setProperty("surface", QStringLiteral("panel"));
    setAttribute(Qt::WA_StyledBackground);
    m_ui->problemsEmpty->setProperty("tone", QStringLiteral("dim"));
    m_ui->problemList->setModel(m_model);
    m_ui->problemList->setItemDelegate(new ProblemsDelegate(this));
    m_ui->problemList->setMouseTracking(true);
    m_ui->problemList->installEventFilter(this);
    connect(m_ui->problemList, &QTreeView::doubleClicked, this, &ProblemsPanel::open);
    connect(m_ui->problemList, &QWidget::customContextMenuRequested, this,
            &ProblemsPanel::showMenu);
    setFocusProxy(m_ui->problemList);
    showEmptiness();
}

ProblemsPanel::~ProblemsPanel() = default;

void ProblemsPanel::setProblems(const QList<schema::Problem> &problems)
{
    m_model->setProblems(problems);
    showEmptiness();
}

void ProblemsPanel::setEmptyText(const QString &text)
{
    m_ui->problemsEmpty->setText(text);
}

bool ProblemsPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_ui->problemList && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const QModelIndex current = m_ui->problemList->currentIndex();
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            open(current);
            return true;
        }
        if (key->matches(QKeySequence::Copy)) {
            copy(current);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void ProblemsPanel::open(const QModelIndex &index)
{
    const auto place = index.data(ProblemsModel::LocationRole).value<schema::SourceLocation>();
    if (!place.file.isEmpty())
        Q_EMIT placeWanted(place);
}

void ProblemsPanel::copy(const QModelIndex &index)
{
    if (index.isValid())
        QGuiApplication::clipboard()->setText(index.data(ProblemsModel::CopyRole).toString());
}

void ProblemsPanel::showMenu(const QPoint &at)
{
    const QPersistentModelIndex index = m_ui->problemList->indexAt(at);
    if (!index.isValid())
        return;
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("problemMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction *opening = menu->addAction(icon(QStringLiteral("open")), tr("Open in the editor"), this,
                                       [this, index] { open(index); });
    const auto place = index.data(ProblemsModel::LocationRole).value<schema::SourceLocation>();
    opening->setEnabled(!place.file.isEmpty());
    menu->addAction(icon(QStringLiteral("copy")), tr("Copy"), this, [this, index] { copy(index); });
    menu->popup(m_ui->problemList->viewport()->mapToGlobal(at));
}

void ProblemsPanel::showEmptiness()
{
    const bool empty = m_model->rowCount() == 0;
    m_ui->problemsEmpty->setVisible(empty);
    m_ui->problemList->setVisible(!empty);
}

} // namespace studio
