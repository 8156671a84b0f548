/** The contracts that follow an award, and how the service is watched: sheets of inspection, the owners' ratings, requests, the report of a quarter. */
import { headsOn } from "../../community/browse/actions.ts";
import { addDays, addMonths, type Day, daysBetween, startOf } from "../../kernel/day.ts";
import type { StaffScene } from "../../platform/scene.ts";
import { draftContract, fileContract, signContract } from "../../tenders/contracts/actions.ts";
import type { ContractTerms } from "../../tenders/contracts/rules.ts";
import { type AwardRow, listAwards } from "../../tenders/deciding/store.ts";
import { readTender } from "../../tenders/scheme/actions.ts";
import type { Lot } from "../../tenders/scheme/rules.ts";
import { inspect } from "../../tenders/service/inspections/actions.ts";
import { rateService } from "../../tenders/service/ratings/actions.ts";
import { publishReport } from "../../tenders/service/reports/actions.ts";
import { enterRequest, stepRequest } from "../../tenders/service/requests/actions.ts";
import { COMMON_GROUND, servicePeriodOf, spanOfPeriod } from "../../tenders/service/rules.ts";
import { demoRows } from "../roll.ts";
import { as, at, DEMO_SLUG, dayAt, HOUR_MS, must, ownerOf, type Seeding, scan, sceneAt, the } from "../seeding.ts";

/** Paid by the quarter, the last instalment with what division leaves. */
function planOf(priceFen: number, fromOn: Day, months: number): ContractTerms["plan"] {
  const quarters = months / 3;
  const each = Math.floor(priceFen / quarters);
  return Array.from({ length: quarters }, (_, nth) => ({
    dueOn: addMonths(fromOn, (nth + 1) * 3),
    amountFen: nth === quarters - 1 ? priceFen - each * (quarters - 1) : each,
    condition: "上一季度评价公布后",
  }));
}

function termsOf(lot: Lot, award: AwardRow): ContractTerms {
  const prices = JSON.parse(award.prices) as Readonly<Record<string, number>>;
  const lines = lot.prices.map(({ key, label, unit, quantityHundredths }) => ({
    lotNo: lot.lotNo,
    key,
    label,
    unit,
    quantityHundredths,
    unitFen: prices[key]!,
  }));
  const priceFen = Math.floor(
    lines.reduce((sum, { quantityHundredths, unitFen }) => sum + quantityHundredths * unitFen, 0) / 100,
  );
  return {
    title: `${lot.title}合同`,
    client: "金桂苑业主委员会",
    provider: { name: award.name, code: award.code },
    lots: [{ lotNo: lot.lotNo, title: lot.title, service: lot.service, scope: lot.scope }],
    parts: [lot.service],
    subcontractable: [],
    buildings: [],
    lines,
    priceFen,
    plan: planOf(priceFen, lot.from, lot.months),
    quality: lot.quality,
    fromOn: lot.from,
    toOn: addDays(addMonths(lot.from, lot.months), -1),
    bondFen: lot.bondFen,
    noticeDays: 60,
    handover: [{ kind: "premises", what: "工具间一间" }],
    deduction: { belowPoints: 85, perPointBasisPoints: 100, mostBasisPoints: 2_000 },
  };
}

/** A contract for each award, drafted by the secretary, signed by the chair, filed with the street; their ids. */
export async function contracted(seeding: Seeding, day: number, tenderId: string): Promise<readonly string[]> {
  const secretary = await as(await sceneAt(seeding, DEMO_SLUG, at(seeding, day, 10)), "secretary");
  const chair = await as(await sceneAt(seeding, DEMO_SLUG, at(seeding, day + 1, 10)), "committee_chair");
  const filing = await as(await sceneAt(seeding, DEMO_SLUG, at(seeding, day + 6, 10)), "secretary");
  const { row, scheme } = the(await readTender(secretary, tenderId), "tender");
  const [awards] = await secretary.db.read(listAwards(secretary, tenderId));
  const ids: string[] = [];
  for (const award of awards) {
    const lot = the(
      scheme.lots.find(({ lotNo }) => lotNo === award.lotNo),
      "lot",
    );
    const asked = { terms: termsOf(lot, award), basis: { kind: "award" as const, tender: row.number } };
    const drafted = await draftContract(secretary, asked, scan(`${lot.title}合同.pdf`), `demo-contract-${lot.lotNo}`);
    const { contractId } = must(drafted, "a contract");
    must(await signContract(chair, contractId, dayAt(seeding, day + 1)), "its signature");
    const filed = { filedOn: dayAt(seeding, day + 6), words: "璧山区住房城乡建设委" };
    must(await fileContract(filing, contractId, filed), "its filing");
    ids.push(contractId);
  }
  return ids;
}

