/** Owners' meetings: what is published of each against the record. Turnout is added up from the ballots' entries; every inequality is computed again. */
import { hashOfText } from "./bytes.mjs";
import { checkCommitted, checkDeemed, checkItem } from "./results.mjs";
import { readJson, readPages } from "./source.mjs";
import { NOTHING, plus, readWeight, sameWeight, sayWeight } from "./tally.mjs";

/** @typedef {import("./tally.mjs").Weight} Weight */
/** @typedef {import("./report.mjs").Check} Check */
/** @typedef {import("./subjects.mjs").Subject} Subject */
/** @typedef {import("./log.mjs").Place} Place */

/**
 * What the record holds of one meeting.
 * @typedef {{ standing: Map<number, { hash: string, version: number }>, byItem: Map<number, Weight>, shut: boolean,
 *   late: string[], odd: string[], manifests: Set<string>, rolls: Map<string, any>, counts: Map<string, any>, published: Map<string, any> }} Held
 */

/** @returns {Held} */
const nothingHeld = () => ({
  standing: new Map(),
  byItem: new Map(),
  shut: false,
  late: [],
  odd: [],
  manifests: new Set(),
  rolls: new Map(),
  counts: new Map(),
  published: new Map(),
});

/**
 * Adds a ballot. Who replaces one has taken part already; one that replaces nothing must be the voter's first.
 * @param {Held} held @param {any} entry @param {Place} place
 */
function addBallot(held, entry, { seq, hash }) {
  const where = `#${seq}`;
  if (held.shut) held.late.push(where);
  const before = held.standing.get(entry.voter);
  held.standing.set(entry.voter, { hash, version: entry.version });
  if (before) {
    if (entry.replaces !== before.hash || entry.version !== before.version + 1) held.odd.push(where);
    return;
  }
  if (entry.version !== 1 || entry.replaces !== undefined) held.odd.push(where);
  for (const part of entry.items ?? []) {
    const weight = readWeight(part);
    if (weight?.owners !== 1n) held.odd.push(where);
    else held.byItem.set(part.item, plus(held.byItem.get(part.item) ?? NOTHING, weight));
  }
}

/** @param {Map<string, Held>} all @param {any} entry @param {Place} place */
function see(all, entry, place) {
  if (!/^(?:ballot\.cast|roll\.frozen|meeting\.[a-z_]+)$/.test(entry.type)) return;
  const id = String(entry.meeting);
  const held = all.get(id) ?? nothingHeld();
  all.set(id, held);
  if (entry.type === "ballot.cast") addBallot(held, entry, place);
  if (entry.type === "meeting.counting_began") held.shut = true;
  if (typeof entry.manifest === "string" && /notice_given|amended/.test(entry.type)) held.manifests.add(entry.manifest);
  if (entry.type === "roll.frozen") held.rolls.set(place.hash, entry);
  if (entry.type === "meeting.counted") held.counts.set(place.hash, entry);
  if (entry.type === "meeting.published") held.published.set(String(entry.counted), entry);
}

/** The frozen notice: its text must be what the record has the hash of. @param {any} meeting @param {Held} held @param {Check} check */
function frozen(meeting, held, check) {
  const text = String(meeting.manifest);
  const hash = hashOfText(text);
  const isWell = check.expect(
    hash === meeting.manifestHash && held.manifests.has(hash),
    `meetings/${meeting.number} manifest`,
    "公告的原文与公开记录里的校验值不一致。",
    "The text of the notice is not what the record has the hash of.",
  );
  return isWell ? JSON.parse(text) : null;
}

/**
 * Who may vote on each item, and the whole roll: as the notice says and the frozen roll's entry has it.
 * @param {any} meeting @param {any} notice @param {Held} held @param {Check} check
 */
function checkRoll(meeting, notice, held, check) {
  const where = `meetings/${meeting.number} roll`;
  const entry = held.rolls.get(meeting.roll?.leaf);
  const [total, frozenRoll] = [readWeight(meeting.roll?.total), entry && readWeight(entry)];
  check.expect(
    !!frozenRoll && sameWeight(total, frozenRoll) && meeting.roll.root === entry.root,
    where,
    "公布的名册（总人数、总面积、校验值）与公开记录里冻结的不一样。",
    "The roll published (owners, area, root) is not the one frozen in the record.",
  );
  check.expect(
    !!frozenRoll && sameWeight(readWeight(notice.roll), frozenRoll) && notice.roll.root === entry.root,
    where,
    "公告依据的名册与公开记录里冻结的不一样。",
    "The roll of the notice is not the one frozen in the record.",
  );
  for (const [at, item] of (meeting.items ?? []).entries())
    check.expect(
      sameWeight(readWeight(item.eligible), readWeight(notice.eligible?.[at])),
      `meetings/${meeting.number} item ${item.itemNo}`,
      "有权表决的人数或面积与公告不同。",
      "Who may vote is not what the notice says.",
    );
}

