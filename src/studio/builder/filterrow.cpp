// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/builder/filterrow.h"

#include "studio/widgets/filtertext.h"
#include "studio/widgets/icon.h"
#include "studio/widgets/theme.h"

#include <QComboBox>
#include <QCompleter>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QToolButton>

namespace studio
{

FilterRow::FilterRow(const QList<Choice> &choices, const BuilderFilter &filter, int position,
                     QWidget *parent)
    : QWidget(parent)
    , m_choices(choices)
    , m_column(new QComboBox(this))
    , m_operator(new QComboBox(this))
    , m_value(new QLineEdit(this))
{
    auto *remove = new QToolButton(this);
    remove->setIcon(icon(QStringLiteral("close")));
    setStyleProperty(remove, "quiet", true);
    const auto name = [position](QWidget *widget, const QString &objectName, const QString &text) {
        widget->setObjectName(QStringLiteral("%1_%2").arg(objectName).arg(position));
        widget->setAccessibleName(text.arg(position + 1));
    };
    name(m_column, QStringLiteral("filterColumn"), tr("Column of filter %1"));
    name(m_operator, QStringLiteral("filterOperator"), tr("Comparison of filter %1"));
    name(m_value, QStringLiteral("filterValue"), tr("Value of filter %1"));
    name(remove, QStringLiteral("removeFilter"), tr("Remove filter %1"));
    remove->setToolTip(remove->accessibleName());

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(6);
    layout->addWidget(m_column, 3);
    layout->addWidget(m_operator, 2);
    layout->addWidget(m_value, 3);
    layout->addWidget(remove);
    for (QComboBox *box : {m_column, m_operator}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(6);
    }
    m_value->setMinimumWidth(60);

    for (const Choice &choice : m_choices) {
        m_column->addItem(choice.label);
        if (choice.column.source == filter.column)
            m_column->setCurrentIndex(m_column->count() - 1);
    }
    m_value->setText(filter.text);
    showOperators(filter.op);
    connect(m_column, &QComboBox::currentIndexChanged, this, [this] {
        showOperators(this->filter().op);
        valueChanged();
    });
    connect(m_operator, &QComboBox::currentIndexChanged, this, &FilterRow::valueChanged);
    connect(m_value, &QLineEdit::textChanged, this, &FilterRow::valueChanged);
    connect(remove, &QToolButton::clicked, this, &FilterRow::removeRequested);
}

const RowsColumn &FilterRow::column() const
{
    return m_choices.at(qMax(0, m_column->currentIndex())).column;
}

BuilderFilter FilterRow::filter() const
{
    return {.column = column().source,
            .op = static_cast<query::Operator>(m_operator->currentData().toInt()),
            .text = m_value->text()};
}

void FilterRow::focusValue()
{
    m_value->setFocus();
}

void FilterRow::showOperators(query::Operator wanted)
{
    const QSignalBlocker quiet(m_operator);
    m_operator->clear();
    for (const query::Operator op : operatorsFor(column()))
        m_operator->addItem(operatorText(op), static_cast<int>(op));
    m_operator->setCurrentIndex(qMax(0, m_operator->findData(static_cast<int>(wanted))));
    const QStringList choices = choicesOf(column());
    auto *completer = choices.isEmpty() ? nullptr : new QCompleter(choices, m_value);
    if (completer)
        completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_value->setCompleter(completer);
    showHint();
    const bool isWanted = needsValue(filter().op);
    m_value->setEnabled(isWanted);
}

void FilterRow::showHint()
{
    const QStringList choices = choicesOf(column());
    m_value->setPlaceholderText(choices.isEmpty() ? valueHint(filter().op, column())
                                                  : choices.join(QStringLiteral(", ")));
}

void FilterRow::valueChanged()
{
    const BuilderFilter now = filter();
    showHint();
    m_value->setEnabled(needsValue(now.op));
    const bool isWrong = needsValue(now.op) && !now.text.isEmpty() && !complete(now, column());
    setStyleProperty(m_value, "invalid", isWrong);
    m_value->setToolTip(isWrong ? tr("Not yet a value of %1").arg(column().typeText) : QString());
    Q_EMIT changed(now);
}

} // namespace studio
