// SPDX-License-Identifier: GPL-3.0-or-later
#include "site.h"

#include "base/receive.h"
#include "sql/identifier.h"

#include <QCoreApplication>

namespace changes
{

namespace
{

/// The schema public is made anew as well, so that it is the same before each trial.
const QByteArray emptying = R"(
DO $$
DECLARE statement text;
BEGIN
  FOR statement IN
    SELECT format('DROP EVENT TRIGGER IF EXISTS %I', evtname) FROM pg_event_trigger
    UNION ALL SELECT format('DROP PUBLICATION IF EXISTS %I', pubname) FROM pg_publication
    UNION ALL SELECT format('DROP EXTENSION IF EXISTS %I CASCADE', extname) FROM pg_extension
              WHERE extname <> 'plpgsql'
    UNION ALL SELECT format('DROP SCHEMA IF EXISTS %I CASCADE', nspname) FROM pg_namespace
              WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
  LOOP
    EXECUTE statement;
  END LOOP;
END $$;
CREATE SCHEMA public;
ALTER SCHEMA public OWNER TO pg_database_owner;
GRANT USAGE ON SCHEMA public TO PUBLIC;
COMMENT ON SCHEMA public IS 'standard public schema';
)";

/// What a server gives to what it did not come with begins with this number.
const QString leftOver = QStringLiteral(R"(
SELECT count(*) FROM (
  SELECT oid FROM pg_class UNION ALL SELECT oid FROM pg_proc UNION ALL SELECT oid FROM pg_type
  UNION ALL SELECT oid FROM pg_constraint UNION ALL SELECT oid FROM pg_cast
  UNION ALL SELECT oid FROM pg_operator UNION ALL SELECT oid FROM pg_opclass
  UNION ALL SELECT oid FROM pg_opfamily UNION ALL SELECT oid FROM pg_am
  UNION ALL SELECT oid FROM pg_collation UNION ALL SELECT oid FROM pg_conversion
  UNION ALL SELECT oid FROM pg_language UNION ALL SELECT oid FROM pg_ts_config
  UNION ALL SELECT oid FROM pg_ts_dict UNION ALL SELECT oid FROM pg_statistic_ext
  UNION ALL SELECT oid FROM pg_foreign_data_wrapper UNION ALL SELECT oid FROM pg_foreign_server
  UNION ALL SELECT oid FROM pg_event_trigger UNION ALL SELECT oid FROM pg_publication
  UNION ALL SELECT oid FROM pg_extension UNION ALL SELECT oid FROM pg_default_acl
  UNION ALL SELECT oid FROM pg_largeobject_metadata
  UNION ALL SELECT oid FROM pg_namespace WHERE nspname <> 'public'
  UNION ALL SELECT setdatabase FROM pg_db_role_setting
            WHERE setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())
) AS made WHERE oid >= 16384)");

} // namespace

base::Result<base::Done> run(pg::Pool &pool, const QByteArray &script)
{
    if (script.isEmpty())
        return base::Done{};
    return base::await(pool.transaction(pg::Access::Write, [&](pg::Transaction &transaction) {
        return transaction.runScript(script);
    }));
}

Site::Site(const pg::ClusterLease &lease)
    : m_lease(lease)
    , m_name(QStringLiteral("changes_%1").arg(QCoreApplication::applicationPid()))
    , m_server(lease.settings())
{
    make();
}

Site::~Site()
{
    (void)run(m_server, "DROP DATABASE IF EXISTS " + m_name.toUtf8() + " WITH (FORCE)");
}

std::shared_ptr<pg::Pool> Site::connect() const
{
    return std::make_shared<pg::Pool>(m_lease.settings(m_name));
}

void Site::empty(pg::Pool &pool)
{
    if (!run(pool, emptying) || !isEmpty(pool))
        make();
}

void Site::make()
{
    (void)run(m_server, "DROP DATABASE IF EXISTS " + m_name.toUtf8() + " WITH (FORCE)");
    auto made = run(m_server, "CREATE DATABASE " + m_name.toUtf8() + " TEMPLATE template0");
    if (made)
        made = run(*connect(), emptying);
    if (!made)
        qFatal("%s", qPrintable(base::toLine(made.error())));
}

bool Site::isEmpty(pg::Pool &pool)
{
    const auto page = base::await(pool.run({.text = leftOver}));
    return page && page->text(0, 0) == QLatin1String("0");
}

Database::Database(Site &site, const QStringList &roles)
    : m_site(site)
    , m_roles(roles)
    , m_pool(site.connect())
{
    dropRoles();
}

Database::~Database()
{
    m_pool = m_site.connect();
    m_site.empty(*m_pool);
    m_pool.reset();
    dropRoles();
}

void Database::dropRoles()
{
    for (const QString &role : m_roles)
        (void)changes::run(m_site.server(),
                           "DROP ROLE IF EXISTS " + sql::identifier(role).toUtf8());
}

} // namespace changes
