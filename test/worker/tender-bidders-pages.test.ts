/** A small company's clerk, from the public page to the sealed bid's door: code, form, papers, amendment; and who does not get in. */
import { beforeEach, describe, expect, test } from "vitest";
import type { CommunityAddress } from "../../src/platform/db.ts";
import { sql } from "../../src/platform/db.ts";
import { codeOfContact } from "../../src/tenders/bidders/contacts.ts";
import { DECLARATIONS } from "../../src/tenders/bidders/rules.ts";
import type { TenderRow } from "../../src/tenders/store.ts";
import { cleaningLot, schemeOf } from "../unit/tender-scheme-of-test.ts";
import { sceneAt, T0 } from "./community-of-test.ts";
import { signedIn, stranger, textOf } from "./desk-of-test.ts";
import { type Browser, makeStaffedCommunity } from "./offices-of-test.ts";
import {
  bidderCookie,
  bidderOf,
  CLOSES,
  codeOf,
  idOf,
  makeTender,
  moveTender,
  PDF,
  phoneOf,
  SCRIPT,
} from "./tender-bidders-of-test.ts";

let community: CommunityAddress;
let tender: TenderRow;
let base: string;
beforeEach(async () => {
  community = await makeStaffedCommunity();
  const lots = [cleaningLot(), cleaningLot({ lotNo: 2, service: "greening", title: "绿化" })];
  tender = await makeTender(community, { scheme: schemeOf({ lots }) });
  base = `/c/${community.slug}/tenders/${tender.number}`;
});

/** The code of the newest challenge: what the message would say. */
async function newestCode(): Promise<string> {
  const scene = sceneAt(community);
  const [rows] = await scene.db.read(
    scene.db.all<{ id: string }>(
      sql`SELECT challenge_id AS id FROM sign_in_challenge WHERE community_id = ${community.id} AND challenge_id >= 't' ORDER BY asked_at DESC LIMIT 1`,
    ),
  );
  return codeOfContact(scene, rows[0]!.id);
}

const FORM = {
  name: "重庆洁净物业服务有限公司",
  code: codeOf(7),
  representativeName: "钱总",
  representativeNumber: idOf(7),
  controller: "same",
  controllerName: "",
  controllerNumber: "",
  contactName: "小周",
  incumbent: "no",
};

const signedInBidder = async (nth: number, now = T0 + 120_000): Promise<Browser> => {
  const browser = stranger(now);
  const [name, value] = (await bidderCookie(community, nth, now)).split("=") as [string, string];
  browser.cookies.set(name, value);
  return browser;
};

async function sendForm(browser: Browser, path: string, fields: readonly (readonly [string, string | File])[]) {
  const form = new FormData();
  for (const [name, value] of Object.entries(browser.hidden(path))) form.append(name, value);
  for (const [name, value] of fields) form.append(name, value);
  const response = await browser.send(path, { method: "POST", headers: { origin: "http://localhost" }, body: form });
  browser.page = await response.clone().text();
  return response;
}

