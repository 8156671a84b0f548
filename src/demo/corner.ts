/** Owners outside meetings in the demo: a petition that is being signed, and the owner whose corner one can step into. */
import { openPetition, signOwn } from "../assembly/convening/actions.ts";
import { findFactors } from "../assembly/links/store.ts";
import { headsOn } from "../community/browse/actions.ts";
import { dayOf, type Instant } from "../kernel/day.ts";
import type { MeetingId } from "../kernel/id.ts";
import type { Scene, StaffScene } from "../platform/scene.ts";
import type { DemoRole } from "./roles.ts";

const SUBJECT = "召开临时会议，表决是否在地下车库安装充电桩并确定收费办法";
const HOUR_MS = 3_600_000;

/**
 * The secretary enters what owners ask for; about one in seven signs online over the following days, so that it is well on its
 * way to a fifth and not there. Told again after a crash, it finds what was signed.
 */
export async function fillPetition(secretary: StaffScene): Promise<string> {
  const opened = await openPetition(secretary, { subject: SUBJECT }, "demo-petition");
  if (!opened.ok) throw new Error(`demo: a petition: ${opened.error.reason}`);
  const { petitionId } = opened.value;
  const { heads } = await headsOn(secretary, dayOf(secretary.now));
  const signing = heads.filter(({ owners, designation }, at) => {
    return owners.length === 1 && designation.state === "votes" && designation.as === "owner" && (at * 61) % 100 < 15;
  });
  for (const [index, head] of signing.entries()) {
    const now: Instant = secretary.now + (index + 1) * 5 * HOUR_MS;
    const owner = { partyId: head.owners[0]!, guardianId: null, sessionId: "demo", name: "", masked: "" };
    const signed = await signOwn({ ...secretary, now }, owner, petitionId, `demo-petition-${index}`);
    if (!signed.ok) throw new Error(`demo: a signature: ${signed.error.reason}`);
  }
  return petitionId;
}

/** The role that steps into the corner of whoever votes for a head of a meeting; none while nobody does. */
export async function cornerRole(
  scene: Scene,
  meetingId: MeetingId,
  voterNo: number | null,
  prefix: string,
): Promise<DemoRole[]> {
  if (voterNo === null) return [];
  const [[factors]] = await scene.db.read(findFactors(scene, meetingId, voterNo));
  const partyId = factors?.partyId;
  if (!partyId) return [];
  return [
    {
      role: `${prefix}owner-corner`,
      zh: "业主专页（会议以外：自己的登记、提议、提名）",
      en: "An owner's corner (outside meetings: entry, petitions, nominations)",
      url: `${scene.origin}/demo/as/${prefix}owner-corner`,
      community: scene.community.slug,
      partyId,
    },
  ];
}
