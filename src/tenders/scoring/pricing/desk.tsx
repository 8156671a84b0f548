/** The desk of one bid's price: asking its bidder, reading the answer, deciding. Markup and forms only. */
import { Hono } from "hono";
import { requires } from "../../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../../platform/context.ts";
import { getFile } from "../../../platform/files.ts";
import { one } from "../../../platform/form-body.ts";
import type { Problem } from "../../../platform/problem.tsx";
import { problemErrors } from "../../../platform/refused.tsx";
import { Actions, Button, ButtonLink } from "../../../platform/ui/buttons.tsx";
import { RadioGroup } from "../../../platform/ui/choices.tsx";
import { Fact, FactList } from "../../../platform/ui/facts.tsx";
import { DateTimeField, TextArea } from "../../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../../platform/ui/forms.tsx";
import { sayDeadline, sayInstant } from "../../../platform/ui/moments.ts";
import { EmptyState } from "../../../platform/ui/notices.tsx";
import { sayAuthor } from "../../acting.ts";
import { TenderDesk, tenderBaseOf, tenderOf } from "../../desk/frame.tsx";
import { sayTotal } from "../../opening/opened.ts";
import { listOpenedBids } from "../../opening/store.ts";
import { askPrice, decidePrice } from "./actions.ts";
import { priceProblem } from "./problems.ts";
import { LONGEST_QUERY } from "./rules.ts";
import { listPriceQueries } from "./store.ts";

/** Mounted under /c/:slug. */
export const priceDeskPages = new Hono<AppEnv>();
const examines = requires("tender.draft", "tender.decide");
const ADDRESS = "/desk/tenders/:number/examine/:lot/:bidder/price";

async function priceHere(c: AppContext) {
  const drafted = await tenderOf(c);
  if (!drafted) return null;
  const { scene } = c.var;
  const { row } = drafted;
  const [bids, queries] = await scene.db.read(
    listOpenedBids(scene, row.tenderId),
    listPriceQueries(scene, row.tenderId),
  );
  const isHere = ({ lotNo, bidderNo }: { readonly lotNo: number; readonly bidderNo: number }): boolean =>
    String(lotNo) === c.req.param("lot") && String(bidderNo) === c.req.param("bidder");
  const bid = bids.find(isHere);
  return bid ? { row, bid, query: queries.find(isHere) ?? null } : null;
}

