/** The opening for everybody: followed live, read out, printed, checked again in one's own browser; and a bidder's own key handed in. */
import { Hono } from "hono";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { files } from "../../platform/form-body.ts";
import { frameOf } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Done, Refused } from "../../platform/refused.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { FileField } from "../../platform/ui/fields.tsx";
import { Form } from "../../platform/ui/forms.tsx";
import { sayInstant } from "../../platform/ui/moments.ts";
import { EmptyState } from "../../platform/ui/notices.tsx";
import { NoticeSheet } from "../../platform/ui/sheets.tsx";
import { tenderHref } from "../addresses.ts";
import { findSignedInBidder, requiresBidder } from "../bidders/session.ts";
import { tenderKeyOf } from "../desk/frame.tsx";
import type { Scheme } from "../scheme/rules.ts";
import { sealingExplainedHref } from "../sealing/addresses.ts";
import { ScriptForm } from "../sealing/forms.tsx";
import { scriptWords } from "../sealing/script-words.ts";
import { NeedsScript, ScriptHashes, SealingScripts } from "../sealing/served.tsx";
import { listKeyholders, listStandingBids } from "../sealing/store.ts";
import { findScheme, findTender } from "../store.ts";
import { giveBidderKey, promised } from "./actions.ts";
import { openingHref } from "./addresses.ts";
import { openingProblem } from "./problems.ts";
import { BidsReadOut, OpeningState, Signatures } from "./shown.tsx";
import { findOpening, listOpenedBids, listOpeningSignatures, listReleased, type OpenedBidRow } from "./store.ts";

/** Mounted at /c/:slug. */
export const openingPages = new Hono<AppEnv>();
const EVERY_SECONDS = 15;

openingPages.get("/tenders/:number/opening", (c) => openingPage(c));

async function openingPage(c: AppContext, problem?: Problem) {
  const { t, lang, scene, formToken } = c.var;
  const key = tenderKeyOf(c);
  if (key === null) return c.notFound();
  const bidder = await findSignedInBidder(c);
  const [[row], [scheme], [opening], keys, released, bids, signed] = await scene.db.read(
    findTender(scene, key),
    findScheme(scene, key),
    findOpening(scene, key),
    listKeyholders(scene, key),
    listReleased(scene, key),
    listOpenedBids(scene, key),
    listOpeningSignatures(scene, key),
  );
  if (!row || !scheme || row.noticedAt === null) return c.notFound();
  const { slug } = scene.community;
  const here = openingHref(slug, row.number);
  const isOver = row.openedAt !== null || row.state === "failed" || row.state === "cancelled";
  const refreshes = c.req.query("live") !== undefined && !isOver;
  if (refreshes) c.header("refresh", String(EVERY_SECONDS));
  const data = { page: "opening", at: here, token: formToken, bids: `${here}.json`, words: scriptWords(t) };
  return c.html(
    <Page
      {...frameOf(c)}
      title={t("开标", "Opening of the bids")}
      head={<SealingScripts />}
      switchHref={`${here}?lang=${t("en", "zh")}`}
      breadcrumb={[{ href: tenderHref(slug, row.number), label: row.title }]}
    >
      <h1>{t("开标", "Opening of the bids")}</h1>
      <Done c={c} words={t("您的投标已用您的钥匙开启", "Your bid was opened with your key")} />
      <Refused c={c} problem={problem} />
      <div data-live={isOver ? "no" : "yes"} aria-live="polite">
        <OpeningState c={c} row={row} opening={opening} keys={keys} released={released} />
        {row.openedAt !== null ? (
          <>
            <h2>{t("唱标", "Read out")}</h2>
            <p>
              {t(
                `${sayInstant(row.openedAt, lang)}唱标，共${bids.length}份。`,
                `Read out at ${sayInstant(row.openedAt, lang)}: ${bids.length} bid(s).`,
              )}
            </p>
            <BidsReadOut c={c} scheme={JSON.parse(scheme.scheme) as Scheme} bids={bids} />
            <h2>{t("到场人签名", "Signed by those present")}</h2>
            <Signatures c={c} signed={signed} />
          </>
        ) : null}
      </div>
      {isOver ? null : (
        <p class="screen">
          {refreshes ? (
            <a href={here}>{t("停止自动刷新", "Stop refreshing")}</a>
          ) : (
            <a href={`${here}?live=1`}>{t(`每${EVERY_SECONDS}秒自动刷新`, `Refresh every ${EVERY_SECONDS} seconds`)}</a>
          )}
        </p>
      )}
      {bidder && row.state === "closed" && opening ? <OwnKey c={c} at={here} /> : null}
      {row.openedAt !== null ? (
        <section data-sealing={JSON.stringify(data)}>
          <h2>{t("自己核对一遍", "Check it yourself")}</h2>
          <p>
            {t(
              "您的浏览器会取回截止前记下的密文和公布的钥匙，把每一份报价单重新打开，与上面的价格比较。",
              "Your browser fetches the ciphertexts recorded before the closing and the published keys, opens each price sheet again, and compares it with the prices above.",
            )}{" "}
            <a href={sealingExplainedHref(slug)}>{t("怎么做到的", "How this works")}</a>
          </p>
          <NeedsScript c={c} />
          <ScriptForm act="check" button={t("在我的浏览器里核对", "Check in my browser")} />
          <Actions>
            <ButtonLink look="quiet" href={`${here}/record`}>
              {t("打印开标记录", "Print the record")}
            </ButtonLink>
            <ButtonLink look="quiet" href={`${here}.json`}>
              {t("下载核对数据", "Data for checking")}
            </ButtonLink>
          </Actions>
        </section>
      ) : null}
      {row.openedAt !== null ? <ScriptHashes c={c} /> : null}
    </Page>,
    problem ? (problem.status as 422) : 200,
  );
}

