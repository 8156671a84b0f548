/** Handing over from one committee, or one member, to the next: what is on the list, who signs which side, and when it is late (GR 45, 48; M16). Pure. */
import type { Day } from "../../kernel/day.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Bilingual } from "../../platform/i18n.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });

/** What is handed over. Every list has at least one line of each kind that is required, be it "none". */
export const HANDOVER_KINDS = {
  records: say("档案资料", "Records"),
  seals: say("印章", "Seals"),
  money: say("资金和票据", "Money and vouchers"),
  accounts: say("账户、密码器和系统权限", "Accounts, tokens and access"),
  contracts: say("合同", "Contracts"),
  assets: say("公共财物和钥匙", "Common property and keys"),
  pending: say("未办结事项", "Unfinished matters"),
} as const;
export type HandoverKind = keyof typeof HANDOVER_KINDS;
export const isHandoverKind = (text: string): text is HandoverKind => Object.hasOwn(HANDOVER_KINDS, text);
/** GR 48 names records, seals and money; a whole committee's list is not complete without them. */
export const REQUIRED_KINDS: readonly HandoverKind[] = ["records", "seals", "money", "accounts", "contracts"];

export const SIDES = ["gives", "takes"] as const;
export type Side = (typeof SIDES)[number];

export const MOST_LINES = 200;
export const LONGEST_WHAT = 200;

/** One line of a list, and who has signed for it. */
export interface HandoverLine<K extends string = HandoverKind> {
  readonly lineNo: number;
  readonly kind: K;
  readonly what: string;
  /** Of money, in fen; null where nothing is counted in money. */
  readonly amountFen: number | null;
  readonly givenBy: string | null;
  readonly takenBy: string | null;
  /** Struck by a later line: a mistake is corrected by a new line, never edited. */
  readonly struckBy: number | null;
}

export type LineRefusal =
  | { readonly reason: "what_missing" }
  | { readonly reason: "what_too_long"; readonly most: number }
  | { readonly reason: "kind_unknown" }
  | { readonly reason: "amount_needed" }
  | { readonly reason: "amount_out_of_range" }
  | { readonly reason: "too_many_lines"; readonly most: number };

interface LineAs<K extends string> {
  readonly kind: K;
  readonly what: string;
  readonly amountFen: number | null;
}
/** Whether a line may be added; money has an amount, also when it is nought. */
export const checkLine = (asked: LineAs<string>, lines: number): Result<LineAs<HandoverKind>, LineRefusal> =>
  checkLineOf(asked, lines, isHandoverKind, "money");
/** The same for a list with kinds of its own, one of which is counted in money. */
export function checkLineOf<K extends string>(
  asked: LineAs<string>,
  lines: number,
  isKind: (kind: string) => kind is K,
  money: K,
): Result<LineAs<K>, LineRefusal> {
  const what = asked.what.trim();
  const { kind } = asked;
  if (!isKind(kind)) return err({ reason: "kind_unknown" });
  if (what === "") return err({ reason: "what_missing" });
  if (what.length > LONGEST_WHAT) return err({ reason: "what_too_long", most: LONGEST_WHAT });
  if (lines >= MOST_LINES) return err({ reason: "too_many_lines", most: MOST_LINES });
  if (kind === money && asked.amountFen === null) return err({ reason: "amount_needed" });
  if (asked.amountFen !== null && (!Number.isSafeInteger(asked.amountFen) || asked.amountFen < 0))
    return err({ reason: "amount_out_of_range" });
  return ok({ kind, what, amountFen: asked.amountFen });
}

export type HandoverState = "listing" | "complete" | "overdue";

const live = <K extends string>(lines: readonly HandoverLine<K>[]): HandoverLine<K>[] =>
  lines.filter(({ struckBy }) => struckBy === null);
const isSigned = ({ givenBy, takenBy }: HandoverLine<string>): boolean => givenBy !== null && takenBy !== null;

/** Kinds of a whole committee's list that have no line yet. */
export const missingKinds = <K extends string>(lines: readonly HandoverLine<K>[], required: readonly K[]): K[] =>
  required.filter((kind) => !live(lines).some((line) => line.kind === kind));

/** Complete when every required kind is there and both sides signed every line; overdue from the day after the due day. */
export function handoverState<K extends string>(
  lines: readonly HandoverLine<K>[],
  required: readonly K[],
  dueOn: Day,
  today: Day,
): HandoverState {
  const some = live(lines);
  if (some.length > 0 && missingKinds(lines, required).length === 0 && some.every(isSigned)) return "complete";
  return today > dueOn ? "overdue" : "listing";
}

export type SignRefusal =
  | { readonly reason: "unknown_line" }
  | { readonly reason: "struck_line"; readonly by: number }
  /** One person cannot stand on both sides. */
  | { readonly reason: "signs_both_sides" }
  | { readonly reason: "signed_already"; readonly by: string }
  /** Only those who leave give, and only those who sit take. */
  | { readonly reason: "not_your_side" };

/** Whether a person may sign a line on a side. `on` are the sides they stand on: those who left give, those who sit now take. */
export function maySign(
  line: HandoverLine<string> | undefined,
  side: Side,
  personId: string,
  on: readonly Side[],
): Result<true, SignRefusal> {
  if (!line) return err({ reason: "unknown_line" });
  if (line.struckBy !== null) return err({ reason: "struck_line", by: line.struckBy });
  const [own, other] = side === "gives" ? [line.givenBy, line.takenBy] : [line.takenBy, line.givenBy];
  if (own !== null) return own === personId ? ok(true) : err({ reason: "signed_already", by: own });
  if (other === personId) return err({ reason: "signs_both_sides" });
  return on.includes(side) ? ok(true) : err({ reason: "not_your_side" });
}
