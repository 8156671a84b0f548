/** Opening the bids at the desk: begin, release one's shares, open documents, read out, sign. One page, its next step on top. */
import { Hono } from "hono";
import { type Permission, requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { one } from "../../platform/form-body.ts";
import { frameOf } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import { type Problem, problemResponse } from "../../platform/problem.tsx";
import { Done, Refused } from "../../platform/refused.tsx";
import { PostButton } from "../../platform/ui/buttons.tsx";
import { LinkList } from "../../platform/ui/facts.tsx";
import { Callout } from "../../platform/ui/notices.tsx";
import { authorOf } from "../acting.ts";
import { deskTenderHref, deskTendersHref } from "../addresses.ts";
import { tenderKeyOf } from "../desk/frame.tsx";
import type { Scheme } from "../scheme/rules.ts";
import type { Sealed } from "../sealing/browser/seal.js";
import { ScriptForm } from "../sealing/forms.tsx";
import { KeyFileFields } from "../sealing/keys-desk.tsx";
import { keyholderOf } from "../sealing/rules.ts";
import { scriptWords } from "../sealing/script-words.ts";
import { NeedsScript, ScriptHashes, SealingScripts } from "../sealing/served.tsx";
import { listKeyholders, listStandingBids } from "../sealing/store.ts";
import { findScheme, findTender, type TenderKey } from "../store.ts";
import { beginOpening, bidsToOpen, lotsOfOpening, openDocuments, releaseShares, signOpening } from "./actions.ts";
import { deskBidDocumentHref, deskOpeningHref, openingHref } from "./addresses.ts";
import { bidDocument } from "./documents.ts";
import { openingProblem } from "./problems.ts";
import { readOut } from "./reading-out.ts";
import { shareKey } from "./rules.ts";
import { BidsReadOut, OpeningState, Signatures } from "./shown.tsx";
import { findOpening, listOpenedBids, listOpenedFiles, listOpeningSignatures, listReleased } from "./store.ts";

/** Mounted at /c/:slug. */
export const openingDeskPages = new Hono<AppEnv>();
const reads = requires("tender.read", "tender.draft", "tender.decide", "tender.witness");
const RUNS = ["tender.draft", "tender.decide", "tender.witness"] as const satisfies readonly Permission[];
const runs = requires(...RUNS);
const EXAMINERS = ["tender.draft", "tender.decide"] as const satisfies readonly Permission[];

openingDeskPages.get("/desk/tenders/:number/opening", reads, (c) => deskPage(c));

async function deskPage(c: AppContext, problem?: Problem) {
  const { t, scene, actor, formToken } = c.var;
  const { slug } = scene.community;
  const key = tenderKeyOf(c);
  if (key === null) return c.notFound();
  const [[row], [scheme], [opening], keys, released, opened, bids, signed] = await scene.db.read(
    findTender(scene, key),
    findScheme(scene, key),
    findOpening(scene, key),
    listKeyholders(scene, key),
    listReleased(scene, key),
    listOpenedFiles(scene, key),
    listOpenedBids(scene, key),
    listOpeningSignatures(scene, key),
  );
  if (!row || !scheme) return c.notFound();
  const here = deskOpeningHref(slug, row.number);
  const mayRun = RUNS.some((permission) => actor.permissions.has(permission));
  const mine = keyholderOf(keys, actor.personId);
  const isOpening = opening !== undefined && row.state === "closed";
  const data = { page: "keys", at: here, token: formToken, words: scriptWords(t) };
  const toOpen = opening
    ? lotsOfOpening(opening).reduce((sum, { bids: count, opens }) => sum + (opens ? count : 0), 0)
    : 0;
  const act = (path: string, label: string) => (
    <PostButton action={`${here}/${path}`} token={formToken}>
      {label}
    </PostButton>
  );
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t("开标", "Opening of the bids")}
      head={<SealingScripts />}
      switchHref={`${here}?lang=${t("en", "zh")}`}
      breadcrumb={[
        { href: `/c/${slug}/desk`, label: t("工作台", "Desk") },
        { href: deskTendersHref(slug), label: t("选聘", "Tenders") },
        { href: deskTenderHref(slug, row.number), label: row.title },
      ]}
    >
      <h1>{t("开标", "Opening of the bids")}</h1>
      <Done c={c} words={t("已完成，并写入公开记录", "Done, and in the public record")} />
      <Refused c={c} problem={problem} />
      <p>
        <a href={openingHref(slug, row.number)}>{t("投标人和业主看到的页面", "The page bidders and owners follow")}</a>
      </p>
      {!opening && mayRun && (row.state === "noticed" || row.state === "closed") ? (
        <section>
          <h2>{t("宣布开始", "Begin")}</h2>
          <p>
            {t(
              "登记截止、给截止前的记录签名，并按标段清点份数；不足三家的标段不开。",
              "Logs the closing, signs the record before it, and counts the bids of each lot; a lot with fewer than three is not opened.",
            )}
          </p>
          {act("begin", t("开始开标", "Begin the opening"))}
        </section>
      ) : null}
      <OpeningState c={c} row={row} opening={opening} keys={keys} released={released} />
      {isOpening && mine && !released.some(({ seat }) => seat === mine.seat) ? (
        <section data-sealing={JSON.stringify(data)}>
          <h2>{t("交出我的钥匙份额", "Release my shares")}</h2>
          <p>
            {t(
              "您的浏览器用钥匙文件打开所有投标里给您的那一份，一次全部交出。钥匙文件和口令不会上传。",
              "Your browser opens, with your key file, the share meant for you in every bid, and releases all at once. File and passphrase are not sent.",
            )}
          </p>
          <NeedsScript c={c} />
          <ScriptForm act="release" button={t("打开并交出全部份额", "Open and release all shares")}>
            <KeyFileFields c={c} prefix="release" />
          </ScriptForm>
        </section>
      ) : null}
      {isOpening && mayRun ? (
        <section>
          <h2>{t("打开和唱标", "Open and read out")}</h2>
          <p>
            {t(
              `投标文件已处理${opened.length}份，共${toOpen}份。全部处理后唱标；唱标时服务器把每一份重新核对一遍。`,
              `${opened.length} of ${toOpen} documents are done. When all are, the bids are read out; the server checks each of them again.`,
            )}
          </p>
          {opened.length < toOpen
            ? act("documents", t("打开投标文件", "Open documents"))
            : act("read-out", t("唱标", "Read the bids out"))}
          {opened.length < toOpen ? (
            <>
              <p class="hint">
                {t(
                  "有的投标打不开时，三位保管人都交出钥匙后（或两位交出并满一天）可以直接唱标，打不开的作废。",
                  "Where some do not open, the bids may be read out once all three released, or two did and a day has passed; what did not open is void.",
                )}
              </p>
              <PostButton action={`${here}/read-out`} token={formToken} look="quiet">
                {t("直接唱标", "Read out as it is")}
              </PostButton>
            </>
          ) : null}
        </section>
      ) : null}
      {row.openedAt !== null ? (
        <>
          <h2>{t("唱标结果", "As read out")}</h2>
          <BidsReadOut c={c} scheme={JSON.parse(scheme.scheme) as Scheme} bids={bids} />
          {EXAMINERS.some((permission) => actor.permissions.has(permission)) ? (
            <>
              <h2>{t("投标文件", "Documents")}</h2>
              <LinkList
                items={bids
                  .filter(({ fileId }) => fileId !== "")
                  .map((bid) => ({
                    href: deskBidDocumentHref(slug, row.number, bid),
                    title: t(`第${bid.lotNo}标段 ${bid.name}`, `Lot ${bid.lotNo}: ${bid.name}`),
                  }))}
              />
            </>
          ) : null}
          <h2>{t("到场人签名", "Signed by those present")}</h2>
          <Signatures c={c} signed={signed} />
          {signed.some(({ personId }) => personId === actor.personId)
            ? null
            : act("sign", t("我到场了，签名确认", "I was present and sign"))}
        </>
      ) : null}
      {row.state === "failed" ? (
        <Callout tone="warn">
          <p>{row.endedWhy}</p>
        </Callout>
      ) : null}
      {isOpening ? <ScriptHashes c={c} /> : null}
    </Page>,
    problem ? (problem.status as 409) : 200,
  );
}

