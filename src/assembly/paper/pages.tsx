/** The desk's routes for ballots on paper: finding a voter, the sheets that wait, entering, and the photographs. */
import { type Context, Hono } from "hono";
import { listBuildings } from "../../community/snapshot/store.ts";
import { parseLocal } from "../../kernel/day.ts";
import { requires } from "../../platform/access.ts";
import { type AppEnv, staffScene } from "../../platform/context.ts";
import { getFile } from "../../platform/files.ts";
import { frameOf } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import { problemResponse } from "../../platform/problem.tsx";
import { Actions, ButtonLink, PostButton } from "../../platform/ui/buttons.tsx";
import { Fact, FactList, LinkList } from "../../platform/ui/facts.tsx";
import { sayInstant } from "../../platform/ui/moments.ts";
import { Callout, EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { shortCode } from "../../record/rules.ts";
import { itemsOf, type Posted, valuesOf } from "../ballots/answering.ts";
import { placeOf } from "../ballots/standing.tsx";
import { votingFrom, votingQueries } from "../ballots/store.ts";
import { channelWords } from "../ballots/words.ts";
import { AT, type DeskMeeting, deskMeeting, readVoterNo } from "../delivery/at-desk.ts";
import { FindHousehold, findHouseholds, placeAsked } from "../delivery/finding.tsx";
import { deskHref, deskMeetingHref, deskMeetingsHref } from "../meeting/addresses.ts";
import { findProxyOf } from "../proxies/store.ts";
import { enterPaper, openSheet } from "./actions.ts";
import { type EntryPage, entryPage, readingIn } from "./entry-page.tsx";
import { paperProblem } from "./problems.ts";
import {
  countSheets,
  findSheetFile,
  listEntriesOf,
  listOutcomesOf,
  listSettledSheets,
  listWaitingSheets,
  type PaperOutcome,
} from "./store.ts";

type C = Context<AppEnv>;

/** Mounted under /c/:slug. */
export const paperPages = new Hono<AppEnv>();
const reads = requires("paper.enter", "paper.confirm");

const MOST_WAITING = 200;

paperPages.get(`${AT}/paper`, reads, async (c) => {
  const { scene, t, lang, actor } = c.var;
  const meeting = await deskMeeting(c);
  if (!meeting) return c.notFound();
  const place = placeAsked(c);
  const [counts, waiting, settled, buildings, voters] = await scene.db.read(
    countSheets(scene, meeting.id),
    listWaitingSheets(scene, meeting.id, actor.personId, MOST_WAITING),
    listSettledSheets(scene, meeting.id, 20),
    listBuildings(scene, meeting.snapshot),
    findHouseholds(scene, meeting.snapshot, place),
  );
  const base = `${deskMeetingHref(scene.community.slug, meeting.number)}/paper`;
  const sheets = (outcome: PaperOutcome | "waiting"): number =>
    counts.find((row) => row.outcome === outcome)?.sheets ?? 0;
  const mayEnter = actor.permissions.has("paper.enter");
  return c.html(
    <Page {...frameOf(c, "staff")} title={t("纸质票", "Paper ballots")} breadcrumb={crumbs(c, meeting)}>
      <h1>{t("纸质票", "Paper ballots")}</h1>
      <FactList>
        <Fact label={t("待核对", "Waiting for a check")}>{sheets("waiting")}</Fact>
        <Fact label={t("已计入", "Counted")}>{sheets("counted")}</Fact>
        <Fact label={t("不计入", "Not counted")}>
          {t(
            `没有签名${sheets("unsigned")}张，已在别处投票${sheets("set_aside")}张，三次录入都不同${sheets("disputed")}张`,
            `${sheets("unsigned")} unsigned, ${sheets("set_aside")} voted otherwise, ${sheets("disputed")} read three ways`,
          )}
        </Fact>
      </FactList>
      <h2>{t("等待核对的票", "Sheets that wait")}</h2>
      <LinkList
        items={waiting.map((sheet) => ({
          href: `${base}/${sheet.voterNo}`,
          title: `${placeOf(sheet)} ${sheet.maskedName}`,
          note: t(`${sayInstant(sheet.receivedAt, lang)}收到`, `handed in ${sayInstant(sheet.receivedAt, lang)}`),
          status: sheet.enteredByMe ? (
            <StatusWord tone="off">{t("您已录入，等他人核对", "read by you; another checks")}</StatusWord>
          ) : (
            <StatusWord tone="waiting">
              {sheet.readings === 1
                ? t("等第二人录入", "second reader wanted")
                : t("两次不同，等第三人", "two differ; third reader wanted")}
            </StatusWord>
          ),
        }))}
        empty={
          <EmptyState title={t("没有等待核对的票", "Nothing is waiting")}>
            {t(
              "录入一张票以后，会在这里等另一位核对。",
              "A sheet that was entered waits here for somebody else to check.",
            )}
          </EmptyState>
        }
      />
      <h2>
        {mayEnter
          ? t("录入一张票：找到这一户", "Enter a sheet: find the household")
          : t("查找一户", "Find a household")}
      </h2>
      <FindHousehold c={c} base={base} place={place} buildings={buildings} found={voters} />
      {settled.length > 0 ? (
        <DataTable
          caption={t("最近处理完的票", "Settled last")}
          rows={settled}
          columns={[
            { label: t("房屋", "Unit"), cell: (sheet) => placeOf(sheet), head: true },
            { label: t("业主", "Owner"), cell: (sheet) => sheet.maskedName },
            { label: t("结果", "Outcome"), cell: (sheet) => <OutcomeWord c={c} outcome={sheet.outcome} /> },
            {
              label: t("短码", "Code"),
              cell: (sheet) => (sheet.ballotLeaf ? <code>{shortCode(sheet.ballotLeaf)}</code> : "—"),
            },
            { label: t("时间", "When"), cell: (sheet) => sayInstant(sheet.settledAt, lang) },
          ]}
        />
      ) : null}
    </Page>,
  );
});

const crumbs = (c: C, meeting: DeskMeeting) => {
  const { slug } = c.var.scene.community;
  return [
    { href: deskHref(slug), label: c.var.t("工作台", "Desk") },
    { href: deskMeetingsHref(slug), label: c.var.t("会议", "Meetings") },
    { href: deskMeetingHref(slug, meeting.number), label: meeting.title },
  ];
};

const OutcomeWord = ({ c, outcome }: { c: C; outcome: PaperOutcome }) => {
  const { t } = c.var;
  switch (outcome) {
    case "counted":
      return <StatusWord tone="good">{t("已计入", "counted")}</StatusWord>;
    case "unsigned":
      return <StatusWord tone="off">{t("没有签名，不计", "unsigned, not counted")}</StatusWord>;
    case "set_aside":
      return <StatusWord tone="off">{t("已在别处投票，不计", "voted otherwise, not counted")}</StatusWord>;
    case "disputed":
      return <StatusWord tone="bad">{t("三次录入都不同", "read three ways")}</StatusWord>;
  }
};

paperPages.get(`${AT}/paper/:voter`, reads, async (c) => showEntry(c));

/** The form for a voter's sheet, or what there is to say instead of it. */
async function showEntry(c: C, more: Pick<EntryPage, "body" | "errors" | "problem"> = {}): Promise<Response> {
  const { scene, t, lang, actor, formToken } = c.var;
  const meeting = await deskMeeting(c);
  const voterNo = readVoterNo(c.req.param("voter"));
  if (!meeting || voterNo === null) return c.notFound();
  const [entries, outcomes, proxies, ...rows] = await scene.db.read(
    listEntriesOf(scene, meeting.id, voterNo),
    listOutcomesOf(scene, meeting.id, voterNo),
    findProxyOf(scene, meeting.id, voterNo),
    ...votingQueries(scene, meeting.id, voterNo),
  );
  const found = votingFrom(...rows);
  if (!found) return c.notFound();
  const { paperNo, rows: readings } = openSheet(entries, outcomes);
  const base = `${deskMeetingHref(scene.community.slug, meeting.number)}/paper`;
  const { standing } = found;
  if (standing) {
    const isKept = outcomes.some(({ outcome }) => outcome === "set_aside");
    return c.html(
      <Page
        {...frameOf(c, "staff")}
        title={t("纸质票", "Paper ballot")}
        breadcrumb={[...crumbs(c, meeting), { href: base, label: t("纸质票", "Paper ballots") }]}
      >
        <h1>{t("这一户已经投过票", "This household has voted")}</h1>
        <FactList>
          <Fact label={t("计入的票", "The ballot that counts")}>
            {t(
              `${sayInstant(standing.castAt, lang)}，${channelWords(standing.channel, t)}`,
              `${sayInstant(standing.castAt, lang)}, ${channelWords(standing.channel, t)}`,
            )}
          </Fact>
          <Fact label={t("短码", "Code")}>
            <a href={`/c/${scene.community.slug}/record/${standing.leafHash}`}>
              <code>{shortCode(standing.leafHash)}</code>
            </a>
          </Fact>
        </FactList>
        {isKept ? (
          <Callout>
            <p>
              {t("之后收到的纸质票已登记为不计入。", "That a sheet came later has been recorded; it does not count.")}
            </p>
          </Callout>
        ) : (
          <>
            <p>
              {t(
                "如果手里还有这一户的纸质票，请登记它不计入；公开记录里会写明。",
                "If you hold a sheet of this household, record that it does not count; the public record will say so.",
              )}
            </p>
            <PostButton
              action={`${base}/${voterNo}`}
              token={formToken}
              hidden={{ sheet: String(paperNo), signed: "no" }}
              look="quiet"
            >
              {t("登记：收到纸质票，不计入", "Record: a sheet came and does not count")}
            </PostButton>
          </>
        )}
        <Actions>
          <ButtonLink look="quiet" href={base}>
            {t("返回列表", "Back to the list")}
          </ButtonLink>
        </Actions>
      </Page>,
    );
  }
  if (readings.some(({ enteredBy }) => enteredBy === actor.personId) && !more.problem) {
    const problem = paperProblem({ reason: "same_person_twice" });
    return c.html(
      <Page
        {...frameOf(c, "staff")}
        title={t("纸质票", "Paper ballot")}
        breadcrumb={[...crumbs(c, meeting), { href: base, label: t("纸质票", "Paper ballots") }]}
      >
        <h1>{t("您的录入已保存", "Your reading is saved")}</h1>
        <Callout tone="good">
          <p>{problem.detail[lang]}</p>
        </Callout>
        <Actions>
          <ButtonLink href={base}>{t("返回列表", "Back to the list")}</ButtonLink>
        </Actions>
      </Page>,
    );
  }
  return entryPage(c, {
    number: meeting.number,
    voterNo,
    found,
    sheet: paperNo,
    isFirst: readings.length === 0,
    fileId: readings[0]?.fileId ?? null,
    hasProxy: proxies.some(({ usedAt }) => usedAt === null),
    ...more,
  });
}

paperPages.post(`${AT}/paper/:voter`, reads, async (c) => {
  const scene = staffScene(c);
  const { t } = c.var;
  const meeting = await deskMeeting(c);
  const voterNo = readVoterNo(c.req.param("voter"));
  if (!meeting || voterNo === null) return c.notFound();
  const body: Posted = await c.req.parseBody({ all: true });
  const found = votingFrom(...(await scene.db.read(...votingQueries(scene, meeting.id, voterNo))));
  if (!found) return c.notFound();
  const { typed, errors } = readingIn(body, itemsOf(found), t);
  const at = valuesOf(body, "receivedAt")[0];
  const receivedAt = at === undefined ? undefined : parseLocal(at);
  if (receivedAt === null)
    errors.push({
      field: "receivedAt",
      message: t("请填写收票的日期和时间。", "Give the day and time it was handed in."),
    });
  if (errors.length > 0 && !found.standing) return showEntry(c, { body, errors });
  const photo = body.photo instanceof File && body.photo.size > 0 ? body.photo : null;
  const entered = await enterPaper(scene, {
    meetingId: meeting.id,
    voterNo,
    typed,
    sheet: Number(valuesOf(body, "sheet")[0]),
    ...(receivedAt ? { receivedAt } : {}),
    ...(photo ? { photo: { name: photo.name, bytes: new Uint8Array(await photo.arrayBuffer()) } } : {}),
  });
  const base = `${deskMeetingHref(scene.community.slug, meeting.number)}/paper`;
  if (entered.ok) return c.redirect(entered.value.state === "waiting" ? `${base}/${voterNo}` : base, 303);
  const problem = paperProblem(entered.error);
  return problem.status === 422 ? showEntry(c, { body, problem }) : problemResponse(c, problem);
});

// Only a photograph of a sheet of this meeting, and only for those who read sheets: any other file's id is nobody's here.
paperPages.get(`${AT}/paper/photos/:file`, reads, async (c) => {
  const { scene } = c.var;
  const meeting = await deskMeeting(c);
  if (!meeting) return c.notFound();
  const fileId = c.req.param("file");
  const [rows] = await scene.db.read(findSheetFile(scene, meeting.id, fileId));
  const file = rows[0] ? await getFile(scene, fileId, "private") : null;
  if (!file) return c.notFound();
  return c.body(file.bytes as Uint8Array<ArrayBuffer>, 200, {
    "content-type": file.stored.mediaType,
    "content-disposition": "inline",
    "x-content-type-options": "nosniff",
  });
});
