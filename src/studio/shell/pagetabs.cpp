// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/shell/pagetabs.h"

#include "studio/shell/tabstrip.h"

#include <QApplication>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace studio
{

PageTabs::PageTabs(QWidget *parent)
    : QWidget(parent)
    , m_strip(new TabStrip(this))
    , m_stack(new QStackedWidget(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_strip);
    layout->addWidget(m_stack, 1);
    m_strip->hide();
    connect(m_strip, &QTabBar::currentChanged, this, &PageTabs::showCurrent);
    connect(m_strip, &QTabBar::tabCloseRequested, this, &PageTabs::closeAt);
    connect(m_strip, &QTabBar::tabMoved, this, &PageTabs::tabsChanged);
    connect(m_strip, &QTabBar::tabBarDoubleClicked, this, [this](int index) {
        if (index < 0)
            return;
        m_strip->setPreview(index, false);
        Q_EMIT tabsChanged();
    });
}

QWidget *PageTabs::open(const QString &key, const QString &title, Opening opening,
                        const std::function<QWidget *(QWidget *parent)> &make)
{
    int at = m_strip->indexOf(key);
    if (at < 0) {
        // The tab is written only when its page is there: whoever hears of the tab finds the page.
        QWidget *page = make(m_stack);
        m_stack->addWidget(page);
        m_pages.insert(key, page);
        const QSignalBlocker quiet(m_strip);
        const int old = opening == Opening::Preview ? previewIndex() : -1;
        m_strip->insert(old < 0 ? placeFor(key) : old + 1, key, title, opening == Opening::Preview);
        if (old >= 0)
            closeAt(old);
        at = m_strip->indexOf(key);
    } else if (opening == Opening::Pinned) {
        m_strip->setPreview(at, false);
    }
    {
        const QSignalBlocker quiet(m_strip);
        m_strip->setCurrentIndex(at);
    }
    showCurrent();
    Q_EMIT tabsChanged();
    return m_pages.value(key);
}

void PageTabs::prepare(const QString &key, const QString &title, Opening opening,
                       const std::function<QWidget *(QWidget *parent)> &make)
{
    if (m_strip->indexOf(key) >= 0)
        return;
    m_waiting.insert(key, make);
    const QSignalBlocker quiet(m_strip);
    m_strip->insert(m_strip->count(), key, title, opening == Opening::Preview);
    m_strip->setVisible(true);
}

void PageTabs::show(const QString &key)
{
    const int at = m_strip->indexOf(key);
    if (at < 0)
        return;
    {
        const QSignalBlocker quiet(m_strip);
        m_strip->setCurrentIndex(at);
    }
    showCurrent();
}

QStringList PageTabs::keys() const
{
    QStringList keys;
    for (int i = 0; i < m_strip->count(); ++i)
        keys << m_strip->key(i);
    return keys;
}

QString PageTabs::title(const QString &key) const
{
    return m_strip->tabText(m_strip->indexOf(key));
}

void PageTabs::remake(const QString &key, const std::function<QWidget *(QWidget *parent)> &make)
{
    QWidget *old = m_pages.value(key);
    if (!old)
        return;
    QWidget *page = make(m_stack);
    m_stack->addWidget(page);
    m_pages.insert(key, page);
    const bool hadFocus = old->isAncestorOf(QApplication::focusWidget());
    showCurrent();
    m_stack->removeWidget(old);
    // It may be in the middle of telling something.
    old->hide();
    old->deleteLater();
    if (hadFocus)
        page->setFocus();
}

QWidget *PageTabs::currentPage() const
{
    return m_pages.value(currentKey());
}

QString PageTabs::currentKey() const
{
    return m_strip->currentIndex() < 0 ? QString() : m_strip->key(m_strip->currentIndex());
}

bool PageTabs::isPreview(const QString &key) const
{
    const int at = m_strip->indexOf(key);
    return at >= 0 && m_strip->isPreview(at);
}

void PageTabs::setMarked(const QString &key, bool marked)
{
    if (const int at = m_strip->indexOf(key); at >= 0)
        m_strip->setMarked(at, marked);
}

void PageTabs::closeCurrent()
{
    if (m_strip->currentIndex() >= 0)
        closeAt(m_strip->currentIndex());
}

void PageTabs::closeAll()
{
    const QSignalBlocker quiet(m_strip);
    while (m_strip->count() > 0)
        closeAt(m_strip->count() - 1);
    showCurrent();
}

void PageTabs::step(int by)
{
    const int tabs = m_strip->count();
    if (tabs > 0)
        m_strip->setCurrentIndex((m_strip->currentIndex() + by % tabs + tabs) % tabs);
}

void PageTabs::setEmptyPage(QWidget *page)
{
    m_empty = page;
    m_stack->addWidget(page);
    showCurrent();
}

int PageTabs::placeFor(const QString &key) const
{
    const QString group = key.section(QLatin1Char(':'), 0, 0);
    for (int i = m_strip->count() - 1; i >= 0; --i)
        if (m_strip->key(i).section(QLatin1Char(':'), 0, 0) == group)
            return i + 1;
    return key.contains(QLatin1Char(':')) ? 0 : m_strip->count();
}

int PageTabs::previewIndex() const
{
    for (int i = 0; i < m_strip->count(); ++i)
        if (m_strip->isPreview(i))
            return i;
    return -1;
}

void PageTabs::closeAt(int index)
{
    QWidget *page = m_pages.take(m_strip->key(index));
    m_waiting.remove(m_strip->key(index));
    const bool blocked = m_strip->signalsBlocked();
    {
        const QSignalBlocker quiet(m_strip);
        m_strip->removeTab(index);
    }
    if (page) {
        m_stack->removeWidget(page);
        // It may be in the middle of telling something.
        page->hide();
        page->deleteLater();
    }
    if (!blocked)
        showCurrent();
    Q_EMIT tabsChanged();
}

void PageTabs::showCurrent()
{
    m_strip->setVisible(m_strip->count() > 0);
    if (const auto make = m_waiting.take(currentKey())) {
        QWidget *made = make(m_stack);
        m_stack->addWidget(made);
        m_pages.insert(currentKey(), made);
    }
    QWidget *page = currentPage();
    if (QWidget *shown = page ? page : m_empty)
        m_stack->setCurrentWidget(shown);
    const QString key = currentKey();
    if (key == m_shown)
        return;
    m_shown = key;
    Q_EMIT currentChanged(key);
    Q_EMIT tabsChanged();
}

} // namespace studio
