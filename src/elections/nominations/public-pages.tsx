/** Nominations as everyone reads them while names come in: numbers and channels, names behind a mask; and the page where a signed-in owner supports a joint one. */
import { Hono } from "hono";
import type { Child } from "hono/jsx";
import { listOpenNow } from "../../assembly/meeting/store.ts";
import { pageAsked, publicFrame } from "../../assembly/public/frame.tsx";
import { headAmong, readOwnRoll } from "../../owners/actions.ts";
import { actProblem } from "../../owners/problems.ts";
import { requiresOwner } from "../../owners/session.ts";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { pick } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Refused } from "../../platform/refused.tsx";
import { ButtonLink, PostButton } from "../../platform/ui/buttons.tsx";
import { Fact, FactList, LinkList } from "../../platform/ui/facts.tsx";
import { sayDeadline } from "../../platform/ui/moments.ts";
import { Callout, EmptyState } from "../../platform/ui/notices.tsx";
import { Pager } from "../../platform/ui/tables.tsx";
import { electionHref, electionsHref, readElectionNumber } from "../addresses.ts";
import { readMethod } from "../method/rules.ts";
import { byElectionNumber, type ElectionRow, findElection } from "../store.ts";
import { Ways } from "./own-frame.tsx";
import { nominationProblem } from "./problems.ts";
import { stageOfRow } from "./reading.ts";
import { isGiven, nominationsOpen } from "./rules.ts";
import {
  type CandidacyRow,
  channelsOf,
  countCandidacies,
  findCandidacy,
  listCandidacies,
  listSupportsBy,
} from "./store.ts";
import { StageWord } from "./summary.tsx";
import { setSupport } from "./supporting.ts";
import { CHANNEL_WORDS, candidateHref, nominationHref, nominationsHref, ownCandidacyHref } from "./words.ts";

/** Mounted under /c/:slug. */
export const nominationPublicPages = new Hono<AppEnv>();
const A_PAGE = 20;

/** Behind a mask until the list is out: what a person consents to when they agree to stand is the list, the ballot and the result. */
const shownName = (row: CandidacyRow): string => row.maskedName;

const channelList = (row: CandidacyRow, c: AppContext): string =>
  channelsOf(row)
    .map((channel) => pick(CHANNEL_WORDS[channel].name, c.var.lang))
    .join(c.var.t("、", "; "));

const Closes = ({ c, election }: { c: AppContext; election: ElectionRow }) => {
  const { t, lang, now } = c.var;
  const at = election.nominationsCloseAt;
  if (at === null) return <p>{t("提名还没有开始。", "Nominations have not opened yet.")}</p>;
  return (
    <p>
      {nominationsOpen(election, now).ok
        ? t(`提名到${sayDeadline(at, lang)}截止。`, `Nominations close on ${sayDeadline(at, lang)}.`)
        : t(`提名已于${sayDeadline(at, lang)}截止。`, `Nominations closed on ${sayDeadline(at, lang)}.`)}
    </p>
  );
};

