/** An election as a notice prints it, held here or elsewhere: who passed, who sits, and which printed share or outcome does not follow from the printed figures. Pure; connected with no community. */
import { formatDecimal, percentHundredths, readDecimal, type Scaled } from "../../assembly/calculator/rules.ts";
import { type Decision, decide, type Figures, impossibilities } from "../../assembly/rules.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Weight } from "../../kernel/weight.ts";
import { compareVotes, isCommittee } from "../rounds/rules.ts";
import type { Ranking } from "../rules.ts";

export const DECLARED = ["elected", "alternate", "not_elected"] as const;
/** What the notice says became of a candidate. */
export type Declared = (typeof DECLARED)[number];

/** One line of the notice; null where it leaves a figure out. Areas and shares are decimal text, so that no float comes between. */
export interface PrintedCandidate {
  readonly name: string;
  readonly owners: number | null;
  readonly areaM2: string | null;
  /** Percentages as printed, without the sign. */
  readonly ownersShare: string | null;
  readonly areaShare: string | null;
  readonly declared: Declared | null;
}
export interface PrintedLine {
  readonly owners: number | null;
  readonly areaM2: string | null;
}
export interface PrintedElection {
  readonly total: PrintedLine;
  readonly participated: PrintedLine;
  readonly seats: number;
  readonly legalLeast: number;
  readonly alternatesMost: number;
  readonly ranking: Ranking;
  readonly candidates: readonly PrintedCandidate[];
}

export const MOST_CANDIDATES = 60;

/** A figure that cannot be, with the pointer to it (RFC 6901). */
export interface PrintedFault {
  readonly pointer: string;
  readonly reason:
    | "not_whole"
    | "not_a_decimal"
    | "more_than_total"
    | "more_than_participated"
    | "nobody_to_decide"
    | "no_candidates"
    | "too_many_candidates"
    | "out_of_range";
}

/** A printed share beside what the printed figures give. */
export interface ShareCheck {
  readonly axis: "owners" | "area";
  readonly printed: string;
  /** Rounded half up to hundredths of a percent, as notices print it; null where a figure is missing. */
  readonly recomputed: string | null;
  /** The whole number of owners a share alone stands for; null where none does, or there is nothing to say. */
  readonly standsFor: bigint | null;
  /** Null where the figures do not say. */
  readonly holds: boolean | null;
}

/** passed, by rank: elected, alternate, or level with others at the last seat. The others did not pass, or it cannot be said. */
export type PrintedPlace = "elected" | "alternate" | "level" | "surplus" | "not_passed" | "cannot_be_decided";

export interface Recomputed {
  readonly candidates: readonly {
    readonly name: string;
    readonly decision: Decision;
    readonly place: PrintedPlace;
    /** Among those who passed; null for everyone else. */
    readonly rank: number | null;
    readonly shares: readonly ShareCheck[];
    readonly declared: Declared | null;
    /** Whether the notice declares what the figures give; null where one of both is not known. */
    readonly agrees: boolean | null;
  }[];
  /** Null where a figure is missing for somebody on whom it turns. */
  readonly elected: number | null;
  readonly stands: boolean | null;
  /** Decimals of the areas in the checks: the most that any figure was given with. */
  readonly decimals: number;
}

/** Reads a line's figures, areas with so many decimals, or says what is wrong with which. */
function figuresOf(line: PrintedLine, decimals: number, pointer: string, faults: PrintedFault[]): Figures {
  const { owners, areaM2 } = line;
  if (owners !== null && !Number.isSafeInteger(owners))
    faults.push({ pointer: `${pointer}/owners`, reason: "not_whole" });
  const area = areaM2 === null ? null : readDecimal(areaM2);
  if (area && !area.ok) faults.push({ pointer: `${pointer}/areaM2`, reason: "not_a_decimal" });
  return {
    owners: owners !== null && Number.isSafeInteger(owners) ? BigInt(owners) : null,
    area: area?.ok ? area.value.value * 10n ** BigInt(decimals - area.value.decimals) : null,
  };
}

/**
 * What the printed figures of an election come to (CC 278, HZ 27; M7, M8): each candidate by the four inequalities, the rank of those
 * who passed, and every printed share and outcome held against them. A missing figure is never inferred: then nothing is said.
 */
