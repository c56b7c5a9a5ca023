// SPDX-License-Identifier: GPL-3.0-or-later
// How rows of a grid are added, duplicated and deleted.
#include "session/project.h"
#include "studio/grid/deletedialog.h"
#include "studio/grid/gridediting.h"
#include "studio/grid/newrows.h"
#include "studio/widgets/rowsview.h"

#include <QDateTime>

#include <set>

namespace studio
{

namespace
{
using edits::NewValue;
using edits::RowEdit;

/// The value that says of a row that it is gone, for a column that is there to say so.
std::optional<NewValue> softValue(const schema::Column &column)
{
    if (column.name == QLatin1String("is_active") && column.type == QLatin1String("boolean"))
        return NewValue{NewValue::Kind::Value, "f"};
    if (column.name == QLatin1String("deleted_at") && column.type.startsWith(QLatin1String("time")))
        return NewValue{NewValue::Kind::Value,
                        QDateTime::currentDateTimeUtc()
                            .toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz+00"))
                            .toUtf8()};
    return std::nullopt;
}
} // namespace

void GridEditing::addRow()
{
    const base::Result<edits::RowId> added = m_editing.addRow(m_name);
    if (!added) {
        Q_EMIT said(base::toLine(added.error()));
        return;
    }
    m_newRows->showRow(*added);
}

QList<int> GridEditing::chosenRows(const RowsView &view) const
{
    std::set<int> rows;
    for (const QModelIndex &index : view.selectionModel()->selectedIndexes())
        rows.insert(index.row());
    if (rows.empty() && view.currentIndex().isValid())
        rows.insert(view.currentIndex().row());
    return QList<int>(rows.begin(), rows.end());
}

/// Whether a duplicate has the value, too: not where the server makes it, nor as a key of its own.
bool GridEditing::isCopied(const schema::Column &column) const
{
    const bool isNumbered = column.identity || column.type.endsWith(QLatin1String("serial"));
    return !isNumbered && !m_editing.whyFixed(m_name, column.name) &&
           m_table->keyColumns() != QStringList{column.name};
}

/// The values of a row as they are seen now, staged ones first; what a new row has by itself is
/// left out.
QList<edits::CellEdit> GridEditing::copyOf(const RowEdit *staged, const QStringList &columns,
                                           const QList<sql::Parameter> &values) const
{
    QList<edits::CellEdit> copy;
    for (qsizetype i = 0; i < columns.size(); ++i) {
        const edits::CellEdit *edit = staged ? staged->cell(columns.at(i)) : nullptr;
        if (!edit && staged && staged->kind == RowEdit::Kind::Insert)
            continue;
        const NewValue value = edit ? edit->after : NewValue::of(values.at(i));
        const bool isOwn =
            value.kind == NewValue::Kind::Default ||
            (value.kind == NewValue::Kind::Null && !m_table->column(columns.at(i))->defaultValue);
        if (!isOwn)
            copy << edits::CellEdit{columns.at(i), {}, value};
    }
    return copy;
}

void GridEditing::duplicateRows()
{
    const Side side = sideOf(m_newRows->view().hasFocus() ? &m_newRows->model() : &m_rows);
    QList<int> places;
    QStringList columns;
    for (int i = 0; i < side.rows.columns().size(); ++i) {
        const schema::Column *column = m_table->column(side.rows.columns().at(i).name);
        if (!column || !isCopied(*column))
            continue;
        places << i;
        columns << column->name;
    }
    QModelIndexList cells;
    QList<std::optional<RowEdit>> staged;
    const QList<int> chosen = chosenRows(side.view);
    if (chosen.size() * places.size() > mostCells) {
        Q_EMIT said(tr("These are too many rows to be duplicated at once: %1").arg(chosen.size()));
        return;
    }
    for (const int row : chosen) {
        const RowEdit *edit = m_editing.row(idOf(side.rows.index(row, 0)));
        staged << (edit ? std::optional(*edit) : std::nullopt);
        for (const int place : std::as_const(places))
            cells << side.rows.index(row, place);
    }
    const auto copied = [this, columns, staged](const RowsWhole::Values &values) {
        QList<QList<edits::CellEdit>> copies;
        for (qsizetype i = 0; i < staged.size(); ++i)
            copies << copyOf(staged.at(i) ? &*staged.at(i) : nullptr, columns,
                             values.mid(i * columns.size(), columns.size()));
        addCopies(copies);
    };
    if (!staged.isEmpty())
        side.view.whenWhole(cells, copied, RowsWhole::As::Value, RowsView::Wait::ToTheEnd);
}

void GridEditing::addCopies(const QList<QList<edits::CellEdit>> &copies)
{
    const base::Result<QList<edits::RowId>> added = m_editing.addRows(m_name, copies);
    if (added)
        m_newRows->showRow(added->first());
    else
        Q_EMIT said(base::toLine(added.error()));
}

QString GridEditing::softly() const
{
    for (const schema::Column &column : m_table ? m_table->columns : QList<schema::Column>()) {
        if (const std::optional<NewValue> value = softValue(column))
            return column.name == QLatin1String("is_active") ? QStringLiteral("is_active = false")
                                                             : tr("deleted_at to now");
    }
    return {};
}

void GridEditing::deleteRows()
{
    const bool isNew = m_newRows->view().hasFocus();
    const Side side = sideOf(isNew ? &m_newRows->model() : &m_rows);
    QList<edits::RowId> ids;
    SeenRows seen;
    QModelIndexList cut; // of these there are digests behind
    QList<std::pair<qsizetype, qsizetype>> places;
    for (const int row : chosenRows(side.view)) {
        ids << idOf(side.rows.index(row, 0));
        QList<edits::SeenField> fields;
        for (int column = 0; column < side.rows.columns().size(); ++column) {
            const QString name = side.rows.columns().at(column).name;
            if (!m_table || !m_table->column(name))
                continue;
            if (side.rows.cutSize(row, column).isCut()) {
                cut << side.rows.index(row, column);
                places << std::pair(seen.size(), fields.size());
            }
            fields << edits::SeenField{name, edits::OldValue::of(side.rows.value(row, column))};
        }
        seen << fields;
    }
    if (ids.isEmpty() || isNew) {
        markDeleted(ids, seen);
        return;
    }
    const auto digested = [this, ids, seen, places](const RowsWhole::Values &digests) {
        SeenRows whole = seen;
        for (qsizetype i = 0; i < places.size(); ++i)
            whole[places.at(i).first][places.at(i).second].value =
                edits::OldValue::ofDigest(digests.at(i));
        askDelete(ids, whole);
    };
    side.view.whenWhole(cut, digested, RowsWhole::As::Digest, RowsView::Wait::ToTheEnd);
}

void GridEditing::askDelete(const QList<edits::RowId> &ids, const SeenRows &seen)
{
    auto *dialog = new DeleteDialog(ids.size() == 1 ? ids.first().text() : m_name.name, ids.size(),
                                    softly(), m_page);
    connect(dialog, &QDialog::accepted, this, [this, ids, seen] { markDeleted(ids, seen); });
    connect(dialog, &DeleteDialog::softlyWanted, this, [this, ids, seen] { setSoftly(ids, seen); });
    base::receive(dialog, m_editing.impactOf(ids),
                  [dialog](const auto &impact) { dialog->setImpact(impact); });
    dialog->open();
}

void GridEditing::markDeleted(const QList<edits::RowId> &rows, const SeenRows &seen)
{
    if (const std::optional<base::Error> refusal = m_editing.deleteRows(rows, seen))
        Q_EMIT said(base::toLine(*refusal));
}

void GridEditing::setSoftly(const QList<edits::RowId> &rows, const SeenRows &seen)
{
    QList<session::CellChange> changes;
    for (qsizetype i = 0; i < rows.size(); ++i) {
        for (const edits::SeenField &field : seen.at(i)) {
            const schema::Column *column = m_table->column(field.column);
            const std::optional<NewValue> value = column ? softValue(*column) : std::nullopt;
            if (!value)
                continue;
            changes << session::CellChange{rows.at(i), {field.column, field.value, *value}};
            break;
        }
    }
    if (const auto refusal = m_editing.setCells(changes))
        Q_EMIT said(base::toLine(*refusal));
}

} // namespace studio
