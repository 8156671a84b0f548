/** Which acts of office take two people, and who the second may be: each bound exactly, one below, one above. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DAY_MS } from "../../src/kernel/day.ts";
import {
  ALONE_AFTER_MS,
  mayConfirm,
  needsSecond,
  PROPOSAL_LIFE_MS,
  stateOf,
  WEIGHTY_POSTS,
  whoConfirms,
} from "../../src/offices/proposals/rules.ts";
import { PERMISSIONS, POST_KINDS, permissionsOf, SEPARATED } from "../../src/offices/rules.ts";

const NOW = Date.parse("2026-11-02T02:00:00Z");

describe("a second person", () => {
  test.each([
    ["committee_chair", true],
    ["committee_deputy", true],
    ["preparatory_chair", true],
    ["preparatory_member", true],
    ["secretary", true],
    ["teller", true],
    ["supervisor", true],
    ["street_officer", true],
    ["committee_member", true],
    ["committee_alternate", true],
    ["community_party_secretary", true],
    ["treasurer", true],
    ["accountant", true],
    ["volunteer", false],
    ["branch_secretary", false],
    ["residents_officer", true],
    ["provider_staff", false],
    ["auditor", false],
  ] as const)("is needed for %s: %s", (kind, needed) => expect(needsSecond(kind)).toBe(needed));

  test("is needed for every post that holds half of a pair, so that nobody fills both halves alone", () => {
    for (const pair of SEPARATED)
      for (const permission of pair) for (const kind of PERMISSIONS[permission]) expect(needsSecond(kind)).toBe(true);
  });

  test("posts that need none give no right that a pair or the offices rest on", () => {
    const light = POST_KINDS.filter((kind) => !WEIGHTY_POSTS.includes(kind));
    const granted = permissionsOf(light);
    for (const permission of [
      ...SEPARATED.flat(),
      "offices.manage",
      "settings.manage",
      "meeting.annul",
      "committee.sign",
      "overlap.waive",
    ] as const)
      expect(granted.has(permission), permission).toBe(false);
  });
});

describe("who confirms", () => {
  test.each([
    ["nobody ever managed besides: alone", null, "alone"],
    ["someone else manages still for an instant: a second", NOW + 1, "second"],
    ["open-ended: a second", Number.MAX_SAFE_INTEGER, "second"],
    ["the last other one left this instant: nobody yet", NOW, "nobody_confirms_yet"],
    ["an instant before thirty days are over: nobody yet", NOW - ALONE_AFTER_MS + 1, "nobody_confirms_yet"],
    ["thirty days exactly: alone", NOW - ALONE_AFTER_MS, "alone"],
  ] as const)("%s", (_, until, expected) => {
    const said = whoConfirms(until, NOW);
    expect(said.ok ? said.value.kind : said.error.reason).toBe(expected);
  });

  test("says from when one may act alone", () =>
    expect(whoConfirms(NOW - DAY_MS, NOW)).toEqual({
      ok: false,
      error: { reason: "nobody_confirms_yet", aloneFrom: NOW - DAY_MS + ALONE_AFTER_MS },
    }));
});

describe("a proposal", () => {
  const expiresAt = NOW + PROPOSAL_LIFE_MS;
  test.each([
    ["is open until the instant before it runs out", null, expiresAt - 1, "open"],
    ["has run out at that instant", null, expiresAt, "expired"],
    ["stays confirmed after that", "confirmed", expiresAt + 1, "confirmed"],
    ["stays refused after that", "refused", expiresAt + 1, "refused"],
  ] as const)("%s", (_, outcome, at, state) => expect(stateOf({ outcome, expiresAt }, at)).toBe(state));

  test.each([
    ["by another officer", "open", "third", "ok"],
    ["not by the one who proposed it", "open", "proposer", "own_proposal"],
    ["not by the one it concerns", "open", "person", "own_proposal"],
    ["not when it has run out", "expired", "third", "proposal_expired"],
    ["not a second time", "confirmed", "third", "proposal_over"],
    ["not after a refusal", "refused", "third", "proposal_over"],
  ] as const)("is confirmed %s", (_, state, actor, expected) => {
    const may = mayConfirm({ state, proposedBy: "proposer", personId: "person" }, actor);
    expect(may.ok ? "ok" : may.error.reason).toBe(expected);
  });

  test("is never confirmed by one person alone, whoever they are and whatever it is about", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string(), (one, personId) => {
        expect(mayConfirm({ state: "open", proposedBy: one, personId }, one).ok).toBe(false);
      }),
    );
  });
});
