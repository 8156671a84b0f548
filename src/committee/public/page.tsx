/** The committee's public page: who sits and since when, what is due, how it is reached, what it decided, what came before. Shows; changes nothing. */
import { Hono } from "hono";
import { publicFrame } from "../../assembly/public/frame.tsx";
import { dayOf, endOf } from "../../kernel/day.ts";
import { TAKE_WORDS } from "../../offices/words.ts";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { pick } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import { Actions, ButtonLink } from "../../platform/ui/buttons.tsx";
import { Fact, FactList, LinkList } from "../../platform/ui/facts.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import { Callout, Details, EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { Clock } from "../../platform/ui/steps.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { shortCode } from "../../record/rules.ts";
import {
  committeeHref,
  disclosureHref,
  entityHref,
  filingsHref,
  resolutionHref,
  resolutionsHref,
  sessionsHref,
} from "../addresses.ts";
import { subjectWords } from "../entity/shown.tsx";
import { nextFiling } from "../filing/rules.ts";
import { FilingClock } from "../filing/shown.tsx";
import { resolutionNumber } from "../sessions/minutes/rules.ts";
import { StandingSection } from "../standing/shown.tsx";
import { FILING_TONE, FILING_WORDS, FORM_WORDS, REPORT_WORDS } from "../words.ts";
import { type CommitteeView, readCommitteeView } from "./reading.ts";
import { sessionItem } from "./sessions.tsx";

export const committeePages = new Hono<AppEnv>();

interface Props {
  readonly c: AppContext;
  readonly view: CommitteeView;
}

committeePages.get("/committee", async (c) => {
  const { t, scene } = c.var;
  const { slug, name } = scene.community;
  const view = await readCommitteeView(scene);
  const isNew = view.committee.mandate === null && view.committee.sitters.length === 0;
  return c.html(
    <Page
      {...publicFrame(c, view.openNow)}
      title={t("业主委员会", "Owners' committee")}
      breadcrumb={[{ href: `/c/${slug}`, label: t("首页", "Home") }]}
    >
      <h1>{t(`${name}业主委员会`, `Owners' committee of ${name}`)}</h1>
      {isNew ? (
        <EmptyState title={t("还没有登记业主委员会", "No committee is recorded yet")}>
          {t(
            "选出业主委员会以后，成员、任期、会议和决议都会公布在这里。",
            "Once one is elected, its members, term, meetings and resolutions stand here.",
          )}
        </EmptyState>
      ) : (
        <>
          <StandingSection c={c} standing={view.standing} />
          <Due c={c} view={view} />
          <Members c={c} view={view} />
          <Reach c={c} view={view} />
          <Work c={c} view={view} />
          <Papers c={c} view={view} />
          <Before c={c} view={view} />
        </>
      )}
    </Page>,
  );
});

/** What is due, and what is overdue: said to everyone, not only to those whose task it is. */
const Due = ({ c, view }: Props) => {
  const { t, lang, now } = c.var;
  const today = dayOf(now);
  const { firstMeetingBy, nextMeetingBy } = view;
  const late = view.entityDuties.filter(({ state }) => state === "overdue");
  return (
    <>
      {firstMeetingBy === null ? null : today <= firstMeetingBy ? (
        <Clock
          t={t}
          lang={lang}
          label={t("应在此前开第一次会，推选主任", "First meeting, to choose the chair, by")}
          at={endOf(firstMeetingBy)}
          now={now}
        />
      ) : (
        <Callout tone="bad" title={t("第一次会议已逾期", "The first meeting is overdue")}>
          <p>
            {t(
              `业委会应当在就任后七日内开会推选主任、副主任，最迟${sayDay(firstMeetingBy, lang)}（《业主大会和业主委员会指导规则》第三十二条）。`,
              `Within seven days of taking office the committee meets to choose its chair: by ${sayDay(firstMeetingBy, lang)} (Guiding Rules art. 32).`,
            )}
          </p>
        </Callout>
      )}
      {nextMeetingBy !== null && today > nextMeetingBy ? (
        <Callout tone="warn" title={t("定期会议已逾期", "The regular meeting is overdue")}>
          <p>
            {t(
              `按本小区的规则至少每${view.practice.meetEveryMonths.value}个月开一次会，最迟${sayDay(nextMeetingBy, lang)}。`,
              `By this estate's rules it meets at least every ${view.practice.meetEveryMonths.value} months: by ${sayDay(nextMeetingBy, lang)}.`,
            )}
          </p>
        </Callout>
      ) : null}
      <FilingClock c={c} duties={view.filings} />
      {late.length > 0 ? (
        <Callout tone="bad" title={t("应报送的材料已逾期", "Reports are overdue")}>
          <ul>
            {late.map((duty) => (
              <li>
                {pick(REPORT_WORDS[duty.kind], lang)}（{subjectWords(duty, c.var)}）
                {t(`，应在${sayDay(duty.dueOn, lang)}以前`, `, due ${sayDay(duty.dueOn, lang)}`)}
              </li>
            ))}
          </ul>
        </Callout>
      ) : null}
    </>
  );
};

