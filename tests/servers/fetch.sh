#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# fetch.sh <folder> <npm> <node>: the servers of package-lock.json, about 60 MB each, into a folder that all build trees
# share and that the user `postgres` can reach. Without a network it says so and leaves the folder
# without servers: the tests then skip those versions.
set -euo pipefail
source=$(cd "$(dirname "$0")" && pwd)
folder=$1 npm=$2 node=$3
umask 022
mkdir -p "$folder"
# A folder that is somebody else's could hold anybody's programs.
[ -O "$folder" ] && [ ! -L "$folder" ] || { echo "$folder is not ours" >&2; exit 1; }
exec 9>"$folder/.lock"
flock 9
[ ! -f "$folder/complete" ] || exit 0
cp "$source/package.json" "$source/package-lock.json" "$folder"
cd "$folder"
"$npm" ci --ignore-scripts --no-audit --no-fund --loglevel=error || {
    echo "PostgreSQL 12 to 18 could not be fetched: what needs them is skipped" >&2
    exit 0
}
# npm packs no symbolic links; each package lists its own.
"$node" -e '
const fs = require("fs"), path = require("path");
for (const name of fs.readdirSync("node_modules").filter(n => n.startsWith("pg")))
    for (const link of JSON.parse(fs.readFileSync(`node_modules/${name}/native/pg-symlinks.json`)))
        fs.symlinkSync(path.relative(path.dirname(link.target), link.source), `node_modules/${name}/${link.target}`);
'
chmod -R go+rX,go-w node_modules
chmod +x node_modules/pg*/native/bin/*
touch complete