test("a clerk proves a telephone, registers, is told what is missing, and adds it", async () => {
  const clerk = stranger(T0 + 60_000);
  await clerk.open(base);
  expect(textOf(clerk.page)).toContain("登记投标");
  await clerk.open(`${base}/register`);
  expect(clerk.url).toContain("/sign-in");
  await clerk.submit(`${base}/sign-in`, { phone: phoneOf(7) });
  await clerk.open(`${base}/sign-in/code`);
  const answered = await clerk.submit(`${base}/sign-in/code`, { code: await newestCode() });
  expect(answered.headers.get("location")).toBe(`${base}/register`);
  await clerk.get(`${base}/register`);

  const bad = await sendForm(clerk, `${base}/register`, Object.entries({ ...FORM, representativeNumber: "1" }));
  expect(bad.status).toBe(422);
  expect(textOf(clerk.page)).toContain("请至少选择一个标段");
  expect(clerk.page).toContain("重庆洁净物业服务有限公司"); // what was typed stays

  const done = await sendForm(clerk, `${base}/register`, [
    ...Object.entries(FORM),
    ["lots", "1"],
    ...DECLARATIONS.map((one) => ["declarations", one] as const),
  ]);
  expect(done.headers.get("location")).toBe(`${base}/bidder?done=registered`);
  await clerk.get(`${base}/bidder`);
  expect(textOf(clerk.page)).toContain("还缺这些证照");

  await clerk.get(`${base}/bidder/licences`);
  const paper = (file: File, change: Record<string, string> = {}) =>
    sendForm(clerk, `${base}/bidder/licences`, [
      ...Object.entries({
        kind: "business_licence",
        number: codeOf(7),
        issuer: "市场监管局",
        expiresOn: "",
        endless: "yes",
        ...change,
      }),
      ["file", file],
    ]);
  const script = await paper(new File([SCRIPT], "执照.jpg", { type: "image/jpeg" }));
  expect(script.status).toBe(422);
  expect(textOf(clerk.page)).toContain("不是照片或 PDF");
  const early = await paper(new File([PDF], "a.pdf"), { endless: "", expiresOn: "2026-12-31" });
  expect(early.status).toBe(422);
  expect(textOf(clerk.page)).toContain("合同从 2027-01-01 开始");
  expect((await paper(new File([PDF], "执照.pdf"))).status).toBe(303);
  await clerk.get(`${base}/bidder`);
  expect(textOf(clerk.page)).toContain("执照.pdf");
  const file = await clerk.get(`${base}/bidder/licences/1/file`);
  expect([file.status, file.headers.get("content-type")]).toEqual([200, "application/pdf"]);

  await clerk.get(`${base}/bidder`);
  await clerk.submit(`${base}/sign-out`);
  await clerk.open(`${base}/bidder`);
  expect(clerk.url).toContain("/sign-in");
});

test("a wrong code is counted down, and after five the code is over", async () => {
  const clerk = stranger(T0);
  await clerk.open(`${base}/sign-in`);
  await clerk.submit(`${base}/sign-in`, { phone: phoneOf(1) });
  await clerk.open(`${base}/sign-in/code`);
  const right = await newestCode();
  const wrong = String((Number(right) + 1) % 1_000_000).padStart(6, "0");
  for (const left of [4, 3, 2]) {
    expect((await clerk.submit(`${base}/sign-in/code`, { code: wrong })).status).toBe(422);
    expect(textOf(clerk.page)).toContain(`还可以试 ${left} 次`);
  }
  for (const _ of [1, 2]) await clerk.submit(`${base}/sign-in/code`, { code: wrong });
  await clerk.open(`${base}/sign-in/code`);
  expect((await clerk.submit(`${base}/sign-in/code`, { code: right })).status).toBe(410);
});

test("a code asked for at one door opens no other", async () => {
  const clerk = stranger(T0);
  await clerk.open(`${base}/sign-in`);
  await clerk.submit(`${base}/sign-in`, { phone: "13800000001" }); // the chair's own number
  const scene = sceneAt(community);
  const [rows] = await scene.db.read(
    scene.db.all<{ id: string }>(
      sql`SELECT challenge_id AS id FROM sign_in_challenge WHERE community_id = ${community.id}`,
    ),
  );
  expect(rows.map(({ id }) => id[0])).toEqual(["t"]);
  await clerk.open(`/c/${community.slug}/desk`);
  expect(clerk.url).toContain("/sign-in");
});

