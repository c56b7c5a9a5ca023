// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/grid/filterpopup.h"

#include "studio/widgets/filtertext.h"
#include "studio/widgets/theme.h"
#include "ui_filterpopup.h"

#include <QKeyEvent>
#include <QSignalBlocker>

#include <algorithm>

namespace studio
{

namespace
{
QList<RowsColumn> filterable(const QList<RowsColumn> &columns)
{
    QList<RowsColumn> found;
    for (const RowsColumn &column : columns) {
        if (!column.source.column.isEmpty())
            found.append(column);
    }
    return found;
}
} // namespace

FilterPopup::FilterPopup(const QList<RowsColumn> &columns, QWidget *parent)
    : QFrame(parent, Qt::Popup)
    , m_ui(std::make_unique<Ui::FilterPopup>())
    , m_columns(filterable(columns))
{
    m_ui->setupUi(this);
    setAttribute(Qt::WA_DeleteOnClose);
    for (const RowsColumn &column : m_columns)
        m_ui->filterColumn->addItem(column.name);
    connect(m_ui->filterColumn, &QComboBox::currentIndexChanged, this, &FilterPopup::showOperators);
    connect(m_ui->filterOperator, &QComboBox::currentIndexChanged, this, &FilterPopup::showChoices);
    connect(m_ui->filterValue, &QLineEdit::textChanged, this, &FilterPopup::check);
    connect(m_ui->filterChoices, &QListWidget::itemChanged, this, &FilterPopup::takeChoice);
    connect(m_ui->filterChoices, &QListWidget::itemClicked, this, &FilterPopup::takeChoice);
    connect(m_ui->filterValue, &QLineEdit::returnPressed, this, &FilterPopup::apply);
    connect(m_ui->applyFilter, &QPushButton::clicked, this, &FilterPopup::apply);
    showOperators();
    m_ui->filterColumn->setFocus();
}

FilterPopup::~FilterPopup() = default;

/// Return goes on from the lists as it does from the field.
void FilterPopup::keyPressEvent(QKeyEvent *event)
{
    if (event->key() != Qt::Key_Return && event->key() != Qt::Key_Enter)
        return QFrame::keyPressEvent(event);
    if (isComplete())
        apply();
    else
        m_ui->filterValue->setFocus(Qt::OtherFocusReason);
}

void FilterPopup::begin(const query::ColumnRef &column)
{
    for (qsizetype i = 0; i < m_columns.size(); ++i) {
        if (m_columns.at(i).source == column)
            m_ui->filterColumn->setCurrentIndex(static_cast<int>(i));
    }
}

void FilterPopup::choose(const query::Filter &filter)
{
    begin(filter.column);
    const int position = m_ui->filterOperator->findData(static_cast<int>(filter.op));
    m_ui->filterOperator->setCurrentIndex(qMax(0, position));
    m_ui->filterValue->setText(valuesText(filter));
    showChoices();
    m_ui->filterValue->setFocus();
}

const RowsColumn &FilterPopup::column() const
{
    return m_columns.at(qMax(0, m_ui->filterColumn->currentIndex()));
}

void FilterPopup::showOperators()
{
    if (m_columns.isEmpty()) {
        m_ui->applyFilter->setEnabled(false);
        return;
    }
    const QSignalBlocker quiet(m_ui->filterOperator);
    m_ui->filterOperator->clear();
    for (const query::Operator op : operatorsFor(column()))
        m_ui->filterOperator->addItem(operatorText(op), static_cast<int>(op));
    const int oneOf = m_ui->filterOperator->findData(static_cast<int>(query::Operator::In));
    if (!column().choices.isEmpty())
        m_ui->filterOperator->setCurrentIndex(qMax(0, oneOf));
    showChoices();
}

/// The values of an enum beneath the field: several to tick, or one to click.
void FilterPopup::showChoices()
{
    const query::Filter now = filter();
    const QStringList choices = needsValue(now.op) ? choicesOf(column()) : QStringList();
    const QSignalBlocker quiet(m_ui->filterChoices);
    m_ui->filterChoices->clear();
    for (const QString &choice : choices) {
        auto *item = new QListWidgetItem(choice, m_ui->filterChoices);
        if (takesList(now.op))
            item->setCheckState(now.values.contains(choice) ? Qt::Checked : Qt::Unchecked);
        else
            item->setSelected(now.values.contains(choice));
    }
    const int shown = qMin(6, static_cast<int>(choices.size()));
    m_ui->filterChoices->setFixedHeight(shown * qMax(22, m_ui->filterChoices->sizeHintForRow(0)) +
                                        6);
    m_ui->filterChoices->setVisible(!choices.isEmpty());
    m_ui->filterValue->setPlaceholderText(valueHint(now.op, column()));
    check();
}

void FilterPopup::takeChoice()
{
    query::Filter now = filter();
    now.values.clear();
    for (int i = 0; i < m_ui->filterChoices->count(); ++i) {
        const QListWidgetItem *item = m_ui->filterChoices->item(i);
        if (takesList(now.op) ? item->checkState() == Qt::Checked : item->isSelected())
            now.values << item->text();
    }
    m_ui->filterValue->setText(valuesText(now));
}

query::Filter FilterPopup::filter() const
{
    const auto op = static_cast<query::Operator>(m_ui->filterOperator->currentData().toInt());
    return {.column = column().source,
            .op = op,
            .values = valuesFromText(op, m_ui->filterValue->text())};
}

bool FilterPopup::isComplete() const
{
    if (m_columns.isEmpty())
        return false;
    // The server knows no other values of an enum.
    const QStringList &known = column().choices;
    const query::Filter now = filter();
    const auto isKnown = [&known](const QString &value) { return known.contains(value); };
    return isPlausible(now, column().typeClass) &&
           (known.isEmpty() || !needsValue(now.op) || std::ranges::all_of(now.values, isKnown));
}

void FilterPopup::check()
{
    if (m_columns.isEmpty())
        return;
    const bool isWanted = needsValue(filter().op);
    m_ui->filterValue->setEnabled(isWanted);
    const bool isWrong = isWanted && !m_ui->filterValue->text().isEmpty() && !isComplete();
    setStyleProperty(m_ui->filterValue, "invalid", isWrong);
    m_ui->applyFilter->setEnabled(isComplete());
}

void FilterPopup::apply()
{
    if (!isComplete())
        return;
    Q_EMIT chosen(filter());
    close();
}

} // namespace studio
