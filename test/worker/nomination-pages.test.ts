/** From the paper at the desk and the owner's telephone to the list on the wall: nominations and candidates through their pages. */
import { beforeEach, describe, expect, test } from "vitest";
import type { candidatesAnswer } from "../../src/elections/candidates/api.ts";
import { readCandidates } from "../../src/elections/candidates/reading.ts";
import { withdrawCandidacy } from "../../src/elections/nominations/answering.ts";
import { byOwner } from "../../src/elections/nominations/hand.ts";
import { nominateOnPaper } from "../../src/elections/nominations/nominating.ts";
import { tellAffiliation } from "../../src/elections/nominations/person/affiliation.ts";
import { ALWAYS_DECLARED } from "../../src/elections/nominations/person/rules.ts";
import { updateElection } from "../../src/elections/store.ts";
import { DAY_MS } from "../../src/kernel/day.ts";
import type { PostKind } from "../../src/offices/rules.ts";
import type { CommunityAddress } from "../../src/platform/db.ts";
import { sendDue } from "../../src/platform/outbox/actions.ts";
import type { OutgoingMessage } from "../../src/platform/outbox/gateway.ts";
import {
  acceptedIn,
  closeNominations,
  decided,
  EXAMINING,
  must,
  NAMING,
  once,
  ownerIn,
  PAPER,
  publishNow,
} from "./candidates-of-test.ts";
import { sceneAt } from "./community-of-test.ts";
import { estate, signedIn, stranger, textOf } from "./desk-of-test.ts";
import { electing, electionRow, makeElection, methodWith } from "./election-of-test.ts";
import type { Browser } from "./offices-of-test.ts";
import { ownerSignedIn } from "./owners-of-test.ts";

let community: CommunityAddress;
let electionId: string;
let base: string;
let desk: string;
beforeEach(async () => {
  community = await estate(30);
  ({ electionId } = await makeElection(community, { state: "nominating", method: methodWith({ supportersLeast: 2 }) }));
  base = `/c/${community.slug}/elections/1`;
  desk = `/c/${community.slug}/desk/elections/1`;
});

const owner = async (room: string, now = NAMING): Promise<Browser> =>
  ownerSignedIn(community, (await ownerIn(community, room)).name, now);
const officer = (post: PostKind, now = NAMING): Promise<Browser> => signedIn(community, post, now);

/** Fills in and sends a form that carries files. */
async function send(
  browser: Browser,
  action: string,
  values: Record<string, string | readonly string[]>,
  files: Record<string, { name: string; bytes: Uint8Array }> = {},
): Promise<Response> {
  const body = new FormData();
  for (const [name, value] of Object.entries({ ...browser.hidden(action), ...values }))
    for (const one of typeof value === "string" ? [value] : value) body.append(name, one);
  for (const [name, file] of Object.entries(files)) body.append(name, new Blob([file.bytes as never]), file.name);
  const response = await browser.send(action, { method: "POST", headers: { origin: "http://localhost" }, body });
  browser.page = await response.clone().text();
  return response;
}

const png = (): Uint8Array => {
  const chunk = (name: string, size = 0) => [
    0,
    0,
    0,
    size,
    ...new TextEncoder().encode(name),
    ...new Array(size).fill(1),
    0,
    0,
    0,
    0,
  ];
  return Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...chunk("IHDR", 13), ...chunk("IEND")]);
};
const ANSWERS = Object.fromEntries(ALWAYS_DECLARED.map((interest) => [`applies-${interest}`, "no"]));

