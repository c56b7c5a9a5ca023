#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# format.sh <source folder>: exit 1 when clang-format would change a file, 77 when it cannot tell.
# Other releases of clang-format lay out differently, so only Debian 12's is a judge.
set -eu
cd "$1"
if ! command -v clang-format >/dev/null || ! clang-format --version | grep -q 'version 14\.'; then
    echo "clang-format 14 is not installed: nothing was checked"
    exit 77
fi
find src tests -name node_modules -prune -o \( -name '*.h' -o -name '*.cpp' \) -print0 |
    xargs -0 clang-format --dry-run --Werror
