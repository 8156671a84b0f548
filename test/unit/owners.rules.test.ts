/** Which head is an owner's, who may act for it, and cards of paper: at each bound and for all inputs. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  mayTryAgain,
  REST_MS,
  TRIES_BEFORE_LOCK,
  TRIES_BEFORE_REST,
} from "../../src/community/identity/tries/rules.ts";
import { DEFAULT_SETTINGS, type Designation, type Voter, voters } from "../../src/community/rules.ts";
import type { PartyId } from "../../src/kernel/id.ts";
import { afterSignIn, mayAsk, OWNERS_CODES_PER_COMMUNITY } from "../../src/offices/signin/rules.ts";
import { type CardParty, mayIssueCard, readCardCode, showCardCode } from "../../src/owners/access-card/rules.ts";
import { headsOfParty, mayActFor, standingsOf } from "../../src/owners/rules.ts";

const id = (name: string) => name as PartyId;
const [ANN, BEN, CAT, GUARDIAN] = ["ann", "ben", "cat", "guardian"].map(id) as [PartyId, PartyId, PartyId, PartyId];

const head = (owners: readonly PartyId[], designation: Designation, areaDm2 = 10_000): Voter => ({
  key: `o:${owners.join("+")}`,
  reason: owners.length > 1 ? "same_owners" : "one_unit",
  owners,
  units: [],
  areaDm2,
  areaByBuilding: new Map(),
  designation,
  overlaps: [],
});
const votes = (partyId: PartyId, as: "owner" | "designated" | "guardian" = "owner"): Designation => ({
  state: "votes",
  partyId,
  as,
});
const own = head([ANN], votes(ANN));
const shared = (designation: Designation) => head([ANN, BEN], designation);
const reasonOf = (result: ReturnType<typeof mayActFor>) => (result.ok ? "ok" : result.error.reason);

describe("who may act for a head (C3, C4; GR 25)", () => {
  const ann = { partyId: ANN, guardianId: null };
  test.each<[string, Voter | undefined, Parameters<typeof mayActFor>[1], string]>([
    ["a sole owner may", own, ann, "ok"],
    ["of co-owners the one they chose may", shared(votes(ANN, "designated")), ann, "ok"],
    ["and the others may not", shared(votes(BEN, "designated")), ann, "another_chosen"],
    ["while nobody was chosen, nobody may", shared({ state: "must_designate" }), ann, "nobody_chosen"],
    [
      "nor while they chose differently for different units",
      shared({ state: "chose_differently", partyIds: [ANN, BEN] }),
      ann,
      "nobody_chosen",
    ],
    ["who has sold may not", undefined, ann, "owner_without_head"],
    [
      "a guardian may for a ward",
      head([ANN], votes(GUARDIAN, "guardian")),
      { partyId: ANN, guardianId: GUARDIAN },
      "ok",
    ],
    ["and the ward may not without them", head([ANN], votes(GUARDIAN, "guardian")), ann, "another_chosen"],
    [
      "another guardian may not",
      head([ANN], votes(GUARDIAN, "guardian")),
      { partyId: ANN, guardianId: CAT },
      "another_chosen",
    ],
  ])("%s", (_, of, owner, reason) => expect(reasonOf(mayActFor(of, owner))).toBe(reason));

  test("never two co-owners for one head, whoever was chosen", () => {
    const designations = fc.constantFrom<Designation>(
      votes(ANN, "designated"),
      votes(BEN, "designated"),
      { state: "must_designate" },
      { state: "chose_differently", partyIds: [ANN, BEN] },
    );
    fc.assert(
      fc.property(designations, (designation) => {
        const may = [ANN, BEN, CAT].filter(
          (partyId) => mayActFor(shared(designation), { partyId, guardianId: null }).ok,
        );
        expect(may.length).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe("an owner's heads", () => {
  test("the one they act for comes first, then the one nobody was chosen for, then the one another acts for", () => {
    const other = head([ANN, CAT], votes(CAT, "designated"), 90_000);
    const open = head([ANN, BEN], { state: "must_designate" }, 50_000);
    expect(headsOfParty([other, open, own, head([BEN], votes(BEN))], ANN)).toEqual([own, open, other]);
    expect(headsOfParty([other, open], id("nobody"))).toEqual([]);
  });

  test("are the same read from their own units as from the whole roll (C2)", () => {
    const parties = [ANN, BEN, CAT];
    const owners = fc.subarray(parties, { minLength: 1 });
    fc.assert(
      fc.property(fc.array(owners, { minLength: 1, maxLength: 12 }), fc.constantFrom(...parties), (units, who) => {
        const roll = (some: readonly (readonly PartyId[])[]) => ({
          asOf: "2026-11-02",
          units: some.map((set, at) => ({
            unitId: `u${units.indexOf(set as PartyId[])}-${at}` as never,
            building: "1栋",
            entrance: "",
            room: String(units.indexOf(set as PartyId[])),
            areaDm2: 100 + units.indexOf(set as PartyId[]),
            source: "register" as const,
            kind: "residence" as const,
            state: "delivered" as const,
            owners: set.map((partyId) => ({ partyId, basis: "registered" as const })),
            designated: null,
          })),
          parties: new Map(
            parties.map((partyId) => [
              partyId,
              { partyId, kind: "natural" as const, maskedName: "*", guardianId: null },
            ]),
          ),
        });
        const keys = (some: readonly (readonly PartyId[])[]) =>
          headsOfParty(voters(roll(some), DEFAULT_SETTINGS), who).map(({ key, areaDm2 }) => `${key} ${areaDm2}`);
        expect(keys(units.filter((set) => set.includes(who)))).toEqual(keys(units));
      }),
    );
  });
});

describe("whom a proof is good for", () => {
  const one = (partyId: PartyId, owns: 0 | 1) => ({ partyId, provedBy: ANN, owns });
  test.each([
    ["an owner for themselves", [one(ANN, 1)], [ANN]],
    ["a guardian who owns nothing for their ward alone", [one(ANN, 0), one(BEN, 1)], [BEN]],
    ["a guardian who owns something for both", [one(ANN, 1), one(BEN, 1)], [ANN, BEN]],
    ["who has sold everything for themselves, to be told so", [one(ANN, 0)], [ANN]],
    ["nobody for nobody", [], []],
  ])("%s", (_, candidates, whom) => expect(standingsOf(candidates).map(({ partyId }) => partyId)).toEqual(whom));
});

describe("a card of paper", () => {
  const party: CardParty = { owns: true, isPerson: true, hasNumber: false, hasCertificate: true };
  test.each<[string, Partial<CardParty>, string]>([
    ["is for an owner without a number and with a certificate", {}, "ok"],
    ["not for who owns nothing", { owns: false }, "not_an_owner"],
    ["not for an organisation, whose number is public", { isPerson: false }, "organisation"],
    ["not for who can be sent a code", { hasNumber: true }, "number_known"],
    ["not where nothing could be asked for besides", { hasCertificate: false }, "no_certificate"],
  ])("%s", (_, more, reason) => {
    const may = mayIssueCard({ ...party, ...more });
    expect(may.ok ? "ok" : may.error.reason).toBe(reason);
  });

  test.each([
    ["7K3F-9X2M-PQ4D", "7k3f9x2mpq4d"],
    ["  7k3f 9x2m pq4d ", "7k3f9x2mpq4d"],
    ["７Ｋ３Ｆ—９Ｘ２Ｍ—ＰＱ４Ｄ", "7k3f9x2mpq4d"],
    ["OIL0-9X2M-PQ4D", "01109x2mpq4d"],
    ["7K3F-9X2M-PQ4", null],
    ["7K3F-9X2M-PQ4DE", null],
    ["7K3F-9X2M-PQ4U", null],
    ["", null],
  ])("its code typed as %j is %j", (typed, code) => expect(readCardCode(typed)).toBe(code));

  test("what is printed is what is read", () => {
    const letters = fc.constantFrom(..."0123456789abcdefghjkmnpqrstvwxyz");
    fc.assert(
      fc.property(fc.array(letters, { minLength: 12, maxLength: 12 }), (code) => {
        expect(readCardCode(showCardCode(code.join("")))).toBe(code.join(""));
      }),
    );
  });
});

describe("the last four", () => {
  const tried = (failedAttempts: number) => ({ failedAttempts, lastFailedAt: 1_000 });
  test.each([
    ["may be tried four times wrongly and once more", TRIES_BEFORE_REST - 1, 1_000, "ok"],
    ["rest after the fifth", TRIES_BEFORE_REST, 1_000 + REST_MS - 1, "resting"],
    ["for exactly an hour", TRIES_BEFORE_REST, 1_000 + REST_MS, "ok"],
    ["go on after it", TRIES_BEFORE_REST + 1, 1_000, "ok"],
    ["are locked after the fifteenth, however long one waits", TRIES_BEFORE_LOCK, 1e15, "locked"],
    ["and not after the fourteenth", TRIES_BEFORE_LOCK - 1, 1_000, "ok"],
  ])("%s", (_, failed, now, reason) => {
    const may = mayTryAgain(tried(failed), now);
    expect(may.ok ? "ok" : may.error.reason).toBe(reason);
  });
});

describe("an owner's code", () => {
  const asked = (count: number) => ({
    wrongOfPhone: [],
    wrongOfCommunity: [],
    askedOfPhone: [],
    askedOfCommunity: Array.from({ length: count }, () => 1_000),
  });
  test("two thousand an hour for the whole estate, and not one more", () => {
    const most = OWNERS_CODES_PER_COMMUNITY.most;
    expect(mayAsk(asked(most - 1), 2_000, OWNERS_CODES_PER_COMMUNITY).ok).toBe(true);
    expect(mayAsk(asked(most), 2_000, OWNERS_CODES_PER_COMMUNITY).ok).toBe(false);
  });
  test.each([
    ["/c/here/petitions/1", "/c/here/petitions/1"],
    ["/c/there/my", "/c/here/my"],
    ["https://elsewhere.example/c/here/", "/c/here/my"],
    ["//elsewhere.example", "/c/here/my"],
    ["/c/here/../there", "/c/here/my"],
    [undefined, "/c/here/my"],
  ])("leads on to %j as %j", (next, to) => expect(afterSignIn("here", next, "my")).toBe(to));
});
