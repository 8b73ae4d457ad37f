# What SARIF 2.1.0 asks of the parts that lint writes: a line for each thing that is wrong, with its path.
def need($ok; $what): if $ok then empty else $what end;
def is_text: type == "string" and length > 0;
def place($at):
  .physicalLocation as $p
  | need($p.artifactLocation.uri | is_text; "\($at): no uri"),
    need($p.artifactLocation.uri | test("^([a-z]+:)?[A-Za-z0-9%/._~-]+$"); "\($at): no URI: \($p.artifactLocation.uri)"),
    need($p.artifactLocation.uri | test("^(/|\\./|.*\\.\\./)") | not; "\($at): not relative: \($p.artifactLocation.uri)"),
    need($p.region | (.startLine >= 1 and .startColumn >= 1 and .endLine >= .startLine
      and (.endLine > .startLine or .endColumn >= .startColumn)); "\($at): region"),
    (select(has("message")) | need(.message.text | is_text; "\($at): a message without text"));
need(.version == "2.1.0"; "version"),
need(.["$schema"] | is_text; "$schema"),
need(.runs | type == "array" and length == 1; "runs"),
(.runs[] | .tool.driver as $driver
  | need($driver.name | is_text; "driver.name"),
    need($driver.rules | map(.id) | length == (unique | length); "a rule stands twice"),
    ($driver.rules[] | need(.id | is_text; "rule.id"),
      need(.shortDescription.text | is_text; "\(.id): shortDescription"),
      need(.fullDescription.text | is_text; "\(.id): fullDescription"),
      need(.defaultConfiguration.level | IN("none", "note", "warning", "error"); "\(.id): level")),
    need(.columnKind | IN("utf16CodeUnits", "unicodeCodePoints"); "columnKind"),
    need([.results[] | has("suppressions")] | all or (any | not); "some results have suppressions, and some none"),
    (.results | to_entries[] | "results[\(.key)]" as $at | .value
      | need($driver.rules[.ruleIndex].id == .ruleId; "\($at): ruleIndex is of another rule"),
        need(.level | IN("none", "note", "warning", "error"); "\($at): level"),
        need(.message.text | is_text; "\($at): message"),
        (.locations[]? | place($at)), (.relatedLocations[]? | place($at)),
        (.suppressions[]? | need(.kind | IN("inSource", "external"); "\($at): suppression.kind"),
          need(.status | IN("accepted", "underReview", "rejected"); "\($at): suppression.status"))))
