# A rule file with its expectation beside it. In: NAME.vigie, whose first line may say which command is run on it
# ("# cmd: check --dump ast"; check by default). NAME.expected holds what it prints, then "exit N".
# There are hundreds of them: this starts vigie and nothing else.
. tests/lib/compare.sh
expected=$ROOT/${1%.vigie}.expected
name=${1##*/} first=
cd "${1%/*}" || exit 2
IFS= read -r first 2>/dev/null <"$name"
case $first in '# cmd: '*) command=${first#'# cmd: '} ;; *) command=check ;; esac
printf -v name %q "$name"
run_command "exec vigie $command $name"
echo "exit $status" >>"$output"
compare "$expected" "$output"
