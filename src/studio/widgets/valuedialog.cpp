// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/widgets/valuedialog.h"

#include "studio/widgets/onworker.h"
#include "studio/widgets/rowstext.h"
#include "studio/widgets/rowswhole.h"
#include "studio/widgets/theme.h"

#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSaveFile>

namespace studio
{

namespace
{
constexpr qsizetype mostCopied = 64'000'000; // bytes; the clipboard holds it several times

base::Result<qint64> written(const QByteArray &content, const QString &path)
{
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(content) == content.size() && file.commit())
        return qint64(content.size());
    return base::Error{.kind = base::ErrorKind::Io,
                       .text = ValueDialog::tr("The value was not saved"),
                       .where = path,
                       .detail = file.errorString()};
}

QPushButton *button(const char *name, const QString &text, QWidget *parent)
{
    auto *made = new QPushButton(text, parent);
    made->setObjectName(QLatin1String(name));
    made->setAutoDefault(false);
    return made;
}
} // namespace

ValueDialog::ValueDialog(const RowsModel &rows, const QModelIndex &cell, QWidget *parent)
    : QDialog(parent)
    , m_column(rows.columns().at(cell.column()))
    , m_size(new QLabel(this))
    , m_state(new QLabel(this))
    , m_text(new QPlainTextEdit(this))
    , m_before(button("partBefore", QStringLiteral("◀"), this))
    , m_after(button("partAfter", QStringLiteral("▶"), this))
    , m_place(new QLabel(this))
    , m_copy(button("copyValue", tr("Copy"), this))
    , m_save(button("saveValue", tr("Save…"), this))
{
    setObjectName(QStringLiteral("valueDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Value of %1").arg(m_column.name));
    build(m_column);
    if (cell.data(RowsModel::CutRole).toBool()) {
        fetch(rows, cell);
        return;
    }
    take(rows.shownValue(cell.row(), cell.column()));
}

void ValueDialog::build(const RowsColumn &column)
{
    auto *title = new QLabel(QStringLiteral("<b>%1</b>&nbsp; %2")
                                 .arg(column.name.toHtmlEscaped(), column.typeText.toHtmlEscaped()),
                             this);
    m_size->setObjectName(QStringLiteral("valueSize"));
    m_state->setObjectName(QStringLiteral("valueState"));
    m_state->setTextFormat(Qt::PlainText);
    m_state->setWordWrap(true);
    m_text->setObjectName(QStringLiteral("valueText"));
    m_text->setAccessibleName(tr("Value of %1").arg(column.name));
    m_text->setReadOnly(true);
    m_text->setTabChangesFocus(true);
    const bool isMono =
        column.typeClass == rows::TypeClass::Json || column.typeClass == rows::TypeClass::Binary;
    m_text->setProperty("mono", isMono);
    if (column.typeClass == rows::TypeClass::Binary)
        m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_place->setObjectName(QStringLiteral("valuePlace"));
    m_before->setAccessibleName(tr("Part before"));
    m_after->setAccessibleName(tr("Next part"));
    for (QLabel *each : {m_size, m_place})
        each->setProperty("tone", QStringLiteral("dim"));
    auto *top = new QHBoxLayout;
    top->addWidget(title);
    top->addStretch(1);
    top->addWidget(m_size);
    auto *close = button("closeValue", tr("Close"), this);
    auto *bottom = new QHBoxLayout;
    for (QWidget *each : std::initializer_list<QWidget *>{m_before, m_place, m_after})
        bottom->addWidget(each);
    bottom->addStretch(1);
    for (QWidget *each : std::initializer_list<QWidget *>{m_copy, m_save, close})
        bottom->addWidget(each);
    auto *all = new QVBoxLayout(this);
    all->addLayout(top);
    all->addWidget(m_text, 1);
    all->addWidget(m_state);
    all->addLayout(bottom);
    resize(760, 520);
    connect(m_before, &QPushButton::clicked, this, [this] { showPart(m_part - 1); });
    connect(m_after, &QPushButton::clicked, this, [this] { showPart(m_part + 1); });
    connect(m_copy, &QPushButton::clicked, this, &ValueDialog::copy);
    connect(m_save, &QPushButton::clicked, this, &ValueDialog::askFile);
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    for (QWidget *each : std::initializer_list<QWidget *>{m_before, m_place, m_after})
        each->hide();
    m_copy->setEnabled(false);
    m_save->setEnabled(false);
    m_text->setFocus();
}

