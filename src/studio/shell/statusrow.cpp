// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/shell/statusrow.h"

#include "studio/widgets/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QStyle>

namespace studio
{

namespace
{

/// Says with dots that there is more than fits; a tool tip says it all.
class ShortenedLabel final : public QLabel
{
public:
    using QLabel::QLabel;

protected:
    void paintEvent(QPaintEvent *event) override
    {
        if (fontMetrics().horizontalAdvance(text()) <= contentsRect().width()) {
            QLabel::paintEvent(event);
            return;
        }
        QPainter painter(this);
        style()->drawItemText(
            &painter, contentsRect(), Qt::AlignLeft | Qt::AlignVCenter, palette(), true,
            fontMetrics().elidedText(text(), Qt::ElideRight, contentsRect().width()),
            foregroundRole());
    }
};

template <typename Label = QLabel>
Label *label(const char *name, const QString &accessible, QWidget *parent)
{
    auto *made = new Label(parent);
    made->setObjectName(QLatin1String(name));
    made->setAccessibleName(accessible);
    made->setProperty("tone", QStringLiteral("dim"));
    made->setTextFormat(Qt::PlainText);
    QFont small = made->font();
    small.setPixelSize(12);
    made->setFont(small);
    return made;
}

QPushButton *button(const char *name, QWidget *parent)
{
    auto *made = new QPushButton(parent);
    made->setObjectName(QLatin1String(name));
    made->setProperty("status", true);
    made->setCursor(Qt::PointingHandCursor);
    made->hide();
    return made;
}

void tell(QPushButton *button, const StatusPart &part)
{
    button->setText(part.text);
    button->setAccessibleName(part.text);
    button->setToolTip(part.tip);
    button->setVisible(!part.text.isEmpty());
    setStyleProperty(button, "tone", part.tone);
}

void tell(QLabel *label, const StatusPart &part)
{
    label->setText(part.text);
    label->setToolTip(part.tip);
    label->setVisible(!part.text.isEmpty());
    setStyleProperty(label, "tone", part.tone);
}

} // namespace

StatusRow::StatusRow(QWidget *parent)
    : QWidget(parent)
    , m_page(label<ShortenedLabel>("statusPage", tr("Status of the page"), this))
    , m_edits(button("statusEdits", this))
    , m_problems(button("statusProblems", this))
    , m_codeFolder(label("statusCodeFolder", tr("Code against folder"), this))
    , m_folderLedger(label("statusFolderLedger", tr("Folder against ledger"), this))
    , m_codeDatabase(button("statusCodeDatabase", this))
    , m_server(label("statusServer", tr("Connection"), this))
{
    setFixedHeight(24);
    m_page->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_page->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 1, 12, 0);
    layout->setSpacing(16);
    layout->addWidget(m_page, 1);
    connect(m_edits, &QPushButton::clicked, this, &StatusRow::editsWanted);
    layout->addWidget(m_edits);
    connect(m_problems, &QPushButton::clicked, this, &StatusRow::problemsWanted);
    layout->addWidget(m_problems);
    connect(m_codeDatabase, &QPushButton::clicked, this, &StatusRow::differencesWanted);
    for (QWidget *part :
         std::initializer_list<QWidget *>{m_codeFolder, m_folderLedger, m_codeDatabase, m_server}) {
        layout->addWidget(part);
        part->hide();
    }
}

void StatusRow::setPageText(const QString &text)
{
    m_page->setText(text);
    m_page->setToolTip(text);
}

void StatusRow::setCodeFolder(const StatusPart &part)
{
    tell(m_codeFolder, part);
}

void StatusRow::setFolderLedger(const StatusPart &part)
{
    tell(m_folderLedger, part);
}

void StatusRow::setEdits(const StatusPart &part)
{
    tell(m_edits, part);
}

void StatusRow::setProblems(const StatusPart &part)
{
    tell(m_problems, part);
}

void StatusRow::setCodeDatabase(const StatusPart &part)
{
    tell(m_codeDatabase, part);
}

void StatusRow::setServer(const StatusPart &part)
{
    tell(m_server, part);
}

void StatusRow::paintEvent(QPaintEvent *)
{
    const Colors &c = colors(palette());
    QPainter painter(this);
    painter.fillRect(rect(), c.raised);
    painter.fillRect(QRect(0, 0, width(), 1), c.line);
}

} // namespace studio
