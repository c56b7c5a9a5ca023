// SPDX-License-Identifier: GPL-3.0-or-later
// Which tables are whose, and who is chosen.
#include "session/projectstate.h"

#include "session/placedcode.h"
#include "session/problems.h"
#include "session/text.h"
#include "tenant/condition.h"
#include "tenant/schemas.h"
#include "tenant/scope.h"
#include "tenant/settings.h"

#include <algorithm>
#include <utility>

namespace session
{

using base::Done;
using base::Error;
using base::Result;

namespace
{
constexpr int allTenantsMinutes = 15;
constexpr qsizetype mostNamed = 8; // in one line

/// The database knows the tables in use; those that are only in the code stand to the tenant too.
schema::Database knownTables(const std::optional<schema::Database> &database,
                             const std::optional<CodeState> &code)
{
    schema::Database known = database.value_or(schema::Database());
    if (!code)
        return known;
    QSet<schema::Name> names;
    for (const schema::Table &table : std::as_const(known.tables))
        names << table.name;
    for (const schema::Table &table : code->schema.tables) {
        if (!names.contains(table.name))
            known.tables << table;
    }
    return known;
}
} // namespace

const Loaded<QList<Tenant>> &Project::tenants() const
{
    return d->tenants;
}

std::optional<Tenant> Project::tenant() const
{
    return d->tenant;
}

std::optional<Tenant> Project::nested() const
{
    return d->nested;
}

std::optional<tenant::TenantId> Project::tenantId() const
{
    if (!d->tenant)
        return std::nullopt;
    return tenant::TenantId(d->tenant->id, d->nested ? d->nested->id : QString());
}

void Project::setTenant(const std::optional<Tenant> &tenant, const std::optional<Tenant> &nested)
{
    const bool wasAll = d->allTenantsEnd.isValid();
    if (d->tenant == tenant && d->nested == nested && !(wasAll && tenant))
        return;
    const bool isOther = d->tenant != tenant;
    d->tenant = tenant;
    const bool wasLost = d->isNestedChosen() && !d->classification.nested;
    d->nested.reset();
    d->nestedBefore.reset();
    if (wasLost)
        d->reclassify(); // by what is said now, as nobody is chosen by what was said before
    if (tenant && d->classification.nested) {
        d->nested = nested;
        d->nestedLevel = *d->classification.nested;
    }
    d->allTenantsTimer.stop();
    d->allTenantsEnd = {};
    d->tenantBefore.reset();
    if (isOther)
        d->readNested();
    Q_EMIT tenantChanged();
}

void Project::requireTenant()
{
    d->tenantRequired = true;
}

bool Project::isTenantWanted() const
{
    // Where no table lists the tenants, or there is none yet, there is nothing to choose from.
    const bool areListed =
        !d->classification.root.name.isEmpty() || !d->classification.schemas.isEmpty();
    const bool isChoice = d->classification.known() && areListed &&
                          !(d->tenants.value && d->tenants.value->isEmpty());
    return d->tenantRequired && isChoice && !d->tenant && !d->allTenantsEnd.isValid();
}

void Project::allowAllTenants()
{
    constexpr auto length = std::chrono::minutes(allTenantsMinutes);
    if (d->tenant) {
        d->tenantBefore = d->tenant;
        d->nestedBefore = d->nested;
    }
    d->tenant.reset();
    d->nested.reset();
    d->allTenantsEnd = QDateTime::currentDateTimeUtc().addDuration(length);
    d->allTenantsTimer.start(length);
    Q_EMIT tenantChanged();
}

void Project::endAllTenants()
{
    if (!d->allTenantsEnd.isValid())
        return;
    d->allTenantsTimer.stop();
    d->allTenantsEnd = {};
    d->tenant = std::exchange(d->tenantBefore, std::nullopt);
    d->nested = std::exchange(d->nestedBefore, std::nullopt);
    if (d->nestedTenants.state == Loaded<QList<Tenant>>::State::None)
        d->readNested();
    Q_EMIT tenantChanged();
}

QDateTime Project::allTenantsEnd() const
{
    return d->allTenantsEnd;
}

std::optional<Error> Project::Private::rulesUnread() const
{
    // What was never read could say that each tenant has a schema: then there is nobody to choose.
    if (!tenantRequired || !rules.error || rules.wasRead || allTenantsEnd.isValid())
        return std::nullopt;
    Error error = *rules.error;
    error.hint = Text::tr("correct the file: until then no rows are shown, because nobody "
                          "knows whose they are");
    return error;
}

std::optional<Error> Project::Private::tenantWanted() const
{
    if (const std::optional<Error> error = rulesUnread())
        return error;
    if (!q->isTenantWanted())
        return std::nullopt;
    return Error{.kind = base::ErrorKind::Ambiguous,
                 .text = Text::tr("Nobody has said whose rows to show"),
                 .hint = Text::tr("choose a tenant in the title row, or all of them for a while")};
}

std::optional<Error>
Project::Private::tenantWanted(const std::optional<query::Select> &select) const
{
    const auto isEverybodys = [this](const schema::Name &table) {
        return classification.tables.value(table).scoping == tenant::Scoping::Global;
    };
    const bool isFree = select && select->written.isEmpty() && isEverybodys(select->from.table) &&
                        std::ranges::all_of(select->joins, [&](const query::Join &join) {
                            return isEverybodys(join.table.table);
                        });
    return isFree ? std::nullopt : tenantWanted();
}

bool Project::Private::awaitsStanding() const
{
    const bool isOfOne = (tenantRequired || tenant) && !allTenantsEnd.isValid();
    const bool isCodeAwaited = codeWatcher && !code.value; // also the config that names the rules
    return isOfOne && (isCodeAwaited || !catalog);
}

std::optional<Error> Project::Private::standingUnread(Attempt attempt)
{
    using State = Loaded<schema::Database>::State;
    if (!awaitsStanding())
        return std::nullopt;
    if (const std::optional<Error> error = rulesUnread())
        return error;
    if (codeWatcher && !code.value)
        return std::nullopt; // which says what to connect to
    if (database.state == State::None ||
        (database.state == State::Failed && attempt == Attempt::First))
        q->connectDatabase();
    return database.state == State::Failed ? database.error : std::nullopt;
}

void Project::Private::serveCatalog()
{
    const QList<std::function<void()>> waiting = std::exchange(afterCatalog, {});
    for (const std::function<void()> &send : waiting)
        send();
}

bool Project::Private::awaitsTenants(const std::optional<query::Select> &select) const
{
    return tenants.state == Loaded<QList<Tenant>>::State::Loading && tenantWanted(select);
}

void Project::Private::serveTenants()
{
    const QList<std::function<void()>> waiting = std::exchange(afterTenants, {});
    for (const std::function<void()> &send : waiting)
        send();
}

QString Project::tenantColumn() const
{
    return d->classification.column;
}

QString Project::nestedColumn() const
{
    return d->classification.nested ? d->classification.nested->column : QString();
}

schema::Name Project::nestedRoot() const
{
    return d->classification.nested ? d->classification.nested->root : schema::Name();
}

QString Project::chosenLabel() const
{
    if (!d->tenant)
        return {};
    return d->nested ? d->tenant->text() + QStringLiteral(" ▸ ") + d->nested->text()
                     : d->tenant->text();
}

QString Project::chosenLabel(const schema::Name &table) const
{
    return d->tenant && isWhole(table) ? d->tenant->text() : chosenLabel();
}

tenant::SharedRows Project::sharedRows(const schema::Name &table) const
{
    const tenant::SharedRows shared = tableScope(table).shared;
    return shared == tenant::SharedRows::None ? nestedScope(table).shared : shared;
}

const Loaded<QList<Tenant>> &Project::nestedTenants() const
{
    return d->nestedTenants;
}

bool Project::isWhole(const schema::Name &table) const
{
    return d->nested &&
           tenant::standing(table, d->classification, *tenantId()) == tenant::Standing::Whole;
}

bool Project::isUnproven(const schema::Name &table) const
{
    return d->nested &&
           tenant::standing(table, d->classification, *tenantId()) == tenant::Standing::Unproven;
}

tenant::TableScope Project::nestedScope(const schema::Name &table) const
{
    return d->classification.nested ? d->classification.nested->tables.value(table)
                                    : tenant::TableScope();
}

bool Project::hasTenants() const
{
    return d->classification.known();
}

QStringList Project::schemasAlike() const
{
    return d->classification.alike;
}

schema::Name Project::placed(const schema::Name &table) const
{
    return d->tenant ? tenant::placed(table, d->classification, d->tenant->id) : table;
}

schema::Name Project::declaredFor(const schema::Name &table) const
{
    const schema::Name declared{d->classification.declared, table.name};
    return d->tenant && placed(declared) == table ? declared : table;
}

const schema::Database &Project::placedCode() const
{
    static const schema::Database nothing;
    if (!d->code.value)
        return nothing;
    if (!d->tenant || d->classification.schemas.isEmpty())
        return d->code.value->schema;
    if (!d->placedCode || d->placedCode->first != d->tenant->id)
        d->placedCode = {d->tenant->id, session::placedCode(d->code.value->schema,
                                                            d->classification, d->tenant->id)};
    return d->placedCode->second;
}

bool Project::isForeign(const schema::Name &table) const
{
    return d->tenant && tenant::isForeign(table, d->classification, d->tenant->id);
}

tenant::Scoping Project::scoping(const schema::Name &table) const
{
    return tableScope(table).scoping;
}

tenant::TableScope Project::tableScope(const schema::Name &table) const
{
    return d->classification.tables.value(table);
}

const tenant::Settings &Project::tenantSettings() const
{
    return d->rules.settings;
}

Result<Done> Project::keepTenantSettings(const tenant::Settings &settings)
{
    if (const Result<Done> kept = session::keepTenantSettings(d->root(), settings); !kept)
        return kept;
    d->readRules();
    d->reclassify();
    Q_EMIT codeChanged();
    Q_EMIT tenantsChanged(); // also those who show how a table stands to them
    return Done{};
}

std::optional<query::Scope> Project::scopeFor(const schema::Name &table, const QString &alias) const
{
    if (!d->tenant)
        return std::nullopt;
    const query::Select select = scoped({.from = {table, alias}});
    return select.scopes.isEmpty() ? std::nullopt : std::optional(select.scopes.first());
}

query::Select Project::scoped(query::Select select) const
{
    return d->tenant ? tenant::scoped(std::move(select), d->classification, *tenantId()) : select;
}

void Project::Private::readRules()
{
    const Result<tenant::Settings> read = readTenantSettings(root());
    // While it cannot be read, what it said before holds: that a tenant is chosen stays true.
    if (rules.root != root())
        rules = {};
    rules = read ? TenantRules{*read, {}, root(), true}
                 : TenantRules{rules.settings, read.error(), root(), rules.wasRead};
}

tenant::Classification
Project::Private::classificationOf(const std::optional<schema::Database> &database,
                                   const std::optional<CodeState> &code, const TenantRules &rules,
                                   const load::Catalog *catalog)
{
    using Traits = QHash<schema::Name, schema::TableTraits>;
    const tenant::Classification found =
        tenant::classify(knownTables(database, code), rules.settings,
                         catalog ? catalog->surroundings.tables : Traits());
    return rules.error ? tenant::doubted(found) : found;
}

void Project::Private::reclassify()
{
    ++classifications;
    placedCode.reset(); // of the code before
    take(classificationOf(database.value, code.value, rules, catalog.get()));
}

/// Whoever shows rows of a tenant asks for them again when the tables stand otherwise to it.
void Project::Private::take(tenant::Classification newer)
{
    const auto isChosenLevel = [this](const tenant::Nested &level) {
        return level.column == nestedLevel.column && level.root == nestedLevel.root &&
               level.rootKey == nestedLevel.rootKey;
    };
    // Who is chosen within a tenant stays chosen, too, though nothing is left to know its rows by:
    // without it there would be all that are the tenant's, and its id may be another's there.
    if (isNestedChosen() && newer.nested && !isChosenLevel(*newer.nested))
        newer.nested.reset();
    if (classification == newer)
        return;
    const bool others =
        classification.root != newer.root || classification.rootKey != newer.rootKey ||
        classification.labelColumn != newer.labelColumn || classification.schemas != newer.schemas;
    const bool isOtherKind = classification.schemas.isEmpty() != newer.schemas.isEmpty();
    classification = newer;
    placedCode.reset();
    const bool wasChosen = tenant.has_value();
    // Who is chosen stays chosen, also where others list the tenants now: to choose nobody would
    // show everybody's rows. A tenant that is not there has none.
    // A schema is no value of a column; who has to choose is asked again.
    if (!newer.known() || (isOtherKind && tenantRequired)) {
        tenant.reset();
        tenantBefore.reset();
        nested.reset();
        nestedBefore.reset();
    }
    if (others && catalog)
        readTenants();
    readNested();
    if (wasChosen)
        Q_EMIT q->tenantChanged();
}

/// What cannot be read of the rules, or is about nothing that is there.
QList<schema::Problem> Project::Private::tenantProblems() const
{
    if (rules.error)
        return {problemOf(*rules.error)};
    QList<schema::Problem> problems;
    if (const QStringList &alike = classification.alike; !alike.isEmpty())
        problems << schema::Problem{
            .severity = schema::Problem::Severity::Notice,
            .text = Text::tr("%n schemas hold tables of the same names: %1", "", int(alike.size()))
                        .arg(QStringList(alike.mid(0, mostNamed)).join(QStringLiteral(", "))),
            .hint =
                Text::tr("if each is a tenant's own, say so in the menu of one of their tables, "
                         "or in sluice.json as \"schemas\""),
            .location = {}};
    if (const QStringList &unlisted = classification.unlisted; !unlisted.isEmpty())
        problems << schema::Problem{
            .text = Text::tr("Nobody said whether these schemas are tenants', which hold tables "
                             "of the tenants' names: %1")
                        .arg(QStringList(unlisted.mid(0, mostNamed)).join(QStringLiteral(", "))),
            .hint = Text::tr("add them to \"schemas\" in sluice.json, or say of their tables that "
                             "they are the same for every tenant: until then no tenant sees them"),
            .location = {QStringLiteral("sluice.json"), 1, 1}};
    if (!classification.whyNotNested.isEmpty())
        problems << schema::Problem{
            .text = Text::tr("sluice.json speaks of tenants within a tenant, and %1")
                        .arg(classification.whyNotNested),
            .hint = Text::tr("correct \"nested\": until then none can be chosen"),
            .location = {QStringLiteral("sluice.json"), 1, 1}};
    // Mostly nothing is said, and all tables need not be gone through for it.
    if (rules.settings == tenant::Settings() || (!code.value && !database.value))
        return problems;
    for (const QString &name :
         tenant::unknownNames(rules.settings, knownTables(database.value, code.value)))
        problems << schema::Problem{
            .text = Text::tr("sluice.json says whose rows are in %1, which is not there").arg(name),
            .hint = Text::tr("correct it, or take it out"),
            .location = {QStringLiteral("sluice.json"), 1, 1}};
    return problems;
}

} // namespace session
