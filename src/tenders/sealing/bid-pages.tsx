/** The page on which a bidder seals and hands in a bid, lot by lot, replaces it or takes it back. What is typed here is never sent as it is. */
import { Hono } from "hono";
import { formatYuan } from "../../kernel/money.ts";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { one } from "../../platform/form-body.ts";
import { frameOf } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import { type Problem, problemResponse } from "../../platform/problem.tsx";
import { Done, Refused } from "../../platform/refused.tsx";
import { PostButton } from "../../platform/ui/buttons.tsx";
import { LinkList } from "../../platform/ui/facts.tsx";
import { sayDeadline, sayInstant } from "../../platform/ui/moments.ts";
import { Callout, Details, EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { Clock } from "../../platform/ui/steps.tsx";
import { tenderHref } from "../addresses.ts";
import { type BidderActor, findSignedInBidder, requiresBidder } from "../bidders/session.ts";
import { findBidder, lotsOf } from "../bidders/store.ts";
import { takesBids } from "../rules.ts";
import type { Lot, Scheme } from "../scheme/rules.ts";
import { findScheme, findTender, type TenderRow } from "../store.ts";
import { bidHref, sealingExplainedHref } from "./addresses.ts";
import type { Jwk } from "./browser/seal.js";
import { takeBid, takeChunk, withdrawBid } from "./delivering.ts";
import { ScriptForm } from "./forms.tsx";
import { deliveryProblem, keysProblem } from "./problems.ts";
import { type BidRow, type KeyholderRow, keyholdersReady } from "./rules.ts";
import { scriptWords } from "./script-words.ts";
import { NeedsScript, ScriptHashes, SealingScripts } from "./served.tsx";
import { listBidsOf, listKeyholders } from "./store.ts";

/** Mounted at /c/:slug. */
export const bidPages = new Hono<AppEnv>();

bidPages.get("/tenders/:number/bid", requiresBidder, (c) => bidPage(c));

async function bidPage(c: AppContext, problem?: Problem) {
  const { scene } = c.var;
  const bidder = (await findSignedInBidder(c))!;
  const [[row], [scheme], keys, bids, [entered]] = await scene.db.read(
    findTender(scene, bidder.tenderId),
    findScheme(scene, bidder.tenderId),
    listKeyholders(scene, bidder.tenderId),
    listBidsOf(scene, bidder.tenderId, bidder.bidderId),
    findBidder(scene, bidder.tenderId, bidder.bidderId),
  );
  if (!row || !scheme || !entered) return c.notFound();
  const { lots } = JSON.parse(scheme.scheme) as Scheme;
  const mine = lots.filter(({ lotNo }) => lotsOf(entered).includes(lotNo));
  return c.html(
    <BidPage c={c} row={row} bidder={bidder} lots={mine} keys={keys} bids={bids} problem={problem} />,
    problem ? (problem.status as 409) : 200,
  );
}

interface BidShown {
  readonly c: AppContext;
  readonly row: TenderRow;
  readonly bidder: BidderActor;
  readonly lots: readonly Lot[];
  readonly keys: readonly KeyholderRow[];
  readonly bids: readonly BidRow[];
  readonly problem?: Problem | undefined;
}

const BidPage = ({ c, row, bidder, lots, keys, bids, problem }: BidShown) => {
  const { t, lang, scene, now, formToken } = c.var;
  const { slug } = scene.community;
  const ready = keyholdersReady(keys);
  const open = takesBids(row, now);
  const data = {
    page: "bid",
    at: bidHref(slug, row.number),
    token: formToken,
    fileName: `bid-key-${slug}-${row.number}`,
    words: scriptWords(t),
    tender: row.tenderId,
    bidder: bidder.bidderId,
    closes: row.closesAt,
    edition: row.edition,
    keyholders: keys.map(({ jwk }) => JSON.parse(jwk) as Jwk),
    lots: lots.map(({ lotNo, prices }) => ({
      lotNo,
      prices: prices.map(({ key, ceilingFen }) => ({ key, ceilingFen })),
    })),
  };
  return (
    <Page
      {...frameOf(c)}
      title={t("密封投标", "Sealed bid")}
      head={<SealingScripts />}
      isPrivate
      switchHref={`${bidHref(slug, row.number)}?lang=${t("en", "zh")}`}
      breadcrumb={[{ href: tenderHref(slug, row.number), label: row.title }]}
    >
      <h1>{t("密封投标", "Sealed bid")}</h1>
      <p class="lead">
        {bidder.name} ·{" "}
        {t(
          "报价和投标文件在您的浏览器里加密后才上传；开标前谁也看不到，包括本系统和业委会。",
          "Prices and documents are sealed in your browser before they are sent; nobody reads them before the opening, neither this system nor the committee.",
        )}{" "}
        <a href={sealingExplainedHref(slug)}>{t("为什么谁也看不到", "Why nobody can")}</a>
      </p>
      <Done c={c} words={t("已撤回，并写入公开记录", "Taken back, and in the public record")} />
      <Refused c={c} problem={problem} />
      {row.closesAt !== null ? (
        <Clock
          t={t}
          lang={lang}
          now={now}
          at={row.closesAt}
          label={t("投标截止（以系统时间为准）", "Bids close, by the server's clock")}
        />
      ) : null}
      {open ? null : (
        <Callout tone="warn" title={t("现在不收投标", "Bids are not taken now")}>
          <p>
            {row.closesAt !== null && now >= row.closesAt ? (
              <a href={`${tenderHref(slug, row.number)}/opening`}>{t("去看开标", "Go to the opening")}</a>
            ) : (
              t("公告之后、截止之前可以投标。", "Bids are taken between notice and closing.")
            )}
          </p>
        </Callout>
      )}
      {open && !ready.ok ? <Refused c={c} problem={keysProblem(ready.error)} /> : null}
      {lots.length === 0 ? (
        <EmptyState title={t("您还没有登记标段", "You have entered no lot")}>
          {t("请先在投标人页面登记要投的标段。", "Enter a lot on your bidder's page first.")}
        </EmptyState>
      ) : null}
      <div data-sealing={JSON.stringify(data)}>
        {open && ready.ok && lots.length > 0 ? <NeedsScript c={c} paper /> : null}
        {lots.map((lot) => (
          <LotBid
            c={c}
            row={row}
            lot={lot}
            bids={bids.filter(({ lotNo }) => lotNo === lot.lotNo)}
            open={open && ready.ok}
          />
        ))}
      </div>
      {open ? <ScriptHashes c={c} /> : null}
    </Page>
  );
};

const LotBid = (props: { c: AppContext; row: TenderRow; lot: Lot; bids: readonly BidRow[]; open: boolean }) => {
  const { c, row, lot, bids, open } = props;
  const { t, lang, scene, formToken } = c.var;
  const { slug } = scene.community;
  const last = bids.at(-1);
  const stands = last?.kind === "sealed";
  return (
    <section id={`lot-${lot.lotNo}`}>
      <h2>
        {t(`第${lot.lotNo}标段`, `Lot ${lot.lotNo}`)} {lot.title}
      </h2>
      {bids.length > 0 ? (
        <LinkList
          items={bids.map((bid) => ({
            href: `/c/${slug}/record/${bid.leafHash}`,
            title:
              bid.kind === "sealed"
                ? t(`第${bid.bidNo}次：提交`, `${bid.bidNo}: handed in`)
                : t(`第${bid.bidNo}次：撤回`, `${bid.bidNo}: taken back`),
            note: t(
              `${sayInstant(bid.at, lang)} · 打开看回执和证明`,
              `${sayInstant(bid.at, lang)} · receipt and proof`,
            ),
            status:
              bid === last && stands ? (
                <StatusWord tone="good">{t("有效", "stands")}</StatusWord>
              ) : (
                <StatusWord tone="off">
                  {bid.kind === "withdrawn" ? t("已撤回", "taken back") : t("已被后面的代替", "replaced")}
                </StatusWord>
              ),
          }))}
        />
      ) : null}
      {open ? (
        <>
          <Details
            summary={stands ? t("换一份投标", "Replace it") : t("填写并密封投标", "Fill in and seal a bid")}
            open={!stands}
          >
            <ScriptForm
              lot={lot.lotNo}
              button={stands ? t("加密并代替原投标", "Seal and replace") : t("加密并提交投标", "Seal and hand in")}
              file={t("再次保存钥匙文件", "Save the key file again")}
              receipt={t("打开回执和证明", "Open the receipt and its proof")}
            >
              {lot.prices.map((line) => {
                const id = `lot-${lot.lotNo}-${line.key}`;
                return (
                  <div class="field">
                    <label for={id}>
                      {line.label}
                      {t("（", " (")}
                      {line.unit}
                      {t("）", ")")}
                    </label>
                    <p class="hint" id={`${id}-hint`}>
                      {t("最多两位小数", "two decimals at most")}
                      {line.ceilingFen === null
                        ? ""
                        : t(
                            `；最高限价${formatYuan(line.ceilingFen)}元`,
                            `; the ceiling is ¥${formatYuan(line.ceilingFen)}`,
                          )}
                    </p>
                    <p class="error" data-error={`price.${line.key}`} id={`${id}-error`} />
                    <input
                      id={id}
                      name={`price.${line.key}`}
                      inputmode="decimal"
                      class="w11"
                      aria-describedby={`${id}-hint ${id}-error`}
                    />
                  </div>
                );
              })}
              <div class="field">
                <label for={`lot-${lot.lotNo}-documents`}>
                  {t("投标文件（PDF，最大10MB）", "Documents (PDF, 10 MB at most)")}
                </label>
                <input type="file" id={`lot-${lot.lotNo}-documents`} name="documents" accept="application/pdf,.pdf" />
              </div>
            </ScriptForm>
          </Details>
          {stands ? (
            <PostButton
              action={`${bidHref(slug, row.number)}/withdraw`}
              token={formToken}
              hidden={{ lot: String(lot.lotNo) }}
              look="danger"
            >
              {t(`撤回第${lot.lotNo}标段的投标`, `Take back the bid for lot ${lot.lotNo}`)}
            </PostButton>
          ) : null}
          <p class="hint">
            {row.closesAt === null
              ? null
              : t(
                  `${sayDeadline(row.closesAt, lang)}前可以代替或撤回，每一次都留在公开记录里。`,
                  `Until ${sayDeadline(row.closesAt, lang)} it can be replaced or taken back; each stays in the record.`,
                )}
          </p>
        </>
      ) : bids.length === 0 ? (
        <p>{t("没有投标。", "No bid.")}</p>
      ) : null}
    </section>
  );
};

bidPages.post("/tenders/:number/bid/pieces", requiresBidder, async (c) => {
  const bidder = (await findSignedInBidder(c))!;
  const body = await c.req.parseBody({ all: true });
  const { piece } = body;
  const bytes = piece instanceof File ? new Uint8Array(await piece.arrayBuffer()) : new Uint8Array(0);
  const no = one(body, "no");
  const asked = { ctHash: one(body, "ct"), chunkNo: /^\d{1,3}$/.test(no) ? Number(no) : -1, bytes };
  const taken = await takeChunk(c.var.scene, bidder.tenderId, bidder, asked);
  return taken.ok ? c.json({ no: asked.chunkNo }) : problemResponse(c, deliveryProblem(taken.error));
});

bidPages.post("/tenders/:number/bid", requiresBidder, async (c) => {
  const { scene } = c.var;
  const bidder = (await findSignedInBidder(c))!;
  const body = await c.req.parseBody({ all: true });
  const taken = await takeBid(scene, bidder.tenderId, bidder, readJson(one(body, "delivery")));
  if (!taken.ok) return problemResponse(c, deliveryProblem(taken.error));
  const { bidNo, leafHash, at } = taken.value;
  return c.json({ bidNo, receipt: leafHash, receiptHref: `/c/${scene.community.slug}/record/${leafHash}`, at });
});

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
};

bidPages.post("/tenders/:number/bid/withdraw", requiresBidder, async (c) => {
  const { scene } = c.var;
  const bidder = (await findSignedInBidder(c))!;
  const lot = one(await c.req.parseBody({ all: true }), "lot");
  const gone = await withdrawBid(scene, bidder.tenderId, bidder, /^\d{1,2}$/.test(lot) ? Number(lot) : 0);
  if (!gone.ok) return bidPage(c, deliveryProblem(gone.error));
  return c.redirect(`${bidHref(scene.community.slug, Number(c.req.param("number")))}?done=1`, 303);
});
