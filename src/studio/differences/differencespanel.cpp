// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/differences/differencespanel.h"

#include "studio/differences/differencesdelegate.h"
#include "studio/differences/differencesmodel.h"
#include "ui_differencespanel.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>

namespace studio
{

DifferencesPanel::DifferencesPanel(QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::DifferencesPanel>())
    , m_model(new DifferencesModel(this))
{
    m_ui->setupUi(this);
    setProperty("surface", QStringLiteral("panel"));
    setAttribute(Qt::WA_StyledBackground);
    m_ui->differencesEmpty->setProperty("tone", QStringLiteral("dim"));
    m_ui->differencesHint->setProperty("tone", QStringLiteral("dim"));
    m_ui->differenceList->setModel(m_model);
    m_ui->differenceList->setItemDelegate(new DifferencesDelegate(this));
    m_ui->differenceList->setMouseTracking(true);
    m_ui->differenceList->installEventFilter(this);
    connect(m_ui->differenceList->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex &current) {
                const auto table = current.data(DifferencesModel::TableRole).value<schema::Name>();
                if (!table.name.isEmpty())
                    Q_EMIT tableWanted(table);
            });
    setFocusProxy(m_ui->differenceList);
    showEmptiness();
}

DifferencesPanel::~DifferencesPanel() = default;

void DifferencesPanel::setDifferences(const QList<diff::Change> &changes,
                                      const QStringList &notices)
{
    m_model->setDifferences(changes, notices);
    showEmptiness();
}

void DifferencesPanel::setEmptyText(const QString &text)
{
    m_ui->differencesEmpty->setText(text);
}

bool DifferencesPanel::eventFilter(QObject *watched, QEvent *event)
{
    const QModelIndex current = m_ui->differenceList->currentIndex();
    if (watched == m_ui->differenceList && event->type() == QEvent::KeyPress &&
        static_cast<QKeyEvent *>(event)->matches(QKeySequence::Copy) && current.isValid()) {
        QGuiApplication::clipboard()->setText(current.data().toString());
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void DifferencesPanel::showEmptiness()
{
    const bool empty = m_model->rowCount() == 0;
    m_ui->differencesEmpty->setVisible(empty);
    m_ui->differencesHint->setVisible(!empty);
    m_ui->differenceList->setVisible(!empty);
}

} // namespace studio
