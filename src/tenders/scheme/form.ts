/** The forms of a scheme: what was typed, kept as typed, and the part of the scheme it makes. What cannot be read is said beside its field; what the law makes of it is told by rules.ts. */

import { parseYuan, plainYuan } from "../../kernel/money.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { type FormBody, one, several } from "../../platform/form-body.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import {
  type Criterion,
  type Lot,
  MODES,
  PRICE_MODELS,
  type PriceLine,
  QUALIFICATIONS,
  type Scheme,
  SERVICES,
} from "./rules.ts";

/** The most rows a form of each kind holds. */
export const MOST_PRICES = 8;
export const MOST_CRITERIA = 12;
export const MOST_POSTS = 20;
export const MOST_LOTS = 20;
export const LONGEST_TITLE = 60;
export const LONGEST_TEXT = 2_000;

export interface Unread {
  readonly field: string;
  readonly words: Bilingual;
}
/** Texts by the names of their fields, as typed. */
export type Typed = Readonly<Record<string, string | readonly string[]>>;

const say = (zh: string, en: string): Bilingual => ({ zh, en });
const NOT_AN_AMOUNT = say(
  "写成数字，最多两位小数，例如 1234.50",
  "A number with at most two decimals, such as 1234.50",
);
const NOT_A_NUMBER = say("写成整数", "A whole number");
const TOO_LONG = (most: number): Bilingual => say(`最多${most}字`, `${most} characters at most`);

/** Reads one form and gathers what cannot be read. */
class Reader {
  readonly unread: Unread[] = [];
  private readonly body: FormBody;
  constructor(body: FormBody) {
    this.body = body;
  }
  text(name: string, most = LONGEST_TEXT): string {
    const typed = one(this.body, name).replace(/\r\n/g, "\n").trim();
    if ([...typed].length > most) this.unread.push({ field: name, words: TOO_LONG(most) });
    return typed;
  }
  /** Two decimals as hundredths: yuan as fen, square metres as 0.01. */
  hundredths(name: string): number {
    const read = parseYuan(one(this.body, name));
    if (read.ok && read.value >= 0) return read.value;
    this.unread.push({ field: name, words: NOT_AN_AMOUNT });
    return 0;
  }
  hundredthsOr<E>(name: string, empty: E): number | E {
    return one(this.body, name).trim() === "" ? empty : this.hundredths(name);
  }
  whole(name: string, least: number, most: number): number {
    const typed = one(this.body, name).normalize("NFKC").trim();
    const value = /^\d{1,6}$/.test(typed) ? Number(typed) : Number.NaN;
    if (value >= least && value <= most) return value;
    this.unread.push({
      field: name,
      words: say(`${NOT_A_NUMBER.zh}，${least}到${most}`, `${NOT_A_NUMBER.en} from ${least} to ${most}`),
    });
    return least;
  }
  day(name: string): string {
    return one(this.body, name).normalize("NFKC").trim().replaceAll("/", "-");
  }
  choice<V extends string>(name: string, known: readonly V[], otherwise: V): V {
    return known.find((value) => value === one(this.body, name)) ?? otherwise;
  }
  chosen<V extends string>(name: string, known: readonly V[]): V[] {
    const picked = several(this.body, name);
    return known.filter((value) => picked.includes(value));
  }
  lines(name: string): string[] {
    return this.text(name)
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== "");
  }
  done<V>(value: V): Result<V, readonly [Unread, ...Unread[]]> {
    const [first, ...others] = this.unread;
    return first ? err([first, ...others]) : ok(value);
  }
}
export type Read<V> = Result<V, readonly [Unread, ...Unread[]]>;

/** The next key of a row that has none: p1, p2 … beside those there are. */
function keyFor(taken: readonly string[], letter: string): string {
  for (let at = 1; ; at += 1) if (!taken.includes(`${letter}${at}`)) return `${letter}${at}`;
}
const isKey = (text: string): boolean => /^[a-z][a-z0-9_]{0,30}$/.test(text);

// ——— The general part ———

type General = Pick<
  Scheme,
  | "title"
  | "mode"
  | "reasons"
  | "procedure"
  | "invited"
  | "panel"
  | "ties"
  | "candidatesMost"
  | "questionDays"
  | "bidDays"
  | "candidateDays"
>;

export const generalTyped = (scheme: Scheme): Typed => ({
  title: scheme.title,
  mode: scheme.mode,
  reasons: scheme.reasons,
  procedure: scheme.procedure,
  invited: scheme.invited.map(({ name, code }) => `${name} ${code}`.trim()).join("\n"),
  panelSize: String(scheme.panel.size),
  panelExperts: String(scheme.panel.experts),
  ties: scheme.ties[0] ?? "draw",
  candidatesMost: String(scheme.candidatesMost),
  questionDays: String(scheme.questionDays),
  bidDays: String(scheme.bidDays),
  candidateDays: String(scheme.candidateDays),
});

