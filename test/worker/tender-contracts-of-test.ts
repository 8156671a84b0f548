/** Service contracts made through the product's own actions, and a tender as it stands when its lots are awarded. */

import { startOf } from "../../src/kernel/day.ts";
import { newId } from "../../src/kernel/id.ts";
import type { Permission } from "../../src/platform/access.ts";
import type { CommunityAddress } from "../../src/platform/db.ts";
import type { Upload } from "../../src/platform/form-body.ts";
import { type StaffScene, systemRandom } from "../../src/platform/scene.ts";
import { recordTenderEvent } from "../../src/tenders/acting.ts";
import { type ContractAsked, draftContract, signContract } from "../../src/tenders/contracts/actions.ts";
import type { AwardsOf } from "../../src/tenders/contracts/awards.ts";
import type { Award, ContractTerms } from "../../src/tenders/contracts/rules.ts";
import type { ContractRow } from "../../src/tenders/contracts/store.ts";
import type { Scheme } from "../../src/tenders/scheme/rules.ts";
import { findTender, insertScheme, insertTender, updateTender } from "../../src/tenders/store.ts";
import { termsOf } from "../unit/tender-contract-of-test.ts";
import { sceneAt, staffSceneAt } from "./community-of-test.ts";
import { must } from "./ledger-of-test.ts";
import { newOnce } from "./meeting-of-test.ts";

/** The 1st of December 2026, at noon: the day of the award. */
export const AWARDED = startOf("2026-12-01") + 12 * 3_600_000;
export const at = (day: string): number => startOf(day) + 12 * 3_600_000;

const PEOPLE = {
  secretary: ["tender.read", "tender.draft"],
  chair: ["tender.read", "tender.decide", "tender.inspect"],
  steward: ["tender.inspect"],
} as const satisfies Record<string, readonly Permission[]>;
export const serving = (community: CommunityAddress, who: keyof typeof PEOPLE, now = AWARDED): StaffScene =>
  staffSceneAt(community, `person-${who}`, PEOPLE[who], now);

/** The head of a PDF, and of a script that calls itself one. */
export const PDF: Upload = { name: "合同.pdf", bytes: new TextEncoder().encode("%PDF-1.7\n1 0 obj") };
export const SCRIPT: Upload = { name: "合同.pdf", bytes: new TextEncoder().encode("<script>alert(1)</script>") };
export const PHOTO: Upload = {
  name: "楼道.png",
  bytes: new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d]),
};

/** The awards as the tender's own table will hold them. */
export const awarding =
  (...awards: readonly Award[]): AwardsOf =>
  async () =>
    awards;

/** A tender whose owners have decided: its id and number. */
export async function awardedTender(
  community: CommunityAddress,
  scheme: Scheme,
): Promise<{ readonly tenderId: string; readonly number: number }> {
  const scene = sceneAt(community, AWARDED);
  const tenderId = newId<string>(systemRandom);
  const { statements, leafHash } = recordTenderEvent(scene, tenderId, "drafted", {}, { id: "test", words: "测试" });
  await scene.db.write([
    insertTender(scene, { tenderId, title: scheme.title, repeats: null, draftedBy: "test" }),
    insertScheme(scene, tenderId, {
      edition: 1,
      scheme: JSON.stringify(scheme),
      schemeHash: "",
      why: "",
      madeBy: "test",
      leafHash,
    }),
    ...statements,
  ]);
  const move = async (change: Parameters<typeof updateTender>[2]) => {
    const [rows] = await scene.db.read(findTender(scene, tenderId));
    must(await scene.db.write(updateTender(scene, rows[0]!, change)));
    return rows[0]!.number;
  };
  await move({
    state: "deciding",
    decidedAt: AWARDED,
    noticedAt: AWARDED,
    closedAt: AWARDED,
    openedAt: AWARDED,
    scoredAt: AWARDED,
    publishedAt: AWARDED,
    awardMeeting: "meeting",
    awardItem: 1,
  });
  return { tenderId, number: await move({ state: "awarded", awardedAt: AWARDED }) };
}

/** The contract of the test over 2026, of a document from before. */
export const runningTerms = (change: Partial<ContractTerms> = {}): ContractTerms =>
  termsOf({
    title: "2026 年度保洁服务合同",
    fromOn: "2026-01-01",
    toOn: "2026-12-31",
    plan: termsOf().plan.map((row) => ({ ...row, dueOn: `${Number(row.dueOn.slice(0, 4)) - 1}${row.dueOn.slice(4)}` })),
    ...change,
  });
export const earlier = (terms: ContractTerms): ContractAsked => ({
  terms,
  basis: { kind: "earlier", title: "业主大会决议〔2025〕3号", on: "2025-12-01" },
});

/** A signed contract. */
export async function signed(
  community: CommunityAddress,
  terms: ContractTerms = runningTerms(),
  day = "2026-01-01",
): Promise<ContractRow> {
  const now = at(day);
  const { contractId } = must(
    await draftContract(serving(community, "secretary", now), earlier(terms), PDF, newOnce()),
  );
  return must(await signContract(serving(community, "chair", now), contractId, day));
}
