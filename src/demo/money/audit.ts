/** Last year's books of 金桂苑 audited: engaged by the committee, drawn, ticked, one finding answered, and an opinion published. */
import { openAudit, publishOpinion, viewAudit } from "../../ledger/audit/actions.ts";
import { conclude, recordFinding, respond, sendFindings, tickItem } from "../../ledger/audit/fieldwork/actions.ts";
import { POINTS, type Tick } from "../../ledger/audit/fieldwork/rules.ts";
import { drawNext, freezePopulation } from "../../ledger/audit/sampling/actions.ts";
import { listBooks } from "../../ledger/books/store.ts";
import { AUDITOR } from "../people.ts";
import { asNamed, dayAt, at as hourOf, must, type Seeding, type Step, scan } from "../seeding.ts";
import { here, presiding } from "./calendar.ts";

/** Days of the audit, counted from today; all within the auditor's dated access. */
const DAYS = {
  engaged: -38,
  drawn: -36,
  ticked: -34,
  sent: -31,
  answered: -27,
  concluded: -24,
  published: -21,
} as const;

/** Fen at even distances; a second sample at random beside them. */
const BY_AMOUNT = 12;
const AT_RANDOM = 5;
const WITHOUT_MONTH = 2;

const ticksOf = (itemNo: number): Tick[] =>
  POINTS.map((point): Tick => {
    if (point === "decision") return { point, result: "not_applicable", note: "" };
    if (point === "period" && itemNo === WITHOUT_MONTH)
      return { point, result: "exception", note: "收据没有写是哪个月的，从合同推算" };
    return { point, result: "agrees", note: "" };
  });

/** The last calendar year whose December is closed, from the first month the book was kept. */
async function yearToAudit(seeding: Seeding): Promise<{ readonly fromOn: string; readonly toOn: string } | null> {
  const scene = await here(seeding, hourOf(seeding, DAYS.drawn, 10));
  const [books] = await scene.db.read(listBooks(scene));
  const common = books.find(({ book }) => book === "common");
  const closed = common?.closedThrough ?? "";
  const year = closed.endsWith("-12") ? Number(closed.slice(0, 4)) : Number(closed.slice(0, 4)) - 1;
  if (!common || closed === "" || common.fromPeriod > `${year}-12`) return null;
  const first = `${common.fromPeriod}-01`;
  return { fromOn: first > `${year}-01-01` ? first : `${year}-01-01`, toOn: `${year}-12-31` };
}

async function auditLastYear(seeding: Seeding): Promise<string> {
  const span = await yearToAudit(seeding);
  if (!span) return "";
  const year = span.toOn.slice(0, 4);
  const auditor = async (day: number) => asNamed(await here(seeding, hourOf(seeding, day, 10)), AUDITOR.name);
  const chair = async (day: number) => presiding(await here(seeding, hourOf(seeding, day, 15)));
  const { actor } = await auditor(DAYS.engaged);
  const asked = {
    commission: "committee",
    basis: `业委会决议：委托审计${year}年公共收益`,
    meeting: "",
    item: "",
    books: ["common"],
    ...span,
    firm: "重庆明鉴会计师事务所（普通合伙）",
    creditCode: "91440101MA5CJQ4N59",
    auditorPersonId: actor.personId,
    scope: `${year}年公共收益的全部收入、成本和使用，银行专户的余额，租约和停车收费的应收与实收。`,
    dueOn: dayAt(seeding, 10),
  };
  const { engagementId } = must(await openAudit(await chair(DAYS.engaged), asked, "demo-audit"), "the audit");
  const view = await viewAudit(await auditor(DAYS.drawn), engagementId);
  if (view?.opinion) return engagementId;
  must(await freezePopulation(await auditor(DAYS.drawn), engagementId), "its population");
  const vouchers = (await viewAudit(await auditor(DAYS.drawn), engagementId))!.population!.vouchers;
  const samples = [
    { method: "monetary_unit", size: Math.min(BY_AMOUNT, vouchers) },
    { method: "random", size: Math.min(AT_RANDOM, vouchers) },
  ] as const;
  for (const [at, one] of samples.entries())
    must(await drawNext(await auditor(DAYS.drawn), engagementId, at + 1, one), `sample ${at + 1}`);
  const { items } = (await viewAudit(await auditor(DAYS.ticked), engagementId))!;
  for (let itemNo = 1; itemNo <= items; itemNo += 1)
    must(await tickItem(await auditor(DAYS.ticked), engagementId, itemNo, ticksOf(itemNo)), `line ${itemNo}`);
  await hear(engagementId, auditor, chair);
  return engagementId;
}

type Acting = (day: number) => ReturnType<typeof asNamed>;
async function hear(engagementId: string, auditor: Acting, chair: Acting): Promise<void> {
  const finding = {
    severity: "minor",
    text: "抽到的一张凭证所附收据没有写明所属月份，要从合同推算才知道记在哪个月。",
    items: [WITHOUT_MONTH],
    amountFen: 0,
    recommendation: "收据写明所属月份；出纳收款时当面核对。",
    strikes: null,
  };
  must(await recordFinding(await auditor(DAYS.ticked), engagementId, finding, "demo-audit-finding"), "the finding");
  must(await sendFindings(await auditor(DAYS.sent), engagementId), "sending it");
  const answer = "已请承租方补写月份，出纳的收款单从本月起印有“所属月份”一栏。";
  must(await respond(await chair(DAYS.answered), engagementId, 1, answer), "the answer");
  const heard = { outcome: "remedied", words: "看过补写的收据和新的收款单。" };
  must(await conclude(await auditor(DAYS.concluded), engagementId, 1, heard), "the conclusion");
  const opinion = {
    opinion: "unqualified",
    words: "抽到的凭证与原件、银行流水和合同核对相符。公共收益的收支情况在所有重大方面公允反映。",
    report: scan("公共收益审计报告.pdf"),
  };
  must(await publishOpinion(await auditor(DAYS.published), engagementId, opinion), "the opinion");
}

export const auditStep: Step = {
  key: "audit",
  name: "上一年公共收益的审计 / last year's common revenue audited",
  run: auditLastYear,
};
