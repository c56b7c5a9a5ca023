// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/grid/celleditor.h"

#include "rows/arraytext.h"
#include "studio/grid/editorpart.h"
#include "studio/widgets/filtertext.h"
#include "studio/widgets/rowstext.h"
#include "studio/widgets/theme.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QHBoxLayout>
#include <QJsonDocument>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QScreen>
#include <QTextDocument>
#include <QUuid>

#include <algorithm>
#include <limits>

namespace studio
{

namespace
{
using edits::NewValue;

NewValue valueOf(const QString &text)
{
    return {NewValue::Kind::Value, QByteArray("") + text.toUtf8()};
}

bool isOneOf(const RowsColumn &column)
{
    return !column.choices.isEmpty() || column.typeClass == rows::TypeClass::Boolean;
}

bool isLong(const RowsColumn &column)
{
    return column.typeClass == rows::TypeClass::Json || column.typeText == QLatin1String("text") ||
           column.typeText == QLatin1String("varchar") || column.typeText == QLatin1String("xml");
}

bool takesEmptyText(const RowsColumn &column)
{
    static const QStringList types{QStringLiteral("text"), QStringLiteral("varchar"),
                                   QStringLiteral("char"), QStringLiteral("citext"),
                                   QStringLiteral("name")};
    return types.contains(column.typeText);
}

QPushButton *button(const char *name, const QString &text, const QString &tip, QHBoxLayout *row)
{
    auto *made = new QPushButton(text);
    made->setObjectName(QLatin1String(name));
    made->setToolTip(tip);
    made->setAutoDefault(false);
    row->addWidget(made);
    return made;
}

QString now(const QString &type)
{
    const QDateTime time = QDateTime::currentDateTime();
    if (type == QLatin1String("date"))
        return time.date().toString(Qt::ISODate);
    if (type == QLatin1String("time"))
        return time.time().toString(QStringLiteral("HH:mm:ss"));
    const QString text = time.toUTC().toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz"));
    return type.endsWith(QLatin1String("tz")) ? text + QStringLiteral("+00") : text;
}

/// Where the first of several values of a JSON array ends that takes all of \a array; -1: one
/// value.
qsizetype endOfFirst(const QByteArray &array)
{
    int depth = 0;
    bool isText = false;
    for (qsizetype i = 0; i < array.size(); ++i) {
        const char c = array.at(i);
        if (isText && c == '\\')
            ++i;
        else if (c == '"')
            isText = !isText;
        else if (!isText && (c == '[' || c == '{'))
            ++depth;
        else if (!isText && (c == ']' || c == '}'))
            --depth;
        else if (!isText && c == ',' && depth == 1)
            return i;
    }
    return -1;
}

/// Where the JSON stops being JSON, for people; empty when it is one.
QString jsonProblem(const QString &text)
{
    // Qt reads objects and arrays only: any value is one inside an array, and so are several.
    QJsonParseError problem;
    const QByteArray bytes = '[' + text.toUtf8() + ']';
    const bool isBlank = text.trimmed().isEmpty();
    (void)QJsonDocument::fromJson(bytes, &problem);
    const bool isJson = problem.error == QJsonParseError::NoError;
    const qsizetype end = isJson ? endOfFirst(bytes) : problem.offset;
    if (isJson && end < 0 && !isBlank)
        return {};
    const QByteArray before = bytes.left(std::max<qsizetype>(1, end)).mid(1);
    return QCoreApplication::translate("studio::CellEditor", "Line %1: %2")
        .arg(before.count('\n') + 1)
        .arg(isBlank  ? QCoreApplication::translate("studio::CellEditor", "there is no JSON")
             : isJson ? QCoreApplication::translate("studio::CellEditor", "there is a second value")
                      : problem.errorString());
}

/// Of an array, by its braces and then by its elements. One of several dimensions is read by the
/// server alone.
QString arrayProblem(const QString &text, const RowsColumn &column)
{
    const QString plain = text.trimmed();
    const std::optional<rows::ArrayElements> elements = rows::arrayElements(plain.toUtf8());
    const bool isNested = plain.startsWith(u'[') || plain.startsWith(QLatin1String("{{"));
    if (!elements)
        return isNested ? QString()
                        : QCoreApplication::translate(
                              "studio::CellEditor",
                              "A list is written {a,b}: \" around what has a comma or a brace");
    RowsColumn one = column;
    one.elements.reset();
    one.choices.clear();
    one.typeClass = *column.elements;
    one.typeText.remove(QLatin1String("[]"));
    for (const std::optional<QByteArray> &element : *elements) {
        const QString problem = element && !element->isEmpty()
                                    ? whyNoValue(QString::fromUtf8(*element), one)
                                    : QString();
        if (!problem.isEmpty())
            return problem;
    }
    return {};
}
} // namespace

QString whyNoValue(const QString &text, const RowsColumn &column)
{
    if (column.elements)
        return arrayProblem(text, column);
    if (column.typeClass == rows::TypeClass::Json)
        return jsonProblem(text);
    if (text.isEmpty() && !takesEmptyText(column) && column.choices.isEmpty())
        return QCoreApplication::translate("studio::CellEditor", "%1 has no empty value: use NULL")
            .arg(column.typeText);
    const query::Filter filter{.column = column.source, .values = {text}};
    static const QStringList whole{QStringLiteral("smallint"), QStringLiteral("integer"),
                                   QStringLiteral("bigint")};
    static const QRegularExpression digits(QStringLiteral("^\\s*[-+]?\\d+\\s*$"));
    static const QRegularExpression special(QStringLiteral("^\\s*([-+]?inf(inity)?|nan)\\s*$"),
                                            QRegularExpression::CaseInsensitiveOption);
    const bool isWhole = whole.contains(column.typeText);
    const bool isSpecial =
        !isWhole && column.typeClass == rows::TypeClass::Number &&
        (special.match(text).hasMatch() || column.typeText == QLatin1String("money"));
    if ((isWhole && !digits.match(text).hasMatch()) ||
        (!isSpecial && !isPlausible(filter, column.typeClass)))
        return QCoreApplication::translate("studio::CellEditor", "This is no %1")
            .arg(column.typeText);
    return {};
}

CellEditor::CellEditor(const CellQuestion &question, QWidget *parent)
    : QFrame(parent, Qt::Popup)
    , m_question(question)
    , m_problem(new QLabel(this))
{
    setObjectName(QStringLiteral("cellEditor"));
    setAttribute(Qt::WA_DeleteOnClose);
    setProperty("popup", true);
    setAccessibleName(tr("Edit %1").arg(question.column.name));
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(10, 8, 10, 10);
    all->setSpacing(6);
    auto *title = new QLabel(
        QStringLiteral("<b>%1</b>&nbsp; %2")
            .arg(question.column.name.toHtmlEscaped(), question.definition.type.toHtmlEscaped()),
        this);
    title->setObjectName(QStringLiteral("editorTitle"));
    all->addWidget(title);
    if (!question.note.isEmpty()) {
        auto *note = new QLabel(question.note, this);
        note->setObjectName(QStringLiteral("editorNote"));
        note->setProperty("tone", QStringLiteral("changed"));
        note->setWordWrap(true);
        all->addWidget(note);
    }
    if (isOneOf(question.column))
        makeList();
    else if (isLong(question.column))
        makeText();
    else
        makeLine();
    m_problem->setObjectName(QStringLiteral("editorProblem"));
    m_problem->setProperty("tone", QStringLiteral("removed"));
    m_problem->hide();
    all->addWidget(m_problem);
    auto *commands = new QHBoxLayout;
    commands->setSpacing(6);
    addCommands(commands);
    addHelp(commands);
    all->addLayout(commands);
    m_before = text(); // as the field writes it: line ends are not all alike to it
    check();
}

void CellEditor::makeList()
{
    m_list = new QListWidget(this);
    m_list->setObjectName(QStringLiteral("editorList"));
    m_list->setAccessibleName(tr("Values of %1").arg(m_question.column.name));
    const bool isBoolean = m_question.column.choices.isEmpty();
    const QStringList values = isBoolean ? QStringList{QStringLiteral("t"), QStringLiteral("f")}
                                         : m_question.column.choices;
    for (const QString &value : values) {
        auto *item =
            new QListWidgetItem(!isBoolean                    ? value
                                : value == QLatin1String("t") ? QStringLiteral("✓  ") + tr("true")
                                                              : QStringLiteral("–  ") + tr("false"),
                                m_list);
        item->setData(Qt::UserRole, value);
        if (m_question.value && value == QString::fromUtf8(*m_question.value))
            m_list->setCurrentItem(item);
    }
    m_list->setFixedHeight(int(std::min<qsizetype>(values.size(), 10)) * 24 + 4);
    m_list->installEventFilter(this);
    connect(m_list, &QListWidget::itemClicked, this, [this] { take(); });
    connect(m_list, &QListWidget::currentRowChanged, this, &CellEditor::check);
    layout()->addWidget(m_list);
    setFocusProxy(m_list);
}

void CellEditor::makeText()
{
    m_text = new QPlainTextEdit(this);
    m_text->setObjectName(QStringLiteral("editorText"));
    m_text->setAccessibleName(tr("Value of %1").arg(m_question.column.name));
    m_text->setTabChangesFocus(true);
    m_text->setProperty("mono", m_question.column.typeClass == rows::TypeClass::Json);
    m_text->setPlainText(m_question.value ? QString::fromUtf8(*m_question.value) : QString());
    m_text->setPlaceholderText(placeholder());
    const qsizetype lines = std::clamp<qsizetype>(m_text->blockCount(), 3, 14);
    m_text->setFixedHeight(int(lines) * m_text->fontMetrics().lineSpacing() + 12);
    m_text->selectAll();
    m_text->installEventFilter(this);
    connect(m_text, &QPlainTextEdit::textChanged, this, &CellEditor::check);
    layout()->addWidget(m_text);
    setFocusProxy(m_text);
}

void CellEditor::makeLine()
{
    m_line = new QLineEdit(this);
    m_line->setObjectName(QStringLiteral("editorLine"));
    m_line->setMaxLength(
        std::numeric_limits<int>::max()); // else a long value is cut without a word
    m_line->setAccessibleName(tr("Value of %1").arg(m_question.column.name));
    m_line->setText(m_question.value ? QString::fromUtf8(*m_question.value) : QString());
    m_line->setPlaceholderText(placeholder());
    m_line->selectAll();
    m_line->installEventFilter(this);
    connect(m_line, &QLineEdit::textChanged, this, &CellEditor::check);
    layout()->addWidget(m_line);
    setFocusProxy(m_line);
}

QString CellEditor::placeholder() const
{
    if (m_question.unseen > 0)
        return tr("A new value in the place of %1").arg(sizeText(m_question.unseen));
    return m_question.value ? QString() : QStringLiteral("NULL");
}

void CellEditor::addCommands(QHBoxLayout *row)
{
    const schema::Column &column = m_question.definition;
    auto *null = button("setNull", tr("NULL"), tr("No value"), row);
    null->setEnabled(m_question.column.nullable);
    if (!m_question.column.nullable)
        null->setToolTip(tr("%1 is NOT NULL").arg(column.name));
    connect(null, &QPushButton::clicked, this, [this] { choose({}); });
    auto *byDefault = button("setDefault", tr("DEFAULT"),
                             column.defaultValue ? column.defaultValue->text
                                                 : tr("The column has no default: NULL"),
                             row);
    byDefault->setEnabled(column.defaultValue || m_question.column.nullable);
    connect(byDefault, &QPushButton::clicked, this,
            [this] { choose({.kind = NewValue::Kind::Default, .text = {}}); });
    if (!takesEmptyText(m_question.column))
        return;
    auto *empty = button("setEmpty", tr("Empty text"), tr("A text without characters"), row);
    connect(empty, &QPushButton::clicked, this, [this] { choose(valueOf({})); });
}

/// What writes a value for the person, and what takes it.
void CellEditor::addHelp(QHBoxLayout *row)
{
    row->addStretch(1);
    const RowsColumn &column = m_question.column;
    if (column.typeClass == rows::TypeClass::Uuid) {
        connect(button("generateUuid", tr("Generate"), tr("A new random identifier"), row),
                &QPushButton::clicked, this,
                [this] { setText(QUuid::createUuid().toString(QUuid::WithoutBraces)); });
    } else if (column.typeClass == rows::TypeClass::Time) {
        connect(button("setNow", column.typeText == QLatin1String("date") ? tr("Today") : tr("Now"),
                       tr("The time of this machine"), row),
                &QPushButton::clicked, this, [this, column] { setText(now(column.typeText)); });
    }
    addPart(row);
    m_set = button("setValue", tr("Set"),
                   m_text ? tr("Enter; a new line: Shift+Enter") : tr("Enter"), row);
    m_set->setProperty("primary", true);
    connect(m_set, &QPushButton::clicked, this, [this] { take(); });
}

void CellEditor::addPart(QHBoxLayout *row)
{
    QString name;
    m_part = m_list ? nullptr : partFor(m_question.column, m_question.definition, name, this);
    if (!m_part)
        return;
    m_part->hide();
    // Below the text, above what is wrong with it.
    auto *all = qobject_cast<QVBoxLayout *>(layout());
    all->insertWidget(all->indexOf(m_problem), m_part);
    m_partButton = button("showPart", name, tr("Show the value by its parts"), row);
    m_partButton->setCheckable(true);
    connect(m_partButton, &QPushButton::toggled, this, &CellEditor::showPart);
    connect(m_part, &EditorPart::edited, this, [this](const QString &text) {
        m_isByPart = true;
        setText(text);
        m_isByPart = false;
    });
}

void CellEditor::showPart(bool isShown)
{
    const bool isPossible = isShown && m_part->setText(text());
    m_part->setVisible(isPossible);
    if (isShown && !isPossible) {
        m_partButton->setChecked(false);
        m_problem->setText(tr("This value can be shown as text only"));
        m_problem->show();
    }
    adjustSize();
    place();
    if (isPossible)
        m_part->setFocus();
    else
        setFocus();
}

void CellEditor::openOver(const QRect &cell, const QString &typed)
{
    if (!typed.isEmpty() && !m_list)
        setText(typed);
    setMinimumWidth(std::clamp(cell.width(), m_text || m_part ? 420 : 300, 640));
    adjustSize();
    m_cell = cell;
    place();
    show();
    setFocus();
}

/// Over the cell, as far as the screen has room.
void CellEditor::place()
{
    const QRect &cell = m_cell;
    QPoint place = cell.topLeft();
    if (const QScreen *screen = this->screen()) {
        const QRect area = screen->availableGeometry();
        place.setX(
            std::clamp(place.x(), area.left(), std::max(area.left(), area.right() - width())));
        if (place.y() + height() > area.bottom())
            place.setY(std::max(area.top(), cell.bottom() - height()));
    }
    move(place);
}

void CellEditor::setText(const QString &text)
{
    if (m_text) {
        m_text->setPlainText(text);
        m_text->moveCursor(QTextCursor::End);
    } else if (m_line) {
        m_line->setText(text);
    }
}

QString CellEditor::text() const
{
    if (m_list)
        return m_list->currentItem() ? m_list->currentItem()->data(Qt::UserRole).toString()
                                     : QString();
    if (m_line)
        return m_line->text();
    // Not toPlainText(), which makes plain blanks of those that do not break.
    QString written = m_text->document()->toRawText();
    const QString before = m_question.value ? QString::fromUtf8(*m_question.value) : QString();
    const qsizetype breaks = before.count(QStringLiteral("\r\n"));
    const bool isDos = breaks > 0 && breaks == before.count(u'\n');
    return written.replace(QChar::ParagraphSeparator,
                           isDos ? QStringLiteral("\r\n") : QStringLiteral("\n"));
}

void CellEditor::check()
{
    if (!m_set)
        return; // still being made
    const bool isChosen = !m_list || m_list->currentItem();
    const QString problem = m_list ? QString() : whyNoValue(text(), m_question.column);
    // An empty line where nothing was is no mistake yet.
    const bool isQuiet = text().isEmpty() && !m_question.value;
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty() && !isQuiet);
    if (m_line)
        setStyleProperty(m_line, "invalid", !problem.isEmpty() && !isQuiet);
    // Enter at once must not empty what is too long to be shown; a button does.
    const bool isUntouched = m_question.unseen > 0 && text().isEmpty();
    m_set->setEnabled(isChosen && problem.isEmpty() && !isUntouched);
    if (m_part && m_part->isVisible() && !m_isByPart && !m_part->setText(text()))
        m_partButton->setChecked(false);
    adjustSize();
}

void CellEditor::choose(const NewValue &value)
{
    Q_EMIT chosen(value);
    close();
}

bool CellEditor::take()
{
    if (!m_set->isEnabled())
        return false;
    if (m_question.value && text() == m_before)
        close(); // nothing was written
    else
        choose(valueOf(text()));
    return true;
}

bool CellEditor::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    const bool isEnter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    if (isEnter && !key->modifiers().testFlag(Qt::ShiftModifier)) {
        take();
        return true;
    }
    if (isEnter && m_text) {
        m_text->textCursor().insertBlock(); // Qt's own would be another character
        return true;
    }
    if (key->key() == Qt::Key_Tab || key->key() == Qt::Key_Backtab) {
        const int step = key->key() == Qt::Key_Tab ? 1 : -1;
        // Nothing was written: on without a change.
        if (text() == m_before)
            close();
        else if (!take())
            return true;
        Q_EMIT moved(step);
        return true;
    }
    return QFrame::eventFilter(watched, event);
}

} // namespace studio
