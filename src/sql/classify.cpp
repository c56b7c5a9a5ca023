// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/parse.h"
#include "sql/text.h"
#include "sql/tree.h"

#include <QSet>

#include <pg_query/pg_query.pb-c.h>

namespace sql
{

namespace
{

base::Error refused(const QString &text, const QString &hint, base::TextSpan span)
{
    return {.kind = base::ErrorKind::Refused, .text = text, .hint = hint, .span = span};
}

// Functions of PostgreSQL 12 to 18 and of its contrib modules whose effect a rollback does not
// undo, or that reach files, other servers or other sessions. A name counts in whatever schema it
// stands.
const QSet<QString> &outsideFunctions()
{
    static const QSet<QString> names{
        QStringLiteral("set_config"),
        QStringLiteral("pg_terminate_backend"),
        QStringLiteral("pg_cancel_backend"),
        QStringLiteral("pg_reload_conf"),
        QStringLiteral("pg_rotate_logfile"),
        QStringLiteral("pg_log_backend_memory_contexts"),
        QStringLiteral("pg_promote"),
        QStringLiteral("pg_switch_wal"),
        QStringLiteral("pg_create_restore_point"),
        QStringLiteral("pg_export_snapshot"),
        QStringLiteral("pg_notify"),
        QStringLiteral("pg_stat_file"),
        QStringLiteral("pg_current_logfile"),
        QStringLiteral("pg_import_system_collations"),
        QStringLiteral("loread"),
        QStringLiteral("lowrite"),
        // They run SQL that stands in a text, where nothing can be seen.
        QStringLiteral("ts_stat"),
        QStringLiteral("ts_rewrite"),
        QStringLiteral("connectby"),
        QStringLiteral("xpath_table"),
    };
    return names;
}

const QStringList &outsidePrefixes()
{
    static const QStringList prefixes{
        QStringLiteral("dblink"),           QStringLiteral("lo_"),
        QStringLiteral("pg_read_"),         QStringLiteral("pg_ls_"),
        QStringLiteral("pg_file_"),         QStringLiteral("pg_advisory_"),
        QStringLiteral("pg_try_advisory_"), QStringLiteral("pg_stat_reset"),
        QStringLiteral("pg_logical_"),      QStringLiteral("pg_replication_"),
        QStringLiteral("pg_create_"),       QStringLiteral("pg_drop_"),
        QStringLiteral("pg_copy_"),         QStringLiteral("pg_backup_"),
        QStringLiteral("pg_start_backup"),  QStringLiteral("pg_stop_backup"),
        QStringLiteral("pg_wal_replay_"),   QStringLiteral("pg_sync_replication"),
        QStringLiteral("query_to_xml"),     QStringLiteral("cursor_to_xml"),
        QStringLiteral("crosstab"),         QStringLiteral("postgres_fdw_disconnect"),
    };
    return prefixes;
}

bool actsOutside(const QString &function)
{
    if (outsideFunctions().contains(function))
        return true;
    for (const QString &prefix : outsidePrefixes()) {
        if (function.startsWith(prefix))
            return true;
    }
    return false;
}

/// nextval and setval stay when the transaction is rolled back, but every INSERT into a serial
/// column uses them: they make a statement one that writes.
bool changesSequence(const QString &function)
{
    return function == QLatin1String("nextval") || function == QLatin1String("setval");
}

/// What is said about a statement that is refused whatever it holds; empty for all others.
struct Refusal {
    QString text;
    QString hint;
};

Refusal sessionRefusal(PgQuery__Node__NodeCase kind)
{
    switch (kind) {
    case PG_QUERY__NODE__NODE_TRANSACTION_STMT:
        return {
            Text::tr("Transactions cannot be controlled from a statement"),
            Text::tr("Every statement runs in a transaction of its own; leave BEGIN, COMMIT and "
                     "ROLLBACK out")};
    case PG_QUERY__NODE__NODE_VARIABLE_SET_STMT:
    case PG_QUERY__NODE__NODE_DISCARD_STMT:
    case PG_QUERY__NODE__NODE_CONSTRAINTS_SET_STMT:
    case PG_QUERY__NODE__NODE_ALTER_SYSTEM_STMT:
    case PG_QUERY__NODE__NODE_LOAD_STMT:
        return {Text::tr("Settings of the session cannot be changed from a statement"),
                Text::tr(
                    "Connections are shared; put settings into the connection URL (?options=-c…)")};
    case PG_QUERY__NODE__NODE_PREPARE_STMT:
    case PG_QUERY__NODE__NODE_EXECUTE_STMT:
    case PG_QUERY__NODE__NODE_DEALLOCATE_STMT:
    case PG_QUERY__NODE__NODE_DECLARE_CURSOR_STMT:
    case PG_QUERY__NODE__NODE_FETCH_STMT:
    case PG_QUERY__NODE__NODE_CLOSE_PORTAL_STMT:
    case PG_QUERY__NODE__NODE_LOCK_STMT:
        return {
            Text::tr("Prepared statements, cursors and locks do not outlive one statement here"),
            Text::tr("Write the query itself")};
    case PG_QUERY__NODE__NODE_LISTEN_STMT:
    case PG_QUERY__NODE__NODE_UNLISTEN_STMT:
    case PG_QUERY__NODE__NODE_NOTIFY_STMT:
    case PG_QUERY__NODE__NODE_CHECK_POINT_STMT:
        return {Text::tr("LISTEN, NOTIFY and CHECKPOINT act outside the transaction"),
                Text::tr("Use psql for it")};
    default:
        return {};
    }
}

Refusal copyRefusal(const PgQuery__CopyStmt &copy)
{
    const bool file = copy.filename && *copy.filename;
    if (copy.is_program)
        return {Text::tr("COPY would run a program on the server"),
                Text::tr("Select the rows instead")};
    if (file)
        return {Text::tr("COPY would read or write a file on the server"),
                Text::tr("Select the rows instead")};
    return {Text::tr("COPY has no stream to read from or write to here"),
            Text::tr("Select the rows, or use psql's \\copy")};
}

/// Collects what one statement does; the first reason to refuse it wins.
class Examination
{
public:
    Examination(const Source &source, QList<base::TextSpan> places)
        : m_source(source)
        , m_places(std::move(places))
    {
    }

