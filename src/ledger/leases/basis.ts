/** What a lease rests on: an owners' decision of matter 8 that was published as carried, or a dated document from before. Pure. */
import { type Day, isDay } from "../../kernel/day.ts";
import { err, ok, type Result } from "../../kernel/result.ts";

/** Using common parts for business is decided by the owners (CC 278①(8), three quarters; R2; REG 54). */
export const BUSINESS_MATTER = 8;
export const LONGEST_DOCUMENT = 100;

export type Basis =
  | { readonly kind: "decision"; readonly meetingId: string; readonly meeting: number; readonly item: number }
  | {
      readonly kind: "earlier";
      readonly title: string;
      readonly on: Day;
      readonly fileId: string;
      readonly sha256: string;
    };

/** A decision as the assembly tells it; null where there is no such meeting. */
export interface DecisionFacts {
  readonly meetingId: string;
  readonly state: string;
  /** The matter of the item; null where the meeting has no such item. */
  readonly matter: number | null;
  /** What the last published count said; null while nothing is published. */
  readonly outcome: string | null;
}

export type BasisRefusal =
  | { readonly reason: "basis_missing" }
  | { readonly reason: "decision_unknown" }
  | { readonly reason: "decision_not_published" }
  | { readonly reason: "decision_of_another_matter"; readonly matter: number }
  | { readonly reason: "decision_lost" }
  | { readonly reason: "document_untitled" }
  | { readonly reason: "document_day" }
  /** A document dated after the lease begins is no ground it began on. */
  | { readonly reason: "document_too_late"; readonly fromOn: Day }
  | { readonly reason: "document_without_file" };

/** Whether the owners decided it: published, of matter 8, carried, and not annulled since (CC 278; R2). */
export function restsOnDecision(facts: DecisionFacts | null): Result<"carried", BasisRefusal> {
  if (!facts || facts.matter === null) return err({ reason: "decision_unknown" });
  if ((facts.state !== "published" && facts.state !== "final") || facts.outcome === null)
    return err({ reason: "decision_not_published" });
  if (facts.matter !== BUSINESS_MATTER) return err({ reason: "decision_of_another_matter", matter: facts.matter });
  return facts.outcome === "carried" ? ok("carried") : err({ reason: "decision_lost" });
}

/** Whether an earlier document will do: titled, dated, not after the lease began, with its file. */
export function restsOnDocument(
  document: { readonly title: string; readonly on: string; readonly hasFile: boolean },
  fromOn: Day,
): Result<"earlier", BasisRefusal> {
  if (document.title.trim() === "" || document.title.length > LONGEST_DOCUMENT)
    return err({ reason: "document_untitled" });
  if (!isDay(document.on)) return err({ reason: "document_day" });
  if (document.on > fromOn) return err({ reason: "document_too_late", fromOn });
  return document.hasFile ? ok("earlier") : err({ reason: "document_without_file" });
}

/** As it stands on a voucher and in lists. */
export const sayBasis = (basis: Basis): string =>
  basis.kind === "decision" ? `第${basis.meeting}次会议 议题${basis.item}` : `${basis.title}（${basis.on}）`;
