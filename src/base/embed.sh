#!/bin/sh
# In: files. Out, on stdout: a C file that carries their bytes, as src/base/embedded.h says.
set -eu

echo '#include "base/embedded.h"'
n=0
for file in "$@"; do
  echo "static const unsigned char bytes_$n[] = {"
  od -An -v -tu1 "$file" | awk '{ for (i = 1; i <= NF; i++) printf "%s,", $i; print "" }'
  echo "0};"
  n=$((n + 1))
done

echo "const struct embedded embedded_files[] = {"
n=0
for file in "$@"; do
  echo "{\"$file\", (const char *)bytes_$n, sizeof bytes_$n - 1},"
  n=$((n + 1))
done
echo "{NULL, NULL, 0}};" # C knows no empty array
echo "const size_t n_embedded_files = $n;"