    base::Result<Classification> run(const PgQuery__ParseResult &tree)
    {
        if (tree.n_stmts == 0)
            return base::Error{.kind = base::ErrorKind::InvalidInput,
                               .text = Text::tr("There is no statement"),
                               .hint = Text::tr("Write one SQL statement")};
        if (tree.n_stmts > 1)
            return refused(Text::tr("Only one statement can run at a time"),
                           Text::tr("Run them one after the other"), firstWord(1));
        m_place = firstWord(0);
        Classification result = statement(*tree.stmts[0]->stmt);
        walk(tree.stmts[0]->base);
        if (m_error)
            return *m_error;
        result.readsOnly = result.readsOnly && !m_changes;
        return result;
    }

private:
    base::TextSpan firstWord(qsizetype statement) const
    {
        return m_source.wordAt(m_places.value(statement).offset);
    }

    void refuse(const Refusal &refusal, base::TextSpan span)
    {
        if (!m_error && !refusal.text.isEmpty())
            m_error = refused(refusal.text, refusal.hint, span);
    }

    Classification statement(const PgQuery__Node &node)
    {
        refuse(sessionRefusal(node.node_case), m_place);
        switch (node.node_case) {
        case PG_QUERY__NODE__NODE_SELECT_STMT:
            return {StatementKind::Select, true, false};
        case PG_QUERY__NODE__NODE_INSERT_STMT:
            return {StatementKind::Insert, false, false};
        case PG_QUERY__NODE__NODE_UPDATE_STMT:
            return {StatementKind::Update, false, !node.update_stmt->where_clause};
        case PG_QUERY__NODE__NODE_DELETE_STMT:
            return {StatementKind::Delete, false, !node.delete_stmt->where_clause};
        case PG_QUERY__NODE__NODE_MERGE_STMT:
            return {StatementKind::Merge, false, false};
        case PG_QUERY__NODE__NODE_VARIABLE_SHOW_STMT:
            return {StatementKind::Show, true, false};
        case PG_QUERY__NODE__NODE_EXPLAIN_STMT:
            return explain(*node.explain_stmt);
        case PG_QUERY__NODE__NODE_COPY_STMT:
            refuse(copyRefusal(*node.copy_stmt), m_place);
            return {};
        case PG_QUERY__NODE__NODE_CREATE_TABLE_AS_STMT:
            statement(*node.create_table_as_stmt->query);
            return {};
        case PG_QUERY__NODE__NODE_DO_STMT:
        case PG_QUERY__NODE__NODE_CALL_STMT:
            refuse({Text::tr("DO and CALL run code that cannot be examined"),
                    Text::tr("Write the statement itself")},
                   m_place);
            return {};
        default:
            return {};
        }
    }

