// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/grid/referencepicker.h"

#include "base/receive.h"
#include "query/paging.h"
#include "studio/widgets/filtertext.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QScreen>

#include <algorithm>
#include <chrono>

namespace studio
{

namespace
{
constexpr qint64 mostRows = 50;
constexpr qsizetype longestLabel = 120; // characters
constexpr int ShownRows = 10;

QPushButton *command(const char *name, const QString &text, const QString &tip, QHBoxLayout *row)
{
    auto *made = new QPushButton(text);
    made->setObjectName(QLatin1String(name));
    made->setToolTip(tip);
    made->setAutoDefault(false);
    made->setFocusPolicy(Qt::NoFocus);
    row->addWidget(made);
    return made;
}
} // namespace

ReferencePicker::ReferencePicker(const PickerQuestion &question, Fetch fetch, QWidget *parent)
    : QFrame(parent, Qt::Popup)
    , m_question(question)
    , m_fetch(std::move(fetch))
    , m_line(new QLineEdit(this))
    , m_list(new QListWidget(this))
    , m_state(new QLabel(this))
{
    using namespace std::chrono_literals;
    const QString target = question.target.name.name;
    setObjectName(QStringLiteral("referencePicker"));
    setAttribute(Qt::WA_DeleteOnClose);
    setProperty("popup", true);
    setAccessibleName(tr("Choose a row of %1").arg(target));
    m_line->setObjectName(QStringLiteral("pickerLine"));
    m_line->setPlaceholderText(
        question.reference.label.isEmpty()
            ? tr("Find by %1").arg(question.reference.targetColumns.last())
            : tr("Find by %1 or %2")
                  .arg(question.reference.label, question.reference.targetColumns.last()));
    m_line->setAccessibleName(m_line->placeholderText());
    m_line->installEventFilter(this);
    m_list->setObjectName(QStringLiteral("pickerList"));
    m_list->setAccessibleName(tr("Rows of %1").arg(target));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setUniformItemSizes(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff); // what tells rows apart is first
    m_list->setFixedHeight(ShownRows * 24 + 4);
    m_state->setObjectName(QStringLiteral("pickerState"));
    m_state->setProperty("tone", QStringLiteral("dim"));
    m_state->setWordWrap(true);
    auto *title =
        new QLabel(QStringLiteral("<b>%1</b>&nbsp; → %2")
                       .arg(question.reference.column.toHtmlEscaped(), target.toHtmlEscaped()),
                   this);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(10, 8, 10, 10);
    all->setSpacing(6);
    all->addWidget(title);
    if (!question.note.isEmpty()) {
        auto *note = new QLabel(question.note, this);
        note->setProperty("tone", QStringLiteral("changed"));
        note->setWordWrap(true);
        all->addWidget(note);
    }
    all->addWidget(m_line);
    all->addWidget(m_list);
    all->addWidget(m_state);
    auto *commands = new QHBoxLayout;
    commands->setSpacing(6);
    auto *null = command("pickNull", tr("NULL"),
                         question.nullable ? tr("No value")
                                           : tr("%1 is NOT NULL").arg(question.reference.column),
                         commands);
    null->setEnabled(question.nullable);
    connect(null, &QPushButton::clicked, this, [this] {
        Q_EMIT nullChosen();
        close();
    });
    auto *byDefault = command("pickDefault", tr("DEFAULT"),
                              question.hasDefault ? tr("What the server puts in")
                                                  : tr("The column has no default: NULL"),
                              commands);
    byDefault->setEnabled(question.hasDefault || question.nullable);
    connect(byDefault, &QPushButton::clicked, this, [this] {
        Q_EMIT defaultChosen();
        close();
    });
    commands->addStretch(1);
    all->addLayout(commands);
    m_later.setSingleShot(true);
    m_later.setInterval(120ms); // a statement for a word, not for each of its letters
    connect(&m_later, &QTimer::timeout, this, &ReferencePicker::search);
    connect(m_line, &QLineEdit::textChanged, this, [this] {
        m_wanted.reset();
        m_later.start();
    });
    connect(m_list, &QListWidget::itemClicked, this, [this] { choose(); });
    setFocusProxy(m_line);
}

void ReferencePicker::openOver(const QRect &cell, const QString &typed)
{
    setMinimumWidth(std::clamp(cell.width(), 460, 640)); // a name beside an uuid
    m_line->setText(typed);
    search();
    adjustSize();
    QPoint place = cell.topLeft();
    if (const QScreen *on = screen()) {
        const QRect area = on->availableGeometry();
        place.setX(
            std::clamp(place.x(), area.left(), std::max(area.left(), area.right() - width())));
        if (place.y() + height() > area.bottom())
            place.setY(std::max(area.top(), cell.bottom() - height()));
    }
    move(place);
    show();
    setFocus();
}

void ReferencePicker::search()
{
    m_later.stop();
    base::disregard(m_byLabel);
    base::disregard(m_byKey);
    m_byKey = nullptr;
    m_list->clear();
    m_problem.clear();
    const QString text = m_line->text().trimmed();
    const GridReference &reference = m_question.reference;
    const QString name =
        reference.label.isEmpty() ? reference.targetColumns.last() : reference.label;
    query::Select select = targetRows(reference);
    const query::ColumnRef shown{select.from.alias, name};
    const schema::Column *column = m_question.target.column(name);
    if (!text.isEmpty())
        select.filters << query::Filter{.column = shown,
                                        .op = query::Operator::Contains,
                                        .values = {text},
                                        .type = column ? column->type : QString()};
    // By name once a word narrows them; all of them would have to be sorted.
    const QStringList order = text.isEmpty() ? reference.targetColumns : QStringList{name};
    for (const QString &by : order)
        select.sorts << query::sortBy(m_question.target, select.from.alias, by, false);
    select.limit = mostRows;
    m_byLabel = base::receive(this, m_fetch(select), [this](const base::Result<rows::Page> &page) {
        m_byLabel = nullptr;
        take(page, false);
    });
    // Whoever pastes a key means that row.
    const QString key = reference.targetColumns.last();
    const schema::Column *keyColumn = m_question.target.column(key);
    query::Select exact = targetRows(reference);
    exact.filters = {{.column = {exact.from.alias, key},
                      .op = query::Operator::Equal,
                      .values = {text},
                      .type = keyColumn ? keyColumn->type : QString()}};
    exact.limit = mostRows;
    if (!text.isEmpty() && keyColumn &&
        isPlausible(exact.filters.first(), typeClassOf(keyColumn->type)))
        m_byKey = base::receive(this, m_fetch(exact), [this](const base::Result<rows::Page> &page) {
            m_byKey = nullptr;
            take(page, true);
        });
    showState();
}

void ReferencePicker::take(const base::Result<rows::Page> &page, bool isExact)
{
    // A text that only looks like a key is no mistake of the person's.
    if (!page && !isExact)
        m_problem = base::toLine(page.error());
    const qsizetype parts = m_question.reference.targetColumns.size();
    for (qsizetype row = 0; page && row < page->rowCount(); ++row) {
        QStringList key;
        for (qsizetype part = 0; part < parts; ++part)
            key << page->text(row, part);
        const QString label = m_question.reference.label.isEmpty()
                                  ? QString()
                                  : page->text(row, parts).left(longestLabel).simplified();
        const QString text = label.isEmpty() ? key.join(QStringLiteral(", "))
                                             : label + QStringLiteral("  ·  ") + key.last();
        int known = 0;
        while (known < m_list->count() &&
               m_list->item(known)->data(Qt::UserRole).toStringList() != key)
            ++known;
        if (known < m_list->count() && !isExact)
            continue;
        delete m_list->takeItem(known); // the key's own row comes first
        auto *item = new QListWidgetItem(text);
        item->setData(Qt::UserRole, key);
        m_list->insertItem(isExact ? int(row) : m_list->count(), item);
        if (key == m_question.key)
            m_list->setCurrentItem(item);
    }
    if (m_list->count() > 0 && (isExact || !m_list->currentItem()))
        m_list->setCurrentRow(0);
    showState();
}

void ReferencePicker::showState()
{
    QString text = m_problem;
    if (text.isEmpty() && m_list->count() >= mostRows)
        text = tr("The first %1; type to find others").arg(mostRows);
    else if (text.isEmpty() && isLooking())
        text = tr("Looking…");
    else if (text.isEmpty() && m_list->count() == 0)
        text = m_question.tenant.isEmpty()
                   ? tr("No such row")
                   : tr("No such row among those of %1").arg(m_question.tenant);
    else if (text.isEmpty() && !m_question.tenant.isEmpty())
        text = tr("Rows of %1").arg(m_question.tenant);
    m_state->setText(text);
    if (m_wanted && !isLooking())
        choose(*std::exchange(m_wanted, std::nullopt));
}

/// The current row, once what is typed has been looked for.
void ReferencePicker::choose(int step)
{
    if (isLooking()) {
        m_wanted = step;
        return;
    }
    const QListWidgetItem *item = m_list->currentItem();
    if (!item)
        return;
    Q_EMIT chosen(item->data(Qt::UserRole).toStringList());
    close();
    if (step != 0)
        Q_EMIT moved(step);
}

bool ReferencePicker::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    const auto go = [this](int by) {
        if (m_list->count() > 0)
            m_list->setCurrentRow(std::clamp(m_list->currentRow() + by, 0, m_list->count() - 1));
    };
    switch (static_cast<QKeyEvent *>(event)->key()) {
    case Qt::Key_Down:
        go(1);
        return true;
    case Qt::Key_Up:
        go(-1);
        return true;
    case Qt::Key_PageDown:
        go(ShownRows);
        return true;
    case Qt::Key_PageUp:
        go(-ShownRows);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        choose();
        return true;
    case Qt::Key_Tab:
    case Qt::Key_Backtab: {
        const int step = static_cast<QKeyEvent *>(event)->key() == Qt::Key_Tab ? 1 : -1;
        if (!m_line->text().isEmpty()) {
            choose(step);
            return true;
        }
        close(); // nothing was typed: on without a change
        Q_EMIT moved(step);
        return true;
    }
    default:
        return false;
    }
}

} // namespace studio
