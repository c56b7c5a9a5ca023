#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# translations.sh <source folder> <lupdate>: exit 1 when a text of the code has no translation, or would
# be looked up in another context than the one that lupdate notes.
set -eu
cd "$1"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for ts in translations/*.ts; do
    fresh=$work/$(basename "$ts")
    cp "$ts" "$fresh"
    "$2" -locations none -no-obsolete -I src src ui -ts "$fresh" >/dev/null 2>"$work/warnings"
    if grep -E 'lacks Q_OBJECT|unknown namespace/class' "$work/warnings"; then
        echo "lupdate guesses the context of the texts above: call tr() of a class or of a struct with Q_DECLARE_TR_FUNCTIONS,"
        echo "and where the return type is what it takes for a class (base::Error f()), write it without its namespace"
        bad=1
    elif grep -B 2 'type="unfinished"' "$fresh"; then
        echo "$ts: the texts above have no translation"
        bad=1
    elif ! diff -u "$ts" "$fresh"; then
        echo "$ts: not in step with the code; build the target update_translations"
        bad=1
    fi
done
exit "${bad:-0}"
