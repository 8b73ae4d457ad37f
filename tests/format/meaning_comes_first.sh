#!/bin/bash
# A clause that would be too long once each 5€ is written 5 EUR: the file is left alone rather than broken.
{ printf 'amount one of 5€'; printf ',5€%.0s' {1..1500}; echo ' -> assign CS'; } >long.vigie
cp long.vigie before.vigie
vigie fmt --write long.vigie 2>message
[ $? = 3 ] || exit 1
cmp long.vigie before.vigie || exit 1
grep -q 'formatting would change what it means' message || { cat message; exit 1; }
