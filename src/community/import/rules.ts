/** What a file would change in the roll: who is already known, what is new, what differs, what is missing. Pure; decides, writes nothing. */
import { formatArea } from "../../kernel/area.ts";
import type { PartyId, UnitId } from "../../kernel/id.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import {
  type Areas,
  type Basis,
  countedArea,
  NO_AREAS,
  placeKey,
  sortKey,
  type UnitKind,
  type UnitPlace,
  type UnitState,
} from "../rules.ts";
import type { Draft, DraftUnit } from "./draft.ts";
import type { Findings } from "./findings.ts";
import { type CurrentRoll, type CurrentUnit, type Prepared, recognise } from "./recognise.ts";
import { BASIS_WORDS, KIND_WORDS, PARTY_WORDS, SOURCE_WORDS, STATE_WORDS, sayWord } from "./words.ts";

export interface FieldChange {
  readonly field: Bilingual;
  readonly from: Bilingual;
  readonly to: Bilingual;
}

export interface UnitChange extends UnitPlace {
  readonly unitId: UnitId;
  readonly rows: readonly number[];
  readonly fields: readonly FieldChange[];
}

export interface PartyChange {
  readonly partyId: PartyId;
  readonly name: string;
  readonly rows: readonly number[];
  readonly fields: readonly FieldChange[];
}

/** What a person sees before confirming. Names and numbers are masked. */
export interface Differences {
  readonly added: readonly (UnitPlace & {
    readonly areaDm2: number;
    readonly owners: string;
    readonly rows: readonly number[];
  })[];
  readonly changed: readonly UnitChange[];
  readonly people: readonly PartyChange[];
  /** In the roll, not in the file: left alone unless ticked. */
  readonly missing: readonly (UnitPlace & { readonly unitId: UnitId; readonly like: string | null })[];
  readonly unchanged: number;
  readonly newPeople: number;
}

/** What has to be written. Persons are indexes into the draft; `partyOf` gives each its party. */
export interface Plan {
  readonly partyOf: readonly PartyId[];
  readonly newParties: readonly number[];
  readonly updatedParties: readonly number[];
  readonly newUnits: readonly (UnitPlace & { readonly unitId: UnitId })[];
  readonly facts: readonly {
    readonly unitId: UnitId;
    readonly areas: Areas;
    readonly kind: UnitKind;
    readonly state: UnitState;
  }[];
  readonly close: readonly {
    readonly unitId: UnitId;
    readonly partyId: PartyId;
    readonly role: "owner" | "designated";
  }[];
  readonly open: readonly {
    readonly unitId: UnitId;
    readonly partyId: PartyId;
    readonly role: "owner" | "designated";
    readonly basis: Basis;
  }[];
  readonly guardians: readonly { readonly wardId: PartyId; readonly guardianId: PartyId; readonly replaces: boolean }[];
}

interface Ids {
  readonly unit: () => UnitId;
  readonly party: () => PartyId;
}

const EMPTY: Bilingual = { zh: "（空）", en: "(empty)" };
const field = (zh: string, en: string, from: Bilingual, to: Bilingual): FieldChange => ({
  field: { zh, en },
  from,
  to,
});
const same = (text: string): Bilingual => ({ zh: text, en: text });