/**
 * Turnout of each item, from the ballots' entries. While voting goes on there may be more ballots in the record than when the page was read.
 * @param {any} meeting @param {Held} held @param {Check} check
 */
function checkTurnout(meeting, held, check) {
  for (const item of meeting.items ?? []) {
    if (!item.turnout) continue;
    const told = readWeight(item.turnout.participated);
    const own = held.byItem.get(item.itemNo) ?? NOTHING;
    const isOpen = meeting.state === "open" && told !== null && told.owners <= own.owners && told.area <= own.area;
    check.expect(
      sameWeight(told, own) || isOpen,
      `meetings/${meeting.number} item ${item.itemNo}`,
      `公布的参与 ${sayWeight(told)}，由记录里的表决票加总是 ${sayWeight(own)}。`,
      `Published turnout ${sayWeight(told)}; the ballots of the record add up to ${sayWeight(own)}.`,
    );
  }
}

/** Every event of a page has its entry, of this meeting and of its kind. @param {any} meeting @param {import("./log.mjs").Log} log @param {Check} check */
function checkEvents(meeting, log, check) {
  for (const event of meeting.events ?? [])
    check.expect(
      log.find(event.leaf)?.type === `meeting.${event.kind}`,
      `meetings/${meeting.number} event ${event.no}`,
      `“${event.title}”在公开记录里没有对应的条目。`,
      `“${event.kind}” has no entry in the record.`,
    );
}

/** @returns {Subject} */
export function meetings() {
  /** @type {Map<string, Held>} */
  const all = new Map();
  return {
    see: (entry, place) => see(all, entry, place),
    async check({ source, log, report }) {
      const pages = report.begin("meetings", "业主大会会议：公告、名册、经过", "Meetings: notice, roll, history");
      const turnout = report.begin(
        "turnout",
        "参与表决：由记录里的表决票加总",
        "Turnout, added up from the ballots of the record",
      );
      const tally = report.begin("tally", "计票结果：民法典第278条，人数和面积", "Results: art. 278 on both axes");
      turnout.cannot(
        "谁投了什么是密封的：每位业主用自己的回执核对自己的票；名册里有谁，在公示期内核对。",
        "Choices are sealed: each owner checks their own by the receipt. Who is on the roll is checked while it is on display.",
      );
      const base = `/api/communities/${source.slug}/meetings`;
      const told = new Set();
      for (const { number } of await readPages(source, base, "meetings")) {
        const meeting = await readJson(source, `${base}/${number}`);
        if (!meeting) continue;
        told.add(meeting.meetingId);
        const held = all.get(meeting.meetingId) ?? nothingHeld();
        checkEvents(meeting, log, pages);
        const notice = frozen(meeting, held, pages);
        if (notice) checkRoll(meeting, notice, held, pages);
        pages.expect(
          held.late.length === 0 && held.odd.length === 0,
          `meetings/${number} ${[...held.late, ...held.odd].slice(0, 5).join(" ")}`,
          "有表决票在封票以后写入，或一位业主有两张票。",
          "Ballots were entered after counting began, or a voter has two.",
        );
        checkTurnout(meeting, held, turnout);
        if (meeting.result === null) continue;
        const result = await readJson(source, `${base}/${number}/result`);
        if (!tally.expect(result !== null, `meetings/${number}`, "结果读不到。", "The result cannot be read."))
          continue;
        checkCommitted(result, held, tally);
        const items = new Map((notice?.items ?? []).map((/** @type {any} */ one) => [one.itemNo, one]));
        checkDeemed(result, items, tally);
        for (const item of result.items) {
          const own = notice?.items?.find((/** @type {any} */ one) => one.itemNo === item.itemNo);
          const where = `meetings/${number} item ${item.itemNo}`;
          const eligible = meeting.items?.find((/** @type {any} */ one) => one.itemNo === item.itemNo)?.eligible;
          tally.expect(
            sameWeight(readWeight(item.eligible), readWeight(eligible)),
            where,
            "结果里有权表决的人数或面积与公告不同。",
            "The result's electorate is not that of the notice.",
          );
          if (
            own &&
            tally.expect(own.matter === item.matter, where, "议题的事项与公告不同。", "Not the matter of the notice.")
          )
            checkItem(item, own.question, own.matter, tally, where);
          const weight = held.byItem.get(item.itemNo) ?? NOTHING;
          turnout.expect(
            sameWeight(weight, readWeight(item.participated)),
            where,
            `结果里的参与 ${sayWeight(readWeight(item.participated))}，由记录里的表决票加总是 ${sayWeight(weight)}。`,
            `The result says ${sayWeight(readWeight(item.participated))} took part; the ballots of the record add up to ${sayWeight(weight)}.`,
          );
        }
      }
      for (const [id, held] of all)
        if (held.manifests.size > 0)
          pages.expect(
            told.has(id),
            `meeting ${id}`,
            "公告过的会议没有公布。",
            "A meeting that had its notice is not published.",
          );
    },
  };
}
