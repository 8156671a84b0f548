/** Each act on the way to a list of candidates, with every one of its batches lost once before and once after the commit: done, once, and answered. */
import { describe, expect, test } from "vitest";
import { checkCandidacy, decideEligibility } from "../../src/elections/candidates/eligibility/actions.ts";
import { appealDecision, ruleOnAppeal } from "../../src/elections/candidates/eligibility/appeals.ts";
import {
  answerCandidateObjection,
  listCandidateObjections,
  objectToCandidate,
} from "../../src/elections/candidates/objecting.ts";
import { publishCandidates } from "../../src/elections/candidates/publishing.ts";
import { answerNomination } from "../../src/elections/nominations/answering.ts";
import { saveProfile, signDeclaration } from "../../src/elections/nominations/describing.ts";
import { byOwner, onPaper } from "../../src/elections/nominations/hand.ts";
import { nominateMyself, nominateNeighbour, nominateOnPaper } from "../../src/elections/nominations/nominating.ts";
import { takeBackAffiliation, tellAffiliation } from "../../src/elections/nominations/person/affiliation.ts";
import { setSupport, supportOnPaper } from "../../src/elections/nominations/supporting.ts";
import type { Instant } from "../../src/kernel/day.ts";
import type { Result } from "../../src/kernel/result.ts";
import type { CommunityAddress } from "../../src/platform/db.ts";
import type { StaffScene } from "../../src/platform/scene.ts";
import { countLeaves } from "../../src/record/store.ts";
import {
  ALL_MET,
  acceptedIn,
  closeNominations,
  decided,
  EXAMINING,
  must,
  NAMING,
  NOTHING_TO_DECLARE,
  once,
  ownerIn,
  PAPER,
  PROFILE,
  standingElection,
  YES,
} from "./candidates-of-test.ts";
import { makeCommunity, sceneAt } from "./community-of-test.ts";
import { csvOf, importFile, manyRows } from "./community-roll-of-test.ts";
import { type ElectionRole, electing, makeElection } from "./election-of-test.ts";
import { sceneInWeather, type Weather } from "./lost-answers.ts";

interface Due {
  readonly community: CommunityAddress;
  readonly role?: ElectionRole;
  readonly now?: Instant;
  readonly act: (scene: StaffScene) => Promise<Result<unknown, unknown>>;
}
interface Here {
  readonly community: CommunityAddress;
  readonly electionId: string;
}

const begun = async (): Promise<Here> => {
  const community = await makeCommunity({ name: "金桂苑" });
  await importFile(community, csvOf(...manyRows(12)));
  return { community, electionId: (await makeElection(community, { state: "nominating" })).electionId };
};
const own = async ({ community }: Here, room: string) => ownerIn(community, room);
const hand = async (here: Here, room: string) => byOwner(await own(here, room));
const paperOf = async (here: Here, channel: "street" | "community_party" | "joint") => ({
  channel,
  place: "1-0003",
  name: (await own(here, "0003")).name,
  document: channel === "joint" ? "" : "推荐函",
  paper: PAPER,
  places: [],
});
const jointly = async (here: Here): Promise<void> => {
  const asked = await paperOf(here, "joint");
  must(await nominateOnPaper(electing(here.community, "secretary", NAMING), here.electionId, asked, once()));
};

