#!/bin/bash
# What docs/install/Dockerfile names is there: targets of make, files, the libraries that the program may load; what the first
# stage leaves for the second one; and its last words are a command of vigie.
set -euo pipefail
dockerfile=$ROOT/docs/install/Dockerfile
[ -e "$dockerfile.dockerignore" ]
grep -oE 'make( [a-z]+)+' <<<"$(grep '^RUN' "$dockerfile")" | tr ' ' '\n' | grep -v '^make$' | sort -u > targets
[ "$(paste -sd' ' targets)" = 'clean deb deps' ]
while read -r target; do grep -qE "^$target:" "$ROOT/Makefile" || { echo "there is no make $target"; exit 1; }; done < targets
# the second stage takes what the first one wrote
made=$(sed -nE 's/^COPY --from=build ([^ ]+) .*/\1/p' "$dockerfile")
grep -q "^RUN .* $made$" "$dockerfile"
sed -nE 's/^LIBRARY\([A-Z]+, "[^"]*", "([^"]*)".*/\1/p' "$ROOT/src/base/shared_library.def" | while read -r library; do
  grep -qE "^RUN .*apt-get install .* $library( |$)" "$dockerfile" || { echo "the image has no $library"; exit 1; }
done
# nobody runs as root, and the commands that its first lines show are there
[ "$(grep -c '^USER vigie$' "$dockerfile")" = 1 ]
vigie "$(sed -nE 's/^CMD \["([a-z]+)"\]$/\1/p' "$dockerfile")" > said
grep -qxF "#   docker build -f docs/install/Dockerfile -t vigie ." "$dockerfile"
