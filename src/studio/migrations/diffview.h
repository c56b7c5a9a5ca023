// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "studio/migrations/cardlayout.h"
#include "studio/migrations/renamequestion.h"

#include <QScrollArea>

namespace studio
{

class DiffCanvas;

/// What the visual diff shows.
struct DiffPicture {
    QList<Card> cards;
    QList<base::Error> obstacles; ///< why the plan cannot be carried out
    QList<RenameQuestion> questions;
    QList<BlockingRows> rows; ///< of the database, in the way of the plan
    bool joinable = false;    ///< what was removed may be joined to what was added
    QString emptyTitle;       ///< instead of everything else when there is nothing to show
    QString emptyText;
    bool operator==(const DiffPicture &) const = default;
};

/// The visual diff: cards that flow in columns, then refusals and questions.
class DiffView final : public QScrollArea
{
    Q_OBJECT

public:
    explicit DiffView(QWidget *parent = nullptr);

    void setPicture(const DiffPicture &picture);
    const DiffPicture &picture() const;
    /// Brings the first refusal or question into view.
    void showNotices();

Q_SIGNALS:
    void answered(const diff::RenameCandidate &candidate, studio::RenameReply reply);
    void joined(const diff::RenameCandidate &candidate);

protected:
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    DiffCanvas *m_canvas;
};

} // namespace studio
