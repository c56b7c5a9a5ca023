// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/widgets/searchpopup.h"

#include "studio/widgets/rowground.h"
#include "studio/widgets/theme.h"

#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>

namespace studio
{

namespace
{

/// Icon, title, and the detail at the right edge.
class EntryDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        const Colors &c = colors(option.palette);
        const bool possible = index.flags().testFlag(Qt::ItemIsEnabled);
        painter->save();
        drawRowGround(*painter, option);
        QRect room = option.rect.adjusted(12, 0, -12, 0);
        const auto icon = index.data(Qt::DecorationRole).value<QIcon>();
        if (!icon.isNull()) {
            icon.paint(painter, QRect(room.left(), room.center().y() - 7, 16, 16), Qt::AlignCenter,
                       possible ? QIcon::Normal : QIcon::Disabled);
            room.setLeft(room.left() + 26);
        }
        painter->setFont(option.font);
        const QString detail = index.data(SearchModel::DetailRole).toString();
        painter->setPen(c.faint);
        painter->drawText(room, Qt::AlignRight | Qt::AlignVCenter, detail);
        room.setRight(room.right() - painter->fontMetrics().horizontalAdvance(detail) - 12);
        painter->setPen(possible ? c.text : c.faint);
        painter->drawText(room, Qt::AlignLeft | Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight,
                                                            room.width()));
        painter->restore();
    }

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {120, rowHeight + 4};
    }
};

/// How well \a title answers \a words: 0 begins with them, 1 a word begins with them, 2 holds them,
/// -1 does not.
int rank(const QString &title, const QStringList &words)
{
    int worst = 0;
    for (const QString &word : words) {
        const qsizetype at = title.indexOf(word, 0, Qt::CaseInsensitive);
        if (at < 0)
            return -1;
        const bool starts = at > 0 && !title.at(at - 1).isLetterOrNumber();
        worst = std::max(worst, at == 0 ? 0 : starts ? 1 : 2);
    }
    return worst;
}

} // namespace

void SearchModel::setEntries(QList<SearchEntry> entries)
{
    beginResetModel();
    m_entries = std::move(entries);
    search();
    endResetModel();
}

void SearchModel::setFilter(const QString &text)
{
    beginResetModel();
    m_text = text;
    search();
    endResetModel();
}

void SearchModel::search()
{
    const QStringList words = m_text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    QList<std::pair<int, qsizetype>> ranked;
    for (qsizetype i = 0; i < m_entries.size(); ++i)
        if (const int value = rank(m_entries.at(i).title, words); value >= 0)
            ranked.append({value, i});
    std::stable_sort(ranked.begin(), ranked.end(),
                     [](const auto &a, const auto &b) { return a.first < b.first; });
    m_found.clear();
    for (const auto &[value, i] : std::as_const(ranked))
        m_found << i;
}

int SearchModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_found.size());
}

QVariant SearchModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const SearchEntry &at = entry(index);
    switch (role) {
    case Qt::DisplayRole:
        return at.title;
    case Qt::DecorationRole:
        return at.icon;
    case Qt::ToolTipRole:
        return at.tip.isEmpty() ? QVariant() : at.tip;
    case Qt::AccessibleTextRole:
        return QString(at.title + QStringLiteral(", ") + at.detail);
    case DetailRole:
        return at.detail;
    default:
        return {};
    }
}

Qt::ItemFlags SearchModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    const Qt::ItemFlags all = Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
    return entry(index).possible ? all | Qt::ItemIsEnabled : all;
}

SearchPopup::SearchPopup(const QString &placeholder, QWidget *parent)
    : QFrame(parent, Qt::Popup)
    , m_line(new QLineEdit(this))
    , m_list(new QListView(this))
    , m_nothing(new QLabel(this))
    , m_model(new SearchModel(this))
    , m_layout(new QVBoxLayout(this))
{
    setProperty("popup", true);
    m_line->setObjectName(QStringLiteral("searchLine"));
    m_line->setAccessibleName(placeholder);
    m_line->setPlaceholderText(placeholder);
    m_line->installEventFilter(this);
    m_list->setObjectName(QStringLiteral("searchList"));
    m_list->setAccessibleName(placeholder);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new EntryDelegate(this));
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_nothing->setProperty("tone", QStringLiteral("dim"));
    m_nothing->setWordWrap(true);
    m_nothing->setMargin(8);
    m_nothing->setAlignment(Qt::AlignTop);
    m_layout->setContentsMargins(8, 8, 8, 8);
    m_layout->setSpacing(8);
    m_layout->addWidget(m_line);
    m_layout->addWidget(m_list, 1);
    m_layout->addWidget(m_nothing, 1);
    connect(m_line, &QLineEdit::textChanged, this, &SearchPopup::filter);
    connect(m_list, &QListView::clicked, this, &SearchPopup::choose);
    filter({});
}

void SearchPopup::setEntries(QList<SearchEntry> entries)
{
    m_model->setEntries(std::move(entries));
    filter(m_line->text());
}

void SearchPopup::setEmptyText(const QString &text)
{
    m_emptyText = text;
    filter(m_line->text());
}

void SearchPopup::setFooter(QWidget *footer)
{
    m_layout->addWidget(footer);
}

void SearchPopup::popUp(const QPoint &position, const QSize &size)
{
    m_line->clear();
    setFixedSize(size);
    move(position);
    show();
    m_line->setFocus(Qt::PopupFocusReason);
}

void SearchPopup::filter(const QString &text)
{
    m_model->setFilter(text);
    const bool nothing = m_model->rowCount() == 0;
    m_list->setVisible(!nothing);
    m_nothing->setVisible(nothing);
    m_nothing->setText(text.isEmpty() ? m_emptyText : tr("Nothing is called that."));
    if (!nothing)
        m_list->setCurrentIndex(m_model->index(0));
}

bool SearchPopup::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_line || event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    const int row = m_list->currentIndex().row();
    const int last = m_model->rowCount() - 1;
    const auto go = [this, last](int to) {
        m_list->setCurrentIndex(m_model->index(std::clamp(to, 0, last)));
    };
    switch (static_cast<QKeyEvent *>(event)->key()) {
    case Qt::Key_Down:
        go(row + 1);
        return true;
    case Qt::Key_Up:
        go(row - 1);
        return true;
    case Qt::Key_PageDown:
        go(row + 10);
        return true;
    case Qt::Key_PageUp:
        go(row - 10);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        choose(m_list->currentIndex());
        return true;
    case Qt::Key_Escape:
        close();
        return true;
    default:
        return false;
    }
}

void SearchPopup::choose(const QModelIndex &index)
{
    if (!index.isValid() || !m_model->entry(index).possible)
        return;
    // Running it may give this list other entries.
    const std::function<void()> run = m_model->entry(index).run;
    close();
    if (run)
        run();
}

} // namespace studio
