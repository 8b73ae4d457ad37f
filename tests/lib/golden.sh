# A rule file with its expectation beside it. In: NAME.vigie, whose first line may say which command is run on it
# ("# cmd: check --dump ast"; check by default). NAME.expected holds what it prints, then "exit N".
. tests/lib/compare.sh
expected=$ROOT/${1%.vigie}.expected
cd "$(dirname "$1")" || exit 2
name=$(basename "$1")
command=$(head -n 1 "$name" | tr -d '\0' | sed -n 's/^# cmd: //p')
run_command "vigie ${command:-check} $(printf %q "$name")"
echo "exit $status" >>"$output"
compare "$expected" "$output"
