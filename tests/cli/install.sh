#!/bin/bash
# make install writes the program, its pages, completions and licence; make uninstall removes that and nothing else.
set -euo pipefail
quietly() { make -s -C "$ROOT" BINARY="$(command -v vigie)" MADE="$PWD/made" DESTDIR="$PWD/root" "$@" 2>&1; }

quietly install
cd root/usr/local
cmp bin/vigie "$(command -v vigie)"
cmp share/doc/vigie/LICENSE "$ROOT/LICENSE"
for page in vigie vigie-run vigie-items-done; do grep -q '^\.SH SYNOPSIS' share/man/man1/$page.1; done
grep -q '^\.TH VIGIE\\-RULES 5' share/man/man5/vigie-rules.5
cmp share/bash-completion/completions/vigie <(vigie completion bash)
cmp share/zsh/site-functions/_vigie <(vigie completion zsh)
cmp share/fish/vendor_completions.d/vigie.fish <(vigie completion fish)
# each command has a page, and nothing else has
[ "$(ls share/man/man1 | wc -l)" = $(($(grep -cE '^(CMD|SUB)\(' "$ROOT/src/cmd/cmd.def") + 1)) ]
find . -type f ! -perm 644 | diff - <(echo ./bin/vigie)
cd ../../..

# What others put there stays.
echo theirs > root/usr/local/share/man/man1/other.1
quietly uninstall
[ "$(find root ! -type d)" = root/usr/local/share/man/man1/other.1 ]
[ "$(find root -type d | wc -l)" = 6 ]
[[ $("$ROOT/.ci/install" root/usr/local 2>&1 || echo "exit $?") = "make uninstall: nothing is installed at "*"exit 2" ]]

# So do folders that were there before. What an older version wrote, and this one does not, goes with the next installation.
rm -r root
mkdir -p root/bin root/share
"$ROOT/.ci/install" root 755:made/vigie.1:share/man/man1/old.1
"$ROOT/.ci/install" root 755:made/vigie.1:share/man/man1/new.1
[ "$(find root ! -type d | sort | paste -sd' ')" = 'root/share/doc/vigie/installed root/share/man/man1/new.1' ]
"$ROOT/.ci/install" root
[ "$(find root | sort | paste -sd' ')" = 'root root/bin root/share' ]
