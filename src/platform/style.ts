/**
 * The stylesheet and the mark, and the routes that serve them. What the parts mean is written in docs/DESIGN.md.
 *
 * Written for old WebViews (Chromium from about 60): custom properties, flex and grid, but no flex gap, no :is, no logical
 * shorthands without need. What is newer only refines. text-size-adjust stays untouched: WeChat enlarges type through it.
 */
import { Hono } from "hono";
import { sha256Hex } from "../kernel/hash.ts";
import type { AppEnv } from "./context.ts";

const TOKENS = `
:root {
  --paper: #f6f2e8; --sheet: #fffdf8; --ink: #211e19; --soft: #5b5549; --line: #d8d0be; --edge: #82796a;
  --pine: #1d5a44; --on-pine: #fffdf8; --wash: #e4ece2; --red: #a12a1b; --red-wash: #f9e8e1; --amber: #744c00; --amber-wash: #f8ecd2;
  --rest: #68756e; --ground: #e4dcca; --seal: #a12a1b; --strip: #1d5a44; --on-strip: #fffdf8;
  --sans: -apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", system-ui, sans-serif;
  --song: "Songti SC", "Noto Serif CJK SC", SimSun, serif;
  --mono: ui-monospace, Menlo, Consolas, "Noto Sans Mono CJK SC", monospace;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #181713; --sheet: #211f1a; --ink: #ece6d8; --soft: #b7af9e; --line: #403c33; --edge: #8f8776;
    --pine: #93cbb0; --on-pine: #10231a; --wash: #20332a; --red: #f3a291; --red-wash: #3c231d; --amber: #e8c074; --amber-wash: #372b14;
    --rest: #8b968f; --ground: #38352d; --seal: #c84f3d; --strip: #20332a; --on-strip: #d9ecdf;
  }
}`;

const GROUND = `
* { box-sizing: border-box; }
html { font-size: 112.5%; background: var(--paper); }
body { margin: 0; color: var(--ink); font: 1rem/1.7 var(--sans); word-wrap: break-word; }
h1, h2, h3 { font-family: var(--song); line-height: 1.35; margin: 2rem 0 .75rem; text-wrap: balance; }
h1 { font-size: 1.65rem; }
.crumbs + h1 { margin-top: .5rem; }
h2 { font-size: 1.3rem; }
h3, .lead { font-size: 1.1rem; }
p, ul, ol, dl, table, details, .empty { margin: 0 0 1rem; }
main p, main li, main dd { max-width: 40em; }
ul, ol { padding-left: 25px; }
li { margin-bottom: .25rem; }
a { color: var(--pine); text-underline-offset: .2em; }
a:hover { text-decoration-thickness: 2px; }
a:focus, button:focus, input:focus, select:focus, textarea:focus, summary:focus, .answer input:focus + span { outline: 3px solid var(--ink); outline-offset: 2px; }
main:focus { outline: none; }
small, .hint, .demo, .crumbs, .foot, .item-at, thead th, .facts dt, .steps b, .step-when { font-size: .875rem; }
code, pre { font-family: var(--mono); font-size: .9em; word-break: break-word; }
pre { white-space: pre-wrap; padding: .75rem 1rem; background: var(--sheet); border: 1px solid var(--line); border-radius: 4px; }
img { max-width: 100%; height: auto; }
svg { display: block; }
time, .num, table { font-variant-numeric: tabular-nums; }
.hint, .quiet, .optional, .status-waiting, .status-off, .foot, .brand small, .item-at, .choice small, .answer small, .facts dt, .clock-label, .todo, .step-when, .receipt-kind { color: var(--soft); }
.optional { font-weight: 400; }
.sr, .skip { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip: rect(0 0 0 0); white-space: nowrap; }
.skip:focus { width: auto; height: auto; clip: auto; z-index: 9; margin: .5rem; padding: .5rem 1rem; background: var(--ink); color: var(--paper); }
.papers, .links, .steps, .multiples, .crumbs ol { list-style: none; padding: 0; }
.top-row, .pager, .links > li, .turnout-head, .multiple-name { display: flex; flex-wrap: wrap; justify-content: space-between; }
.wrap { max-width: 58rem; margin: 0 auto; padding: 0 18px; }
.wide .wrap { max-width: 78rem; }
main { min-height: 55vh; }`;