describe("at the desk", () => {
  test("a nomination is entered from paper, told what is wrong with it, and waits for the person", async () => {
    const browser = await officer("secretary");
    await browser.open(`${desk}/nominations/new`);
    const form = { channel: "community_party", place: "1栋0003", name: "<script>alert(1)</script>", document: "" };
    expect((await send(browser, `${desk}/nominations/new`, form)).status).toBe(422);
    expect(textOf(browser.page)).toContain("文号或文件名称");
    expect(browser.page).not.toContain("<script>alert(1)");
    expect((await send(browser, `${desk}/nominations/new`, { ...form, channel: "" })).status).toBe(422);
    await browser.open(`${desk}/nominations/new`);
    const { name } = await ownerIn(community, "0003");
    const right = { ...form, name, document: "社区党委〔2026〕5号" };
    expect((await send(browser, `${desk}/nominations/new`, right)).status).toBe(422);
    expect(textOf(browser.page)).toContain("请附上签名纸件");
    const done = await send(browser, `${desk}/nominations/new`, right, { paper: PAPER });
    expect(done.headers.get("location")).toBe(`${desk}/nominations/1?done=1`);
    await browser.open(`${desk}/nominations`);
    expect(textOf(browser.page)).toContain("1人还没有答复");
    await browser.open(`${desk}/nominations/1`);
    const paper = /href="([^"]*\/papers\/[^"]*)"/.exec(browser.page)![1]!;
    const file = await browser.get(paper);
    expect(file.headers.get("content-type")).toBe("application/pdf");
    expect(file.headers.get("cache-control")).toContain("no-store");
    const other = must(
      await nominateOnPaper(
        electing(community, "secretary", NAMING),
        electionId,
        {
          channel: "self",
          place: "1-0004",
          name: (await ownerIn(community, "0004")).name,
          document: "",
          paper: PAPER,
          places: [],
        },
        once(),
      ),
    );
    expect((await browser.get(paper.replace("/nominations/1/", `/nominations/${other.number}/`))).status).toBe(404);
  });

  test("the person's yes, profile and declaration are entered from signed paper", async () => {
    const secretary = electing(community, "secretary", NAMING);
    const { name } = await ownerIn(community, "0003");
    must(
      await nominateOnPaper(
        secretary,
        electionId,
        { channel: "self", place: "1-0003", name, document: "", paper: PAPER, places: [] },
        once(),
      ),
    );
    const browser = await officer("secretary");
    const one = `${desk}/nominations/1`;
    await browser.open(`${one}/accept`);
    expect((await send(browser, `${one}/accept`, { phone: "13812345678", consent: "yes" })).status).toBe(422);
    expect(textOf(browser.page)).toContain("签名");
    expect((await send(browser, `${one}/accept`, { phone: "1", consent: "" }, { paper: PAPER })).status).toBe(422);
    const papers = { paper: PAPER };
    expect((await send(browser, `${one}/accept`, { phone: "13812345678", consent: "yes" }, papers)).status).toBe(303);
    await browser.open(`${one}/profile`);
    expect(
      (await send(browser, `${one}/profile`, { introduction: "为大家做事", birthYear: "1970" }, papers)).status,
    ).toBe(303);
    await browser.open(`${one}/declaration`);
    expect((await send(browser, `${one}/declaration`, { ...ANSWERS, signed: "yes" }, papers)).status).toBe(303);
    await browser.open(one);
    expect(textOf(browser.page)).toContain("填写核对表");
    expect(textOf(browser.page)).toContain("本人的答复");
  });

  test("signatures of a joint nomination are entered from their sheet, and a line that means nobody is named", async () => {
    const secretary = electing(community, "secretary", NAMING);
    const { name } = await ownerIn(community, "0003");
    must(
      await nominateOnPaper(
        secretary,
        electionId,
        { channel: "joint", place: "1-0003", name, document: "", paper: PAPER, places: ["1-0004"] },
        once(),
      ),
    );
    const browser = await officer("secretary");
    const action = `${desk}/nominations/1/supports`;
    await browser.open(`${desk}/nominations/1`);
    expect((await send(browser, action, { places: "1-0005\n九栋1" }, { paper: PAPER })).status).toBe(422);
    expect(textOf(browser.page)).toContain("九栋1");
    await browser.open(`${desk}/nominations/1`);
    expect((await send(browser, action, { places: "1-0005\n\n1-0004" }, { paper: PAPER })).status).toBe(303);
    await browser.open(`${desk}/nominations/1`);
    expect(textOf(browser.page)).toContain("联名附议2人，需要2人");
  });

  test("conditions are set with their clauses before names are taken", async () => {
    const other = await estate(30);
    await makeElection(other);
    const browser = await signedIn(other, "secretary");
    const path = `/c/${other.slug}/desk/elections/1/criteria`;
    await browser.open(path);
    expect((await browser.submit(path, { local: "arrears", "clause-arrears": "", appealDays: "40" })).status).toBe(422);
    expect(textOf(browser.page)).toContain("请填3到30天");
    await browser.open(path);
    const set = {
      local: "arrears",
      "clause-arrears": "《议事规则》第十二条",
      appealDays: "7",
      "own-0": "没有群租",
      "ownClause-0": "《管理规约》第九条",
    };
    expect((await browser.submit(path, set)).status).toBe(303);
    await browser.open(path);
    expect(browser.page).toContain("《议事规则》第十二条");
    expect(browser.page).toContain("没有群租");
    expect((await (await officer("secretary")).open(`${desk}/criteria`)).status).toBe(200);
  });

  test("who checks does not decide, who decides does not check, and the reason is for the person", async () => {
    await acceptedIn(community, electionId, "0003");
    const one = `${desk}/nominations/1`;
    const secretary = await officer("secretary", EXAMINING);
    await secretary.open(`${one}/checklist`);
    const found = Object.fromEntries(
      ["full_capacity", "duties_kept", "able_and_willing"].flatMap((item) => [
        [`finding-${item}`, item === "duties_kept" ? "not_met" : "met"],
        [`evidence-${item}`, "物业公司的欠费清单"],
      ]),
    );
    expect((await send(secretary, `${one}/checklist`, { ...found, "evidence-full_capacity": "" })).status).toBe(422);
    expect((await send(secretary, `${one}/checklist`, found)).status).toBe(303);
    await secretary.open(one);
    expect(secretary.page).not.toContain(`action="${one}/decision"`);
    const chair = await officer("committee_chair", EXAMINING);
    await chair.open(one);
    expect(chair.page).not.toContain(`href="${one}/checklist"`);
    expect(chair.page).not.toContain('value="eligible"');
    expect((await chair.submit(`${one}/decision`, { outcome: "", reason: "" })).status).toBe(422);
    await chair.open(one);
    expect((await chair.submit(`${one}/decision`, { outcome: "eligible", reason: "x" })).status).toBe(409);
    expect(textOf(chair.page)).toContain("与核对表不符");
    await chair.open(one);
    expect((await chair.submit(`${one}/decision`, { outcome: "ineligible", reason: "有欠费，见清单" })).status).toBe(
      303,
    );
    const own = await owner("0003", EXAMINING);
    await own.open(`${base}/my-candidacy`);
    expect(textOf(own.page)).toContain("有欠费，见清单");
    await own.open(`${base}/my-candidacy/appeal`);
    expect((await send(own, `${base}/my-candidacy/appeal`, { reason: "已经交清" })).status).toBe(303);
    const anyone = stranger(EXAMINING);
    await anyone.open(base);
    expect(anyone.page).not.toContain("有欠费");
    expect(anyone.page).not.toContain("已经交清");
    expect(textOf(anyone.page)).toContain("1号提名，不符合条件");
    const street = await officer("street_officer", EXAMINING);
    await street.open(one);
    expect(textOf(street.page)).toContain("已经交清");
    expect((await street.submit(`${one}/ruling`, { outcome: "eligible", reason: "收据属实" })).status).toBe(303);
    await street.open(one);
    expect(street.page).not.toContain(`action="${one}/ruling"`);
  });
});

