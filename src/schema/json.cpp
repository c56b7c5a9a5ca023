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
    const auto unreadable = [](const QString &why) {
        return base::Error{
            .kind = base::ErrorKind::InvalidInput,
            .text = QCoreApplication::translate("schema", "The schema's JSON cannot be read"),
            .detail = why,
        };
    };
    const JsonTree tree(json);
    if (tree.fault())
        return unreadable(tree.fault()->what);
    try {
        return json::readDatabase(tree.root());
    } catch (const JsonValue::Mismatch &mismatch) {
        return unreadable(QString::fromUtf8(mismatch.what()));
    }
}

} // namespace schema
