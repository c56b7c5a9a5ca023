// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/conditions.h"
#include "query/typescript.h"
#include "query/writer.h"
#include "sql/identifier.h"

#include <QRegularExpression>

#include <algorithm>

namespace query
{

namespace
{

QString functionOf(Operator op)
{
    switch (op) {
    case Operator::Equal:
        return QStringLiteral("eq");
    case Operator::NotEqual:
        return QStringLiteral("ne");
    case Operator::Less:
        return QStringLiteral("lt");
    case Operator::LessOrEqual:
        return QStringLiteral("lte");
    case Operator::Greater:
        return QStringLiteral("gt");
    case Operator::GreaterOrEqual:
        return QStringLiteral("gte");
    case Operator::Contains:
    case Operator::StartsWith:
        return QStringLiteral("ilike");
    case Operator::In:
        return QStringLiteral("inArray");
    case Operator::IsNull:
        return QStringLiteral("isNull");
    case Operator::IsNotNull:
        return QStringLiteral("isNotNull");
    case Operator::Matches:
        return QStringLiteral("ilike");
    case Operator::Between:
        return QStringLiteral("between");
    case Operator::HasAll:
        return QStringLiteral("arrayContains");
    case Operator::Overlaps:
        return QStringLiteral("arrayOverlaps");
    case Operator::Distinct:
    case Operator::LastDays:
    case Operator::HasKey:
    case Operator::PathEquals:
        return QStringLiteral("sql");
    }
    return {};
}

/// Writes one query and remembers which functions of drizzle-orm it used.
class Drizzle
{
public:
    Drizzle(const Select &select, const schema::Database &code)
        : m_select(select)
        , m_names(select, code)
    {
    }

    QString text()
    {
        const QString body = query();
        QString result = importLine(m_functions.values(), QStringLiteral("drizzle-orm"));
        if (!m_names.aliasLines().isEmpty())
            result += importLine({QStringLiteral("alias")}, QStringLiteral("drizzle-orm/pg-core"));
        result += importLine(m_names.exports(), QStringLiteral("./schema")) + u'\n';
        for (const QString &line : m_names.aliasLines())
            result += line + u'\n';
        return result + body;
    }

private:
    static QString importLine(QStringList names, const QString &module)
    {
        if (names.isEmpty())
            return {};
        std::ranges::sort(names);
        return QStringLiteral("import { %1 } from '%2';\n")
            .arg(names.join(QStringLiteral(", ")), module);
    }

    QString use(const QString &function)
    {
        m_functions << function;
        return function;
    }

    QString call(const QString &function, const QString &first, const QString &second = {})
    {
        const QString arguments = second.isEmpty() ? first : first + QStringLiteral(", ") + second;
        return QStringLiteral("%1(%2)").arg(use(function), arguments);
    }

    QString selection()
    {
        if (m_select.columns.isEmpty()) {
            return m_select.joins.isEmpty() ? QString()
                                            : call(QStringLiteral("getTableColumns"),
                                                   m_names.table(m_select.from.alias));
        }
        QStringList items;
        for (const auto &[key, path] : m_names.fields(m_select.columns))
            items << key + QStringLiteral(": ") + path;
        return QStringLiteral("{ %1 }").arg(wrapped(items, 18, QStringLiteral("    ")));
    }

    QString condition(const Filter &filter)
    {
        const QString path = m_names.path(filter.column);
        const QString type = m_names.type(filter.column);
        const QString function = functionOf(filter.op);
        const auto literal = [&](qsizetype index) {
            return index < filter.values.size() ? valueLiteral(filter.values.at(index), type)
                                                : QStringLiteral("null");
        };
        switch (filter.op) {
        case Operator::IsNull:
        case Operator::IsNotNull:
            return call(function, path);
        case Operator::Contains:
        case Operator::StartsWith:
        case Operator::Matches: {
            const QString column = isTextual(type) ? path
                                                   : use(QStringLiteral("sql")) +
                                                         QStringLiteral("`${%1}::text`").arg(path);
            return call(function, column, stringLiteral(patternOf(filter)));
        }
        case Operator::In:
            return call(function, path, list(filter.values, type));
        case Operator::HasAll:
        case Operator::Overlaps:
            return call(function, path, list(filter.values, {}));
        case Operator::Between:
            return call(function, path, literal(0) + QStringLiteral(", ") + literal(1));
        case Operator::Distinct:
        case Operator::LastDays:
        case Operator::HasKey:
        case Operator::PathEquals:
            return embedded(filter);
        default:
            return call(function, path, literal(0));
        }
    }

