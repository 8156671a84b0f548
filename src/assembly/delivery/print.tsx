/** What is printed for the way to the doors: slips with a code, the sheet on which ballots are signed for, and ballots on paper. */
import { type Context, Hono } from "hono";
import type { Child } from "hono/jsx";
import { formatArea } from "../../kernel/area.ts";
import { requires } from "../../platform/access.ts";
import type { AppEnv } from "../../platform/context.ts";
import { frameOf } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import { Actions, ButtonLink } from "../../platform/ui/buttons.tsx";
import { sayDeadline, sayInstant } from "../../platform/ui/moments.ts";
import { Callout, EmptyState } from "../../platform/ui/notices.tsx";
import { Qr } from "../../platform/ui/qr.tsx";
import { Slip, Slips } from "../../platform/ui/sheets.tsx";
import { Pager } from "../../platform/ui/tables.tsx";
import { type Item, weightInScope } from "../agenda/rules.ts";
import { itemFrom } from "../ballots/store.ts";
import { optionWords } from "../ballots/words.ts";
import { linkAddress } from "../links/actions.ts";
import { deskMeetingHref, meetingHref } from "../meeting/addresses.ts";
import { listItems } from "../meeting/store.ts";
import { AT, type DeskMeeting, deskMeeting, readVoterNo } from "./at-desk.ts";
import { type DeliveryFilter, listForPrint, listUnitsOfBuilding, type PrintRow } from "./lists.ts";
import { delivers, deliveryHref, deskCrumbs, filterFrom, queryOf } from "./pages.tsx";

type C = Context<AppEnv>;

/** Mounted under /c/:slug. */
export const printPages = new Hono<AppEnv>();

/** So many ballots in one print: a page a household, and a browser lays out no more at once. */
const BALLOTS_A_PRINT = 60;

const NoBuilding = ({ c, meeting }: { c: C; meeting: DeskMeeting }) => (
  <EmptyState title={c.var.t("请先选择楼栋", "Choose a building first")}>
    <a href={deliveryHref(c.var.scene.community.slug, meeting.number)}>{c.var.t("回到送达页面", "Back to delivery")}</a>
  </EmptyState>
);

const shell = (c: C, meeting: DeskMeeting, title: string, content: Child) =>
  c.html(
    <Page {...frameOf(c, "staff")} title={title} breadcrumb={deskCrumbs(c, meeting)} wide>
      {content}
    </Page>,
  );

// Every slip carries a link that is good: printing them is for those who give links out.
printPages.get(`${AT}/slips`, requires("roll.write"), async (c) => {
  const { scene, t, lang } = c.var;
  const meeting = await deskMeeting(c);
  if (!meeting) return c.notFound();
  const filter = filterFrom((name) => c.req.query(name));
  if (!filter) return shell(c, meeting, t("通知单", "Slips"), <NoBuilding c={c} meeting={meeting} />);
  const [rows] = await scene.db.read(listForPrint(scene, meeting, filter));
  const linked = rows.filter((row): row is PrintRow & { nonce: string } => row.nonce !== null);
  return shell(
    c,
    meeting,
    t(`通知单：${filter.building}`, `Slips: ${filter.building}`),
    <>
      <div class="screen">
        <h1>{t(`通知单：${filter.building}`, `Slips: ${filter.building}`)}</h1>
        <Callout tone="warn" title={t("每张单上的二维码只属于那一户", "Each code belongs to one household")}>
          <p>
            {t(
              "打印后沿虚线剪开，当面交给本人或装进信封。不要拍照、不要张贴、不要放在公共处。打开后还要核对后四位才能投票。",
              "Print, cut along the dashes, hand over or put into an envelope. Do not photograph, post or leave them about. The last four are asked for before voting.",
            )}
          </p>
        </Callout>
        {linked.length < rows.length ? (
          <p class="hint">
            {t(
              `有${rows.length - linked.length}户没有有效链接，没有列出。`,
              `${rows.length - linked.length} households have no link in force and are left out.`,
            )}
          </p>
        ) : null}
      </div>
      <Slips>
        {linked.map((row) => (
          <Slip
            title={`${filter.building} ${row.rooms}`}
            qr={{ text: linkAddress(scene, meeting.id, row), label: t("扫码打开表决票", "Scan to open the ballot") }}
          >
            <p>
              {row.maskedName} · {scene.community.name}
            </p>
            <p>{meeting.title}</p>
            {meeting.opensAt === null || meeting.closesAt === null ? null : (
              <p>
                {t(
                  `${sayInstant(meeting.opensAt, lang)}至${sayDeadline(meeting.closesAt, lang)}，扫码，填登记手机号或证件号后四位即可投票。`,
                  `From ${sayInstant(meeting.opensAt, lang)} to ${sayDeadline(meeting.closesAt, lang)}: scan, give the last four of your phone or certificate, and vote.`,
                )}
              </p>
            )}
            <p>{t("不便上网可向召集人领取纸质表决票。", "A paper ballot is available from the convener.")}</p>
          </Slip>
        ))}
      </Slips>
    </>,
  );
});

