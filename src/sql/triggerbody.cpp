// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/triggerbody.h"

#include "sql/text.h"
#include "sql/tree.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <pg_query.h>

namespace sql
{

using base::Done;
using base::Error;
using base::ErrorKind;
using base::Result;

namespace
{

Error refused(const QString &why)
{
    return {.kind = ErrorKind::Refused, .text = why};
}

/// Goes through libpg_query's JSON of a function. Every object and every key of one that is not
/// known here is refused, also those that come with a later libpg_query.
class Body
{
public:
    explicit Body(const QJsonObject &function)
        : m_function(function)
        , m_datums(function.value(u"datums").toArray())
    {
    }

    Result<QStringList> run()
    {
        const bool isKnown =
            hasOnly(m_function, {QStringLiteral("new_varno"), QStringLiteral("old_varno"),
                                 QStringLiteral("datums"), QStringLiteral("action")}) &&
            m_function.contains(u"new_varno");
        if (!isKnown)
            return refused(Text::tr("its form is not known"));
        if (const Result<Done> plain = datums(); !plain)
            return plain.error();
        if (const Result<Done> plain = statement(m_function.value(u"action").toObject()); !plain)
            return plain.error();
        return m_expressions;
    }

private:
    static bool hasOnly(const QJsonObject &object, const QStringList &keys)
    {
        for (auto it = object.begin(); it != object.end(); ++it) {
            if (!keys.contains(it.key()))
                return false;
        }
        return true;
    }

    /// A variable may begin with anything, and hold what was read.
    Result<Done> datums() const
    {
        for (const QJsonValue &entry : m_datums) {
            const QJsonObject datum = entry.toObject();
            const QString kind = datum.size() == 1 ? datum.begin().key() : QString();
            const QJsonObject value = datum.value(kind).toObject();
            const QString name = value.value(u"refname").toString();
            const bool isOwn =
                kind == QLatin1String("PLpgSQL_recfield") ||
                (kind == QLatin1String("PLpgSQL_rec") &&
                 (name == QLatin1String("new") || name == QLatin1String("old"))) ||
                (kind == QLatin1String("PLpgSQL_var") && name == QLatin1String("found") &&
                 !value.contains(u"lineno") && !value.contains(u"default_val"));
            if (!isOwn)
                return refused(Text::tr("it has variables of its own"));
        }
        return Done{};
    }

    Result<Done> statements(const QJsonValue &list)
    {
        for (const QJsonValue &entry : list.toArray()) {
            if (const Result<Done> plain = statement(entry.toObject()); !plain)
                return plain;
        }
        return Done{};
    }

    Result<Done> statement(const QJsonObject &entry)
    {
        const QString kind = entry.size() == 1 ? entry.begin().key() : QString();
        const QJsonObject value = entry.value(kind).toObject();
        const QString line = QStringLiteral("lineno");
        if (kind == QLatin1String("PLpgSQL_stmt_block") &&
            hasOnly(value, {line, QStringLiteral("label"), QStringLiteral("body")}))
            return statements(value.value(u"body"));
        if (kind == QLatin1String("PLpgSQL_stmt_assign") &&
            hasOnly(value, {line, QStringLiteral("varno"), QStringLiteral("expr")}))
            return assignment(value);
        if (kind == QLatin1String("PLpgSQL_stmt_return") &&
            hasOnly(value, {line, QStringLiteral("expr"), QStringLiteral("retvarno")}))
            return returned(value);
        if (kind == QLatin1String("PLpgSQL_stmt_if") &&
            hasOnly(value, {line, QStringLiteral("cond"), QStringLiteral("then_body"),
                            QStringLiteral("elsif_list"), QStringLiteral("else_body")}))
            return choice(value);
        return refused(Text::tr("it does more than to set columns of NEW"));
    }

    Result<Done> choice(const QJsonObject &value)
    {
        if (!add(textOf(value.value(u"cond"))))
            return refused(Text::tr("its form is not known"));
        for (const QJsonValue &entry : value.value(u"elsif_list").toArray()) {
            const QJsonObject branch = entry[u"PLpgSQL_if_elsif"].toObject();
            const bool isKnown = entry.toObject().size() == 1 &&
                                 hasOnly(branch, {QStringLiteral("lineno"), QStringLiteral("cond"),
                                                  QStringLiteral("stmts")});
            if (!isKnown || !add(textOf(branch.value(u"cond"))))
                return refused(Text::tr("its form is not known"));
            if (const Result<Done> plain = statements(branch.value(u"stmts")); !plain)
                return plain;
        }
        if (const Result<Done> plain = statements(value.value(u"then_body")); !plain)
            return plain;
        return statements(value.value(u"else_body"));
    }

    Result<Done> assignment(const QJsonObject &value)
    {
        static const QRegularExpression column(
            QStringLiteral(R"(^\s*new\s*\.\s*(?:[a-z_][a-z0-9_$]*|"(?:[^"]|"")+")\s*:?=)"),
            QRegularExpression::CaseInsensitiveOption);
        const QJsonObject target = m_datums.at(value.value(u"varno").toInt(-1))
                                       .toObject()
                                       .value(u"PLpgSQL_recfield")
                                       .toObject();
        const QString text = textOf(value.value(u"expr"));
        const QRegularExpressionMatch match = column.match(text);
        const bool isOfNew =
            !target.isEmpty() && match.hasMatch() &&
            target.value(u"recparentno").toInt(-1) == m_function.value(u"new_varno").toInt(-2);
        if (!isOfNew || !add(text.mid(match.capturedEnd())))
            return refused(Text::tr("it does more than to set columns of NEW"));
        return Done{};
    }

    Result<Done> returned(const QJsonObject &value) const
    {
        const QString text = textOf(value.value(u"expr")).trimmed().toLower();
        const bool isRow = text.isEmpty() || text == QLatin1String("new") ||
                           text == QLatin1String("old") || text == QLatin1String("null");
        if (!isRow)
            return refused(Text::tr("it returns another row than NEW"));
        return Done{};
    }

    static QString textOf(const QJsonValue &expression)
    {
        return expression[u"PLpgSQL_expr"][u"query"].toString();
    }

    bool add(const QString &expression)
    {
        if (expression.trimmed().isEmpty())
            return false;
        m_expressions << QStringLiteral("SELECT ") + expression;
        return true;
    }

    const QJsonObject m_function;
    const QJsonArray m_datums;
    QStringList m_expressions;
};

} // namespace

Result<QStringList> newRowExpressions(const QString &definition)
{
    constexpr qsizetype longest = 64 << 10; // it is given to a parser that recurses
    const QByteArray text = definition.toUtf8();
    if (text.size() > longest)
        return refused(Text::tr("it is too long"));
    QByteArray json;
    onLargeStack([&] {
        const PgQueryPlpgsqlParseResult parsed = pg_query_parse_plpgsql(text.constData());
        if (!parsed.error)
            json = parsed.plpgsql_funcs;
        pg_query_free_plpgsql_parse_result(parsed);
    });
    const QJsonArray functions = QJsonDocument::fromJson(json).array();
    if (functions.size() != 1 || functions.first().toObject().size() != 1)
        return refused(Text::tr("its text cannot be read"));
    return Body(functions.first()[u"PLpgSQL_function"].toObject()).run();
}

} // namespace sql