export function recompute(asked: PrintedElection): Result<Recomputed, readonly PrintedFault[]> {
  const faults: PrintedFault[] = [];
  const { candidates, seats, alternatesMost, legalLeast } = asked;
  if (candidates.length === 0) faults.push({ pointer: "/candidates", reason: "no_candidates" });
  if (candidates.length > MOST_CANDIDATES) faults.push({ pointer: "/candidates", reason: "too_many_candidates" });
  for (const [name, value, least] of [
    ["seats", seats, 1],
    ["legalLeast", legalLeast, 1],
    ["alternatesMost", alternatesMost, 0],
  ] as const)
    if (!Number.isInteger(value) || value < least || value > 99)
      faults.push({ pointer: `/${name}`, reason: "out_of_range" });
  const decimals = decimalsOf([asked.total, asked.participated, ...candidates]);
  const total = figuresOf(asked.total, decimals, "/total", faults);
  const participated = figuresOf(asked.participated, decimals, "/participated", faults);
  const votes = candidates.map((one, at) => figuresOf(one, decimals, `/candidates/${at}`, faults));
  for (const [at, inFavour] of votes.entries())
    for (const found of impossibilities(total, participated, inFavour)) {
      const line = found.figure === "inFavour" ? `/candidates/${at}` : `/${found.figure}`;
      const pointer = `${line}/${found.axis === "owners" ? "owners" : "areaM2"}`;
      const reason =
        found.reason === "negative"
          ? "not_a_decimal"
          : found.reason === "more_than_whole"
            ? found.of === "total"
              ? "more_than_total"
              : "more_than_participated"
            : "nobody_to_decide";
      if (!faults.some((one) => one.pointer === pointer)) faults.push({ pointer, reason });
    }
  if (faults.length > 0) return err(faults);
  const decisions = votes.map((inFavour) => decide(3, total, participated, inFavour));
  return ok({ ...placed(asked, total, participated, votes, decisions), decimals });
}

const decimalsOf = (lines: readonly PrintedLine[]): number =>
  Math.max(
    0,
    ...lines.map(({ areaM2 }) => {
      const read = areaM2 === null ? null : readDecimal(areaM2);
      return read?.ok ? read.value.decimals : 0;
    }),
  );

function placed(
  asked: PrintedElection,
  total: Figures,
  participated: Figures,
  votes: readonly Figures[],
  decisions: readonly Decision[],
): Omit<Recomputed, "decimals"> {
  const { seats, alternatesMost, ranking, legalLeast, candidates } = asked;
  const weight = ({ owners, area }: Figures): Weight => ({ owners: Number(owners ?? 0n), areaDm2: Number(area ?? 0n) });
  const whole = weight(participated);
  const passed = [...decisions.keys()].filter((at) => decisions[at]!.outcome === "carried");
  const unknown = decisions.some(({ outcome }) => outcome === "cannot_be_decided");
  const compare = (a: number, b: number): number => compareVotes(ranking, whole, weight(votes[a]!), weight(votes[b]!));
  const ordered = passed.toSorted((a, b) => compare(a, b) || a - b);
  const rankOf = (at: number): number => 1 + passed.filter((other) => compare(other, at) < 0).length;
  const [last, next] = [ordered[seats - 1], ordered[seats]];
  const split = last !== undefined && next !== undefined && compare(last, next) === 0 ? last : null;
  const placeOf = (at: number): PrintedPlace => {
    const { outcome } = decisions[at]!;
    if (outcome === "cannot_be_decided") return "cannot_be_decided";
    if (outcome !== "carried") return "not_passed";
    if (split !== null && compare(at, split) === 0) return "level";
    const index = ordered.indexOf(at);
    return index < seats ? "elected" : index < seats + alternatesMost ? "alternate" : "surplus";
  };
  const elected = [...decisions.keys()].filter((at) => placeOf(at) === "elected").length;
  return {
    candidates: candidates.map((one, at) => ({
      name: one.name,
      decision: decisions[at]!,
      place: placeOf(at),
      rank: passed.includes(at) ? rankOf(at) : null,
      shares: sharesOf(one, votes[at]!, participated, total),
      declared: one.declared,
      agrees: agreement(one.declared, placeOf(at), unknown),
    })),
    elected: unknown ? null : elected,
    stands: unknown || split !== null ? null : isCommittee(elected, seats, legalLeast),
  };
}

