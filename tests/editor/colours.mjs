// In: the folder with the modules, the grammar, rule files. Out: what the engine of Visual Studio Code colours wrongly.
import { createRequire } from 'node:module';
import fs from 'node:fs';
const [, , modules, grammarFile, ...files] = process.argv;
const require = createRequire(`${modules}/`);
const { Registry, parseRawGrammar, INITIAL } = require('vscode-textmate');
const oniguruma = require('vscode-oniguruma');
await oniguruma.loadWASM(fs.readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm')).buffer);
const registry = new Registry({
  onigLib: Promise.resolve({ createOnigScanner: (p) => new oniguruma.OnigScanner(p), createOnigString: (s) => new oniguruma.OnigString(s) }),
  loadGrammar: async () => parseRawGrammar(fs.readFileSync(grammarFile, 'utf8'), 'vigie.json'),
});
const grammar = await registry.loadGrammar('source.vigie');
const colours = (line) => grammar.tokenizeLine(line, INITIAL).tokens.map((t) => [line.slice(t.startIndex, t.endIndex), t.scopes.at(-1)]);

// a line, then each part of it that has to have a colour
const wanted = [
  ['rule renewal_at_risk for account', { rule: 'keyword.control.header', renewal_at_risk: 'entity.name.type', for: 'keyword.other', account: 'variable.other' }],
  ['  when renewal within 60d and health drop > 10 # why', { when: 'keyword.other.clause', renewal: 'variable.other', within: 'keyword.operator.word', '60d': 'constant.numeric.duration', '>': 'keyword.operator', 10: 'constant.numeric', '# why': 'comment.line' }],
  ['  -> assign CS, due 7d', { '->': 'keyword.operator', assign: 'keyword.other', CS: 'entity.name.class', due: 'keyword.other' }],
  ['  do "Call {label}: {arr}"', { do: 'keyword.other.clause', label: 'variable.other', '{': 'punctuation.section.embedded', 'Call ': 'string.quoted.double' }],
  ['  from 2026-01-01 = 100k EUR because "é"', { from: 'keyword.other.clause', '2026-01-01': 'constant.numeric.date', '100k': 'constant.numeric', EUR: 'constant.other.currency' }],
  ['  arr money "arr"', { arr: 'variable.other.property', money: 'storage.type' }],
  ['kpi nrr = round(a / b, 2)', { kpi: 'keyword.control.header', nrr: 'entity.name.type', round: 'support.function', '/': 'keyword.operator' }],
];
let failed = 0;
for (const [line, parts] of wanted) {
  const got = colours(line);
  for (const [part, scope] of Object.entries(parts)) {
    if (got.some(([text, is]) => text === part && is.startsWith(scope))) continue;
    console.log(`${line}: "${part}" is not ${scope}: ${JSON.stringify(got)}`);
    failed++;
  }
}
let lines = 0;
for (const file of files) {
  let state = INITIAL;
  for (const line of fs.readFileSync(file, 'utf8').split('\n')) {
    const r = grammar.tokenizeLine(line, state);
    state = r.ruleStack;
    lines++;
    if (state.depth === INITIAL.depth) continue;
    console.log(`${file}: a colour goes on into the next line: ${line}`);
    failed++;
    state = INITIAL;
  }
}
if (!failed) console.log(`colours of ${lines} lines`);
process.exit(failed ? 1 : 0);
