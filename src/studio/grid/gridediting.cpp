// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/grid/gridediting.h"

#include "session/project.h"
#include "studio/grid/celleditor.h"
#include "studio/grid/gridreferences.h"
#include "studio/grid/newrows.h"
#include "studio/grid/referencepicker.h"
#include "studio/widgets/icon.h"
#include "studio/widgets/rowsview.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QPushButton>

namespace studio
{

namespace
{
using edits::NewValue;
using edits::RowEdit;

const schema::Column *inCode(session::Project &project, const schema::Name &table,
                             const QString &column)
{
    const schema::Table *found = project.placedCode().table(table);
    return found ? found->column(column) : nullptr;
}

} // namespace

GridEditing::GridEditing(session::Project &project, const schema::Name &table, RowsModel &rows,
                         RowsView &view, QWidget *page)
    : QObject(page)
    , m_project(project)
    , m_editing(project.editing())
    , m_name(table)
    , m_rows(rows)
    , m_view(view)
    , m_page(page)
    , m_staged(project.editing(), GridStaged::Rows::ByKey)
    , m_newRows(new NewRows(project.editing(), view, page))
    , m_add(new QPushButton(icon(QStringLiteral("add")), tr("Row"), page))
    , m_delete(new QPushButton(tr("Delete"), page))
{
    m_rows.setOverlay(&m_staged);
    m_add->setObjectName(QStringLiteral("addRow"));
    m_add->setAccessibleName(tr("Add a row"));
    m_delete->setObjectName(QStringLiteral("deleteRow"));
    m_delete->setAccessibleName(tr("Delete the chosen rows"));
    connect(m_add, &QPushButton::clicked, this, &GridEditing::addRow);
    connect(m_delete, &QPushButton::clicked, this, &GridEditing::deleteRows);
    for (RowsView *each : {&m_view, &m_newRows->view()}) {
        each->installEventFilter(this);
        connect(each, &QTableView::doubleClicked, this,
                [this](const QModelIndex &cell) { edit(cell); });
    }
    connect(&m_newRows->view(), &RowsView::menuRequested, this, &GridEditing::addTo);
    connect(&m_rows, &RowsModel::modelReset, this,
            [this] { m_staged.setColumns(m_rows.columns()); });
    connect(&m_editing, &session::Editing::changed, this, &GridEditing::refresh);
    connect(&m_editing, &session::Editing::committed, this, &GridEditing::rowsWritten);
    connect(&m_project, &session::Project::tenantChanged, this, &GridEditing::refresh);
    refresh();
}

QWidget *GridEditing::newRows() const
{
    return m_newRows;
}

void GridEditing::setTable(const std::optional<schema::Table> &table)
{
    m_table = table;
    if (m_table) {
        QStringList filled;
        QList<RowsColumn> shown;
        for (const RowsColumn &column : m_rows.columns()) {
            const schema::Column *code = inCode(m_project, m_name, column.name);
            if (code && code->filledByCode.onInsert)
                filled << column.name;
            if (m_table->column(column.name))
                shown << column;
        }
        m_staged.setTable(*m_table, m_rows.columns(), filled);
        m_newRows->setTable(*m_table, shown, filled);
    }
    refresh();
}

void GridEditing::refresh()
{
    const std::optional<base::Error> closed = m_editing.whyClosed(m_name);
    const QString why = closed ? base::toLine(*closed) : QString();
    m_add->setEnabled(!closed && m_table);
    m_add->setToolTip(closed ? why : tr("Add a row; nothing is written before you commit"));
    m_delete->setEnabled(!closed && m_table);
    m_delete->setToolTip(closed ? why : tr("Mark the chosen rows for deletion"));
    m_rows.overlayChanged();
}

GridEditing::Side GridEditing::sideOf(const QAbstractItemModel *model) const
{
    if (model == &m_rows)
        return {m_rows, m_view, m_staged};
    return {m_newRows->model(), m_newRows->view(), m_newRows->staged()};
}

edits::RowId GridEditing::idOf(const QModelIndex &cell) const
{
    const Side side = sideOf(cell.model());
    const RowsWindow::Cell place = side.rows.place(cell.row());
    return side.staged.idOf(*place.page, place.row);
}

const schema::Column *GridEditing::columnOf(const QModelIndex &cell) const
{
    return m_table && cell.isValid()
               ? m_table->column(sideOf(cell.model()).rows.columns().at(cell.column()).name)
               : nullptr;
}

/// Looks at the cell; a value that came cut is fetched for it, or if it is too long, its digest.
void GridEditing::whenSeen(const QModelIndex &cell, const std::function<void(const Seen &)> &then,
                           RowsView::Wait wait)
{
    constexpr qint64 mostEdited = 256'000; // bytes
    const RowEdit *edit = m_editing.row(idOf(cell));
    const Side side = sideOf(cell.model());
    if (const edits::CellEdit *staged = edit ? edit->cell(columnOf(cell)->name) : nullptr) {
        const bool isValue = staged->after.kind == NewValue::Kind::Value;
        then({.shown = isValue ? sql::Parameter(staged->after.text) : sql::Parameter(),
              .before = staged->before});
        return;
    }
    const query::CutSize size = side.rows.cutSize(cell.row(), cell.column());
    // What is kept compressed may be many times as long when it is printed.
    const bool isTooLong = size.isStored || size.bytes > mostEdited;
    const auto answered = [isTooLong, size, then](const RowsWhole::Values &values) {
        if (isTooLong)
            then({.shown = {},
                  .before = edits::OldValue::ofDigest(values.first()),
                  .unseen = size.bytes});
        else
            then({.shown = values.first(), .before = edits::OldValue::of(values.first())});
    };
    side.view.whenWhole({cell}, answered, isTooLong ? RowsWhole::As::Digest : RowsWhole::As::Value,
                        wait);
}

QString GridEditing::noteOf(const QModelIndex &cell) const
{
    const schema::Column *code = inCode(m_project, m_name, columnOf(cell)->name);
    if (!code)
        return {};
    const bool isNew = cell.model() != &m_rows;
    if (isNew && code->filledByCode.onInsert)
        return tr("Your code fills this column in new rows ($defaultFn); Sluice does not run it. "
                  "Give the value that it would.");
    if (!isNew && code->filledByCode.onUpdate)
        return tr("Your code sets this column with every change ($onUpdate); Sluice does not run "
                  "it. Give the value that it would.");
    return {};
}

void GridEditing::edit(const QModelIndex &cell, const QString &typed, const EditorPlace &where)
{
    const schema::Column *column = columnOf(cell);
    if (!column)
        return;
    if (const std::optional<base::Error> fixed = m_editing.whyFixed(m_name, column->name)) {
        Q_EMIT said(base::toLine(*fixed));
        return;
    }
    if (const RowEdit *staged = m_editing.row(idOf(cell));
        staged && staged->kind == RowEdit::Kind::Delete) {
        Q_EMIT said(tr("The row is marked for deletion: take that back first"));
        return;
    }
    // What is typed while the value is on its way belongs to what was typed before.
    const bool isMore =
        !typed.isEmpty() && m_typedAt == cell && sideOf(cell.model()).view.isWaiting();
    m_typed = isMore ? m_typed + typed : typed;
    m_typedAt = cell;
    if (isMore)
        return;
    const QPersistentModelIndex place = cell;
    whenSeen(cell, [this, place, where](const Seen &seen) {
        const QWidget *shown = where.over;
        if (place.isValid() && (shown || sideOf(place.model()).view.isVisible()))
            openEditor(place, seen, m_typed, where);
    });
}

void GridEditing::openEditor(const QModelIndex &cell, const Seen &seen, const QString &typed,
                             const EditorPlace &where)
{
    const Side side = sideOf(cell.model());
    QRect rect = where.rect;
    if (!where.over) {
        side.view.scrollTo(cell);
        rect = side.view.visualRect(cell);
        rect.moveTopLeft(side.view.viewport()->mapToGlobal(rect.topLeft()));
    }
    if (const GridReference *reference = pickable(cell)) {
        openPicker(cell, *reference, typed, where, rect);
        return;
    }
    auto *editor = new CellEditor({.column = side.rows.columns().at(cell.column()),
                                   .definition = *columnOf(cell),
                                   .value = seen.shown,
                                   .note = noteOf(cell),
                                   .isNew = cell.model() != &m_rows,
                                   .unseen = seen.unseen},
                                  where.over ? where.over : &side.view);
    const QPersistentModelIndex place = cell;
    connect(editor, &CellEditor::chosen, this,
            [this, place, before = seen.before](const NewValue &value) {
                if (place.isValid())
                    stage(place, before, value);
            });
    // Queued: a popup that opens while another one closes is closed with it.
    connect(editor, &CellEditor::moved, this, onward(cell, where), Qt::QueuedConnection);
    editor->openOver(rect, typed);
}

/// What goes on to another cell than \a cell, whose editor was left that way.
std::function<void(int step)> GridEditing::onward(const QModelIndex &cell, const EditorPlace &where)
{
    return [this, place = QPersistentModelIndex(cell), next = where.next](int step) {
        if (next)
            next(step);
        else if (place.isValid())
            editNext(place, step);
    };
}

/// Where the cell leads to, when its row is chosen from a list; the tenant's is not.
const GridReference *GridEditing::pickable(const QModelIndex &cell) const
{
    const GridReference *reference = m_referenceAt ? m_referenceAt(cell.column()) : nullptr;
    const auto &database = m_project.database().value;
    const bool isTenant = sideOf(cell.model()).rows.columns().at(cell.column()).tenant;
    return reference && !isTenant && database && database->table(reference->relation.target)
               ? reference
               : nullptr;
}

void GridEditing::openPicker(const QModelIndex &cell, const GridReference &reference,
                             const QString &typed, const EditorPlace &where, const QRect &rect)
{
    const Side side = sideOf(cell.model());
    const schema::Table target = *m_project.database().value->table(reference.relation.target);
    const std::optional<session::Tenant> tenant = m_project.tenant();
    const bool isScoped = tenant && m_project.scopeFor(target.name, target.name.name);
    auto *picker = new ReferencePicker(
        {.reference = reference,
         .target = target,
         .key = side.rows.shownValues(cell.row(), reference.positions).value_or(QStringList()),
         .nullable = side.rows.columns().at(cell.column()).nullable,
         .hasDefault = columnOf(cell)->defaultValue.has_value(),
         .tenant = isScoped ? m_project.chosenLabel(target.name) : QString(),
         .note = noteOf(cell)},
        [this](const query::Select &select) { return m_project.fetch(select); },
        where.over ? where.over : &side.view);
    const QPersistentModelIndex place = cell;
    connect(picker, &ReferencePicker::chosen, this,
            [this, place, reference](const QStringList &key) {
                if (place.isValid())
                    setKey(place, reference, key);
            });
    const auto command = [&](auto signal, const NewValue &value) {
        connect(picker, signal, this, [this, place, value] {
            if (place.isValid())
                set(place, value);
        });
    };
    command(&ReferencePicker::nullChosen, {});
    command(&ReferencePicker::defaultChosen, {.kind = NewValue::Kind::Default, .text = {}});
    // Queued, as for the other editors.
    connect(picker, &ReferencePicker::moved, this, onward(cell, where), Qt::QueuedConnection);
    picker->openOver(rect, typed);
}

/// All columns of the key, but for those that hold the value already: the tenant's, mostly.
void GridEditing::setKey(const QModelIndex &cell, const GridReference &reference,
                         const QStringList &key)
{
    QModelIndexList parts;
    QList<NewValue> values;
    for (qsizetype i = 0; i < reference.positions.size(); ++i) {
        const QModelIndex part = cell.siblingAtColumn(reference.positions.at(i));
        const auto shown = sideOf(cell.model()).rows.shownValues(part.row(), {part.column()});
        if (shown && shown->first() == key.value(i))
            continue;
        parts << part;
        values << NewValue{.kind = NewValue::Kind::Value,
                           .text = QByteArray("") + key.value(i).toUtf8()};
    }
    setAll(parts, values);
}

/// The next column of the row that is on the screen and can be edited.
void GridEditing::editNext(const QModelIndex &cell, int step)
{
    const QHeaderView *header = sideOf(cell.model()).view.horizontalHeader();
    for (int at = header->visualIndex(cell.column()) + step; at >= 0 && at < header->count();
         at += step) {
        const QModelIndex next = cell.siblingAtColumn(header->logicalIndex(at));
        const schema::Column *column = columnOf(next);
        if (header->isSectionHidden(next.column()) || !column ||
            m_editing.whyFixed(m_name, column->name))
            continue;
        sideOf(cell.model()).view.setCurrentIndex(next);
        edit(next);
        return;
    }
}

void GridEditing::set(const QModelIndex &cell, const NewValue &value)
{
    const QPersistentModelIndex place = cell;
    const auto staged = [this, place, value](const Seen &seen) {
        if (place.isValid())
            stage(place, seen.before, value);
    };
    whenSeen(cell, staged, RowsView::Wait::ToTheEnd);
}

void GridEditing::stage(const QModelIndex &cell, const edits::OldValue &before,
                        const NewValue &value)
{
    if (const auto refusal = m_editing.setCell(idOf(cell), columnOf(cell)->name, before, value))
        Q_EMIT said(base::toLine(*refusal));
}

void GridEditing::addTo(QMenu *menu, const QModelIndex &cell)
{
    const schema::Column *column = columnOf(cell);
    if (!column)
        return;
    menu->addSeparator();
    const std::optional<base::Error> fixed = m_editing.whyFixed(m_name, column->name);
    const QPersistentModelIndex place = cell;
    const auto add = [&](const QString &text, bool isPossible, auto run) {
        QAction *action = menu->addAction(text, this, run);
        action->setEnabled(isPossible);
        return action;
    };
    add(tr("Edit"), !fixed, [this, place] { edit(place); })->setShortcut(Qt::Key_F2);
    add(tr("Paste"), !fixed, [this, place] { paste(place); })->setShortcut(QKeySequence::Paste);
    addCommands(menu, chosenCells(cell));
    const edits::RowId id = idOf(cell);
    const RowEdit *staged = m_editing.row(id);
    add(tr("Revert the cell"), staged && staged->cell(column->name),
        [this, id, name = column->name] { m_editing.revertCell(id, name); });
    add(tr("Revert the row"), staged, [this, id] { m_editing.revertRow(id); });
    add(tr("Duplicate"), m_add->isEnabled(), [this] {
        duplicateRows();
    })->setShortcut(Qt::CTRL | Qt::Key_D);
    add(tr("Delete…"), m_delete->isEnabled(), [this] {
        deleteRows();
    })->setShortcut(QKeySequence::Delete);
    if (fixed)
        menu->addAction(fixed->detail.isEmpty() ? fixed->text : fixed->detail)->setEnabled(false);
}

/// NULL and DEFAULT, for those of the chosen cells that can take them.
void GridEditing::addCommands(QMenu *menu, const QModelIndexList &chosen)
{
    const auto add = [&](const QString &one, const QString &many, Need need,
                         const NewValue &value) {
        const QModelIndexList cells = open(chosen, need);
        const QList<QPersistentModelIndex> places(cells.cbegin(), cells.cend());
        const auto run = [this, places, value] {
            if (std::ranges::all_of(places, &QPersistentModelIndex::isValid))
                setAll(QModelIndexList(places.cbegin(), places.cend()), {value});
        };
        menu->addAction(cells.size() > 1 ? many.arg(cells.size()) : one, this, run)
            ->setEnabled(!cells.isEmpty());
    };
    add(tr("Set to NULL"), tr("Set %1 cells to NULL"), Need::Null, {});
    add(tr("Set to the default"), tr("Set %1 cells to the default"), Need::Value,
        {.kind = NewValue::Kind::Default, .text = {}});
}

bool GridEditing::keyPressed(RowsView &view, const QKeyEvent &event)
{
    const QModelIndex current = view.currentIndex();
    // Before what stands for deleting: on X11 this does, too.
    if (current.isValid() && event.key() == Qt::Key_D && event.modifiers() == Qt::ControlModifier &&
        m_add->isEnabled()) {
        duplicateRows();
        return true;
    }
    if (event.matches(QKeySequence::Delete) && m_delete->isEnabled()) {
        deleteRows();
        return true;
    }
    if (!current.isValid())
        return false;
    if (event.matches(QKeySequence::Paste)) {
        paste(current);
        return true;
    }
    if (event.key() == Qt::Key_F2 && !event.modifiers().testFlag(Qt::ShiftModifier)) {
        edit(current);
        return true;
    }
    const bool isPlain = (event.modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) == 0;
    const QString text = event.text();
    if (!isPlain || text.isEmpty() || !text.front().isPrint() || text.front().isSpace())
        return false;
    edit(current, text);
    return true;
}

bool GridEditing::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const bool isNew = watched == &m_newRows->view();
        if (keyPressed(isNew ? m_newRows->view() : m_view, *static_cast<QKeyEvent *>(event)))
            return true;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace studio
