// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "schema/database.h"

#include <functional>
#include <optional>

QT_BEGIN_NAMESPACE
class QWidget;
QT_END_NAMESPACE

namespace studio
{

/// What a page may ask of the window around it.
class PageHost
{
public:
    virtual ~PageHost() = default;
    virtual void pageFailed(const base::Error &error) = 0;
    virtual void pageMended() = 0; ///< what has failed goes well again
    virtual void pageStatus(QWidget *page, const QString &text) = 0;
    virtual void leaseWanted() = 0;
    virtual void tenantWanted() = 0; ///< whose rows to show is to be chosen
    virtual QWidget *tableWanted(const schema::Name &table) = 0; ///< its page, now in front
    virtual void waysChanged(bool back, bool forward) = 0;       ///< whether PageMaker::walk can
};

/// Makes the pages of the features, so that the shell knows none of them. The parent owns a page.
struct PageMaker {
    std::function<QWidget *(PageHost &host, const schema::Name &table, QWidget *parent)> table;
    /// A new query, begun from \a table where there is one.
    std::function<QWidget *(PageHost &host, const std::optional<schema::Name> &table,
                            QWidget *parent)>
        query;
    std::function<QWidget *(PageHost &host, QWidget *parent)> migrations;
    std::function<QWidget *(PageHost &host, QWidget *parent)> audit;
    std::function<QWidget *(PageHost &host, QWidget *parent)> security;
    /// Back (-1) or forward (1) among the places that one was at.
    std::function<void(PageHost &host, int by)> walk = {};
};

} // namespace studio
