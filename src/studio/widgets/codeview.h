// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/span.h"

#include <Qsci/qsciscintilla.h>

namespace studio
{

/// Read-only SQL or TypeScript in the studio's colours; follows the palette.
class CodeView final : public QsciScintilla
{
    Q_OBJECT

public:
    enum class Language { Sql, TypeScript, Plain };
    enum class Mark { Tenant, Accent }; ///< a soft background behind a span

    explicit CodeView(Language language, QWidget *parent = nullptr);

    /// Replaces the text and clears the marks; keeps the scroll position where it can.
    void setContent(const QString &text);
    void mark(const QList<base::TextSpan> &spans, Mark mark);
    void clearMarks(Mark mark);

protected:
    void changeEvent(QEvent *event) override;

private:
    void applyColors();
    const Language m_language;
};

} // namespace studio
