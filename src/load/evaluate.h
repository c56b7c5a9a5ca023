// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "load/bundle.h"
#include "load/environment.h"
#include "load/installedparts.h"
#include "load/project.h"

#include <nlohmann/json.hpp>

namespace load
{

/// One evaluation of a bundle in the sandbox.
struct Evaluation {
    enum class Mode { Schema, Config };
    Disk &disk; ///< for files of variables that the code names itself
    Mode mode = Mode::Schema;
    QString root;   ///< what the bundle's names are relative to, canonical
    QString folder; ///< process.cwd(), canonical
    Environment environment;
    bool inventEnvironment = false; ///< variables that are not set answer with a mark
    QString casing;
    InstalledParts parts; ///< the project's own libraries
};

/// What came out of it.
struct Evaluated {
    nlohmann::ordered_json envelope;
    QByteArray schema; ///< the schema's JSON, with places in the generated JavaScript
    QList<schema::Problem> problems;
    QList<schema::Problem> variableNotices; ///< of files of variables that were not read
};

class EarlyRequest;

/// Starts the sandboxed evaluator, which makes itself and Sluice's own drizzle-orm ready while
/// what it is to evaluate is still put together.
std::unique_ptr<StartedProcess> startEvaluator(const base::Installation &installation);

/// Evaluates \a bundle in \a evaluator, or in another one when there is none or the project has a
/// drizzle-orm of its own; \a early is what that evaluator has been sent. Errors carry places in
/// the sources.
base::Result<Evaluated> evaluate(const base::Installation &installation, const Bundle &bundle,
                                 Evaluation evaluation, const Cancelled &cancelled,
                                 std::unique_ptr<StartedProcess> evaluator = nullptr,
                                 const EarlyRequest *early = nullptr);

/// Turns every origin of \a database from generated into source places.
void mapOrigins(schema::Database &database, const Bundle &bundle);

/// The text between a stand-in's marks ("package.member"), or nothing: its value is not known.
std::optional<QString> markedName(const QString &text);

} // namespace load
