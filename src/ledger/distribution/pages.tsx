/** Distributions for everybody, for the owner whose share it is, and at the desk: plan, shares, payments. Markup and forms only. */
import { Hono } from "hono";
import { formatArea } from "../../kernel/area.ts";
import { dayOf } from "../../kernel/day.ts";
import { type Fen, formatYuan, parseYuan, plainYuan } from "../../kernel/money.ts";
import { settingsRoutes } from "../../offices/settings/pages.tsx";
import { registerMyCard } from "../../owners/cards.ts";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import type { Query } from "../../platform/db.ts";
import { putFile } from "../../platform/files.ts";
import { files, one, several } from "../../platform/form-body.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Done, Refused } from "../../platform/refused.tsx";
import { writeCsv } from "../../platform/sheet/csv.ts";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { CoverageBars } from "../../platform/ui/charts.tsx";
import { Fact, FactList, LinkList } from "../../platform/ui/facts.tsx";
import { Field, FileField } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, type FieldError, Fieldset, Form } from "../../platform/ui/forms.tsx";
import { sayDay, sayInstant } from "../../platform/ui/moments.ts";
import { Callout, EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { accountsHref, deskLedgerHref, deskVoucherHref, readCount, voucherHref } from "../books/addresses.ts";
import { deskCrumbs } from "../books/desk.tsx";
import type { Attachment } from "../books/store.ts";
import { VOUCHER_STATE_WORDS } from "../books/words.ts";
import { payShares, planDistribution, readAvailable, readDistributions, readShares } from "./actions.ts";
import { distributionProblem, planFaultWords } from "./problems.ts";
import { leastTopUp, type Plan, SHARING_SETTINGS } from "./rules.ts";
import { byDistributionNumber, type DistributionRow, findDistribution, listSharesOfHeads } from "./store.ts";

/** Mounted at /c/:slug. */
export const distributionRoutes = new Hono<AppEnv>();
const reads = requires("ledger.read");
const drafts = requires("ledger.draft");
const MOST_LISTED = 50;
const USES = 3;
const UNITS_A_PAGE = 100;

const publicHref = (slug: string): string => `${accountsHref(slug)}/distributions`;
const deskHref = (slug: string): string => `${deskLedgerHref(slug)}/distributions`;

distributionRoutes.route(
  "/",
  settingsRoutes({
    kit: SHARING_SETTINGS,
    path: "/desk/ledger/sharing-settings",
    title: { zh: "收益分配的规则", en: "Rules of sharing" },
    intro: {
      zh: "净收益先补充多少专项维修资金，各地和各小区规定不同，在这里按规定设定。",
      en: "How much of the net revenue goes to the maintenance fund first differs by place and is set here.",
    },
    manage: "ledger.manage",
    see: ["ledger.read", "audit.read"],
  }),
);

// ——— For everybody ———

/** Only what stands: a plan that is not posted is nobody's claim yet. */
const standing = (rows: readonly DistributionRow[]): DistributionRow[] =>
  rows.filter(({ state }) => state === "posted");

distributionRoutes.get("/accounts/distributions", async (c) => {
  const { t, lang, scene } = c.var;
  const { slug } = scene.community;
  const rows = standing(await readDistributions(scene, MOST_LISTED));
  return c.html(
    <Page
      {...frameOf(c)}
      title={t("公共收益的分配", "What became of the revenue")}
      breadcrumb={[{ href: accountsHref(slug), label: t("公开账目", "Public accounts") }]}
      switchHref={`${publicHref(slug)}?lang=${t("en", "zh")}`}
    >
      <h1>{t("公共收益的分配", "What became of the revenue")}</h1>
      <p class="lead">
        {t(
          "净收益先按规则补充专项维修资金，其余怎么用由业主大会决定；分给业主的，按专有部分面积计算到分。",
          "Of the net, the maintenance fund comes first by the rule in force; the owners decide on the rest. What goes to them is shared by area, to the fen.",
        )}
      </p>
      <LinkList
        items={rows.map((row) => ({
          href: `${publicHref(slug)}/${row.number}`,
          title: t(
            `第${row.number}次分配：${formatYuan(row.toFundFen + row.usesFen + row.toOwnersFen)}元`,
            `No. ${row.number}: ${formatYuan(row.toFundFen + row.usesFen + row.toOwnersFen)} yuan`,
          ),
          note: t(
            `截至${row.throughPeriod}，${sayInstant(row.plannedAt, lang)}`,
            `through ${row.throughPeriod}, ${sayInstant(row.plannedAt, lang)}`,
          ),
        }))}
        empty={
          <EmptyState title={t("还没有分配过", "None yet")}>
            {t(
              "业主大会决定并入账以后，每一次分配都会列在这里。",
              "Each stands here once it was decided and entered in the books.",
            )}
          </EmptyState>
        }
      />
    </Page>,
  );
});

async function found(c: AppContext): Promise<DistributionRow | null> {
  const { scene } = c.var;
  const number = readCount(c.req.param("number"));
  if (!number) return null;
  const [rows] = await scene.db.read(findDistribution(scene, byDistributionNumber(scene, number)));
  return rows[0] ?? null;
}

const Figures = ({ c, row }: { c: AppContext; row: DistributionRow }) => {
  const { t, lang, scene } = c.var;
  const { slug } = scene.community;
  const plan = JSON.parse(row.plan) as Plan;
  const left = row.netFen - row.toFundFen - row.usesFen - row.toOwnersFen;
  return (
    <>
      <CoverageBars
        unit={t("分", " fen")}
        lines={[
          { label: t("补充专项维修资金", "To the maintenance fund"), part: row.toFundFen, whole: row.netFen },
          { label: t("其他使用", "Other uses"), part: row.usesFen, whole: row.netFen },
          { label: t("向业主分配", "To the owners"), part: row.toOwnersFen, whole: row.netFen },
          { label: t("留在账上", "Stays in the account"), part: left, whole: row.netFen },
        ].filter(({ part }) => part > 0)}
      />
      <DataTable
        caption={t("用在哪里（元）", "Where it went, in yuan")}
        rows={[
          {
            what: t("可用的净收益", "Net revenue there was"),
            fen: row.netFen,
            why: t(`截至${row.throughPeriod}结账`, `closed through ${row.throughPeriod}`),
          },
          {
            what: t("补充专项维修资金", "To the maintenance fund"),
            fen: row.toFundFen,
            why: t("《物业管理条例》第五十四条", "Regulations art. 54"),
          },
          ...plan.uses.map((use) => ({ what: use.what, fen: use.amountFen, why: use.decision })),
          { what: t("向业主分配", "To the owners"), fen: row.toOwnersFen, why: plan.ownersDecision || "—" },
          { what: t("留在账上", "Stays in the account"), fen: left, why: "—" },
        ]}
        columns={[
          { label: t("项目", "What"), head: true, cell: ({ what }) => what },
          { label: t("金额", "Yuan"), number: true, cell: ({ fen }) => formatYuan(fen) },
          { label: t("依据", "Ground"), cell: ({ why }) => why },
        ]}
      />
      {row.toOwnersFen > 0 ? (
        <FactList>
          <Fact label={t("怎么分", "How it is shared")}>
            {t(
              `按${sayDay(row.asOf, lang)}名册上${row.units}套房屋的专有部分面积，共${formatArea(row.areaDm2)}㎡；每户 = 分配总额 × 本户面积 ÷ 总面积，算到分，余下的几分给小数最大的几户，合计一分不差。`,
              `By the area of ${row.units} units on the roll of ${sayDay(row.asOf, lang)}, ${formatArea(row.areaDm2)} m² in all: total × own area ÷ all area, to the fen; the fen left over go to the largest remainders, and the sum is exact.`,
            )}
          </Fact>
          <Fact label={t("依据", "Ground")}>
            {t("《民法典》第二百八十二条、第二百八十三条", "Civil Code arts. 282 and 283")}
          </Fact>
          <Fact label={t("已发放", "Paid")}>
            {t(
              `${row.paidUnits}套，${formatYuan(row.paidFen)}元；未领的${formatYuan(row.toOwnersFen - row.paidFen)}元一直记为应付业主`,
              `${row.paidUnits} units, ${formatYuan(row.paidFen)} yuan; the ${formatYuan(row.toOwnersFen - row.paidFen)} not claimed stay owed to the owners`,
            )}
          </Fact>
          <Fact label={t("份额表校验值", "Hash of the shares")}>
            <code>{row.sharesHash.slice(0, 16)}…</code>
          </Fact>
        </FactList>
      ) : null}
      <p>
        {row.voucherNumber === null ? null : (
          <a href={voucherHref(slug, { book: "common", period: row.voucherPeriod, number: row.voucherNumber })}>
            {t("入账的凭证", "Its voucher")}
          </a>
        )}{" "}
        <a href={`/c/${slug}/record/${row.leafHash}`}>{t("公开记录", "Public record")}</a>
      </p>
    </>
  );
};

distributionRoutes.get("/accounts/distributions/:number", async (c) => {
  const { t, scene } = c.var;
  const { slug } = scene.community;
  const row = await found(c);
  if (row?.state !== "posted") return c.notFound();
  const title = t(`第${row.number}次公共收益分配`, `Distribution no. ${row.number}`);
  return c.html(
    <Page
      {...frameOf(c)}
      title={title}
      breadcrumb={[
        { href: accountsHref(slug), label: t("公开账目", "Public accounts") },
        { href: publicHref(slug), label: t("分配", "Distributions") },
      ]}
      switchHref={`${publicHref(slug)}/${row.number}?lang=${t("en", "zh")}`}
    >
      <h1>{title}</h1>
      <Figures c={c} row={row} />
      {row.toOwnersFen > 0 ? (
        <p>
          <a href={`/c/${slug}/my`}>
            {t("登录业主专页，看自己的份额和算法", "Sign in to see your own share and how it was made")}
          </a>
        </p>
      ) : null}
    </Page>,
  );
});

// ——— The owner's own ———

registerMyCard("shares", {
  place: 60,
  queries: ({ scene, headKeys }) => [listSharesOfHeads(scene, headKeys, 20)] as const,
  render: (c, _, [rows]) => {
    const { t } = c.var;
    const { slug } = c.var.scene.community;
    if (rows.length === 0) return null;
    return (
      <>
        <h2>{t("我的公共收益份额", "Your share of the revenue")}</h2>
        <DataTable
          caption={t("份额", "Shares")}
          quietCaption={true}
          rows={rows}
          columns={[
            {
              label: t("分配", "Distribution"),
              head: true,
              cell: ({ number }) => <a href={`${publicHref(slug)}/${number}`}>{t(`第${number}次`, `No. ${number}`)}</a>,
            },
            { label: t("房屋", "Unit"), cell: ({ building, entrance, room }) => `${building}${entrance}${room}` },
            {
              label: t("怎么算的", "How"),
              cell: ({ areaDm2, totalDm2, toOwnersFen, roundedUp }) =>
                `${formatYuan(toOwnersFen)} × ${formatArea(areaDm2)} ÷ ${formatArea(totalDm2)}${roundedUp ? t("（进一分）", " (one fen up)") : ""}`,
            },
            { label: t("金额（元）", "Yuan"), number: true, cell: ({ fen }) => formatYuan(fen) },
            {
              label: t("发放", "Paid"),
              cell: ({ paidAt }) =>
                paidAt === null ? (
                  <StatusWord tone="waiting">{t("待领取", "to be claimed")}</StatusWord>
                ) : (
                  <StatusWord tone="good">{t("已发放", "paid")}</StatusWord>
                ),
            },
          ]}
        />
      </>
    );
  },
});

// ——— At the desk ———

distributionRoutes.get("/desk/ledger/distributions", reads, async (c) => {
  const { t, lang, scene, actor } = c.var;
  const { slug } = scene.community;
  const [rows, available] = [await readDistributions(scene, MOST_LISTED), await readAvailable(scene)];
  return c.html(
    <Page {...frameOf(c, "staff")} title={t("收益分配", "Distributions")} breadcrumb={deskCrumbs(c)}>
      <h1>{t("收益分配", "Distributions")}</h1>
      {available ? (
        <Callout
          tone="info"
          title={t(
            `可用的净收益：${formatYuan(available.netFen)}元`,
            `Net revenue to use: ${formatYuan(available.netFen)} yuan`,
          )}
        >
          <p>
            {t(
              `截至${available.through}结账，不含应收未收的钱和押金。至少补充维修资金${formatYuan(leastTopUp(available.netFen, available.settings, available.fund))}元。`,
              `Closed through ${available.through}, without what is still owed and without deposits. At least ${formatYuan(leastTopUp(available.netFen, available.settings, available.fund))} yuan go to the fund.`,
            )}
          </p>
          {actor.permissions.has("ledger.draft") && available.netFen > 0 ? (
            <ButtonLink href={`${deskHref(slug)}/new`}>{t("拟定分配方案", "Plan a distribution")}</ButtonLink>
          ) : null}
        </Callout>
      ) : (
        <EmptyState title={t("还没有结账的月份", "No month is closed yet")}>
          {t("结账以后才知道有多少净收益可以分配。", "The net revenue is known once a month is closed.")}
        </EmptyState>
      )}
      <LinkList
        items={rows.map((row) => ({
          href: `${deskHref(slug)}/${row.number}`,
          title: t(
            `第${row.number}次：${formatYuan(row.netFen)}元`,
            `No. ${row.number}: ${formatYuan(row.netFen)} yuan`,
          ),
          note: t(`截至${row.throughPeriod}`, `through ${row.throughPeriod}`),
          status: (
            <StatusWord
              tone={
                row.state === "posted"
                  ? "good"
                  : row.state === "waiting" || row.state === "reviewed"
                    ? "waiting"
                    : "off"
              }
            >
              {VOUCHER_STATE_WORDS[row.state][lang]}
            </StatusWord>
          ),
        }))}
      />
    </Page>,
  );
});

interface Typed {
  readonly toFund: string;
  readonly toOwners: string;
  readonly ownersDecision: string;
  readonly uses: readonly { readonly what: string; readonly amount: string; readonly decision: string }[];
}
const EMPTY: Typed = {
  toFund: "",
  toOwners: "",
  ownersDecision: "",
  uses: Array.from({ length: USES }, () => ({ what: "", amount: "", decision: "" })),
};

distributionRoutes.get("/desk/ledger/distributions/new", drafts, (c) => newPage(c, EMPTY));

async function newPage(
  c: AppContext,
  typed: Typed,
  errors: readonly FieldError[] = [],
  problem?: Problem,
  once = newOnce(),
) {
  const { t, scene, formToken } = c.var;
  const { slug } = scene.community;
  const available = await readAvailable(scene);
  const least = available ? leastTopUp(available.netFen, available.settings, available.fund) : 0;
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t("拟定分配方案", "Plan a distribution")}
      breadcrumb={[...deskCrumbs(c), { href: deskHref(slug), label: t("收益分配", "Distributions") }]}
    >
      <h1>{t("拟定分配方案", "Plan a distribution")}</h1>
      <p class="lead">
        {available
          ? t(
              `可用${formatYuan(available.netFen)}元（截至${available.through}）。保存后生成一张凭证，由别人复核、主任审批后生效；每户份额同时算好。`,
              `${formatYuan(available.netFen)} yuan to use (through ${available.through}). Saving drafts a voucher that others review and approve; each unit's share is made with it.`,
            )
          : t("还没有结账的月份。", "No month is closed yet.")}
      </p>
      <Refused c={c} problem={problem} />
      <Form action={`${deskHref(slug)}/new`} token={formToken} once={once} files={true}>
        <ErrorSummary t={t} errors={errors} />
        <Field
          name="toFund"
          label={t("补充专项维修资金（元）", "To the maintenance fund, in yuan")}
          hint={t(`至少${formatYuan(least)}元`, `at least ${formatYuan(least)}`)}
          value={typed.toFund || plainYuan(least)}
          error={errorFor(errors, "toFund")}
          inputmode="decimal"
          width={11}
        />
        {typed.uses.map((use, at) => (
          <Fieldset legend={t(`其他使用${at + 1}（没有就空着）`, `Other use ${at + 1} (may stay empty)`)}>
            <Field
              name={`uses[${at}].what`}
              label={t("用在什么地方", "What for")}
              value={use.what}
              error={errorFor(errors, `uses[${at}].what`)}
            />
            <Field
              name={`uses[${at}].amount`}
              label={t("金额（元）", "Yuan")}
              value={use.amount}
              error={errorFor(errors, `uses[${at}].amount`)}
              inputmode="decimal"
              width={11}
            />
            <Field
              name={`uses[${at}].decision`}
              label={t("业主大会决定", "Owners' decision")}
              value={use.decision}
              error={errorFor(errors, `uses[${at}].decision`)}
            />
          </Fieldset>
        ))}
        <Field
          name="toOwners"
          label={t("向业主分配（元）", "To the owners, in yuan")}
          value={typed.toOwners}
          error={errorFor(errors, "toOwners")}
          inputmode="decimal"
          width={11}
          optional={t("可不填", "may stay empty")}
        />
        <Field
          name="ownersDecision"
          label={t("分配依据的业主大会决定", "The owners' decision it rests on")}
          hint={t("例如“第3次会议 议题2”", "Such as “meeting 3, item 2”")}
          value={typed.ownersDecision}
          error={errorFor(errors, "ownersDecision")}
        />
        <FileField
          name="files"
          label={t("附件：业主大会决定或分配方案", "Files: the decision or the scheme")}
          hint={t("照片或 PDF，必须有。", "Photograph or PDF; needed.")}
          multiple={true}
          error={errorFor(errors, "files")}
        />
        <Actions>
          <Button>{t("保存方案，交复核", "Save and hand in for review")}</Button>
        </Actions>
      </Form>
    </Page>,
    errors.length > 0 || problem ? ((problem?.status ?? 422) as 422) : 200,
  );
}