const FRAME = `
.demo { margin: 0; padding: .25rem 1rem; background: var(--amber-wash); text-align: center; }
.demo a { color: var(--amber); }
.top { position: relative; padding: .75rem 0 .2rem; border-bottom: 3px solid var(--ink); margin-bottom: 4px; }
.top::after { content: ""; position: absolute; left: 0; right: 0; bottom: -7px; border-bottom: 1px solid var(--ink); }
.top-row { align-items: center; }
.brand { display: flex; align-items: center; color: inherit; text-decoration: none; font: 700 1.3rem/1.25 var(--song); word-break: break-word; }
.brand small { display: block; font: .8rem/1.3 var(--sans); }
.mark { flex: none; width: 44px; height: 44px; margin-right: 12px; }
.mark rect { fill: var(--seal); }
.mark path { fill: none; stroke: #fffdf8; stroke-width: 2.4; }
.top-side { margin: .25rem 0; }
.top-side > * { margin-left: 1rem; }
.top-side > :first-child { margin-left: 0; }
.top-side * { vertical-align: baseline; }

.menu a, .foot nav a { display: inline-block; padding: .5rem 0; margin-right: 1.1rem; color: inherit; }
.menu a { text-decoration: none; }
.menu a:hover { text-decoration: underline; }
.menu [aria-current] { font-weight: 700; box-shadow: inset 0 -3px var(--seal); }
.open { background: var(--strip); color: var(--on-strip); margin-top: 8px; }
.open p { padding: .6rem 18px; margin: 0 auto; }
.open b { margin-right: .5em; }
.open a { color: inherit; }
.open a:focus { outline-color: currentColor; }
.crumbs { margin: 1rem 0 0; }
.crumbs ol { margin: 0; }
.crumbs li { display: inline; }
.crumbs li::before { content: " › "; color: var(--soft); }
.crumbs li:first-child::before { content: "‹ "; }
.foot { margin-top: 3rem; padding: 1.5rem 0 2rem; border-top: 1px solid var(--line); }
.foot p { max-width: 46em; margin: .5rem 0; }`;

const CONTROLS = `
.btn { display: inline-block; vertical-align: top; padding: .65rem 24px; border: 2px solid var(--pine); border-radius: 4px; background: var(--pine); color: var(--on-pine); font: 700 1rem/1.5 var(--sans); text-align: center; text-decoration: none; cursor: pointer; }
.btn:hover { box-shadow: inset 0 0 0 99px rgba(0, 0, 0, .12); }
.btn-quiet, .btn-danger, .btn-link { background: none; color: var(--pine); font-weight: 400; }
.btn-danger { border-color: var(--red); color: var(--red); }
.btn-link { padding: .25rem 0; border: 0; text-decoration: underline; }
.actions { margin: 1.5rem 0 1rem; }
.actions > * { margin: 0 .75rem .75rem 0; }
.inline { display: inline-block; vertical-align: top; }
.field, fieldset { margin: 0 0 1.5rem; padding: 0; border: 0; min-width: 0; }
label, legend { display: block; padding: 0; font-weight: 700; }
legend { margin-bottom: .25rem; font-size: 1.1rem; }
.field legend { font-size: 1rem; }
.field .hint, .field .error { margin: 0 0 .35rem; }
.error { color: var(--red); font-weight: 700; }
.field-bad { padding-left: 14px; border-left: 5px solid var(--red); }
input, select, textarea { width: 100%; max-width: 30em; min-height: 3rem; padding: .5rem 12px; background: var(--sheet); border: 2px solid var(--edge); border-radius: 4px; font: inherit; color: inherit; }
textarea { max-width: 40em; line-height: 1.6; }
[aria-invalid] { border-color: var(--red) !important; }
.w4 { max-width: 6em; } .w6 { max-width: 8em; } .w11 { max-width: 13em; } .w20 { max-width: 18em; }
[type="file"] { border-style: dashed; }
[type="radio"], [type="checkbox"] { width: 25px; height: 25px; min-height: 0; margin: 0; accent-color: var(--pine); }
.choice { position: relative; padding: .55rem 0 .55rem 40px; font-weight: 400; }
.choice input { position: absolute; left: 0; top: .75rem; }
.choice small, .answer small { display: block; font-weight: 400; }
.item { margin: 2rem 0; padding: 1.25rem 0 0; border-top: 3px solid var(--ink); }
.item.field-bad { padding-left: 14px; }
.item legend { display: table; float: left; width: 100%; }
.item legend + * { clear: both; }
.item-at { display: block; font-weight: 400; }
.item-title { font: 700 1.3rem/1.4 var(--song); }
.papers li { padding: .35rem 0; }
.answer { position: relative; margin: 0 0 .65rem; font-weight: 400; }
.answer input { position: absolute; left: 18px; top: 50%; margin-top: -12px; }
.answer span { display: block; min-height: 3.5rem; max-width: 30em; padding: .85rem 14px .85rem 60px; background: var(--sheet); border: 2px solid var(--edge); border-radius: 4px; font-size: 1.1rem; line-height: 1.5; }
.answer input:checked + span { border-color: var(--pine); background: var(--wash); box-shadow: inset 0 0 0 2px var(--pine); font-weight: 700; }`;