const ACTS: Readonly<Record<string, () => Promise<Due>>> = {
  "a nomination on paper": async () => {
    const here = await begun();
    const [asked, key] = [await paperOf(here, "community_party"), once()];
    return { ...here, act: (scene) => nominateOnPaper(scene, here.electionId, asked, key) };
  },
  "a nomination of oneself": async () => {
    const here = await begun();
    const [owner, key] = [await own(here, "0003"), once()];
    return { ...here, act: (scene) => nominateMyself(scene, here.electionId, owner, key) };
  },
  "a nomination of a neighbour": async () => {
    const here = await begun();
    const [owner, { name }, key] = [await own(here, "0003"), await own(here, "0004"), once()];
    return {
      ...here,
      act: (scene) => nominateNeighbour(scene, here.electionId, owner, { place: "1-0004", name }, key),
    };
  },
  "a support": async () => {
    const here = await begun();
    await jointly(here);
    const owner = await own(here, "0005");
    return { ...here, act: (scene) => setSupport(scene, here.electionId, 1, owner, "given") };
  },
  "a sheet of supports": async () => {
    const here = await begun();
    await jointly(here);
    const asked = { places: ["1-0005", "1-0006"], paper: PAPER };
    return { ...here, act: (scene) => supportOnPaper(scene, here.electionId, 1, asked) };
  },
  "a yes on paper": async () => {
    const here = await begun();
    must(await nominateMyself(sceneAt(here.community, NAMING), here.electionId, await own(here, "0003"), once()));
    const paper = must(await onPaper(electing(here.community, "secretary", NAMING), PAPER));
    return { ...here, act: (scene) => answerNomination(scene, here.electionId, 1, paper, YES) };
  },
  "a profile": async () => {
    const here = await begun();
    await acceptedIn(here.community, here.electionId, "0003");
    const mine = await hand(here, "0003");
    const asked = { profile: { ...PROFILE, introduction: "第二版" }, photo: null, keepsPhoto: false, version: 1 };
    return { ...here, act: (scene) => saveProfile(scene, here.electionId, 1, mine, asked) };
  },
  "a declaration on paper": async () => {
    const here = await begun();
    await acceptedIn(here.community, here.electionId, "0003");
    const paper = must(await onPaper(electing(here.community, "secretary", NAMING), PAPER));
    return {
      ...here,
      act: (scene) => signDeclaration(scene, here.electionId, 1, paper, { ...NOTHING_TO_DECLARE, version: 1 }),
    };
  },
  "telling one's affiliation": async () => {
    const here = await begun();
    await acceptedIn(here.community, here.electionId, "0003");
    const mine = await hand(here, "0003");
    return {
      ...here,
      act: (scene) => tellAffiliation(scene, here.electionId, 1, mine, { text: "群众", consents: true }),
    };
  },
  "taking it back": async () => {
    const here = await begun();
    await acceptedIn(here.community, here.electionId, "0003");
    const mine = await hand(here, "0003");
    must(
      await tellAffiliation(sceneAt(here.community, NAMING), here.electionId, 1, mine, {
        text: "群众",
        consents: true,
      }),
    );
    return { ...here, act: (scene) => takeBackAffiliation(scene, here.electionId, 1, mine) };
  },
  "a checklist": async () => {
    const here = await begun();
    await acceptedIn(here.community, here.electionId, "0003");
    const asked = { found: ALL_MET, papers: [PAPER], sheetNo: 0 };
    return { ...here, act: (scene) => checkCandidacy(scene, here.electionId, 1, asked) };
  },
  "a decision": async () => {
    const here = await begun();
    await acceptedIn(here.community, here.electionId, "0003");
    const secretary = electing(here.community, "secretary", NAMING);
    must(await checkCandidacy(secretary, here.electionId, 1, { found: ALL_MET, papers: [], sheetNo: 0 }));
    const asked = { outcome: "eligible", reason: "逐项核对", sheetNo: 1, decisionNo: 0 } as const;
    return { ...here, role: "chair", act: (scene) => decideEligibility(scene, here.electionId, 1, asked) };
  },
  "an appeal": async () => {
    const here = await begun();
    await acceptedIn(here.community, here.electionId, "0003");
    await decided(here.community, here.electionId, 1, "ineligible", NAMING);
    const mine = await hand(here, "0003");
    return { ...here, act: (scene) => appealDecision(scene, here.electionId, 1, mine, "不属实") };
  },
  "a ruling": async () => {
    const here = await begun();
    await acceptedIn(here.community, here.electionId, "0003");
    await decided(here.community, here.electionId, 1, "ineligible", NAMING);
    must(await appealDecision(sceneAt(here.community, NAMING), here.electionId, 1, await hand(here, "0003"), "不属实"));
    const asked = { outcome: "eligible", reason: "核实" } as const;
    return { ...here, role: "street", act: (scene) => ruleOnAppeal(scene, here.electionId, 1, asked) };
  },
  "the list": async () => {
    const here = await begun();
    await acceptedIn(here.community, here.electionId, "0003");
    await closeNominations(here.community, here.electionId);
    await decided(here.community, here.electionId, 1);
    const asked = { fewerReason: "不足，继续。", seen: [1] };
    return { ...here, role: "chair", now: EXAMINING, act: (scene) => publishCandidates(scene, here.electionId, asked) };
  },
  "an objection and its answer": async () => {
    const community = await makeCommunity({ name: "金桂苑" });
    await importFile(community, csvOf(...manyRows(12)));
    const { election } = await standingElection(community, ["0003"]);
    const { electionId } = election;
    const owner = await ownerIn(community, "0005");
    const asked = { text: "不合条件", once: once() };
    return {
      community,
      role: "chair",
      now: EXAMINING,
      act: async (scene) => {
        const made = await objectToCandidate(scene, electionId, 1, owner, asked);
        if (!made.ok) return made;
        const [[ticket]] = await scene.db.read(listCandidateObjections(scene, electionId));
        return answerCandidateObjection(scene, electionId, ticket!.objectionId, {
          outcome: "rejected",
          answer: "不属实",
        });
      },
    };
  },
};

async function leavesOf(community: CommunityAddress): Promise<number> {
  const scene = sceneAt(community);
  const [rows] = await scene.db.read(countLeaves(scene));
  return rows[0]!.size;
}

/** Does the act in this weather, and once more in calm weather if it broke, as a person does. */
async function weathered(due: Due, weather: Weather): Promise<{ result: Result<unknown, unknown>; leaves: number }> {
  const before = await leavesOf(due.community);
  const calm = electing(due.community, due.role ?? "secretary", due.now ?? NAMING);
  const scene: StaffScene = { ...sceneInWeather(due.community, weather, calm.now), actor: calm.actor };
  const result = await due.act(scene).catch(() => due.act(calm));
  return { result, leaves: (await leavesOf(due.community)) - before };
}

describe.each(Object.entries(ACTS))("%s", (_, prepare) => {
  test("is done once and answered, whichever of its batches loses its way", async () => {
    let batches = 0;
    const calm = await weathered(await prepare(), (batch) => {
      batches = batch;
      return "fine";
    });
    expect(calm.result.ok).toBe(true);
    expect(calm.leaves).toBeGreaterThan(0);
    for (let lost = 1; lost <= batches; lost += 1)
      // From there on lost as well, so that the act breaks and is repeated: for the batch that writes.
      for (const fate of ["lost before", "lost after"] as const)
        for (const isOver of lost === batches ? [false, true] : [false]) {
          const weather: Weather = (batch) => ((isOver ? batch >= lost : batch === lost) ? fate : "fine");
          const { result, leaves } = await weathered(await prepare(), weather);
          const where = `batch ${lost} of ${batches} ${fate}${isOver ? ", and all after it" : ""}`;
          expect(result, where).toMatchObject({ ok: true });
          expect(leaves, where).toBe(calm.leaves);
        }
  }, 240_000);
});
