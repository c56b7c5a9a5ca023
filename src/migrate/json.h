// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <nlohmann/json_fwd.hpp>

namespace migrate
{

using Json = nlohmann::ordered_json;

/// \a value as JSON.stringify(value, null, 2) prints it, numbers included.
QByteArray stringify(const Json &value);

/// A number as JavaScript prints it: 0.5, 1e-7, 1e+21.
QString javaScriptNumber(double number);

/// Why \a bytes, what is in the file \a path, are no JSON, and where; \a otherwise when nobody
/// can tell better.
base::Error notJson(const QString &path, const QByteArray &bytes, const QString &otherwise);

/// Reads a file as JSON; an error names the file and the place.
base::Result<Json> readJson(const QString &path);
base::Result<Json> parseJson(const QByteArray &text, const QString &path);

// Members of an object that may lack them or have another type: then the default.
QString textOf(const Json &object, const char *key);
bool flagOf(const Json &object, const char *key, bool otherwise = false);
QStringList textsOf(const Json &object, const char *key);
/// The member, whatever it is; null without one.
const Json &objectMember(const Json &object, const char *key);
/// The member as an object; an empty one otherwise.
const Json &objectOf(const Json &object, const char *key);

Json toJson(const QString &text);
Json toJson(const QStringList &texts);

} // namespace migrate
