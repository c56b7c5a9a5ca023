// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/source/editordialog.h"

#include "ui_editordialog.h"

namespace studio
{

EditorDialog::EditorDialog(const QString &command, const std::optional<EditorCommand> &detected,
                           const QList<EditorCommand> &installed, QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::EditorDialog>())
    , m_own(command)
{
    m_ui->setupUi(this);
    setObjectName(QStringLiteral("editorDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    QComboBox *choices = m_ui->editorChoice;
    choices->addItem(detected ? tr("The one found first: %1").arg(detected->name)
                              : tr("What the desktop opens such files with"),
                     QString());
    for (const EditorCommand &editor : installed)
        choices->addItem(editor.name, editor.command);
    choices->addItem(tr("A command of your own"));
    m_ui->editorCommand->setPlaceholderText(detected ? detected->command : QString());
    m_ui->editorCommand->setText(command);
    edit(command);
    connect(choices, &QComboBox::activated, this, &EditorDialog::take);
    connect(m_ui->editorCommand, &QLineEdit::textEdited, this, [this](const QString &text) {
        m_own = text;
        edit(text);
    });
    connect(m_ui->editorCancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_ui->editorUse, &QPushButton::clicked, this, [this] {
        Q_EMIT chosen(m_ui->editorCommand->text().trimmed());
        accept();
    });
}

EditorDialog::~EditorDialog() = default;

void EditorDialog::take(int choice)
{
    const bool own = choice == m_ui->editorChoice->count() - 1;
    m_ui->editorCommand->setText(own ? m_own : m_ui->editorChoice->itemData(choice).toString());
    if (own)
        m_ui->editorCommand->setFocus();
}

/// Shows which of the choices \a command is.
void EditorDialog::edit(const QString &command)
{
    const int known = m_ui->editorChoice->findData(command.trimmed());
    m_ui->editorChoice->setCurrentIndex(known >= 0 ? known : m_ui->editorChoice->count() - 1);
}

} // namespace studio
