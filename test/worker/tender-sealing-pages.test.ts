/** The pages of sealed bids as browsers meet them: keys at the desk, a bidder's delivery, the opening followed, read out, checked and printed. */
import { expect, test } from "vitest";
import type { CommunityAddress } from "../../src/platform/db.ts";
import * as seal from "../../src/tenders/sealing/browser/seal.js";
import { SEALING_SCRIPTS } from "../../src/tenders/sealing/scripts.ts";
import { SEAL_PATH } from "../../src/tenders/sealing/served.tsx";
import { T0 } from "./community-of-test.ts";
import { estate, signedIn, stranger, textOf } from "./desk-of-test.ts";
import type { Browser } from "./offices-of-test.ts";
import { bidderCookie, bidderOf, CLOSES, makeTender } from "./tender-bidders-of-test.ts";
import { PDF, publicKey, SEAT_POSTS, secretText } from "./tender-sealing-of-test.ts";

const LATER = CLOSES + 60_000;
const PRICES = { monthly: 2_345_600, deep: 180_000 };

/** What the page hands to its script. */
const dataOf = (html: string) => {
  const [, text] = /data-sealing="([^"]*)"/.exec(html)!;
  return JSON.parse(text!.replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll("&amp;", "&")) as {
    token: string;
    tender: string;
    bidder: string;
    closes: number;
    edition: number;
    keyholders: seal.Jwk[];
    rehearsal: { share: string; ctHash: string } | null;
  };
};
/** A form as the script sends it. */
async function send(browser: Browser, path: string, token: string, fields: Record<string, string | Blob>) {
  const body = new FormData();
  body.set("_form", token);
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  const request = new Request("http://localhost/", { method: "POST", body });
  return browser.send(path, {
    method: "POST",
    body: await request.arrayBuffer(),
    headers: {
      "content-type": request.headers.get("content-type")!,
      accept: "application/json",
      origin: "http://localhost",
    },
  });
}
const bidderAt = async (community: CommunityAddress, nth: number, now: number): Promise<Browser> => {
  const browser = stranger(now);
  const [name, value] = (await bidderCookie(community, nth, now)).split("=") as [string, string];
  browser.cookies.set(name, value);
  return browser;
};

