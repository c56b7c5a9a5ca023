// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "studio/builder/builderstate.h"

#include <QWidget>

QT_BEGIN_NAMESPACE
class QComboBox;
class QLineEdit;
class QToolButton;
QT_END_NAMESPACE

namespace studio
{

/// One filter of the builder, edited in place: column, operator, value.
class FilterRow final : public QWidget
{
    Q_OBJECT

public:
    /// A column that can be chosen, and how it is called.
    struct Choice {
        QString label;
        RowsColumn column;
    };

    FilterRow(const QList<Choice> &choices, const BuilderFilter &filter, int position,
              QWidget *parent = nullptr);

    BuilderFilter filter() const;
    void focusValue();

Q_SIGNALS:
    void changed(const BuilderFilter &filter);
    void removeRequested();

private:
    const RowsColumn &column() const;
    void showOperators(query::Operator wanted);
    void showHint();
    void valueChanged();

    const QList<Choice> m_choices;
    QComboBox *m_column;
    QComboBox *m_operator;
    QLineEdit *m_value;
};

} // namespace studio
