/** Written authorisations at the desk (recording, list, scan, revocation) and the principal's own revocation on the ballot page. */
import { type Context, Hono } from "hono";
import { listBuildings } from "../../community/snapshot/store.ts";
import { dayOf } from "../../kernel/day.ts";
import { requires } from "../../platform/access.ts";
import { type AppEnv, staffScene } from "../../platform/context.ts";
import { getFile } from "../../platform/files.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { pick } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import { type Problem, problemResponse } from "../../platform/problem.tsx";
import { Actions, Button, PostButton } from "../../platform/ui/buttons.tsx";
import { CheckboxGroup, Confirm } from "../../platform/ui/choices.tsx";
import { DateTimeField, Field, FileField, TextArea } from "../../platform/ui/fields.tsx";
import { Form } from "../../platform/ui/forms.tsx";
import { sayInstant } from "../../platform/ui/moments.ts";
import { Callout, EmptyState, Refusal } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { itemsOf, type Posted, valuesOf } from "../ballots/answering.ts";
import { ANOTHER_BALLOT, ballotMark, enter } from "../ballots/entering.ts";
import { placeOf, placesOf } from "../ballots/standing.tsx";
import { votingFrom, votingQueries } from "../ballots/store.ts";
import { AT, type DeskMeeting, deskMeeting, readVoterNo } from "../delivery/at-desk.ts";
import { FindHousehold, findHouseholds, placeAsked } from "../delivery/finding.tsx";
import { askWho } from "../links/pages.tsx";
import { deskHref, deskMeetingHref, deskMeetingsHref } from "../meeting/addresses.ts";
import { recordProxy, revokeProxy } from "./actions.ts";
import { proxyProblem, recordProblem } from "./problems.ts";
import { findScan, listProxies, type PlacedProxy } from "./store.ts";

type C = Context<AppEnv>;

/** Mounted under /c/:slug. */
export const proxyPages = new Hono<AppEnv>();
const records = requires("proxy.record");
const MOST_SHOWN = 200;
const LONGEST_INSTRUCTIONS = 300;

const hrefOf = (c: C, meeting: DeskMeeting): string =>
  `${deskMeetingHref(c.var.scene.community.slug, meeting.number)}/proxies`;

const crumbs = (c: C, meeting: DeskMeeting) => {
  const { slug } = c.var.scene.community;
  return [
    { href: deskHref(slug), label: c.var.t("工作台", "Desk") },
    { href: deskMeetingsHref(slug), label: c.var.t("会议", "Meetings") },
    { href: deskMeetingHref(slug, meeting.number), label: meeting.title },
  ];
};

proxyPages.get(`${AT}/proxies`, records, async (c) => {
  const { scene, t, lang, formToken } = c.var;
  const meeting = await deskMeeting(c);
  if (!meeting) return c.notFound();
  const place = placeAsked(c);
  const [rows, buildings, voters] = await scene.db.read(
    listProxies(scene, meeting.id, { limit: MOST_SHOWN, offset: 0 }),
    listBuildings(scene, meeting.snapshot),
    findHouseholds(scene, meeting.snapshot, place),
  );
  const base = hrefOf(c, meeting);
  return c.html(
    <Page {...frameOf(c, "staff")} title={t("委托书", "Authorisations")} breadcrumb={crumbs(c, meeting)}>
      <h1>{t("书面委托", "Written authorisations")}</h1>
      {c.req.query("done") === undefined ? null : (
        <Callout tone="good" title={t("已登记，并通知了委托的业主", "Recorded; the owner has been told")} />
      )}
      <p>
        {t(
          "业主可以书面委托代理人投票。委托书要写明代理人、事项、权限和期限，并由业主签名。代理人凭纸质表决票投票；使用之前，业主随时可以撤销。",
          "An owner may authorise an agent in writing: agent, matter, authority and term, signed. The agent votes on paper; until then the owner can revoke it at any time.",
        )}
      </p>
      <p class="hint">《民法典》第一百六十五条、第一百七十三条；《物业管理条例》第十二条</p>
      <h2>{t("登记一份：找到委托的业主", "Record one: find the owner")}</h2>
      <FindHousehold c={c} base={base} place={place} buildings={buildings} found={voters} />
      <h2>{t("已登记的委托", "On record")}</h2>
      <DataTable<PlacedProxy>
        caption={t("已登记的委托", "On record")}
        quietCaption
        rows={rows}
        columns={[
          { label: t("委托人", "Owner"), cell: (row) => `${placeOf(row)} ${row.maskedName}`, head: true },
          { label: t("代理人", "Agent"), cell: (row) => row.agentMasked },
          { label: t("登记时间", "Recorded"), cell: (row) => sayInstant(row.recordedAt, lang) },
          {
            label: t("状态", "State"),
            cell: (row) =>
              row.usedAt !== null ? (
                <StatusWord tone="good">{t("已投票", "used")}</StatusWord>
              ) : row.revokedAt !== null ? (
                <StatusWord tone="off">{t("已撤销", "revoked")}</StatusWord>
              ) : (
                <StatusWord tone="active">{t("有效", "in force")}</StatusWord>
              ),
          },
          {
            label: t("操作", "Act"),
            cell: (row) => (
              <>
                {row.fileId ? <a href={`${base}/scans/${row.fileId}`}>{t("看扫描件", "scan")}</a> : null}{" "}
                {row.usedAt === null && row.revokedAt === null ? (
                  <PostButton action={`${base}/revoke`} token={formToken} hidden={{ proxy: row.proxyId }} look="quiet">
                    {t("撤销", "Revoke")}
                  </PostButton>
                ) : null}
              </>
            ),
          },
        ]}
        empty={
          <EmptyState title={t("还没有委托书", "None yet")}>
            {t("登记以后列在这里。", "They are listed here once recorded.")}
          </EmptyState>
        }
      />
    </Page>,
  );
});

