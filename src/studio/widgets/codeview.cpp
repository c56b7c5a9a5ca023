// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/widgets/codeview.h"

#include "studio/widgets/colors.h"

#include <Qsci/qscilexerjavascript.h>
#include <Qsci/qscilexersql.h>

#include <QEvent>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QScreen>
#include <QScrollBar>

namespace studio
{

namespace
{
QFont codeFont()
{
    QFont font(QStringLiteral("JetBrains Mono"));
    font.setStyleHint(QFont::Monospace);
    // QScintilla knows only points; pixels would arrive as -1 of them.
    font.setPointSizeF(12.0 * 72 / QGuiApplication::primaryScreen()->logicalDotsPerInchY());
    return font;
}

int indicator(CodeView::Mark mark)
{
    return mark == CodeView::Mark::Tenant ? 8 : 9;
}

/// PostgreSQL's keywords in lower case; QsciLexerSQL folds what it reads.
class SqlLexer final : public QsciLexerSQL
{
public:
    using QsciLexerSQL::QsciLexerSQL;
    const char *keywords(int set) const override
    {
        if (set != 1)
            return nullptr;
        return "add all alter and any as asc begin between by cascade case check column commit "
               "concurrently "
               "constraint create cross current_setting default delete desc distinct do drop else "
               "enable "
               "end enum exists false fetch first for foreign from full function generated group "
               "having if "
               "ilike in index inner insert into is join key last lateral left level like limit "
               "materialized "
               "no not null nulls offset on only or order outer over partition policy primary "
               "references "
               "rename returning revoke right row rows schema security select sequence set some "
               "table then "
               "to trigger true type union unique update using values view when where with";
    }
};
} // namespace

CodeView::CodeView(Language language, QWidget *parent)
    : QsciScintilla(parent)
    , m_language(language)
{
    setReadOnly(true);
    setFrameShape(QFrame::NoFrame);
    setViewportMargins(0, 6, 0, 0); // the first line keeps off the edge above it
    setMarginWidth(0, 0);
    setMarginWidth(1, 0);
    SendScintilla(SCI_SETMARGINLEFT, 0UL, 10L);
    SendScintilla(SCI_SETEXTRAASCENT, 2UL);
    SendScintilla(SCI_SETEXTRADESCENT, 2UL);
    SendScintilla(SCI_SETSCROLLWIDTHTRACKING, 1UL);
    SendScintilla(SCI_SETSCROLLWIDTH, 1UL);
    setCaretWidth(0);
    if (language == Language::Sql)
        setLexer(new SqlLexer(this));
    else if (language == Language::TypeScript)
        setLexer(new QsciLexerJavaScript(this));
    applyColors();
}

void CodeView::setContent(const QString &content)
{
    if (content == text())
        return;
    const int line = firstVisibleLine();
    setText(content);
    setFirstVisibleLine(line);
}

void CodeView::mark(const QList<base::TextSpan> &spans, Mark mark)
{
    clearMarks(mark);
    SendScintilla(SCI_SETINDICATORCURRENT, static_cast<unsigned long>(indicator(mark)));
    const QString whole = text();
    for (const base::TextSpan &span : spans) {
        const qsizetype from = whole.left(span.offset).toUtf8().size();
        const qsizetype size = whole.mid(span.offset, span.length).toUtf8().size();
        SendScintilla(SCI_INDICATORFILLRANGE, static_cast<unsigned long>(from),
                      static_cast<long>(size));
    }
}

void CodeView::clearMarks(Mark mark)
{
    SendScintilla(SCI_SETINDICATORCURRENT, static_cast<unsigned long>(indicator(mark)));
    SendScintilla(SCI_INDICATORCLEARRANGE, 0UL, static_cast<long>(length()));
}

void CodeView::changeEvent(QEvent *event)
{
    QsciScintilla::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyColors();
}

void CodeView::applyColors()
{
    const Colors &c = colors(palette());
    const QFont font = codeFont();
    setFont(font);
    setColor(c.text);
    setPaper(c.panel);
    if (QsciLexer *used = lexer()) {
        used->setDefaultFont(font);
        used->setFont(font, -1);
        used->setDefaultPaper(c.panel);
        used->setPaper(c.panel, -1);
        used->setDefaultColor(c.text);
        used->setColor(c.text, -1);
        if (m_language == Language::Sql) {
            used->setColor(c.keyword, QsciLexerSQL::Keyword);
            used->setColor(c.stringText, QsciLexerSQL::SingleQuotedString);
            used->setColor(c.number, QsciLexerSQL::Number);
            for (const int style :
                 {QsciLexerSQL::Comment, QsciLexerSQL::CommentLine, QsciLexerSQL::CommentDoc})
                used->setColor(c.faint, style);
        } else {
            used->setColor(c.keyword, QsciLexerJavaScript::Keyword);
            for (const int style :
                 {QsciLexerJavaScript::SingleQuotedString, QsciLexerJavaScript::DoubleQuotedString})
                used->setColor(c.stringText, style);
            used->setColor(c.number, QsciLexerJavaScript::Number);
            for (const int style : {QsciLexerJavaScript::Comment, QsciLexerJavaScript::CommentLine})
                used->setColor(c.faint, style);
        }
    }
    setSelectionBackgroundColor(c.selection);
    setSelectionForegroundColor(c.text);
    for (const auto &[which, color] :
         {std::pair{Mark::Tenant, c.tenantSoft}, {Mark::Accent, c.accentSoft}}) {
        indicatorDefine(StraightBoxIndicator, indicator(which));
        setIndicatorForegroundColor(color, indicator(which));
        setIndicatorDrawUnder(true, indicator(which));
        SendScintilla(SCI_INDICSETALPHA, static_cast<unsigned long>(indicator(which)), 255L);
        SendScintilla(SCI_INDICSETOUTLINEALPHA, static_cast<unsigned long>(indicator(which)), 255L);
    }
}

} // namespace studio
