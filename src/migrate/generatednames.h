// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "schema/database.h"

namespace migrate
{

// Names that drizzle-kit makes up for what has none: up to 0.31 as in the code that we read, and
// since 1.0.

/// Up to 0.31, which is what a key without a name is called in the code: not cut to 63 bytes.
QString nameInCode(const schema::Table &table, const schema::ForeignKey &key);
QString nameInCode(const schema::Table &table, const schema::Unique &unique);

bool isGenerated(const schema::Table &table, const schema::ForeignKey &key);
bool isGenerated(const schema::Table &table, const schema::PrimaryKey &key);
bool isGenerated(const schema::Table &table, const schema::Unique &unique);
bool isGenerated(const schema::Table &table, const schema::Index &index);

// Since 1.0.
QString generatedName(const schema::Table &table, const schema::ForeignKey &key);
QString generatedPrimaryKeyName(const schema::Table &table);
QString generatedName(const schema::Table &table, const schema::Unique &unique);

} // namespace migrate
