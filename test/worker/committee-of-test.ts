/** An estate with a committee in office: five members, an alternate, a secretary, a street officer; and scenes to act as each. */
import { createApp } from "../../src/app.ts";
import type { SessionItem } from "../../src/committee/sessions/rules.ts";
import { insertMandate } from "../../src/elections/store.ts";
import { addDays, DAY_MS, dayOf, type Instant, startOf } from "../../src/kernel/day.ts";
import { newId, type PersonId } from "../../src/kernel/id.ts";
import { insertPerson } from "../../src/offices/people/store.ts";
import { type PostKind, permissionsOf } from "../../src/offices/rules.ts";
import { openSession } from "../../src/offices/signin/actions.ts";
import type { TakeKind } from "../../src/offices/terms/rules.ts";
import { standardPosts } from "../../src/offices/terms/standard.ts";
import { insertBody, insertTenure, listBodies, listPosts } from "../../src/offices/terms/store.ts";
import { BODY_WORDS } from "../../src/offices/words.ts";
import type { CommunityAddress, Query } from "../../src/platform/db.ts";
import { type StaffScene, systemRandom } from "../../src/platform/scene.ts";
import { signToken } from "../../src/platform/session.ts";
import { makeCommunity, sceneAt, T0, testEnv } from "./community-of-test.ts";
import { Browser } from "./offices-of-test.ts";

export const newOnce = (): string => newId<string>(systemRandom);

/** A day's instant at ten in the morning, counted from T0's day. */
export const at = (days: number, hour = 10): Instant => startOf(addDays(dayOf(T0), days)) + hour * 3_600_000;
/** When the committee took office: thirty days before T0. */
export const SEATED_AT = startOf(addDays(dayOf(T0), -30));
export const TERM_END = SEATED_AT + 3 * 365 * DAY_MS;

export const must = <T, E>(result: { ok: true; value: T } | { ok: false; error: E }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};
export const reasonOf = (result: { ok: boolean; error?: { reason: string } }): string =>
  result.ok ? "ok" : result.error!.reason;

const PEOPLE = {
  chair: ["陈主任", "committee_chair"],
  deputy: ["林副主任", "committee_deputy"],
  third: ["王委员", "committee_member"],
  fourth: ["赵委员", "committee_member"],
  fifth: ["孙委员", "committee_member"],
  alternate: ["周候补", "committee_alternate"],
  secretary: ["李秘书", "secretary"],
  street: ["吴街道", "street_officer"],
} as const satisfies Record<string, readonly [string, PostKind]>;
export type Person = keyof typeof PEOPLE;
export const MEMBERS = ["chair", "deputy", "third", "fourth", "fifth"] as const satisfies Person[];

export interface CommitteeOfTest {
  readonly community: CommunityAddress;
  readonly bodyId: string;
  readonly mandateId: string;
  readonly people: Readonly<Record<Person, PersonId>>;
  readonly tenures: Readonly<Record<Person, string>>;
  /** The scene of a person at an instant, with what their posts permit. */
  readonly as: (person: Person, now?: Instant) => StaffScene;
}

const ACTS: Partial<Record<PostKind, TakeKind>> = {
  committee_chair: "members_choice",
  committee_deputy: "members_choice",
  committee_member: "owners_election",
  committee_alternate: "owners_election",
  secretary: "engagement",
  street_officer: "appointment",
};

const write = async (scene: StaffScene | ReturnType<typeof sceneAt>, statements: readonly Query[]): Promise<void> => {
  must(await scene.db.write(statements));
};

async function bodyIn(community: CommunityAddress, kind: "committee" | "staff" | "street_office"): Promise<string> {
  const scene = sceneAt(community, SEATED_AT);
  const [bodies] = await scene.db.read(listBodies(scene));
  const found = bodies.find((body) => body.kind === kind);
  if (found) return found.bodyId;
  const body = insertBody(scene, { kind, name: BODY_WORDS[kind], posts: standardPosts(kind) }, "test");
  await write(scene, body.statements);
  return body.bodyId;
}

