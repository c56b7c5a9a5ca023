// SPDX-License-Identifier: GPL-3.0-or-later
#include "schema/typename.h"

#include <QHash>
#include <QRegularExpression>
#include <QStringList>

namespace schema
{

namespace
{
/// A type taken apart: name with its words, arguments, whether it is an array.
struct Parts {
    QString name;
    QStringList arguments;
    bool isArray = false;
};

/// Lower case and single spaces outside double quotes; quotes that PostgreSQL does not need are
/// taken off.
QString folded(const QString &text)
{
    static const QRegularExpression plain(QStringLiteral("^[a-z_][a-z0-9_]*$"));
    static const QRegularExpression spaces(QStringLiteral("\\s+"));
    QString result;
    const QStringList pieces = text.trimmed().split(u'"');
    for (qsizetype i = 0; i < pieces.size(); ++i) {
        const QString &piece = pieces.at(i);
        if (i % 2 == 0)
            result += piece.toLower().replace(spaces, QStringLiteral(" "));
        // "char" is a type of its own, one byte long, and not char.
        else if (plain.match(piece).hasMatch() && piece != QLatin1String("char"))
            result += piece;
        else
            result += u'"' + piece + u'"';
    }
    return result;
}

QString withoutSchema(QString name)
{
    for (const char *schema : {"public.", "pg_catalog."}) {
        if (name.startsWith(QLatin1String(schema)))
            return name.mid(qsizetype(qstrlen(schema)));
    }
    return name;
}

Parts takeApart(const QString &type)
{
    Parts parts;
    QString text = folded(type);
    text = text.section(QStringLiteral(" collate "), 0, 0);
    for (qsizetype bracket = text.lastIndexOf(u'['); bracket > 0 && text.endsWith(u']');
         bracket = text.lastIndexOf(u'[')) {
        text = text.left(bracket).trimmed();
        parts.isArray = true;
    }
    const qsizetype open = text.indexOf(u'(');
    const qsizetype close = text.indexOf(u')', open);
    if (open > 0 && close > open) {
        for (const QString &argument : text.mid(open + 1, close - open - 1).split(u','))
            parts.arguments << argument.trimmed();
        text = text.left(open).trimmed() + u' ' + text.mid(close + 1).trimmed();
    }
    parts.name = withoutSchema(text.trimmed());
    return parts;
}

QString storedName(const QString &name)
{
    static const QHash<QString, QString> names = [] {
        QHash<QString, QString> table;
        const auto add = [&](const char *stored, std::initializer_list<const char *> spellings) {
            for (const char *spelling : spellings)
                table.insert(QLatin1String(spelling), QLatin1String(stored));
        };
        add("smallint", {"int2", "smallserial", "serial2"});
        add("integer", {"int", "int4", "serial", "serial4"});
        add("bigint", {"int8", "bigserial", "serial8"});
        add("real", {"float4"});
        add("double precision", {"float8", "float"});
        add("boolean", {"bool"});
        add("numeric", {"decimal", "dec"});
        add("varchar", {"character varying", "char varying"});
        add("char", {"character"});
        add("varbit", {"bit varying"});
        add("timestamp", {"timestamp without time zone"});
        add("timestamp with time zone", {"timestamptz"});
        add("time", {"time without time zone"});
        add("time with time zone", {"timetz"});
        return table;
    }();
    return names.value(name, name);
}

/// What PostgreSQL adds or leaves out by itself.
void fillIn(Parts &parts)
{
    if (parts.name == QLatin1String("numeric") && parts.arguments.size() == 2 &&
        parts.arguments.at(1) == QLatin1String("0"))
        parts.arguments.removeLast();
    const bool oneByDefault =
        parts.name == QLatin1String("char") || parts.name == QLatin1String("bit");
    if (oneByDefault && parts.arguments.isEmpty())
        parts.arguments << QStringLiteral("1");
    if (parts.name == QLatin1String("double precision") && !parts.arguments.isEmpty()) {
        constexpr int realDigits = 24; // float(1) to float(24) are real, in binary digits
        if (parts.arguments.first().toInt() <= realDigits)
            parts.name = QStringLiteral("real");
        parts.arguments.clear();
    }
}
} // namespace

QString canonicalType(const QString &type)
{
    Parts parts = takeApart(type);
    parts.name = storedName(parts.name);
    fillIn(parts);
    QString text = parts.name;
    if (!parts.arguments.isEmpty()) {
        const QString list = u'(' + parts.arguments.join(u',') + u')';
        const qsizetype zone = text.indexOf(QLatin1String(" with time zone"));
        text.insert(zone < 0 ? text.size() : zone, list);
    }
    return parts.isArray ? text + QStringLiteral("[]") : text;
}

} // namespace schema