nominationPublicPages.get("/elections/:number/nominations", async (c) => {
  const { t, scene } = c.var;
  const { slug } = scene.community;
  const number = readElectionNumber(c.req.param("number"));
  if (number === null) return c.notFound();
  const key = byElectionNumber(scene, number);
  const page = pageAsked(c);
  const [elections, count, rows, openNow] = await scene.db.read(
    findElection(scene, key),
    countCandidacies(scene, key),
    listCandidacies(scene, key, { limit: A_PAGE, offset: (page - 1) * A_PAGE }),
    listOpenNow(scene),
  );
  const election = elections[0];
  const pages = Math.max(1, Math.ceil((count[0]?.total ?? 0) / A_PAGE));
  if (!election || page > pages) return c.notFound();
  return c.html(
    <Page
      {...publicFrame(c, openNow)}
      title={t("提名", "Nominations")}
      breadcrumb={[
        { href: electionsHref(slug), label: t("业主委员会选举", "Elections") },
        { href: electionHref(slug, number), label: election.title },
      ]}
    >
      <h1>{t("提名", "Nominations")}</h1>
      <Closes c={c} election={election} />
      <p class="hint">
        {t(
          "不论经哪个渠道提名，都要本人同意、符合条件，面对同样的表决。候选人名单公布以前，姓名只显示一个字。",
          "Whichever way somebody is named, they have to agree, fulfil the conditions and face the same vote. Until the list of candidates is out, one character of the name is shown.",
        )}
      </p>
      <LinkList
        items={rows.map((row) => ({
          href: nominationHref(slug, number, row.number),
          title: t(`${row.number}号　${shownName(row)}`, `No. ${row.number}, ${shownName(row)}`),
          note: channelList(row, c),
          status: <StageWord c={c} stage={stageOfRow(election, row)} />,
        }))}
        empty={
          <EmptyState title={t("还没有提名", "No nomination yet")}>
            {t("提名期间，每个提名都会按编号列在这里。", "While names are taken, each will stand here by its number.")}
          </EmptyState>
        }
      />
      <Pager t={t} page={page} pages={pages} href={(n) => `${nominationsHref(slug, number)}?page=${n}`} />
      <Ways c={c} election={election} />
    </Page>,
  );
});

/** The election and the nomination of the address. */
interface OfAddress {
  readonly election: ElectionRow;
  readonly row: CandidacyRow;
  readonly openNow: Parameters<typeof publicFrame>[1];
}

async function ofAddress(c: AppContext): Promise<OfAddress | null> {
  const { scene } = c.var;
  const [number, no] = [readElectionNumber(c.req.param("number")), readElectionNumber(c.req.param("no"))];
  if (number === null || no === null) return null;
  const key = byElectionNumber(scene, number);
  const [elections, rows, openNow] = await scene.db.read(
    findElection(scene, key),
    findCandidacy(scene, key, no),
    listOpenNow(scene),
  );
  return elections[0] && rows[0] ? { election: elections[0], row: rows[0], openNow } : null;
}

nominationPublicPages.get("/elections/:number/nominations/:no", async (c) => {
  const found = await ofAddress(c);
  return found ? onePage(c, found) : c.notFound();
});

for (const [path, wanted] of [
  ["support", "given"],
  ["take-back", "taken_back"],
] as const)
  nominationPublicPages.post(`/elections/:number/nominations/:no/${path}`, requiresOwner, async (c) => {
    const found = await ofAddress(c);
    if (!found) return c.notFound();
    const { scene, owner } = c.var;
    const { election, row } = found;
    const done = await setSupport(scene, election.electionId, row.number, owner, wanted);
    if (done.ok)
      return c.redirect(`${nominationHref(scene.community.slug, election.number, row.number)}?done=${path}`, 303);
    return onePage(c, found, nominationProblem(done.error));
  });

async function onePage(c: AppContext, { election, row, openNow }: OfAddress, problem?: Problem) {
  const { t, scene } = c.var;
  const { slug } = scene.community;
  const here = nominationHref(slug, election.number, row.number);
  const least = readMethod(election.method).supportersLeast.value;
  const isJoint = channelsOf(row).includes("joint");
  const title = t(`${row.number}号提名`, `Nomination no. ${row.number}`);
  return c.html(
    <Page
      {...publicFrame(c, openNow)}
      title={title}
      switchHref={`${here}?lang=${t("en", "zh")}`}
      breadcrumb={[
        { href: electionHref(slug, election.number), label: election.title },
        { href: nominationsHref(slug, election.number), label: t("提名", "Nominations") },
      ]}
    >
      <h1>
        {title}
        {t("　", " ")}
        {shownName(row)}
      </h1>
      <Refused c={c} problem={problem} />
      <p>
        <StageWord c={c} stage={stageOfRow(election, row)} />
      </p>
      <FactList>
        <Fact label={t("提名渠道", "Named by")}>{channelList(row, c)}</Fact>
        {row.ballotOrder === null ? null : (
          <Fact label={t("候选人", "Candidate")}>
            <a href={candidateHref(slug, election.number, row.number)}>
              {t("看候选人页面", "See the candidate's page")}
            </a>
          </Fact>
        )}
        {isJoint ? (
          <Fact label={t("附议", "Supporters")}>
            {t(`${row.supports}人，需要${least}人`, `${row.supports}; ${least} are needed`)}
          </Fact>
        ) : null}
      </FactList>
      <Closes c={c} election={election} />
      {isJoint && row.withdrawnAt === null ? <OwnSupport c={c} election={election} row={row} here={here} /> : null}
      <h2>{t("怎么核对", "How to check")}</h2>
      <p>
        {t(
          "每一个附议、每一次撤回，公开记录里都有一条，只有密封值，看不出是谁。一位业主不论几处房屋只算一次。",
          "Each support, and each taken back, is an entry of the public record, sealed so that nobody is named. An owner counts once, however many homes.",
        )}{" "}
        <a href={`/c/${slug}/record/about/${election.electionId}`}>
          {t("看这次选举的记录", "Entries about this election")}
        </a>
      </p>
    </Page>,
    (problem?.status ?? 200) as 409,
  );
}