test("from the keys to the printed record, and refusals in words", async () => {
  const community = await estate(0, []);
  const { tenderId, number } = await makeTender(community);
  const [pub, desk] = [`/c/${community.slug}/tenders/${number}`, `/c/${community.slug}/desk/tenders/${number}`];
  const keys = await Promise.all([1, 2, 3].map(() => seal.makeKey()));

  // Keys and rehearsal.
  for (const [at, post] of SEAT_POSTS.entries()) {
    const browser = await signedIn(community, post);
    const html = await (await browser.get(`${desk}/keys`)).text();
    expect(html).toContain(`src="${SEAL_PATH}" integrity="${SEALING_SCRIPTS[0].integrity}"`);
    expect(textOf(html)).toContain(`生成第${at + 1}把钥匙`);
    const refused = await send(browser, `${desk}/keys`, dataOf(html).token, { jwk: JSON.stringify(keys[at]), why: "" });
    expect(refused.status).toBe(422);
    expect(((await refused.json()) as { detail: string }).detail).toContain("私钥不能发给系统");
    const jwk = JSON.stringify(publicKey(keys[at]!));
    expect((await send(browser, `${desk}/keys`, dataOf(html).token, { jwk, why: "" })).status).toBe(200);
  }
  const early = await bidderOf(community, tenderId, 1);
  const waits = await bidderAt(community, 1, T0 + 120_000);
  expect(textOf(await (await waits.get(`${pub}/bid`)).text())).toContain("第1、2、3把钥匙的保管人还没有打开试标");
  for (const [at, post] of SEAT_POSTS.entries()) {
    const browser = await signedIn(community, post);
    const { rehearsal, token } = dataOf(await (await browser.get(`${desk}/keys`)).text());
    const share = seal.toBase64url(await seal.decryptShare(keys[at]!, rehearsal!.share, rehearsal!.ctHash));
    expect((await send(browser, `${desk}/keys/rehearse`, token, { share })).status).toBe(200);
  }
  const secretary = await signedIn(community, "secretary");
  const shown = textOf(await (await secretary.get(`${desk}/keys`)).text());
  for (const words of ["三把钥匙都已生成并演练过", "您的职务不保管钥匙"]) expect(shown).toContain(words);

  // Three bids.
  const secrets: { lot: number; price: string; documents: string }[] = [];
  for (const nth of [1, 2, 3]) {
    if (nth > 1) await bidderOf(community, tenderId, nth);
    const browser = await bidderAt(community, nth, T0 + 120_000);
    const html = await (await browser.get(`${pub}/bid`)).text();
    for (const words of ["这一步需要浏览器运行加密程序", "密封的纸质投标", "最高限价25,000.00元"])
      expect(textOf(html)).toContain(words);
    const { tender, bidder, closes, edition, keyholders, token } = dataOf(html);
    const bound = { tender, bidder, lot: 1, closes, edition };
    const prices = seal.writePriceSheet({ ...PRICES, monthly: PRICES.monthly + nth });
    const price = await seal.sealPart({ file: prices, for: { ...bound, part: "price" }, keyholders });
    const papers = await seal.sealPart({ file: PDF, for: { ...bound, part: "documents" }, keyholders });
    const delivery = JSON.stringify({
      lot: 1,
      price: price.sealed,
      priceCt: seal.toBase64url(price.ct),
      documents: papers.sealed,
    });
    const without = await send(browser, `${pub}/bid`, token, { delivery });
    expect(((await without.json()) as { detail: string }).detail).toContain("投标文件还差1段");
    const piece = { ct: papers.sealed.ctHash, no: "0", piece: new Blob([papers.ct]) };
    expect((await send(browser, `${pub}/bid/pieces`, token, piece)).status).toBe(200);
    const taken = await send(browser, `${pub}/bid`, token, { delivery });
    const { bidNo, receiptHref } = (await taken.json()) as { bidNo: number; receiptHref: string };
    expect([taken.status, bidNo]).toEqual([200, 1]);
    expect((await browser.open(receiptHref)).status).toBe(200);
    expect(textOf(await (await browser.get(`${pub}/bid`)).text())).toContain("第1次：提交");
    expect((await send(browser, `${pub}/bid`, token, { delivery: "{" })).status).toBe(422);
    secrets.push({ lot: 1, price: secretText(price.secret), documents: secretText(papers.secret) });
  }
  expect(early.bidderNo).toBe(1);

  // The opening: followed by a stranger, run by the chair, opened by two keyholders and one bidder.
  const visitor = stranger(CLOSES - 1);
  expect(textOf(await (await visitor.get(`${pub}/opening`)).text())).toContain("还没有开标");
  expect((await visitor.get(`${pub}/opening.json`)).status).toBe(404);
  const tooEarly = await signedIn(community, "committee_chair", CLOSES - 1);
  await tooEarly.get(`${desk}/opening`);
  expect((await tooEarly.submit(`${desk}/opening/begin`)).status).toBe(409);
  expect(textOf(tooEarly.page)).toContain("截止的同一时间公开开标");
  const chair = await signedIn(community, "committee_chair", LATER);
  await chair.get(`${desk}/opening`);
  expect((await chair.submit(`${desk}/opening/begin`)).status).toBe(303);
  const live = await stranger(LATER).get(`${pub}/opening?live=1`);
  expect(live.headers.get("refresh")).toBe("15");
  expect(textOf(await live.text())).toContain("尚未交出");
  const bidder = await bidderAt(community, 2, LATER);
  const { token } = dataOf(await (await chair.get(`${desk}/opening`)).text());
  await bidder.get(`${pub}/opening`);
  const own = bidder.hidden(`${pub}/opening/key`)["_form"]!;
  const keyFile = (secret: object) => new File([JSON.stringify({ kind: "commonhold-bid-key", ...secret })], "key.json");
  const wrong = await send(bidder, `${pub}/opening/key`, own, { file: keyFile(secrets[0]!) });
  expect([wrong.status, textOf(await wrong.text())]).toEqual([422, expect.stringContaining("会打开成别的内容")]);
  expect((await send(bidder, `${pub}/opening/key`, own, { file: keyFile(secrets[1]!) })).status).toBe(303);
  for (const seat of [1, 3] as const) {
    const browser = seat === 1 ? chair : await signedIn(community, SEAT_POSTS[seat - 1]!, LATER);
    const page = await (await browser.get(`${desk}/opening`)).text();
    const sealed = (await (await browser.get(`${desk}/opening/sealed.json`)).json()) as {
      parts: { name: string; share: string; ctHash: string }[];
    };
    expect(sealed.parts).toHaveLength(6);
    const opened = await Promise.all(
      sealed.parts.map(async ({ name, share, ctHash }) => [
        name,
        seal.toBase64url(await seal.decryptShare(keys[seat - 1]!, share, ctHash)),
      ]),
    );
    const shares = JSON.stringify(Object.fromEntries(opened));
    expect((await send(browser, `${desk}/opening/shares`, dataOf(page).token, { shares })).status).toBe(200);
  }
  expect(token).toBeTruthy();
  await chair.get(`${desk}/opening`);
  expect((await chair.submit(`${desk}/opening/documents`)).status).toBe(303);
  await chair.get(`${desk}/opening`);
  expect((await chair.submit(`${desk}/opening/read-out`)).status).toBe(303);
  const after = await (await chair.get(`${desk}/opening`)).text();
  expect(textOf(after)).toContain("重庆保洁第2服务有限公司");
  const paper = await chair.get(`${desk}/opening/documents/1/2`);
  expect(new Uint8Array(await paper.arrayBuffer())).toEqual(PDF);
  await chair.get(`${desk}/opening`);
  expect((await chair.submit(`${desk}/opening/sign`)).status).toBe(303);

  // What everybody reads, and opens again.
  const reader = stranger(LATER);
  const page = textOf(await (await reader.get(`${pub}/opening`)).text());
  for (const words of ["唱标", "23,456.02", "有效", "业主委员会主任", "在我的浏览器里核对"])
    expect(page).toContain(words);
  const { scheme, schemeHash, bids } = (await (await reader.get(`${pub}/opening.json`)).json()) as {
    scheme: string;
    schemeHash: string;
    bids: { price: seal.Sealed; ct: string; secret: string; prices: Record<string, number> }[];
  };
  expect(JSON.parse(scheme)).toHaveProperty("lots");
  expect(schemeHash).toMatch(/^[0-9a-f]{64}$/);
  expect(bids).toHaveLength(3);
  for (const bid of bids) {
    const secret = seal.secretOf(seal.fromBase64url(bid.secret));
    const sheet = await seal.openPart(bid.price, seal.fromBase64url(bid.ct), secret);
    expect(seal.readPriceSheet(sheet)).toEqual(bid.prices);
  }
  expect(textOf(await (await reader.get(`${pub}/opening/record`)).text())).toContain("开标记录");
  expect(textOf(await (await reader.get(pub)).text())).toContain("开标结果和核对");
  expect(textOf(await (await reader.get(`/c/${community.slug}/tenders/sealed`)).text())).toContain("两把才能开");
});

test("the scripts are served as they are, for ever under their hash, and nothing else is", async () => {
  const browser = stranger();
  const answer = await browser.get(SEAL_PATH);
  expect(await answer.text()).toBe(SEALING_SCRIPTS[0].text);
  expect(answer.headers.get("content-type")).toContain("text/javascript");
  expect(answer.headers.get("cache-control")).toContain("immutable");
  expect((await browser.get("/sealing/older/seal.js")).headers.get("cache-control")).toBe("public, max-age=60");
  expect((await browser.get("/sealing/older/other.js")).status).toBe(404);
});