/** A line of the invited: the name, then the code of 18 characters where it is known. */
function invitedFrom(line: string): Scheme["invited"][number] {
  const code = /[0-9A-Z]{18}$/.exec(line.toUpperCase())?.[0] ?? "";
  return { name: line.slice(0, line.length - code.length).replace(/[\s,，]+$/, ""), code };
}

export function readGeneral(body: FormBody): Read<General> {
  const read = new Reader(body);
  const tie = read.choice("ties", ["lower_price", "higher_judged", "draw"], "draw");
  return read.done({
    title: read.text("title", LONGEST_TITLE),
    mode: read.choice("mode", MODES, "items"),
    reasons: read.text("reasons"),
    procedure: read.choice("procedure", ["open", "invited"], "open"),
    invited: read.lines("invited").map(invitedFrom),
    panel: { size: read.whole("panelSize", 1, 99), experts: read.whole("panelExperts", 0, 99) },
    ties: tie === "draw" ? ["draw"] : [tie, "draw"],
    candidatesMost: read.whole("candidatesMost", 1, 3),
    questionDays: read.whole("questionDays", 0, 180),
    bidDays: read.whole("bidDays", 0, 365),
    candidateDays: read.whole("candidateDays", 0, 60),
  });
}

// ——— A lot ———

const priceTyped = (prices: readonly PriceLine[]): Typed =>
  Object.fromEntries(
    prices.flatMap(({ key, label, unit, quantityHundredths, ceilingFen }, at) => [
      [`prices[${at}].key`, key],
      [`prices[${at}].label`, label],
      [`prices[${at}].unit`, unit],
      [`prices[${at}].quantity`, plainYuan(quantityHundredths).replace(/\.00$/, "")],
      [`prices[${at}].ceiling`, ceilingFen === null ? "" : plainYuan(ceilingFen)],
    ]),
  );

export const lotTyped = (lot: Lot): Typed => ({
  service: lot.service,
  title: lot.title,
  scope: lot.scope,
  quality: lot.quality.map(({ clause, measure }) => `${clause}：${measure}`).join("\n"),
  priceModel: lot.priceModel,
  estimate: lot.estimateFen === 0 ? "" : plainYuan(lot.estimateFen),
  bond: lot.bondFen === 0 ? "" : plainYuan(lot.bondFen),
  from: lot.from,
  months: String(lot.months),
  qualifications: lot.qualifications,
  parts: lot.parts,
  subcontracted: lot.subcontracted,
  ...priceTyped(lot.prices),
});

/** 内容：标准; a line without a colon is its own measure. */
function measureFrom(line: string): Lot["quality"][number] {
  const at = line.search(/[:：]/);
  return at < 1
    ? { clause: line, measure: line }
    : { clause: line.slice(0, at).trim(), measure: line.slice(at + 1).trim() };
}

function readPrices(read: Reader, body: FormBody): PriceLine[] {
  const prices: PriceLine[] = [];
  for (let at = 0; at < MOST_PRICES; at += 1) {
    const field = (name: string): string => `prices[${at}].${name}`;
    const label = read.text(field("label"), LONGEST_TITLE);
    if (label === "") continue;
    const key = one(body, field("key"));
    const taken = prices.map((price) => price.key);
    prices.push({
      key: isKey(key) && !taken.includes(key) ? key : keyFor(taken, "p"),
      label,
      unit: read.text(field("unit"), 20),
      quantityHundredths: read.hundredths(field("quantity")),
      ceilingFen: read.hundredthsOr(field("ceiling"), null),
    });
  }
  return prices;
}

export function readLot(body: FormBody, lotNo: number): Read<Lot> {
  const read = new Reader(body);
  const service = read.choice("service", SERVICES, "other");
  return read.done({
    lotNo,
    service,
    title: read.text("title", LONGEST_TITLE),
    scope: read.text("scope"),
    quality: read.lines("quality").map(measureFrom),
    priceModel: read.choice("priceModel", PRICE_MODELS, "lump_sum"),
    prices: readPrices(read, body),
    estimateFen: read.hundredthsOr("estimate", 0),
    bondFen: read.hundredthsOr("bond", 0),
    from: read.day("from"),
    months: read.whole("months", 1, 120),
    qualifications: read.chosen("qualifications", QUALIFICATIONS),
    parts: service === "whole" ? read.chosen("parts", SERVICES) : [],
    subcontracted: service === "whole" ? read.chosen("subcontracted", SERVICES) : [],
  });
}

