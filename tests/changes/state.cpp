// SPDX-License-Identifier: GPL-3.0-or-later
#include "state.h"

#include "schema/json.h"

#include <QProcess>
#include <QRegularExpression>

#include <algorithm>

namespace changes
{

namespace
{

/// Lines of \a text in their order, or sorted and without commas at their ends.
QString inAnyOrder(const QString &text)
{
    QStringList lines = text.split(u'\n');
    for (QString &line : lines) {
        if (line.endsWith(u','))
            line.chop(1);
    }
    lines.sort();
    return lines.join(u'\n');
}

/// What pg_dump wrote, an object an entry, sorted.
QStringList objectsOf(const QString &dump)
{
    QStringList objects = dump.split(QStringLiteral("\n--\n-- Name: ")).mid(1);
    for (QString &object : objects) {
        QStringList lines = object.split(u'\n');
        // They are written only when they differ from the object before.
        lines.removeIf([](const QString &line) {
            return line.startsWith(QLatin1String("SET default_")) ||
                   line.startsWith(QLatin1String("\\unrestrict ")) || line.isEmpty() ||
                   line == QLatin1String("-- PostgreSQL database dump complete") ||
                   line == QLatin1String("--");
        });
        object = lines.join(u'\n');
        if (object.contains(QLatin1String("; Type: TABLE;")) ||
            object.contains(QLatin1String("; Type: ACL;")))
            object = inAnyOrder(object);
    }
    objects.sort();
    return objects;
}

base::Result<QStringList> dumpOf(const pg::Settings &settings, const QString &program)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
    process.setProcessEnvironment(environment);
    // drizzle's ledger says which migrations ran, not what they made.
    process.start(program, {QStringLiteral("-s"), QStringLiteral("-N"), QStringLiteral("drizzle"),
                            QStringLiteral("--dbname=") + settings.url});
    if (!process.waitForFinished(60'000) || process.exitCode() != 0)
        return base::Error{.kind = base::ErrorKind::Process,
                           .text = QStringLiteral("pg_dump failed"),
                           .detail = QString::fromUtf8(process.readAllStandardError())};
    return objectsOf(QString::fromUtf8(process.readAllStandardOutput()));
}

QByteArray textOf(schema::Database database, const QStringList &roles)
{
    for (schema::Table &table : database.tables)
        std::ranges::sort(table.columns, {}, &schema::Column::name);
    for (schema::View &view : database.views) {
        std::ranges::sort(view.columns, {}, &schema::Column::name);
        std::ranges::sort(view.with);
    }
    database.roles.removeIf([&](const schema::Role &role) { return !roles.contains(role.name); });
    return schema::toJson(database);
}

QString textOf(const schema::ObjectId &id)
{
    return schema::sqlName(id.kind) + u' ' + QString::number(int(id.kind)) + u' ' +
           id.name.qualified() + u' ' + id.part;
}

/// The definition of a view with its options in one order: theirs is that in which they were set.
QString withSortedOptions(const QString &definition)
{
    static const QRegularExpression form(
        QStringLiteral("^(CREATE [A-Z ]*VIEW \\S+ WITH \\()([^)]*)"));
    const QRegularExpressionMatch match = form.match(definition);
    if (!match.hasMatch())
        return definition;
    QStringList options = match.captured(2).split(QStringLiteral(", "));
    options.sort();
    return match.captured(1) + options.join(QStringLiteral(", ")) +
           definition.mid(match.capturedEnd());
}

bool isLedgers(const schema::ObjectId &id)
{
    const QString drizzle = QStringLiteral("drizzle");
    return id.name.schema == drizzle ||
           (id.kind == schema::ObjectKind::Schema && id.name.name == drizzle);
}

QStringList textOf(const schema::Surroundings &surroundings, const QStringList &roles)
{
    QStringList lines;
    for (const schema::LiveObject &object : surroundings.objects) {
        const bool foreign =
            object.id.kind == schema::ObjectKind::Role && !roles.contains(object.id.name.name);
        if (isLedgers(object.id) || foreign)
            continue;
        QStringList restoration = object.restoration;
        restoration.sort();
        lines << QStringList{textOf(object.id),
                             object.owner,
                             object.comment,
                             object.removal,
                             withSortedOptions(object.definition),
                             restoration.join(u'\n')}
                     .join(QStringLiteral(" · "));
    }
    for (const schema::ObjectId &id : surroundings.unmanaged) {
        if (!isLedgers(id) && id.kind != schema::ObjectKind::Role)
            lines << QStringLiteral("unmanaged ") + textOf(id);
    }
    lines.sort();
    return lines;
}

void compareLists(const QString &what, const QStringList &changed, const QStringList &made,
                  QStringList &found)
{
    QStringList onlyChanged, onlyMade;
    std::ranges::set_difference(changed, made, std::back_inserter(onlyChanged));
    std::ranges::set_difference(made, changed, std::back_inserter(onlyMade));
    if (onlyChanged.isEmpty() && onlyMade.isEmpty())
        return;
    found << QStringLiteral(
                 "%1 differs: the changed database has\n%2\nand the one made of nothing\n%3")
                 .arg(what, onlyChanged.join(u'\n'), onlyMade.join(u'\n'));
}

} // namespace

base::Result<State> stateOf(const load::Catalog &catalog, const pg::Settings &database,
                            const QString &pgDump, const QStringList &roles)
{
    const auto dump = dumpOf(database, pgDump);
    if (!dump)
        return dump.error();
    return State{textOf(catalog.schema, roles), textOf(catalog.surroundings, roles), *dump};
}

QString firstDifference(const QString &what, const QString &one, const QByteArray &left,
                        const QString &other, const QByteArray &right)
{
    const QList<QByteArray> mine = left.split('\n'), theirs = right.split('\n');
    const qsizetype line = std::ranges::mismatch(mine, theirs).in1 - mine.begin();
    const qsizetype start = std::max<qsizetype>(0, line - 4);
    const auto part = [&](const QList<QByteArray> &lines) {
        return QString::fromUtf8(lines.mid(start, 10).join('\n'));
    };
    return QStringLiteral("%1 differs in line %2: %3\n%4\n%5\n%6")
        .arg(what)
        .arg(line + 1)
        .arg(one, part(mine), other, part(theirs));
}

QStringList differences(const State &changed, const State &made)
{
    QStringList found;
    compareLists(QStringLiteral("pg_dump"), changed.dump, made.dump, found);
    if (changed.catalog != made.catalog)
        found << firstDifference(QStringLiteral("The catalog"),
                                 QStringLiteral("the changed database has"), changed.catalog,
                                 QStringLiteral("and the one made of nothing"), made.catalog);
    compareLists(QStringLiteral("What is beside the schema"), changed.surroundings,
                 made.surroundings, found);
    return found;
}

} // namespace changes
