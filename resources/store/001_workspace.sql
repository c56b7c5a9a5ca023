-- SPDX-License-Identifier: GPL-3.0-or-later
-- A project is its absolute folder.
CREATE TABLE project (
    path TEXT PRIMARY KEY,
    opened_at INTEGER NOT NULL
) WITHOUT ROWID;

-- Whatever a project remembers: window layout, chosen tenant. The empty project is the program itself.
CREATE TABLE value (
    project TEXT NOT NULL,
    key TEXT NOT NULL,
    value BLOB NOT NULL,
    PRIMARY KEY (project, key)
) WITHOUT ROWID;
