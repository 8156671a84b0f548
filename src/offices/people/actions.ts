/** A person's number for signing in, and its change: at once, or proposed where it takes a second person. No HTTP. */

import { readMobile } from "../../community/identity/rules.ts";
import { newId, type PersonId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Aborted, Query } from "../../platform/db.ts";
import { queueMessage } from "../../platform/outbox/store.ts";
import type { StaffScene } from "../../platform/scene.ts";
import { appendLeaf } from "../../record/store.ts";
import { stateOf } from "../proposals/rules.ts";
import { assertNotWeighty, findWeighty, insertProposal, listOpenProposals, openDetails } from "../proposals/store.ts";
import { endSessionsOf } from "../signin/store.ts";
import { listTenuresFrom } from "../terms/store.ts";
import { findPerson, findPersonByPhone, findPhone, insertPhone, openName, phoneHashOf } from "./store.ts";

export type PhoneRefusal =
  | { readonly reason: "unknown_person" }
  | { readonly reason: "phone_unreadable" }
  | { readonly reason: "phone_of_another" }
  | { readonly reason: "number_pending" }
  | { readonly reason: "phone_changed_meanwhile" };

/** The proposal a change waits in; null where it took effect at once. */
export interface NumberChanged {
  readonly proposalId: string | null;
}

/** What a proposed change of a number keeps sealed. */
export interface NumberDetails {
  readonly phone: string;
}

/**
 * Gives a person a new number to sign in with. Who receives the code can act: for a person who holds, will hold, or is proposed for a
 * post that takes two people the change is only proposed, and waits for a code sent to the old number or for a second officer. A
 * repeat while it waits is the same proposal.
 */
export async function changePhone(
  scene: StaffScene,
  personId: PersonId,
  typed: string,
): Promise<Result<NumberChanged, PhoneRefusal>> {
  const phone = readMobile(typed);
  if (!phone) return err({ reason: "phone_unreadable" });
  const current = await findPhone(scene, personId);
  if (!current) return err({ reason: "unknown_person" });
  if (current.phone === phone) return ok({ proposalId: null }); // a repeat, or nothing to do
  const [weighty, owners] = await scene.db.read(
    findWeighty(scene, personId),
    findPersonByPhone(scene, phoneHashOf(scene, phone)),
  );
  if (owners.length > 0) return err({ reason: "phone_of_another" });
  if (weighty[0]?.weighty === 1) return proposeNumber(scene, personId, current.version, phone);
  const statements = await renumbering(scene, personId, current.version, phone);
  const written = await scene.db.write([assertNotWeighty(scene, personId), ...statements]);
  if (written.ok) return ok({ proposalId: null });
  // They came into such a post while this was on its way.
  if (written.error.code === "second_needed") return proposeNumber(scene, personId, current.version, phone);
  return err(refusedAs(written.error));
}

/**
 * The statements of a change that takes effect: the new number, everyone signed out who used the old one, word to the old number, and
 * the leaf. Guarded by the version it replaces.
 */
export async function renumbering(
  scene: StaffScene,
  personId: PersonId,
  replaces: number,
  phone: string,
): Promise<readonly Query[]> {
  const by = scene.actor.personId;
  const version = replaces + 1;
  return [
    ...(await insertPhone(scene, personId, version, phone, by)),
    endSessionsOf(scene, personId, by, "phone_changed"),
    appendLeaf(scene, "office.number_changed", { tenures: await tenuresOf(scene, personId) }, personId).statement,
    queueMessage(scene, {
      kind: "office.number-changed",
      to: personId,
      params: { version: replaces },
      dedupeKey: `office.number-changed:${personId}:${version}`,
    }),
  ];
}

const tenuresOf = async (scene: StaffScene, personId: PersonId): Promise<string[]> => {
  const [running] = await scene.db.read(listTenuresFrom(scene, scene.now));
  return running.filter((row) => row.personId === personId).map(({ tenureId }) => tenureId);
};

/** What the database refused of a change of number; a code it cannot have raised is a fault of ours. */
export function refusedAs({ code }: Aborted): PhoneRefusal {
  switch (code) {
    case "phone_taken":
      return { reason: "phone_of_another" };
    case "phone_changed_meanwhile":
      return { reason: "phone_changed_meanwhile" };
    case "number_pending":
      return { reason: "number_pending" };
    default:
      throw new Error(`change of a number refused: ${code}`);
  }
}

async function proposeNumber(
  scene: StaffScene,
  personId: PersonId,
  version: number,
  phone: string,
): Promise<Result<NumberChanged, PhoneRefusal>> {
  const waiting = await waitingNumber(scene, personId);
  if (waiting)
    return waiting.phone === phone ? ok({ proposalId: waiting.proposalId }) : err({ reason: "number_pending" });
  const [people] = await scene.db.read(findPerson(scene, personId));
  const proposalId = newId<string>(scene.random);
  const details: NumberDetails = { phone };
  const proposal = await insertProposal(scene, {
    proposalId,
    kind: "number",
    personId,
    postId: null,
    phoneVersion: version,
    name: people[0] ? await openName(scene, people[0]) : "",
    details: JSON.stringify(details),
    said: { tenures: await tenuresOf(scene, personId) },
  });
  const word = queueMessage(scene, {
    kind: "office.number-proposed",
    to: personId,
    params: { proposal: proposalId, version },
    dedupeKey: `office.number-proposed:${proposalId}`,
  });
  const written = await scene.db.write([...proposal, word]);
  if (written.ok) return ok({ proposalId });
  const twin = written.error.code === "number_pending" ? await waitingNumber(scene, personId) : null;
  return twin?.phone === phone ? ok({ proposalId: twin.proposalId }) : err(refusedAs(written.error));
}

/** The change of this person's number that waits now, with the number it would give. */
async function waitingNumber(
  scene: StaffScene,
  personId: PersonId,
): Promise<{ readonly proposalId: string; readonly phone: string } | null> {
  const [open] = await scene.db.read(listOpenProposals(scene));
  const row = open.find(
    (one) => one.kind === "number" && one.personId === personId && stateOf(one, scene.now) === "open",
  );
  if (!row) return null;
  const { phone } = JSON.parse(await openDetails(scene, row)) as NumberDetails;
  return { proposalId: row.proposalId, phone };
}