printPages.get(`${AT}/sheet`, delivers, async (c) => {
  const { scene, t } = c.var;
  const meeting = await deskMeeting(c);
  if (!meeting) return c.notFound();
  const filter = filterFrom((name) => c.req.query(name));
  if (!filter) return shell(c, meeting, t("领票登记表", "Register"), <NoBuilding c={c} meeting={meeting} />);
  const [rows] = await scene.db.read(listForPrint(scene, meeting, filter));
  const heads = [
    t("序号", "No."),
    t("楼座房号", "Unit"),
    t("业主", "Owner"),
    t("建筑面积（㎡）", "Area (m²)"),
    t("领取人签名（业主/受托人）", "Received by (owner/agent)"),
    t("交票人签名（业主/受托人）", "Returned by (owner/agent)"),
    t("联系电话", "Phone"),
    t("备注", "Remarks"),
  ];
  return shell(
    c,
    meeting,
    t(`领、投票登记表：${filter.building}`, `Register of ballots: ${filter.building}`),
    <article class="sheet">
      <h1 class="sheet-title">{t("领、投票登记表", "Register of ballots handed out and returned")}</h1>
      <p class="sheet-number">
        {scene.community.name} · {meeting.title} · {filter.building}
      </p>
      <table>
        <thead>
          <tr>
            {heads.map((head) => (
              <th scope="col">{head}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>
              <td>{row.voterNo}</td>
              <th scope="row">
                {filter.building} {row.rooms}
              </th>
              <td>{row.maskedName}</td>
              <td class="num">{formatArea(row.areaDm2)}</td>
              <td />
              <td />
              <td />
              <td />
            </tr>
          ))}
        </tbody>
      </table>
      <p class="hint">
        {t(
          "序号为冻结名册中的序号，也是公开记录中的序号。面积为该业主在本次会议中的全部计票面积。",
          "The number is the line of the frozen roll and of the public record. The area is all that the owner counts with in this meeting.",
        )}
      </p>
    </article>,
  );
});

printPages.get(`${AT}/papers`, delivers, async (c) => {
  const { scene, t } = c.var;
  const meeting = await deskMeeting(c);
  if (!meeting) return c.notFound();
  const filter = filterFrom((name) => c.req.query(name));
  if (!filter) return shell(c, meeting, t("纸质表决票", "Paper ballots"), <NoBuilding c={c} meeting={meeting} />);
  const page = Math.max(1, Number(/^\d{1,4}$/.exec(c.req.query("page") ?? "")?.[0] ?? 1));
  const [items, rows, units] = await scene.db.read(
    listItems(scene, meeting.id),
    listForPrint(scene, meeting, filter),
    listUnitsOfBuilding(scene, meeting, filter.building),
  );
  const single = readVoterNo(c.req.query("voter"));
  const wanted = single === null ? rows : rows.filter(({ voterNo }) => voterNo === single);
  const shown = wanted.slice((page - 1) * BALLOTS_A_PRINT, page * BALLOTS_A_PRINT);
  const agenda = items.map(itemFrom);
  const held = Map.groupBy(
    units.map((unit) => ({ ...unit, counted: unit.counted === 1 })),
    ({ voterNo }) => voterNo,
  );
  return shell(
    c,
    meeting,
    t(`纸质表决票：${filter.building}`, `Paper ballots: ${filter.building}`),
    <>
      <div class="screen">
        <h1>{t(`纸质表决票：${filter.building}`, `Paper ballots: ${filter.building}`)}</h1>
        <p>
          {t(
            "每户一张，上方的存根由领票人签名后裁下留存。",
            "One a household; the stub at the top is signed by whoever takes it, cut off and kept.",
          )}
        </p>
        <Pager
          t={t}
          page={page}
          pages={Math.ceil(wanted.length / BALLOTS_A_PRINT)}
          href={(to) => `?${queryOf(filter, to)}`}
        />
        <Actions>
          <ButtonLink look="quiet" href={`${deliveryHref(scene.community.slug, meeting.number)}?${queryOf(filter)}`}>
            {t("回到送达名单", "Back to the list")}
          </ButtonLink>
        </Actions>
      </div>
      {shown.map((row) => (
        <PaperBallot
          c={c}
          meeting={meeting}
          place={`${filter.building} ${row.rooms}`}
          row={row}
          items={agenda.filter(({ scope }) => weightInScope(scope, held.get(row.voterNo) ?? []).owners > 0)}
        />
      ))}
    </>,
  );
});

