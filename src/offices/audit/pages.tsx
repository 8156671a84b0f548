/** The audit page: who looked at personal data, who took and left office, who was locked out. Read-only, for supervision and auditors. */
import { Hono } from "hono";
import { openWhy } from "../../community/privacy/actions.ts";
import type { PersonId } from "../../kernel/id.ts";
import { requires } from "../../platform/access.ts";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { frameOf } from "../../platform/frame.ts";
import { type Bilingual, pick } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import { Actions, ButtonLink } from "../../platform/ui/buttons.tsx";
import { sayInstant } from "../../platform/ui/moments.ts";
import { EmptyState } from "../../platform/ui/notices.tsx";
import { DataTable, Pager } from "../../platform/ui/tables.tsx";
import { openName } from "../people/store.ts";
import { showProposal, titleOf } from "../proposals/actions.ts";
import { listProposals } from "../proposals/store.ts";
import { sayState } from "../proposals/words.ts";
import { BIDDERS, OWNERS } from "../signin/codes/store.ts";
import { listOfficeChanges } from "../terms/actions.ts";
import { Changes } from "../terms/pages.tsx";
import { countAudit, type LookupRow, listLockouts, listLookups, listNumberChanges, type Readers } from "./store.ts";

export const auditPages = new Hono<AppEnv>();

const PER_PAGE = 20;
type Part = "lookups" | "changes" | "lockouts" | "numbers" | "proposals";

const pageOf = (c: AppContext, part: Part): number => Math.max(1, Math.trunc(Number(c.req.query(part) ?? "1")) || 1);

const sliceOf = (page: number) => ({ limit: PER_PAGE, offset: (page - 1) * PER_PAGE });

const READERS: readonly Readers[] = ["people", "system", "all"];
const READERS_WORDS: Record<Readers, Bilingual> = {
  people: { zh: "人为查看", en: "By people" },
  system: { zh: "系统发送消息", en: "For messages" },
  all: { zh: "全部", en: "All" },
};

const FIELD_WORDS: Record<string, readonly [string, string]> = {
  name: ["姓名", "name"],
  phone: ["电话", "phone"],
  document: ["证件号", "identity number"],
};