const PARTS = `
table { width: 100%; border-collapse: collapse; line-height: 1.5; }
table:not(.cards) { overflow-wrap: anywhere; }
caption { padding: 0 0 .5rem; text-align: left; font-weight: 700; }
th, td { padding: .55rem .75rem .55rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
thead th { border-bottom: 2px solid var(--ink); vertical-align: bottom; }
tfoot td { border-top: 2px solid var(--ink); font-weight: 700; }
td a { display: inline-block; padding: .15rem 0; margin-right: .5em; }
table .num { text-align: right; padding-right: 1.75rem; overflow-wrap: normal; }
th:last-child, td:last-child { padding-right: 0 !important; }
.pager { align-items: baseline; padding: .5rem 0; }
.pager a { padding: .5rem 0; }
.empty { padding: 1.25rem 20px; border: 2px dashed var(--line); border-radius: 4px; }
.empty-title { font: 700 1.15rem/1.4 var(--song); margin-bottom: .25rem; }
.note { margin: 1.25rem 0; padding: 16px 18px; max-width: 44rem; border: 1px solid var(--line); border-left: 5px solid var(--soft); background: var(--sheet); }
.note > :last-child, .empty > :last-child, fieldset > :last-child, .receipt .actions { margin-bottom: 0; }
.note-mark { float: left; margin-right: 10px; font: 700 1.1rem/1.5 var(--sans); }
.note-title { margin: 0 0 .4rem; font: 700 1.1rem/1.5 var(--sans); }
.note-good { border-left-color: var(--pine); }
.note-warn { border-left-color: var(--amber); background: var(--amber-wash); }
.note-bad { border-left-color: var(--red); background: var(--red-wash); } .note-bad .note-mark, .note-bad .note-title, #errors a { color: var(--red); }

summary { padding: .75rem 0; color: var(--pine); font-weight: 700; cursor: pointer; }
.facts > div { padding: .5rem 0; border-bottom: 1px solid var(--line); }
.facts dd, .multiples li, .slip-title { margin: 0; }
.note .facts > div:last-child { border: 0; }
.links { border-top: 1px solid var(--line); }
.links > li { align-items: baseline; margin: 0; padding: .85rem 0; border-bottom: 1px solid var(--line); }
.links > li > div { flex: 1 1 14rem; margin-right: 1rem; }
.links a { font-weight: 700; }
.links .hint { margin: .15rem 0 0; }
.status { display: inline-block; }
.status > span { margin-right: .35em; }
.status-active, .status-good { color: var(--pine); } .status-bad { color: var(--red); } .status-note { color: var(--amber); }
.clock, details { border: solid var(--line); border-width: 1px 0; }
details + details { margin-top: -1rem; border-top: 0; }
.clock { padding: .85rem 0; }
.clock > * { display: inline-block; margin-right: .75em; }
.clock time { font: 700 1.2rem/1.4 var(--song); }
.clock-left { color: var(--pine); font-weight: 700; }
.clock-soon .clock-left { color: var(--red); }
.steps { margin: 1.25rem 0 1.75rem; }
.steps li { position: relative; margin: 0; padding: 0 0 1rem 36px; line-height: 1.45; }
.steps li::before { content: ""; position: absolute; left: 0; top: .25rem; width: 18px; height: 18px; border: 2px solid var(--edge); border-radius: 50%; background: var(--paper); z-index: 1; }
.steps li::after { content: ""; position: absolute; left: 8px; top: .5rem; bottom: -.5rem; border: solid var(--line); border-width: 0 0 0 2px; }
.steps li:last-child::after { display: none; }
.steps .done::before { border-color: var(--pine); background: var(--pine); }
.steps .done::after { border-color: var(--pine); }
.steps .now::before { border: 6px solid var(--seal); background: var(--sheet); }
.steps .stopped::before { border-color: var(--red); border-radius: 0; background: var(--red); }
.steps .now .step-name { font-weight: 700; }
.steps b { margin-left: .5em; color: var(--red); }
.step-when { display: block; }`;

