/** The rows of a file as units with their owners: rows of one unit are its co-owners. Knows nothing of the roll they will meet. */
import type { AreaDm2 } from "../../kernel/area.ts";
import {
  type AreaSource,
  type Basis,
  placeKey,
  sortKey,
  type UnitKind,
  type UnitPlace,
  type UnitState,
} from "../rules.ts";
import type { ColumnKey } from "./columns.ts";
import type { Findings } from "./findings.ts";
import { groupPeople, type Mention, type Person } from "./people.ts";
import type { FileRow } from "./rows.ts";

export interface DraftUnit extends UnitPlace {
  readonly rows: readonly number[];
  readonly areaDm2: AreaDm2;
  /** null: the file does not say, as everywhere below. */
  readonly areaSource: AreaSource | null;
  readonly kind: UnitKind | null;
  readonly state: UnitState | null;
  /** Indexes into `people`. */
  readonly owners: readonly { readonly person: number; readonly basis: Basis | null }[] | null;
  readonly designated: number | null;
}

export interface DraftPerson extends Person {
  /** Index into `people`. */
  readonly guardian: number | null;
}

export interface Draft {
  readonly units: readonly DraftUnit[];
  readonly people: readonly DraftPerson[];
}

/** Makes units and people of the rows; what contradicts itself stands in the findings. */
export function draftOf(rows: readonly FileRow[], findings: Findings): Draft {
  const byPlace = new Map<string, FileRow[]>();
  for (const row of rows) {
    const key = placeKey(row);
    const held = byPlace.get(key);
    if (held) held.push(row);
    else byPlace.set(key, [row]);
  }
  checkMergedAreas(rows, findings);
  checkLookalikes([...byPlace.values()], findings);

  const mentions: Mention[] = [];
  const say = (mention: Mention): number => mentions.push(mention) - 1;
  const drafts = [...byPlace].map(([key, unitRows]) => gather(key, unitRows, say, findings));
  const { people, personOf } = groupPeople(mentions, findings);

  const guardians = new Map<number, number>();
  const units: DraftUnit[] = [];
  for (const draft of drafts) {
    const owners = ownersOf(draft, personOf, findings);
    for (const { ward, guardian, row } of draft.guardians) {
      const wardPerson = personOf[ward]!;
      const guardianPerson = personOf[guardian]!;
      const known = guardians.get(wardPerson);
      if (wardPerson === guardianPerson)
        error(findings, row, "guardian", "own_guardian", "监护人不能是业主本人。", "the guardian cannot be the owner.");
      else if (known !== undefined && known !== guardianPerson)
        error(
          findings,
          row,
          "guardian",
          "two_guardians",
          "同一业主填了两位不同的监护人。",
          "the same owner has two different guardians.",
        );
      else guardians.set(wardPerson, guardianPerson);
    }
    if (draft.areaDm2 === null) continue;
    const designated = designatedOf(draft, owners, people, findings);
    const { building, entrance, room } = draft.rows[0]!;
    units.push({
      building,
      entrance,
      room,
      rows: draft.rows.map(({ row }) => row),
      areaDm2: draft.areaDm2,
      areaSource: draft.areaSource,
      kind: draft.kind,
      state: draft.state,
      owners: owners.length === 0 ? null : owners,
      designated,
    });
  }
  return { units, people: people.map((person, at) => ({ ...person, guardian: guardians.get(at) ?? null })) };
}

interface Gathered {
  readonly rows: readonly FileRow[];
  readonly areaDm2: AreaDm2 | null;
  readonly areaSource: AreaSource | null;
  readonly kind: UnitKind | null;
  readonly state: UnitState | null;
  /** One for each owner row, then one for each name under 共有人. */
  readonly owners: readonly {
    readonly mention: number;
    readonly row: number;
    readonly basis: Basis | null;
    readonly listed: boolean;
  }[];
  readonly guardians: readonly { readonly ward: number; readonly guardian: number; readonly row: number }[];
}

const error = (findings: Findings, row: number, column: ColumnKey, code: string, zh: string, en: string): void =>
  findings.error(code, { row, column }, zh, en);