describe("an owner", () => {
  test("stands, agrees, describes themselves with a photograph, declares, and sees each step", async () => {
    const browser = await owner("0003");
    await browser.open(`/c/${community.slug}/my`);
    expect(textOf(browser.page)).toContain("我要自荐参选");
    await browser.open(`${base}/my-candidacy`);
    expect(textOf(browser.page)).toContain("您没有被提名");
    await browser.open(`${base}/nominate/myself`);
    expect((await browser.submit(`${base}/nominate/myself`)).headers.get("location")).toBe(
      `${base}/my-candidacy?done=1`,
    );
    await browser.open(`${base}/my-candidacy`);
    expect(textOf(browser.page)).toContain("请答复是否同意参选");
    const at = (path: string) => `${base}/my-candidacy${path}`;
    await browser.open(at("/accept"));
    expect((await send(browser, at("/accept"), { phone: "13812345678" })).status).toBe(422);
    expect(textOf(browser.page)).toContain("不能参选");
    await browser.open(at("/accept"));
    expect((await send(browser, at("/accept"), { phone: "13812345678", consent: "yes" })).status).toBe(303);
    await browser.open(at("/profile"));
    const long = { introduction: "长".repeat(501), addressShown: "building", birthYear: "19x0" };
    expect((await send(browser, at("/profile"), long)).status).toBe(422);
    expect(textOf(browser.page)).toContain("最多500字，现在有501字");
    expect(textOf(browser.page)).toContain("出生年份应是");
    const script = { introduction: "<script>alert(1)</script>\n第二行", addressShown: "building" };
    const fake = { photo: { name: "me.jpg", bytes: new TextEncoder().encode("<svg onload=alert(1)>") } };
    await browser.open(at("/profile"));
    expect((await send(browser, at("/profile"), script, fake)).status).toBe(422);
    expect(textOf(browser.page)).toContain("JPEG或PNG");
    await browser.open(at("/profile"));
    expect((await send(browser, at("/profile"), script, { photo: { name: "me.png", bytes: png() } })).status).toBe(303);
    expect((await browser.get(at("/photo"))).headers.get("content-type")).toBe("image/png");
    await browser.open(at("/declaration"));
    expect((await send(browser, at("/declaration"), { ...ANSWERS })).status).toBe(422);
    await browser.open(at("/declaration"));
    const signed = { ...ANSWERS, signed: "yes", public: ["provider_self"] };
    expect((await send(browser, at("/declaration"), signed)).status).toBe(303);
    await browser.open(at("/affiliation"));
    expect((await send(browser, at("/affiliation"), { affiliation: "群众" })).status).toBe(422);
    await browser.open(at(""));
    expect(textOf(browser.page)).toContain("等待核对参选条件");
    expect(browser.page).not.toContain("<script>alert");
    const other = await owner("0004");
    expect((await other.get(at("/accept"))).status).toBe(404);
    expect((await other.get(at("/photo"))).status).toBe(404);
  });

  test("names a neighbour, who is supported once by each head and shown behind a mask", async () => {
    const first = await owner("0003");
    const { name } = await ownerIn(community, "0005");
    await first.open(`${base}/nominate/neighbour`);
    expect((await first.submit(`${base}/nominate/neighbour`, { place: "1-0005", name: "王不在" })).status).toBe(422);
    await first.open(`${base}/nominate/neighbour`);
    const started = await first.submit(`${base}/nominate/neighbour`, { place: "1-0005", name });
    expect(started.headers.get("location")).toBe(`${base}/nominations/1?done=1`);
    const second = await owner("0006");
    await second.open(`${base}/nominate/neighbour`);
    const again = await second.submit(`${base}/nominate/neighbour`, { place: "1-0005", name });
    expect(again.headers.get("location")).toBe(`${base}/nominations/1`);
    const here = `${base}/nominations/1`;
    await second.open(here);
    expect(textOf(second.page)).toContain("1人，需要2人");
    await second.submit(`${here}/support`);
    await second.open(here);
    expect(textOf(second.page)).toContain("您已附议");
    expect(textOf(second.page)).toContain("等本人答复");
    await second.submit(`${here}/take-back`);
    await second.open(here);
    expect(textOf(second.page)).toContain("1人，需要2人");
    const named = await owner("0005");
    await named.open(here);
    expect(textOf(named.page)).toContain("被提名的是您");
    const anyone = stranger(NAMING);
    for (const path of [here, `${base}/nominations`]) {
      await anyone.open(path);
      expect(anyone.page).not.toContain(name);
      expect(textOf(anyone.page)).toContain("甲*");
    }
    await anyone.open(here);
    expect(anyone.page).toContain(encodeURIComponent(here));
    expect((await anyone.get(`${base}/nominations/99`)).status).toBe(404);
  });
});