// ——— By what offers are compared ———

export const criteriaTyped = (criteria: readonly Criterion[]): Typed =>
  Object.fromEntries(
    criteria.flatMap(({ key, title, kind, weight, guide, priceKey, formula }, at) => [
      [`criteria[${at}].key`, key],
      [`criteria[${at}].title`, title],
      [`criteria[${at}].kind`, kind],
      [`criteria[${at}].weight`, String(weight)],
      [`criteria[${at}].guide`, guide],
      [`criteria[${at}].priceKey`, priceKey ?? ""],
      [`criteria[${at}].formula`, formula?.kind ?? ""],
      [`criteria[${at}].above`, formula?.kind === "average" ? plainYuan(formula.abovePerPercent) : ""],
      [`criteria[${at}].below`, formula?.kind === "average" ? plainYuan(formula.belowPerPercent) : ""],
    ]),
  );

export function readCriteria(body: FormBody): Read<Criterion[]> {
  const read = new Reader(body);
  const criteria: Criterion[] = [];
  for (let at = 0; at < MOST_CRITERIA; at += 1) {
    const field = (name: string): string => `criteria[${at}].${name}`;
    const title = read.text(field("title"), LONGEST_TITLE);
    if (title === "") continue;
    const key = one(body, field("key"));
    const taken = criteria.map((criterion) => criterion.key);
    const kind = read.choice(field("kind"), ["price", "fact", "judged"], "judged");
    const formula = read.choice(field("formula"), ["", "lowest", "average"], "");
    const priceKey = one(body, field("priceKey")).trim();
    criteria.push({
      key: isKey(key) && !taken.includes(key) ? key : keyFor(taken, "c"),
      title,
      kind,
      weight: read.whole(field("weight"), 0, 100),
      guide: read.text(field("guide"), 300),
      priceKey: kind === "price" && priceKey !== "" ? priceKey : null,
      formula:
        kind !== "price" || formula === ""
          ? null
          : formula === "lowest"
            ? { kind: "lowest" }
            : {
                kind: "average",
                abovePerPercent: read.hundredthsOr(field("above"), 0),
                belowPerPercent: read.hundredthsOr(field("below"), 0),
              },
    });
  }
  return read.done(criteria);
}

// ——— The estate's own posts, and what professionals keep ———

type Own = Pick<Scheme, "posts" | "kept" | "ownGuardsFiling" | "has">;

export const ownTyped = (scheme: Scheme): Typed => ({
  ownGuardsFiling: scheme.ownGuardsFiling,
  has: scheme.has,
  ...Object.fromEntries(
    scheme.posts.flatMap(({ title, count, duties, contract }, at) => [
      [`posts[${at}].title`, title],
      [`posts[${at}].count`, String(count)],
      [`posts[${at}].duties`, duties],
      [`posts[${at}].contract`, contract],
    ]),
  ),
  ...Object.fromEntries(
    scheme.kept.flatMap(({ service, provider, until }, at) => [
      [`kept[${at}].service`, service],
      [`kept[${at}].provider`, provider],
      [`kept[${at}].until`, until],
    ]),
  ),
});

export function readOwn(body: FormBody): Read<Own> {
  const read = new Reader(body);
  const posts: Own["posts"] = [];
  const kept: Own["kept"] = [];
  for (let at = 0; at < MOST_POSTS; at += 1) {
    const field = (name: string): string => `posts[${at}].${name}`;
    const title = read.text(field("title"), LONGEST_TITLE);
    if (title === "") continue;
    posts.push({
      title,
      count: read.whole(field("count"), 1, 500),
      duties: read.text(field("duties"), 300),
      contract: read.text(field("contract"), 100),
    });
  }
  for (let at = 0; at < MOST_POSTS; at += 1) {
    const field = (name: string): string => `kept[${at}].${name}`;
    const provider = read.text(field("provider"), LONGEST_TITLE);
    if (provider === "") continue;
    kept.push({ service: read.choice(field("service"), SERVICES, "other"), provider, until: read.day(field("until")) });
  }
  return read.done({
    posts,
    kept,
    ownGuardsFiling: read.text("ownGuardsFiling", 100),
    has: read.chosen("has", SERVICES),
  });
}

/** All fields of a form as typed, for showing it again. */
export const typedOf = (body: FormBody): Typed =>
  Object.fromEntries(
    Object.keys(body).map((name) => {
      const all = several(body, name);
      return [name, all.length > 1 ? all : (all[0] ?? "")];
    }),
  );
