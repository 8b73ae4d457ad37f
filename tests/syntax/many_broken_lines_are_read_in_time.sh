#!/bin/bash
# What a broken line costs does not grow with the broken lines above it, nor what a dash costs with its line: counted in
# seconds of the processor, of which both together take a fraction of one.
ulimit -t 10
{ echo 'language 1'; for i in {1..500}; do echo 'foo bar baz'; done; } >lines.vigie
vigie check lines.vigie >out 2>err
[ $? = 3 ] && [ "$(grep -c '^lines.vigie:[0-9]*:[0-9]*: error' err)" -ge 20 ] || { head -5 err; exit 1; }
printf 'language 1\nrule a for account%s\n' "$(printf ' -%.0s' {1..40000})" >dashes.vigie
vigie check dashes.vigie >out 2>err
[ $? = 3 ] && grep -q '^dashes.vigie:2:1: error\[V0112\]' err || { head -c 500 err; exit 1; }
