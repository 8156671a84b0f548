/** The draw of a panel in public: what was committed to, what was revealed, and drawing it again, here or by two commands. A GET that shows; changes nothing. */
import { Hono } from "hono";
import { listOpenNow } from "../../../assembly/meeting/store.ts";
import { publicFrame } from "../../../assembly/public/frame.tsx";
import type { AppContext, AppEnv } from "../../../platform/context.ts";
import { Page } from "../../../platform/layout.tsx";
import { Fact, FactList } from "../../../platform/ui/facts.tsx";
import { sayInstant } from "../../../platform/ui/moments.ts";
import { DrawAgain } from "../../../record/draw/explained.tsx";
import { readTenderNumber, tenderHref, tendersHref } from "../../addresses.ts";
import { byTenderNumber, findTender } from "../../store.ts";
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
        <DrawAgain
          c={c}
          here={`${tenderHref(slug, number)}/panel-draw`}
          seed={panel.seed}
          published={{
            commitment: panel.commitment,
            purpose: panel.purpose,
            lots: numbers(panel.pool),
            drawn: numbers(panel.drawn),
          }}
          columns={[
            {
              label: t("次序", "Order"),
              head: true,
              cell: ({ number: of }, at) => t(`${at + 1}. ${of}号专家`, `${at + 1}. expert ${of}`),
            },
            { label: t("结果", "Outcome"), cell: ({ number: of }) => sayOutcome(c, panel, members, of) },
          ]}
        />
      ) : null}
    </Page>,
  );
});

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
