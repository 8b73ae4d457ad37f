#!/bin/bash
# Every rule file of the repository: formatted twice is formatted once, the tree stays, every comment is there in its
# order, and the same file with Windows line ends comes out the same.
fails() { echo "$1"; exit 1; }
mkdir in
(cd "$ROOT" && find rules stdlib tests -name '*.vigie' -size -1000k -exec cp --parents -t "$TEST_TMP/in" {} +) ||
  fails "the rule files cannot be copied"
find in -type f -exec sed -i 's/\r//g' {} +

# Those with mistakes are left alone, one by one, and nothing of them is printed.
cp -r in once
vigie fmt --write once >written 2>message
status=$?
[ $status = 0 ] || [ $status = 3 ] || fails "exit $status: $(grep '^vigie fmt: ' message)"
sed -n 's/^vigie fmt: once\/\(.*\) is left as it is: correct it first$/\1/p' message >mistaken
grep '^vigie fmt: ' message | grep -v 'is left as it is: correct it first$' && exit 1
(cd once && xargs -r vigie fmt) <mistaken >printed 2>message
[ ! -s printed ] || fails "a file has mistakes, and something was printed: $(head printed)"
while read -r file; do
  same_bytes+=("once/$file")
done <mistaken
(cd in && sha1sum "${same_bytes[@]#once/}") | (cd once && sha1sum --check --quiet) || fails "a file with mistakes was changed"
rm -f "${same_bytes[@]}" "${same_bytes[@]/#once/in}"

vigie fmt --diff once || fails "formatted twice is not formatted once"

cp -r in windows
find windows -type f -exec sed -i 's/$/\r/' {} +
vigie fmt --write windows >written 2>&1 || fails "with Windows line ends: $(head written)"
diff -ru once windows || fails "Windows line ends change the result"

diff -u <(vigie check --dump ast in 2>/dev/null) <(vigie check --dump ast once 2>/dev/null) || fails "the tree changed"

comments() {
  (cd "$1" && find . -name '*.vigie' | sort | xargs grep -HoP '^(?:[^"#]|"(?:[^"\\]|\\.)*")*\K#.*' | sed 's/[[:space:]]*$//')
}
comments in >comments
[ -s comments ] || fails "no comments were found"
diff -u comments <(comments once) || fails "comments were lost or changed"
seen=$(find once -name '*.vigie' | wc -l)
[ "$seen" -gt 150 ] || fails "only $seen files were formatted"