/** Compares a checked file with the roll. New faults (a new unit without an owner) go to the findings. */
export function compare(
  draft: Draft,
  prepared: readonly Prepared[],
  current: CurrentRoll,
  findings: Findings,
  ids: Ids,
): { differences: Differences; plan: Plan } {
  const known = recognise(draft, prepared, current);
  const partyOf = known.map((partyId) => partyId ?? ids.party());
  const newParties = known.flatMap((partyId, at) => (partyId ? [] : [at]));
  const masks = new Map(current.parties.map(({ partyId, masks: { name } }) => [partyId, name]));
  for (const at of newParties) masks.set(partyOf[at]!, prepared[at]!.masks.name);
  const nameOf = (partyId: PartyId): string => masks.get(partyId) ?? "*";

  const plan = new PlanBuilder();
  const byPlace = new Map(current.units.map((unit) => [placeKey(unit), unit]));
  const added: Differences["added"][number][] = [];
  const changed: UnitChange[] = [];
  let unchanged = 0;
  for (const unit of draft.units) {
    const held = byPlace.get(placeKey(unit));
    if (held) {
      const fields = plan.change(held, unit, partyOf, nameOf, findings);
      if (fields.length === 0) unchanged += 1;
      else {
        const { building, entrance, room } = unit;
        changed.push({ unitId: held.unitId, building, entrance, room, rows: unit.rows, fields });
      }
    } else {
      const owners = plan.add(unit, ids.unit(), partyOf, findings).map(nameOf).join("、");
      added.push({
        building: unit.building,
        entrance: unit.entrance,
        room: unit.room,
        areaDm2: unit.areaDm2,
        owners,
        rows: unit.rows,
      });
    }
  }
  const { people, updatedParties } = comparePeople(draft, prepared, known, current);
  const guardians = compareGuardians(draft, partyOf, current, people, nameOf);
  const inFile = new Set(draft.units.map(placeKey));
  const bySortKey = new Map(added.map((unit) => [sortKey(unit), unit.room]));
  const missing = current.units
    .filter((unit) => unit.state !== "retired" && !inFile.has(placeKey(unit)))
    .map(({ unitId, building, entrance, room }) => {
      const like = bySortKey.get(sortKey({ building, entrance, room })) ?? null;
      return { unitId, building, entrance, room, like };
    });
  return {
    differences: { added, changed, people, missing, unchanged, newPeople: newParties.length },
    plan: { partyOf, newParties, updatedParties, guardians, ...plan.built },
  };
}

class PlanBuilder {
  readonly built = {
    newUnits: [] as Plan["newUnits"][number][],
    facts: [] as Plan["facts"][number][],
    close: [] as Plan["close"][number][],
    open: [] as Plan["open"][number][],
  };

  add(unit: DraftUnit, unitId: UnitId, partyOf: readonly PartyId[], findings: Findings): PartyId[] {
    const row = unit.rows[0]!;
    const state = unit.state ?? "delivered";
    const looksLikeSpace = /车位|车库|停车/.test(`${unit.building}${unit.entrance}${unit.room}`);
    const kind = unit.kind ?? (looksLikeSpace ? "parking" : "residence");
    if (unit.kind === null && looksLikeSpace)
      findings.warning(
        "read_as_parking",
        { row, column: "kind" },
        "没有写用途，按名称读作车位。车位是否计入由议事规则约定（C6）。",
        "no use is given; read as a parking space by its name. Whether such spaces count, the rules of procedure say (C6).",
      );
    const owners = unit.owners ?? [];
    if (owners.length === 0 && state === "delivered")
      findings.error(
        "owner_missing",
        { row, column: "ownerName" },
        "已交付的专有部分没有业主姓名。尚未售出的请把状态写成“未售”。",
        "a delivered unit has no owner. If it is not sold, put 未售 under the state.",
      );
    const { building, entrance, room } = unit;
    this.built.newUnits.push({ unitId, building, entrance, room });
    const areas = { ...NO_AREAS, [unit.areaSource ?? "register"]: unit.areaDm2 };
    this.built.facts.push({ unitId, areas, kind, state });
    const parties: PartyId[] = [];
    for (const { person, basis } of owners) {
      const partyId = partyOf[person]!;
      parties.push(partyId);
      this.built.open.push({ unitId, partyId, role: "owner", basis: basis ?? "registered" });
    }
    if (unit.designated !== null && owners.length > 1)
      this.built.open.push({ unitId, partyId: partyOf[unit.designated]!, role: "designated", basis: "registered" });
    return parties;
  }