auditPages.get("/desk/audit", requires("audit.read"), async (c) => {
  const { t, lang, scene } = c.var;
  const asked = READERS.find((one) => one === c.req.query("who")) ?? "people";
  const page = {
    lookups: pageOf(c, "lookups"),
    changes: pageOf(c, "changes"),
    lockouts: pageOf(c, "lockouts"),
    numbers: pageOf(c, "numbers"),
    proposals: pageOf(c, "proposals"),
  };
  const [counts, lookups, lockouts, numbers, proposals] = await scene.db.read(
    countAudit(scene, asked),
    listLookups(scene, asked, sliceOf(page.lookups)),
    listLockouts(scene, sliceOf(page.lockouts)),
    listNumberChanges(scene, sliceOf(page.numbers)),
    listProposals(scene, sliceOf(page.proposals)),
  );
  const proposed = await Promise.all(proposals.map((row) => showProposal(scene, row)));
  // Why somebody looked may name an owner: it is for those who may read the roll.
  const mayReadWhy = c.var.actor.permissions.has("roll.read");
  const reasons = mayReadWhy ? await Promise.all(lookups.map((row) => openWhy(scene, row))) : [];
  const { changes, pages } = await listOfficeChanges(scene, page.changes, PER_PAGE);
  const nameOf = async (personId: string, nameSealed: string | null, otherwise: string): Promise<string> =>
    nameSealed === null ? otherwise : openName(scene, { personId: personId as PersonId, nameSealed });
  const notInOffice = t("系统或非任职人员", "the system, or nobody in office");
  const [readers, locked, changed] = await Promise.all([
    Promise.all(
      lookups.map((row) =>
        nameOf(
          row.personId,
          row.nameSealed,
          row.personId === "outbox" ? t("系统（发送消息）", "the system, sending messages") : notInOffice,
        ),
      ),
    ),
    Promise.all(
      lockouts.map((row) =>
        nameOf(
          row.personId,
          row.nameSealed,
          row.personId === OWNERS
            ? t("业主登录", "owners' sign-in")
            : row.personId === BIDDERS
              ? t("投标人登录", "bidders' sign-in")
              : t("未登记的号码", "a number that is nobody's"),
        ),
      ),
    ),
    Promise.all(
      numbers.map(async (row) => [
        await nameOf(row.personId, row.nameSealed, ""),
        await nameOf(row.byId, row.byNameSealed, notInOffice),
      ]),
    ),
  ]);
  const base = `/c/${scene.community.slug}`;
  const pager = (part: Part, count: number) => (
    <Pager
      t={t}
      page={page[part]}
      pages={count}
      href={(n) =>
        `${base}/desk/audit?${new URLSearchParams({ who: asked, ...asText(page), [part]: String(n) })}#${part}`
      }
    />
  );
  const pagesOf = (rows: number | undefined): number => Math.ceil((rows ?? 0) / PER_PAGE);
  const what = {
    reveal: t("查看完整信息", "revealed"),
    export: t("导出", "exported"),
    contact: t("联系", "contacted"),
  };
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t("审计", "Audit")}
      breadcrumb={[{ href: `${base}/desk`, label: t("工作台", "Desk") }]}
      wide={true}
    >
      <h1>{t("审计", "Audit")}</h1>
      <p>
        {t(
          "谁在什么时候查看了业主的个人信息，谁任职、离任，哪些登录被锁定。只能查看，不能修改。",
          "Who looked at owners' personal data and when, who took and left office, which sign-ins were locked. It can be read and not changed.",
        )}
      </p>

      <h2 id="lookups">{t("查看个人信息", "Lookups of personal data")}</h2>
      <p class="hint">
        {t(
          "系统发送短信和验证码时要用到号码，每次也留下记录；人为查看单独列出。",
          "Sending messages and codes takes numbers, and each is noted as well; what people looked at stands apart.",
        )}
      </p>
      <nav aria-label={t("谁查看的", "Whose lookups")}>
        <Actions>
          {READERS.map((one) => (
            <ButtonLink look={one === asked ? "primary" : "quiet"} href={`${base}/desk/audit?who=${one}#lookups`}>
              {pick(READERS_WORDS[one], lang)}
            </ButtonLink>
          ))}
        </Actions>
      </nav>
      <DataTable
        caption={t("查看记录", "Lookups")}
        quietCaption={true}
        rows={lookups}
        empty={
          <EmptyState
            title={
              asked === "system"
                ? t("系统还没有用过业主的号码", "The system has used no owner's number yet")
                : t("还没有人查看过完整的个人信息", "Nobody has looked at personal data in clear")
            }
          />
        }
        columns={[
          { label: t("查看人", "Who"), head: true, cell: (_, at) => readers[at] },
          { label: t("时间", "When"), cell: (row) => sayInstant(row.at, lang) },
          { label: t("做了什么", "What"), cell: (row) => what[row.what] },
          { label: t("内容", "Fields"), cell: (row) => fieldsOf(c, row.fields) },
          {
            label: t("涉及业主", "Of whom"),
            cell: (row) => row.maskedName ?? t(`${row.people}人`, `${row.people} people`),
          },
          ...(mayReadWhy ? [{ label: t("理由", "Why"), cell: (_: LookupRow, at: number) => reasons[at] }] : []),
        ]}
      />
      {pager("lookups", pagesOf(counts[0]?.lookups))}

      <h2 id="changes">{t("任职变动", "Changes of office")}</h2>
      <Changes c={c} changes={changes} />
      {pager("changes", pages)}

      <h2 id="proposals">{t("要两个人办的任职事项", "Acts of office that take two people")}</h2>
      <DataTable
        caption={t("提出和确认", "Proposed and confirmed")}
        quietCaption={true}
        rows={proposed}
        empty={<EmptyState title={t("还没有人提出过", "None was ever proposed")} />}
        columns={[
          {
            label: t("事项", "What"),
            head: true,
            cell: (one) => <a href={`${base}/desk/offices/pending/${one.proposalId}`}>{pick(titleOf(one), lang)}</a>,
          },
          { label: t("提出", "Proposed"), cell: (one) => `${one.proposedBy}，${sayInstant(one.proposedAt, lang)}` },
          { label: t("结果", "Outcome"), cell: (one) => pick(sayState[one.state].words, lang) },
          {
            label: t("办理", "By"),
            cell: (one) => (one.endedAt === null ? "" : `${one.endedBy}，${sayInstant(one.endedAt, lang)}`),
          },
        ]}
      />
      {pager("proposals", pagesOf(counts[0]?.proposals))}

      <h2 id="numbers">{t("更换登录号码", "Changed numbers")}</h2>
      <DataTable
        caption={t("号码变更", "Changed numbers")}
        quietCaption={true}
        rows={numbers}
        empty={<EmptyState title={t("没有人更换过登录号码", "No number was changed")} />}
        columns={[
          { label: t("本人", "Whose"), head: true, cell: (_, at) => changed[at]![0] },
          { label: t("时间", "When"), cell: (row) => sayInstant(row.at, lang) },
          { label: t("登记人", "By"), cell: (_, at) => changed[at]![1] },
        ]}
      />
      {pager("numbers", pagesOf(counts[0]?.numbers))}

      <h2 id="lockouts">{t("登录锁定", "Sign-in lock-outs")}</h2>
      <DataTable
        caption={t("锁定记录", "Lock-outs")}
        quietCaption={true}
        rows={lockouts}
        empty={<EmptyState title={t("没有登录被锁定过", "No sign-in was ever locked")} />}
        columns={[
          {
            label: t("对象", "Whose"),
            head: true,
            cell: (row, at) => (row.scope === "community" ? t("整个小区", "the whole community") : locked[at]),
          },
          { label: t("时间", "When"), cell: (row) => sayInstant(row.at, lang) },
          { label: t("锁定到", "Until"), cell: (row) => sayInstant(row.untilAt, lang) },
        ]}
      />
      {pager("lockouts", pagesOf(counts[0]?.lockouts))}
    </Page>,
  );
});

const asText = (page: Record<Part, number>): Record<string, string> =>
  Object.fromEntries(Object.entries(page).map(([part, number]) => [part, String(number)]));

function fieldsOf(c: AppContext, json: string): string {
  const fields = JSON.parse(json) as string[];
  const { t } = c.var;
  return fields.map((field) => t(...(FIELD_WORDS[field] ?? ([field, field] as const)))).join(t("、", ", "));
}
