// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "rows/writer.h"
#include "schema/database.h"
#include "studio/grid/gridindex.h"
#include "studio/grid/gridquery.h"
#include "studio/grid/gridtrail.h"
#include "studio/widgets/rowsmodel.h"
#include "studio/widgets/rowssort.h"

#include <QWidget>

#include <functional>
#include <memory>

namespace Ui
{
class GridPage;
}
namespace session
{
class Project;
}
QT_BEGIN_NAMESPACE
class QMenu;
QT_END_NAMESPACE

namespace studio
{

class ExportBar;
class GridColumns;
class GridEditing;
class RecordView;
class GridFollow;
class GridNested;
class RowsView;

/// Where a grid's filters, search and order are kept between two runs; parts may be missing.
struct GridMemory {
    std::function<QByteArray(const schema::Name &table)> read;
    std::function<void(const schema::Name &table, const QByteArray &choice)> write;
    /// How the columns are laid out.
    std::function<QByteArray(const schema::Name &table)> readColumns = {};
    std::function<void(const schema::Name &table, const QByteArray &layout)> writeColumns = {};
    /// Where one was among the rows.
    std::function<QByteArray(const schema::Name &table)> readPlace = {};
    std::function<void(const schema::Name &table, const QByteArray &place)> writePlace = {};
    std::shared_ptr<RowsZoneChoice> zone = {}; ///< of all grids
    std::shared_ptr<GridTrail> trail = {};     ///< through all grids
};

/// The rows of one table: the tenant's scope and the filters above, sorted by a click on a title,
/// fetched while one scrolls. Knows the database's columns, not the code's: it connects when it is
/// made.
class GridPage final : public QWidget
{
    Q_OBJECT

public:
    GridPage(session::Project &project, const schema::Name &table, QWidget *parent = nullptr,
             GridMemory memory = {});
    ~GridPage() override;

    schema::Name table() const { return m_table; }
    QString statusText() const;
    /// Shows what is chosen of the table at \a place, which is of this table, and gives its row the
    /// focus where that is in the whole set. Filters that leave the row out are switched off.
    void showPlace(const GridPlace &place);

Q_SIGNALS:
    void placeWanted(const studio::GridPlace &place); ///< the trail's current place now
    void failed(const base::Error &error);
    void mended(); ///< there are rows again after that
    void statusChanged(const QString &text);
    void leaseWanted();  ///< something that writes was asked for while the connection is read-only
    void tenantWanted(); ///< the person wants to say whose rows to show

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void connectAll();
    void databaseChanged();
    std::optional<RowsQuery> queryNow() const;
    void showRows();
    void choose(); ///< the choice is another one
    void keepChoice();
    void search();
    void showSearch();
    void showStatus();
    void say(const QString &notice);
    void moved();
    void sortBy(int column, RowsSort how);
    void cellMenu(QMenu *menu, const QModelIndex &cell);
    void addFilters(QMenu *menu, const QModelIndex &cell);
    void rowsStateChanged();
    void showAbsence();
    bool isOfTenant() const;
    std::optional<IndexOffer> indexOffer() const;
    void copyIndex();
    void labelTenants();
    void makeEditing();
    void makeRecord();
    void makeColumns();
    void showRecord(bool isShown);
    void titleMenu(QMenu *menu, int column);
    void showStatistics(int column);
    void reloadInPlace();

    // gridpage_follow.cpp
    void makeTrail();
    GridPlace placeNow() const;
    void visit(const GridPlace &place);
    void step(qsizetype by);
    void seek();
    void found(const base::Result<rows::Page> &page);
    bool switchFiltersOff(const QString &why);
    QList<int> keyPositions(const QStringList &columns) const;
    QStringList keyOf(int row, const QList<int> &positions) const;
    int loadedRow(const GridPlace &place) const;

    // gridpage_return.cpp
    QString scopeNow() const;
    std::optional<GridStand> standNow() const;
    void keepPlace() const;
    void returnToKept();
    void returnTo(const GridPlace &place);
    void comeTo(qint64 row);
    void settle();

    // gridpage_out.cpp
    void addTableCopies(QMenu *menu);
    void openExportMenu();
    void askFile(rows::Form form);
    void exportTo(rows::Form form, const QString &path);
    void askImport();

    session::Project &m_project;
    const schema::Name m_table;
    std::unique_ptr<Ui::GridPage> m_ui;
    RowsModel m_rows;
    RowsView *m_view;
    GridEditing *m_editing = nullptr;
    GridFollow *m_follow;
    GridNested *m_nested;
    RecordView *m_record;
    ExportBar *m_export;
    GridChoice m_choice;
    const GridMemory m_memory;
    std::unique_ptr<GridColumns> m_columns;
    std::optional<schema::Table> m_shown; ///< as it was when the rows were asked for
    std::optional<GridPlace> m_goal;      ///< whose row gets the focus
    QFutureWatcherBase *m_seeking = nullptr;
    std::optional<GridPlace> m_returning; ///< one was there, and its rows are on their way
    bool m_awaitsTop = false;             ///< its topmost row arrives
    QByteArray m_keptPlace;               ///< from another run, until somebody moves
    bool m_hasFailed = false;
    QString m_arrival;        ///< to be said when the row is there
    QString m_arrived;        ///< in the status as long as that row is the current one
    QStringList m_arrivedRow; ///< its key
    QString m_notice;         ///< in the status until the current cell changes
};

} // namespace studio
