// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/grid/editorpart.h"

#include "studio/grid/arraypart.h"
#include "studio/grid/calendarpart.h"
#include "studio/grid/jsonpart.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QPushButton>

namespace studio
{

void EditorPart::layOut(QWidget *view, const QList<QPushButton *> &buttons)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(6);
    for (QPushButton *button : buttons) {
        button->setAutoDefault(false);
        row->addWidget(button);
    }
    row->addStretch(1);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(6);
    all->addWidget(view);
    all->addLayout(row);
    setFocusProxy(view);
}

EditorPart *partFor(const RowsColumn &column, const schema::Column &definition, QString &name,
                    QWidget *parent)
{
    const auto named = [&](const char *text) {
        name = QCoreApplication::translate("studio::CellEditor", text);
    };
    if (definition.type.endsWith(QLatin1String("[]"))) {
        named(QT_TRANSLATE_NOOP("studio::CellEditor", "List"));
        return new ArrayPart(parent);
    }
    if (column.typeClass == rows::TypeClass::Json) {
        named(QT_TRANSLATE_NOOP("studio::CellEditor", "Tree"));
        return new JsonPart(parent);
    }
    if (column.typeText == QLatin1String("date") ||
        column.typeText.startsWith(QLatin1String("timestamp"))) {
        named(QT_TRANSLATE_NOOP("studio::CellEditor", "Calendar"));
        return new CalendarPart(column.typeText == QLatin1String("date")
                                    ? CalendarPart::Holds::Date
                                    : CalendarPart::Holds::Time,
                                parent);
    }
    return nullptr;
}

} // namespace studio