const FIGURES = `
.bar { width: 100%; height: 1.25rem; overflow: visible; }
.bar-ground { fill: var(--ground); }
.bar-part { fill: var(--rest); }
.bar-good { fill: var(--pine); }
.bar-line { fill: none; stroke: var(--ink); stroke-width: 3; vector-effect: non-scaling-stroke; }
.turnout { margin: 0 0 1.25rem; }
.turnout-head { margin: 0 0 .3rem; }
.turnout .hint { margin: .3rem 0 0; }
.multiples { display: grid; grid-template-columns: repeat(auto-fill, minmax(8rem, 1fr)); grid-gap: 1.25rem 1.5rem; }
.multiples p, .sheet-signed p { margin: 0 0 .2rem; }
.multiples .bar { height: .75rem; }
.multiple-name { font-weight: 700; }
.results > div { padding: .75rem 0; border-bottom: 1px solid var(--line); }
.results dt { font-weight: 700; }
.results dd { margin: .35rem 0 0; }
.sum { margin: 0 0 1rem; padding: 0 0 1rem; border-bottom: 1px solid var(--line); }
.sum p { margin: 0; }
.turnout p, .sum p, .results dd, .links > li { max-width: none; }
.sum-maths { font-size: 1.05rem; font-variant-numeric: tabular-nums; }
.sum-maths > span { display: inline-block; }
.qr { width: 170px; height: 170px; flex: none; }
.receipt, .sheet { max-width: 44rem; margin: 1.5rem 0; background: var(--sheet); }
.receipt { padding: 20px; border: 5px double var(--pine); }
.receipt-kind { margin: 0; font-size: 1rem; }
.receipt-code { margin: 0 0 .5rem; font: 700 1.35rem/1.4 var(--mono); }
.sheet { padding: 1.75rem 20px; border: 1px solid var(--line); font-family: FangSong, STFangsong, var(--song); }
.sheet-title, .sheet-number { text-align: center; }
.sheet-title { margin: 0 0 1.25rem; font-size: 1.5rem; }
.sheet-heading { margin: 1.25rem 0 .5rem; font-size: 1.1rem; }
.sheet-to { font-weight: 700; }
:lang(zh) .sheet-text > p { text-indent: 2em; }
.sheet-foot { margin-top: 2.5rem; }
.sheet-foot figure { margin: 0; font: .8rem/1.4 var(--sans); }
.sheet-foot figcaption { max-width: 170px; text-align: center; }
.sheet-signed { text-align: right; }
.slips { display: grid; grid-template-columns: repeat(auto-fill, minmax(300px, 1fr)); }
.slip { overflow: hidden; margin: -1px 0 0 -1px; padding: 16px; border: 1px dashed var(--edge); background: var(--sheet); font-size: .9rem; page-break-inside: avoid; }
.slip .qr { float: right; width: 126px; height: 126px; margin: 4px 0 8px 12px; }`;

const NARROW = `
@media screen and (max-width: 43.99em) {
  .actions .btn, .actions .inline { display: block; width: 100%; margin-right: 0; }
  .cards thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip: rect(0 0 0 0); }
  .cards, .cards tbody, .cards tfoot, .cards tr, .cards th, .cards caption { display: block; }
  .cards tr { padding: .6rem 0; border-top: 2px solid var(--ink); }
  .cards th, .cards td { padding: .2rem 0; border: 0; text-align: left !important; }
  .cards th[scope="row"] { font: 700 1.1rem/1.5 var(--song); }
  .cards td { display: flex; flex-wrap: wrap; }
  .cards .none, .cards td:not([data-label])::before { display: none; }
  .cards td::before { content: attr(data-label); flex: 0 0 6.5em; max-width: 38%; padding-right: .75rem; color: var(--soft); font-size: .875rem; line-height: 1.75; }
  .cards td > div { flex: 1; max-width: 100%; }
  .receipt .qr { margin: 1rem auto 0; }
}`;

