#!/bin/sh
# Serves the editions named and takes the pictures: run.sh DISTRETTO FOLDER NAME=EDITION...
set -eu
distretto=$1 folder=$2
shift 2
log=$(mktemp)
"$distretto" atlas serve "$@" --port 0 2>"$log" >&2 &
server=$!
trap 'kill $server; rm -f "$log"' EXIT
until address=$(grep -o 'http://127[0-9.:]*/' "$log" | head -1) && [ -n "$address" ]; do sleep 0.2; kill -0 $server; done
node "$(dirname "$0")/make.mjs" "$address" "$folder"
