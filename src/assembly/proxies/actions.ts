/** Recording a written authorisation, telling the principal, and taking it back: load, ask the rules, write. */
import { maskName, readLastFour } from "../../community/identity/rules.ts";
import { dayOf } from "../../kernel/day.ts";
import { type MeetingId, newId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { type FileFault, putFile } from "../../platform/files.ts";
import { queueMessage } from "../../platform/outbox/store.ts";
import { registerSealed } from "../../platform/resealing/columns.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { appendLeaf } from "../../record/store.ts";
import { votingFrom, votingQueries } from "../ballots/store.ts";
import { voterAddress } from "../links/actions.ts";
import { mayRecordProxy, mayRevokeProxy, type ProxyRefusal, type ProxyTerms } from "./rules.ts";
import {
  countHeldBy,
  findProxy,
  findProxyOf,
  insertProxy,
  type ProxyRow,
  revokeProxyRow,
  type StoredTerms,
} from "./store.ts";

export type RecordRefusal =
  | ProxyRefusal
  | FileFault
  | { readonly reason: "unknown_voter" }
  | { readonly reason: "unknown_item"; readonly itemNo: number }
  | { readonly reason: "voting_over" };

/** The message that tells a principal that somebody was recorded as their agent. */
export const PROXY_MESSAGE = "proxy.notice";

const agentContext = (communityId: string, proxyId: string): string => `proxy:${communityId}:${proxyId}`;

registerSealed({
  table: "proxy",
  column: "agent_sealed",
  key: ["meeting_id", "proxy_id"],
  contextOf: (communityId, { proxy_id }) => agentContext(communityId, String(proxy_id)),
});

/** What is sealed of an authorisation: who it is and what the principal said. */
export interface AgentWords {
  readonly name: string;
  readonly lastFour: string;
  readonly instructions: string;
}

/**
 * Records a written authorisation (REG 12, CC 165; V4): the agent's name and the principal's words sealed, a keyed hash
 * that counts how many the agent stands for, the scan, and a leaf without any of them. The principal is told in the same
 * batch. `key` comes from the form and makes a repeat the same authorisation.
 */
export async function recordProxy(
  scene: StaffScene,
  asked: {
    readonly meetingId: MeetingId;
    readonly voterNo: number;
    readonly terms: ProxyTerms;
    readonly scan?: { readonly name: string; readonly bytes: Uint8Array };
    readonly key?: string;
  },
): Promise<Result<{ readonly proxyId: string }, RecordRefusal>> {
  const { db, community, keys, actor } = scene;
  const { meetingId, voterNo } = asked;
  const name = asked.terms.agentName.normalize("NFKC").replace(/\s+/g, " ").trim();
  const terms: ProxyTerms = {
    ...asked.terms,
    agentName: name,
    agentLastFour: readLastFour(asked.terms.agentLastFour) ?? "",
  };
  const proxyId = asked.key ?? newId<string>(scene.random);
  const agentKey = keys.index(`${name}|${terms.agentLastFour}`, `proxy.agent:${community.id}`);
  const [same, standing, held, ...rows] = await db.read(
    findProxy(scene, meetingId, proxyId),
    findProxyOf(scene, meetingId, voterNo),
    countHeldBy(scene, meetingId, agentKey),
    ...votingQueries(scene, meetingId, voterNo),
  );
  if (same[0]) return ok({ proxyId });
  const found = votingFrom(...rows);
  if (!found || found.row.closesAt === null) return err({ reason: "unknown_voter" });
  if (scene.now >= found.row.closesAt || !["notice", "open"].includes(found.row.state))
    return err({ reason: "voting_over" });
  const { proxiesAllowed, proxyCap } = found.rules;
  const may = mayRecordProxy(
    terms,
    { allowed: proxiesAllowed.value, cap: proxyCap.value },
    {
      held: held[0]?.held ?? 0,
      hasVoted: found.standing !== null,
      hasProxy: standing.length > 0,
      closesOn: dayOf(found.row.closesAt - 1),
    },
  );
  if (!may.ok) return may;
  const stranger = terms.itemNos.find((itemNo) => !found.weights.some((weight) => weight.itemNo === itemNo));
  if (stranger !== undefined) return err({ reason: "unknown_item", itemNo: stranger });

  const file = asked.scan ? await putFile(scene, asked.scan, actor.personId, "private") : null;
  if (file && !file.ok) return file;
  const words: AgentWords = { name, lastFour: terms.agentLastFour, instructions: terms.instructions.trim() };
  const stored: StoredTerms = {
    itemNos: terms.itemNos,
    validUntil: terms.validUntil,
    instructed: words.instructions !== "",
  };
  const leaf = appendLeaf(
    scene,
    "proxy.recorded",
    {
      meeting: meetingId,
      voter: voterNo,
      proxy: proxyId,
      items: [...terms.itemNos],
      until: terms.validUntil,
      scan: file?.value.stored.sha256 ?? "",
      by: actor.personId,
    },
    meetingId,
  );
  const written = await db.write([
    ...(file ? [file.value.statement] : []),
    ...insertProxy(
      scene,
      meetingId,
      {
        proxyId,
        voterNo,
        agentSealed: await keys.seal(JSON.stringify(words), agentContext(community.id, proxyId)),
        agentMasked: maskName(name),
        agentKey,
        terms: JSON.stringify(stored),
        fileId: file?.value.stored.fileId ?? null,
        recordedBy: actor.personId,
      },
      proxyCap.value,
    ),
    queueMessage(scene, {
      kind: PROXY_MESSAGE,
      to: voterAddress(meetingId, voterNo),
      dedupeKey: `proxy:${proxyId}`,
      params: { meeting: meetingId, voter: voterNo, proxy: proxyId },
      expiresAt: found.row.closesAt,
    }),
    leaf.statement,
  ]);
  if (written.ok) return ok({ proxyId });
  switch (written.error.code) {
    case "cap_reached":
      return err({ reason: "cap_reached", cap: proxyCap.value, held: proxyCap.value });
    case "already_voted":
    case "proxy_stands":
      return err({ reason: written.error.code });
    default:
      throw new Error(`an authorisation was refused by ${written.error.code}`);
  }
}

/** The agent's name and the principal's words, for those who keep the paper. */
export const openAgent = async (
  { keys, community }: Pick<Scene, "keys" | "community">,
  { proxyId, agentSealed }: Pick<ProxyRow, "proxyId" | "agentSealed">,
): Promise<AgentWords> => JSON.parse(await keys.open(agentSealed, agentContext(community.id, proxyId))) as AgentWords;

/**
 * Takes an authorisation back until it has been used (CC 173). `by` is a person's id, or `voter` for the principal; with
 * `voterNo` only that principal's own. Repeating it is harmless.
 */
export async function revokeProxy(
  scene: Scene,
  asked: { readonly meetingId: MeetingId; readonly proxyId: string; readonly by: string; readonly voterNo?: number },
): Promise<Result<null, ProxyRefusal | { readonly reason: "unknown_proxy" }>> {
  const { meetingId, proxyId, by } = asked;
  const [[row]] = await scene.db.read(findProxy(scene, meetingId, proxyId));
  if (!row || (asked.voterNo !== undefined && row.voterNo !== asked.voterNo)) return err({ reason: "unknown_proxy" });
  const may = mayRevokeProxy(row);
  if (!may.ok) return may.error.reason === "revoked" ? ok(null) : may;
  const leaf = appendLeaf(
    scene,
    "proxy.revoked",
    { meeting: meetingId, voter: row.voterNo, proxy: proxyId, by },
    meetingId,
  );
  const written = await scene.db.write([...revokeProxyRow(scene, meetingId, proxyId, by), leaf.statement]);
  if (written.ok) return ok(null);
  // Used or revoked between the read and the write: what stands now is the answer.
  const [[now]] = await scene.db.read(findProxy(scene, meetingId, proxyId));
  return now?.usedAt == null ? ok(null) : err({ reason: "used" });
}
