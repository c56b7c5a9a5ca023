// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "studio/source/editorcommand.h"

#include <QDialog>

#include <memory>

namespace Ui
{
class EditorDialog;
}

namespace studio
{

/// Asks for the editor: one that was found, or a command of the person's own.
class EditorDialog final : public QDialog
{
    Q_OBJECT

public:
    /// \a command is the choice so far; empty: the detected editor, named by \a detected, or the
    /// desktop's program.
    EditorDialog(const QString &command, const std::optional<EditorCommand> &detected,
                 const QList<EditorCommand> &installed, QWidget *parent = nullptr);
    ~EditorDialog() override;

Q_SIGNALS:
    void chosen(const QString &command); ///< empty: the detected one from now on

private:
    void take(int choice);
    void edit(const QString &command);

    std::unique_ptr<Ui::EditorDialog> m_ui;
    QString m_own; ///< what was typed, kept while another choice is looked at
};

} // namespace studio