describe("who does not get in", () => {
  const OWN = ["", "/licences", "/licences/1/file"];
  test("strangers are sent to prove a telephone; a contact without a company is sent to register", async () => {
    const nobody = stranger(T0);
    const contact = await signedInBidder(3);
    for (const path of OWN) {
      expect((await nobody.get(`${base}/bidder${path}`)).headers.get("location")).toContain("/sign-in");
      expect((await contact.get(`${base}/bidder${path}`)).headers.get("location")).toBe(`${base}/register`);
    }
  });
  test("a bidder of another tender is none here", async () => {
    const other = await makeTender(community);
    await bidderOf(community, other.tenderId, 1);
    const browser = await signedInBidder(1);
    expect((await browser.get(`/c/${community.slug}/tenders/${other.number}/bidder`)).status).toBe(200);
    for (const path of OWN)
      expect((await browser.get(`${base}/bidder${path}`)).headers.get("location")).toBe(`${base}/register`);
    const posted = await browser.send(`${base}/bidder/lots`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{}",
    });
    expect(posted.status).toBe(404);
  });
  test("another bidder's paper is not there", async () => {
    await bidderOf(community, tender.tenderId, 1);
    const browser = await signedInBidder(1);
    expect((await browser.get(`${base}/bidder/licences/2/file`)).status).toBe(404);
  });
  test("a session of another community is none here", async () => {
    const there = await makeStaffedCommunity();
    await bidderOf(community, tender.tenderId, 1);
    const browser = stranger(T0);
    const [name, value] = (await bidderCookie(there, 1)).split("=") as [string, string];
    browser.cookies.set(name, value);
    expect((await browser.get(`${base}/bidder`)).headers.get("location")).toContain("/sign-in");
  });
});

test("before the opening nobody is told who registered or how many; after it everybody is", async () => {
  const made = await bidderOf(community, tender.tenderId, 1);
  const reader = stranger(T0 + 120_000);
  await reader.get(base);
  expect(reader.page).not.toContain(made.name);
  expect(reader.page).not.toContain(made.code);
  await moveTender(community, tender.tenderId, { state: "closed", closedAt: CLOSES });
  await moveTender(community, tender.tenderId, { state: "opened", openedAt: CLOSES });
  await reader.get(base);
  expect(reader.page).toContain(made.name);
});

describe("an amendment", () => {
  test("is looked at as a difference, published, told to bidders, and confirmed by them", async () => {
    await bidderOf(community, tender.tenderId, 1);
    const chair = await signedIn(community, "committee_chair", CLOSES - 3_600_000);
    const form = `/c/${community.slug}/desk/tenders/${tender.number}/amend/lots/1`;
    await chair.get(form);
    const fields: Record<string, string> = {};
    for (const [tag] of chair.page.matchAll(/<(?:input|select|textarea)[^>]*>/g)) {
      const name = /name="([^"]*)"/.exec(tag)?.[1];
      const value = /value="([^"]*)"/.exec(tag)?.[1];
      if (name && value !== undefined && !/type="(checkbox|radio)"/.test(tag)) fields[name] = value;
    }
    for (const [, name, value] of chair.page.matchAll(/<textarea[^>]*name="([^"]*)"[^>]*>([^<]*)<\/textarea>/g))
      fields[name!] = value!.trim();
    const send = (more: Record<string, string>) =>
      sendForm(
        chair,
        form,
        Object.entries({
          ...fields,
          service: "cleaning",
          priceModel: "lump_sum",
          qualifications: "business_licence",
          ...more,
        })
          .filter(([name]) => !name.startsWith("_") && name !== "edition")
          .concat([]),
      );
    const looked = await send({ scope: "1至8号楼公共部位，每日。", why: "漏写了7、8号楼" });
    expect([looked.status, textOf(chair.page)]).toEqual([200, expect.stringContaining("1至8号楼公共部位")]);
    expect(textOf(chair.page)).toContain("顺延到");
    const published = await chair.submit(form, { act: "publish" });
    expect(published.headers.get("location")).toContain("#amendments");
    const reader = stranger(CLOSES - 3_000_000);
    await reader.get(base);
    expect(textOf(reader.page)).toContain("漏写了7、8号楼");

    const bidder = await signedInBidder(1, CLOSES - 1_000_000);
    await bidder.get(`${base}/bidder`);
    expect(textOf(bidder.page)).toContain("选聘文件有修改，请确认");
    await bidder.submit(`${base}/bidder/confirm`);
    await bidder.get(`${base}/bidder`);
    expect(textOf(bidder.page)).not.toContain("选聘文件有修改，请确认");
  });
});
