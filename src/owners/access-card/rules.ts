/** Who gets a card of paper, how its code is read and shown. Pure; how often it may be tried is community/identity/tries. */
import { err, ok, type Result } from "../../kernel/result.ts";

/** Twelve characters without i, l, o, u: 60 bits, which nobody guesses through a form. */
export const CODE_LENGTH = 12;

/** The code as it is typed from paper: any case, full-width, with spaces or hyphens, o for 0 and i or l for 1. Null where it is none. */
export function readCardCode(typed: string): string | null {
  const plain = typed
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s\-‐–—_]/g, "")
    .replaceAll("o", "0")
    .replace(/[il]/g, "1");
  return /^[0-9a-hjkmnp-tv-z]{12}$/.test(plain) ? plain : null;
}

/** As it is printed: 7K3F-9X2M-PQ4D. */
export const showCardCode = (code: string): string => code.toUpperCase().replace(/(.{4})(?=.)/g, "$1-");

/** What the roll says of the owner a card is asked for. */
export interface CardParty {
  readonly owns: boolean;
  /** A natural person: the certificate of an organisation is public, and its last four prove nothing. */
  readonly isPerson: boolean;
  readonly hasNumber: boolean;
  readonly hasCertificate: boolean;
}

export type IssueRefusal =
  | { readonly reason: "not_an_owner" }
  | { readonly reason: "organisation" }
  /** Who has a number on the roll signs in by a code: a card would be a second key that can be lost. */
  | { readonly reason: "number_known" }
  /** Nothing to ask for besides the card: whoever found it would be let in. */
  | { readonly reason: "no_certificate" };

/** Whether an owner gets a card: one who owns something today, has no number on the roll, and a certificate to be asked for. */
export function mayIssueCard({ owns, isPerson, hasNumber, hasCertificate }: CardParty): Result<true, IssueRefusal> {
  if (!owns) return err({ reason: "not_an_owner" });
  if (!isPerson) return err({ reason: "organisation" });
  if (hasNumber) return err({ reason: "number_known" });
  if (!hasCertificate) return err({ reason: "no_certificate" });
  return ok(true);
}
