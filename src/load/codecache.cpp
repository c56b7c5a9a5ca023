// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/receive.h"
#include "load/archiveparts.h"
#include "load/cachefolder.h"
#include "load/project.h"
#include "load/text.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QtConcurrent>

#include <algorithm>

namespace load
{

namespace
{

/// Records of another form have another name and are not found.
constexpr const char *form = "3 ";

bool isUsed()
{
    return qEnvironmentVariableIsEmpty("SLUICE_NO_CACHE");
}

CacheFolder folder()
{
    return {QStringLiteral("schemas"), 64 << 20};
}

/// What the record of the project at \a path is called: by the program that wrote it, since what it
/// makes of a project is in the program, and by the language of the problems' texts.
QByteArray keyOf(const QString &path)
{
    const Stamp program = disk::stampOf(QCoreApplication::applicationFilePath());
    return form + QByteArray::number(program.inode) + ' ' + QByteArray::number(program.changed) +
           ' ' + Text::tr("The project is not there").toUtf8() + ' ' +
           QDir::cleanPath(QFileInfo(path).absoluteFilePath()).toUtf8();
}

void write(const QByteArray &key, const Inputs &inputs, const Config &config,
           const QList<schema::Problem> &problems, const schema::Database &database)
{
    schema::Writer writer;
    writer(inputs, config, problems, database);
    folder().write(key, writer.finish());
}

/// Reads the record of \a path into \a kept and says whether it holds; its schema only on demand.
bool read(const QString &path, bool withSchema, KeptCode &kept)
{
    const QByteArray key = keyOf(path);
    const QByteArray record = isUsed() ? folder().read(key) : QByteArray();
    if (record.isEmpty())
        return false;
    schema::Reader reader(record);
    Inputs inputs;
    reader(inputs);
    const Inputs::Check check = reader.isGood() ? inputs.check() : Inputs::Check{.holds = false};
    if (!check.holds)
        return false;
    Code &code = kept.code;
    kept.isExact = inputs.exact;
    reader(code.config, code.problems);
    // With the new stamps the next look costs no reading.
    const bool refresh = check.compared > 0;
    if (withSchema || refresh)
        reader(code.schema);
    if (refresh && reader.isGood())
        write(key, inputs, code.config, code.problems, code.schema);
    return reader.isGood();
}

} // namespace

std::optional<KeptCode> keptCode(const QString &path)
{
    KeptCode kept;
    return read(path, true, kept) ? std::optional(std::move(kept)) : std::nullopt;
}

QFuture<void> keepCode(const QString &path, const Code &code, const Inputs &inputs)
{
    const auto isError = [](const schema::Problem &problem) {
        return problem.severity == schema::Problem::Severity::Error;
    };
    if (!isUsed() || std::ranges::any_of(code.problems, isError))
        return {};
    // The name is made here: there the program may be ending.
    return QtConcurrent::run([key = keyOf(path), code, asked = inputs]() mutable {
        // What was changed while it was read is neither what it was before nor what it is now.
        if (asked.check().holds)
            write(key, asked, code.config, code.problems, code.schema);
    });
}

base::Result<Code> currentCode(const base::Installation &installation, const QString &path,
                               const ConfigRead &configRead)
{
    if (auto kept = keptCode(path); kept && kept->isExact) {
        if (configRead)
            configRead(kept->code.config);
        return std::move(kept->code);
    }
    const auto inputs = std::make_shared<Inputs>();
    const auto loaded = base::await(code(installation, path, inputs, configRead));
    if (loaded)
        keepCode(path, *loaded, *inputs);
    return loaded;
}

base::Result<Config> currentConfig(const base::Installation &installation, const QString &path)
{
    KeptCode kept;
    if (read(path, false, kept) && kept.isExact)
        return std::move(kept.code.config);
    return base::await(config(installation, path));
}

} // namespace load
