// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "load/environment.h"

#include <QStringList>

#include <nlohmann/json.hpp>

#include <optional>

namespace load
{

/// A drizzle config without its evaluation.
struct ConfigText {
    nlohmann::ordered_json config; ///< as config.js of the evaluator describes it
    QStringList namesRead;         ///< variables that it asks for and that are not set
};

/// The config in \a code when that is nothing but literals and variables of the environment behind
/// `export default`, with or without defineConfig(): then evaluating it would give the same. Most
/// are, and the sandbox costs more than all the rest of reading one.
std::optional<ConfigText> plainConfig(const QByteArray &code, const Environment &environment);

/// The texts, lists of texts and path.join()s of texts behind the names that a config knows; for
/// one that cannot be evaluated. 37 of 40 real configs write `schema` and `out` as literals.
nlohmann::ordered_json configLiterals(const QByteArray &code);

/// Whether the config in \a code may have a casing: it names one, or spreads another object.
bool mayNameCasing(const QByteArray &code);

} // namespace load