    /// EXPLAIN only plans, whatever stands below it; with ANALYZE it runs it.
    Classification explain(const PgQuery__ExplainStmt &explain)
    {
        const Classification inner = statement(*explain.query);
        bool analyze = false;
        for (size_t i = 0; i < explain.n_options; ++i) {
            if (explain.options[i]->node_case == PG_QUERY__NODE__NODE_DEF_ELEM)
                analyze = analyze || isAnalyze(*explain.options[i]->def_elem);
        }
        m_onlyPlans = !analyze;
        return {StatementKind::Explain, !analyze || inner.readsOnly,
                analyze && inner.changesEveryRow};
    }

    /// Anything but a plain "off" counts as on.
    static bool isAnalyze(const PgQuery__DefElem &option)
    {
        if (qstrcmp(option.defname, "analyze") != 0)
            return false;
        if (!option.arg || option.arg->node_case != PG_QUERY__NODE__NODE_STRING)
            return true;
        const QByteArray value = QByteArray(option.arg->string->sval).toLower();
        return value != "off" && value != "false";
    }

    void walk(const ProtobufCMessage &message)
    {
        if (const auto *call = as<PgQuery__FuncCall>(message, pg_query__func_call__descriptor))
            function(*call);
        const ProtobufCMessageDescriptor *type = message.descriptor;
        if (!m_onlyPlans && (type == &pg_query__insert_stmt__descriptor ||
                             type == &pg_query__update_stmt__descriptor ||
                             type == &pg_query__delete_stmt__descriptor ||
                             type == &pg_query__merge_stmt__descriptor ||
                             type == &pg_query__into_clause__descriptor ||
                             type == &pg_query__locking_clause__descriptor))
            m_changes = true;
        forEachChild(message, [this](const ProtobufCMessage &child) { walk(child); });
    }

    void function(const PgQuery__FuncCall &call)
    {
        const QString name =
            nameParts(call.funcname, call.n_funcname).value(int(call.n_funcname) - 1);
        if (changesSequence(name) && !m_onlyPlans)
            m_changes = true;
        if (actsOutside(name))
            refuse({Text::tr("The function %1 acts outside the transaction").arg(name),
                    Text::tr("Use psql for it, if it is really meant")},
                   m_source.wordAtByte(call.location));
    }

    const Source &m_source;
    QList<base::TextSpan> m_places; ///< where the statements lie
    base::TextSpan m_place;         ///< the statement's first word
    std::optional<base::Error> m_error;
    bool m_changes = false;
    bool m_onlyPlans = false;
};

} // namespace

base::Result<Classification> classify(const QString &text)
{
    const base::Result<QList<base::TextSpan>> places = split(text);
    if (!places)
        return places.error();
    const Source source(text);
    base::Result<Classification> result = Classification{};
    const base::Result<base::Done> parsed = parse(source, [&](const PgQuery__ParseResult &tree) {
        result = Examination(source, *places).run(tree);
    });
    if (!parsed)
        return parsed.error();
    return result;
}

} // namespace sql
