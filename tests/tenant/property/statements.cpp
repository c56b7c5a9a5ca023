// SPDX-License-Identifier: GPL-3.0-or-later
#include "property/statements.h"

namespace property
{

using tenant::Scoping;

QString StatementWriter::alias()
{
    return QStringLiteral("a%1").arg(++m_aliases);
}

/// White space and comments, now and then with quotes and brackets in them.
QString StatementWriter::blank()
{
    return m_random.chance(92) ? QStringLiteral(" ")
                               : m_random.word({"\n  ", " /* ' ( */ ", " -- it's ( \n", "\t",
                                                " /* T /* nested */ */ "});
}

QString StatementWriter::tableName(const Table &table)
{
    if (!table.parts.isEmpty() && m_random.chance(30))
        return Table{m_random.of(table.parts)}.sql();
    const bool isFirstInPath =
        table.name.schema.isEmpty()
            ? !(m_world.usesSearchPath && table.name.name == QLatin1String("twice"))
            : m_world.usesSearchPath;
    const QString name = m_random.chance(15) ? u'"' + table.name.name + u'"' : table.name.name;
    if (isFirstInPath && m_random.chance(70))
        return name;
    const QString schema =
        table.name.schema.isEmpty() ? QStringLiteral("public") : table.name.schema;
    return schema + (m_random.chance(5) ? QStringLiteral(" . ") : QStringLiteral(".")) + name;
}

QString StatementWriter::constant(Type type)
{
    switch (type) {
    case Type::Integer:
        return QString::number(m_random.below(90));
    case Type::Number:
        return QString::number(m_random.below(50)) + QStringLiteral(".5");
    case Type::Boolean:
        return m_random.word({"true", "false"});
    case Type::Time:
        return QStringLiteral("timestamp '2026-05-01 00:00'");
    case Type::Json:
        return QStringLiteral("'{\"n\": 1}'::jsonb");
    case Type::Tags:
        return QStringLiteral("array['x', 'y']");
    case Type::Tenant:
        return QStringLiteral("NULL");
    default:
        return m_random.word({"'ash'", "'T'", "'x''y'", "$$z$$", "''"});
    }
}

QString StatementWriter::columnOf(Type type, const QList<Source> &sources)
{
    QStringList found;
    for (const Source &source : sources) {
        for (const Column &column : source.columns) {
            if (column.type == type)
                found << source.alias + u'.' + column.name;
        }
    }
    return found.isEmpty() ? constant(type) : m_random.of(found);
}

QString StatementWriter::expression(Type type, const QList<Source> &sources)
{
    const QString column = columnOf(type, sources);
    if (m_random.chance(55))
        return column;
    switch (type) {
    case Type::Integer:
        return m_random
            .word({"%1 + 1", "abs(%1)", "coalesce(%1, 0)", "(%1 * 2)", "greatest(%1, 3)",
                   "CASE WHEN %1 > 20 THEN %1 ELSE -1 END", "nullif(%1, 10)"})
            .arg(column);
    case Type::Number:
        return m_random.word({"round(%1, 1)", "%1 * 2", "trunc(%1)", "coalesce(%1, 0.5)"})
            .arg(column);
    case Type::Boolean:
        return m_random.word({"NOT %1", "coalesce(%1, false)", "%1 IS TRUE"}).arg(column);
    case Type::Time:
        return m_random.word({"date_trunc('month', %1)", "%1 + interval '1 day'"}).arg(column);
    case Type::Json:
        return m_random.word({"%1 - 'n'", "jsonb_strip_nulls(%1)", "%1 || '{\"x\": 1}'::jsonb"})
            .arg(column);
    case Type::Tags:
        return m_random.word({"array_append(%1, 'z')", "array_remove(%1, 'x')"}).arg(column);
    case Type::Tenant:
        return column;
    default:
        return m_random
            .word({"upper(%1)", "%1 || '!'", "coalesce(%1, 'none')", "left(%1, 5)", "lower(%1)",
                   "substring(%1 from 1 for 4)", "trim(both from %1)", "md5(%1)",
                   "replace(%1, 'a', 'b')", "pg_catalog.reverse(%1)", "(%1)::varchar(4)"})
            .arg(column);
    }
}

QString StatementWriter::simple(const QList<Source> &sources)
{
    switch (m_random.below(9)) {
    case 0:
        return expression(Type::Integer, sources) + m_random.word({" > ", " < ", " = ", " <> "}) +
               expression(Type::Integer, sources);
    case 1:
        return expression(Type::Text, sources) +
               m_random.word({" LIKE 'T%'", " ILIKE '%A%'", " IS NOT NULL", " ~ '^T'", " <> 'x'",
                              " SIMILAR TO '%(a|b)%'", " BETWEEN 'A' AND 'z'"});
    case 2:
        return expression(Type::Number, sources) + QStringLiteral(" BETWEEN 1 AND 40");
    case 3:
        return QStringLiteral("(%1)").arg(expression(Type::Boolean, sources));
    case 4:
        return columnOf(Type::Integer, sources) + QStringLiteral(" IN (1, 11, 12, 13, 21, 22)");
    case 5:
        return columnOf(Type::Json, sources) +
               m_random.word({" ? 'mark'", "->>'mark' LIKE 'T%'", " @> '{}'"});
    case 6:
        return columnOf(Type::Text, sources) + QStringLiteral(" = ANY (array['ash', 'T1-ash'])");
    case 7:
        return columnOf(Type::Time, sources) + QStringLiteral(" > timestamp '2026-03-01'");
    default:
        // Fails on rows whose code is no number: those of all tenants but the first.
        m_form = QStringLiteral("failing");
        return m_random
            .word({"(%1)::integer >= 0",
                   "(%1 || CASE WHEN %1 ~ '^T' THEN ' &' ELSE '' END)::tsquery IS NOT NULL"})
            .arg(columnOf(Type::Text, sources)
                     .replace(QStringLiteral(".name"), QStringLiteral(".code")));
    }
}

QString StatementWriter::condition(int depth, const QList<Source> &sources,
                                   const QList<Source> &outer)
{
    QList<Source> all = sources;
    if (m_random.chance(30))
        all += outer;
    if (depth > 0 && m_random.chance(35)) {
        QList<Source> inside;
        const QString tables = from(depth - 1, inside, {});
        const QString link =
            columnOf(Type::Integer, inside) + QStringLiteral(" = ") + columnOf(Type::Integer, all);
        switch (m_random.below(5)) {
        case 0:
            return QStringLiteral("EXISTS (SELECT 1 FROM %1 WHERE %2)").arg(tables, link);
        case 1:
            return QStringLiteral("NOT EXISTS (SELECT FROM %1 WHERE %2)").arg(tables, link);
        case 2:
            return QStringLiteral("%1 IN (SELECT %2 FROM %3)")
                .arg(columnOf(Type::Integer, all), columnOf(Type::Integer, inside), tables);
        case 3:
            return QStringLiteral("%1 < (SELECT max(%2) FROM %3)")
                .arg(columnOf(Type::Integer, all), columnOf(Type::Integer, inside), tables);
        default:
            return QStringLiteral("%1 >= ALL (SELECT %2 FROM %3 WHERE %4)")
                .arg(columnOf(Type::Integer, all), columnOf(Type::Integer, inside), tables, link);
        }
    }
    QString text = simple(all);
    if (m_random.chance(30))
        text = u'(' + text + m_random.word({" AND ", " OR "}) + simple(all) + u')';
    return text;
}

QString StatementWriter::source(int depth, QList<Source> &sources, const QList<Source> &outer)
{
    if (!m_with.isEmpty() && m_random.chance(35)) {
        const With with = m_random.of(m_with);
        const QString name = alias();
        sources << Source{name, with.columns};
        return with.name + QStringLiteral(" AS ") + name;
    }
    if (depth > 0 && m_random.chance(22)) {
        const bool isLateral = !sources.isEmpty() && m_random.chance(50);
        const Query inner = query(depth - 1, isLateral ? sources : QList<Source>());
        const QString name = alias();
        sources << Source{name, inner.columns};
        return (isLateral ? QStringLiteral("LATERAL ") : QString()) + u'(' + inner.text +
               QStringLiteral(") AS ") + name;
    }
    Q_UNUSED(outer);
    const bool isView = !m_world.views.isEmpty() && m_random.chance(20);
    const Table &table = m_random.of(isView ? m_world.views : m_world.tables);
    if (isView)
        m_form = QStringLiteral("view");
    QString text = m_random.chance(8) ? QStringLiteral("ONLY ") : QString();
    text += tableName(table);
    QList<Column> columns = table.columns;
    const QString name = alias();
    text += blank() + (m_random.chance(50) ? QStringLiteral("AS ") : QString()) + name;
    if (m_random.chance(10)) {
        text += QStringLiteral(" (x1, x2)");
        columns[0].name = QStringLiteral("x1");
        columns[1].name = QStringLiteral("x2");
    }
    if (!isView && m_random.chance(6))
        text += m_random.word(
            {" TABLESAMPLE bernoulli (100)", " TABLESAMPLE system (100) REPEATABLE (3)"});
    sources << Source{name, columns};
    return text;
}

QString StatementWriter::from(int depth, QList<Source> &sources, const QList<Source> &outer)
{
    QString text = source(depth, sources, outer);
    const int more = m_random.chance(45) ? 1 + m_random.below(2) : 0;
    for (int i = 0; i < more; ++i) {
        const QString kind = m_random.word({" JOIN ", " LEFT JOIN ", " INNER JOIN ", " CROSS JOIN ",
                                            ", ", " LEFT JOIN ", " RIGHT JOIN ", " FULL JOIN "});
        const bool keepsLeft =
            kind.contains(QLatin1String("RIGHT")) || kind.contains(QLatin1String("FULL"));
        QList<Source> visible = keepsLeft ? QList<Source>() : sources;
        const QString right = source(keepsLeft ? 0 : depth, visible, {});
        const Source added = visible.last();
        text += kind + right;
        if (!kind.contains(QLatin1Char(',')) && !kind.contains(QLatin1String("CROSS"))) {
            // FULL JOIN takes equality only, and a comma binds less than JOIN.
            const QString left =
                kind.contains(QLatin1String("FULL")) || text.contains(QLatin1Char(','))
                    ? columnOf(Type::Integer, {sources.last()})
                    : columnOf(Type::Integer, sources);
            text += QStringLiteral(" ON %1 = %2").arg(left, columnOf(Type::Integer, {added}));
        }
        sources << added;
    }
    return text;
}

StatementWriter::Query StatementWriter::query(int depth, const QList<Source> &outer)
{
    if (m_random.chance(20))
        return grouped(depth, outer);
    Query result;
    QList<Source> sources;
    const QString tables = from(depth, sources, outer);
    QStringList items;
    const int count = 1 + m_random.below(4);
    for (int i = 0; i < count; ++i) {
        const Type type = Type(m_random.below(7));
        QString item = expression(type, sources);
        Type shown = type;
        if (m_random.chance(6)) {
            item = m_random.word({"row_to_json(%1)::text", "to_jsonb(%1)::text"})
                       .arg(sources.last().alias);
            shown = Type::Text;
        } else if (m_random.chance(8)) {
            item = QStringLiteral("%1 OVER (PARTITION BY %2 ORDER BY %3)")
                       .arg(m_random.word({"count(*)", "rank()", "dense_rank()"}),
                            columnOf(Type::Text, sources), columnOf(Type::Integer, sources));
            shown = Type::Integer;
        } else if (m_random.chance(6) && depth > 0) {
            QList<Source> inside;
            const QString inner = from(0, inside, {});
            item =
                QStringLiteral("(SELECT max(%1) FROM %2)").arg(columnOf(Type::Text, inside), inner);
            shown = Type::Text;
        }
        const QString name = QStringLiteral("c%1").arg(i + 1);
        if (shown == Type::Text)
            item = QStringLiteral("(%1)::text").arg(item);
        items << item + QStringLiteral(" AS ") + name;
        result.columns << Column{name, shown};
    }
    result.text = QStringLiteral("SELECT ") +
                  (m_random.chance(10) ? QStringLiteral("DISTINCT ") : QString()) +
                  items.join(QStringLiteral(", ")) + blank() + QStringLiteral("FROM ") + tables;
    if (m_random.chance(60))
        result.text += blank() + QStringLiteral("WHERE ") + condition(depth, sources, outer);
    return result;
}

StatementWriter::Query StatementWriter::grouped(int depth, const QList<Source> &outer)
{
    QList<Source> sources;
    const QString tables = from(depth, sources, outer);
    const QString group = columnOf(Type::Text, sources);
    const bool isGrouped = group.contains(u'.');
    Query result;
    QStringList items;
    const auto add = [&](const QString &item, Type type) {
        const QString name = QStringLiteral("c%1").arg(items.size() + 1);
        items << item + QStringLiteral(" AS ") + name;
        result.columns << Column{name, type};
    };
    if (isGrouped)
        add(QStringLiteral("(%1)::text").arg(group), Type::Text);
    const QString number = columnOf(Type::Integer, sources);
    add(m_random.word({"count(*)", "max(%1)", "min(%1)", "count(DISTINCT %1)",
                       "sum(%1) FILTER (WHERE %1 > 10)"})
                .replace(QLatin1String("%1"), number) +
            QStringLiteral("::integer"),
        Type::Integer);
    if (m_random.chance(50)) {
        const QString text = columnOf(Type::Text, sources);
        add(QStringLiteral("string_agg(%1, ',' ORDER BY %1)::text").arg(text), Type::Text);
    }
    if (m_random.chance(30))
        add(QStringLiteral("avg(%1)::numeric(12,4)").arg(columnOf(Type::Number, sources)),
            Type::Number);
    result.text = QStringLiteral("SELECT %1 FROM %2").arg(items.join(QStringLiteral(", ")), tables);
    if (m_random.chance(50))
        result.text += QStringLiteral(" WHERE ") + condition(depth, sources, outer);
    if (isGrouped)
        result.text +=
            m_random
                .word({" GROUP BY %1", " GROUP BY 1", " GROUP BY GROUPING SETS ((%1), ())",
                       " GROUP BY %1 HAVING count(*) > 1"})
                .replace(QLatin1String("%1"), group);
    return result;
}

/// A query of these types over one table.
StatementWriter::Query StatementWriter::matching(const QList<Column> &wanted)
{
    QList<Source> sources;
    const QString tables = from(0, sources, {});
    QStringList items;
    for (const Column &column : wanted) {
        const QString item = columnOf(column.type, sources);
        items << (column.type == Type::Text ? QStringLiteral("(%1)::text").arg(item) : item) +
                     QStringLiteral(" AS ") + column.name;
    }
    return {QStringLiteral("SELECT %1 FROM %2").arg(items.join(QStringLiteral(", ")), tables),
            wanted};
}

StatementWriter::Query StatementWriter::joined(const Query &left, int depth)
{
    Q_UNUSED(depth);
    const Query right = matching(left.columns);
    return {u'(' + left.text + QStringLiteral(") ") +
                m_random.word({"UNION ALL", "UNION", "INTERSECT", "EXCEPT", "EXCEPT ALL"}) +
                QStringLiteral(" (") + right.text + u')',
            left.columns};
}

StatementWriter::Query StatementWriter::recursive()
{
    m_form = QStringLiteral("recursive");
    const Table &table = m_world.tables.at(1 + m_random.below(int(m_world.tables.size()) - 1));
    const QString name = m_random.chance(50) ? table.name.name : QStringLiteral("tree");
    const QString shadowed =
        (table.name.schema.isEmpty() ? QStringLiteral("public.") : table.name.schema + u'.') +
        table.name.name;
    return {
        QStringLiteral("WITH RECURSIVE %1 (c1, c2) AS (SELECT min(id), 0 FROM %2 UNION ALL SELECT "
                       "t.id, r.c2 + 1 FROM %1 r JOIN %2 t ON t.id > r.c1 AND t.id < r.c1 + 25 "
                       "WHERE r.c2 < 3) SELECT * FROM %1")
            .arg(name, shadowed),
        {{QStringLiteral("c1"), Type::Integer}, {QStringLiteral("c2"), Type::Integer}}};
}

Statement StatementWriter::ordered(const Query &query)
{
    QStringList numbers;
    for (qsizetype i = 0; i < query.columns.size(); ++i)
        numbers << QString::number(i + 1) +
                       m_random.word({"", " DESC", " NULLS FIRST", " DESC NULLS LAST"});
    QString text = query.text + QStringLiteral(" ORDER BY ") + numbers.join(QStringLiteral(", "));
    if (m_random.chance(50))
        text +=
            QStringLiteral(" LIMIT %1 OFFSET %2").arg(1 + m_random.below(9)).arg(m_random.below(3));
    return {.text = text, .isOrdered = true};
}

/// What must be refused, whatever it would give.
Statement StatementWriter::refused()
{
    const Table &table = m_world.tables.at(m_random.below(int(m_world.tables.size())));
    const QString name = table.sql();
    QStringList forms{
        QStringLiteral("SELECT * FROM public.peek()"),
        QStringLiteral("SELECT public.peek()"),
        QStringLiteral("SELECT query_to_xml('select * from %1', true, true, '')").arg(name),
        QStringLiteral("SELECT table_to_xml('%1', true, true, '')").arg(name),
        QStringLiteral("SELECT * FROM pg_stats"),
        QStringLiteral("SELECT o.secret FROM public.organizations o"),
        QStringLiteral("SELECT o.ctid, o.* FROM public.organizations o"),
        QStringLiteral("SELECT pg_sleep(0)"),
        QStringLiteral("WITH x AS (DELETE FROM public.organizations RETURNING *) SELECT * FROM x"),
        QStringLiteral("SELECT id, name FROM public.organizations GROUP BY id"),
    };
    return {.text = m_random.of(forms), .form = QStringLiteral("refused"), .isRefused = true};
}

QString StatementWriter::dressed(const QString &text)
{
    if (m_withTexts.isEmpty())
        return text;
    return QStringLiteral("WITH ") + m_withTexts.join(QStringLiteral(", ")) + blank() + text;
}

Statement StatementWriter::next()
{
    m_with.clear();
    m_withTexts.clear();
    m_aliases = 0;
    m_form = QStringLiteral("query");
    if (m_random.chance(8))
        return refused();
    if (m_random.chance(4)) {
        const Table &table = m_random.of(m_world.tables);
        return {.text = QStringLiteral("TABLE ") + tableName(table),
                .form = QStringLiteral("table")};
    }
    if (m_random.chance(4)) {
        const Table &table = m_random.of(m_world.tables);
        const QString name = table.sql();
        return {.text =
                    QStringLiteral("SELECT %1.name, count(*) FROM %1 GROUP BY %1.name").arg(name),
                .form = QStringLiteral("qualified")};
    }
    if (m_random.chance(6)) {
        const Query query = recursive();
        return {.text = query.text, .form = m_form};
    }
    const int withs = m_random.chance(30) ? 1 + m_random.below(2) : 0;
    for (int i = 0; i < withs; ++i) {
        const Query inner = query(1, {});
        // Now and then under a table's own name, which it hides from then on.
        const QString name = m_random.chance(40) ? m_random.of(m_world.tables).name.name
                                                 : QStringLiteral("w%1").arg(i + 1);
        bool isTaken = false;
        for (const With &with : std::as_const(m_with))
            isTaken = isTaken || with.name == name;
        if (isTaken)
            continue;
        m_withTexts << name + QStringLiteral(" AS ") +
                           m_random.word({"", "MATERIALIZED ", "NOT MATERIALIZED "}) + u'(' +
                           inner.text + u')';
        m_with << With{name, inner.columns};
    }
    Query main = query(2, {});
    if (m_random.chance(20))
        main = joined(main, 1);
    Statement statement = m_random.chance(40) ? ordered(main) : Statement{.text = main.text};
    statement.text = dressed(statement.text);
    statement.form = m_withTexts.isEmpty() ? m_form : QStringLiteral("with");
    if (m_random.chance(5)) {
        statement.text.prepend(
            m_random.word({"EXPLAIN ", "EXPLAIN (COSTS OFF) ", "EXPLAIN ANALYZE "}));
        statement.isCompared = false;
        statement.form = QStringLiteral("explain");
    }
    return statement;
}

} // namespace property
