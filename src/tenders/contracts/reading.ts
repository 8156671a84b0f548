/** What is typed for a contract, read line by line: one payment, price, clause or thing a line, its parts between bars. Reads; what it means is for the rules. */
import { formatYuan, parseYuan, plainYuan } from "../../kernel/money.ts";
import { examineCreditCode } from "../../kernel/uscc.ts";
import { type FormBody, one, several } from "../../platform/form-body.ts";
import { SERVICES, type Service } from "../scheme/rules.ts";
import type { ContractTerms, TakeoverKind } from "./rules.ts";

/** Rows of a text: parts between `|`, full-width or not; empty lines are none. */
export const rowsOf = (text: string): string[][] =>
  text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "")
    .map((line) =>
      line
        .replaceAll("｜", "|")
        .split("|")
        .map((part) => part.trim()),
    );
/** Yuan as fen; what cannot be read is less than nothing, for the rules to refuse. */
export const fenOf = (text: string): number => {
  const read = parseYuan(text);
  return read.ok ? read.value : -1;
};
const wholeOf = (text: string, fallback: number): number => (/^\d{1,5}$/.test(text) ? Number(text) : fallback);
export const dayText = (text: string): string => text.normalize("NFKC").trim().replaceAll("/", "-");

/** What the form of a contract holds, as it was typed. */
export interface TypedTerms {
  readonly title: string;
  readonly client: string;
  readonly provider: string;
  readonly code: string;
  readonly service: string;
  readonly parts: readonly string[];
  readonly subcontractable: readonly string[];
  readonly scope: string;
  readonly buildings: readonly string[];
  readonly lines: string;
  readonly plan: string;
  readonly quality: string;
  readonly handover: string;
  readonly fromOn: string;
  readonly toOn: string;
  readonly bond: string;
  readonly noticeDays: string;
  readonly below: string;
  readonly perPoint: string;
  readonly most: string;
}
export const typedTerms = (body: FormBody): TypedTerms => {
  const text = (name: string) => one(body, name).trim();
  return {
    title: text("title"),
    client: text("client"),
    provider: text("provider"),
    code: examineCreditCode(text("code")).code,
    service: text("service"),
    parts: several(body, "parts"),
    subcontractable: several(body, "subcontractable"),
    scope: text("scope"),
    buildings: several(body, "buildings"),
    lines: one(body, "lines"),
    plan: one(body, "plan"),
    quality: one(body, "quality"),
    handover: one(body, "handover"),
    fromOn: dayText(text("fromOn")),
    toOn: dayText(text("toOn")),
    bond: text("bond"),
    noticeDays: text("noticeDays"),
    below: text("below"),
    perPoint: text("perPoint"),
    most: text("most"),
  };
};

const isService = (text: string): text is Service => (SERVICES as readonly string[]).includes(text);
const KINDS: Readonly<Record<string, TakeoverKind>> = {
  用房: "premises",
  设施: "facilities",
  资料: "records",
  款项: "deposits",
};
const KIND_TEXT: Readonly<Record<TakeoverKind, string>> = {
  premises: "用房",
  facilities: "设施",
  records: "资料",
  deposits: "款项",
};

type Line = ContractTerms["lines"][number];
/** `项目 | 单位 | 数量 | 单价`. A line of the same label keeps its key and lot, so that two editions can be compared. */
const linesOf = (text: string, before: readonly Line[]): Line[] =>
  rowsOf(text).map(([label = "", unit = "", quantity = "", price = ""], at) => {
    const same = before.find((line) => line.label === label);
    return {
      lotNo: same?.lotNo ?? 1,
      key: same?.key ?? `line_${at + 1}`,
      label,
      unit,
      quantityHundredths: Math.max(fenOf(quantity), 0),
      unitFen: Math.max(fenOf(price), 0),
    };
  });

const deductionOf = ({ below, perPoint, most }: TypedTerms): ContractTerms["deduction"] =>
  below === ""
    ? null
    : {
        belowPoints: Math.min(wholeOf(below, 0), 100),
        perPointBasisPoints: Math.min(Math.max(fenOf(perPoint), 0), 10_000),
        mostBasisPoints: Math.min(most === "" ? 10_000 : Math.max(fenOf(most), 0), 10_000),
      };

