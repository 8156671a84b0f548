/** Tenders: the panel drawn again, every opened bid opened again against what was sealed, and the ranks made again from the report. */
import { openPrices, totalOf } from "./bid.mjs";
import { canonical, fromBase64url, hashOfText, sha256, toHex } from "./bytes.mjs";
import { drawOrder } from "./draw.mjs";
import { checkSeed } from "./elections.mjs";
import { rank, sheetCommitment } from "./scoring.mjs";
import { readJson } from "./source.mjs";

/** @typedef {import("./report.mjs").Check} Check */
/** @typedef {import("./log.mjs").Place} Place */
/** @typedef {import("./subjects.mjs").Subject} Subject */
/**
 * What the record holds of one tender.
 * @typedef {{ schemes: Set<string>, sealed: Map<string, { entry: any, seq: number }>, closedAt: number, begun: any,
 *   opened: Map<string, any>, prepared: any, panel: { entry: any, seq: number } | null, experts: number[],
 *   committed: Map<number, string>, nonces: Map<number, string>, facts: Map<string, number>, scored: { entry: any, seq: number, hash: string } | null, choices: Map<number, number[]>, settled: any[], awards: any[] }} Held
 */

/** @returns {Held} */
const nothingHeld = () => ({
  schemes: new Set(),
  sealed: new Map(),
  closedAt: Number.POSITIVE_INFINITY,
  begun: null,
  opened: new Map(),
  prepared: null,
  panel: null,
  experts: [],
  committed: new Map(),
  nonces: new Map(),
  facts: new Map(),
  scored: null,
  choices: new Map(),
  settled: [],
  awards: [],
});

/** @param {Map<string, Held>} all @param {any} entry @param {Place} place */
function see(all, entry, { seq, hash }) {
  if (!entry.type.startsWith("tender.") || typeof entry.tender !== "string") return;
  const held = all.get(entry.tender) ?? nothingHeld();
  all.set(entry.tender, held);
  if (typeof entry.schemeHash === "string") held.schemes.add(entry.schemeHash);
  switch (entry.type) {
    case "tender.bid_sealed":
      held.sealed.set(hash, { entry, seq });
      break;
    case "tender.closed":
      held.closedAt = seq;
      break;
    case "tender.opening_begun":
      held.begun = entry;
      break;
    case "tender.bid_opened":
      held.opened.set(hash, entry);
      break;
    case "tender.panel_prepared":
      held.prepared = entry;
      break;
    case "tender.panel_drawn":
      held.panel = { entry, seq };
      break;
    case "tender.member_appointed":
      if (entry.kind === "expert") held.experts.push(entry.expert);
      break;
    case "tender.sheet_committed":
      held.committed.set(entry.member, entry.commitment);
      break;
    case "tender.sheet_revealed":
      held.nonces.set(entry.member, entry.nonce);
      break;
    case "tender.facts_recorded":
      // Only what changed since is in a later one.
      for (const one of entry.points) held.facts.set(`${one.lot} ${one.bidder} ${one.criterion}`, one.points);
      break;
    case "tender.scored":
      held.scored = { entry, seq, hash };
      break;
    case "tender.choice_placed":
      held.choices.set(entry.lot, entry.candidates);
      break;
    case "tender.choice_settled":
      held.settled.push({ ...entry, asked: held.choices.get(entry.lot) ?? [] });
      break;
    case "tender.awarded":
      held.awards.push(entry);
      break;
  }
}

/** The draw of the experts, from entries alone. @param {string} id @param {Held} held @param {Check} check */
function checkPanel(id, { panel, prepared, experts }, check) {
  if (!panel) return;
  const { entry, seq } = panel;
  const where = `#${seq} ${entry.type}`;
  checkSeed(entry, new Set(prepared ? [prepared.seed] : []), check, where);
  const order = drawOrder(entry.seed, entry.purpose, entry.lots);
  check.expect(
    entry.purpose === `commonhold tender ${id} panel` &&
      String(entry.lots) === String(prepared?.lots) &&
      String(order) === String(entry.order),
    where,
    "由种子重新抽出的专家次序不同，或专家名单不是抽签前固定的。",
    "Drawn again from the seed, the experts stand in another order; or the pool is not the one frozen before.",
  );
  const over = new Set(
    (entry.over ?? []).map((/** @type {any} */ one) => (typeof one === "object" ? one.expert : one)),
  );
  const seated = order.filter((number) => !over.has(number)).slice(0, entry.drawn);
  check.expect(
    String(experts.slice(0, entry.drawn)) === String(seated),
    where,
    `按抽签应由专家 ${seated} 入座，记录里是 ${experts.slice(0, entry.drawn)}。`,
    `By the draw experts ${seated} sit; the record has ${experts.slice(0, entry.drawn)}.`,
  );
}

