// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/receive.h"
#include "studio/widgets/rowsmodel.h"
#include "studio/widgets/valuetext.h"

#include <QDialog>

#include <memory>

QT_BEGIN_NAMESPACE
class QLabel;
class QPlainTextEdit;
class QPushButton;
QT_END_NAMESPACE

namespace studio
{

/// One value whole, to be read, copied and saved. What came cut is fetched first; closing ends
/// that.
class ValueDialog final : public QDialog
{
    Q_OBJECT

public:
    ValueDialog(const RowsModel &rows, const QModelIndex &cell, QWidget *parent);

private:
    void build(const RowsColumn &column);
    void fetch(const RowsModel &rows, const QModelIndex &cell);
    void take(const std::optional<QByteArray> &value);
    void showPart(qsizetype part);
    void say(const QString &text);
    void fail(const base::Error &error);
    void copy();
    void askFile();
    void save(const QString &path);

    const RowsColumn m_column;
    QByteArray m_value;
    std::shared_ptr<const ValueText> m_shown; ///< read by a worker, too
    qsizetype m_part = 0;
    QLabel *m_size;
    QLabel *m_state;
    QPlainTextEdit *m_text;
    QPushButton *m_before;
    QPushButton *m_after;
    QLabel *m_place;
    QPushButton *m_copy;
    QPushButton *m_save;
};

} // namespace studio
