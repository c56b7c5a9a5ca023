// SPDX-License-Identifier: GPL-3.0-or-later
// The tenants to choose from, and those within the chosen one.
#include "session/projectstate.h"

#include "query/cuts.h"
#include "tenant/scope.h"

#include <algorithm>
#include <utility>

namespace session
{

using base::Result;

namespace
{
constexpr qint64 mostTenants = 10'000;

/// The name in this row of the list of tenants, of which the server may have kept the beginning.
QString nameIn(const rows::Page &page, qsizetype row)
{
    constexpr qsizetype sizes = 2;
    const bool isCut = page.columns().size() > sizes &&
                       query::cutSize(page.cell(row, sizes).value_or(QByteArrayView()), 1).isCut();
    return isCut ? page.text(row, 1) + u'…' : page.text(row, 1);
}

Result<QList<Tenant>> listIn(const Result<rows::Page> &page)
{
    if (!page)
        return page.error();
    QList<Tenant> list;
    list.reserve(page->rowCount());
    for (qsizetype row = 0; row < page->rowCount(); ++row)
        list << Tenant{page->text(row, 0), nameIn(*page, row)};
    return list;
}
} // namespace

/// What \a root lists: the keys, and the names as the picker shows them: long ones are made short
/// by the server.
query::Select Project::Private::listOf(const schema::Name &root, const QString &key,
                                       const QString &label) const
{
    const QString alias = root.name;
    const query::ColumnRef name{alias, label};
    query::Select select{
        .from = {root, alias},
        .columns = {{alias, key}, name},
        .sorts = {{name}},
        .limit = mostTenants,
    };
    const schema::Table *table = database.value ? database.value->table(root) : nullptr;
    const schema::Column *column = table ? table->column(label) : nullptr;
    if (const auto way =
            column && label != key ? query::cutWay(*column, *database.value) : std::nullopt)
        select.cuts << query::Cut{name, *way};
    return select;
}

void Project::Private::readTenants()
{
    if (!classification.schemas.isEmpty()) {
        QList<Tenant> list;
        for (const QString &schema : std::as_const(classification.schemas))
            list << Tenant{schema, schema};
        base::disregard(tenantsWatcher);
        tenantsWatcher = nullptr;
        finish(tenants, Result<QList<Tenant>>(std::move(list)));
        Q_EMIT q->tenantsChanged();
        return serveTenants();
    }
    if (!classification.known() || classification.root.name.isEmpty())
        return;
    const query::Select select =
        listOf(classification.root, classification.rootKey, classification.labelColumn);
    begin(tenants);
    request(tenantsWatcher, pool->run(query::render(query::qualified(select)).statement),
            [this](const Result<rows::Page> &page) {
                finish(tenants, listIn(page));
                Q_EMIT q->tenantsChanged();
                serveTenants();
            });
}

/// Those of the chosen tenant; of nobody else anything is named.
void Project::Private::readNested()
{
    base::disregard(nestedWatcher);
    nestedWatcher = nullptr;
    nestedTenants = {};
    const std::optional<tenant::Nested> &level = classification.nested;
    if (!tenant || !level || !pool)
        return;
    const query::Select select = tenant::scoped(
        listOf(level->root, level->rootKey, level->labelColumn), classification, tenant->id);
    begin(nestedTenants);
    request(nestedWatcher, pool->run(query::render(query::qualified(select)).statement),
            [this](const Result<rows::Page> &page) {
                finish(nestedTenants, listIn(page));
                renameNested();
                Q_EMIT q->tenantsChanged();
            });
}

/// One that is not among them stays chosen, and has no rows: to choose none would show all that are
/// the tenant's. Its name may have changed.
void Project::Private::renameNested()
{
    const std::optional<QList<Tenant>> &list = nestedTenants.value;
    if (!nested || !list)
        return;
    const auto found = std::ranges::find(*list, nested->id, &Tenant::id);
    if (found == list->cend() || *found == *nested)
        return;
    nested = *found;
    Q_EMIT q->tenantChanged();
}

} // namespace session
