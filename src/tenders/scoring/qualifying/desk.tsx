/** Examining the opened bids at the desk, and deciding the examination. Markup and forms only. */

import { Hono } from "hono";
import { requires } from "../../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../../platform/context.ts";
import { one, several } from "../../../platform/form-body.ts";
import { pick } from "../../../platform/i18n.ts";
import type { Problem } from "../../../platform/problem.tsx";
import { problemErrors } from "../../../platform/refused.tsx";
import { Actions, Button, ButtonLink, PostButton } from "../../../platform/ui/buttons.tsx";
import { CheckboxGroup } from "../../../platform/ui/choices.tsx";
import { Fact, FactList } from "../../../platform/ui/facts.tsx";
import { TextArea } from "../../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../../platform/ui/forms.tsx";
import { sayDay } from "../../../platform/ui/moments.ts";
import { EmptyState } from "../../../platform/ui/notices.tsx";
import { StatusWord } from "../../../platform/ui/status.tsx";
import { DataTable } from "../../../platform/ui/tables.tsx";
import { type LicenceRow, listLicences } from "../../bidders/store.ts";
import { LICENCE_WORDS } from "../../bidders/words.ts";
import { TenderDesk, tenderBaseOf, tenderKeyOf } from "../../desk/frame.tsx";
import { deskBidDocumentHref } from "../../opening/addresses.ts";
import type { OpenedBid } from "../../opening/opened.ts";
import { sayTotal } from "../../opening/opened.ts";
import { listOpenedBids } from "../../opening/store.ts";
import type { Lot } from "../../scheme/rules.ts";
import { QUALIFICATION_WORDS } from "../../words.ts";
import { listPriceQueries, type PriceQueryRow } from "../pricing/store.ts";
import { scoringProblem } from "../problems.ts";
import { decideExamination, type Examined, examineBid, findExamined, readFinding } from "./actions.ts";
import { LONGEST_WHY } from "./rules.ts";

/** Mounted under /c/:slug. */
export const examineDeskPages = new Hono<AppEnv>();
const reads = requires("tender.draft", "tender.decide");
const drafts = requires("tender.draft");
const decides = requires("tender.decide");

/** What is examined, with the papers it is examined by: the opened documents of each bid, and what its bidder handed in before. */
interface Papers extends Examined {
  /** "lot:bidder" of bids whose documents opened. */
  readonly documents: ReadonlySet<string>;
  readonly licences: readonly LicenceRow[];
  readonly queries: readonly PriceQueryRow[];
}

async function examinedOf(c: AppContext): Promise<Papers | null> {
  const key = tenderKeyOf(c);
  const { scene } = c.var;
  const found = key === null ? null : await findExamined(scene, key);
  if (!found) return null;
  const { tenderId } = found.tender;
  const [opened, licences, queries] = await scene.db.read(
    listOpenedBids(scene, tenderId),
    listLicences(scene, tenderId),
    listPriceQueries(scene, tenderId),
  );
  const documents = opened.filter(({ fileId }) => fileId !== "").map(({ lotNo, bidderNo }) => `${lotNo}:${bidderNo}`);
  return { ...found, documents: new Set(documents), licences, queries };
}

/** Where a question about a bid's price stands, as the words of its link. */
function sayPriceQuery(c: AppContext, found: Papers, { lotNo, bidderNo }: OpenedBid): string {
  const { t, now } = c.var;
  const query = found.queries.find((one) => one.lotNo === lotNo && one.bidderNo === bidderNo);
  if (!query) return t("询问报价", "ask about its price");
  if (query.outcome === "kept") return t("报价说明成立", "its price stands");
  if (query.outcome === "void") return t("报价说明不成立", "its price does not stand");
  return query.answeredAt !== null || now >= query.dueAt
    ? t("报价说明待决定", "its price is to be decided")
    : t("等投标人说明报价", "its price is being explained");
}

const Documents = ({ c, found, bid }: { c: AppContext; found: Papers; bid: OpenedBid }) => {
  const { t, scene } = c.var;
  return found.documents.has(`${bid.lotNo}:${bid.bidderNo}`) ? (
    <a href={deskBidDocumentHref(scene.community.slug, found.tender.number, bid)}>
      {t("看投标文件", "read the documents")}
      <span class="sr">{t(`（${bid.name}）`, ` of ${bid.name}`)}</span>
    </a>
  ) : (
    t("没有打开的文件", "none was opened")
  );
};

