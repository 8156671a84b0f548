/** The page of a signed-in owner who was named: where it stands, what to do next, what was decided. */
import { Hono } from "hono";
import { requiresOwner } from "../../owners/session.ts";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { LinkList } from "../../platform/ui/facts.tsx";
import { Callout, EmptyState } from "../../platform/ui/notices.tsx";
import { Decisions } from "../candidates/eligibility/shown.tsx";
import { electionOf } from "../desk/frame.tsx";
import type { ElectionRow } from "../store.ts";
import type { Found } from "./answering.ts";
import { byOwner } from "./hand.ts";
import { Own, Ways } from "./own-frame.tsx";
import { personPages } from "./person/pages.tsx";
import { photoResponse } from "./photo-response.ts";
import { type CandidacyView, readCandidacy } from "./reading.ts";
import { findCandidacyOf } from "./store.ts";
import { Channels, DeclarationTable, ProfileFacts, StageWord } from "./summary.tsx";
import { candidateHref, nominationHref, ownCandidacyHref } from "./words.ts";

/** Mounted under /c/:slug. */
export const ownNominationPages = new Hono<AppEnv>();
const MY = "/elections/:number/my-candidacy";

/** The owner's own candidacy in the election of the address. */
async function findOwn(
  c: AppContext,
): Promise<{ readonly election: ElectionRow; readonly found: Found | null } | null> {
  const election = await electionOf(c);
  if (!election) return null;
  const { scene, owner } = c.var;
  const [rows] = await scene.db.read(findCandidacyOf(scene, election.electionId, owner.partyId));
  return { election, found: rows[0] ? { election, row: rows[0] } : null };
}

ownNominationPages.route(
  "/",
  personPages({
    path: MY,
    guard: requiresOwner,
    isPaper: false,
    find: async (c) => (await findOwn(c))?.found ?? null,
    hand: async (c) => ({ ok: true, value: byOwner(c.var.owner) }),
    base: (c, { election }) => ownCandidacyHref(c.var.scene.community.slug, election.number),
    Frame: ({ c, view, path, title, problem, children }) => (
      <Own
        c={c}
        election={view.election}
        path={`/my-candidacy${path}`}
        title={title}
        problem={problem}
        crumb={{
          href: ownCandidacyHref(c.var.scene.community.slug, view.election.number),
          label: c.var.t("我的参选", "My candidacy"),
        }}
      >
        {children}
      </Own>
    ),
  }),
);

ownNominationPages.get(`${MY}/photo`, requiresOwner, async (c) => {
  const own = await findOwn(c);
  if (!own?.found) return c.notFound();
  const { profile } = await readCandidacy(c.var.scene, own.found.election, own.found.row);
  return photoResponse(c, profile?.photoFile ?? null, false);
});

ownNominationPages.get(MY, requiresOwner, async (c) => {
  const own = await findOwn(c);
  if (!own) return c.notFound();
  const { t, scene } = c.var;
  const { election, found } = own;
  const title = t("我的参选", "My candidacy");
  if (!found)
    return c.html(
      <Own c={c} election={election} path="/my-candidacy" title={title}>
        <EmptyState title={t("您没有被提名", "You were not named")} action={<Ways c={c} election={election} />}>
          {t(
            "有人提名您，或者您自荐以后，要办的事会列在这里。",
            "Once somebody names you, or you do, what there is to do will stand here.",
          )}
        </EmptyState>
      </Own>,
    );
  const view = await readCandidacy(scene, election, found.row);
  return c.html(
    <Own c={c} election={election} path="/my-candidacy" title={title}>
      {c.req.query("done") === undefined ? null : (
        <Callout tone="good" title={t("已登记，并写入公开记录", "Recorded, and in the public record")} />
      )}
      <p>
        {t(`${found.row.number}号提名`, `Nomination no. ${found.row.number}`)} <StageWord c={c} stage={view.stage} />
      </p>
      <NextStep c={c} view={view} />
      <Todo c={c} view={view} />
      <Channels c={c} view={view} />
      {view.profile ? (
        <>
          <h2>{t("参选介绍", "Profile")}</h2>
          <ProfileFacts c={c} profile={view.profile} />
        </>
      ) : null}
      <DeclarationTable c={c} view={view} />
      {view.affiliation ? (
        <p>
          {t(
            `政治面貌（单独同意公开）：${view.affiliation}`,
            `Political affiliation (published with a separate consent): ${view.affiliation}`,
          )}
        </p>
      ) : null}
      <Decisions c={c} candidacyId={found.row.candidacyId} />
    </Own>,
  );
});