/** A bidder hands in its key file; works without a script, for the file is meant to be given now. */
const OwnKey = ({ c, at }: { c: AppContext; at: string }) => {
  const { t, formToken } = c.var;
  return (
    <section>
      <h2>{t("用我的钥匙文件开启", "Open with my key file")}</h2>
      <Form action={`${at}/key`} token={formToken} files>
        <FileField
          name="file"
          label={t("投标时下载的钥匙文件", "The key file saved when bidding")}
          hint={t("多个标段分别上传", "One for each lot")}
          accept=".json"
        />
        <Actions>
          <Button>{t("开启我的投标", "Open my bid")}</Button>
        </Actions>
      </Form>
    </section>
  );
};

const LARGEST_KEY_FILE = 4096;

openingPages.post("/tenders/:number/opening/key", requiresBidder, async (c) => {
  const { scene } = c.var;
  const bidder = (await findSignedInBidder(c))!;
  const [file] = files(await c.req.parseBody({ all: true }), "file");
  const asked = readKeyFile(file && file.size <= LARGEST_KEY_FILE ? await file.text() : "");
  const given = await giveBidderKey(scene, bidder.tenderId, bidder, asked);
  if (!given.ok) return openingPage(c, openingProblem(given.error));
  return c.redirect(`${openingHref(scene.community.slug, Number(c.req.param("number")))}?done=1`, 303);
});

/** What the bidding page saved; anything else reads as an empty one, which is refused by its words. */
function readKeyFile(text: string): { lotNo: number; price: string; documents: string } {
  try {
    const { kind, lot, price, documents } = JSON.parse(text) as Record<string, unknown>;
    if (kind === "commonhold-bid-key" && Number.isSafeInteger(lot))
      return { lotNo: Number(lot), price: String(price), documents: String(documents) };
  } catch {
    // Told below.
  }
  return { lotNo: 1, price: "", documents: "" };
}