  change(
    held: CurrentUnit,
    unit: DraftUnit,
    partyOf: readonly PartyId[],
    nameOf: (partyId: PartyId) => string,
    findings: Findings,
  ): FieldChange[] {
    const row = unit.rows[0]!;
    const fields = [...this.#facts(held, unit, row, findings), ...this.#owners(held, unit, partyOf, nameOf)];
    if (fields.length > 0 && held.hasLater)
      findings.error(
        "has_later_changes",
        { row, column: "room", value: held.room },
        "名册里这个专有部分有更晚日期的变更。请把导入日期改到那之后，或在该房屋页面单独更正。",
        "the roll has later changes of this unit. Choose a later day for the import, or correct it on the unit's page.",
      );
    return fields;
  }

  #facts(held: CurrentUnit, unit: DraftUnit, row: number, findings: Findings): FieldChange[] {
    const fields: FieldChange[] = [];
    const before = countedArea(held.areas)!;
    // Without a word on the source, the figure is about the one that counts now.
    const source = unit.areaSource ?? before.source;
    const areas: Areas = { ...held.areas, [source]: unit.areaDm2 };
    const after = countedArea(areas)!;
    const sayArea = (areaDm2: number, key: typeof source): Bilingual => ({
      zh: `${formatArea(areaDm2)} ㎡（${SOURCE_WORDS[key].zh}）`,
      en: `${formatArea(areaDm2)} m² (${SOURCE_WORDS[key].en})`,
    });
    if (held.areas[source] !== unit.areaDm2) {
      const own = held.areas[source];
      // The first figure of its source stands against the one that counted until now, where it takes its place.
      const old =
        own !== null ? sayArea(own, source) : after.source === source ? sayArea(before.areaDm2, before.source) : EMPTY;
      fields.push(field("面积", "area", old, sayArea(unit.areaDm2, source)));
      if (after.source !== source)
        findings.warning(
          "weaker_area",
          { row, column: "areaSource" },
          `名册里已有${SOURCE_WORDS[after.source].zh}面积 ${formatArea(after.areaDm2)} ㎡，优先于${SOURCE_WORDS[source].zh}面积（法释〔2009〕7号第八条），仍按它计算。`,
          `the roll has an area by ${SOURCE_WORDS[after.source].en} of ${formatArea(after.areaDm2)} m², which goes before the ${SOURCE_WORDS[source].en} (JI art. 8) and still counts.`,
        );
    }
    const kind = unit.kind ?? held.kind;
    const state = unit.state ?? (held.state === "retired" ? "delivered" : held.state);
    if (kind !== held.kind)
      fields.push(field("用途", "use", sayWord(KIND_WORDS, held.kind), sayWord(KIND_WORDS, kind)));
    if (state !== held.state)
      fields.push(field("状态", "state", sayWord(STATE_WORDS, held.state), sayWord(STATE_WORDS, state)));
    if (fields.length > 0) this.built.facts.push({ unitId: held.unitId, areas, kind, state });
    return fields;
  }

  #owners(
    held: CurrentUnit,
    unit: DraftUnit,
    partyOf: readonly PartyId[],
    nameOf: (partyId: PartyId) => string,
  ): FieldChange[] {
    const { unitId } = held;
    if (unit.owners === null) return [];
    const fields: FieldChange[] = [];
    const basisBefore = new Map(held.owners.map(({ partyId, basis }) => [partyId, basis]));
    const after = new Map(
      unit.owners.map(({ person, basis }) => {
        const partyId = partyOf[person]!;
        return [partyId, basis ?? basisBefore.get(partyId) ?? "registered"] as const;
      }),
    );
    const list = (parties: Iterable<PartyId>): Bilingual => {
      const names = [...parties].map(nameOf);
      return names.length === 0 ? EMPTY : { zh: names.join("、"), en: names.join(", ") };
    };
    const gone = [...basisBefore.keys()].filter((partyId) => !after.has(partyId));
    const come = [...after.keys()].filter((partyId) => !basisBefore.has(partyId));
    if (gone.length > 0 || come.length > 0)
      fields.push(field("业主", "owners", list(basisBefore.keys()), list(after.keys())));
    for (const partyId of gone) this.built.close.push({ unitId, partyId, role: "owner" });
    for (const [partyId, basis] of after) {
      const before = basisBefore.get(partyId);
      if (before === basis) continue;
      if (before) {
        fields.push(field("权属依据", "basis", sayWord(BASIS_WORDS, before), sayWord(BASIS_WORDS, basis)));
        this.built.close.push({ unitId, partyId, role: "owner" });
      }
      this.built.open.push({ unitId, partyId, role: "owner", basis });
    }
    // A choice made by owners who are not the owners any more has lapsed (C3).
    const kept =
      held.designated && after.has(held.designated) && gone.length + come.length === 0 ? held.designated : null;
    const named = unit.designated === null || after.size < 2 ? null : partyOf[unit.designated]!;
    const designated = named ?? kept;
    if (designated !== held.designated) {
      fields.push(
        field(
          "表决代表",
          "who votes",
          held.designated ? same(nameOf(held.designated)) : EMPTY,
          designated ? same(nameOf(designated)) : EMPTY,
        ),
      );
      if (held.designated) this.built.close.push({ unitId, partyId: held.designated, role: "designated" });
      if (designated) this.built.open.push({ unitId, partyId: designated, role: "designated", basis: "registered" });
    }
    return fields;
  }
}

