// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/grid/filterpopup.h"

#include "studio/widgets/rowstext.h"
#include "studio/widgets/theme.h"
#include "ui_filterpopup.h"

#include <QCompleter>

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
    connect(m_ui->filterOperator, &QComboBox::currentIndexChanged, this, &FilterPopup::check);
    connect(m_ui->filterValue, &QLineEdit::textChanged, this, &FilterPopup::check);
    connect(m_ui->filterValue, &QLineEdit::returnPressed, this, &FilterPopup::apply);
    connect(m_ui->applyFilter, &QPushButton::clicked, this, &FilterPopup::apply);
    showOperators();
    m_ui->filterColumn->setFocus();
}

FilterPopup::~FilterPopup() = default;

void FilterPopup::choose(const query::Filter &filter)
{
    for (qsizetype i = 0; i < m_columns.size(); ++i) {
        if (m_columns.at(i).source == filter.column)
            m_ui->filterColumn->setCurrentIndex(static_cast<int>(i));
    }
    const int position = m_ui->filterOperator->findData(static_cast<int>(filter.op));
    m_ui->filterOperator->setCurrentIndex(qMax(0, position));
    m_ui->filterValue->setText(filter.values.join(QStringLiteral(", ")));
    m_ui->filterValue->setFocus();
}

void FilterPopup::showOperators()
{
    const int index = m_ui->filterColumn->currentIndex();
    if (index < 0) {
        m_ui->applyFilter->setEnabled(false);
        return;
    }
    const RowsColumn &column = m_columns.at(index);
    const QSignalBlocker quiet(m_ui->filterOperator);
    m_ui->filterOperator->clear();
    for (const query::Operator op : operatorsFor(column.typeClass, column.nullable))
        m_ui->filterOperator->addItem(operatorText(op), static_cast<int>(op));
    const QStringList choices = choicesOf(column);
    auto *completer = choices.isEmpty() ? nullptr : new QCompleter(choices, this);
    if (completer)
        completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_ui->filterValue->setCompleter(completer);
    m_ui->filterValue->setPlaceholderText(choices.isEmpty() ? column.typeText
                                                            : choices.join(QStringLiteral(", ")));
    check();
}

query::Filter FilterPopup::filter() const
{
    const auto op = static_cast<query::Operator>(m_ui->filterOperator->currentData().toInt());
    return {.column = m_columns.at(m_ui->filterColumn->currentIndex()).source,
            .op = op,
            .values = valuesFromText(op, m_ui->filterValue->text())};
}

bool FilterPopup::isComplete() const
{
    const int index = m_ui->filterColumn->currentIndex();
    return index >= 0 && isPlausible(filter(), m_columns.at(index).typeClass);
}

void FilterPopup::check()
{
    if (m_ui->filterColumn->currentIndex() < 0)
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