/** The reader's own support: the way to sign in, the button, or why not. */
const OwnSupport = async (props: { c: AppContext; election: ElectionRow; row: CandidacyRow; here: string }) => {
  const { c, election, row, here } = props;
  const { t, scene, now, formToken } = c.var;
  const isOpen = nominationsOpen(election, now).ok;
  const owner = await c.var.findOwner();
  const section = (content: Child) => (
    <section id="own">
      <h2>{t("您的附议", "Your support")}</h2>
      {content}
    </section>
  );
  if (!owner)
    return isOpen
      ? section(
          <>
            <p>
              {t(
                "业主登录后可以附议；在纸上签名交给选举小组，也一样有效。",
                "Signed in, owners can support it here; on paper, handed to the election group, is as good.",
              )}
            </p>
            <ButtonLink href={`/c/${scene.community.slug}/my/sign-in?next=${encodeURIComponent(here)}`}>
              {t("登录后附议", "Sign in to support it")}
            </ButtonLink>
          </>,
        )
      : null;
  if (owner.partyId === row.partyId)
    return section(
      <p>
        <a href={ownCandidacyHref(scene.community.slug, election.number)}>
          {t("被提名的是您：打开“我的参选”", "You are the one who was named: open your own page")}
        </a>
      </p>,
    );
  const { heads } = await readOwnRoll(scene, owner);
  const head = headAmong(heads, owner);
  if (!head.ok)
    return section(
      <Refused
        c={c}
        problem={actProblem(head.error, { zh: "您不能在网上附议", en: "You cannot support it online" })}
      />,
    );
  const [said] = await scene.db.read(listSupportsBy(scene, election.electionId, [head.value.headKey]));
  const mine = said.find(({ candidacyId }) => candidacyId === row.candidacyId);
  const done = c.req.query("done");
  if (mine && isGiven(mine))
    return section(
      <>
        <Callout tone="good" title={t("您已附议，并写入公开记录", "You support it; it is in the public record")} />
        {isOpen ? (
          <PostButton action={`${here}/take-back`} token={formToken} look="quiet">
            {t("撤回我的附议", "Take my support back")}
          </PostButton>
        ) : null}
      </>,
    );
  return section(
    <>
      {done === "take-back" ? (
        <Callout tone="good" title={t("已撤回，并写入公开记录", "Taken back, and in the public record")} />
      ) : null}
      {isOpen ? (
        <>
          <p>
            {t(
              `您（${owner.masked}）附议算一人。提名截止以前可以撤回。`,
              `Your support (${owner.masked}) counts as one owner. You can take it back until nominations close.`,
            )}
          </p>
          <PostButton action={`${here}/support`} token={formToken}>
            {t("附议这个提名", "Support this nomination")}
          </PostButton>
        </>
      ) : (
        <p>{t("提名已经截止，不再附议。", "Nominations are closed.")}</p>
      )}
    </>,
  );
};