/** Photographs and PDFs of a form, put and described; or what is wrong with the first that is none. */
async function putAll(
  c: AppContext,
  chosen: readonly File[],
): Promise<{ readonly attachments: Attachment[]; readonly statements: Query[]; readonly wrong: string | null }> {
  const scene = staffScene(c);
  const attachments: Attachment[] = [];
  const statements: Query[] = [];
  for (const file of chosen.slice(0, 5)) {
    const put = await putFile(
      scene,
      { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) },
      scene.actor.personId,
      "private",
    );
    if (!put.ok)
      return {
        attachments,
        statements,
        wrong: c.var.t(
          `“${file.name}”不是能用的照片或 PDF。`,
          `“${file.name}” is no photograph or PDF that can be used.`,
        ),
      };
    attachments.push({ fileId: put.value.stored.fileId, name: put.value.stored.name, sha256: put.value.stored.sha256 });
    statements.push(put.value.statement);
  }
  return { attachments, statements, wrong: null };
}

distributionRoutes.post("/desk/ledger/distributions/new", drafts, async (c) => {
  const { t, lang, scene } = c.var;
  const body = await c.req.parseBody({ all: true });
  const typed: Typed = {
    toFund: one(body, "toFund"),
    toOwners: one(body, "toOwners"),
    ownersDecision: one(body, "ownersDecision"),
    uses: Array.from({ length: USES }, (_, at) => ({
      what: one(body, `uses[${at}].what`),
      amount: one(body, `uses[${at}].amount`),
      decision: one(body, `uses[${at}].decision`),
    })),
  };
  const once = one(body, "_once") || newOnce();
  const errors: FieldError[] = [];
  const fen = (field: string, text: string): Fen => {
    if (text.trim() === "") return 0;
    const read = parseYuan(text);
    if (read.ok && read.value >= 0) return read.value;
    errors.push({
      field,
      message: t("金额写成 1234.50 这样，不能小于0。", "Write the amount as 1234.50, not below nought."),
    });
    return 0;
  };
  const filled = typed.uses.flatMap((use, at) =>
    `${use.what}${use.amount}${use.decision}`.trim() === "" ? [] : [{ ...use, at }],
  );
  const plan = {
    toFundFen: fen("toFund", typed.toFund),
    toOwnersFen: fen("toOwners", typed.toOwners),
    ownersDecision: typed.ownersDecision.trim(),
    uses: filled.map(({ what, amount, decision, at }) => ({
      what: what.trim(),
      amountFen: fen(`uses[${at}].amount`, amount),
      decision: decision.trim(),
    })),
  };
  if (errors.length > 0) return newPage(c, typed, errors, undefined, once);
  const papers = await putAll(c, files(body, "files"));
  if (papers.wrong) return newPage(c, typed, [{ field: "files", message: papers.wrong }], undefined, once);
  if (papers.attachments.length === 0)
    return newPage(
      c,
      typed,
      [{ field: "files", message: t("请附上业主大会的决定或方案。", "Attach the decision or the scheme.") }],
      undefined,
      once,
    );
  const planned = await planDistribution(staffScene(c), plan, papers.attachments, once, papers.statements);
  if (planned.ok) return c.redirect(`${deskVoucherHref(scene.community.slug, planned.value.voucherId)}?done=1`, 303);
  if (planned.error.reason !== "plan_faulty") return newPage(c, typed, [], distributionProblem(planned.error), once);
  return newPage(
    c,
    typed,
    planned.error.faults.map((fault) => {
      const { field, words } = planFaultWords(fault);
      const at = "use" in fault ? (filled[fault.use - 1]?.at ?? 0) : 0;
      const shown = field === "useWhat" ? `uses[${at}].what` : field === "useDecision" ? `uses[${at}].decision` : field;
      return { field: shown, message: words[lang] };
    }),
    undefined,
    once,
  );
});

