// In: a page in the browser, the JSON document of the same report. Out: where a number of the page is not the command's.
'use strict';
const fs = require('fs');

// ---- as the page writes numbers ---------------------------------------------------------------------------------------

const half = (x) => Math.sign(x) * Math.round(Math.abs(x) + 1e-9);
const whole = (x) => half(x).toLocaleString('en-US').replace('-', '−');
const trimmed = (x, digits) => x.toLocaleString('en-US', { maximumFractionDigits: digits }).replace('-', '−');

function number(kpi, value) {
  if (value === null) return 'not known';
  if (kpi.unit === 'money') return whole(value);
  if (kpi.unit === 'share') return `${trimmed(value * 100, 1)}%`;
  return trimmed(value, 2);
}

// A percent beside the bound of its band shows more digits, so that one sees on which side it is: 105.04%, not 105%.
function same(is, wanted) {
  if (is === wanted) return true;
  const percents = [is, wanted].map((x) => /^−?[\d,.]+%$/.test(x) && parseFloat(String(x).replace('−', '-')).toFixed(1));
  return percents[0] !== false && percents[0] === percents[1];
}

// ---- what is compared: pairs of (what, the page's, the command's) -----------------------------------------------------

function kpiPairs(kpi, card) {
  if (!card) return [[`${kpi.kpi} is on the page`, 'missing', 'there']];
  const days = [...new Set(kpi.values.map((v) => v.day))];
  const last = days[days.length - 1];
  const groups = kpi.values.some((v) => v.by !== null);
  const total = (day) => kpi.values.find((v) => v.day === day && v.by === null);
  const pairs = [];
  const today = total(last);
  if (today) pairs.push([`${kpi.kpi} today`, card.value, number(kpi, today.value)]);
  if (kpi.hindsight.length) {
    pairs.push([`${kpi.kpi} has no line`, card.lines, 0]);
    pairs.push([`${kpi.kpi} shows today alone`, card.rows.length, 1]);
    return pairs;
  }
  pairs.push([`days of ${kpi.kpi}`, card.rows.length, days.length]);
  days.slice().reverse().forEach((day, i) => {
    const row = card.rows[i] || {};
    if (total(day)) pairs.push([`${kpi.kpi} on ${day}`, row[groups ? 'all together' : 'Value'], number(kpi, total(day).value)]);
    for (const v of kpi.values.filter((x) => x.day === day && x.by !== null)) {
      const name = Object.values(v.by).join(', ');
      if (name in (card.rows[0] || {})) pairs.push([`${kpi.kpi} of ${name} on ${day}`, row[name], number(kpi, v.value)]);
    }
  });
  return pairs;
}

function bridgePairs(bridge, tables) {
  const pairs = [];
  [bridge.all, ...bridge.groups].forEach((g, i) => {
    const shown = tables[i] || [];
    const signed = ['churn', 'contraction', 'partly_known', 'expansion', 'returned', 'new', 'unknown_now', 'unknown_then'];
    const said = g.steps.filter((s) => s.customers || ['start', 'kept', 'paid', 'end'].includes(s.step));
    for (const s of said) {
      if (s.step === 'base' && shown.length && !shown.some((r) => r.name.startsWith('Start, known'))) continue;
      const amount = `${signed.includes(s.step) && half(s.amount) > 0 ? '+' : ''}${whole(s.amount)}`;
      const row = shown.find((r) => r.amount === amount && r.customers === whole(s.customers));
      pairs.push([`${s.step} of ${g.group || 'all'}`, row ? 'there' : 'missing', 'there']);
    }
    const sum = g.steps.filter((s) => s.step === 'start' || signed.includes(s.step)).reduce((t, s) => t + s.amount, 0);
    const end = g.steps.find((s) => s.step === 'end').amount;
    if (Math.abs(sum - end) > 0.5) pairs.push([`the bridge of ${g.group || 'all'} closes`, sum, end]);
  });
  return pairs;
}

function sumOf(lines) {
  return lines.reduce((t, l) => t + (l.worth || 0), 0);
}

function renewalPairs(renewals, lead) {
  const coming = renewals.coming;
  const parts = [coming, coming.filter((l) => /action/.test(l.state)), coming.filter((l) => l.state === 'not judged')];
  const said = parts.map((p) => (p.length ? `${whole(p.length)} … ${whole(sumOf(p))} EUR` : '0'));
  const shown = lead.split('. ').map((s) => s.replace(/\u00a0/g, ' ').match(/^([\d,]+)(?:.*?([\d,]+) EUR)?/)).filter(Boolean)
    .map((m) => (m[2] ? `${m[1]} … ${m[2]} EUR` : m[1]));
  return said.map((s, i) => [`renewals, sentence ${i + 1}`, shown[i], s]);
}