/** People the roll knows whose data the file adds to or changes. An empty cell takes nothing away. */
function comparePeople(
  draft: Draft,
  prepared: readonly Prepared[],
  known: readonly (PartyId | null)[],
  current: CurrentRoll,
): { people: PartyChange[]; updatedParties: number[] } {
  const parties = new Map(current.parties.map((party) => [party.partyId, party]));
  const people: PartyChange[] = [];
  const updatedParties: number[] = [];
  for (const [at, partyId] of known.entries()) {
    const party = partyId ? parties.get(partyId) : undefined;
    if (!party) continue;
    const { fingerprint: was, masks: shown } = party;
    const { fingerprint: is, masks } = prepared[at]!;
    const { facts, rows } = draft.people[at]!;
    const fields: FieldChange[] = [];
    if (is.name !== was.name) fields.push(field("姓名", "name", same(shown.name), same(masks.name)));
    if (is.phone !== null && is.phone !== was.phone)
      fields.push(field("手机号", "mobile", shown.phone ? same(shown.phone) : EMPTY, same(masks.phone ?? "*")));
    if (is.id !== null && is.id !== was.id)
      fields.push(field("证件号码", "document", shown.number ? same(shown.number) : EMPTY, same(masks.number ?? "*")));
    else if (is.idTail !== null && is.idTail !== was.idTail)
      fields.push(field("证件号后四位", "last four", was.idTail ? same("****") : EMPTY, same("****")));
    if (is.ownerNo !== null && is.ownerNo !== was.ownerNo)
      fields.push(field("产权人编号", "owner's number", was.ownerNo ? same("*") : EMPTY, same("*")));
    // 自然人 is also what a silent file is read as; a company once known stays one.
    if (facts.kind !== party.kind && facts.kind !== "natural")
      fields.push(
        field("业主类型", "kind of owner", sayWord(PARTY_WORDS, party.kind), sayWord(PARTY_WORDS, facts.kind)),
      );
    if (fields.length === 0) continue;
    updatedParties.push(at);
    people.push({ partyId: party.partyId, name: shown.name, rows, fields });
  }
  return { people, updatedParties };
}

function compareGuardians(
  draft: Draft,
  partyOf: readonly PartyId[],
  current: CurrentRoll,
  people: PartyChange[],
  nameOf: (partyId: PartyId) => string,
): Plan["guardians"] {
  const before = new Map(current.parties.map(({ partyId, guardianId }) => [partyId, guardianId]));
  const guardians: Plan["guardians"][number][] = [];
  for (const [at, { guardian, rows }] of draft.people.entries()) {
    if (guardian === null) continue;
    const wardId = partyOf[at]!;
    const guardianId = partyOf[guardian]!;
    const was = before.get(wardId) ?? null;
    if (was === guardianId) continue;
    guardians.push({ wardId, guardianId, replaces: was !== null });
    if (before.has(wardId)) {
      const change = field("监护人", "guardian", was ? same(nameOf(was)) : EMPTY, same(nameOf(guardianId)));
      people.push({ partyId: wardId, name: nameOf(wardId), rows, fields: [change] });
    }
  }
  return guardians;
}
