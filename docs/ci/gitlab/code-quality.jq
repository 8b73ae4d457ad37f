# What lint found, as GitLab's reports of code quality want it. Findings about the data have no line, and are left out.
{error: "major", warning: "minor", info: "info"} as $severity
| [.findings[] | select(.file and .line)
  | {description: (.message + (if .help then ". Help: " + .help else "" end)),
     check_name: .code,
     fingerprint: ([.code, .file, .message] | join("\u0001") | @base64),
     severity: $severity[.level],
     location: {path: .file, lines: {begin: .line}}}]
