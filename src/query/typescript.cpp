// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/typescript.h"

#include <QRegularExpression>

#include <algorithm>

namespace query
{

namespace
{

bool isName(const QString &text)
{
    static const QRegularExpression name(QStringLiteral("^[A-Za-z_$][A-Za-z0-9_$]*$"));
    return name.match(text).hasMatch();
}

QString capitalized(const QString &text)
{
    return text.left(1).toUpper() + text.mid(1);
}

const schema::Column *columnOf(const schema::Table *table, const QString &name)
{
    return table ? table->column(name) : nullptr;
}

} // namespace

QString stringLiteral(const QString &text)
{
    QString literal = QStringLiteral("'");
    for (const QChar c : text) {
        if (c == u'\n')
            literal += QStringLiteral("\\n");
        else if (c == u'\r')
            literal += QStringLiteral("\\r");
        else if (c == u'\\' || c == u'\'')
            literal += QStringLiteral("\\") + c;
        else if (c.unicode() < 0x20 || c.unicode() == 0x2028 || c.unicode() == 0x2029)
            literal += QStringLiteral("\\u%1").arg(c.unicode(), 4, 16, QLatin1Char('0'));
        else
            literal += c;
    }
    return literal + u'\'';
}

QString valueLiteral(const QString &text, const QString &type)
{
    static const QRegularExpression numberType(QStringLiteral(
        "^(smallint|integer|bigint|smallserial|serial|bigserial|real|double precision)$"));
    static const QRegularExpression number(QStringLiteral("^-?(0|[1-9][0-9]*)(\\.[0-9]+)?$"));
    if (numberType.match(type).hasMatch() && number.match(text).hasMatch())
        return text;
    if (type == QStringLiteral("boolean")) {
        const QString word = text.trimmed().toLower();
        static const QStringList yes{QStringLiteral("true"), QStringLiteral("t"),
                                     QStringLiteral("1")};
        static const QStringList no{QStringLiteral("false"), QStringLiteral("f"),
                                    QStringLiteral("0")};
        if (yes.contains(word) || no.contains(word))
            return yes.contains(word) ? yes.first() : no.first();
    }
    if (type.startsWith(QStringLiteral("timestamp")) && !type.endsWith(u']'))
        return QStringLiteral("new Date(%1)").arg(stringLiteral(text));
    return stringLiteral(text);
}

QString camelCase(const QString &name)
{
    QString text;
    bool raise = false;
    for (const QChar c : name) {
        if (!c.isLetterOrNumber()) {
            raise = !text.isEmpty();
            continue;
        }
        text += raise ? c.toUpper() : c;
        raise = false;
    }
    const bool startsWithDigit = !text.isEmpty() && text.at(0).isDigit();
    return startsWithDigit || text.isEmpty() ? u'_' + text : text;
}

TypeScriptNames::TypeScriptNames(const Select &select, const schema::Database &code)
{
    add(select.from, code);
    for (const Join &join : select.joins)
        add(join.table, code);
    for (const Scope &scope : select.scopes) {
        for (qsizetype i = 0; i < scope.path.size(); ++i) {
            // Ways can begin alike.
            if (const QString alias = aliasOf(scope, i); !m_variables.contains(alias))
                add({scope.path.at(i).target, alias}, code);
        }
    }
}

QString TypeScriptNames::aliasOf(const Scope &scope, qsizetype step)
{
    QString alias = scope.column.alias;
    for (qsizetype i = 0; i <= step; ++i)
        alias += u'_' + scope.path.at(i).columns.join(u'_');
    return alias;
}

void TypeScriptNames::add(const TableRef &table, const schema::Database &code)
{
    const schema::Table *found = code.table(table.table);
    const bool named = found && isName(found->origin.name);
    const QString exported = named ? found->origin.name : camelCase(table.table.name);
    QString variable = exported;
    if (m_exports.contains(exported)) {
        variable = camelCase(table.alias);
        while (m_exports.contains(variable) || m_variables.values().contains(variable))
            variable += u'_';
        m_aliasLines << QStringLiteral("const %1 = alias(%2, %3);")
                            .arg(variable, exported, stringLiteral(table.alias));
    }
    m_exports << exported;
    m_tables.insert(table.alias, found);
    m_variables.insert(table.alias, variable);
}

QString TypeScriptNames::property(const ColumnRef &column) const
{
    const schema::Column *found = columnOf(m_tables.value(column.alias), column.column);
    return found && !found->origin.name.isEmpty() ? found->origin.name : camelCase(column.column);
}

QString TypeScriptNames::type(const ColumnRef &column) const
{
    const schema::Column *found = columnOf(m_tables.value(column.alias), column.column);
    return found ? found->type : QString();
}

QString TypeScriptNames::path(const ColumnRef &column) const
{
    const QString key = property(column);
    return table(column.alias) +
           (isName(key) ? u'.' + key : QStringLiteral("[%1]").arg(stringLiteral(key)));
}

QList<std::pair<QString, QString>> TypeScriptNames::fields(const QList<ColumnRef> &columns) const
{
    QStringList keys;
    for (const ColumnRef &column : columns)
        keys << property(column);
    QList<std::pair<QString, QString>> result;
    QStringList taken;
    for (qsizetype i = 0; i < columns.size(); ++i) {
        const bool repeated = keys.indexOf(keys.at(i)) < i;
        QString key = repeated ? table(columns.at(i).alias) + capitalized(keys.at(i)) : keys.at(i);
        while (taken.contains(key))
            key += u'_';
        taken << key;
        result.emplaceBack(isName(key) ? key : stringLiteral(key), path(columns.at(i)));
    }
    return result;
}

QStringList TypeScriptNames::exports() const
{
    QStringList names = m_exports.values();
    std::ranges::sort(names);
    return names;
}

} // namespace query
