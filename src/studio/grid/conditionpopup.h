// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/receive.h"
#include "studio/grid/filterbar.h"

#include <QFrame>
#include <QTimer>

#include <memory>

namespace Ui
{
class ConditionPopup;
}

namespace studio
{

/// Asks for a condition in SQL, which the server checks while one types. Closes itself when it has
/// one that the server takes.
class ConditionPopup final : public QFrame
{
    Q_OBJECT

public:
    ConditionPopup(ConditionCheck check, QWidget *parent);
    ~ConditionPopup() override;

    void setText(const QString &text);

Q_SIGNALS:
    void chosen(const QString &condition);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void edited();
    void check();
    void take(const QString &text, const std::optional<base::Error> &error);
    void mark(const std::optional<base::Error> &error);
    void apply();
    QString text() const;

    std::unique_ptr<Ui::ConditionPopup> m_ui;
    const ConditionCheck m_check;
    QTimer m_pause; ///< a check when one stops typing, not one a letter
    QFutureWatcherBase *m_watcher = nullptr;
    QString m_checked;       ///< what the server takes
    bool m_isWanted = false; ///< Enter was pressed before the answer came
};

} // namespace studio