const Members = ({ c, view }: Props) => {
  const { t, lang } = c.var;
  const { sitters, mandate } = view.committee;
  const end = mandate?.untilAt ?? null;
  const acts = new Map(view.committee.posts.map((seat) => [seat.tenureId, seat]));
  return (
    <section id="members">
      <h2>{t("成员", "Members")}</h2>
      <DataTable
        caption={t("现任成员", "Those in office")}
        quietCaption={true}
        rows={sitters}
        empty={
          <EmptyState title={t("现在没有成员在任", "Nobody sits now")}>
            {t("新一届选出以后显示在这里。", "Those elected next will stand here.")}
          </EmptyState>
        }
        columns={[
          { label: t("姓名", "Name"), head: true, cell: ({ name }) => name },
          {
            label: t("职务", "Post"),
            cell: ({ title, standing }) => (
              <>
                {pick(title, lang)}
                {standing === "alternate" ? <small class="quiet">{t("（列席，无表决权）", " (no vote)")}</small> : null}
              </>
            ),
          },
          {
            label: t("任期", "Term"),
            cell: ({ fromAt, untilAt }) => {
              const until = untilAt ?? end;
              return until === null
                ? t(`${sayDay(dayOf(fromAt), lang)}起`, `since ${sayDay(dayOf(fromAt), lang)}`)
                : t(
                    `${sayDay(dayOf(fromAt), lang)}至${sayDay(dayOf(until - 1), lang)}`,
                    `${sayDay(dayOf(fromAt), lang)} to ${sayDay(dayOf(until - 1), lang)}`,
                  );
            },
          },
          {
            label: t("产生", "By"),
            cell: ({ tenureId }) => {
              const seat = acts.get(tenureId);
              return seat ? pick(TAKE_WORDS[seat.act], lang) : "";
            },
          },
          { label: t("记录编号", "Record"), cell: ({ leafHash }) => <code>{shortCode(leafHash)}</code> },
        ]}
      />
    </section>
  );
};

/** By the office, never by a member's own number. */
const Reach = ({ c, view }: Props) => {
  const { t } = c.var;
  const { phone, place, hours } = view.contact;
  return (
    <section id="contact">
      <h2>{t("联系", "Contact")}</h2>
      {phone === "" && place === "" ? (
        <p class="quiet">
          {t(
            "业委会还没有公布办公电话和地点。可以请居民委员会或街道办事处转达。",
            "The committee has not published a number or place yet; the residents' committee or the street office will pass a word on.",
          )}
        </p>
      ) : (
        <FactList>
          {phone === "" ? null : (
            <Fact label={t("办公电话", "Telephone")}>
              <a href={`tel:${phone.replace(/[^\d+]/g, "")}`}>{phone}</a>
            </Fact>
          )}
          {place === "" ? null : <Fact label={t("办公地点", "Office")}>{place}</Fact>}
          {hours === "" ? null : <Fact label={t("时间", "Hours")}>{hours}</Fact>}
        </FactList>
      )}
    </section>
  );
};

const Work = ({ c, view }: Props) => {
  const { t, lang, scene } = c.var;
  const { slug } = scene.community;
  return (
    <>
      <section id="meetings">
        <h2>{t("会议", "Meetings")}</h2>
        <LinkList
          items={view.sessions.map((row) => sessionItem(c, row, view.practice))}
          empty={
            <EmptyState title={t("还没有公告过会议", "No meeting was announced yet")}>
              {t(
                "业委会开会要提前公告议题；开会后三天内公布会议记录。",
                "The committee announces its agenda beforehand and publishes its minutes within three days.",
              )}
            </EmptyState>
          }
        />
        {view.sessions.length > 0 ? (
          <p>
            <a href={sessionsHref(slug)}>{t("全部会议", "All meetings")}</a>
          </p>
        ) : null}
      </section>
      <section id="resolutions">
        <h2>{t("决议", "Resolutions")}</h2>
        <LinkList
          items={view.resolutions.map((row) => ({
            href: resolutionHref(slug, row.year, row.number),
            title: `${resolutionNumber(row.year, row.number)} ${row.title}`,
            note: t(`${sayDay(row.adoptedOn, lang)}通过`, `adopted ${sayDay(row.adoptedOn, lang)}`),
            ...(row.correctedByNumber === null
              ? {}
              : { status: <StatusWord tone="note">{t("已更正", "Corrected")}</StatusWord> }),
          }))}
          empty={<p class="quiet">{t("还没有作出过决议。", "No resolution was taken yet.")}</p>}
        />
        {view.moreResolutions ? (
          <p>
            <a href={resolutionsHref(slug)}>{t("全部决议", "All resolutions")}</a>
          </p>
        ) : null}
      </section>
    </>
  );
};

