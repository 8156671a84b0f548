/** The draw of a panel in public: what was committed to, what was revealed, and drawing it again, here or by two commands. A GET that shows; changes nothing. */

import { Hono } from "hono";
import { listOpenNow } from "../../../assembly/meeting/store.ts";
import { publicFrame } from "../../../assembly/public/frame.tsx";
import type { AppContext, AppEnv } from "../../../platform/context.ts";
import { Page } from "../../../platform/layout.tsx";
import { Button } from "../../../platform/ui/buttons.tsx";
import { Fact, FactList } from "../../../platform/ui/facts.tsx";
import { Field } from "../../../platform/ui/fields.tsx";
import { SearchForm } from "../../../platform/ui/forms.tsx";
import { sayInstant } from "../../../platform/ui/moments.ts";
import { Callout } from "../../../platform/ui/notices.tsx";
import { DataTable } from "../../../platform/ui/tables.tsx";
import { DrawByHand } from "../../../record/draw/explained.tsx";
import { readTenderNumber, tenderHref, tendersHref } from "../../addresses.ts";
import { byTenderNumber, findTender } from "../../store.ts";
import { type PanelDraw, type ReplayRefusal, replayDraw } from "./rules.ts";
import { findPanel, listMembers, type MemberRow, type PanelRow } from "./store.ts";

/** Mounted under /c/:slug. */
export const panelDrawPages = new Hono<AppEnv>();

const numbers = (json: string | null): number[] => JSON.parse(json ?? "[]") as number[];

panelDrawPages.get("/tenders/:number/panel-draw", async (c) => {
  const { t, lang, scene } = c.var;
  const { slug } = scene.community;
  const number = readTenderNumber(c.req.param("number"));
  if (number === null) return c.notFound();
  const key = byTenderNumber(scene, number);
  const [tenders, panels, members, openNow] = await scene.db.read(
    findTender(scene, key),
    findPanel(scene, key),
    listMembers(scene, key),
    listOpenNow(scene),
  );
  const [tender, panel] = [tenders[0], panels[0]];
  if (!tender || !panel) return c.notFound();
  return c.html(
    <Page
      {...publicFrame(c, openNow)}
      title={t("评审专家的抽签", "The draw of the experts")}
      breadcrumb={[
        { href: tendersHref(slug), label: t("选聘物业服务", "Tenders") },
        { href: tenderHref(slug, number), label: tender.title },
      ]}
    >
      <h1>{t("评审专家的抽签", "The draw of the experts")}</h1>
      <p class="lead">
        {t(
          "种子和当时的专家库先公布校验值，开标以后才揭开种子、抽出专家：谁也不能为某一家挑人。专家在公示中标候选人以前只显示编号。",
          "Seed and pool were committed to beforehand, and the seed revealed after the opening: nobody could choose for anybody. Until the candidates are published an expert is a number.",
        )}
      </p>
      <FactList>
        <Fact label={t("封存", "Committed")}>
          {sayInstant(panel.preparedAt, lang)}
          {tender.openedAt !== null && panel.preparedAt >= tender.openedAt
            ? t("（在开标以后）", " (after the opening)")
            : t("（在开标以前）", " (before the opening)")}
        </Fact>
        <Fact label={t("封存的校验值", "Commitment")}>
          <code>{panel.commitment}</code>
          <br />
          <a href={`/c/${slug}/record/${panel.leafHash}`}>{t("公开记录里的这一条", "Its entry in the record")}</a>
        </Fact>
        <Fact label={t("专家库里的人数", "Experts in the pool")}>{String(numbers(panel.pool).length)}</Fact>
        <Fact label={t("揭开的种子", "Seed revealed")}>
          {panel.seed === null ? t("开标以后抽取时", "when it is drawn, after the opening") : <code>{panel.seed}</code>}
        </Fact>
        {panel.purpose === null ? null : (
          <Fact label={t("用途", "Purpose")}>
            <code>{panel.purpose}</code>
          </Fact>
        )}
      </FactList>
      {panel.seed !== null && panel.purpose !== null ? (
        <Replay
          c={c}
          here={`${tenderHref(slug, number)}/panel-draw`}
          panel={panel}
          members={members}
          seed={panel.seed}
          purpose={panel.purpose}
        />
      ) : null}
    </Page>,
  );
});

