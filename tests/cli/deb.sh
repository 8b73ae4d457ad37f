#!/bin/bash
# The Debian package: what it says of itself, what it holds, and that it is the same bytes each time.
set -euo pipefail
if [ "${SANITIZED-}" ]; then echo "a program with sanitizers is not packaged"; exit 77; fi
if ! command -v dpkg-deb > /dev/null; then echo "this machine has no dpkg-deb"; exit 77; fi
make -s -C "$ROOT" install BINARY="$(command -v vigie)" MADE="$PWD/made" DESTDIR="$PWD/root" PREFIX=/usr
cp -r root again
export COMPRESS=none MAINTAINER='Ana Moreau <ana@acme.example>'
mkdir one two
"$ROOT/.ci/deb" root one 2> said
touch again/usr/share/man/man1/*
"$ROOT/.ci/deb" again two 2>> said
deb=$(basename one/*)
cmp "one/$deb" "two/$deb"

version=$(vigie --version | cut -d ' ' -f 2)
[[ $deb = vigie_"$version"-*_"$(dpkg --print-architecture)".deb ]]
[ "$(dpkg-deb -f "one/$deb" Maintainer)" = "$MAINTAINER" ]
[[ $(dpkg-deb -f "one/$deb" Depends) =~ ^libc6\ \(\>=\ 2\.[0-9]+\)$ ]]
# what a message may ask for is recommended
sed -nE 's/^LIBRARY\([A-Z]+, "[^"]*", "([^"]*)".*/\1/p' "$ROOT/src/base/shared_library.def" > libraries
[ -s libraries ]
while read -r library; do [[ " $(dpkg-deb -f "one/$deb" Recommends)," = *" $library,"* ]]; done < libraries

dpkg-deb -x "one/$deb" x
dpkg-deb --control "one/$deb" control
(cd x && md5sum --quiet -c ../control/md5sums)
[ "$(find x -type f | wc -l)" = "$(wc -l < control/md5sums)" ]
dpkg-deb -c "one/$deb" | awk '$2 != "root/root" || $1 !~ /^(drwxr-xr-x|-rw-r--r--)$/ && $6 != "./usr/bin/vigie" { print; bad = 1 } END { exit bad }'
doc=x/usr/share/doc/vigie
[ ! -e $doc/installed ]
[ "$(gzip -dc $doc/changelog.Debian.gz | head -n 1)" = "vigie ($(dpkg-deb -f "one/$deb" Version)) unstable; urgency=medium" ]
[ "$(gzip -dc $doc/changelog.Debian.gz | awk 'length > 80' | wc -l)" = 0 ]
# each point of this version is one of the package
points=$(awk '/^## / && n++ { exit } /^- / { points++ } END { print points }' "$ROOT/CHANGELOG.md")
[ "$(gzip -dc $doc/changelog.Debian.gz | grep -c '^  \* ')" = "$points" ]
gzip -dc x/usr/share/man/man1/vigie-run.1.gz | cmp - made/vigie-run.1
# the licence, and those of the libraries that are linked in
sed -n '/^License: Expat$/,$p' $doc/copyright | tail -n +2 | grep 'The above copyright notice' >notice
grep -oE -- '-l[a-z0-9-]+' <<<"$(grep '^LINKED_IN ' "$ROOT/Makefile")" | while read -r library; do
  case $library in -lsqlite3) name=SQLite ;; -lpcre2-8) name=PCRE2 ;; -ljansson) name=Jansson ;; *) name=${library#-l} ;; esac
  grep -qi "$name" $doc/copyright || { echo "copyright does not speak of $library"; exit 1; }
done
[ "$(x/usr/bin/vigie --version)" = "vigie $version" ]
