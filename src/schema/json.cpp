// SPDX-License-Identifier: GPL-3.0-or-later
#include "schema/json.h"

#include "schema/jsonread.h"
#include "schema/jsonwrite.h"

#include <QCoreApplication>

namespace schema
{

QByteArray toJson(const Database &database)
{
    const std::string text = json::write(database).dump(2);
    return QByteArray(text.data(), qsizetype(text.size())) + '\n';
}

base::Result<Database> fromJson(const QByteArray &json)
{
    try {
        return json::readDatabase(nlohmann::ordered_json::parse(json.cbegin(), json.cend()));
    } catch (const nlohmann::json::exception &exception) {
        return base::Error{
            .kind = base::ErrorKind::InvalidInput,
            .text = QCoreApplication::translate("schema", "The schema's JSON cannot be read"),
            .detail = QString::fromUtf8(exception.what()),
        };
    }
}

} // namespace schema