/** @param {Record<string, number> | string} prices */
const sayPrices = (prices) => (typeof prices === "string" ? `(${prices})` : JSON.stringify(prices));

/** One opened bid: what was sealed, the key, the price, the total. @param {any} bid @param {Held} held @param {any} scheme @param {Check} check @param {string} at */
function checkBid(bid, held, scheme, check, at) {
  const where = `${at} lot ${bid.lot} bidder ${bid.bidder}`;
  const entry = held.opened.get(bid.entry);
  const sealed = held.sealed.get(entry?.of);
  const isKnown = check.expect(
    !!entry &&
      !!sealed &&
      entry.of === bid.sealedEntry &&
      entry.lot === bid.lot &&
      entry.bidder === bid.bidder &&
      entry.secret === bid.secret &&
      canonical(entry.prices) === canonical(bid.prices) &&
      entry.voidWhy === bid.voidWhy &&
      sealed.entry.lot === bid.lot,
    where,
    "公布的投标与公开记录里开标的条目不同。",
    "The bid published is not that of the record's opening.",
  );
  if (!isKnown || !sealed) return;
  const own = sealed.entry.price;
  const later = [...held.sealed.values()].some(
    ({ entry: one, seq }) => one.price.aad === own.aad && seq > sealed.seq && seq < held.closedAt,
  );
  const ct = fromBase64url(bid.ct) ?? new Uint8Array();
  check.expect(
    sealed.seq < held.closedAt &&
      !later &&
      toHex(sha256(ct)) === own.ct &&
      ct.length === own.bytes &&
      hashOfText(bid.price.aad) === own.aad &&
      entry.aad === bid.price.aad &&
      bid.price.keyCommit === own.key &&
      bid.price.ptCommit === own.text,
    where,
    "打开的不是截止以前密封的那一份。",
    "What was opened is not what was sealed before the closing.",
  );
  // A bid that nobody could open stays closed, and its reason stands in the record.
  if (bid.secret === "") return;
  const prices = openPrices(bid.price, ct, fromBase64url(bid.secret) ?? new Uint8Array());
  check.expect(
    typeof prices === "string"
      ? bid.unread && bid.voidWhy !== null
      : bid.unread
        ? bid.voidWhy !== null
        : canonical(prices) === canonical(bid.prices),
    where,
    `用公布的钥匙打开，报价是 ${sayPrices(prices)}，公布的是 ${sayPrices(bid.prices)}。`,
    `Opened with the published key the prices are ${sayPrices(prices)}, published ${sayPrices(bid.prices)}.`,
  );
  const lot = scheme?.lots?.find((/** @type {any} */ one) => one.lotNo === bid.lot);
  if (bid.unread || !lot) return;
  const total = totalOf(lot, bid.prices);
  check.expect(
    BigInt(entry.total) === total,
    where,
    `按工程量重算的总价是 ${total}（0.01分），记录里是 ${entry.total}。`,
    `The total by the scheme's quantities is ${total} (0.01 fen), the record has ${entry.total}.`,
  );
}

/** @param {any} opening @param {Held} held @param {Check} check @param {string} at */
function checkOpening(opening, held, check, at) {
  const isScheme = check.expect(
    hashOfText(String(opening.scheme)) === opening.schemeHash && held.schemes.has(opening.schemeHash),
    `${at} scheme`,
    "方案的原文与公开记录里的校验值不一致。",
    "The text of the scheme is not what the record has the hash of.",
  );
  const shown = new Set(opening.bids.map((/** @type {any} */ bid) => bid.entry));
  const isWhole = shown.size === held.opened.size && [...held.opened.keys()].every((hash) => shown.has(hash));
  check.expect(isWhole, at, "公布的投标比记录里开标的多或少。", "More or fewer bids are shown than the record opened.");
  for (const { lotNo, bids, opens } of held.begun?.lots ?? [])
    check.expect(
      [...held.opened.values()].filter(({ lot }) => lot === lotNo).length === (opens ? bids : 0),
      `${at} lot ${lotNo}`,
      "打开的份数不是截止时收到的份数。",
      "Not as many were opened as stood at the closing.",
    );
  const scheme = isScheme ? JSON.parse(opening.scheme) : null;
  for (const bid of opening.bids) checkBid(bid, held, scheme, check, at);
  return scheme;
}

