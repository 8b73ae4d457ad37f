# What lint found, as GitLab's reports of code quality want it. Findings about the data have no line, and are left out. A fingerprint
# stays when lines move; findings that say the same of one file are counted in it, from the top of the file.
{error: "major", warning: "minor", info: "info"} as $severity
| [.findings[] | select(.file and .line)]
| group_by([.code, .file, .message])
| map(sort_by(.line, .column) | to_entries[]
  | .key as $nth | .value
  | {description: (.message + (if .help then ". Help: " + .help else "" end)),
     check_name: .code,
     fingerprint: ([.code, .file, .message, if $nth > 0 then "\($nth)" else empty end] | join("\u0001") | @base64),
     severity: $severity[.level],
     location: {path: .file, lines: {begin: .line}}})