    static QString list(const QStringList &values, const QString &type)
    {
        QStringList items;
        for (const QString &value : values)
            items << valueLiteral(value, type);
        return u'[' + items.join(QStringLiteral(", ")) + u']';
    }

    /// The SQL of a condition for which drizzle-orm has no function, with the column and the values
    /// put in as its own.
    QString embedded(const Filter &filter)
    {
        Writer writer;
        const QString text = query::condition(filter, writer);
        const sql::Statement statement = writer.take().statement;
        static const QRegularExpression parameter(QStringLiteral("\\$(\\d+)"));
        QStringList pieces;
        for (const QString &piece : text.split(sqlText(filter.column))) {
            QString made;
            qsizetype end = 0;
            for (auto each = parameter.globalMatch(piece); each.hasNext();) {
                const QRegularExpressionMatch match = each.next();
                const QString value =
                    QString::fromUtf8(statement.parameters.value(match.captured(1).toInt() - 1)
                                          .value_or(QByteArray()));
                made += templateText(piece.mid(end, match.capturedStart() - end)) +
                        placed(filter.op == Operator::LastDays ? value : stringLiteral(value));
                end = match.capturedEnd();
            }
            pieces << made + templateText(piece.mid(end));
        }
        return use(QStringLiteral("sql")) + u'`' +
               pieces.join(placed(m_names.path(filter.column))) + u'`';
    }

    static QString placed(const QString &expression)
    {
        return QStringLiteral("${") + expression + u'}';
    }

    /// Text inside a template's backticks that stands for itself.
    static QString templateText(QString text)
    {
        return text.replace(u'\\', QStringLiteral("\\\\"))
            .replace(u'`', QStringLiteral("\\`"))
            .replace(QStringLiteral("${"), QStringLiteral("\\${"));
    }

    QString condition(const Search &search)
    {
        if (search.way == Search::Way::FullText) {
            const QString document = search.columns.isEmpty()
                                         ? templateText(search.document)
                                         : placed(m_names.path(search.columns.first()));
            const QString configuration =
                search.configuration.isEmpty()
                    ? QString()
                    : templateText(sql::literal(search.configuration)) + QStringLiteral(", ");
            return use(QStringLiteral("sql")) +
                   QStringLiteral("`%1 @@ websearch_to_tsquery(%2%3)`")
                       .arg(document, configuration, placed(stringLiteral(search.text)));
        }
        QStringList conditions;
        const QString pattern = stringLiteral(u'%' + escapedPattern(search.text) + u'%');
        for (const ColumnRef &column : search.columns)
            conditions << call(QStringLiteral("ilike"), m_names.path(column), pattern);
        if (conditions.isEmpty())
            return use(QStringLiteral("sql")) + QStringLiteral("`false`");
        return conditions.size() == 1
                   ? conditions.first()
                   : QStringLiteral("%1(%2)").arg(use(QStringLiteral("or")),
                                                  conditions.join(QStringLiteral(", ")));
    }

    QString condition(const Scope &scope)
    {
        if (scope.column.column.isEmpty())
            return use(QStringLiteral("sql")) + QStringLiteral("`false`");
        const ColumnRef column{TypeScriptNames::aliasOf(scope, scope.path.size() - 1),
                               scope.column.column};
        QString text = call(QStringLiteral("eq"), m_names.path(column), m_names.property(column));
        if (scope.withShared)
            text = QStringLiteral("%1(%2, %3)")
                       .arg(use(QStringLiteral("or")), text,
                            call(QStringLiteral("isNull"), m_names.path(column)));
        for (qsizetype i = scope.path.size(); i-- > 0;) {
            text = among(scope, i, text);
            if (!scope.path.at(i).mayEnd)
                continue;
            QStringList conditions;
            for (const QString &name : scope.path.at(i).columns)
                conditions << call(QStringLiteral("isNull"),
                                   m_names.path({TypeScriptNames::aliasOf(scope, i - 1), name}));
            conditions << text;
            text = QStringLiteral("%1(%2)").arg(use(QStringLiteral("or")),
                                                conditions.join(QStringLiteral(", ")));
        }
        return text;
    }