void ValueDialog::fetch(const RowsModel &rows, const QModelIndex &cell)
{
    const RowsWhole whole(rows, {cell});
    m_size->setText(cutNote(rows.cutSize(cell.row(), cell.column())));
    say(tr("Fetching %1… Esc stops it").arg(sizeText(whole.missing())));
    base::receive(
        this, rows.fetch(whole.select()), [this, whole](const base::Result<rows::Page> &answer) {
            if (!answer) {
                fail(answer.error());
                return;
            }
            // Of 50 MB already a copy takes longer than a frame.
            base::receive(this, onWorker<std::optional<RowsWhole::Values>>([whole, page = *answer] {
                              return base::Result(whole.values(page));
                          }),
                          [this](const auto &values) {
                              if (values && *values)
                                  take((*values)->first());
                              else
                                  say(tr("The row is not there any more: read the rows "
                                         "again"));
                          });
        });
}

void ValueDialog::take(const std::optional<QByteArray> &value)
{
    if (!value) {
        m_text->setPlaceholderText(QStringLiteral("NULL"));
        say({});
        return;
    }
    m_value = *value;
    say(m_value.isEmpty() ? tr("A text without characters") : tr("Laying it out…"));
    base::receive(
        this,
        onWorker<std::shared_ptr<const ValueText>>([bytes = m_value, type = m_column.typeClass] {
            return base::Result<std::shared_ptr<const ValueText>>(
                std::make_shared<const ValueText>(bytes, type));
        }),
        [this](const base::Result<std::shared_ptr<const ValueText>> &shown) {
            if (!shown) {
                fail(shown.error());
                return;
            }
            m_shown = *shown;
            m_size->setText(sizeText(m_shown->fileContent().size()));
            m_save->setEnabled(true);
            m_copy->setEnabled(m_value.size() <= mostCopied);
            if (m_value.size() > mostCopied)
                m_copy->setToolTip(tr("Too long for the clipboard: save it"));
            if (!m_value.isEmpty())
                say({});
            showPart(0);
        });
}

void ValueDialog::showPart(qsizetype part)
{
    const qsizetype count = m_shown->partCount();
    m_part = std::clamp<qsizetype>(part, 0, count - 1);
    m_text->setPlainText(m_shown->part(m_part));
    m_place->setText(tr("Part %1 of %2").arg(grouped(m_part + 1), grouped(count)));
    for (QWidget *each : std::initializer_list<QWidget *>{m_before, m_place, m_after})
        each->setVisible(count > 1);
    m_before->setEnabled(m_part > 0);
    m_after->setEnabled(m_part + 1 < count);
}

void ValueDialog::say(const QString &text)
{
    setStyleProperty(m_state, "tone", QStringLiteral("dim"));
    m_state->setText(text);
    m_state->setVisible(!text.isEmpty());
}

void ValueDialog::fail(const base::Error &error)
{
    say(base::toLine(error));
    setStyleProperty(m_state, "tone", QStringLiteral("removed"));
}

void ValueDialog::copy()
{
    base::receive(this, onWorker<QString>([value = m_value] {
                      return base::Result(QString::fromUtf8(value));
                  }),
                  [this](const base::Result<QString> &text) {
                      if (text)
                          QGuiApplication::clipboard()->setText(*text);
                      say(tr("Copied: %1").arg(sizeText(m_value.size())));
                  });
}

void ValueDialog::askFile()
{
    auto *dialog = new QFileDialog(this, tr("Save the value of %1").arg(m_column.name));
    dialog->setObjectName(QStringLiteral("saveDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    const QString ending = m_shown->isBytes()                            ? QStringLiteral("bin")
                           : m_column.typeClass == rows::TypeClass::Json ? QStringLiteral("json")
                                                                         : QStringLiteral("txt");
    dialog->selectFile(m_column.name + QLatin1Char('.') + ending);
    connect(dialog, &QFileDialog::fileSelected, this, &ValueDialog::save);
    dialog->open();
}

void ValueDialog::save(const QString &path)
{
    say(tr("Saving…"));
    base::receive(this, onWorker<qint64>([shown = m_shown, path] {
                      return written(shown->fileContent(), path);
                  }),
                  [this, path](const base::Result<qint64> &size) {
                      if (size)
                          say(tr("Saved: %1 in %2").arg(sizeText(*size), path));
                      else
                          fail(size.error());
                  });
}

} // namespace studio
