#!/bin/bash
# Every file of this folder says how many mistakes it holds, "# mistakes: 1", and each mistake costs one message.
# What check prints about a file is its expectation, which is a test of its own.
cd "$ROOT/tests/messages" || exit 2
# The line may end with a carriage return, or begin with a byte order mark: some files are about that.
grep -aEm 1 $'^(\xef\xbb\xbf)?# mistakes: ' *.vigie | tr -d '\r' |
  sed 's/\.vigie:.*# mistakes: /.expected:/' >"$TEST_TMP/mistakes"
grep -aEc '^[^ ].*: (error|warning)\[V[0-9]+\]: ' *.expected >"$TEST_TMP/messages"
[ "$(ls -- *.vigie | wc -l)" = "$(wc -l <"$TEST_TMP/mistakes")" ] || echo "a file does not say how many mistakes it holds"
# < the mistakes of a file, > the messages that they cost
diff "$TEST_TMP/mistakes" "$TEST_TMP/messages"
