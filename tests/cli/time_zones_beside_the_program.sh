#!/bin/bash
# Where the machine has no time zones, those are read that lie beside the program, as a tarball has them; where there are none
# at all, that is said.
set -euo pipefail
cat > zone.vigie <<'END'
language 1
calendar
  time zone "Here/There"
END
mkdir -p x/bin x/share/zoneinfo/Here
cp -L "$(command -v vigie)" x/bin/vigie
cp -L /usr/share/zoneinfo/Europe/Paris x/share/zoneinfo/Here/There
x/bin/vigie check zone.vigie --quiet
ln -s "$PWD/x/bin/vigie" linked
PATH=$PWD:$PATH linked check zone.vigie --quiet
# what TZDIR says comes first; and where there is nothing at all, that is said
status=0
TZDIR=$PWD x/bin/vigie check zone.vigie 2> said || status=$?
[ $status = 3 ]
grep -q 'help: this machine has no files of time zones: install the package tzdata, or say in the' said