function pipelinePairs(pipeline, rows) {
  const pairs = [];
  for (const l of pipeline.lines) {
    if (l.open === 0 && l.known === l.rows) continue;
    const row = rows.find((r) => r.name === l.by) || {};
    pairs.push([`open in ${l.by}`, row.open, `${whole(l.open)} EUR`]);
    pairs.push([`weighted in ${l.by}`, row.weighted, l.weighted === null ? 'not known' : `${whole(l.weighted)} EUR`]);
  }
  const total = rows[rows.length - 1] || {};
  pairs.push(['open in all', total.open, `${whole(pipeline.total.open)} EUR`]);
  pairs.push(['weighted in all', total.weighted, `${whole(pipeline.total.weighted)} EUR`]);
  return pairs;
}

function workPairs(work, shown) {
  const pairs = [
    ['people', shown.owners.length, work.owners.length],
    ['actions', shown.sentence.match(/^([\d,]+) of ([\d,]+)/).slice(1).join(' of '), `${whole(work.late)} of ${whole(work.to_do)}`],
  ];
  work.owners.forEach((o, i) => {
    const is = shown.owners[i] || {};
    pairs.push([`to do of ${o.owner}`, is.open, whole(o.to_do)]);
    pairs.push([`late of ${o.owner}`, is.late, o.late ? `${whole(o.late)} late` : '']);
    for (const s of o.at_stake) pairs.push([`at stake of ${o.owner}`, is.money.includes(`${whole(s.amount)} ${s.currency}`), true]);
    pairs.push([`customers of ${o.owner}`, is.customers, o.customers.length]);
  });
  work.at_stake.forEach((s, i) => i < 3 && pairs.push([`stake ${s.measure}`, shown.facts[i], `${whole(s.amount)} ${s.currency}`]));
  return pairs;
}

// ---- what stands on the page ------------------------------------------------------------------------------------------

const readPage = () => {
  const text = (e) => (e ? e.textContent.replace(/\u00a0/g, ' ').replace(/\s+/g, ' ').trim() : '');
  const all = (q, e = document) => [...e.querySelectorAll(q)];
  const card = (e) => ({
    name: e.dataset.kpi,
    value: text(e.querySelector('.val > b')),
    lines: all('path.line', e).length,
    rows: all('.mini tbody tr', e).map((tr) => {
      const heads = all('thead th', tr.closest('table')).map(text);
      // what has a currency says it beside the number
      return Object.fromEntries([...tr.children].map((c, i) => [heads[i], text(c).replace(/ [A-Z]{3}$/, '')]));
    }),
  });
  return {
    sentence: text(document.querySelector('h1')),
    facts: all('.facts b').map(text),
    cards: all('.kpi').map(card),
    bridges: all('.bridge').map((t) => all('tbody tr', t).map((r) => ({ name: text(r.children[0]), customers: text(r.querySelector('small')), amount: text(r.children[3]) }))),
    renewals: text(document.querySelector('#renewals .about')),
    pipeline: all('.pipe tbody tr').map((r) => ({ name: text(r.children[0]), open: text(r.children[3]), weighted: text(r.children[4]) })),
    owners: all('.owner').map((o) => ({
      open: text(o.querySelector('.todo')).split(' ')[0],
      late: text(o.querySelector('.count')),
      money: text(o.querySelector('.money')) + ' ' + text(o.querySelector('.other')),
      customers: all('.items > li', o).length,
    })),
    decisions: all('.decide > tbody > tr').length,
    since: all('.flow b').map(text),
    leftOut: all('#unjudged table:last-of-type').map((t) => all('tbody tr', t).map((r) => text(r.children[1]))).pop(),
  };
};

module.exports = async function compareNumbers(page, file) {
  const said = JSON.parse(fs.readFileSync(file, 'utf8'));
  const shown = await page.evaluate(readPage);
  const pairs = [
    ...[...said.results, ...said.leading].flatMap((k) => kpiPairs(k, shown.cards.find((c) => c.name === k.kpi))),
    ...said.bridges.flatMap((b) => bridgePairs(b, shown.bridges)),
    ...said.renewals.flatMap((r) => renewalPairs(r, shown.renewals)),
    ...said.pipelines.flatMap((p) => pipelinePairs(p, shown.pipeline)),
    ...workPairs(said.work, shown),
    ['decisions', shown.decisions, said.decisions.length],
    ['opened', shown.since[0], whole(said.since.opened)],
    ['closed by the data', shown.since[1], whole(said.since.closed_by_the_data)],
    ['left out', (shown.leftOut || []).join('|'), said.left_out.map((l) => `${whole(l.known)} of ${whole(l.of)}`).join('|')],
  ];
  if (pairs.length < 200) return [`only ${pairs.length} numbers were compared`];
  return pairs.filter(([, is, wanted]) => !same(is, wanted)).map(([what, is, wanted]) => `${what}: the page says ${is}, the command ${wanted}`);
};