/** Someone takes a post from an instant on. */
export async function take(
  community: CommunityAddress,
  personId: PersonId,
  name: string,
  kind: PostKind,
  fromAt: Instant,
): Promise<string> {
  const scene = sceneAt(community, fromAt);
  const [posts] = await scene.db.read(listPosts(scene));
  const post = posts.find((one) => one.kind === kind)!;
  const tenure = insertTenure(
    scene,
    {
      postId: post.postId,
      postKind: kind,
      personId,
      name,
      span: { fromAt, untilAt: null },
      act: ACTS[kind] ?? "appointment",
      document: "业主大会公告〔2026〕8号",
    },
    "test",
  );
  await write(scene, tenure.statements);
  return tenure.tenureId;
}

export async function makeCommittee(
  options: {
    readonly seats?: number;
    readonly without?: readonly Person[];
    readonly community?: CommunityAddress;
  } = {},
): Promise<CommitteeOfTest> {
  const community = options.community ?? (await makeCommunity({ name: "金桂苑" }));
  const bodyId = await bodyIn(community, "committee");
  await bodyIn(community, "staff");
  await bodyIn(community, "street_office");
  const scene = sceneAt(community, SEATED_AT);
  const mandate = insertMandate(
    scene,
    {
      bodyId,
      number: 2,
      electionId: null,
      seats: options.seats ?? 5,
      legalLeast: 5,
      alternatesMost: 2,
      fromAt: SEATED_AT,
      untilAt: TERM_END,
      document: "业主大会公告〔2026〕8号",
    },
    "test",
  );
  await write(scene, mandate.statements);
  const people: Partial<Record<Person, PersonId>> = {};
  const tenures: Partial<Record<Person, string>> = {};
  let phone = 13_800_000_001;
  for (const [person, [name, post]] of Object.entries(PEOPLE) as [Person, readonly [string, PostKind]][]) {
    if (options.without?.includes(person)) continue;
    const made = await insertPerson(scene, { name, phone: String(phone++) }, "test");
    await write(scene, made.statements);
    people[person] = made.personId;
    tenures[person] = await take(community, made.personId, name, post, SEATED_AT);
  }
  const as = (person: Person, now = T0): StaffScene => {
    const [name, post] = PEOPLE[person];
    return {
      ...sceneAt(community, now),
      actor: {
        personId: people[person]!,
        sessionId: "test",
        name,
        posts: [{ kind: post, title: name, body: "" }],
        permissions: permissionsOf([post]),
      },
    };
  };
  return {
    community,
    bodyId,
    mandateId: mandate.mandateId,
    people: people as Record<Person, PersonId>,
    tenures: tenures as Record<Person, string>,
    as,
  };
}

export const itemOf = (itemNo: number, more: Partial<SessionItem> = {}): SessionItem => ({
  itemNo,
  title: `更换第${itemNo}单元门禁读卡器`,
  text: "按比选结果，由秘书联系安装，费用从办公经费列支。",
  matter: 0,
  authorisationId: "",
  caretakerMatter: "",
  corrects: "",
  ...more,
});

/** A browser of this person at an instant, signed in; a stranger where no person is named. */
export async function browserOf(of: CommitteeOfTest, person: Person | null, now: Instant): Promise<Browser> {
  const browser = new Browser(createApp({ demo: false, now: async () => now }));
  if (person) {
    const session = await openSession(sceneAt(of.community, now), of.people[person]);
    const claims = { sid: session.sessionId, cid: of.community.id, began: session.beganAt, renewed: now };
    browser.cookies.set("__Host-ch_staff", await signToken(testEnv, "staff", claims, now, 3600));
  }
  return browser;
}

/** The words of a page without its markup. */
export const textOf = (html: string): string =>
  html
    .replace(/<(style|script)[\s\S]*?<\/\1>/g, " ")
    .replace(/<[^>]+>/g, " ")
    .replace(/&#39;/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/\s+/g, " ");