    /// Rows that the step of \a scope leads from to a row with \a condition.
    QString among(const Scope &scope, qsizetype index, const QString &condition)
    {
        const ScopeStep &step = scope.path.at(index);
        const QString before = TypeScriptNames::aliasOf(scope, index - 1);
        const QString target = TypeScriptNames::aliasOf(scope, index);
        const QString from = QStringLiteral(".from(%1).where(").arg(m_names.table(target));
        if (step.columns.size() == 1) {
            const ColumnRef key{target, step.targetColumns.value(0)};
            return call(QStringLiteral("inArray"), m_names.path({before, step.columns.first()}),
                        QStringLiteral("db.select({ %1: %2 })%3%4)")
                            .arg(m_names.property(key), m_names.path(key), from, condition));
        }
        QStringList conditions;
        for (qsizetype i = 0; i < step.columns.size(); ++i)
            conditions << call(QStringLiteral("eq"),
                               m_names.path({target, step.targetColumns.value(i)}),
                               m_names.path({before, step.columns.at(i)}));
        conditions << condition;
        return QStringLiteral("%1(db.select()%2%3(%4)))")
            .arg(use(QStringLiteral("exists")), from, use(QStringLiteral("and")),
                 conditions.join(QStringLiteral(", ")));
    }

    QString all(const QStringList &conditions, qsizetype used)
    {
        if (conditions.size() == 1)
            return conditions.first();
        return QStringLiteral("%1(%2)").arg(use(QStringLiteral("and")),
                                            wrapped(conditions, used + 4, QStringLiteral("    ")));
    }

    QString join(const Join &join)
    {
        QStringList conditions;
        for (const auto &[left, right] : join.on)
            conditions << call(QStringLiteral("eq"), m_names.path(right), m_names.path(left));
        for (const Scope &scope : m_select.scopes) {
            if (scope.column.alias == join.table.alias)
                conditions << condition(scope);
        }
        if (conditions.isEmpty())
            conditions << use(QStringLiteral("sql")) + QStringLiteral("`true`");
        const QString head = QStringLiteral("\n  .%1(%2, ")
                                 .arg(join.kind == JoinKind::Left ? QStringLiteral("leftJoin")
                                                                  : QStringLiteral("innerJoin"),
                                      m_names.table(join.table.alias));
        return head + all(conditions, head.size()) + u')';
    }

    QString where()
    {
        QStringList conditions;
        for (const Scope &scope : m_select.scopes) {
            const auto joined = [&](const Join &entry) {
                return entry.table.alias == scope.column.alias;
            };
            if (std::ranges::none_of(m_select.joins, joined))
                conditions << condition(scope);
        }
        for (const Filter &filter : m_select.filters)
            conditions << condition(filter);
        if (m_select.search)
            conditions << condition(*m_select.search);
        for (const QString &text : m_select.written)
            conditions << use(QStringLiteral("sql")) + u'`' + templateText(text) + u'`';
        if (conditions.isEmpty())
            return {};
        const QString head = QStringLiteral("\n  .where(");
        return head + all(conditions, head.size()) + u')';
    }

    /// drizzle-orm has no function for the place of NULLs.
    QString order(const Sort &sort)
    {
        const QString direction = sort.descending ? QStringLiteral("desc") : QStringLiteral("asc");
        if (sort.nulls == Nulls::Customary)
            return call(direction, m_names.path(sort.column));
        return use(QStringLiteral("sql")) + QStringLiteral("`${%1} %2 nulls %3`")
                                                .arg(m_names.path(sort.column), direction,
                                                     sort.nulls == Nulls::First
                                                         ? QStringLiteral("first")
                                                         : QStringLiteral("last"));
    }

    QString orderBy()
    {
        QStringList items;
        for (const Sort &sort : m_select.sorts)
            items << order(sort);
        if (items.isEmpty())
            return {};
        const QString head = QStringLiteral("\n  .orderBy(");
        return head + wrapped(items, head.size(), QStringLiteral("    ")) + u')';
    }

    QString query()
    {
        QString result = QStringLiteral("const rows = await db\n  .select(%1)\n  .from(%2)")
                             .arg(selection(), m_names.table(m_select.from.alias));
        for (const Join &entry : m_select.joins)
            result += join(entry);
        result += where() + orderBy();
        if (m_select.limit)
            result += QStringLiteral("\n  .limit(%1)").arg(*m_select.limit);
        return result + QStringLiteral(";\n");
    }

    const Select &m_select;
    TypeScriptNames m_names;
    QSet<QString> m_functions;
};

} // namespace

QString renderDrizzle(const Select &select, const schema::Database &code)
{
    return Drizzle(select, code).text();
}

} // namespace query
