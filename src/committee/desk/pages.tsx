/** The committee's work at the desk in one page: what is due, and the doors to meetings, filings, authorisations, legal person and rules. Markup only. */
import { Hono } from "hono";
import { endOf } from "../../kernel/day.ts";
import { requires } from "../../platform/access.ts";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { frameOf } from "../../platform/frame.ts";
import { pick } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import { ButtonLink } from "../../platform/ui/buttons.tsx";
import { type LinkItem, LinkList } from "../../platform/ui/facts.tsx";
import { EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { Clock } from "../../platform/ui/steps.tsx";
import {
  committeeHref,
  deskAuthorisationsHref,
  deskCommitteeHref,
  deskEntityHref,
  deskFilingHref,
  deskHref,
  deskMandateHref,
  deskSessionHref,
  deskSessionsHref,
  PRACTICE_PATH,
} from "../addresses.ts";
import { FilingClock } from "../filing/shown.tsx";
import { type CommitteeView, readCommitteeView } from "../public/reading.ts";
import { HANDS } from "../sessions/desk/frame.tsx";
import { sessionNote } from "../sessions/desk/list.tsx";
import { listLiveSessions, type SessionRow } from "../sessions/store.ts";
import { StandingSection } from "../standing/shown.tsx";
import { FORM_WORDS, SESSION_TONE, SESSION_WORDS } from "../words.ts";

export const committeeDeskPages = new Hono<AppEnv>();

committeeDeskPages.get("/desk/committee", requires(...HANDS), async (c) => {
  const { t, scene, now } = c.var;
  const { slug } = scene.community;
  const view = await readCommitteeView(scene);
  const [live] = await scene.db.read(listLiveSessions(scene));
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t("业委会工作", "Committee")}
      breadcrumb={[{ href: deskHref(slug), label: t("工作台", "Desk") }]}
    >
      <h1>{t("业委会工作", "The committee's work")}</h1>
      {view.committee.mandate ? <StandingSection c={c} standing={view.standing} desk={true} /> : <NoMandate c={c} />}
      {view.firstMeetingBy === null ? null : (
        <Clock
          t={t}
          lang={c.var.lang}
          label={t("应在此前开第一次会，推选主任", "First meeting, to choose the chair, by")}
          at={endOf(view.firstMeetingBy)}
          now={now}
        />
      )}
      <FilingClock c={c} duties={view.filings} />
      <Live c={c} rows={live} />
      <h2>{t("去办理", "Where to")}</h2>
      <LinkList items={doors(c, view)} />
    </Page>,
  );
});

const NoMandate = ({ c }: { c: AppContext }) => {
  const { t, scene, actor } = c.var;
  return (
    <EmptyState
      title={t("还没有登记在任的业委会", "No committee in office is recorded")}
      action={
        actor.permissions.has("offices.manage") ? (
          <ButtonLink href={deskMandateHref(scene.community.slug)}>{t("登记本届", "Record the mandate")}</ButtonLink>
        ) : undefined
      }
    >
      {t(
        "会议、备案的期限和表决都从本届算起，要先登记届次、席位和任期。",
        "Meetings, filings and votes are measured against a mandate: which committee, its seats and its term.",
      )}
    </EmptyState>
  );
};

const Live = ({ c, rows }: { c: AppContext; rows: readonly SessionRow[] }) => {
  const { t, lang, scene } = c.var;
  if (rows.length === 0) return null;
  return (
    <>
      <h2>{t("正在进行的会议", "Meetings under way")}</h2>
      <LinkList
        items={rows.map((row) => ({
          href: deskSessionHref(scene.community.slug, row.number),
          title: row.title,
          note: sessionNote(row, c),
          status: <StatusWord tone={SESSION_TONE[row.state]}>{pick(SESSION_WORDS[row.state], lang)}</StatusWord>,
        }))}
      />
    </>
  );
};

function doors(c: AppContext, view: CommitteeView): LinkItem[] {
  const { t, lang, now, scene, actor } = c.var;
  const { slug } = scene.community;
  const may = (permission: Parameters<typeof actor.permissions.has>[0]): boolean => actor.permissions.has(permission);
  const late = view.entityDuties.filter(({ state }) => state === "overdue").length;
  return [
    {
      href: deskSessionsHref(slug),
      title: t("会议和决议", "Meetings and resolutions"),
      note: t("起草、公告、记录、签字、公布", "Draft, announce, record, sign, publish"),
    },
    {
      href: deskFilingHref(slug),
      title: t("备案", "Filings"),
      note: t("期限、备案材料下载、登记回执", "Clocks, the pack to download, receipts"),
      ...(view.filings.some(({ state }) => state === "overdue")
        ? { status: <StatusWord tone="bad">{t("已逾期", "Overdue")}</StatusWord> }
        : {}),
    },
    {
      href: deskAuthorisationsHref(slug),
      title: t("业主大会的授权", "Authorisations by the owners"),
      note: t("业委会凭授权可以决定哪些事", "What the committee may decide, and until when"),
    },
    {
      href: deskEntityHref(slug),
      title: t("法人、账户和印章", "Legal person, account, seals"),
      note: view.entity ? pick(FORM_WORDS[view.entity.form], lang) : t("还没有登记", "not recorded yet"),
      ...(late > 0 ? { status: <StatusWord tone="bad">{t("已逾期", "Overdue")}</StatusWord> } : {}),
    },
    ...(may("committee.record") || may("committee.publish")
      ? [
          {
            href: `${deskCommitteeHref(slug)}/contact`,
            title: t("业主怎样联系业委会", "How owners reach the committee"),
            note: view.contact.phone || t("还没有公布办公电话", "no number published yet"),
          },
        ]
      : []),
    ...(may("settings.manage") || may("committee.record")
      ? [
          {
            href: `/c/${slug}${PRACTICE_PATH}`,
            title: t("业委会的议事规则", "The committee's rules"),
            note: t("到会、表决、公告、备案的天数和比例", "Presence, votes, days of notice and filing"),
          },
        ]
      : []),
    ...(may("offices.manage") && !(view.committee.mandate && now < view.committee.mandate.untilAt)
      ? [
          {
            href: deskMandateHref(slug),
            title: t("登记本届业委会", "Record the committee in office"),
            note: t("届次、席位和任期", "Which one, its seats, its term"),
          },
        ]
      : []),
    { href: committeeHref(slug), title: t("公开页面", "The public page"), note: t("业主看到的", "What owners see") },
  ];
}