const Outcome = ({ c, found, bid }: { c: AppContext; found: Papers; bid: OpenedBid }) => {
  const { t } = c.var;
  if (bid.voidWhy !== null)
    return <StatusWord tone="bad">{t(`开标时无效：${bid.voidWhy}`, `void at the opening: ${bid.voidWhy}`)}</StatusWord>;
  const row = found.rows.find((one) => one.lotNo === bid.lotNo && one.bidderNo === bid.bidderNo);
  if (!row) return <StatusWord tone="waiting">{t("待审查", "to be examined")}</StatusWord>;
  return row.voidWhy === null ? (
    <StatusWord tone="good">{t("有效", "valid")}</StatusWord>
  ) : (
    <StatusWord tone="bad">{t(`无效：${row.voidWhy}`, `void: ${row.voidWhy}`)}</StatusWord>
  );
};

function listPage(c: AppContext, found: Papers, problem?: Problem) {
  const { t, actor, formToken } = c.var;
  const { tender, scheme, bids } = found;
  const base = tenderBaseOf(c, tender);
  const isOpen = tender.state === "opened";
  return c.html(
    <TenderDesk
      c={c}
      row={tender}
      path="/examine"
      title={t("资格审查", "Examination of the bids")}
      done={t("已记录", "Recorded")}
      problem={problem}
    >
      <p class="lead">
        {t(
          "逐份核对方案要求的资格材料。无效的要写理由，公开。一个标段有效的投标不足三家，这个标段失败（《招标投标法》第二十八条）。",
          "Each bid's papers are held against what the scheme asks. What is void needs a public reason. A lot with fewer than three valid bids has failed (TB 28).",
        )}
      </p>
      {scheme.lots.map((lot) => (
        <section>
          <h2>{t(`标段${lot.lotNo}：${lot.title}`, `Lot ${lot.lotNo}: ${lot.title}`)}</h2>
          <DataTable
            caption={t("投标", "Bids")}
            quietCaption
            rows={bids.filter((bid) => bid.lotNo === lot.lotNo)}
            empty={
              <EmptyState title={t("没有开标记录", "No opened bid")}>
                {t("开标以后，投标列在这里。", "Once they are opened, the bids stand here.")}
              </EmptyState>
            }
            columns={[
              { label: t("编号", "No."), cell: ({ bidderNo }) => String(bidderNo) },
              { label: t("投标人", "Bidder"), head: true, cell: ({ name }) => name },
              {
                label: t("服务期报价（元）", "Over the term (yuan)"),
                number: true,
                cell: ({ totalHundredths }) => (totalHundredths === null ? "—" : sayTotal(totalHundredths)),
              },
              { label: t("投标文件", "Documents"), cell: (bid) => <Documents c={c} found={found} bid={bid} /> },
              { label: t("结论", "Outcome"), cell: (bid) => <Outcome c={c} found={found} bid={bid} /> },
              {
                label: t("办理", "Acts"),
                cell: (bid) =>
                  isOpen && bid.voidWhy === null ? (
                    <>
                      {actor.permissions.has("tender.draft") ? (
                        <p>
                          <a href={`${base}/examine/${lot.lotNo}/${bid.bidderNo}`}>{t("审查", "examine")}</a>
                        </p>
                      ) : null}
                      <p>
                        <a href={`${base}/examine/${lot.lotNo}/${bid.bidderNo}/price`}>
                          {sayPriceQuery(c, found, bid)}
                        </a>
                      </p>
                    </>
                  ) : (
                    "—"
                  ),
              },
            ]}
          />
        </section>
      ))}
      {isOpen && actor.permissions.has("tender.decide") ? (
        <Actions>
          <PostButton action={`${base}/examine`} token={formToken}>
            {t("确认资格审查结果", "Decide the examination")}
          </PostButton>
        </Actions>
      ) : null}
    </TenderDesk>,
    (problem?.status ?? 200) as 409,
  );
}

examineDeskPages.get("/desk/tenders/:number/examine", reads, async (c) => {
  const found = await examinedOf(c);
  return found ? listPage(c, found) : c.notFound();
});
examineDeskPages.post("/desk/tenders/:number/examine", decides, async (c) => {
  const found = await examinedOf(c);
  if (!found) return c.notFound();
  const decided = await decideExamination(staffScene(c), found.tender.tenderId);
  if (decided.ok) return c.redirect(`${tenderBaseOf(c, found.tender)}?done=1`, 303);
  return listPage(c, (await examinedOf(c)) ?? found, scoringProblem(decided.error));
});

function bidOf(c: AppContext, found: Papers): { readonly bid: OpenedBid; readonly lot: Lot } | null {
  const [lotNo, bidderNo] = [Number(c.req.param("lot")), Number(c.req.param("bidder"))];
  const bid = found.bids.find((one) => one.lotNo === lotNo && one.bidderNo === bidderNo);
  const lot = found.scheme.lots.find((one) => one.lotNo === lotNo);
  return bid && lot ? { bid, lot } : null;
}