distributionRoutes.get("/desk/ledger/distributions/:number{[1-9][0-9]{0,5}}", reads, async (c) => {
  const row = await found(c);
  return row ? onePage(c, row) : c.notFound();
});

async function onePage(c: AppContext, row: DistributionRow, problem?: Problem) {
  const { t, lang, scene, actor, formToken } = c.var;
  const { slug } = scene.community;
  const here = `${deskHref(slug)}/${row.number}`;
  const page = readCount(c.req.query("page") ?? "1") || 1;
  const all = await readShares(scene, row.distributionId);
  const shown = all.slice((page - 1) * UNITS_A_PAGE, page * UNITS_A_PAGE);
  const mayPay = row.state === "posted" && actor.permissions.has("ledger.draft");
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t(`第${row.number}次分配`, `Distribution no. ${row.number}`)}
      breadcrumb={[...deskCrumbs(c), { href: deskHref(slug), label: t("收益分配", "Distributions") }]}
    >
      <h1>{t(`第${row.number}次分配`, `Distribution no. ${row.number}`)}</h1>
      <p>
        <StatusWord tone={row.state === "posted" ? "good" : "waiting"}>
          {VOUCHER_STATE_WORDS[row.state][lang]}
        </StatusWord>{" "}
        <a href={deskVoucherHref(slug, row.voucherId)}>{t("它的凭证", "its voucher")}</a>
      </p>
      <Done c={c} words={t("已登记，并写入公开记录", "Recorded, and in the public record")} />
      <Refused c={c} problem={problem} />
      <Figures c={c} row={row} />
      {all.length === 0 ? null : (
        <Form action={`${here}/pay`} token={formToken} once={newOnce()} files={true}>
          <h2>{t("各户份额", "Shares")}</h2>
          <p>
            <a href={`${here}/list.csv`}>{t("下载发放名单（CSV）", "Payment list (CSV)")}</a>
          </p>
          <DataTable
            caption={t("份额和发放", "Shares and payments")}
            quietCaption={true}
            rows={shown}
            columns={[
              {
                label: t("房屋", "Unit"),
                head: true,
                cell: ({ building, entrance, room }) => `${building}${entrance}${room}`,
              },
              { label: t("面积（㎡）", "m²"), number: true, cell: ({ areaDm2 }) => formatArea(areaDm2) },
              { label: t("金额（元）", "Yuan"), number: true, cell: ({ fen }) => formatYuan(fen) },
              {
                label: t("发放", "Paid"),
                cell: ({ paidAt, unitId, building, entrance, room }) =>
                  paidAt !== null ? (
                    t(`${sayInstant(paidAt, lang)}登记`, `recorded ${sayInstant(paidAt, lang)}`)
                  ) : mayPay ? (
                    <label>
                      <input type="checkbox" name="unit" value={unitId} aria-label={`${building}${entrance}${room}`} />{" "}
                      {t("已付", "paid")}
                    </label>
                  ) : (
                    t("待领取", "to be claimed")
                  ),
              },
            ]}
          />
          {all.length > UNITS_A_PAGE ? (
            <p>
              {page > 1 ? <a href={`${here}?page=${page - 1}`}>{t("上一页", "Before")}</a> : null}{" "}
              {page * UNITS_A_PAGE < all.length ? <a href={`${here}?page=${page + 1}`}>{t("下一页", "Next")}</a> : null}
            </p>
          ) : null}
          {mayPay ? (
            <>
              <FileField
                name="files"
                label={t("附件：银行回单或签领表", "Files: the bank's slip or the signed list")}
                multiple={true}
              />
              <Actions>
                <Button>{t("登记勾选的房屋已发放", "Record the ticked units as paid")}</Button>
              </Actions>
            </>
          ) : null}
        </Form>
      )}
    </Page>,
    problem ? (problem.status as 409) : 200,
  );
}