/** Where the committee stands with the authority, with the bank, and with what owners may see. */
const Papers = ({ c, view }: Props) => {
  const { t, lang, scene } = c.var;
  const { slug } = scene.community;
  const next = nextFiling(view.filings);
  const state = next?.state ?? view.filings[0]?.state;
  const base = committeeHref(slug);
  return (
    <section id="papers">
      <h2>{t("备案、账户和公开", "Filings, account, disclosure")}</h2>
      <LinkList
        items={[
          {
            href: filingsHref(slug),
            title: t("备案", "Filings"),
            note: next
              ? t(`应在${sayDay(next.dueOn, lang)}前备案`, `to be filed by ${sayDay(next.dueOn, lang)}`)
              : t("向区县主管部门和街道的备案记录", "What was filed with the authority and the street"),
            ...(state
              ? { status: <StatusWord tone={FILING_TONE[state]}>{pick(FILING_WORDS[state], lang)}</StatusWord> }
              : {}),
          },
          {
            href: entityHref(slug),
            title: t("法人、账户和印章", "Legal person, account, seals"),
            note: view.entity ? pick(FORM_WORDS[view.entity.form], lang) : t("还没有登记", "not recorded yet"),
          },
          {
            href: disclosureHref(slug),
            title: t("业主可以查阅什么", "What owners may see"),
            note: t(
              "规约、决定、合同、资金：每一类现在在哪里",
              "Covenant, decisions, contracts, funds: where each stands",
            ),
          },
          {
            href: `${base}/authorisations`,
            title: t("业主大会的授权", "Authorisations by the owners"),
            note: t("业委会凭授权可以决定哪些事", "What the committee may decide, and until when"),
          },
          {
            href: `${base}/recalls`,
            title: t("罢免", "Recalls"),
            note: t("提出过的罢免和结果", "Those proposed, and what came of them"),
          },
          {
            href: `${base}/handovers`,
            title: t("移交", "Handovers"),
            note: t("档案、印章、资金的移交清单", "Lists of what was handed over"),
          },
        ]}
      />
    </section>
  );
};

const Before = ({ c, view }: Props) => {
  const { t, lang } = c.var;
  const past = view.mandates.filter(({ mandateId }) => mandateId !== view.committee.mandate?.mandateId);
  return (
    <section id="mandates">
      <h2>{t("历届", "Earlier committees")}</h2>
      {past.length === 0 ? (
        <p class="quiet">{t("这里没有登记过以前的届次。", "No earlier one is recorded here.")}</p>
      ) : (
        <Details summary={t(`共${past.length}届`, `${past.length} of them`)} open={past.length <= 3}>
          <DataTable
            caption={t("历届业主委员会", "Committees of this estate")}
            quietCaption={true}
            rows={past}
            columns={[
              { label: t("届次", "No."), head: true, cell: ({ number }) => t(`第${number}届`, `No. ${number}`) },
              {
                label: t("任期", "Term"),
                cell: ({ fromAt, untilAt }) =>
                  t(
                    `${sayDay(dayOf(fromAt), lang)}至${sayDay(dayOf(untilAt - 1), lang)}`,
                    `${sayDay(dayOf(fromAt), lang)} to ${sayDay(dayOf(untilAt - 1), lang)}`,
                  ),
              },
              { label: t("席位", "Seats"), number: true, cell: ({ seats }) => seats },
              {
                label: t("产生依据", "By"),
                cell: ({ document, endedWhy }) => (endedWhy ? `${document}；${endedWhy}` : document),
              },
            ]}
          />
        </Details>
      )}
      <Actions>
        <ButtonLink look="quiet" href={`/c/${c.var.scene.community.slug}/offices`}>
          {t("任何一天谁在任职", "Who held office on any day")}
        </ButtonLink>
      </Actions>
    </section>
  );
};