/** The one thing to do next, in a sentence. */
const NextStep = ({ c, view }: { c: AppContext; view: CandidacyView }) => {
  const { t, scene } = c.var;
  const { stage, row, election } = view;
  const { slug } = scene.community;
  const missing = [
    ...(row.profileVersion === 0 ? [t("填写参选介绍", "write your profile")] : []),
    ...(row.declarationVersion === 0 ? [t("签署利益关系申报", "sign the declaration of interests")] : []),
  ];
  switch (stage) {
    case "gathering":
      return (
        <Callout tone="info" title={t("还需要邻居附议", "More neighbours have to support it")}>
          <p>
            <a href={nominationHref(slug, election.number, row.number)}>
              {t("把这个页面发给邻居，登录就能附议", "Send this page to neighbours; signed in, they can support it")}
            </a>
          </p>
          {row.answer === null ? (
            <p>{t("您现在就可以答复是否同意参选。", "You can already say whether you agree to stand.")}</p>
          ) : null}
        </Callout>
      );
    case "waiting":
      return (
        <Callout tone="warn" title={t("请答复是否同意参选", "Please say whether you agree to stand")}>
          <p>{t("没有您的同意，您不会成为候选人。", "Without your yes you do not become a candidate.")}</p>
        </Callout>
      );
    case "examining":
      return missing.length > 0 ? (
        <Callout tone="warn" title={t("还差一步", "One more step")}>
          <p>{t(`请${missing.join("，")}。`, `Please ${missing.join(" and ")}.`)}</p>
        </Callout>
      ) : (
        <Callout tone="info" title={t("等待核对参选条件", "Waiting for the check")}>
          <p>
            {t(
              "核对和决定由两个人分别做，结果会写在这里。",
              "One person checks and another decides; it will stand here.",
            )}
          </p>
        </Callout>
      );
    case "standing":
      return (
        <Callout tone="good" title={t("您已列入候选人名单", "You are on the list of candidates")}>
          <p>
            <a href={candidateHref(slug, election.number, row.number)}>{t("业主看到的页面", "The page owners see")}</a>
          </p>
        </Callout>
      );
    default:
      return null;
  }
};

/** Everything that can be done now, each on a page of its own. */
const Todo = ({ c, view }: { c: AppContext; view: CandidacyView }) => {
  const { t, scene, now } = c.var;
  const { row, election } = view;
  const base = ownCandidacyHref(scene.community.slug, election.number);
  const open = election.state === "nominating" || election.state === "examining";
  if (row.withdrawnAt !== null) return null;
  const links: { path: string; title: string }[] = [];
  if (open && row.answer !== "accepted") links.push({ path: "/accept", title: t("同意参选", "Agree to stand") });
  if (open && row.answer === null) links.push({ path: "/decline", title: t("谢绝参选", "Decline") });
  if (row.answer === "accepted") {
    if (open) {
      links.push({
        path: "/profile",
        title: view.profile ? t("修改参选介绍", "Change your profile") : t("填写参选介绍", "Write your profile"),
      });
      links.push({
        path: "/declaration",
        title: view.declaration
          ? t("更正利益关系申报", "Correct the declaration")
          : t("签署利益关系申报", "Sign the declaration of interests"),
      });
      links.push({
        path: "/affiliation",
        title: t("政治面貌（可以不填）", "Political affiliation (may be left out)"),
      });
    }
    if (view.affiliation)
      links.push({ path: "/affiliation/take-back", title: t("撤回公开政治面貌", "Take back the affiliation") });
    if (row.outcome === "ineligible" && row.appealedAt === null && row.appealUntil !== null && now < row.appealUntil)
      links.push({ path: "/appeal", title: t("对资格决定申诉", "Appeal against the decision") });
    if (election.state !== "seated" && election.state !== "ended")
      links.push({ path: "/withdraw", title: t("退出参选", "Withdraw") });
  }
  if (links.length === 0) return null;
  return (
    <>
      <h2>{t("可以办的事", "What you can do")}</h2>
      <LinkList items={links.map(({ path, title }) => ({ href: `${base}${path}`, title }))} />
    </>
  );
};
