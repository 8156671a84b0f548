/** What a lot puts on the owners' ballot: the candidates, what each offers, and the item a meeting votes on. Reads nothing. */
import { type Item, type ItemOrigin, LONGEST_LABEL, LONGEST_TITLE } from "../../assembly/agenda/rules.ts";
import { canonicalHash } from "../../record/canonical.ts";
import { sayTotal } from "../opening/opened.ts";
import type { Lot } from "../scheme/rules.ts";
import type { Report } from "../scoring/result/report.ts";
import type { LotResult } from "../scoring/result/rules.ts";
import { formatPoints } from "../scoring/sheets/rules.ts";
import type { TenderRow } from "../store.ts";
import { type BallotOrder, ballotOrder, ballotPurpose, type Choice, questionOfChoices } from "./rules.ts";

/** The kind of origin of a tender's items. */
export const TENDER_ORIGIN = "tender";
export const originOf = (tenderId: string, lotNo: number, turn: number): Pick<ItemOrigin, "kind" | "id"> => ({
  kind: TENDER_ORIGIN,
  id: `${tenderId}:${lotNo}:${turn}`,
});
export function readOrigin(
  id: string,
): { readonly tenderId: string; readonly lotNo: number; readonly turn: number } | null {
  const [tenderId, lotNo, turn] = id.split(":");
  return tenderId && lotNo && turn ? { tenderId, lotNo: Number(lotNo), turn: Number(turn) } : null;
}

export const readChoices = (row: { readonly options: string }): readonly Choice[] =>
  JSON.parse(row.options) as readonly Choice[];

export const choicesHash = (choices: readonly Choice[]): string => canonicalHash(choices);

export interface LotOnPaper {
  readonly tender: Pick<TenderRow, "tenderId" | "number" | "title">;
  readonly lot: Lot;
  readonly turn: number;
  readonly report: Report;
  readonly result: LotResult;
  readonly order: BallotOrder;
  /** Bidders' ids by number. */
  readonly idOf: (bidderNo: number) => string;
}

/** The candidates as the ballot names them. Two of one name are told apart by their numbers. */
export function choicesOf({ tender, lot, report, result, order, idOf }: LotOnPaper): Choice[] {
  const bids = report.lots.find(({ lotNo }) => lotNo === lot.lotNo)?.bids ?? [];
  const nameOf = (bidderNo: number): string => bids.find((one) => one.bidderNo === bidderNo)?.name ?? "";
  const drawn = ballotOrder(result.candidates, order, {
    seed: report.seed,
    purpose: ballotPurpose(tender.tenderId, lot.lotNo),
  });
  const isShared = (name: string): boolean => drawn.filter((one) => nameOf(one) === name).length > 1;
  return drawn.map((bidderNo, at) => {
    const name = nameOf(bidderNo);
    const label = isShared(name) ? `${name}（投标人编号${bidderNo}）` : name;
    return { optionNo: at + 1, bidderNo, bidderId: idOf(bidderNo), label: label.slice(0, LONGEST_LABEL) };
  });
}

/** The item (matter 4), the same lines for every candidate. What must not differ from what was published stands in its origin. */
export function itemOfLot(
  paper: LotOnPaper,
  choices: readonly Choice[],
): Omit<Item, "itemNo"> & { readonly origin: ItemOrigin } {
  const { tender, lot, turn } = paper;
  const [only] = choices;
  const title =
    choices.length === 1
      ? `${tender.title}：是否由${only!.label}承担${lot.title}`
      : `${tender.title}：${lot.title}由谁承担`;
  return {
    matter: 4,
    title: title.slice(0, LONGEST_TITLE),
    text: textOf(paper, choices),
    scope: { kind: "estate" },
    question: questionOfChoices(choices),
    attachments: [],
    origin: {
      ...originOf(tender.tenderId, lot.lotNo, turn),
      facts: {
        tender: tender.number,
        lot: lot.lotNo,
        turn,
        candidatesHash: choicesHash(choices),
        schemeHash: paper.report.schemeHash,
        ...Object.fromEntries(choices.map(({ optionNo, bidderNo }) => [`candidate${optionNo}`, bidderNo])),
      },
    },
  };
}

function textOf({ lot, report, result, order }: LotOnPaper, choices: readonly Choice[]): string {
  const bids = report.lots.find(({ lotNo }) => lotNo === lot.lotNo)?.bids ?? [];
  const lines = choices.map(({ optionNo, bidderNo, label }) => {
    const bid = bids.find((one) => one.bidderNo === bidderNo);
    const ranked = result.ranked.find((one) => one.bidderNo === bidderNo);
    return `${optionNo}. ${label}：服务期内报价合计${sayTotal(bid?.totalHundredths ?? 0)}元；评审总分${formatPoints(ranked?.total ?? 0)}，第${ranked?.rank ?? 0}名。`;
  });
  const ordering = order === "drawn" ? "次序由事先封存的种子抽签产生。" : "次序按评审名次。";
  return [
    `服务范围：${lot.scope}`,
    `服务期：${lot.from}起${lot.months}个月。`,
    `评审组评出中标候选人${choices.length}家。${choices.length > 1 ? ordering : ""}每家的报价、得分和理由都在选聘页面公开。`,
    ...lines,
    choices.length > 1
      ? "请选一家，也可以选“以上都不同意”或者弃权。某一家同时得到参与表决的业主人数过半数和参与表决的专有部分面积过半数的，由它承担（《民法典》第二百七十八条第一款第四项）；都没有过半数的，这个标段没有结果，可以重新选聘。"
      : "同意的业主人数和专有部分面积都超过参与表决的一半的，由它承担（《民法典》第二百七十八条第一款第四项）；否则这个标段没有结果，可以重新选聘。",
  ].join("\n");
}
