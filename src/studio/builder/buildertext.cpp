// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/builder/buildertext.h"

#include <QStringList>

namespace studio
{

namespace
{
constexpr qsizetype ShownCharacters = 60;
} // namespace

QString parametersText(const query::Rendered &rendered, const QHash<QString, QString> &labels)
{
    QStringList parts;
    const QList<sql::Parameter> &parameters = rendered.statement.parameters;
    for (qsizetype i = 0; i < parameters.size(); ++i) {
        QString value = QStringLiteral("NULL");
        if (parameters.at(i)) {
            const QString text = QString::fromUtf8(*parameters.at(i));
            const QString shown =
                text.size() > ShownCharacters ? text.left(ShownCharacters) + QChar(0x2026) : text;
            bool isNumber = false;
            text.toDouble(&isNumber);
            const auto tenant = labels.constFind(text);
            value = tenant != labels.cend() ? *tenant
                    : isNumber              ? shown
                                            : QLatin1Char('\'') + shown + QLatin1Char('\'');
        }
        parts.append(QStringLiteral("$%1 %2").arg(i + 1).arg(value));
    }
    return parts.join(QStringLiteral("   "));
}

QList<base::TextSpan> spansOf(const query::Rendered &rendered, const QList<query::Step> &steps)
{
    QList<base::TextSpan> spans;
    for (const query::StepSpan &span : rendered.spans) {
        if (steps.contains(span.step))
            spans.append(span.span);
    }
    return spans;
}

} // namespace studio