describe("word goes out", () => {
  const heard = async (now = NAMING): Promise<OutgoingMessage[]> => {
    const messages: OutgoingMessage[] = [];
    await sendDue(sceneAt(community, now), {
      name: "webhook",
      send: async (message) => {
        messages.push(message);
        return { taken: true, detail: "http 200" };
      },
    });
    return messages.filter(({ kind }) => kind.startsWith("election."));
  };
  const namedBy = async (channel: "residents_committee" | "community_party", room: string): Promise<void> => {
    const asked = { place: `1-${room}`, name: (await ownerIn(community, room)).name, document: "推荐表", paper: PAPER };
    must(
      await nominateOnPaper(
        electing(community, "secretary", NAMING),
        electionId,
        { ...asked, channel, places: [] },
        once(),
      ),
    );
  };

  test("to who was named by others, with the way to answer, and not to who has answered", async () => {
    await namedBy("residents_committee", "0003");
    const [message, ...more] = await heard();
    expect(more).toEqual([]);
    expect(message!.text).toContain("没有您的同意不会列入名单");
    expect(message!.text).toContain(`${base}/my-candidacy`);
    await acceptedIn(community, electionId, "0004");
    await namedBy("community_party", "0004");
    expect(await heard()).toEqual([]);
  });

  test("to who was decided on, without saying how, at the number they gave", async () => {
    await acceptedIn(community, electionId, "0003");
    await decided(community, electionId, 1, "ineligible");
    const [message] = await heard(EXAMINING);
    expect(message).toMatchObject({ phone: "13800130001" });
    expect(message!.text).toContain("以前申诉");
    expect(message!.text).not.toContain("不符合");
  });
});