const Replay = (props: {
  c: AppContext;
  here: string;
  panel: PanelRow;
  members: readonly MemberRow[];
  seed: string;
  purpose: string;
}) => {
  const { c, here, panel, members } = props;
  const { t } = c.var;
  const draw: PanelDraw = {
    commitment: panel.commitment,
    purpose: props.purpose,
    lots: numbers(panel.pool),
    drawn: numbers(panel.drawn),
  };
  const asked = c.req.query("seed");
  const replayed = replayDraw(draw, asked ?? props.seed);
  return (
    <>
      <h2>{t("重抽一次", "Draw again")}</h2>
      <SearchForm action={`${here}#order`}>
        <Field name="seed" label={t("种子（64位十六进制）", "Seed (64 hex digits)")} value={asked ?? props.seed} />
        <Button look="quiet">{t("重抽", "Draw")}</Button>
      </SearchForm>
      <section id="order">
        {replayed.ok ? (
          <>
            <Callout tone="good" title={t("与公布的一致", "As published")}>
              <p>
                {t(
                  "种子与封存的校验值相符，抽出的次序与公布的相同。",
                  "The seed fits the commitment, and gives the order that was published.",
                )}
              </p>
            </Callout>
            <DataTable
              caption={t("抽签结果", "The draw")}
              rows={replayed.value}
              columns={[
                {
                  label: t("次序", "Order"),
                  head: true,
                  cell: ({ number }, at) => t(`${at + 1}. ${number}号专家`, `${at + 1}. expert ${number}`),
                },
                { label: t("结果", "Outcome"), cell: ({ number }) => sayOutcome(c, panel, members, number) },
                {
                  label: t("签号（小的在前）", "Ticket (smallest first)"),
                  cell: ({ ticket }) => <code>{ticket}</code>,
                },
              ]}
            />
          </>
        ) : (
          <Differs c={c} refusal={replayed.error} />
        )}
      </section>
      <DrawByHand t={t} seed={props.seed} purpose={props.purpose} first={draw.drawn[0] ?? 1} />
    </>
  );
};

const CAUSES = {
  declared: { zh: "回避", en: "stood back" },
  related: { zh: "因利害关系更换", en: "replaced for a tie" },
  absent: { zh: "不能参加，已更换", en: "could not take part" },
};

function sayOutcome(c: AppContext, panel: PanelRow, members: readonly MemberRow[], number: number): string {
  const { t } = c.var;
  if (numbers(panel.passedOver).includes(number))
    return t("属于投标人单位，自动回避", "belongs to a bidder, passed over");
  const member = members.find(({ expertNo }) => expertNo === number);
  if (!member) return t("候补", "in reserve");
  if (member.leftCause !== null) return t(CAUSES[member.leftCause].zh, CAUSES[member.leftCause].en);
  return t(
    `评审组${member.memberNo}号成员${member.name === null ? "" : `　${member.name}`}`,
    `member ${member.memberNo} of the panel${member.name === null ? "" : `, ${member.name}`}`,
  );
}

const Differs = ({ c, refusal }: { c: AppContext; refusal: ReplayRefusal }) => {
  const { t } = c.var;
  switch (refusal.reason) {
    case "seed_malformed":
      return (
        <Callout tone="bad" title={t("这不是一个种子", "This is no seed")}>
          <p>
            {t(
              `应是${refusal.bytes}个字节，写成64位十六进制数字。`,
              `It has ${refusal.bytes} bytes, written as 64 hex digits.`,
            )}
          </p>
        </Callout>
      );
    case "another_seed":
      return (
        <Callout tone="bad" title={t("不是封存的种子，不能作数", "Not the seed that was committed to")}>
          <p>
            {t(
              `它的校验值是${refusal.commitment.slice(0, 16)}…。用它会抽出：${refusal.order.join("、")}。`,
              `Its commitment is ${refusal.commitment.slice(0, 16)}…. It would give: ${refusal.order.join(", ")}.`,
            )}
          </p>
        </Callout>
      );
    case "another_order":
      return (
        <Callout tone="bad" title={t("次序与公布的不同", "Another order than was published")}>
          <p>
            {t(
              `封存的种子抽出的是：${refusal.order.join("、")}。请向街道反映。`,
              `The committed seed gives: ${refusal.order.join(", ")}. Please tell the street.`,
            )}
          </p>
        </Callout>
      );
  }
};
