/** Made-up rolls for tests: any roll as a value, what the roll's rules see of it, and its export. Plain text stands in for keyed hashes. */
import fc from "fast-check";
import { idCheckDigit } from "../../src/community/identity/rules.ts";
import type { Draft } from "../../src/community/import/draft.ts";
import type { CurrentRoll, Fingerprint, Prepared } from "../../src/community/import/recognise.ts";
import { tableOf } from "../../src/community/import/writing.ts";
import { masksOf, type Personal } from "../../src/community/personal.ts";
import { NO_AREAS, type RollUnit, type UnitKind, type UnitState } from "../../src/community/rules.ts";
import type { PartyId, UnitId } from "../../src/kernel/id.ts";

export interface RollOfTest {
  readonly units: readonly {
    readonly place: readonly [string, string, string];
    readonly areaDm2: number;
    readonly owners: readonly number[];
    readonly designated: number | null;
    readonly kind?: UnitKind;
    readonly state?: UnitState;
  }[];
  readonly people: readonly Personal[];
  /** Ward and guardian, by index. */
  readonly guardians: readonly (readonly [number, number])[];
}

export const personal = (name: string, more: Partial<Personal> = {}): Personal => ({
  name,
  kind: "natural",
  idType: null,
  idNumber: null,
  idTail: null,
  phone: null,
  ownerNo: null,
  ...more,
});

const partyAt = (at: number): PartyId => `p${String(at).padStart(4, "0")}` as PartyId;
const unitAt = (at: number): UnitId => `u${String(at).padStart(4, "0")}` as UnitId;

const fingerprint = ({ name, phone, idNumber, idTail, ownerNo }: Personal): Fingerprint => ({
  name,
  phone,
  id: idNumber,
  idTail,
  ownerNo,
});

export const draftPeople = (draft: Draft): Prepared[] =>
  draft.people.map(({ facts }) => ({ fingerprint: fingerprint(facts), masks: masksOf(facts) }));

export function currentFrom(roll: RollOfTest): CurrentRoll {
  const guardianOf = new Map(roll.guardians);
  return {
    units: roll.units.map(({ place: [building, entrance, room], areaDm2, owners, designated, kind, state }, at) => ({
      unitId: unitAt(at),
      building,
      entrance,
      room,
      areas: { ...NO_AREAS, register: areaDm2 },
      kind: kind ?? "residence",
      state: state ?? "delivered",
      owners: owners.map((person) => ({ partyId: partyAt(person), basis: "registered" as const })),
      designated: designated === null ? null : partyAt(designated),
      hasLater: false,
    })),
    parties: roll.people.map((person, at) => ({
      partyId: partyAt(at),
      kind: person.kind,
      fingerprint: fingerprint(person),
      masks: masksOf(person),
      guardianId: guardianOf.has(at) ? partyAt(guardianOf.get(at)!) : null,
    })),
  };
}

export function exportOf(roll: RollOfTest): string[][] {
  const units = currentFrom(roll).units.map(
    (unit): RollUnit => ({ ...unit, areaDm2: unit.areas.register!, source: "register" }),
  );
  return tableOf(
    units,
    new Map(roll.people.map((person, at) => [partyAt(at), person])),
    new Map(roll.guardians.map(([ward, guardian]) => [partyAt(ward), partyAt(guardian)])),
  );
}

export const idsFrom = () => {
  let last = 0;
  const next = (what: string): string => {
    last += 1;
    return `new-${what}-${last}`;
  };
  return { unit: () => next("unit") as UnitId, party: () => next("party") as PartyId };
};

const NAMES = ["张三", "李四", "欧阳修", "Ann Lee", "=1+1", "古丽·买买提", 'O"Neil', "@王"];
const document = fc
  .tuple(fc.constantFrom("500120", "110105"), fc.integer({ min: 1940, max: 2000 }), fc.integer({ min: 100, max: 999 }))
  .map(([region, year, order]) => {
    const head = `${region}${year}0615${order}`;
    return head + idCheckDigit(head);
  });

/**
 * Any roll that an import could have made: people who can be told apart by what is known of them, units with up to
 * three owners, a choice among co-owners, guardians who own nothing.
 */
export const CURRENT: fc.Arbitrary<RollOfTest> = fc
  .record({
    people: fc.uniqueArray(
      fc.record({ name: fc.constantFrom(...NAMES), number: document, how: fc.integer({ min: 0, max: 3 }) }),
      { minLength: 1, maxLength: 8, selector: ({ number }) => number.slice(-6) },
    ),
    units: fc.uniqueArray(
      fc.record({
        building: fc.constantFrom("1栋", "2栋", "10栋", "-1", "'x", "地下车库"),
        entrance: fc.constantFrom("", "1单元", "02"),
        room: fc.constantFrom("0101", "0102", "B1-001", "=A1", "1,2", "底商 1"),
        areaDm2: fc.integer({ min: 1, max: 10_000_000 }),
        owners: fc.array(fc.nat(), { minLength: 0, maxLength: 3 }),
        designated: fc.option(fc.nat()),
        kind: fc.constantFrom<UnitKind>("residence", "shop", "parking", "storage", "office", "other"),
      }),
      { maxLength: 10, selector: ({ building, entrance, room }) => `${building} ${entrance} ${room}` },
    ),
    guardians: fc.array(fc.nat(), { maxLength: 2 }),
  })
  .map(({ people, units, guardians }) => {
    const known = people.map(({ name, number, how }, at): Personal => {
      const phone = `139${String(at).padStart(8, "0")}`;
      // Known by number, by document, by last four or by phone; the last four of two people here never agree.
      if (how === 0) return personal(name, { ownerNo: `P-${at}`, phone });
      if (how === 1) return personal(name, { idType: "id_card", idNumber: number, idTail: number.slice(-4) });
      if (how === 2) return personal(name, { idTail: String(1000 + at) });
      return personal(name, { phone });
    });
    const wards = new Map<number, number>();
    for (const ward of new Set(guardians.map((at) => at % known.length))) wards.set(ward, known.length + wards.size);
    const all = [
      ...known,
      ...[...wards.values()].map((_, at) => personal(`监护${"甲乙丙"[at]}`, { phone: `1370000000${at}` })),
    ];
    const made = units.map(({ building, entrance, room, areaDm2, owners, designated, kind }) => {
      const parties = [...new Set(owners.map((owner) => owner % known.length))];
      const names = parties.map((at) => known[at]!.name);
      const chosen = designated === null || parties.length < 2 ? null : parties[designated % parties.length]!;
      // Two co-owners of one name cannot be told apart by name, which is all the column 表决代表 has.
      const clear = chosen !== null && names.filter((name) => name === known[chosen]!.name).length === 1;
      return {
        place: [building, entrance, room] as const,
        areaDm2,
        owners: parties,
        designated: clear ? chosen : null,
        kind,
        state: parties.length === 0 ? ("unsold" as const) : ("delivered" as const),
      };
    });
    const used = new Set(made.flatMap(({ owners }) => owners));
    return { units: made, people: all, guardians: [...wards].filter(([ward]) => used.has(ward)) };
  });