async function pricePage(
  c: AppContext,
  again?: { readonly problem: Problem; readonly typed: Readonly<Record<string, string>> },
) {
  const found = await priceHere(c);
  if (!found) return c.notFound();
  const { t, lang, formToken, actor, now } = c.var;
  const { row, bid, query } = found;
  const path = `/examine/${bid.lotNo}/${bid.bidderNo}/price`;
  const action = `${tenderBaseOf(c, row)}${path}`;
  const errors = problemErrors(c, again?.problem);
  const at = (name: string) => errorFor(errors, name);
  const typed = (name: string): string => again?.typed[name] ?? "";
  const isHeard = query !== null && (query.answeredAt !== null || now >= query.dueAt);
  const mayAsk = row.state === "opened" && bid.voidWhy === null && actor.permissions.has("tender.draft");
  return c.html(
    <TenderDesk
      c={c}
      row={row}
      path={path}
      title={t(`报价询问：${bid.name}`, `The price of ${bid.name}`)}
      problem={again?.problem}
      done={t("已记录", "Recorded")}
    >
      <p class="lead">
        {t(
          "报价明显偏低、可能低于成本的，书面要求投标人说明；不说明或者说明不成立的，投标无效（《招标投标法》第三十三条、第四十一条）。",
          "A bidder whose price looks below cost explains it in writing; without an explanation that holds its bid is void (TB 33, 41).",
        )}
      </p>
      <FactList>
        <Fact label={t("标段", "Lot")}>{String(bid.lotNo)}</Fact>
        <Fact label={t("服务期报价（元）", "Over the term (yuan)")}>
          <span class="num">{bid.totalHundredths === null ? "—" : sayTotal(bid.totalHundredths)}</span>
        </Fact>
        {query === null ? null : (
          <>
            <Fact label={t("要说明的", "What is asked")}>
              {query.question}（{sayAuthor(query.byWords, t)}，{sayInstant(query.askedAt, lang)}）
            </Fact>
            <Fact label={t("期限", "Until")}>{sayDeadline(query.dueAt, lang)}</Fact>
            <Fact label={t("投标人的说明", "The bidder's answer")}>
              {query.answer ?? (isHeard ? t("没有在期限内说明", "not answered in time") : t("还没有", "not yet"))}
              {query.fileId ? (
                <p>
                  <a href={`${action}/file`}>{t("看证明材料", "Read its papers")}</a>
                </p>
              ) : null}
            </Fact>
            {query.outcome === null ? null : (
              <Fact label={t("决定", "Decision")}>
                {query.outcome === "kept" ? t("成立，投标有效：", "It holds: ") : t("不成立，投标无效：", "Void: ")}
                {query.reason}（{sayAuthor(query.decidedByWords ?? "", t)}）
              </Fact>
            )}
          </>
        )}
      </FactList>
      {query === null && mayAsk ? (
        <Form action={action} token={formToken}>
          <ErrorSummary t={t} errors={errors} />
          <TextArea
            name="question"
            label={t("要投标人说明什么", "What the bidder is to explain")}
            hint={t(
              "哪一项报价、低在哪里。写进公开的评审报告。",
              "Which price, and how it is low. It stands in the public report.",
            )}
            rows={4}
            maxlength={LONGEST_QUERY}
            value={typed("question")}
            error={at("question")}
          />
          <DateTimeField
            name="dueOn"
            kind="date"
            label={t("说明的最后一天", "Its last day to answer")}
            value={typed("dueOn")}
            error={at("dueOn")}
          />
          <Actions>
            <Button>{t("发给投标人", "Send it to the bidder")}</Button>
          </Actions>
        </Form>
      ) : null}
      {query === null && !mayAsk ? (
        <EmptyState title={t("没有询问过", "Nothing was asked")}>
          {t("资格审查期间，由经办人向有效的投标提出。", "The examiner asks valid bids while they are examined.")}
        </EmptyState>
      ) : null}
      {query !== null && query.outcome === null && isHeard && actor.permissions.has("tender.decide") ? (
        <Form action={`${action}/decide`} token={formToken}>
          <ErrorSummary t={t} errors={errors} />
          <RadioGroup
            name="outcome"
            legend={t("说明是否成立", "Does the explanation hold")}
            value={typed("outcome")}
            error={at("outcome")}
            options={[
              { value: "kept", label: t("成立，投标有效", "It holds; the bid is valid") },
              { value: "void", label: t("不成立，报价低于成本，投标无效", "It does not; below cost, the bid is void") },
            ]}
          />
          <TextArea
            name="reason"
            label={t("理由", "Reason")}
            hint={t("公开", "Public")}
            rows={3}
            maxlength={LONGEST_QUERY}
            value={typed("reason")}
            error={at("reason")}
          />
          <Actions>
            <Button>{t("决定", "Decide")}</Button>
          </Actions>
        </Form>
      ) : null}
      <p>
        <ButtonLink look="quiet" href={`${tenderBaseOf(c, row)}/examine`}>
          {t("回到资格审查", "Back to the examination")}
        </ButtonLink>
      </p>
    </TenderDesk>,
    (again?.problem.status ?? 200) as 422,
  );
}

priceDeskPages.get(ADDRESS, examines, (c) => pricePage(c));

priceDeskPages.post(ADDRESS, requires("tender.draft"), async (c) => {
  const found = await priceHere(c);
  if (!found) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const typed = { question: one(body, "question"), dueOn: one(body, "dueOn") };
  const asked = await askPrice(staffScene(c), found.row.tenderId, found.bid, typed);
  if (!asked.ok) return pricePage(c, { problem: priceProblem(asked.error), typed });
  return c.redirect(`${new URL(c.req.url).pathname}?done=1`, 303);
});

priceDeskPages.post(`${ADDRESS}/decide`, requires("tender.decide"), async (c) => {
  const found = await priceHere(c);
  if (!found) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const typed = { outcome: one(body, "outcome"), reason: one(body, "reason") };
  const decided = await decidePrice(staffScene(c), found.row.tenderId, found.bid, typed);
  if (!decided.ok) return pricePage(c, { problem: priceProblem(decided.error), typed });
  return c.redirect(`${tenderBaseOf(c, found.row)}/examine/${found.bid.lotNo}/${found.bid.bidderNo}/price?done=1`, 303);
});

priceDeskPages.get(`${ADDRESS}/file`, examines, async (c) => {
  const found = await priceHere(c);
  const fileId = found?.query?.fileId;
  const file = fileId ? await getFile(c.var.scene, fileId, "private") : null;
  if (!file) return c.notFound();
  return c.body(file.bytes as Uint8Array<ArrayBuffer>, 200, {
    "content-type": file.stored.mediaType,
    "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(file.stored.name)}`,
    "cache-control": "no-store",
  });
});
