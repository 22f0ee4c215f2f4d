#!/bin/sh
# Opens the program from a stick whose file system lets nothing be run (FAT32): the small starter is copied to the
# user's own folder for the time being, all else stays where it is.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
if [ -x "$here/policy-desk" ]; then
    exec "$here/policy-desk" "$@"
fi
place=$(mktemp -d "${XDG_RUNTIME_DIR:-${TMPDIR:-/tmp}}/policy-desk.XXXXXX")
trap 'rm -rf "$place"' EXIT
cp "$here/policy-desk" "$place/policy-desk"
chmod 700 "$place/policy-desk"
ln -s "$here/_internal" "$place/_internal"
if [ -d "$here/data" ]; then
    ln -s "$here/data" "$place/data"
fi
"$place/policy-desk" "$@"
