// In: the folder of the pages (tests/page/run). Out: a line a test; exit 1 when one failed. Each page is opened as a file,
// as from a mail: nothing may be asked for, nothing may run.
'use strict';
const fs = require('fs');
const path = require('path');
const puppeteer = require('puppeteer-core');
const compareNumbers = require('./numbers.cjs');

const work = process.argv[2];
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const widths = [320, 360, 390, 480, 600, 760, 761, 820, 980, 981, 1100, 1240, 1241, 1440, 1920];
const fewWidths = [320, 760, 981, 1440]; // of a page that is long to lay out
const pages = ['starter/week', 'starter/semaine', 'starter/team', 'starter/person', 'empty/week', 'attack/week']
  .filter((p) => p.includes(process.env.ONLY || ''));
const largest = 8e6; // bytes: what a mail carries

let failed = 0;
let passed = 0;
let since = Date.now();
function check(name, problems) {
  if (process.env.TIMES) console.log(`${Date.now() - since} ms ${name}`);
  since = Date.now();
  if (!problems.length) return void passed++;
  failed++;
  console.log(`FAILED ${name}`);
  for (const p of problems.slice(0, 12)) console.log(`  ${p}`);
}

// ---- a page in the browser --------------------------------------------------------------------------------------------

async function open(browser, name) {
  const page = await browser.newPage();
  const heard = [];
  await page.setBypassCSP(false);
  page.on('console', (m) => ['error', 'warning'].includes(m.type()) && heard.push(`console: ${m.text()}`));
  page.on('pageerror', (e) => heard.push(`error: ${e.message}`));
  page.on('dialog', (d) => { heard.push(`dialog: ${d.message()}`); d.dismiss(); });
  const url = `file://${path.join(work, name)}.html`;
  page.on('request', (r) => r.url().split('#')[0] !== url && heard.push(`request: ${r.url()}`));
  await page.setViewport({ width: 1440, height: 900 });
  await page.goto(url);
  return { page, heard };
}

const openFolds = (page) => page.evaluate(() => document.querySelectorAll('details').forEach((d) => { d.open = true; }));

// ---- what each page is asked ------------------------------------------------------------------------------------------

async function noSidewaysScroll(page, at = widths) {
  const problems = [];
  for (const width of at) {
    await page.setViewport({ width, height: 900 });
    const is = await page.evaluate(() => document.scrollingElement.scrollWidth);
    if (is > width) problems.push(`${width} pixels wide, the page needs ${is}`);
  }
  await page.setViewport({ width: 1440, height: 900 });
  return problems;
}

// which: 'all' rules; 'contrast' alone, for colours are all that a scheme changes; 'words': all but that.
async function accessible(page, scheme, which) {
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  return page.evaluate(async (rules) => {
    const contrast = 'color-contrast';
    const options = { all: {}, contrast: { runOnly: [contrast] }, words: { rules: { [contrast]: { enabled: false } } } }[rules];
    const r = await window.axe.run(document, { ...options, resultTypes: ['violations'] });
    return r.violations.map((v) => `${v.id} (${v.nodes.length}): ${v.nodes[0].html.slice(0, 160)} ${v.nodes[0].failureSummary.slice(0, 200)}`);
  }, which);
}

// Tab from the top to the end: every fold, link, button and scroll region has to come, and to be seen.
async function keyboard(page) {
  const wanted = await page.evaluate(() => {
    document.body.focus();
    window.scrollTo(0, 0);
    let n = 0;
    for (const e of document.querySelectorAll('summary, a[href]')) if (e.checkVisibility()) e.dataset.wanted = n++;
    return n;
  });
  const seen = new Set();
  const problems = [];
  for (let i = 0; i < wanted + 400 && seen.size < wanted; i++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const e = document.activeElement;
      const s = getComputedStyle(e.matches('input') ? e.parentElement : e);
      return { n: e.dataset.wanted, name: e.outerHTML.slice(0, 80), ring: s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2 };
    });
    if (at.n !== undefined) seen.add(at.n);
    if (!at.ring && at.name.indexOf('<body') !== 0) problems.push(`no ring around ${at.name}`);
  }
  if (seen.size < wanted) problems.push(`the keyboard reached ${seen.size} of ${wanted} folds and links`);
  await page.focus('summary').catch(() => {});
  const toggles = await page.evaluate(() => document.activeElement.matches('summary') && document.activeElement.parentElement.open);
  await page.keyboard.press('Enter');
  const after = await page.evaluate(() => document.activeElement.matches('summary') && document.activeElement.parentElement.open);
  if (wanted && (await page.$('summary')) && toggles === after) problems.push('Enter opens no fold');
  return problems;
}