const ROOMY = `
@media print, (min-width: 44em) {
  h1 { font-size: 2.1rem; }
  .facts > div, .search { display: flex; }
  .search { flex-wrap: wrap; align-items: flex-end; }
  .search > * { margin: 0 1rem 1rem 0; }
  .search .field { flex: 0 1 13em; }
  .facts dt { flex: 0 0 9em; padding-right: 1rem; line-height: 1.95; }
  .facts dd { flex: 1; min-width: 0; }
  .receipt { display: flex; justify-content: space-between; }
  .receipt .qr { margin-left: 24px; }
  .sheet { padding: 3rem 3.5rem; }
  .sheet-foot { display: flex; flex-direction: row-reverse; justify-content: space-between; align-items: flex-end; }
  .results > div { display: grid; grid-template-columns: 7em 1fr 1fr; grid-gap: 1.5rem; align-items: center; }
  .results dd { margin: 0; }
  .turnouts { display: grid; grid-template-columns: 1fr 1fr; grid-gap: 2rem; }
}
@media (min-width: 56em) {
  .steps { display: flex; }
  .steps li { flex: 1 1 0; padding: 1.6rem .75rem 0 0; }
  .steps li::before { top: 0; left: 0; }
  .steps li::after { left: 8px; right: 0; top: 8px; bottom: auto; border-width: 2px 0 0; }
  .steps b { display: block; margin: 0; }
}`;

const PRINT = `
@media print {
  @page { size: A4; margin: 22mm 24mm 20mm; }
  html, body { background: #fff; color: #000; font-size: 12pt; }
  .top, .foot, .open, .crumbs, .demo, .skip, .actions, .btn, .pager, .screen, form.search { display: none !important; }
  .wrap { max-width: none; padding: 0; }
  a { color: inherit; text-decoration: none; }
  h1, h2, h3, tr, .slip, .sum, .sheet-foot { page-break-inside: avoid; }
  h1, h2, h3 { page-break-after: avoid; }
  thead { display: table-header-group; }
  ::details-content { content-visibility: visible; height: auto; }
  .sheet { max-width: none; margin: 0; padding: 0; border: 0; background: none; font-size: 14pt; line-height: 28pt; }
  .sheet + .sheet { page-break-before: always; }
  .sheet-title { font-size: 22pt; line-height: 1.4; margin-bottom: 18pt; }
  .sheet-heading { font-size: 15pt; }
  .sheet-text > p { margin: 0; }
  .sheet table { font-size: 12pt; line-height: 1.6; }
  .sheet th, .sheet td { padding: 4pt 6pt !important; border: .5pt solid #000; }
  .sheet .qr { width: 28mm; height: 28mm; margin: 0 auto; }
  .slips { display: block; }
  .slip { display: inline-block; vertical-align: top; width: 50%; min-height: 84mm; background: none; }
}`;

/** Indentation does not travel. */
const squeeze = (css: string): string =>
  css
    .replace(/\s*\n\s*/g, "")
    .replace(/\s*([{};,>])\s*/g, "$1")
    .replace(/([a-z-]):\s+/g, "$1:")
    .replaceAll(" + ", "+")
    .replaceAll(";}", "}");

/** The stylesheet as it is served. */
export const STYLE = squeeze([TOKENS, GROUND, FRAME, CONTROLS, PARTS, FIGURES, NARROW, ROOMY, PRINT].join("\n"));

const MARK = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="3" fill="#a12a1b"/><path d="M5 15 16 6l11 9M11 16h10M10.5 20.5h11v6h-11z" fill="none" stroke="#fffdf8" stroke-width="2.4"/></svg>`;

const shortHash = (text: string): string => sha256Hex(text).slice(0, 12);

/** Names carry the hash of their content, so they can be kept for ever. */
export const STYLE_PATH = `/style-${shortHash(STYLE)}.css`;
export const MARK_PATH = `/mark-${shortHash(MARK)}.svg`;

const FOR_EVER = "public, max-age=31536000, immutable";
const NOT_KEPT = "public, max-age=60";

/**
 * GET /style-<hash>.css and /mark-<hash>.svg. A page from before a deployment asks for the older name and gets today's
 * sheet, which must not be kept under that name.
 */
export const styleRoutes = new Hono<AppEnv>()
  .get("/:sheet{style-[0-9a-f]{12}\\.css}", (c) =>
    c.body(STYLE, 200, {
      "content-type": "text/css; charset=utf-8",
      "cache-control": c.req.path === STYLE_PATH ? FOR_EVER : NOT_KEPT,
    }),
  )
  .get("/:mark{mark-[0-9a-f]{12}\\.svg}", (c) =>
    c.body(MARK, 200, {
      "content-type": "image/svg+xml",
      "cache-control": c.req.path === MARK_PATH ? FOR_EVER : NOT_KEPT,
    }),
  );
