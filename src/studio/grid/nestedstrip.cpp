// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/grid/nestedstrip.h"

#include "query/nested.h"
#include "studio/widgets/colors.h"
#include "studio/widgets/rowstext.h"
#include "studio/widgets/rowsview.h"
#include "studio/widgets/theme.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QWheelEvent>

#include <cstdlib>

namespace studio
{

namespace
{
constexpr int TitleHeight = 26;
constexpr int HeaderHeight = 30; // of RowsHeader
constexpr int BarHeight = 10;    // below wide tables
constexpr int Indent = 14;
constexpr int Margin = 3;
} // namespace

NestedStrip::NestedStrip(const RowsSource &source, QWidget *parent)
    : QFrame(parent)
    , m_rows(source)
    , m_view(new RowsView(m_rows, this))
    , m_title(new QLabel(this))
    , m_scope(new Chip(Chip::Kind::Warning, {}, this))
    , m_count(new QLabel(this))
    , m_all(new QPushButton(this))
{
    setObjectName(QStringLiteral("nestedStrip"));
    m_view->setObjectName(QStringLiteral("nestedView"));
    m_view->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->installEventFilter(this);
    m_view->viewport()->installEventFilter(this);
    // There is one order of so few rows.
    m_view->horizontalHeader()->setSectionsClickable(false);
    m_view->horizontalHeader()->setContextMenuPolicy(Qt::PreventContextMenu);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setObjectName(QStringLiteral("nestedTitle"));
    m_title->setProperty("tone", QStringLiteral("accent"));
    m_scope->setObjectName(QStringLiteral("nestedScope"));
    m_scope->hide();
    m_count->setObjectName(QStringLiteral("nestedCount"));
    m_count->setProperty("tone", QStringLiteral("dim"));
    m_all->setObjectName(QStringLiteral("nestedAll"));
    m_all->setProperty("status", true);
    auto *line = new QHBoxLayout;
    line->setContentsMargins(6, 0, 8, 0);
    line->setSpacing(10);
    line->addWidget(m_title);
    line->addWidget(m_scope);
    line->addWidget(m_count);
    line->addWidget(m_all);
    line->addStretch(1);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(Indent, 0, 0, Margin);
    all->setSpacing(0);
    all->addLayout(line);
    all->addWidget(m_view, 1);
    for (QWidget *part : {static_cast<QWidget *>(m_title), static_cast<QWidget *>(m_count),
                          static_cast<QWidget *>(m_all)})
        part->setFixedHeight(TitleHeight - 2);
    connect(m_all, &QPushButton::clicked, this, &NestedStrip::allWanted);
    connect(m_view, &QAbstractItemView::doubleClicked, this,
            [this](const QModelIndex &cell) { Q_EMIT rowWanted(cell.row()); });
    connect(m_view, &RowsView::menuRequested, this, [this](QMenu *menu, const QModelIndex &cell) {
        menu->addSeparator();
        menu->addAction(tr("Go to this row"), this,
                        [this, row = cell.row()] { Q_EMIT rowWanted(row); })
            ->setShortcut(Qt::Key_Return);
        menu->addAction(tr("Open all of them"), this, &NestedStrip::allWanted);
    });
}

int NestedStrip::heightOf(int rows)
{
    return TitleHeight + HeaderHeight + rows * studio::rowHeight + BarHeight + Margin;
}

void NestedStrip::begin(const RowsQuery &query, const QString &relation, const QString &owner)
{
    m_title->setText(relation);
    m_count->clear();
    m_all->setText(tr("Open"));
    setAccessibleName(tr("%1 of %2").arg(relation, owner));
    m_view->setAccessibleName(accessibleName());
    m_all->setAccessibleName(tr("Open %1").arg(accessibleName()));
    m_rows.setQuery(query);
}

void NestedStrip::setScope(const std::optional<ScopeText> &scope)
{
    const bool isWarning = scope && scope->kind == Chip::Kind::Warning;
    m_scope->setVisible(isWarning);
    if (!isWarning)
        return;
    m_scope->setParts(scope->before, scope->bold, scope->after);
    m_scope->setToolTip(scope->explanation);
}

void NestedStrip::setTotal(qint64 shown, qint64 total)
{
    const bool isCounted = total <= query::mostNestedCounted;
    const QString all = isCounted ? grouped(total) : grouped(query::mostNestedCounted) + u'+';
    m_count->setText(total > shown ? tr("%1 of %2").arg(grouped(shown), all) : all);
    if (total > shown && isCounted)
        m_all->setText(tr("%1 more — open").arg(grouped(total - shown)));
    else if (total > shown)
        m_all->setText(tr("More — open"));
}

bool NestedStrip::keyPressed(const QKeyEvent &event)
{
    const auto modifiers = event.modifiers() & ~Qt::KeypadModifier;
    const bool isEnter = event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter;
    if (isEnter && modifiers == Qt::NoModifier && m_view->currentIndex().isValid()) {
        Q_EMIT rowWanted(m_view->currentIndex().row());
        return true;
    }
    if (isEnter && modifiers == Qt::ControlModifier) {
        Q_EMIT allWanted();
        return true;
    }
    if (event.key() == Qt::Key_Left && modifiers == Qt::ControlModifier) {
        Q_EMIT left();
        return true;
    }
    return false;
}

bool NestedStrip::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_view && event->type() == QEvent::KeyPress &&
        keyPressed(*static_cast<QKeyEvent *>(event)))
        return true;
    if (watched == m_view->viewport() && event->type() == QEvent::Wheel) {
        const QPoint turned = static_cast<QWheelEvent *>(event)->angleDelta();
        // There is nothing to scroll up and down but the grid.
        if (std::abs(turned.y()) > std::abs(turned.x()))
            return QCoreApplication::sendEvent(parentWidget(), event);
    }
    return QFrame::eventFilter(watched, event);
}

/// What is done here is not done to the rows behind it, but for the wheel.
bool NestedStrip::event(QEvent *event)
{
    switch (event->type()) {
    case QEvent::KeyPress:
        if (static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape)
            Q_EMIT left();
        QFrame::event(event); // Tab
        [[fallthrough]];
    case QEvent::MouseButtonPress:
    case QEvent::MouseButtonRelease:
    case QEvent::MouseButtonDblClick:
    case QEvent::MouseMove:
    case QEvent::ContextMenu:
        event->accept();
        return true;
    default:
        return QFrame::event(event);
    }
}

void NestedStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Colors &c = colors(palette());
    painter.fillRect(rect(), c.raised);
    painter.fillRect(QRect(Indent - 4, 4, 2, height() - 8), c.accent);
    painter.setPen(c.line);
    painter.drawLine(m_view->geometry().topLeft() - QPoint(0, 1),
                     m_view->geometry().topRight() - QPoint(0, 1));
    painter.drawLine(rect().bottomLeft(), rect().bottomRight());
}

} // namespace studio