/** Everything needed to open each price sheet again; nothing of it before the opening. */
openingPages.get("/tenders/:number/opening.json", async (c) => {
  const { scene } = c.var;
  const key = tenderKeyOf(c);
  if (key === null) return c.notFound();
  const [[row], [written], opened, sealed] = await scene.db.read(
    findTender(scene, key),
    findScheme(scene, key),
    listOpenedBids(scene, key),
    listStandingBids(scene, key),
  );
  if (!row || !written || row.openedAt === null) return c.notFound();
  return c.json({
    tender: row.tenderId,
    openedAt: row.openedAt,
    // As it was hashed: quantities, ceilings and formulas, from which anyone makes totals and points again.
    scheme: written.scheme,
    schemeHash: written.schemeHash,
    bids: opened.map((bid: OpenedBidRow) => {
      const { lotNo, bidderNo, name, code, voidWhy, secret, leafHash } = bid;
      const of = sealed.find((one) => one.lotNo === lotNo && one.bidderId === bid.bidderId)!;
      const { shares: _, ...price } = promised(of, "price");
      const prices = JSON.parse(bid.prices) as Record<string, number>;
      const unread = Object.keys(prices).length === 0;
      return {
        lot: lotNo,
        bidder: bidderNo,
        name,
        code,
        voidWhy,
        prices,
        unread,
        price,
        ct: of.priceCt,
        secret,
        entry: leafHash,
        sealedEntry: of.leafHash,
      };
    }),
  });
});

openingPages.get("/tenders/:number/opening/record", async (c) => {
  const { t, lang, scene } = c.var;
  const key = tenderKeyOf(c);
  if (key === null) return c.notFound();
  const [[row], [scheme], [opening], bids, signed] = await scene.db.read(
    findTender(scene, key),
    findScheme(scene, key),
    findOpening(scene, key),
    listOpenedBids(scene, key),
    listOpeningSignatures(scene, key),
  );
  if (!row || !scheme) return c.notFound();
  const { slug, name } = scene.community;
  const here = openingHref(slug, row.number);
  return c.html(
    <Page
      {...frameOf(c)}
      title={t("开标记录", "Record of the opening")}
      switchHref={`${here}/record?lang=${t("en", "zh")}`}
      breadcrumb={[
        { href: tenderHref(slug, row.number), label: row.title },
        { href: here, label: t("开标", "Opening") },
      ]}
    >
      {row.openedAt === null || !opening ? (
        <>
          <h1>{t("开标记录", "Record of the opening")}</h1>
          <EmptyState title={t("还没有开标", "Not opened yet")}>
            <a href={here}>{t("看开标进展", "Follow the opening")}</a>
          </EmptyState>
        </>
      ) : (
        <NoticeSheet
          t={t}
          title={t("开标记录", "Record of the opening")}
          to={row.title}
          lead={
            <p>
              {t(
                `投标截止：${sayInstant(row.closesAt!, lang)}；开标：${sayInstant(opening.begunAt, lang)}；唱标：${sayInstant(row.openedAt, lang)}。截止前的记录由第${opening.checkpointSize}号检查点签名。`,
                `Closed ${sayInstant(row.closesAt!, lang)}; begun ${sayInstant(opening.begunAt, lang)}; read out ${sayInstant(row.openedAt, lang)}. The record before the closing is signed by the checkpoint of size ${opening.checkpointSize}.`,
              )}
            </p>
          }
          sections={[
            {
              heading: t("投标人、报价和作废的投标", "Bidders, prices and void bids"),
              body: <BidsReadOut c={c} scheme={JSON.parse(scheme.scheme) as Scheme} bids={bids} />,
            },
            { heading: t("到场人签名", "Signed by those present"), body: <Signatures c={c} signed={signed} /> },
          ]}
          signedBy={[t(`${name}业主委员会`, `Owners' committee of ${name}`)]}
          date={sayInstant(row.openedAt, lang)}
          qr={{ text: `${scene.origin}${here}`, label: t("扫码核对", "Scan to check") }}
        />
      )}
    </Page>,
  );
});