function gather(
  unit: string,
  rows: readonly FileRow[],
  say: (mention: Mention) => number,
  findings: Findings,
): Gathered {
  const one = <K extends "areaDm2" | "areaSource" | "kind" | "state">(key: K, column: ColumnKey): FileRow[K] => {
    let held: FileRow | null = null;
    for (const row of rows) {
      if (row[key] === null) continue;
      if (held && held[key] !== row[key])
        error(
          findings,
          row.row,
          column,
          "unit_rows_disagree",
          `第 ${held.row} 行是同一个专有部分，这一列却不同。`,
          `row ${held.row} is the same unit but differs in this column.`,
        );
      held ??= row;
    }
    return held ? held[key] : (null as FileRow[K]);
  };
  const first = rows[0]!;
  const areaDm2 = one("areaDm2", "area");
  if (areaDm2 === null) error(findings, first.row, "area", "area_empty", "没有面积。", "the area is missing.");
  const state = one("state", "state");
  const owners: Gathered["owners"][number][] = [];
  const guardians: Gathered["guardians"][number][] = [];
  for (const row of rows) {
    if (!row.owner) {
      if (rows.length > 1)
        error(
          findings,
          row.row,
          "room",
          "duplicate_unit",
          `与第 ${row === first ? rows[1]!.row : first.row} 行是同一个专有部分，这一行又没有业主姓名。共有人请每人一行写明姓名，重复的请删去。`,
          `row ${row === first ? rows[1]!.row : first.row} is the same unit and this row names no owner. Give each co-owner a row with a name, or remove the duplicate.`,
        );
      if (row.guardian)
        error(
          findings,
          row.row,
          "guardian",
          "guardian_without_owner",
          "填了监护人，没有填业主姓名。",
          "a guardian is given without an owner.",
        );
      continue;
    }
    const mention = say({ ...row.owner, row: row.row, unit });
    owners.push({ mention, row: row.row, basis: row.basis, listed: false });
    if (row.guardian) {
      const { name, phone } = row.guardian;
      const guardian = say({
        name,
        phone,
        kind: "natural",
        idType: null,
        idNumber: null,
        idTail: null,
        ownerNo: null,
        row: row.row,
        unit,
      });
      guardians.push({ ward: mention, guardian, row: row.row });
    }
  }
  for (const row of rows)
    for (const name of row.coOwners) {
      const mention = say({
        name,
        kind: "natural",
        idType: null,
        idNumber: null,
        idTail: null,
        phone: null,
        ownerNo: null,
        row: row.row,
        unit,
      });
      owners.push({ mention, row: row.row, basis: row.basis, listed: true });
    }
  return {
    rows,
    areaDm2,
    areaSource: one("areaSource", "areaSource"),
    kind: one("kind", "kind"),
    state,
    owners,
    guardians,
  };
}

function ownersOf(
  draft: Gathered,
  personOf: readonly number[],
  findings: Findings,
): { person: number; basis: Basis | null }[] {
  const owners = new Map<number, { person: number; basis: Basis | null; row: number }>();
  for (const { mention, row, basis, listed } of draft.owners) {
    const person = personOf[mention]!;
    const known = owners.get(person);
    if (!known) owners.set(person, { person, basis, row });
    else if (!listed)
      error(
        findings,
        row,
        "room",
        "duplicate_unit",
        `与第 ${known.row} 行是同一个专有部分、同一位业主，重复了。`,
        `repeats row ${known.row}: the same unit and the same owner.`,
      );
  }
  return [...owners.values()].map(({ person, basis }) => ({ person, basis }));
}

function designatedOf(
  draft: Gathered,
  owners: readonly { person: number }[],
  people: readonly Person[],
  findings: Findings,
): number | null {
  let chosen: number | null = null;
  for (const { row, designated } of draft.rows) {
    if (designated === null) continue;
    const named = owners.filter(({ person }) => people[person]!.facts.name === designated);
    if (named.length !== 1) {
      error(
        findings,
        row,
        "designated",
        "designated_not_owner",
        named.length === 0
          ? "表决代表不在这个专有部分的业主和共有人里。"
          : "有两位同名的共有人，看不出表决代表是哪一位。",
        named.length === 0
          ? "is not among this unit's owners."
          : "two co-owners have this name, so it is unclear which one votes.",
      );
      continue;
    }
    const { person } = named[0]!;
    if (chosen !== null && chosen !== person)
      error(
        findings,
        row,
        "designated",
        "unit_rows_disagree",
        "同一个专有部分填了两位表决代表。",
        "two people are named to vote for the same unit.",
      );
    chosen = person;
  }
  return chosen;
}

/** One area cell merged over two units would count it twice. */
function checkMergedAreas(rows: readonly FileRow[], findings: Findings): void {
  const byRow = new Map(rows.map((row) => [row.row, row]));
  for (const row of rows) {
    const above = row.areaMergedFrom === null ? undefined : byRow.get(row.areaMergedFrom);
    if (above && placeKey(above) !== placeKey(row))
      error(
        findings,
        row.row,
        "area",
        "area_merged",
        `面积与第 ${above.row} 行合并成了一格，两个专有部分会各算一次。请分别填写。`,
        `the area is merged with row ${above.row} and would count for both units. Give each its own.`,
      );
  }
}

/** 0101 and 101 in one entrance are two units to the roll, and mostly one to the people who live there. */
function checkLookalikes(units: readonly (readonly FileRow[])[], findings: Findings): void {
  const bySortKey = new Map<string, FileRow>();
  for (const [first] of units) {
    const like = bySortKey.get(sortKey(first!));
    if (like)
      findings.warning(
        "similar_unit",
        { row: first!.row, column: "room", value: first!.room },
        `与第 ${like.row} 行的“${like.room}”只差前面的 0，系统当作两个专有部分。请核对。`,
        `differs from row ${like.row} only by leading zeros and is taken for another unit. Please check.`,
      );
    else bySortKey.set(sortKey(first!), first!);
  }
}
