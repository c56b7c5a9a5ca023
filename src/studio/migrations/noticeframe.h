// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "studio/migrations/renamequestion.h"

#include <QFrame>

QT_BEGIN_NAMESPACE
class QVBoxLayout;
QT_END_NAMESPACE

namespace studio
{

/// A card with words and buttons, framed in the colour of what it is about.
class NoticeFrame : public QFrame
{
    Q_OBJECT

public:
    enum class Tone { Question, Refusal };
    NoticeFrame(Tone tone, const QString &title, QWidget *parent = nullptr);

protected:
    QVBoxLayout *body() const { return m_body; }
    void paintEvent(QPaintEvent *event) override;

private:
    const Tone m_tone;
    QVBoxLayout *m_body;
};

/// "Is this a rename?": what was dropped, what was added, what speaks for it, and the answers.
class RenameFrame final : public NoticeFrame
{
    Q_OBJECT

public:
    explicit RenameFrame(const RenameQuestion &question, QWidget *parent = nullptr);

Q_SIGNALS:
    void answered(studio::RenameReply reply);

private:
    void addPicture(const diff::RenameCandidate &candidate);
    void addAnswers(const RenameQuestion &question);
};

/// Which changes no statements can make, and therefore why nothing can be written.
class RefusalFrame final : public NoticeFrame
{
    Q_OBJECT

public:
    explicit RefusalFrame(const QList<base::Error> &obstacles, QWidget *parent = nullptr);
};

/// The rows of the database that would make a statement fail, before it runs.
class RowsFrame final : public NoticeFrame
{
    Q_OBJECT

public:
    explicit RowsFrame(const BlockingRows &rows, QWidget *parent = nullptr);

private:
    void addRows(const BlockingRows &rows);
};

} // namespace studio
