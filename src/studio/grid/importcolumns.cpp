// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/grid/importcolumns.h"

#include "studio/widgets/theme.h"

#include <QComboBox>
#include <QHeaderView>
#include <QLabel>

namespace studio
{

namespace
{
enum Part { Title, Values, Target, Note };

/// The first values of the file's column \a place, as far as there is room for them.
QString firstValues(const session::ImportPreview &preview, qsizetype place)
{
    constexpr qsizetype most = 60;
    QStringList values;
    for (const QList<sql::Parameter> &row : preview.rows) {
        const sql::Parameter value = row.value(place);
        values << (value ? QString::fromUtf8(value->left(4 * most)).left(most).simplified()
                         : QStringLiteral("NULL"));
    }
    return values.join(QStringLiteral(", "));
}
} // namespace

ImportColumns::ImportColumns(QWidget *parent)
    : QTableWidget(0, 4, parent)
{
    setAccessibleName(tr("Columns of the file"));
    setHorizontalHeaderLabels({tr("Column of the file"), tr("First values"), tr("Goes to"), {}});
    setEditTriggers(NoEditTriggers);
    setSelectionMode(NoSelection);
    setFocusPolicy(Qt::NoFocus); // the choices have it
    setWordWrap(false);
    verticalHeader()->hide();
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setSectionResizeMode(Values, QHeaderView::Stretch);
    setColumnWidth(Title, 150);
    setColumnWidth(Target, 170);
    setColumnWidth(Note, 190);
}

void ImportColumns::show(const session::ImportPreview &preview,
                         const session::ImportMapping &mapping, const QStringList &columns)
{
    setRowCount(0); // the choices of another file go with their rows
    setRowCount(int(preview.titles.size()));
    for (int row = 0; row < rowCount(); ++row) {
        setItem(row, Title, new QTableWidgetItem(preview.titles.at(row)));
        auto *values = new QTableWidgetItem(firstValues(preview, row));
        values->setToolTip(values->text());
        setItem(row, Values, values);
        auto *targets = new QComboBox(this);
        targets->setObjectName(QStringLiteral("importTarget%1").arg(row));
        targets->setAccessibleName(tr("Column that %1 goes to").arg(preview.titles.at(row)));
        targets->addItem(tr("(left out)"), QString());
        for (const QString &column : columns)
            targets->addItem(column, column);
        targets->setCurrentIndex(qMax(0, targets->findData(mapping.columns.value(row))));
        setCellWidget(row, Target, targets);
        showNote(row, mapping.notes.value(row));
        connect(targets, &QComboBox::activated, this, [this, row] {
            showNote(row, {});
            Q_EMIT changed();
        });
    }
    resizeRowsToContents();
}

void ImportColumns::showNote(int row, const QString &note)
{
    auto *label = new QLabel(note, this);
    label->setToolTip(note);
    label->setIndent(4);
    setStyleProperty(label, "tone", QStringLiteral("dim"));
    setCellWidget(row, Note, label);
}

QComboBox *ImportColumns::choice(int row) const
{
    return qobject_cast<QComboBox *>(cellWidget(row, Target));
}

QStringList ImportColumns::chosen() const
{
    QStringList columns;
    for (int row = 0; row < rowCount(); ++row)
        columns << choice(row)->currentData().toString();
    return columns;
}

} // namespace studio