/** An act of this page: done, or the page again with what was refused. */
const acts = (
  path: string,
  gate: typeof reads,
  act: (
    c: AppContext,
    key: TenderKey,
  ) => Promise<{ readonly ok: true } | { readonly ok: false; readonly error: Parameters<typeof openingProblem>[0] }>,
) =>
  openingDeskPages.post(`/desk/tenders/:number/opening/${path}`, gate, async (c) => {
    const key = tenderKeyOf(c);
    if (key === null) return c.notFound();
    const done = await act(c, key);
    if (!done.ok) return deskPage(c, openingProblem(done.error));
    return c.redirect(`${deskOpeningHref(c.var.scene.community.slug, Number(c.req.param("number")))}?done=1`, 303);
  });
acts("begin", runs, (c, key) => beginOpening(c.var.scene, key, authorOf(staffScene(c))));
acts("documents", runs, (c, key) => openDocuments(c.var.scene, key));
acts("read-out", runs, (c, key) => readOut(c.var.scene, key, authorOf(staffScene(c))));
acts("sign", reads, (c, key) => signOpening(staffScene(c), key));

/** The sealed shares meant for the keyholder who asks. They open with their key alone. */
openingDeskPages.get("/desk/tenders/:number/opening/sealed.json", reads, async (c) => {
  const { scene, actor } = c.var;
  const key = tenderKeyOf(c);
  if (key === null) return c.notFound();
  const [[opening], keys, bids] = await scene.db.read(
    findOpening(scene, key),
    listKeyholders(scene, key),
    listStandingBids(scene, key),
  );
  const mine = keyholderOf(keys, actor.personId);
  if (!opening || !mine) return c.notFound();
  const parts = bidsToOpen(opening, bids).flatMap((bid) =>
    (["price", "documents"] as const).map((part) => {
      const { shares, ctHash } = JSON.parse(bid[part]) as Sealed;
      return { name: shareKey(bid, part), share: shares[mine.seat - 1]!, ctHash };
    }),
  );
  return c.json({ seat: mine.seat, parts });
});

openingDeskPages.post("/desk/tenders/:number/opening/shares", reads, async (c) => {
  const key = tenderKeyOf(c);
  if (key === null) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const released = await releaseShares(staffScene(c), key, readShares(one(body, "shares")));
  return released.ok ? c.json(released.value) : problemResponse(c, openingProblem(released.error));
});

/** Shares by name; anything that is none reads as missing and is refused. */
function readShares(text: string): Record<string, string | null> {
  try {
    const read = Object.entries(JSON.parse(text) as object) as [string, unknown][];
    return Object.fromEntries(
      read.flatMap(([name, share]) => (share === null || typeof share === "string" ? [[name, share]] : [])),
    );
  } catch {
    return {};
  }
}

// What a company wrote about itself is for those who examine it; a witness sees prices and seals, which are public anyway.
openingDeskPages.get("/desk/tenders/:number/opening/documents/:lot/:bidder", requires(...EXAMINERS), (c) => {
  const key = tenderKeyOf(c);
  const at = { lot: c.req.param("lot"), bidder: c.req.param("bidder") };
  return key === null ? c.notFound() : bidDocument(c, key, at);
});
