// SPDX-License-Identifier: GPL-3.0-or-later
#include "written.h"

#include <QFile>

namespace changes
{

namespace
{

using base::Done;
using base::Error;
using base::Result;

bool replace(const QString &path, const QByteArray &content)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
}

Result<Done> writeOne(const QString &folder, const migrate::Plan &plan,
                      const schema::Database &state, const QString &name, const QByteArray &content)
{
    const auto current = migrate::readFolder(folder);
    if (!current)
        return current.error();
    const auto written = migrate::writeMigration(*current, plan, state, {.name = name});
    if (!written)
        return written.error();
    const QString file = folder + u'/' + written->tag + QStringLiteral(".sql");
    if (!content.isEmpty() && !replace(file, content))
        return Error{.kind = base::ErrorKind::Io, .text = file};
    return Done{};
}

QString writeChange(const QString &folder, const schema::Database &from, const schema::Database &to,
                    const QList<diff::RenameAnswer> &answers, const QString &name)
{
    const migrate::Plan plan = migrate::plan(diff::compare(from, to, answers), from, to);
    if (const QString refused = objection(plan); !refused.isEmpty())
        return refused;
    if (plan.lines.isEmpty())
        return {};
    const auto written = writePlan(folder, plan, to, name);
    return written ? QString() : base::toLine(written.error());
}

} // namespace

QString objection(const migrate::Plan &plan)
{
    QStringList words;
    for (const diff::RenameCandidate &question : plan.questions)
        words << diff::describe(question);
    for (const Error &error : plan.errors)
        words << base::toLine(error);
    return words.join(u'\n');
}

Result<Done> writePlan(const QString &folder, const migrate::Plan &plan,
                       const schema::Database &state, const QString &name,
                       const QByteArray &content)
{
    if (plan.steps.size() < 2 || !content.isEmpty())
        return writeOne(folder, plan, state, name, content);
    for (const migrate::PlanStep &step : plan.steps) {
        const auto written = writeOne(folder, {.lines = plan.linesOf(step)}, step.after, name, {});
        if (!written)
            return written;
    }
    return Done{};
}

QString writeBoth(const QString &folder, const Trial &trial)
{
    const QString first = writeChange(folder, {}, trial.before, {}, QStringLiteral("first"));
    if (!first.isEmpty())
        return first;
    return writeChange(folder, trial.before, trial.after, trial.answers, QStringLiteral("second"));
}

} // namespace changes
