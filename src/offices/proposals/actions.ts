/** Confirming and refusing acts of office that wait for a second person: load, ask the rules, write with the leaf. No HTTP. */

import { readMobile } from "../../community/identity/rules.ts";
import type { Instant } from "../../kernel/day.ts";
import type { PersonId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Aborted } from "../../platform/db.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { type NumberDetails, type PhoneRefusal, refusedAs as phoneRefusedAs, renumbering } from "../people/actions.ts";
import { openName } from "../people/store.ts";
import {
  type Appointment,
  type AppointRefusal,
  refusedAs as appointRefusedAs,
  checkAppointment,
  taking,
} from "../terms/actions.ts";
import { type ConfirmRefusal, LONGEST_REASON, mayConfirm, type ProposalState, stateOf } from "./rules.ts";
import { assertManages, findProposal, insertProposalEnd, openDetails, type ProposalRow } from "./store.ts";

export type ProposalRefusal =
  | ConfirmRefusal
  | AppointRefusal
  | PhoneRefusal
  | { readonly reason: "unknown_proposal" }
  | { readonly reason: "number_differs" }
  | { readonly reason: "not_a_second" }
  | { readonly reason: "why_missing" }
  | { readonly reason: "why_too_long"; readonly most: number };

/** A proposal as read, with what has become of it at the scene's instant. */
export interface FoundProposal extends ProposalRow {
  readonly state: ProposalState;
}

export async function findOne(scene: Scene, proposalId: string): Promise<FoundProposal | null> {
  const [rows] = await scene.db.read(findProposal(scene, proposalId));
  const row = rows[0];
  return row ? { ...row, state: stateOf(row, scene.now) } : null;
}

/** Whether this officer has ended it so already: a repeat has its first answer. */
const isRepeat = (found: FoundProposal, scene: StaffScene, outcome: "confirmed" | "refused"): boolean =>
  found.outcome === outcome && found.endedBy === scene.actor.personId;

/**
 * The second officer confirms an appointment; from then on it is a tenure, under the id the proposal had. They give the mobile number
 * as the person told it to them: a number they have not asked for they cannot confirm, and a friend's telephone in the place of the
 * person's is found out. Everything an appointment is checked for is checked again.
 */
export async function confirmAppointment(
  scene: StaffScene,
  proposalId: string,
  typedPhone: string,
): Promise<Result<{ readonly tenureId: string }, ProposalRefusal>> {
  const found = await findOne(scene, proposalId);
  if (found?.kind !== "appointment") return err({ reason: "unknown_proposal" });
  if (isRepeat(found, scene, "confirmed")) return ok({ tenureId: proposalId });
  const may = mayBeSecond(scene, found);
  if (!may.ok) return may;
  const asked = JSON.parse(await openDetails(scene, found)) as Appointment;
  if (readMobile(typedPhone) !== asked.phone) return err({ reason: "number_differs" });
  const checked = await checkAppointment(scene, asked, { seats: "leave to the write" });
  if (!checked.ok) return err(checked.error[0]);
  // The number was someone's then and is nobody's, or another's, now: whom it would appoint is not whom was proposed.
  if (found.personId !== "" && checked.value.personId !== found.personId)
    return err({ reason: "phone_changed_meanwhile" });
  const [statements] = await taking(scene, checked.value, asked, proposalId);
  const written = await scene.db.write([...asSecond(scene, proposalId), ...statements]);
  if (written.ok) return ok({ tenureId: proposalId });
  const own = await endRefusal(scene, proposalId, written.error, "confirmed");
  if (own) return own.ok ? ok({ tenureId: proposalId }) : own;
  const refused = appointRefusedAs(checked.value, written);
  return refused.ok ? ok({ tenureId: proposalId }) : refused;
}

/** The second officer confirms a change of number, giving the new number as its owner told it to them. */
export async function confirmNumber(
  scene: StaffScene,
  proposalId: string,
  typedPhone: string,
): Promise<Result<null, ProposalRefusal>> {
  const found = await findOne(scene, proposalId);
  if (found?.kind !== "number") return err({ reason: "unknown_proposal" });
  if (isRepeat(found, scene, "confirmed")) return ok(null);
  const may = mayBeSecond(scene, found);
  if (!may.ok) return may;
  const { phone } = JSON.parse(await openDetails(scene, found)) as NumberDetails;
  if (readMobile(typedPhone) !== phone) return err({ reason: "number_differs" });
  const statements = await renumbering(scene, found.personId as PersonId, found.phoneVersion ?? 0, phone);
  const written = await scene.db.write([...asSecond(scene, proposalId), ...statements]);
  if (written.ok) return ok(null);
  return (await endRefusal(scene, proposalId, written.error, "confirmed")) ?? err(phoneRefusedAs(written.error));
}

