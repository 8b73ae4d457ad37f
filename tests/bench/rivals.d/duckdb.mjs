// DuckDB from npm. In: a database file, how many threads, a file of statements (each ends with ; at the end of a line), on
// whose paths @duckdb/node-api stands in npm/duckdb. Out: what they select, a row a line, columns parted by |.
import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';

const { DuckDBInstance } = createRequire(process.cwd() + '/npm/duckdb/')('@duckdb/node-api');
const [database, threads, statements] = process.argv.slice(2);
const instance = await DuckDBInstance.create(database, { threads });
const connection = await instance.connect();
const lines = [];
for (const statement of readFileSync(statements, 'utf8').split(/;\n/).filter((text) => text.trim())) {
  const rows = (await connection.runAndReadAll(statement)).getRows();
  if (statement.startsWith('create')) continue;
  for (const row of rows) lines.push(row.join('|'));
}
writeFileSync(1, lines.map((line) => line + '\n').join(''));
connection.closeSync();
