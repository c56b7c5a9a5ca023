// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/rowsecurity.h"

#include "diff/equal.h"
#include "pg/pool.h"
#include "rows/arraytext.h"
#include "session/scopedrun.h"

namespace session
{

using base::Result;

namespace
{
enum Column {
    Schema,
    Table,
    Secured,
    Forced,
    Name,
    OnTable,
    OnColumn,
    Bypass,
    Owner,
    Let,
    Hold,
    Kind,
    OwnerName,
    AsInvoker
};

TableAccess::Kind kindOf(const rows::Page &page, qsizetype row)
{
    const QString kind = page.text(row, Kind);
    return kind == u"m"                        ? TableAccess::Kind::Materialized
           : kind != u"v"                      ? TableAccess::Kind::Table
           : page.text(row, AsInvoker) == u"t" ? TableAccess::Kind::InvokersView
                                               : TableAccess::Kind::OwnersView;
}

QStringList namesOf(const rows::Page &page, qsizetype row, Column column)
{
    QStringList names;
    const auto elements = rows::arrayElements(page.text(row, column).toUtf8());
    for (const auto &element : elements.value_or(rows::ArrayElements()))
        names << QString::fromUtf8(element.value_or(QByteArray()));
    return names;
}

/// As PostgreSQL decides it: check_enable_rls() in rls.c, then the policies of the command.
Access accessOf(const rows::Page &page, qsizetype row)
{
    const auto is = [&](Column column) { return page.text(row, column) == u"t"; };
    Access access{.onSomeColumns = !is(OnTable) && is(OnColumn)};
    if (!is(OnTable) && !is(OnColumn))
        return access;
    if (page.text(row, Kind) == u"v") {
        access.reach = Access::Reach::ByQuery;
        return access;
    }
    access.exempt = !is(Secured)               ? Access::Exempt::Off
                    : is(Bypass)               ? Access::Exempt::Bypass
                    : is(Owner) && !is(Forced) ? Access::Exempt::Owner
                                               : Access::Exempt::No;
    if (access.exempt != Access::Exempt::No) {
        access.reach = Access::Reach::AllRows;
        return access;
    }
    access.policies = namesOf(page, row, Let);
    access.restrictions = namesOf(page, row, Hold);
    access.reach = access.policies.isEmpty() ? Access::Reach::NoRows : Access::Reach::ByPolicy;
    return access;
}
} // namespace

QFuture<Result<QStringList>> roles(const std::shared_ptr<pg::Pool> &pool)
{
    return pool->transact<QStringList>(pg::Access::Read, [](pg::Transaction &transaction) {
        const Result<rows::Page> page = transaction.run(tenant::rolesQuestion());
        if (!page)
            return Result<QStringList>(page.error());
        QStringList names;
        for (qsizetype row = 0; row < page->rowCount(); ++row)
            names << page->text(row, 0);
        return Result<QStringList>(names);
    });
}

QFuture<Result<QList<TableAccess>>> rowSecurity(const std::shared_ptr<pg::Pool> &pool,
                                                const QString &role)
{
    using Tables = QList<TableAccess>;
    return pool->transact<Tables>(pg::Access::Read, [role](pg::Transaction &transaction) {
        const Result<rows::Page> page = transaction.run(tenant::rowSecurityQuestion(role));
        if (!page)
            return Result<Tables>(page.error());
        Tables tables;
        constexpr qsizetype commands = std::tuple_size_v<decltype(TableAccess::commands)>;
        for (qsizetype row = 0; row < page->rowCount(); ++row) {
            if (row % commands == 0)
                tables << TableAccess{
                    .table = {diff::plainSchema(page->text(row, Schema)), page->text(row, Table)},
                    .kind = kindOf(*page, row),
                    .owner = page->text(row, OwnerName),
                    .isSecured = page->text(row, Secured) == u"t",
                    .isForced = page->text(row, Forced) == u"t"};
            tables.last().commands[size_t(row % commands)] = accessOf(*page, row);
        }
        return Result<Tables>(tables);
    });
}

QFuture<Result<rows::Page>> runAs(const std::shared_ptr<pg::Pool> &pool,
                                  const tenant::Persona &persona, const sql::Statement &statement,
                                  Quoted quoted)
{
    return pool->transact<rows::Page>(
        pg::Access::Read, [persona, statement, quoted](pg::Transaction &transaction) {
            for (const sql::Statement &step : tenant::becoming(persona)) {
                if (Result<rows::Page> done = transaction.run(step); !done)
                    return done;
            }
            Result<rows::Page> page = transaction.run(statement);
            // Policies are asked of every row, before the tenant's condition: there is no fence.
            return quoted == Quoted::Any ? page : withoutOthersValues(std::move(page), Fenced::No);
        });
}

} // namespace session