/** One ballot in the accustomed form: stub, head, items with boxes, how to fill it in, signatures. */
const PaperBallot = (props: { c: C; meeting: DeskMeeting; place: string; row: PrintRow; items: readonly Item[] }) => {
  const { c, meeting, place, row, items } = props;
  const { t, lang, scene } = c.var;
  const blank = "＿＿＿＿＿＿＿＿";
  return (
    <article class="sheet">
      <p>
        {t("存根", "Stub")} · {t("序号", "No.")} {row.voterNo} · {place} · {formatArea(row.areaDm2)}㎡ ·{" "}
        {t("领票人签名", "Received by")}
        {blank} · {t("电话", "Phone")}
        {blank} · {t("领票时间", "When")}
        {blank}
      </p>
      <hr />
      <h2 class="sheet-title">
        {t(`${scene.community.name}业主大会会议表决票`, `${scene.community.name}: ballot of the owners' assembly`)}
      </h2>
      <p class="sheet-number">{meeting.title}</p>
      <table>
        <tbody>
          <tr>
            <th scope="row">{t("序号", "No.")}</th>
            <td>{row.voterNo}</td>
            <th scope="row">{t("楼座房号", "Unit")}</th>
            <td>{place}</td>
          </tr>
          <tr>
            <th scope="row">{t("业主", "Owner")}</th>
            <td>{row.maskedName}</td>
            <th scope="row">{t("计票面积", "Area")}</th>
            <td>{formatArea(row.areaDm2)}㎡</td>
          </tr>
          <tr>
            <th scope="row">{t("表决时间", "Voting")}</th>
            <td colspan={3}>
              {meeting.opensAt === null || meeting.closesAt === null
                ? ""
                : t(
                    `${sayInstant(meeting.opensAt, lang)}至${sayDeadline(meeting.closesAt, lang)}`,
                    `${sayInstant(meeting.opensAt, lang)} to ${sayDeadline(meeting.closesAt, lang)}`,
                  )}
            </td>
          </tr>
        </tbody>
      </table>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("议题", "Item")}</th>
            <th scope="col">{t("表决意见（在□内打√）", "Choice (tick a box)")}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr>
              <th scope="row">
                {item.itemNo}. {item.title}
              </th>
              <td>
                {item.question.kind === "approve_up_to"
                  ? t(`（最多选${item.question.atMost}项）`, `(at most ${item.question.atMost}) `)
                  : null}
                {item.question.options.map((option) => `□ ${optionWords(item, option, t)}　`).join("")}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div class="sheet-text">
        <p>
          {t(
            "填写说明：每项按要求打√；某一项没有选、多选或无法辨认的，该项作废，不影响其他项；没有签名的，不计入参与表决。截止前交到召集人处；已在网上投票的，以先收到的一票为准。",
            "How to fill it in: tick as asked for each item. An item left out, ticked too often or illegible is void, the others stand. Without a signature the ballot does not take part. Return it before the close; where a vote was cast online, the ballot received first counts.",
          )}
        </p>
      </div>
      <footer class="sheet-foot">
        <figure>
          <Qr
            text={`${scene.origin}${meetingHref(scene.community.slug, meeting.number)}`}
            label={t("扫码看公告全文", "Scan for the full notice")}
          />
          <figcaption>{t("扫码看公告全文", "Scan for the full notice")}</figcaption>
        </figure>
        <div class="sheet-signed">
          <p>
            {t("业主签名：", "Owner's signature: ")}
            {blank}
          </p>
          <p>
            {t("代理人签名（附委托书）：", "Agent's signature (with the authorisation): ")}
            {blank}
          </p>
          <p>{t("日期：　　　年　　月　　日", "Date: ________________")}</p>
        </div>
      </footer>
    </article>
  );
};

export const papersHref = (slug: string, meeting: DeskMeeting, filter: DeliveryFilter, voterNo: number): string =>
  `${deskMeetingHref(slug, meeting.number)}/papers?${queryOf(filter)}&voter=${voterNo}`;