/** Whether the notice's word is what the figures give. While somebody's figures are missing, a rank behind theirs says nothing. */
function agreement(declared: Declared | null, place: PrintedPlace, unknown: boolean): boolean | null {
  if (declared === null || place === "cannot_be_decided" || place === "level") return null;
  if (place === "not_passed") return declared === "not_elected";
  if (unknown)
    return declared === "not_elected" ? null : declared === "elected" || declared === "alternate" ? null : false;
  const says: Record<"elected" | "alternate" | "surplus", Declared> = {
    elected: "elected",
    alternate: "alternate",
    surplus: "not_elected",
  };
  return declared === says[place];
}

function sharesOf(one: PrintedCandidate, votes: Figures, participated: Figures, total: Figures): ShareCheck[] {
  const checks: ShareCheck[] = [];
  for (const [axis, printed] of [
    ["owners", one.ownersShare],
    ["area", one.areaShare],
  ] as const) {
    if (printed === null) continue;
    const read = readDecimal(printed);
    if (!read.ok) continue;
    checks.push(shareOf(axis, printed, read.value, votes[axis], participated[axis], total[axis]));
  }
  return checks;
}

function shareOf(
  axis: ShareCheck["axis"],
  printed: string,
  share: Scaled,
  part: bigint | null,
  participated: bigint | null,
  total: bigint | null,
): ShareCheck {
  const whole = participated ?? total;
  if (part !== null && whole !== null && whole > 0n) {
    const recomputed = percentHundredths(part, whole);
    return {
      axis,
      printed,
      recomputed: formatDecimal(recomputed, 2),
      standsFor: null,
      holds: matches(share, part, whole),
    };
  }
  // Only the share is printed: among the owners some whole number must give it. An area is too fine to say so.
  if (part === null && whole !== null && whole > 0n && axis === "owners") {
    const count = countFor(share, whole);
    return { axis, printed, recomputed: null, standsFor: count, holds: count === null ? false : null };
  }
  return { axis, printed, recomputed: null, standsFor: null, holds: null };
}

/** Whether a share is printed as the figures give it, rounded half up or cut off at as many decimals as it is printed with. */
export function matches({ value, decimals }: Scaled, part: bigint, whole: bigint): boolean {
  const unit = 10n ** BigInt(decimals);
  const exact = part * 100n * unit;
  const cut = exact / whole;
  const rounded = (2n * exact + whole) / (2n * whole);
  return value === cut || value === rounded;
}

/** The smallest whole number of owners whose share of the whole is printed so; null where there is none. */
export function countFor(share: Scaled, whole: bigint): bigint | null {
  const unit = 10n ** BigInt(share.decimals);
  const near = (share.value * whole) / (100n * unit);
  for (const count of [near - 1n, near, near + 1n])
    if (count >= 0n && count <= whole && matches(share, count, whole)) return count;
  return null;
}

// ——— Reading what people paste ———

const WORDS: readonly (readonly [RegExp, Declared])[] = [
  [/未当选|落选|未通过|不当选|not/i, "not_elected"],
  [/候补|alternate/i, "alternate"],
  [/当选|委员|通过|elected/i, "elected"],
];

/**
 * A line such as "王伟 412 38120.55 63.78% 61.20% 当选": the name, then owners, area, their shares, and what was declared; each may be left
 * out, and "-" holds a place. Null for an empty line.
 */
export function readCandidateLine(line: string): PrintedCandidate | null {
  const words = line
    .normalize("NFKC")
    .trim()
    .split(/[\s|]+/);
  const [name, ...rest] = words;
  if (!name) return null;
  const declared = rest.flatMap((word) => WORDS.find(([pattern]) => pattern.test(word))?.[1] ?? [])[0] ?? null;
  const figures = rest.map((word) => word.replace(/^(\d{1,3}(,\d{3})+)(?=\.|$)/, (all) => all.replaceAll(",", "")));
  const shares = figures.filter((word) => /^[\d.]+%$/.test(word)).map((word) => word.slice(0, -1));
  const counts = figures.filter((word) => /^(-|[\d.]+(人|户|㎡|m2|平方米)?)$/.test(word));
  const plain = (word: string | undefined): string | null =>
    word === undefined || word === "-" ? null : word.replace(/(人|户|㎡|m2|平方米)$/, "");
  const owners = plain(counts[0]);
  return {
    name: name.slice(0, 40),
    owners: owners === null ? null : /^\d{1,15}$/.test(owners) ? Number(owners) : Number.NaN,
    areaM2: plain(counts[1]),
    ownersShare: shares[0] ?? null,
    areaShare: shares[1] ?? null,
    declared,
  };
}