proxyPages.get(`${AT}/proxies/:voter`, records, (c) => recordPage(c));

async function recordPage(c: C, body: Posted = {}, problem?: Problem): Promise<Response> {
  const { scene, t, lang, formToken } = c.var;
  const meeting = await deskMeeting(c);
  const voterNo = readVoterNo(c.req.param("voter"));
  if (!meeting || voterNo === null) return c.notFound();
  const found = votingFrom(...(await scene.db.read(...votingQueries(scene, meeting.id, voterNo))));
  if (!found) return c.notFound();
  const base = hrefOf(c, meeting);
  const typed = (name: string): string => valuesOf(body, name)[0] ?? "";
  const closesOn = found.row.closesAt === null ? "" : dayOf(found.row.closesAt - 1);
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t("登记委托书", "Record an authorisation")}
      switchHref={`${base}/${voterNo}?lang=${t("en", "zh")}`}
      breadcrumb={[...crumbs(c, meeting), { href: base, label: t("委托书", "Authorisations") }]}
    >
      <h1>{t("登记委托书", "Record an authorisation")}</h1>
      <p class="lead">
        {found.voter.maskedName} · {placesOf(found.units, t)}
      </p>
      {problem ? (
        <Refusal
          t={t}
          what={pick(problem.title, lang)}
          why={pick(problem.detail, lang)}
          {...(problem.article ? { article: problem.article } : {})}
          {...(problem.next ? { next: pick(problem.next, lang) } : {})}
        />
      ) : null}
      <Form
        action={`${base}/${voterNo}`}
        token={formToken}
        once={typed("_once") === "" || problem ? newOnce() : typed("_once")}
        files
      >
        <Field name="agentName" label={t("代理人姓名", "Agent's name")} value={typed("agentName")} maxlength={60} />
        <Field
          name="agentLastFour"
          label={t("代理人证件号（或手机号）后四位", "Last four of the agent's certificate or phone")}
          hint={t(
            "用来区分同名的人，并计算一人代理了几位业主。",
            "To tell people of one name apart, and to count how many one stands for.",
          )}
          value={typed("agentLastFour")}
          width={6}
          maxlength={8}
        />
        <CheckboxGroup
          name="items"
          legend={t("委托事项", "Matters")}
          hint={t("委托书写明全部议题的，一项也不用勾。", "Tick none if the letter speaks of all items.")}
          options={itemsOf(found).map((item) => ({
            value: String(item.itemNo),
            label: t(`议题${item.itemNo}：${item.title}`, `Item ${item.itemNo}: ${item.title}`),
          }))}
          values={valuesOf(body, "items")}
        />
        <TextArea
          name="instructions"
          label={t("业主写明的意见", "The owner's stated opinion")}
          hint={t("代理人应当按业主写明的意见投票。加密保存。", "The agent votes as the owner states. Kept encrypted.")}
          value={typed("instructions")}
          rows={3}
          maxlength={LONGEST_INSTRUCTIONS}
          optional={t("没有写明可不填", "if any")}
        />
        <DateTimeField
          name="validUntil"
          kind="date"
          label={t("委托期限到", "Valid until")}
          value={typed("validUntil") || closesOn}
        />
        <FileField
          name="scan"
          label={t("委托书扫描件或照片", "Scan or photograph of the letter")}
          accept="image/jpeg,image/png,image/webp,application/pdf"
          capture="environment"
          optional={t("建议附上", "recommended")}
        />
        <Confirm
          name="signed"
          label={t("委托书上有业主本人签名或盖章", "The owner has signed or sealed it")}
          checked={typed("signed") === "yes"}
        />
        <Confirm
          name="provider"
          label={t("代理人是物业服务企业的人员", "The agent works for the property service")}
          checked={typed("provider") === "yes"}
        />
        <Actions>
          <Button>{t("登记，并通知业主", "Record, and tell the owner")}</Button>
        </Actions>
      </Form>
    </Page>,
    problem ? (problem.status as 409 | 422) : 200,
  );
}