/** The report: its hash, its inputs as the record has them, and the ranks again. @param {any} told @param {Held} held @param {any} scheme @param {Check} check @param {string} at */
function checkReport(told, held, scheme, check, at) {
  const { scored } = held;
  const { report } = told;
  const isRecorded = check.expect(
    !!scored && told.leaf === scored.hash && hashOfText(canonical(report)) === scored.entry.report,
    at,
    "评审报告与公开记录里的校验值不一致。",
    "The report is not what the record has the hash of.",
  );
  if (!isRecorded || !scored) return;
  checkSeed({ seed: report.seed, commitment: held.prepared?.ties }, new Set([report.commitment]), check, `${at} seed`);
  check.expect(
    report.combining === held.prepared?.combining &&
      (!scheme ||
        (canonical(report.criteria) === canonical(scheme.criteria) &&
          canonical(report.ties) === canonical(scheme.ties))),
    at,
    "评分办法与开标以前固定的不同。",
    "It was scored by other rules than were fixed before the opening.",
  );
  for (const sheet of report.sheets)
    check.expect(
      sheetCommitment(report.tender, sheet) === held.committed.get(sheet.memberNo) &&
        held.nonces.get(sheet.memberNo) === sheet.nonce,
      `${at} member ${sheet.memberNo}`,
      "评分表不是公开以前承诺的那一份。",
      "The sheet is not the one committed to before any was shown.",
    );
  check.expect(report.sheets.length === held.nonces.size, at, "评分表有缺。", "A sheet is missing.");
  for (const { lotNo, bidderNo, criterion, points } of report.facts)
    check.expect(
      held.facts.get(`${lotNo} ${bidderNo} ${criterion}`) === points,
      `${at} lot ${lotNo} bidder ${bidderNo} ${criterion}`,
      "客观分与公开记录不同。",
      "A fact's points are not the record's.",
    );
  for (const lot of report.lots) checkLot(report, lot, held, scored.entry, told, check, `${at} lot ${lot.lotNo}`);
}

/** @param {any} report @param {any} lot @param {Held} held @param {any} entry @param {any} told @param {Check} check @param {string} where */
function checkLot(report, lot, held, entry, told, check, where) {
  for (const bid of lot.bids) {
    const own = [...held.opened.values()].find((one) => one.lot === lot.lotNo && one.bidder === bid.bidderNo);
    check.expect(
      !!own &&
        own.voidWhy === null &&
        own.code === bid.code &&
        own.total === bid.totalHundredths &&
        canonical(own.prices) === canonical(bid.prices),
      `${where} bidder ${bid.bidderNo}`,
      "评审用的报价不是开标时的报价。",
      "It was scored by other prices than were opened.",
    );
  }
  const own = rank(report, lot);
  const recorded = entry.lots.find((/** @type {any} */ one) => one.lot === lot.lotNo);
  const shown = told.results?.find((/** @type {any} */ one) => one.lotNo === lot.lotNo);
  const ranked = shown?.ranked.map((/** @type {any} */ one) => ({ bidder: one.bidderNo, total: one.total }));
  check.expect(
    own !== null && canonical(own) === canonical(recorded?.ranked ?? []) && canonical(own) === canonical(ranked ?? []),
    where,
    `重算的名次和得分：${JSON.stringify(own)}；公布的：${JSON.stringify(ranked)}。`,
    `Ranks and totals computed: ${JSON.stringify(own)}; published: ${JSON.stringify(ranked)}.`,
  );
  const candidates = (own ?? []).slice(0, report.candidatesMost).map(({ bidder }) => bidder);
  check.expect(
    String(candidates) === String(recorded?.candidates),
    where,
    "候选人不是名次靠前的几家。",
    "The candidates are not the first by rank.",
  );
  const asked = held.choices.get(lot.lotNo) ?? [];
  check.expect(
    asked.every((bidder) => own?.some((one) => one.bidder === bidder)),
    where,
    "请业主选的单位里有没参加评审的。",
    "The owners were asked about somebody who was not scored.",
  );
  for (const award of held.awards.filter((one) => one.lot === lot.lotNo))
    check.expect(
      lot.bids.some(
        (/** @type {any} */ bid) => bid.bidderNo === award.bidder && bid.totalHundredths === award.totalHundredths,
      ),
      where,
      "定标的价格不是开标时的。",
      "The award is at another price than was opened.",
    );
}