/** The quarter whose ratings were closed before today, newest first. */
function ratedQuarter(today: Day): { readonly code: string; readonly toOn: Day } {
  let period = servicePeriodOf(addDays(today, -110), "quarter");
  const later = servicePeriodOf(addDays(spanOfPeriod(period).toOn, 1), "quarter");
  if (addDays(spanOfPeriod(later).toOn, 17) < today) period = later;
  return { code: period, toOn: spanOfPeriod(period).toOn };
}

const RATERS = 36;
const NOT_FOR_THE_HOME: ReadonlySet<string> = new Set(["another_chosen", "nobody_chosen", "owner_without_head"]);

/** Owners rate in the last days of the quarter: one a household, each a little different. */
async function rated(seeding: Seeding, contractId: string, toOn: Day, clauses: number): Promise<void> {
  const scene = await sceneAt(seeding, DEMO_SLUG, startOf(toOn) + 20 * HOUR_MS);
  const { heads } = await headsOn(scene, toOn);
  for (const [nth, row] of demoRows()
    .slice(10, 10 + RATERS)
    .entries()) {
    const owner = await ownerOf(scene, row, heads);
    const scores = Array.from({ length: clauses }, (_, at) =>
      (nth + at) % 7 === 0 ? 3 : (nth + at) % 3 === 0 ? 4 : 5,
    );
    const rating = await rateService(scene, owner, contractId, {
      scores,
      words: nth % 12 === 0 ? "楼道比以前干净" : "",
    });
    // Who may not act alone for a home rates through somebody else.
    if (!rating.ok && !NOT_FOR_THE_HOME.has(rating.error.reason)) must(rating, "a rating");
  }
}

/** One month's sheet of the common ground. */
async function inspected(member: StaffScene, contractId: string, on: Day, clauses: readonly string[]): Promise<void> {
  const items = clauses.map((clause, at) =>
    at === 1 && on.endsWith("5")
      ? { clause, result: "partly" as const, note: "东侧通道有落叶，当天补扫" }
      : { clause, result: "met" as const, note: "" },
  );
  const asked = { inspectedOn: on, building: COMMON_GROUND, items, corrects: null, why: "" };
  must(await inspect(member, contractId, asked, [], `demo-inspect-${contractId.slice(0, 12)}-${on}`), "an inspection");
}

/** A quarter of watching one contract, and its report. */
export async function watched(seeding: Seeding, contractId: string, lot: Lot): Promise<void> {
  const quarter = ratedQuarter(seeding.today);
  // On some days of the year the last quarter that can be reported ended before the service began.
  if (addDays(lot.from, 20) > quarter.toOn) return;
  const clauses = lot.quality.map(({ clause }) => clause);
  for (const back of [40, 10]) {
    const on = addDays(quarter.toOn, -back);
    if (on <= lot.from) continue;
    const scene = { ...(await sceneAt(seeding, DEMO_SLUG, startOf(on) + 16 * HOUR_MS)) };
    await inspected(await as(scene, "supervisor"), contractId, on, clauses);
  }
  const reportedOn = addDays(quarter.toOn, -12);
  const asking = await as(await sceneAt(seeding, DEMO_SLUG, startOf(reportedOn) + 9 * HOUR_MS), "secretary");
  const what = { kind: "repair" as const, what: `${lot.title}：2栋门前需要处理`, place: "2栋", reportedOn };
  must(await enterRequest(asking, contractId, what, `demo-request-${contractId.slice(0, 12)}`), "a request");
  for (const [step, after] of [
    ["answered", 0],
    ["done", 1],
  ] as const) {
    const onDay = addDays(reportedOn, after);
    const told = await as(await sceneAt(seeding, DEMO_SLUG, startOf(onDay) + 18 * HOUR_MS), "secretary");
    const words = step === "answered" ? "已安排当天处理" : "已完成，业主确认";
    must(await stepRequest(told, contractId, { requestNo: 1, step, onDay, words }), "its course");
  }
  await rated(seeding, contractId, quarter.toOn, clauses.length);
  const reporting = at(seeding, -daysBetween(quarter.toOn, seeding.today) + 17, 10);
  const chair = await as(await sceneAt(seeding, DEMO_SLUG, reporting), "committee_chair");
  must(await publishReport(chair, contractId, quarter.code), "a report of the service");
}