/** The terms as typed; `base` holds what this form does not ask (of an award: lots, prices and term), and lines to keep keys by. */
export function termsOfTyped(typed: TypedTerms, base: Partial<ContractTerms> = {}): ContractTerms {
  const service = isService(typed.service) ? typed.service : "other";
  const parts = service === "whole" ? typed.parts.filter(isService) : [service];
  const lines = base.lots && typed.lines === "" ? (base.lines ?? []) : linesOf(typed.lines, base.lines ?? []);
  const sum = lines.reduce((held, one) => held + BigInt(one.quantityHundredths) * BigInt(one.unitFen), 0n);
  return {
    title: typed.title,
    client: typed.client,
    provider: base.provider ?? { name: typed.provider, code: typed.code },
    lots: base.lots ?? [{ lotNo: 1, title: typed.title, service, scope: typed.scope }],
    parts: base.parts ?? parts,
    subcontractable: base.subcontractable ?? typed.subcontractable.filter(isService),
    buildings: [...typed.buildings],
    lines,
    priceFen: Number(sum / 100n),
    plan: rowsOf(typed.plan).map(([dueOn = "", amount = "", condition = ""]) => ({
      dueOn: dayText(dueOn),
      amountFen: fenOf(amount),
      condition,
    })),
    quality: rowsOf(typed.quality).map(([clause = "", measure = ""]) => ({ clause, measure })),
    fromOn: typed.fromOn,
    toOn: typed.toOn,
    bondFen: typed.bond === "" ? 0 : Math.max(fenOf(typed.bond), 0),
    noticeDays: wholeOf(typed.noticeDays, 60),
    handover: rowsOf(typed.handover).map(([kind = "", ...what]) => ({
      kind: KINDS[kind] ?? "records",
      what: KINDS[kind] ? what.join(" ") : [kind, ...what].join(" "),
    })),
    deduction: deductionOf(typed),
  };
}

/** Terms as the form shows them. */
export const typedOf = (terms: ContractTerms): TypedTerms => ({
  title: terms.title,
  client: terms.client,
  provider: terms.provider.name,
  code: terms.provider.code,
  service: terms.lots[0]?.service ?? "other",
  parts: terms.parts,
  subcontractable: terms.subcontractable,
  scope: terms.lots.map(({ scope }) => scope).join("\n"),
  buildings: terms.buildings,
  lines: terms.lines
    .map(({ label, unit, quantityHundredths, unitFen }) =>
      [label, unit, plainYuan(quantityHundredths), plainYuan(unitFen)].join(" | "),
    )
    .join("\n"),
  plan: terms.plan
    .map(({ dueOn, amountFen, condition }) => [dueOn, plainYuan(amountFen), condition].join(" | "))
    .join("\n"),
  quality: terms.quality.map(({ clause, measure }) => `${clause} | ${measure}`).join("\n"),
  handover: terms.handover.map(({ kind, what }) => `${KIND_TEXT[kind]} | ${what}`).join("\n"),
  fromOn: terms.fromOn,
  toOn: terms.toOn,
  bond: terms.bondFen === 0 ? "" : plainYuan(terms.bondFen),
  noticeDays: String(terms.noticeDays),
  below: terms.deduction ? String(terms.deduction.belowPoints) : "",
  perPoint: terms.deduction ? formatYuan(terms.deduction.perPointBasisPoints) : "",
  most: terms.deduction ? formatYuan(terms.deduction.mostBasisPoints) : "",
});
export const NOTHING_TYPED: TypedTerms = {
  title: "",
  client: "",
  provider: "",
  code: "",
  service: "cleaning",
  parts: [],
  subcontractable: [],
  scope: "",
  buildings: [],
  lines: "",
  plan: "",
  quality: "",
  handover: "",
  fromOn: "",
  toOn: "",
  bond: "",
  noticeDays: "60",
  below: "",
  perPoint: "",
  most: "",
};
