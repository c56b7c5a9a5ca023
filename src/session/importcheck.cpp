// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/importcheck.h"

#include "session/scopedrun.h"
#include "session/text.h"
#include "sql/identifier.h"
#include "tenant/condition.h"

#include <algorithm>

namespace session
{

using base::Done;
using base::Error;
using base::Result;

namespace
{
/// What makes a row a bad one, by SQLSTATE: its values, a constraint, a check option, code of the
/// project's own, a policy. Anything else ends the import.
const QString rowFaults = QStringLiteral("'^(21|22|23|44|P0|42501)'");
const QString notBad =
    QStringLiteral("NOT EXISTS (SELECT FROM pg_temp.sluice_bad b WHERE b.sluice_n = s.sluice_n)");

// SQLSTATEs of our own, of a class that the server does not use.
const QString otherTenant = QStringLiteral("SL001");
const QString twiceInFile = QStringLiteral("SL002");

/// A block of plpgsql. Names of columns go before those of its variables, which are called
/// sluice_block.name where a table's own columns are near.
QString block(const QString &declared, const QString &body)
{
    return QStringLiteral("DO ") +
           sql::literal(QStringLiteral("#variable_conflict use_column\n<<sluice_block>>\n"
                                       "DECLARE %1\nBEGIN\n%2\nEND")
                            .arg(declared, body));
}

/// Catches what is a row's fault.
QString caught(const QString &body)
{
    return QStringLiteral("EXCEPTION WHEN OTHERS THEN\n"
                          "  IF SQLSTATE !~ %1 THEN RAISE; END IF;\n%2\n")
        .arg(rowFaults, body);
}

QString sameKey(const QStringList &key)
{
    QStringList pairs;
    for (const QString &column : key)
        pairs << QStringLiteral("t.%1 = s.%1").arg(sql::identifier(column));
    return pairs.join(QStringLiteral(" AND "));
}
} // namespace

QStringList ImportStatements::names() const
{
    QStringList names;
    for (const StagedColumn &column : columns)
        names << sql::identifier(column.name);
    return names;
}

QStringList ImportStatements::casts() const
{
    QStringList casts;
    for (const StagedColumn &column : columns)
        casts << QStringLiteral("s.%1::%2").arg(column.staged, column.cast);
    return casts;
}

QString ImportStatements::relation(const schema::Table &table, const QString &from) const
{
    QStringList all = names();
    QStringList values{QStringLiteral("s.sluice_n")};
    for (const QString &name : std::as_const(all))
        values << QStringLiteral("s.") + name;
    for (const schema::Column &column : table.columns) {
        const QString name = sql::identifier(column.name);
        if (!all.contains(name))
            values << QStringLiteral("(SELECT t.%1 FROM %2 t LIMIT 0) AS %1").arg(name, target);
    }
    return QStringLiteral("(SELECT %1 FROM %2)").arg(values.join(QStringLiteral(", ")), from);
}

QString ImportStatements::insert(const QStringList &values, const QString &from) const
{
    return QStringLiteral("INSERT INTO %1 AS t (%2) SELECT %3 FROM %4 %5")
        .arg(target, names().join(QStringLiteral(", ")), values.join(QStringLiteral(", ")), from,
             conflict);
}

sql::Statement thefts(const ImportRequest &request, const ImportStatements &statements,
                      const QString &relation)
{
    tenant::Conditions conditions(request.reach.classification, request.reach.tenant);
    const QString own =
        conditions.of(request.table.name, QStringLiteral("t"), QStringLiteral("sluice"));
    return {
        QStringLiteral("SELECT s.sluice_n FROM %1 AS s JOIN %2 AS t ON %3 WHERE (%4) IS NOT TRUE")
            .arg(relation, statements.target, sameKey(statements.key), own),
        conditions.parameters()};
}

QString knownRows(const ImportStatements &statements, const QString &relation)
{
    return QStringLiteral("SELECT count(*) FROM %1 AS s JOIN %2 AS t ON %3")
        .arg(relation, statements.target, sameKey(statements.key));
}

Result<Done> ImportCheck::run(const QString &text)
{
    const Result<rows::Page> page = m_transaction.run({text, {}});
    return page ? Result<Done>(Done{}) : page.error();
}

Result<qint64> ImportCheck::number(const QString &text)
{
    const Result<rows::Page> page = m_transaction.run({text, {}});
    return page ? Result<qint64>(page->text(0, 0).toLongLong()) : page.error();
}

Result<Done> ImportCheck::run()
{
    using Step = Result<Done> (ImportCheck::*)();
    for (const Step step : {&ImportCheck::prepare, &ImportCheck::convert, &ImportCheck::examineKeys,
                            &ImportCheck::examineTenant, &ImportCheck::tryWriting}) {
        if (const Result<Done> done = (this->*step)(); !done)
            return done;
    }
    return Done{};
}

Result<Done> ImportCheck::prepare()
{
    const Result<qint64> language = number(
        QStringLiteral("SELECT count(*) FROM pg_catalog.pg_language WHERE lanname = 'plpgsql'"));
    if (!language)
        return language.error();
    if (*language == 0)
        return Error{.kind = base::ErrorKind::Unsupported,
                     .text = Text::tr("The bad rows cannot be found"),
                     .detail = Text::tr("the database has no plpgsql, which looks for them")};
    QStringList typed{QStringLiteral("sluice_n bigint")};
    for (const StagedColumn &column : m_statements.columns)
        typed << sql::identifier(column.name) + u' ' + column.type;
    for (const QString &text :
         {QStringLiteral("CREATE TEMPORARY TABLE sluice_bad (sluice_n bigint, col text, "
                         "state text, message text, con text) ON COMMIT DROP"),
          QStringLiteral("CREATE INDEX ON pg_temp.sluice_bad (sluice_n)"),
          QStringLiteral("CREATE TEMPORARY TABLE sluice_typed (%1) ON COMMIT DROP")
              .arg(typed.join(QStringLiteral(", ")))}) {
        if (const Result<Done> made = run(text); !made)
            return made;
    }
    return Done{};
}

/// From texts to the columns' types: all at once, and only when that fails column by column.
Result<Done> ImportCheck::convert()
{
    const QString all = QStringLiteral("INSERT INTO pg_temp.sluice_typed (sluice_n, %1) "
                                       "SELECT s.sluice_n, %2 FROM pg_temp.sluice_rows s")
                            .arg(m_statements.names().join(QStringLiteral(", ")),
                                 m_statements.casts().join(QStringLiteral(", ")));
    const Result<Done> tried =
        run(block({}, QStringLiteral("%1;\n").arg(all) + caught(QStringLiteral("NULL;"))));
    if (!tried)
        return tried;
    const Result<qint64> converted = number(
        QStringLiteral("SELECT count(*) FROM (SELECT FROM pg_temp.sluice_typed LIMIT 1) AS found"));
    if (!converted)
        return converted.error();
    for (const StagedColumn &column : m_statements.columns) {
        const Result<Done> examined =
            *converted == 0 ? examineColumn(column) : Result<Done>(Done{});
        if (!examined)
            return examined;
        if (!column.notNull)
            continue;
        const Result<Done> noted =
            note({QStringLiteral("SELECT s.sluice_n FROM pg_temp.sluice_rows s WHERE s.%1 IS NULL")
                      .arg(column.staged),
                  {}},
                 column.name, QStringLiteral("23502"), {});
        if (!noted)
            return noted;
    }
    if (*converted == 0) {
        if (const Result<Done> done = run(all + QStringLiteral(" WHERE ") + notBad); !done)
            return done;
    }
    if (const Result<Done> ordered = run(QStringLiteral("CREATE INDEX ON pg_temp.sluice_typed "
                                                        "(sluice_n)"));
        !ordered)
        return ordered;
    return run(QStringLiteral("ANALYZE pg_temp.sluice_typed"));
}

/// A column in which no text is refused is read once; else every value by itself.
Result<Done> ImportCheck::examineColumn(const StagedColumn &column)
{
    QString body;
    if (column.cast == column.type)
        body += QStringLiteral("BEGIN\n PERFORM count(s.%1::%2) FROM pg_temp.sluice_rows s;\n "
                               "RETURN;\n%3END;\n")
                    .arg(column.staged, column.cast, caught(QStringLiteral("NULL;")));
    body += QStringLiteral(
                "FOR sluice_row IN SELECT s.sluice_n, s.%1 AS v FROM pg_temp.sluice_rows s LOOP\n"
                " BEGIN\n"
                "  DECLARE sluice_value %2 := sluice_row.v::%3; BEGIN NULL; END;\n"
                " %4 END;\nEND LOOP;")
                .arg(column.staged, column.type, column.cast,
                     caught(QStringLiteral("INSERT INTO pg_temp.sluice_bad VALUES "
                                           "(sluice_row.sluice_n, %1, SQLSTATE, SQLERRM, NULL);")
                                .arg(sql::literal(column.name))));
    return run(block(QStringLiteral("sluice_row record;"), body));
}

Result<Done> ImportCheck::note(const sql::Statement &found, const QString &column,
                               const QString &state, const QString &reason)
{
    const Result<rows::Page> page = m_transaction.run(
        {QStringLiteral("INSERT INTO pg_temp.sluice_bad SELECT f.sluice_n, %1, %2, %3, NULL "
                        "FROM (%4) AS f")
             .arg(column.isEmpty() ? QStringLiteral("NULL") : sql::literal(column),
                  sql::literal(state), sql::literal(reason), found.text),
         found.parameters});
    return page ? Result<Done>(Done{}) : page.error();
}

/// The same row cannot be updated twice, and whose it would be is not to be guessed.
Result<Done> ImportCheck::examineKeys()
{
    if (m_statements.key.isEmpty())
        return Done{};
    QStringList key, present;
    for (const QString &column : m_statements.key) {
        key << QStringLiteral("s.") + sql::identifier(column);
        present << key.last() + QStringLiteral(" IS NOT NULL");
    }
    return note(
        {QStringLiteral("SELECT x.sluice_n FROM (SELECT s.sluice_n, pg_catalog.row_number() "
                        "OVER (PARTITION BY %1 ORDER BY s.sluice_n) AS place FROM "
                        "pg_temp.sluice_typed s WHERE %2) AS x WHERE x.place > 1")
             .arg(key.join(QStringLiteral(", ")), present.join(QStringLiteral(" AND "))),
         {}},
        m_statements.key.first(), twiceInFile, {});
}

/// The column that says whose a row is: the tenant's, or the first on the way to it.
QString ImportCheck::ownColumn() const
{
    const tenant::TableScope scope =
        m_request.reach.classification.tables.value(m_request.table.name);
    return scope.path.isEmpty() ? scope.column : scope.path.first().columns.value(0);
}

Result<Done> ImportCheck::examineTenant()
{
    const QString from = QStringLiteral("pg_temp.sluice_typed s WHERE ") + notBad;
    const QString relation = m_statements.relation(m_request.table, from);
    if (!m_request.reach.tenant.isEmpty()) {
        const Result<rows::Page> page = m_transaction.run(tenant::keysQuestion());
        if (!page)
            return page.error();
        QList<tenant::LiveKey> keys;
        for (const QStringList &row : textsOf(*page))
            keys << tenant::keyOf(row);
        const QList<tenant::RowCheck> checks =
            tenant::stagedChecks(m_request.table.name, relation, keys,
                                 m_request.reach.classification, m_request.reach.tenant);
        for (const tenant::RowCheck &check : checks) {
            const QString column = check.refusal.where.section(u'.', 2).section(u',', 0, 0);
            const Result<Done> noted =
                note(check.statement, column.isEmpty() ? ownColumn() : column, otherTenant,
                     check.refusal.detail);
            if (!noted)
                return noted;
        }
    }
    if (m_statements.key.isEmpty())
        return Done{};
    const Result<Done> noted =
        m_request.reach.tenant.isEmpty()
            ? Result<Done>(Done{})
            : note(thefts(m_request, m_statements, relation), m_statements.key.first(), otherTenant,
                   m_request.reach.tenant.nested.isEmpty()
                       ? Text::tr("the row with this key belongs to another tenant")
                       : Text::tr("the row with this key is not the chosen tenant's"));
    if (!noted)
        return noted;
    const Result<qint64> known = number(knownRows(m_statements, relation));
    m_known = known ? *known : 0;
    return known ? Result<Done>(Done{}) : known.error();
}

/// All rows in one statement; when the server refuses that, in pieces, down to single rows.
Result<Done> ImportCheck::tryWriting()
{
    QStringList values;
    for (const QString &name : m_statements.names())
        values << QStringLiteral("s.") + name;
    const QString from = QStringLiteral("pg_temp.sluice_typed s WHERE ") + notBad;
    const QString told =
        QStringLiteral("PERFORM pg_catalog.set_config('sluice.written', sluice_done::text, true);");
    QString body =
        QStringLiteral("SET CONSTRAINTS ALL IMMEDIATE;\nBEGIN\n %1;\n"
                       " GET DIAGNOSTICS sluice_done = ROW_COUNT;\n %2\n RETURN;\n%3END;\n"
                       "SELECT max(s.sluice_n) INTO sluice_last FROM pg_temp.sluice_typed s;\n"
                       "sluice_done := 0;\n")
            .arg(m_statements.insert(values, from), told, caught(QStringLiteral("NULL;")));
    const QString bad = QStringLiteral(
        "  IF sluice_size > 1 THEN sluice_size := greatest(sluice_size / 8, 1);\n  ELSE\n"
        "   GET STACKED DIAGNOSTICS sluice_state = RETURNED_SQLSTATE, "
        "sluice_message = MESSAGE_TEXT, sluice_con = CONSTRAINT_NAME, "
        "sluice_col = COLUMN_NAME;\n"
        "   INSERT INTO pg_temp.sluice_bad VALUES (sluice_at, nullif(sluice_col, ''), "
        "sluice_state, sluice_message, nullif(sluice_con, ''));\n"
        "   sluice_at := sluice_at + 1;\n  END IF;");
    body += QStringLiteral("WHILE sluice_at <= sluice_last LOOP\n BEGIN\n  %1;\n"
                           "  GET DIAGNOSTICS sluice_part = ROW_COUNT;\n"
                           "  sluice_done := sluice_done + sluice_part;\n"
                           "  sluice_at := sluice_at + sluice_size;\n"
                           "  sluice_size := least(sluice_size * 2, 8192);\n %2 END;\nEND LOOP;\n")
                .arg(m_statements.insert(
                         values,
                         from + QStringLiteral(" AND s.sluice_n BETWEEN sluice_block.sluice_at AND "
                                               "sluice_block.sluice_at + sluice_block.sluice_size "
                                               "- 1")),
                     caught(bad));
    if (m_statements.selfRefers) {
        // The row that is referred to may stand further down in the file. From the end to the
        // beginning and back, as long as it helps.
        const QString again =
            m_statements.insert(values, QStringLiteral("pg_temp.sluice_typed s WHERE s.sluice_n = "
                                                       "sluice_row.sluice_n"));
        for (const QString &order : {QStringLiteral("DESC"), QStringLiteral("ASC")})
            body += QStringLiteral(
                        "FOR sluice_row IN SELECT b.sluice_n FROM pg_temp.sluice_bad b WHERE "
                        "b.state = '23503' ORDER BY b.sluice_n %1 LOOP\n BEGIN\n  %2;\n"
                        "  sluice_done := sluice_done + 1;\n"
                        "  DELETE FROM pg_temp.sluice_bad b WHERE b.sluice_n = "
                        "sluice_row.sluice_n;\n %3 END;\nEND LOOP;\n")
                        .arg(order, again, caught(QStringLiteral("  NULL;")));
    }
    const QString declared =
        QStringLiteral("sluice_at bigint := 1; sluice_last bigint; sluice_size bigint := 1024; "
                       "sluice_done bigint := 0; sluice_part bigint; sluice_row record; "
                       "sluice_state text; sluice_message text; sluice_con text; sluice_col text;");
    if (const Result<Done> tried = run(block(declared, body + told)); !tried)
        return tried;
    const Result<qint64> written =
        number(QStringLiteral("SELECT pg_catalog.current_setting('sluice.written')"));
    m_written = written ? *written : 0;
    return written ? Result<Done>(Done{}) : written.error();
}

Result<QList<qint64>> ImportCheck::numbers()
{
    QList<qint64> numbers;
    const Result<qint64> read = m_transaction.copyOut(
        {QStringLiteral("SELECT DISTINCT b.sluice_n FROM pg_temp.sluice_bad b ORDER BY 1"), {}},
        pg::CopyForm::Text, [&numbers](QByteArrayView line) -> Result<Done> {
            numbers << line.trimmed().toByteArray().toLongLong();
            return Done{};
        });
    if (!read)
        return read.error();
    return numbers;
}

} // namespace session
