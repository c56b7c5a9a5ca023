// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QWidget>

#include <functional>

QT_BEGIN_NAMESPACE
class QStackedWidget;
QT_END_NAMESPACE

namespace studio
{

class TabStrip;

enum class Opening {
    Preview, ///< in italics; the next preview takes its place
    Pinned,
};

/// The pages of the window and their tabs. A page is known by its key; opening a key that is open
/// shows it.
class PageTabs final : public QWidget
{
    Q_OBJECT

public:
    explicit PageTabs(QWidget *parent = nullptr);

    /// Shows the page of \a key, made by \a make when it is not open. Opening a preview as Pinned
    /// pins it.
    QWidget *open(const QString &key, const QString &title, Opening opening,
                  const std::function<QWidget *(QWidget *parent)> &make);
    /// A tab whose page is made when it is first shown.
    void prepare(const QString &key, const QString &title, Opening opening,
                 const std::function<QWidget *(QWidget *parent)> &make);
    void show(const QString &key); ///< of a page that is open
    /// Puts another page in the place of that of \a key, if it is open.
    void remake(const QString &key, const std::function<QWidget *(QWidget *parent)> &make);
    QWidget *page(const QString &key) const { return m_pages.value(key); }
    QWidget *currentPage() const;
    QString currentKey() const;
    int count() const { return int(keys().size()); }
    QStringList keys() const; ///< from left to right
    QString title(const QString &key) const;
    bool isPreview(const QString &key) const;

    void setMarked(const QString &key, bool marked);
    void closeCurrent();
    void closeAll();
    void step(int by); ///< to the tab that many to the right, around the ends

    /// What is shown while no page is open; becomes this widget's child.
    void setEmptyPage(QWidget *page);

Q_SIGNALS:
    void currentChanged(const QString &key); ///< empty: no page is open
    void tabsChanged(); ///< other tabs than before, in another order or another one in front

private:
    int placeFor(
        const QString &key) const; ///< beside its kind; many of a kind stand before the only ones
    int previewIndex() const;
    void closeAt(int index);
    void showCurrent();

    TabStrip *m_strip;
    QStackedWidget *m_stack;
    QWidget *m_empty = nullptr;
    QHash<QString, QWidget *> m_pages;
    /// How the pages are made that have not been shown yet.
    QHash<QString, std::function<QWidget *(QWidget *parent)>> m_waiting;
    QString m_shown; ///< the key that was told last
};

} // namespace studio
