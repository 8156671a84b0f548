/** The published candidates: the list, one page for each, all alike, and their photographs. Objections are objection-pages.tsx, paper notice.tsx, the draw draw-page.tsx. */
import { Hono } from "hono";
import { listOpenNow } from "../../assembly/meeting/store.ts";
import { publicFrame } from "../../assembly/public/frame.tsx";
import { dayOf } from "../../kernel/day.ts";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import type { Query } from "../../platform/db.ts";
import { Page } from "../../platform/layout.tsx";
import { Actions, ButtonLink } from "../../platform/ui/buttons.tsx";
import { Fact, FactList, LinkList } from "../../platform/ui/facts.tsx";
import { sayDay, sayInstant } from "../../platform/ui/moments.ts";
import { Callout, Details, EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { electionHref, electionsHref, readElectionNumber } from "../addresses.ts";
import { readMethod } from "../method/rules.ts";
import { photoResponse } from "../nominations/photo-response.ts";
import { candidateHref, candidatesHref, drawHref } from "../nominations/words.ts";
import { byElectionNumber, type ElectionRow, findElection } from "../store.ts";
import { type CandidateObjectionRow, listCandidateObjections } from "./objecting.ts";
import { type DrawRow, findDraw } from "./order/store.ts";
import { nameSalt } from "./publishing.ts";
import { candidateQueries, candidatesFrom, type PublicCandidate } from "./reading.ts";
import { earliestVoting, lastDayToObject } from "./rules.ts";
import { CandidateFacts, Interests, Introduction, Standing } from "./shown.tsx";
import { standsNow } from "./store.ts";

/** Mounted under /c/:slug. */
export const candidatePublicPages = new Hono<AppEnv>();

export interface PublishedList {
  readonly election: ElectionRow;
  readonly candidates: readonly PublicCandidate[];
  readonly draw: DrawRow;
  readonly objections: readonly CandidateObjectionRow[];
}

/** The published list of the election an address names, with what else a page asks, in one round trip; null before it is out. */
export async function readList<const Q extends readonly Query[]>(
  c: AppContext,
  ...also: Q
): Promise<{
  readonly list: PublishedList;
  readonly also: { [I in keyof Q]: Q[I] extends Query<infer R> ? R : never };
} | null> {
  const { scene } = c.var;
  const number = readElectionNumber(c.req.param("number"));
  if (number === null) return null;
  const key = byElectionNumber(scene, number);
  const [elections, draws, objections, rows, channels, profiles, declarations, affiliations, ...rest] =
    await scene.db.read(
      findElection(scene, key),
      findDraw(scene, key),
      listCandidateObjections(scene, key),
      ...candidateQueries(scene, key),
      ...also,
    );
  const [election, draw] = [elections[0], draws[0]];
  if (!election || !draw) return null;
  const candidates = await candidatesFrom(scene, rows, channels, profiles, declarations, affiliations);
  return { list: { election, candidates, draw, objections }, also: rest as never };
}

/** The days that count from the publication: objections until, voting from. */
export function daysOf({ election }: Pick<PublishedList, "election">): { objectUntil: string; votingFrom: string } {
  const method = readMethod(election.method);
  const publishedOn = dayOf(election.candidatesPublishedAt ?? 0);
  const values = {
    candidatesBeforeDays: method.candidatesBeforeDays.value,
    candidatesPublicDays: method.candidatesPublicDays.value,
  };
  return {
    objectUntil: lastDayToObject(publishedOn, values.candidatesPublicDays),
    votingFrom: earliestVoting(publishedOn, values),
  };
}

export const crumbsTo = (c: AppContext, election: ElectionRow) => {
  const { t, scene } = c.var;
  const { slug } = scene.community;
  return [
    { href: electionsHref(slug), label: t("业主委员会选举", "Elections") },
    { href: electionHref(slug, election.number), label: election.title },
  ];
};

/** Rows in the order of the ballot; who left before the paper stood is said at the end, by number alone. */
export const CandidateList = ({ c, list }: { c: AppContext; list: Pick<PublishedList, "election" | "candidates"> }) => {
  const { t, lang, scene } = c.var;
  const { election, candidates } = list;
  const shown = candidates.filter(({ row }) => standsNow(row) || row.withdrawnFrozen === 1 || row.withdrawnAt === null);
  const gone = candidates.filter((one) => !shown.includes(one));
  return (
    <>
      <LinkList
        items={shown.map((one, at) => ({
          href: candidateHref(scene.community.slug, election.number, one.row.number),
          title: `${at + 1}. ${one.row.publicName}`,
          note: [one.row.address, one.occupation].filter((part) => part !== "").join(t("，", ", ")),
          ...(standsNow(one.row)
            ? {}
            : {
                status: (
                  <StatusWord tone="off">
                    {one.row.withdrawnAt === null ? t("已取消资格", "struck") : t("已退出", "withdrawn")}
                  </StatusWord>
                ),
              }),
        }))}
        empty={
          <EmptyState title={t("候选人都已退出", "Every candidate has left")}>
            {t("选举小组会公布接下来怎么办。", "The election group will say what comes next.")}
          </EmptyState>
        }
      />
      {gone.map(({ row }) => (
        <p class="hint">
          {t(
            `${row.number}号提名的候选人已于${row.withdrawnAt === null ? "" : sayInstant(row.withdrawnAt, lang)}退出，不上选票。`,
            `The candidate of nomination no. ${row.number} withdrew on ${row.withdrawnAt === null ? "" : sayInstant(row.withdrawnAt, lang)} and is not on the paper.`,
          )}
        </p>
      ))}
    </>
  );
};

candidatePublicPages.get("/elections/:number/candidates", async (c) => {
  const read = await readList(c, listOpenNow(c.var.scene));
  if (!read) return c.notFound();
  const { t, lang, scene } = c.var;
  const { slug } = scene.community;
  const { list, also } = read;
  const { election, draw } = list;
  const { objectUntil, votingFrom } = daysOf(list);
  return c.html(
    <Page {...publicFrame(c, also[0])} title={t("候选人", "Candidates")} breadcrumb={crumbsTo(c, election)}>
      <h1>{t("候选人", "Candidates")}</h1>
      <p class="lead">
        {t(
          `应选${readMethod(election.method).seats.value}人。顺序由公开的抽签决定，每位候选人的页面一样。`,
          `${readMethod(election.method).seats.value} seats. The order was drawn in public; every candidate has the same page.`,
        )}
      </p>
      {draw.fewerReason ? (
        <Callout tone="warn" title={t("候选人少于应有人数", "There are fewer candidates than there should be")}>
          <p>
            {t("选举小组决定继续，理由：", "The group decided to go on, because: ")}
            {draw.fewerReason}
          </p>
        </Callout>
      ) : null}
      <CandidateList c={c} list={list} />
      <FactList>
        <Fact label={t("公布", "Published")}>
          {election.candidatesPublishedAt === null ? "" : sayInstant(election.candidatesPublishedAt, lang)}
        </Fact>
        <Fact label={t("异议期到", "Objections until")}>
          {sayDay(objectUntil, lang, { weekday: true })}
          {t("24:00", ", 24:00")}
        </Fact>
        <Fact label={t("最早表决", "Voting no earlier than")}>{sayDay(votingFrom, lang, { weekday: true })}</Fact>
      </FactList>
      <Actions>
        <ButtonLink look="quiet" href={`${candidatesHref(slug, election.number)}/notice`}>
          {t("打印公告", "The notice in print")}
        </ButtonLink>
        <ButtonLink look="quiet" href={drawHref(slug, election.number)}>
          {t("重抽一次顺序", "Draw the order again")}
        </ButtonLink>
      </Actions>
    </Page>,
  );
});

/** The candidate of `:no`, when their page may be seen: who left before the paper stood has none. */
function candidateOf(c: AppContext, { candidates }: PublishedList): PublicCandidate | undefined {
  const no = readElectionNumber(c.req.param("no"));
  const one = candidates.find(({ row }) => row.number === no);
  return one && (one.row.withdrawnAt === null || one.row.withdrawnFrozen === 1) ? one : undefined;
}

candidatePublicPages.get("/elections/:number/candidates/:no/photo", async (c) => {
  const read = await readList(c);
  const one = read ? candidateOf(c, read.list) : undefined;
  return one ? photoResponse(c, one.photoFile, true) : c.notFound();
});

candidatePublicPages.get("/elections/:number/candidates/:no", async (c) => {
  const read = await readList(c, listOpenNow(c.var.scene));
  const one = read ? candidateOf(c, read.list) : undefined;
  if (!read || !one) return c.notFound();
  const { t, scene } = c.var;
  const { slug } = scene.community;
  const { election } = read.list;
  const here = candidateHref(slug, election.number, one.row.number);
  return c.html(
    <Page
      {...publicFrame(c, read.also[0])}
      title={one.row.publicName}
      breadcrumb={[
        ...crumbsTo(c, election),
        { href: candidatesHref(slug, election.number), label: t("候选人", "Candidates") },
      ]}
    >
      <h1>{one.row.publicName}</h1>
      <Standing c={c} one={one} />
      <CandidateFacts c={c} one={one} photo={one.photoFile === null ? null : `${here}/photo`} />
      <h2>{t("自我介绍", "About themselves")}</h2>
      <Introduction one={one} />
      <h2>{t("利益关系申报", "Declaration of interests")}</h2>
      <Interests c={c} one={one} />
      <Objections c={c} list={read.list} one={one} here={here} />
      <Details summary={t("怎么核对这一页？", "How to check this page")}>
        <p>
          {t(
            "公开记录里没有姓名，只有密封值：SHA-256（下面的16字节盐 ‖ 加引号的姓名）。公布候选人的那一条里有每个人的密封值。",
            "The record has no names but commitments: SHA-256 of the 16 bytes of salt below followed by the name in quotes. The entry that published the list has one for each.",
          )}{" "}
          <a href={`/c/${slug}/record/about/${election.electionId}`}>
            {t("看这次选举的记录", "Entries about this election")}
          </a>
        </p>
        <p>
          {t("盐：", "Salt: ")}
          <code>{nameSalt(scene, one.row.candidateId)}</code>
        </p>
      </Details>
    </Page>,
  );
});

/** What was objected to and answered, in public words; and the way to object. */
const Objections = (props: { c: AppContext; list: PublishedList; one: PublicCandidate; here: string }) => {
  const { c, list, one, here } = props;
  const { t, lang, now } = c.var;
  const own = list.objections.filter(({ candidacyId }) => candidacyId === one.row.candidateId);
  const { objectUntil } = daysOf(list);
  const isOpen = dayOf(now) <= objectUntil && ["standing", "voting"].includes(list.election.state);
  if (own.length === 0 && !isOpen) return null;
  return (
    <section id="objections">
      <h2>{t("异议", "Objections")}</h2>
      {own.map((ticket, at) => (
        <FactList>
          <Fact label={t(`第${at + 1}件`, `No. ${at + 1}`)}>{sayInstant(ticket.madeAt, lang)}</Fact>
          <Fact label={t("答复", "Answer")}>
            {ticket.answer ?? t("尚未答复，表决开始以前必须答复", "not answered yet; it must be before voting opens")}
          </Fact>
        </FactList>
      ))}
      {isOpen ? (
        <p>
          <a href={`${here}/objection`}>
            {t(
              `业主可以提出异议，到${sayDay(objectUntil, "zh")}24:00`,
              `Owners may object until ${sayDay(objectUntil, "en")}, 24:00`,
            )}
          </a>
        </p>
      ) : null}
    </section>
  );
};
