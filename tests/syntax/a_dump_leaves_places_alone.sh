#!/bin/bash
# After the tokens are dumped, messages still say where: the lines of a file are counted once, and kept.
printf 'language 1\nentity a from "t"\n  key "id"\nkpi k = nothing_of_the_kind\n' >r.vigie
vigie check r.vigie --dump tokens,ast,types >out 2>err
[ $? = 3 ] && grep -q '^r.vigie:4:9: error' err || { cat err; exit 1; }
