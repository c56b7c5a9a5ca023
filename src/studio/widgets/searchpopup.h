// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <QFrame>
#include <QIcon>

#include <functional>

QT_BEGIN_NAMESPACE
class QLabel;
class QLineEdit;
class QListView;
class QVBoxLayout;
QT_END_NAMESPACE

namespace studio
{

/// One line of a searchable list, and what choosing it does.
struct SearchEntry {
    QString title;
    QString detail; ///< dim, at the right edge: a shortcut, a short id
    QString tip;
    QIcon icon;
    bool possible = true;
    std::function<void()> run = {};
};

/// Entries that hold every typed word, the ones that begin with it first.
class SearchModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { DetailRole = Qt::UserRole + 1 };
    using QAbstractListModel::QAbstractListModel;

    void setEntries(QList<SearchEntry> entries);
    void setFilter(const QString &text);
    const SearchEntry &entry(const QModelIndex &index) const
    {
        return m_entries.at(m_found.at(index.row()));
    }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    void search();

    QList<SearchEntry> m_entries;
    QList<qsizetype> m_found; ///< indexes into m_entries, in the order shown
    QString m_text;
};

/// A list that pops up, with a line to search it: the tenants, the palette. Arrows and Enter work
/// from the line.
class SearchPopup final : public QFrame
{
    Q_OBJECT

public:
    explicit SearchPopup(const QString &placeholder, QWidget *parent = nullptr);

    void setEntries(QList<SearchEntry> entries);
    void setEmptyText(const QString &text); ///< while the list has no entry at all
    /// A widget under the list, for what is deliberately not one of its lines.
    void setFooter(QWidget *footer);
    /// Shows it with its top left corner at \a position, in global coordinates.
    void popUp(const QPoint &position, const QSize &size);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void choose(const QModelIndex &index);
    void filter(const QString &text);

    QLineEdit *m_line;
    QListView *m_list;
    QLabel *m_nothing;
    SearchModel *m_model;
    QVBoxLayout *m_layout;
    QString m_emptyText;
};

} // namespace studio