describe("everyone", () => {
  const FOUR = ["0001", "0002", "0003", "0004"];
  async function published(): Promise<void> {
    for (const room of FOUR)
      await acceptedIn(community, electionId, room, {
        introduction: "<script>alert(1)</script>为大家做事",
        addressShown: room === "0002" ? "none" : "unit",
      });
    must(
      await tellAffiliation(sceneAt(community, NAMING), electionId, 1, byOwner(await ownerIn(community, "0001")), {
        text: "中共党员",
        consents: true,
      }),
    );
    await closeNominations(community, electionId);
    for (const number of [1, 2, 3, 4]) await decided(community, electionId, number);
  }

  test("reads the list only when it is out, and it does not come out short without a reason", async () => {
    const anyone = stranger(EXAMINING);
    expect((await anyone.get(`${base}/candidates`)).status).toBe(404);
    await published();
    expect((await anyone.get(`${base}/candidates/1`)).status).toBe(404);
    const chair = await officer("committee_chair", EXAMINING);
    await chair.open(`${desk}/candidates`);
    expect(textOf(chair.page)).toContain("应有5人，现有4人");
    expect((await chair.submit(`${desk}/candidates`, { fewerReason: " " })).status).toBe(422);
    await chair.open(`${desk}/candidates`);
    expect((await chair.submit(`${desk}/candidates`, { seen: "1,2,3", fewerReason: "不足" })).status).toBe(409);
    await chair.open(`${desk}/candidates`);
    const reason = "两次征集仍不足，小组决定继续。";
    expect((await chair.submit(`${desk}/candidates`, { fewerReason: reason })).status).toBe(303);
    await anyone.open(`${base}/candidates`);
    expect(textOf(anyone.page)).toContain(reason);
    for (const room of FOUR) expect(anyone.page).toContain((await ownerIn(community, room)).name);
  });

  test("reads every candidate on the same page, in one round trip, with nothing they keep to themselves", async () => {
    await published();
    must(await publishNow(community, electionId, "不足，继续。"));
    const now = EXAMINING + DAY_MS;
    const anyone = stranger(now);
    const headings: string[] = [];
    for (const number of [1, 2, 3, 4]) {
      await anyone.open(`${base}/candidates/${number}`);
      expect(anyone.page).not.toContain("<script>alert");
      expect(anyone.page).not.toContain("1380013");
      headings.push([...anyone.page.matchAll(/<(?:h2|dt)[^>]*>([^<]*)</g)].map(([, text]) => text).join("|"));
    }
    expect(new Set(headings).size).toBe(1);
    await anyone.open(`${base}/candidates/2`);
    expect(textOf(anyone.page)).toContain("房屋 本人未公开");
    await anyone.open(`${base}/candidates/1`);
    expect(textOf(anyone.page)).toContain("中共党员");
    const scene = sceneAt(community, now);
    await readCandidates(scene, electionId);
    expect(scene.db.meter.roundTrips).toBe(1);
    await anyone.open(`${base}/candidates/notice`);
    expect(textOf(anyone.page)).toContain("一、候选人名单");
    expect(anyone.page).toContain("<svg");
    await anyone.open(base);
    expect(textOf(anyone.page)).toContain("公布候选人");
  });

  test("draws the order again, and another seed is shown for what it is", async () => {
    await published();
    const anyone = stranger(EXAMINING);
    await anyone.open(`${base}/draw`);
    expect(textOf(anyone.page)).toContain("公布候选人时");
    must(await publishNow(community, electionId, "不足，继续。"));
    await anyone.open(`${base}/draw`);
    expect(textOf(anyone.page)).toContain("与公布的一致");
    await anyone.open(`${base}/draw?seed=${"ab".repeat(32)}`);
    expect(textOf(anyone.page)).toContain("不是封存的种子");
    await anyone.open(`${base}/draw?seed=<script>`);
    expect(textOf(anyone.page)).toContain("这不是一个种子");
    expect(anyone.page).not.toContain("<script>");
  });

  test("finds the same list in the API, of which who left before the paper stood is no part", async () => {
    await published();
    const api = `/api/communities/${community.slug}/elections/1/candidates`;
    expect((await stranger(EXAMINING).get(api)).status).toBe(404);
    must(await publishNow(community, electionId, "不足，继续。"));
    const leave = async (number: number, room: string) =>
      must(
        await withdrawCandidacy(
          sceneAt(community, EXAMINING),
          electionId,
          number,
          byOwner(await ownerIn(community, room)),
        ),
      );
    await leave(3, "0003");
    const scene = sceneAt(community);
    must(await scene.db.write(updateElection(scene, await electionRow(community, electionId), { state: "voting" })));
    await leave(4, "0004");
    const answer = (await (await stranger(EXAMINING).get(api)).json()) as Awaited<ReturnType<typeof candidatesAnswer>>;
    expect(answer!.candidates).toHaveLength(3);
    const four = answer!.candidates.find(({ nomination }) => nomination === 4)!;
    expect(four).toMatchObject({ standing: "withdrawn", affiliation: null });
    expect(answer!.candidates.find(({ nomination }) => nomination === 1)).toMatchObject({
      affiliation: "中共党员",
      home: expect.stringMatching(/0001$/),
    });
    expect(answer!.draw.drawn).toHaveLength(4);
    const anyone = stranger(EXAMINING);
    expect((await anyone.get(`${base}/candidates/3`)).status).toBe(404);
    await anyone.open(`${base}/candidates/4`);
    expect(textOf(anyone.page)).toContain("姓名仍在票上");
  });

  test("objects as an owner and reads the answer", async () => {
    await published();
    must(await publishNow(community, electionId, "不足，继续。"));
    const now = EXAMINING + DAY_MS;
    const browser = await owner("0010", now);
    const action = `${base}/candidates/1/objection`;
    await browser.open(action);
    expect((await browser.submit(action, { text: " " })).status).toBe(422);
    await browser.open(action);
    expect((await browser.submit(action, { text: "他在物业公司上班" })).status).toBe(303);
    const chair = await officer("committee_chair", now);
    await chair.open(`${desk}/candidates/objections`);
    const ticket = /href="([^"]*\/candidates\/objections\/[^"]+)"/.exec(chair.page)![1]!;
    await chair.open(ticket);
    expect(textOf(chair.page)).toContain("他在物业公司上班");
    expect((await chair.submit(ticket, { outcome: "", text: "x" })).status).toBe(422);
    await chair.open(ticket);
    expect((await chair.submit(ticket, { outcome: "rejected", text: "已核实，不属实。" })).status).toBe(303);
    const anyone = stranger(now);
    await anyone.open(`${base}/candidates/1`);
    expect(textOf(anyone.page)).toContain("已核实，不属实");
    expect(anyone.page).not.toContain("他在物业公司上班");
    const secretary = await officer("secretary", now);
    const paper = `${desk}/candidates/objections/new`;
    await secretary.open(paper);
    expect((await secretary.submit(paper, { candidate: "2", place: "九栋1", text: "不合条件" })).status).toBe(422);
    expect(textOf(secretary.page)).toContain("没有这个房号");
    await secretary.open(paper);
    expect((await secretary.submit(paper, { candidate: "2", place: "1-0011", text: "不合条件" })).status).toBe(303);
    await chair.open(`${desk}/candidates/objections`);
    expect(textOf(chair.page)).toContain("对2号");
    const late = await owner("0010", EXAMINING + 20 * DAY_MS);
    await late.open(action);
    expect(textOf(late.page)).toContain("异议期已经结束");
  });
});
