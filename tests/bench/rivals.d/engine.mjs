// An engine from npm that is given facts, one account at a time: json_rules or zen. In: its name, its rules, the facts of
// each account as CSV (standard input). Out: a line a rule and account; the seconds of the judging alone to the file alone.
import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';

const from = (folder, name) => createRequire(`${process.cwd()}/npm/${folder}/`)(name);
const seconds = () => {
  const { user, system } = process.cpuUsage();
  return process.env.CLOCK === 'cpu' ? (user + system) / 1e6 : performance.now() / 1e3;
};

const engines = {
  json_rules(text) {
    const { Engine } = from('json_rules', 'json-rules-engine');
    const engine = new Engine(JSON.parse(text));
    return async (facts) => (await engine.run(facts)).events.map((event) => event.type);
  },
  zen(text) {
    const { ZenEngine } = from('zen', '@gorules/zen-engine');
    const decision = new ZenEngine().createDecision(Buffer.from(text));
    return async (facts) => (await decision.evaluate(facts)).result.map((hit) => hit.rule);
  },
};

const [name, rules] = process.argv.slice(2);
const [header, ...rows] = readFileSync(0, 'utf8').trim().split('\n').map((line) => line.split(','));
const accounts = rows.map((row) => Object.fromEntries(header.map((column, i) => [column, Number(row[i])])));
const judge = engines[name](readFileSync(rules, 'utf8'));
const began = seconds();
const lines = [];
for (const account of accounts) for (const rule of await judge(account)) lines.push(`${rule}|${account.account_id}\n`);
writeFileSync('alone', String(seconds() - began));
writeFileSync(1, lines.join(''));