/** Refuses a proposal, or takes one's own back, with a reason: open to who manages offices and to the person it is about. */
export async function refuseProposal(
  scene: StaffScene,
  proposalId: string,
  typedWhy: string,
): Promise<Result<null, ProposalRefusal>> {
  const found = await findOne(scene, proposalId);
  if (!found) return err({ reason: "unknown_proposal" });
  if (isRepeat(found, scene, "refused")) return ok(null);
  if (!mayRefuse(scene, found)) return err({ reason: "not_a_second" });
  if (found.state === "expired") return err({ reason: "proposal_expired" });
  if (found.state !== "open") return err({ reason: "proposal_over" });
  const why = typedWhy.trim();
  if (why === "") return err({ reason: "why_missing" });
  if (why.length > LONGEST_REASON) return err({ reason: "why_too_long", most: LONGEST_REASON });
  const written = await scene.db.write(insertProposalEnd(scene, { proposalId, way: "refusal", why }));
  if (written.ok) return ok(null);
  const refused = await endRefusal(scene, proposalId, written.error, "refused");
  if (!refused) throw new Error(`refusal of a proposal refused: ${written.error.code}`);
  return refused;
}

export const mayRefuse = ({ actor }: StaffScene, { personId }: Pick<ProposalRow, "personId">): boolean =>
  actor.permissions.has("offices.manage") || actor.personId === personId;

/** Whether the actor may be the second person; also what a page asks before it offers the form. */
export const mayBeSecond = (scene: StaffScene, found: FoundProposal): Result<true, ProposalRefusal> =>
  scene.actor.permissions.has("offices.manage")
    ? mayConfirm(found, scene.actor.personId)
    : err({ reason: "not_a_second" });

const asSecond = (scene: StaffScene, proposalId: string) => [
  assertManages(scene, scene.actor.personId),
  ...insertProposalEnd(scene, { proposalId, way: "second" }),
];

/** What the end of a proposal was refused for; null where the code speaks of something else. The twin of a repeat gets its answer. */
export async function endRefusal(
  scene: StaffScene,
  proposalId: string,
  { code }: Aborted,
  outcome: "confirmed" | "refused",
): Promise<Result<null, ProposalRefusal> | null> {
  switch (code) {
    case "proposal_over": {
      const now = await findOne(scene, proposalId);
      return now && isRepeat(now, scene, outcome) ? ok(null) : err({ reason: "proposal_over" });
    }
    case "proposal_expired":
    case "own_proposal":
    case "not_a_second":
      return err({ reason: code });
    default:
      return null;
  }
}

// ——— For pages ———

/** A proposal with its names opened. What is in the number is for the second person to know, not to read here. */
export interface ShownProposal {
  readonly proposalId: string;
  readonly kind: "appointment" | "number";
  readonly state: ProposalState;
  readonly personId: PersonId | "";
  readonly name: string;
  readonly nameMasked: string;
  readonly post: { readonly title: Bilingual; readonly body: Bilingual } | null;
  readonly appointment: Appointment | null;
  readonly proposedBy: string;
  readonly proposedAt: Instant;
  readonly expiresAt: Instant;
  readonly way: ProposalRow["way"];
  readonly why: string;
  readonly endedBy: string;
  readonly endedAt: Instant | null;
}

/** What is proposed, in a line. */
export const titleOf = ({ kind, name, post }: ShownProposal): Bilingual =>
  kind === "number"
    ? { zh: `更换${name}的登录号码`, en: `Change of the number ${name} signs in with` }
    : { zh: `${name}任${post?.title.zh ?? ""}`, en: `${name} as ${post?.title.en ?? ""}` };

export async function showProposal(scene: Scene, row: ProposalRow): Promise<ShownProposal> {
  const nameOf = async (personId: PersonId | null, nameSealed: string | null): Promise<string> =>
    personId && nameSealed ? openName(scene, { personId, nameSealed }) : "";
  const appointment = row.kind === "appointment" ? (JSON.parse(await openDetails(scene, row)) as Appointment) : null;
  return {
    proposalId: row.proposalId,
    kind: row.kind,
    state: stateOf(row, scene.now),
    personId: row.personId,
    name: appointment?.name ?? (await nameOf(row.personId || null, row.personSealed)),
    nameMasked: row.nameMasked,
    post:
      row.postId === null
        ? null
        : {
            title: { zh: row.titleZh ?? "", en: row.titleEn ?? "" },
            body: { zh: row.bodyZh ?? "", en: row.bodyEn ?? "" },
          },
    appointment,
    proposedBy: await nameOf(row.proposedBy, row.proposedBySealed),
    proposedAt: row.proposedAt,
    expiresAt: row.expiresAt,
    way: row.way,
    why: row.why ?? "",
    endedBy: await nameOf(row.endedBy, row.endedBySealed),
    endedAt: row.endedAt,
  };
}

/** The number a change would give, masked, for the message to the old one. */
export async function findProposedNumber(scene: Scene, proposalId: string): Promise<string | null> {
  const [rows] = await scene.db.read(findProposal(scene, proposalId));
  const row = rows[0];
  if (row?.kind !== "number") return null;
  const { phone } = JSON.parse(await openDetails(scene, row)) as NumberDetails;
  return phone;
}