async function structure(page) {
  return page.evaluate(() => {
    const problems = [];
    let level = 0;
    for (const h of document.querySelectorAll('h1, h2, h3, h4')) {
      const is = +h.tagName[1];
      if (is > level + 1) problems.push(`a heading skips a level: ${h.outerHTML.slice(0, 80)}`);
      level = is;
    }
    const ids = [...document.querySelectorAll('[id]')].map((e) => e.id);
    if (new Set(ids).size < ids.length) problems.push('an id twice');
    for (const a of document.querySelectorAll('a[href^="#"]'))
      if (!document.querySelector(a.getAttribute('href'))) problems.push(`${a.getAttribute('href')} leads nowhere`);
    for (const t of document.querySelectorAll('table')) if (!t.caption || !t.caption.textContent.trim()) problems.push('a table without a caption');
    for (const s of document.querySelectorAll('svg[role=img]')) if (!s.getAttribute('aria-label')) problems.push('a chart without a sentence');
    for (const e of document.querySelectorAll('script, iframe, img, link, object, embed, form, [style]')) problems.push(`markup that no page has: ${e.outerHTML.slice(0, 80)}`);
    for (const e of document.querySelectorAll('*'))
      for (const a of e.attributes) if (/^on/i.test(a.name)) problems.push(`${a.name} on ${e.tagName}`);
    if (window.attacked !== undefined) problems.push('a text of the data ran');
    if (!/default-src 'none'/.test(document.querySelector('meta[http-equiv]').content)) problems.push('no content-security policy');
    const text = document.body.textContent;
    if (/[\u202a-\u202e\u2066-\u2069]/.test(text)) problems.push('a mark that turns the direction');
    if (/\bNaN\b|\binf\b|\(null\)|%s|undefined/.test(text)) problems.push(`not a word: ${text.match(/.{20}(\bNaN\b|\binf\b|\(null\)|%s|undefined).{20}/)}`);
    return problems;
  });
}

async function paper(page) {
  const pdf = await page.pdf({ format: 'A4', printBackground: true, timeout: 60000 });
  return pdf.length > 5000 && Buffer.from(pdf.slice(0, 5)).toString() === '%PDF-' ? [] : ['no PDF came out'];
}

// A filter shows one team's people and hides the others, without a script.
async function filters(page) {
  const buttons = await page.$$('.filter input[id]');
  const problems = [];
  for (const b of buttons) {
    await b.evaluate((e) => e.click());
    const r = await page.evaluate((id) => {
      const all = [...document.querySelectorAll('.owner')];
      return { wrong: all.filter((o) => o.classList.contains(id) !== (getComputedStyle(o).display !== 'none')).length, shown: all.filter((o) => o.classList.contains(id)).length };
    }, await b.evaluate((e) => e.id));
    if (r.wrong || !r.shown) problems.push(`a team shows ${r.shown} people, ${r.wrong} wrongly`);
  }
  return problems;
}

async function french(page) {
  return page.evaluate(() => {
    const problems = [];
    if (document.documentElement.lang !== 'fr') problems.push('its language is not said');
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let n = walker.nextNode(); n; n = walker.nextNode())
      if (!n.parentElement.closest('code, .proof, .def') && /[^\s] [:;!?%»]/.test(n.data)) problems.push(`a blank that breaks: ${n.data.slice(0, 80)}`);
    for (const word of ['days late', 'known', 'Owner', 'Definition', 'Printed by'])
      if (document.body.innerText.includes(word)) problems.push(`English: ${word}`);
    return problems;
  });
}

// ---- all of it --------------------------------------------------------------------------------------------------------

async function test(browser, name) {
  const file = path.join(work, `${name}.html`);
  const size = fs.statSync(file).size;
  check(`${name}: small enough for a mail`, size > largest ? [`${size} bytes`] : []);
  const { page, heard } = await open(browser, name);
  check(`${name}: its structure`, await structure(page));
  check(`${name}: no sideways scroll`, await noSidewaysScroll(page));
  if (name === 'starter/semaine') check(`${name}: French`, await french(page));
  if (name === 'starter/week') {
    check(`${name}: its numbers are those of the command`, await compareNumbers(page, path.join(work, `${name}.json`)));
    check(`${name}: teams are filtered`, await filters(page));
    await page.reload();
  }
  if (name !== 'attack/week') check(`${name}: the keyboard`, await keyboard(page));
  await page.reload();
  check(`${name}: on paper`, await paper(page));
  check(`${name}: nothing is asked for, nothing is reported`, heard);
  // What follows runs a script of ours in the page, which its policy forbids to everybody else.
  await page.evaluate(axe);
  const attacked = name === 'attack/week';
  if (attacked) check(`${name}: accessible`, await accessible(page, 'light', 'words'));
  await openFolds(page);
  check(`${name}: no sideways scroll, all open`, await noSidewaysScroll(page, attacked ? fewWidths : widths));
  if (!attacked) check(`${name}: accessible, all open`, await accessible(page, 'light', name === 'starter/semaine' ? 'words' : 'all'));
  if (name === 'starter/week') check(`${name}: accessible, dark`, await accessible(page, 'dark', 'contrast'));
  await page.close();
}

(async () => {
  const browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
    headless: true,
    protocolTimeout: 120000,
  });
  try {
    for (const name of pages) await test(browser, name);
  } finally {
    await browser.close();
  }
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed ? 1 : 0);
})().catch((e) => {
  console.error(e);
  process.exit(1);
});
