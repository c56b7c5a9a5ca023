// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "load/inputs.h"
#include "load/project.h"
#include "schema/archiveparts.h"

// What each value of the room that is kept consists of, for schema::Writer and schema::Reader.

namespace load
{

using schema::Like;

template <typename A> void parts(A &a, Like<Stamp> auto &v)
{
    a(v.size, v.modified, v.changed, v.inode, v.device);
}
template <typename A> void parts(A &a, Like<Inputs::Entry> auto &v)
{
    a(v.kind, v.isLink, v.asked);
    if (v.isLink)
        a(v.target);
    if (v.asked >= 0)
        a(v.stamp, v.digest);
}
template <typename A> void parts(A &a, Like<Inputs::Folder> auto &v)
{
    a(v.stamp, v.entries, v.isListed, v.hasLinks, v.part, v.names);
}
template <typename A> void parts(A &a, Like<Inputs> auto &v)
{
    a(v.folders, v.own, v.secretFiles, v.secrets, v.workspace, v.begun, v.exact);
}
template <typename A> void parts(A &a, Like<RolesFilter> auto &v)
{
    a(v.wanted, v.provider, v.include, v.exclude);
}
/// But its url, which holds a password.
template <typename A> void parts(A &a, Like<Config> auto &v)
{
    a(v.file, v.root, v.folder, v.schema, v.schemaFiles, v.out, v.urlNamesTried, v.ledgerSchema,
      v.ledgerTable, v.prefix, v.breakpoints, v.casing, v.schemaFilter, v.tablesFilter,
      v.extensionsFilters, v.roles, v.drizzleMajor, v.driver, v.noConnection, v.problems);
}

} // namespace load
