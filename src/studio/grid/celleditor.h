// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "edits/staged.h"
#include "studio/widgets/rowscolumn.h"

#include <QFrame>

QT_BEGIN_NAMESPACE
class QHBoxLayout;
class QLabel;
class QLineEdit;
class QListWidget;
class QPlainTextEdit;
class QPushButton;
QT_END_NAMESPACE

namespace studio
{

/// What a cell's editor has to know.
struct CellQuestion {
    RowsColumn column;
    schema::Column definition;
    sql::Parameter value; ///< what the cell shows now
    QString note;         ///< said under the title: who else fills the column
    bool isNew = false;   ///< of a new row
    qint64 unseen = 0;    ///< bytes of a value that is too long to be edited here: it is replaced
};

class EditorPart;

/// Edits one cell, over the grid: a list for enums and booleans, a text of several lines for text
/// and JSON, else one line; the server's text form throughout, so that nothing is rounded. JSON,
/// arrays and days can be opened by their parts below it. NULL, DEFAULT and the empty text are
/// buttons of their own. Closes itself when it has an answer; a
/// click elsewhere leaves the cell as it was.
class CellEditor final : public QFrame
{
    Q_OBJECT

public:
    CellEditor(const CellQuestion &question, QWidget *parent);

    /// Shows it over \a cell, in global coordinates. \a typed replaces the value when it is given.
    void openOver(const QRect &cell, const QString &typed = {});

Q_SIGNALS:
    void chosen(const edits::NewValue &value);
    void moved(int step); ///< behind chosen(): on to the next (1) or previous (-1) cell

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void makeList();
    void makeText();
    void makeLine();
    void addCommands(QHBoxLayout *row);
    void addHelp(QHBoxLayout *row);
    void addPart(QHBoxLayout *row);
    void showPart(bool isShown);
    void place();
    void setText(const QString &text);
    QString text() const;
    QString placeholder() const;
    void check();
    void choose(const edits::NewValue &value);
    bool take(); ///< what is written; false when it cannot be a value

    const CellQuestion m_question;
    QListWidget *m_list = nullptr;
    QPlainTextEdit *m_text = nullptr;
    QLineEdit *m_line = nullptr;
    QLabel *m_problem = nullptr;
    QPushButton *m_set = nullptr;
    EditorPart *m_part = nullptr; ///< hidden until it is asked for
    QPushButton *m_partButton = nullptr;
    bool m_isByPart = false; ///< the text is being changed by the part
    QRect m_cell;            ///< in global coordinates
    QString m_before;        ///< the text that was shown first
};

/// Why \a text cannot be a value of \a column, as far as one sees without the server; empty when
/// nothing speaks against it.
QString whyNoValue(const QString &text, const RowsColumn &column);

} // namespace studio