// Before the address of a voter, which would take “revoke” for one.
proxyPages.post(`${AT}/proxies/revoke`, records, async (c) => {
  const meeting = await deskMeeting(c);
  if (!meeting) return c.notFound();
  const body: Posted = await c.req.parseBody({ all: true });
  const scene = staffScene(c);
  const revoked = await revokeProxy(scene, {
    meetingId: meeting.id,
    proxyId: valuesOf(body, "proxy")[0] ?? "",
    by: scene.actor.personId,
  });
  if (revoked.ok) return c.redirect(hrefOf(c, meeting), 303);
  return revoked.error.reason === "unknown_proxy" ? c.notFound() : problemResponse(c, proxyProblem(revoked.error));
});

proxyPages.post(`${AT}/proxies/:voter`, records, async (c) => {
  const meeting = await deskMeeting(c);
  const voterNo = readVoterNo(c.req.param("voter"));
  if (!meeting || voterNo === null) return c.notFound();
  const body: Posted = await c.req.parseBody({ all: true });
  const typed = (name: string): string => valuesOf(body, name)[0] ?? "";
  const scan = body.scan instanceof File && body.scan.size > 0 ? body.scan : null;
  const key = typed("_once");
  const recorded = await recordProxy(staffScene(c), {
    meetingId: meeting.id,
    voterNo,
    terms: {
      agentName: typed("agentName").slice(0, 60),
      agentLastFour: typed("agentLastFour"),
      itemNos: valuesOf(body, "items").flatMap((text) => (/^\d{1,4}$/.test(text) ? Number(text) : [])),
      instructions: typed("instructions").slice(0, LONGEST_INSTRUCTIONS),
      validUntil: typed("validUntil"),
      signed: typed("signed") === "yes",
      agentIsProviderStaff: typed("provider") === "yes",
    },
    ...(scan ? { scan: { name: scan.name, bytes: new Uint8Array(await scan.arrayBuffer()) } } : {}),
    ...(/^[0-9a-z]{16}$/.test(key) ? { key } : {}),
  });
  if (recorded.ok) return c.redirect(`${hrefOf(c, meeting)}?done=1`, 303);
  const problem = recordProblem(recorded.error);
  return problem.status === 404 ? problemResponse(c, problem) : recordPage(c, body, problem);
});

proxyPages.get(`${AT}/proxies/scans/:file`, records, async (c) => {
  const { scene } = c.var;
  const meeting = await deskMeeting(c);
  if (!meeting) return c.notFound();
  const fileId = c.req.param("file");
  const [rows] = await scene.db.read(findScan(scene, meeting.id, fileId));
  const file = rows[0] ? await getFile(scene, fileId, "private") : null;
  if (!file) return c.notFound();
  return c.body(file.bytes as Uint8Array<ArrayBuffer>, 200, {
    "content-type": file.stored.mediaType,
    "content-disposition": "inline",
    "x-content-type-options": "nosniff",
  });
});

// The principal, by their own link and only after the second factor.
proxyPages.post("/vote/proxy/revoke", async (c) => {
  const entered = await enter(c);
  if (!entered.ok) return problemResponse(c, entered.error);
  const { session } = entered.value;
  if (session.factor === null) return askWho(c, entered.value);
  const body: Posted = await c.req.parseBody({ all: true });
  if (valuesOf(body, "_for")[0] !== ballotMark(session)) return problemResponse(c, ANOTHER_BALLOT);
  const revoked = await revokeProxy(c.var.scene, {
    meetingId: session.meetingId,
    voterNo: session.voterNo,
    proxyId: valuesOf(body, "proxy")[0] ?? "",
    by: "voter",
  });
  if (revoked.ok) return c.redirect(`/c/${c.var.scene.community.slug}/vote`, 303);
  return revoked.error.reason === "unknown_proxy" ? c.notFound() : problemResponse(c, proxyProblem(revoked.error));
});
