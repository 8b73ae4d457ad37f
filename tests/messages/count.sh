#!/bin/bash
# Every file of this folder says how many mistakes it holds, "# mistakes: 1", and each mistake costs one message.
cd "$ROOT/tests/messages" || exit 2
wrong=0 files=0
for file in *.vigie; do
  # The first line may end with a carriage return, or begin with a byte order mark: some files are about that.
  said=$(head -n 2 "$file" | tr -d '\0\r' | sed -n 's/^\(\xef\xbb\xbf\)\{0,1\}# mistakes: //p')
  printed=$(vigie check "$file" 2>&1 | grep -Ec '^[^ ].*: (error|warning)\[V[0-9]+\]: ')
  files=$((files + 1))
  [ "$said" = "$printed" ] && continue
  echo "$file: ${said:-no number of} mistakes, $printed messages"
  wrong=$((wrong + 1))
done
echo "$files files, $wrong with another number of messages than mistakes"
[ $wrong = 0 ] && [ $files -gt 0 ]