function bidPage(
  c: AppContext,
  found: Papers,
  { bid, lot }: { readonly bid: OpenedBid; readonly lot: Lot },
  again?: { readonly problem: Problem; readonly shown: readonly string[]; readonly voidWhy: string },
) {
  const { t, lang, formToken } = c.var;
  const row = found.rows.find((one) => one.lotNo === bid.lotNo && one.bidderNo === bid.bidderNo);
  const before = row ? readFinding(row) : null;
  const errors = problemErrors(c, again?.problem);
  const path = `/examine/${lot.lotNo}/${bid.bidderNo}`;
  return c.html(
    <TenderDesk
      c={c}
      row={found.tender}
      path={path}
      title={t(`审查：${bid.name}`, `Examine ${bid.name}`)}
      problem={again?.problem}
    >
      <FactList>
        <Fact label={t("标段", "Lot")}>{t(`${lot.lotNo}　${lot.title}`, `${lot.lotNo}, ${lot.title}`)}</Fact>
        <Fact label={t("统一社会信用代码", "Unified social credit code")}>
          <span class="num">{bid.code}</span>
        </Fact>
        <Fact label={t("投标文件", "Documents")}>
          <Documents c={c} found={found} bid={bid} />
        </Fact>
        <Fact label={t("登记时提交的证照", "Papers handed in before")}>
          <ul>
            {found.licences
              .filter(({ bidderId }) => bidderId === bid.bidderId)
              .map(({ kind, number, licenceNo, expiresOn, replacedBy }) => (
                <li>
                  <a href={`${tenderBaseOf(c, found.tender)}/bidders/${bid.bidderNo}/licences/${licenceNo}`}>
                    {pick(LICENCE_WORDS[kind], lang)} {number}
                  </a>
                  {expiresOn === "" ? "" : t(`（至${sayDay(expiresOn, lang)}）`, ` (until ${sayDay(expiresOn, lang)})`)}
                  {replacedBy === null ? "" : t("，已被替换", ", replaced")}
                </li>
              ))}
          </ul>
        </Fact>
      </FactList>
      <Form action={`${tenderBaseOf(c, found.tender)}${path}`} token={formToken}>
        <ErrorSummary t={t} errors={errors} />
        <CheckboxGroup
          name="shown"
          legend={t("齐全有效的材料", "Papers in order")}
          values={again?.shown ?? before?.shown ?? []}
          error={errorFor(errors, "shown")}
          options={lot.qualifications.map((one) => ({ value: one, label: pick(QUALIFICATION_WORDS[one], lang) }))}
        />
        <TextArea
          name="voidWhy"
          label={t("无效的理由（公开）", "Why it is void (public)")}
          hint={t(
            "有效的留空。缺材料、与其他投标人同一控制人等，写清楚事实和依据。",
            "Leave empty for a valid bid. Say what is missing, or whose controller it shares.",
          )}
          rows={3}
          maxlength={LONGEST_WHY}
          value={again?.voidWhy ?? before?.voidWhy ?? ""}
          optional={t("无效时填", "where it is void")}
          error={errorFor(errors, "voidWhy")}
        />
        <Actions>
          <Button>{t("保存审查结果", "Save the finding")}</Button>
          <ButtonLink look="quiet" href={`${tenderBaseOf(c, found.tender)}/examine`}>
            {t("返回", "Back")}
          </ButtonLink>
        </Actions>
      </Form>
    </TenderDesk>,
    (again?.problem.status ?? 200) as 422,
  );
}

examineDeskPages.get("/desk/tenders/:number/examine/:lot/:bidder", drafts, async (c) => {
  const found = await examinedOf(c);
  const at = found ? bidOf(c, found) : null;
  return found && at ? bidPage(c, found, at) : c.notFound();
});
examineDeskPages.post("/desk/tenders/:number/examine/:lot/:bidder", drafts, async (c) => {
  const found = await examinedOf(c);
  const at = found ? bidOf(c, found) : null;
  if (!found || !at) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const ticked = several(body, "shown");
  const shown = at.lot.qualifications.filter((one) => ticked.includes(one));
  const voidWhy = one(body, "voidWhy");
  const done = await examineBid(staffScene(c), found.tender.tenderId, {
    lotNo: at.lot.lotNo,
    bidderNo: at.bid.bidderNo,
    shown,
    voidWhy: voidWhy.trim() === "" ? null : voidWhy,
  });
  if (done.ok) return c.redirect(`${tenderBaseOf(c, found.tender)}/examine?done=1`, 303);
  return bidPage(c, found, at, { problem: scoringProblem(done.error), shown, voidWhy });
});