/**
 * Every award follows the owners' published count, in which this bidder alone carried: from entries alone.
 * @param {string} id @param {Held} held @param {ReadonlyMap<string, any>} published entries of publications by the count they publish @param {Check} check
 */
function checkAwards(id, { settled, awards }, published, check) {
  for (const { lot, item, count, verdict, bidder, asked } of settled) {
    const carried = published.get(count)?.items?.find((/** @type {any} */ one) => one.item === item)?.carried ?? [];
    const chosen = carried.length === 1 ? asked[carried[0] - 1] : undefined;
    check.expect(
      verdict === "chosen" ? chosen === bidder : chosen === undefined,
      `tender ${id} lot ${lot}`,
      `公布的表决里过半数的是 ${chosen ?? "无"}，记录写的是 ${verdict} ${bidder ?? ""}。`,
      `In the published count ${chosen ?? "nobody"} carried; the record says ${verdict} ${bidder ?? ""}.`,
    );
  }
  for (const { lot, bidder, meeting } of awards)
    check.expect(
      settled.some(
        (one) => one.lot === lot && one.bidder === bidder && one.meeting === meeting && one.verdict === "chosen",
      ),
      `tender ${id} lot ${lot}`,
      "定标没有业主表决的依据。",
      "The award rests on no decision of the owners.",
    );
}

/** @returns {Subject} */
export function tenders() {
  /** @type {Map<string, Held>} */
  const all = new Map();
  /** @type {Map<string, any>} */
  const published = new Map();
  return {
    see(entry, place) {
      if (entry.type === "meeting.published") published.set(String(entry.counted), entry);
      see(all, entry, place);
    },
    async check({ source, report }) {
      const panel = report.begin("panels", "评审专家：由种子重抽", "Panels of experts, drawn again from the seed");
      for (const [id, held] of all) checkPanel(id, held, panel);
      const bids = report.begin(
        "bids",
        "开标：每份投标重新打开，与密封时的承诺一致",
        "Openings: every bid opened again, as it was sealed",
      );
      const ranks = report.begin(
        "ranks",
        "评审和定标：由报告重算得分和名次，定标依据业主表决",
        "Totals and ranks again from the report; awards by the owners' count",
      );
      for (const [id, held] of all) checkAwards(id, held, published, ranks);
      const shown = new Set();
      // A community numbers its tenders from one as they are drafted.
      for (let number = 1; number <= all.size; number += 1) {
        const base = `/c/${source.slug}/tenders/${number}`;
        const opening = await readJson(source, `${base}/opening.json`);
        const held = all.get(opening?.tender);
        if (!opening || !held) continue;
        shown.add(opening.tender);
        const scheme = checkOpening(opening, held, bids, `tenders/${number}`);
        if (!held.scored) continue;
        const told = await readJson(source, `${base}/report.json`);
        if (ranks.expect(told !== null, `tenders/${number}`, "评审报告读不到。", "The report cannot be read."))
          checkReport(told, held, scheme, ranks, `tenders/${number}`);
      }
      for (const [id, { opened }] of all)
        if (opened.size > 0)
          bids.expect(
            shown.has(id),
            `tender ${id}`,
            "开过标的选聘没有公布。",
            "A tender that was opened is not published.",
          );
      if (shown.size > 0)
        bids.cannot(
          "投标文件（不含报价）由评审组查看，不公开，这里只核对报价。",
          "Bidders' documents are for those who examine them; only prices are opened here.",
        );
    },
  };
}
