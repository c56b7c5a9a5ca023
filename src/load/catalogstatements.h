// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "schema/objectid.h"

#include <QList>
#include <QStringList>

#include <utility>

namespace load::statement
{

/// Statements about objects of a live database, every name with its schema and in quotes.

/// "public"."member", also for public.
QString qualified(const schema::Name &name);

/// The object as DROP and COMMENT ON name it: VIEW "public"."v", TRIGGER "t" ON "public"."member",
/// FUNCTION "public"."f"(integer). \a onDomain: the constraint is a domain's.
QString named(const schema::ObjectId &id, bool onDomain = false);

/// Drops the object, without CASCADE.
QString removal(const schema::ObjectId &id, bool onDomain = false);
QString comment(const schema::ObjectId &id, const QString &text, bool onDomain = false);
QString owner(const schema::ObjectId &id, const QString &role);

/// (name='value', …), or nothing.
QString optionList(const QList<std::pair<QString, QString>> &options);

/// What takes away or gives rights: ON "public"."member", ON FUNCTION "public"."f"(integer).
QString grantTarget(const schema::ObjectId &id);

} // namespace load::statement
