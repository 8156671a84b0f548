/** A tender's papers: public at once, or withheld for a stated reason until a day that is stated too. Pure. */
import { type Day, isDay } from "../../kernel/day.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { TenderState } from "../rules.ts";

export const DOCUMENT_KINDS = [
  "notice",
  "requirements",
  "contract_draft",
  "site",
  "form",
  "clarification",
  "other",
] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];
export const isDocumentKind = (text: string): text is DocumentKind =>
  (DOCUMENT_KINDS as readonly string[]).includes(text);

export const LONGEST_TITLE = 80;
export const LONGEST_REASON = 300;

export interface DocumentAsked {
  readonly kind: string;
  readonly title: string;
  /** Empty: public at once. */
  readonly withheldWhy: string;
  /** The day from whose beginning everybody reads it; empty where it is public at once. */
  readonly releasedOn: string;
}

export type DocumentRefusal =
  | { readonly reason: "missing"; readonly field: "kind" | "title" | "withheldWhy" | "releasedOn" | "file" }
  | { readonly reason: "too_long"; readonly field: "title" | "withheldWhy"; readonly most: number }
  | { readonly reason: "not_a_day"; readonly field: "releasedOn" }
  | { readonly reason: "released_already"; readonly today: Day }
  | { readonly reason: "tender_ended"; readonly state: TenderState };

/** Whether a paper may be added so: one withheld says why and names a day to come, for ever is not a day. */
export function checkDocument(
  asked: DocumentAsked,
  state: TenderState,
  today: Day,
): Result<
  { readonly kind: DocumentKind; readonly title: string; readonly withheldWhy: string; readonly releasedOn: Day | "" },
  DocumentRefusal
> {
  if (state === "failed" || state === "cancelled") return err({ reason: "tender_ended", state });
  if (!isDocumentKind(asked.kind)) return err({ reason: "missing", field: "kind" });
  const [title, withheldWhy, releasedOn] = [asked.title.trim(), asked.withheldWhy.trim(), asked.releasedOn.trim()];
  if (title === "") return err({ reason: "missing", field: "title" });
  if ([...title].length > LONGEST_TITLE) return err({ reason: "too_long", field: "title", most: LONGEST_TITLE });
  if ([...withheldWhy].length > LONGEST_REASON)
    return err({ reason: "too_long", field: "withheldWhy", most: LONGEST_REASON });
  if (withheldWhy === "" && releasedOn === "") return ok({ kind: asked.kind, title, withheldWhy, releasedOn: "" });
  if (withheldWhy === "") return err({ reason: "missing", field: "withheldWhy" });
  if (releasedOn === "") return err({ reason: "missing", field: "releasedOn" });
  if (!isDay(releasedOn)) return err({ reason: "not_a_day", field: "releasedOn" });
  return releasedOn <= today
    ? err({ reason: "released_already", today })
    : ok({ kind: asked.kind, title, withheldWhy, releasedOn });
}

/** Whether everybody may read a paper on a day: public from the first, or from the beginning of its day on. Asked at every reading; nobody has to release it. */
export const isReleased = ({ releasedOn }: { readonly releasedOn: Day | "" }, today: Day): boolean =>
  releasedOn === "" || releasedOn <= today;