distributionRoutes.post("/desk/ledger/distributions/:number{[1-9][0-9]{0,5}}/pay", drafts, async (c) => {
  const row = await found(c);
  if (!row) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const papers = await putAll(c, files(body, "files"));
  if (papers.wrong)
    return onePage(c, row, {
      code: "file-refused",
      status: 422,
      title: { zh: "附件不能用", en: "The file cannot be used" },
      detail: { zh: papers.wrong, en: papers.wrong },
    });
  const once = one(body, "_once") || newOnce();
  const paid = await payShares(
    staffScene(c),
    row.distributionId,
    several(body, "unit"),
    papers.attachments,
    once,
    papers.statements,
  );
  if (!paid.ok) return onePage(c, row, distributionProblem(paid.error));
  return c.redirect(`${deskHref(c.var.scene.community.slug)}/${row.number}?done=1`, 303);
});

distributionRoutes.get("/desk/ledger/distributions/:number{[1-9][0-9]{0,5}}/list.csv", reads, async (c) => {
  const row = await found(c);
  if (!row) return c.notFound();
  const shares = await readShares(c.var.scene, row.distributionId);
  const bytes = writeCsv([
    ["楼栋", "单元", "房号", "专有部分面积(㎡)", "应得(元)", "应得(分)", "发放日期"],
    ...shares.map(({ building, entrance, room, areaDm2, fen, paidAt }) => [
      building,
      entrance,
      room,
      formatArea(areaDm2),
      plainYuan(fen),
      String(fen),
      paidAt === null ? "" : dayOf(paidAt),
    ]),
  ]);
  c.header("content-type", "text/csv; charset=utf-8");
  c.header(
    "content-disposition",
    `attachment; filename*=UTF-8''${encodeURIComponent(`第${row.number}次分配发放名单.csv`)}`,
  );
  return c.body(bytes);
});
