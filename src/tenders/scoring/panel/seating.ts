/** The rows that give somebody a seat in the panel, with the message that carries their link. Statements for someone's batch; decides nothing. */
import type { Author } from "../../../offices/authors.ts";
import type { Query } from "../../../platform/db.ts";
import type { Scene } from "../../../platform/scene.ts";
import { recordTenderEvent } from "../../acting.ts";
import { linkingMember } from "./links.ts";
import { type ExpertRow, expertSeal, insertMember, type MemberRow, memberSeal } from "./store.ts";

/** The rows that seat an expert, and the message with the link. */
export async function seating(
  scene: Scene,
  tenderId: string,
  memberNo: number,
  expert: ExpertRow,
  inPlaceOf: number | null,
  by: Author,
): Promise<{ readonly statements: readonly Query[] }> {
  const open = (sealed: string): Promise<string> => scene.keys.open(sealed, expertSeal(scene, expert.expertNo));
  return seatingMember(scene, tenderId, memberNo, by, {
    kind: "expert",
    expertNo: expert.expertNo,
    name: await open(expert.nameSealed),
    phone: await open(expert.phoneSealed),
    speciality: expert.speciality,
    organisation: expert.organisation,
    inPlaceOf,
  });
}

export interface Appointed extends Pick<MemberRow, "kind" | "expertNo" | "speciality" | "organisation" | "inPlaceOf"> {
  readonly name: string;
  readonly phone: string;
}

export async function seatingMember(
  scene: Scene,
  tenderId: string,
  memberNo: number,
  by: Author,
  { name, phone, ...row }: Appointed,
): Promise<{ readonly statements: readonly Query[] }> {
  const event = recordTenderEvent(
    scene,
    tenderId,
    "member_appointed",
    { member: memberNo, kind: row.kind, ...(row.expertNo === null ? {} : { expert: row.expertNo }) },
    by,
    row.inPlaceOf === null ? {} : { inPlaceOf: row.inPlaceOf },
  );
  const seal = (text: string): Promise<string> => scene.keys.seal(text, memberSeal(scene, tenderId, memberNo));
  return {
    statements: [
      insertMember(scene, {
        tenderId,
        memberNo,
        ...row,
        nameSealed: await seal(name),
        phoneSealed: await seal(phone),
        appointedBy: by.id,
        appointedAt: scene.now,
        leafHash: event.leafHash,
      }),
      ...linkingMember(scene, tenderId, memberNo, 1, by.id),
      ...event.statements,
    ],
  };
}

/** The number the next member takes. */
export const nextMember = (members: readonly MemberRow[]): number =>
  members.reduce((most, { memberNo }) => Math.max(most, memberNo), 0) + 1;
