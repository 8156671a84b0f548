/** A community with a closed year of vouchers and an auditor with dated access, for the tests of audits. */
import { dayOf, startOf } from "../../src/kernel/day.ts";
import { newId, type PersonId } from "../../src/kernel/id.ts";
import { openAudit } from "../../src/ledger/audit/actions.ts";
import { tickItem } from "../../src/ledger/audit/fieldwork/actions.ts";
import { POINTS, type Tick } from "../../src/ledger/audit/fieldwork/rules.ts";
import type { EngagementAsked } from "../../src/ledger/audit/rules.ts";
import { drawNext, freezePopulation } from "../../src/ledger/audit/sampling/actions.ts";
import { openBook } from "../../src/ledger/books/actions.ts";
import { closePeriod } from "../../src/ledger/books/closing/actions.ts";
import { appoint, holdersAsOf } from "../../src/offices/terms/actions.ts";
import { listPosts } from "../../src/offices/terms/store.ts";
import type { CommunityAddress } from "../../src/platform/db.ts";
import { type StaffScene, systemRandom } from "../../src/platform/scene.ts";
import { sceneAt, staffSceneAt, T0 } from "./community-of-test.ts";
import { keeping, must, posted, rentOf, TODAY } from "./ledger-of-test.ts";
import { makeStaffedCommunity, personIn } from "./offices-of-test.ts";

export const newOnce = () => newId<string>(systemRandom);
export const FROM = "2026-08-01";
export const TO = "2026-09-30";
/** The last day of the auditor's access. */
export const LAST_ON = "2026-12-31";

/** Two months with so many vouchers each, closed. */
export async function audited(vouchersAMonth = 5): Promise<CommunityAddress> {
  const community = await makeStaffedCommunity();
  must(await openBook(keeping(community, "accountant"), { book: "common", from: "2026-08" }, newOnce()));
  for (const month of ["2026-08", "2026-09"])
    for (let at = 1; at <= vouchersAMonth; at += 1)
      await posted(
        community,
        rentOf((((at - 1) % 20) + 1) * 10_000, {
          on: `${month}-${String((at % 27) + 1).padStart(2, "0")}`,
          text: `${month}第${at}笔租金`,
          counterparty: at === 1 ? { name: "陈主任", isPerson: true } : { name: "张小明", isPerson: true },
        }),
      );
  for (const period of ["2026-08", "2026-09"])
    must(await closePeriod(keeping(community, "accountant"), { book: "common", period }));
  return community;
}

/** Appoints somebody to a post of a kind, for a time. */
export async function appointed(
  community: CommunityAddress,
  kind: "auditor" | "treasurer",
  person: { readonly name: string; readonly phone: string; readonly fromOn: string; readonly lastOn: string },
): Promise<PersonId> {
  const by = staffSceneAt(community, await personIn(community, "secretary"), ["offices.manage"], TODAY);
  const [posts] = await by.db.read(listPosts(by));
  const post = posts.find((one) => one.kind === kind)!;
  const act = { postId: post.postId, ...person, act: "engagement", document: "业务约定书〔2026〕1号" };
  must(await appoint(by, act, newOnce()));
  const holders = await holdersAsOf(sceneAt(community), person.fromOn);
  return holders.find((one) => one.postKind === kind && one.name === person.name)!.personId;
}

export const anAuditor = (community: CommunityAddress, fromOn = dayOf(TODAY)): Promise<PersonId> =>
  appointed(community, "auditor", { name: "孙审计", phone: "13900000001", fromOn, lastOn: LAST_ON });

export const engaging = (community: CommunityAddress, now = TODAY): StaffScene =>
  staffSceneAt(community, "person-chair", ["audit.engage", "audit.respond", "ledger.read"], now);
export const auditing = (community: CommunityAddress, personId: string, now = TODAY): StaffScene =>
  staffSceneAt(community, personId, ["audit.work", "audit.read", "ledger.read"], now);

export const asked = (auditorPersonId: string, more: Partial<EngagementAsked> = {}): EngagementAsked => ({
  commission: "committee",
  basis: "业委会〔2026〕第8号决议",
  meeting: "",
  item: "",
  books: ["common"],
  fromOn: FROM,
  toOn: TO,
  firm: "重庆明鉴会计师事务所",
  creditCode: "91440101MA5CJQ4N59",
  auditorPersonId,
  scope: "八、九两月公共收益的全部收支",
  dueOn: "2026-12-20",
  ...more,
});

export interface Engaged {
  readonly community: CommunityAddress;
  readonly auditor: StaffScene;
  readonly engagementId: string;
}
/** An engagement of the two months. */
export async function engaged(vouchersAMonth = 5): Promise<Engaged> {
  const community = await audited(vouchersAMonth);
  const person = await anAuditor(community);
  const { engagementId } = must(await openAudit(engaging(community), asked(person), newOnce()));
  return { community, auditor: auditing(community, person), engagementId };
}
/** With its population frozen and so many vouchers drawn at random. */
export async function sampled(size = 3, vouchersAMonth = 5): Promise<Engaged> {
  const all = await engaged(vouchersAMonth);
  must(await freezePopulation(all.auditor, all.engagementId));
  must(await drawNext(all.auditor, all.engagementId, 1, { method: "random", size }));
  return all;
}
export const AGREES: readonly Tick[] = POINTS.map((point) => ({ point, result: "agrees", note: "" }));
/** With every point of every drawn voucher ticked. */
export async function ticked(size = 3): Promise<Engaged> {
  const all = await sampled(size);
  for (let itemNo = 1; itemNo <= size; itemNo += 1) must(await tickItem(all.auditor, all.engagementId, itemNo, AGREES));
  return all;
}
export const atDay = (scene: StaffScene, community: CommunityAddress, day: string): StaffScene => ({
  ...scene,
  ...sceneAt(community, startOf(day) + 12 * 3_600_000),
  actor: scene.actor,
});
export { T0 };
