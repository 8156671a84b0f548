/** Which mentions of owners in a file are one person: by number, document, name and last four, name and phone; else only within the unit. Pure. */
import type { DocumentType } from "../identity/rules.ts";
import type { PartyKind } from "../rules.ts";
import type { Findings } from "./findings.ts";

/** What is known of a person; null is unknown. */
export interface PersonFacts {
  readonly name: string;
  readonly kind: PartyKind;
  readonly idType: DocumentType | null;
  readonly idNumber: string | null;
  /** 证件号后四位; equal to the end of idNumber where that is known. */
  readonly idTail: string | null;
  readonly phone: string | null;
  readonly ownerNo: string | null;
}

/** A person named at a row for a unit. */
export interface Mention extends PersonFacts {
  readonly row: number;
  /** placeKey of the unit. */
  readonly unit: string;
}

export const TIERS = ["owner_no", "id_number", "name_and_tail", "name_and_phone", "company_name", "unit_only"] as const;
/** By what a person is told from others; `unit_only` cannot be recognised in another unit. */
export type Tier = (typeof TIERS)[number];

/** The marks of a person, strongest first: two mentions with a mark in common are taken for one. */
export function marksOf(facts: PersonFacts, unit: string): { tier: Tier; mark: string }[] {
  const { name, kind, idNumber, idTail, phone, ownerNo } = facts;
  const marks: { tier: Tier; mark: string }[] = [];
  if (ownerNo) marks.push({ tier: "owner_no", mark: `no\t${ownerNo}` });
  if (idNumber) marks.push({ tier: "id_number", mark: `id\t${idNumber}` });
  if (idTail) marks.push({ tier: "name_and_tail", mark: `nt\t${name}\t${idTail}` });
  if (phone) marks.push({ tier: "name_and_phone", mark: `np\t${name}\t${phone}` });
  // A registered company name is one company's; a person's name is many people's.
  if (kind !== "natural") marks.push({ tier: "company_name", mark: `n\t${name}` });
  marks.push({ tier: "unit_only", mark: `u\t${unit}\t${name}` });
  return marks;
}

export interface Person {
  readonly facts: PersonFacts;
  readonly tier: Tier;
  /** placeKeys of the units they are named for. */
  readonly units: readonly string[];
  readonly rows: readonly number[];
}

interface Group {
  facts: PersonFacts;
  tier: Tier;
  readonly units: Set<string>;
  readonly rows: number[];
}

const differ = (a: string | null, b: string | null): boolean => a !== null && b !== null && a !== b;

/**
 * Groups mentions into people. A mention joins by its strongest mark a person who has that mark and nothing that
 * contradicts it; where two people would do, it joins neither and the reader is told. Returns the people and, for each
 * mention, its person. The result does not depend on the order of rows, save that numbers follow it.
 */
export function groupPeople(
  mentions: readonly Mention[],
  findings: Findings,
): { people: Person[]; personOf: number[] } {
  const groups: Group[] = [];
  const byMark = new Map<string, Group[]>();
  const groupOf: (Group | undefined)[] = mentions.map(() => undefined);
  const marks = mentions.map((mention) => marksOf(mention, mention.unit));
  for (const tier of TIERS)
    for (const [at, mention] of mentions.entries()) {
      const strongest = marks[at]![0]!;
      if (strongest.tier !== tier) continue;
      const known = byMark.get(strongest.mark) ?? [];
      const fitting = known.filter(({ facts }) => !contradicts(facts, mention, tier));
      if (fitting.length > 1) tellAmbiguous(mention, findings);
      // Of several, the one that has nothing more than this mark either; the same words twice are one person.
      let group = fitting.length === 1 ? fitting[0]! : (fitting.find((other) => other.tier === tier) ?? null);
      if (group) {
        tellDifferences(group, mention, tier, findings);
        group.facts = joined(group.facts, mention);
        group.units.add(mention.unit);
        group.rows.push(mention.row);
      } else {
        group = { facts: factsOf(mention), tier, units: new Set([mention.unit]), rows: [mention.row] };
        groups.push(group);
      }
      groupOf[at] = group;
      for (const { mark } of marks[at]!) {
        const held = byMark.get(mark);
        if (!held) byMark.set(mark, [group]);
        else if (!held.includes(group)) held.push(group);
      }
    }
  tellTwoNumbers(byMark, findings);
  tellUnmerged(groups, findings);
  // In the order of the file, whatever the order of recognition.
  const ordered = [...new Set(groupOf)].filter((group) => group !== undefined);
  const numbers = new Map(ordered.map((group, number) => [group, number]));
  return {
    people: ordered.map(({ facts, tier, units, rows }) => ({ facts, tier, units: [...units], rows })),
    personOf: groupOf.map((group) => numbers.get(group!)!),
  };
}

