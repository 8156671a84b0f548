/** The words of what a named person is told: that somebody named them, what was decided, that they are on the list. Nothing is said that a neighbour reading along may not know. */
import { contactsFor } from "../../community/privacy/actions.ts";
import type { PartyId } from "../../kernel/id.ts";
import type { Query } from "../../platform/db.ts";
import { type MessageParams, type Rendered, registerMessageKind } from "../../platform/outbox/kinds.ts";
import { queueMessage } from "../../platform/outbox/store.ts";
import type { Scene } from "../../platform/scene.ts";
import { sayDeadline } from "../../platform/ui/moments.ts";
import { candidatePhone } from "../candidates/store.ts";
import { type ElectionRow, findElection } from "../store.ts";
import { type CandidacyRow, findCandidacyById } from "./store.ts";
import { ownCandidacyHref } from "./words.ts";

export const NAMED = "election.named";
export const DECIDED = "election.decided";

/** Why the number on the roll was read; written down with the outcome. */
const READ = { by: "outbox", why: "election nomination" } as const;

async function readOne(
  scene: Scene,
  params: MessageParams,
): Promise<{ readonly election: ElectionRow; readonly row: CandidacyRow; readonly href: string } | null> {
  const [rows, elections] = await scene.db.read(
    findCandidacyById(scene, String(params.candidacy)),
    findElection(scene, String(params.election)),
  );
  const [row, election] = [rows[0], elections[0]];
  if (!row || !election) return null;
  return { election, row, href: `${scene.origin}${ownCandidacyHref(scene.community.slug, election.number)}` };
}

registerMessageKind(NAMED, {
  name: { zh: "被提名通知", en: "Word of a nomination" },
  restsAtNight: true,
  render: async (scene, params, partyId): Promise<Rendered> => {
    const found = await readOne(scene, params);
    if (!found || found.row.answer !== null || found.row.withdrawnAt !== null) return { skip: "answered" };
    const { state } = found.election;
    if (state !== "nominating" && state !== "examining") return { skip: "too late" };
    const { contacts } = await contactsFor(scene, [partyId as PartyId], READ);
    const phone = contacts.get(partyId as PartyId)?.phone;
    if (!phone) return { skip: "no number" };
    return {
      phone,
      text: `【小区共治】${scene.community.name}：有人提名您参加业主委员会选举。参不参加由您自己决定，没有您的同意不会列入名单。请登录业主专页答复：${found.href}`,
    };
  },
  onOutcome: async (scene, { recipient }, { outcome }) =>
    outcome === "skipped" ? [] : [(await contactsFor(scene, [recipient as PartyId], READ)).statement],
});

registerMessageKind(DECIDED, {
  name: { zh: "参选资格通知", en: "Word of a decision on eligibility" },
  restsAtNight: true,
  // To the number the person gave when they agreed to stand.
  render: async (scene, params): Promise<Rendered> => {
    const found = await readOne(scene, params);
    if (!found || found.row.withdrawnAt !== null) return { skip: "withdrawn" };
    const { row, href } = found;
    if (row.decisionNo !== params.decision) return { skip: "decided anew" };
    const phone = await candidatePhone(scene, { candidateId: row.candidacyId, phoneSealed: row.phoneSealed });
    if (phone === null) return { skip: "no number" };
    const appeal =
      params.ruling !== true && row.outcome === "ineligible" && row.appealUntil !== null && row.appealUntil > scene.now
        ? `不同意的，可以在${sayDeadline(row.appealUntil, "zh")}以前申诉。`
        : "";
    return {
      phone,
      text: `【小区共治】${scene.community.name}：您的参选资格有了${params.ruling === true ? "街道的裁定" : "决定"}，请登录业主专页查看结论和理由。${appeal}${href}`,
    };
  },
});

type Named = Pick<CandidacyRow, "electionId" | "candidacyId">;

/** Tells an owner that somebody else named them; once for each channel. */
export const tellNamed = (scene: Scene, of: Named, partyId: PartyId, channel: string): Query =>
  queueMessage(scene, {
    kind: NAMED,
    to: partyId,
    params: { election: of.electionId, candidacy: of.candidacyId },
    dedupeKey: `${NAMED}:${of.candidacyId}:${channel}`,
  });

/** Tells the person what was decided on them, or how the street ruled. */
export const tellDecided = (scene: Scene, row: CandidacyRow, decisionNo: number, ruling: boolean): Query =>
  queueMessage(scene, {
    kind: DECIDED,
    to: row.partyId,
    params: { election: row.electionId, candidacy: row.candidacyId, decision: decisionNo, ruling },
    dedupeKey: `${DECIDED}:${row.candidacyId}:${decisionNo}:${ruling ? "ruling" : "decision"}`,
  });