const factsOf = ({ name, kind, idType, idNumber, idTail, phone, ownerNo }: Mention): PersonFacts => ({
  name,
  kind,
  idType,
  idNumber,
  idTail,
  phone,
  ownerNo,
});

/** Same name and phone, but two documents: father and son on one mobile are two people. */
function contradicts(known: PersonFacts, mention: PersonFacts, tier: Tier): boolean {
  if (tier === "owner_no" || tier === "id_number") return false;
  return (
    differ(known.idNumber, mention.idNumber) ||
    differ(known.idTail, mention.idTail) ||
    differ(known.ownerNo, mention.ownerNo)
  );
}

function joined(known: PersonFacts, more: PersonFacts): PersonFacts {
  const kinds: readonly PartyKind[] = [known.kind, more.kind];
  return {
    name: known.name,
    kind: kinds.includes("developer") ? "developer" : kinds.includes("legal") ? "legal" : "natural",
    idType: known.idType ?? more.idType,
    idNumber: known.idNumber ?? more.idNumber,
    idTail: known.idTail ?? more.idTail,
    phone: known.phone ?? more.phone,
    ownerNo: known.ownerNo ?? more.ownerNo,
  };
}

function tellDifferences(group: Group, mention: Mention, tier: Tier, findings: Findings): void {
  const first = group.rows[0]!;
  const { row } = mention;
  if (group.facts.name !== mention.name) {
    const by = tier === "owner_no" ? "产权人编号" : "证件号";
    const byEn = tier === "owner_no" ? "owner's number" : "document number";
    findings.error(
      "one_key_two_names",
      { row, column: "ownerName" },
      `与第 ${first} 行的${by}相同，姓名却不同。请核对。`,
      `has the same ${byEn} as row ${first} but another name. Please check.`,
    );
  }
  if (tier === "owner_no" && differ(group.facts.idNumber, mention.idNumber))
    findings.error(
      "one_number_two_documents",
      { row, column: "idNumber" },
      `与第 ${first} 行的产权人编号相同，证件号却不同。请核对。`,
      `has the same owner's number as row ${first} but another document. Please check.`,
    );
  if (differ(group.facts.phone, mention.phone))
    findings.warning(
      "two_phones",
      { row, column: "phone" },
      `同一业主在第 ${first} 行是另一个手机号，采用先出现的。`,
      `the same owner has another mobile in row ${first}; the first one is used.`,
    );
}

function tellAmbiguous(mention: Mention, findings: Findings): void {
  findings.warning(
    "ambiguous_person",
    { row: mention.row, column: "ownerName" },
    "名册里有不止一位同名且信息相符的业主，无法判断是哪一位，按另一人处理。请补填证件号或产权人编号。",
    "more than one owner of this name fits, so this one is taken for another person. Please add the document or the owner's number.",
  );
}

function tellTwoNumbers(byMark: ReadonlyMap<string, readonly Group[]>, findings: Findings): void {
  for (const [mark, groups] of byMark) {
    if (!mark.startsWith("id\t") || groups.length < 2) continue;
    const [first, second] = groups;
    findings.error(
      "one_document_two_numbers",
      { row: second!.rows[0]!, column: "ownerNo" },
      `与第 ${first!.rows[0]} 行证件号相同，产权人编号却不同。同一人只能按一人计算，请改成同一编号。`,
      `has the same document as row ${first!.rows[0]} but another owner's number. One person is one head: use one number.`,
    );
  }
}

/** A name that stands in several units without anything to tell whether it is one person: heads may be counted twice. */
function tellUnmerged(groups: readonly Group[], findings: Findings): void {
  const byName = new Map<string, Group[]>();
  for (const group of groups) {
    if (group.tier !== "unit_only") continue;
    const held = byName.get(group.facts.name);
    if (held) held.push(group);
    else byName.set(group.facts.name, [group]);
  }
  for (const same of byName.values()) {
    if (same.length < 2) continue;
    const rows = same.map(({ rows: [row] }) => row!);
    findings.warning(
      "cannot_merge",
      { row: rows[1]!, column: "ownerName" },
      `第 ${rows.slice(0, 8).join("、")} 行是同名业主，没有证件号、后四位、手机号或编号，无法判断是否同一人，各按一人计算。`,
      `rows ${rows.slice(0, 8).join(", ")} have the same name and no document, last four, mobile or number, so each counts as a person of their own.`,
    );
  }
}
