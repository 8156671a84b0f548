/** One nomination at the desk: what there is of it, signatures from further sheets, papers, and the way on to checking and deciding. Entering a person's own words from paper is person/pages.tsx. */

import { Hono } from "hono";
import type { Child } from "hono/jsx";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { getFile } from "../../platform/files.ts";
import { one } from "../../platform/form-body.ts";
import type { Problem } from "../../platform/problem.tsx";
import { problemErrors } from "../../platform/refused.tsx";
import { Actions, Button } from "../../platform/ui/buttons.tsx";
import { Fact, FactList, LinkList } from "../../platform/ui/facts.tsx";
import { FileField, TextArea } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, type FieldError, Form } from "../../platform/ui/forms.tsx";
import { sayInstant } from "../../platform/ui/moments.ts";
import { Callout } from "../../platform/ui/notices.tsx";
import { readElectionNumber } from "../addresses.ts";
import { CheckSections } from "../candidates/desk-check.tsx";
import { ElectionDesk, electionOf } from "../desk/frame.tsx";
import type { ElectionRow } from "../store.ts";
import type { Found } from "./answering.ts";
import { NOMINATION_READS } from "./desk-list.tsx";
import { onPaper } from "./hand.ts";
import { linesOf, uploadOf } from "./person/form.ts";
import { personPages } from "./person/pages.tsx";
import { photoResponse } from "./photo-response.ts";
import { nominationProblem } from "./problems.ts";
import { type CandidacyView, readCandidacy } from "./reading.ts";
import { nominationsOpen } from "./rules.ts";
import { channelsOf, findCandidacy, listPaperOf } from "./store.ts";
import { Channels, DeclarationTable, ProfileFacts, StageWord } from "./summary.tsx";
import { supportOnPaper } from "./supporting.ts";
import { deskNominationHref, deskNominationsHref } from "./words.ts";

/** Mounted under /c/:slug. */
export const nominationDeskOnePages = new Hono<AppEnv>();
const ONE = "/desk/elections/:number/nominations/:no";
const reads = requires(...NOMINATION_READS);
const prepares = requires("election.prepare");

/** The nomination of the address. */
export async function findAtDesk(c: AppContext): Promise<Found | null> {
  const election = await electionOf(c);
  const no = readElectionNumber(c.req.param("no"));
  if (!election || no === null) return null;
  const [rows] = await c.var.scene.db.read(findCandidacy(c.var.scene, election.electionId, no));
  return rows[0] ? { election, row: rows[0] } : null;
}

export const titleOf = (c: AppContext, view: Pick<CandidacyView, "row" | "name">): string =>
  c.var.t(`${view.row.number}号提名　${view.name}`, `Nomination no. ${view.row.number}, ${view.name}`);

/** A page of the desk below one nomination. */
export const NominationDesk = (props: {
  c: AppContext;
  election: ElectionRow;
  number: number;
  path: string;
  title: string;
  problem?: Problem | undefined;
  done?: string | undefined;
  children?: Child;
}) => (
  <ElectionDesk
    c={props.c}
    row={props.election}
    path={`/nominations/${props.number}${props.path}`}
    title={props.title}
    problem={props.problem}
    done={props.done}
  >
    {props.path === "" ? null : (
      <p>
        <a href={deskNominationHref(props.c.var.scene.community.slug, props.election.number, props.number)}>
          {props.c.var.t(`回到${props.number}号提名`, `Back to nomination no. ${props.number}`)}
        </a>
      </p>
    )}
    {props.children}
  </ElectionDesk>
);

nominationDeskOnePages.route(
  "/",
  personPages({
    path: ONE,
    guard: prepares,
    isPaper: true,
    find: findAtDesk,
    hand: async (c, body) => onPaper(staffScene(c), await uploadOf(body, "paper")),
    base: (c, { election, row }) => deskNominationHref(c.var.scene.community.slug, election.number, row.number),
    Frame: ({ c, view, path, title, problem, children }) => (
      <NominationDesk
        c={c}
        election={view.election}
        number={view.row.number}
        path={path}
        title={`${title}${c.var.t("：", ": ")}${view.name}`}
        problem={problem}
      >
        {children}
      </NominationDesk>
    ),
  }),
);

nominationDeskOnePages.get(`${ONE}/photo`, reads, async (c) => {
  const found = await findAtDesk(c);
  if (!found) return c.notFound();
  const { profile } = await readCandidacy(c.var.scene, found.election, found.row);
  return photoResponse(c, profile?.photoFile ?? null, false);
});

/** A paper that belongs to this nomination, and to no other. */
nominationDeskOnePages.get(`${ONE}/papers/:fileId`, reads, async (c) => {
  const found = await findAtDesk(c);
  if (!found) return c.notFound();
  const { scene } = c.var;
  const fileId = c.req.param("fileId");
  const [papers] = await scene.db.read(listPaperOf(scene, found.row.candidacyId));
  const file = papers.some((paper) => paper.fileId === fileId) ? await getFile(scene, fileId, "private") : null;
  if (!file) return c.notFound();
  return c.body(file.bytes as Uint8Array<ArrayBuffer>, 200, {
    "content-type": file.stored.mediaType,
    "content-disposition": `inline; filename*=UTF-8''${encodeURIComponent(file.stored.name)}`,
    "cache-control": "private, no-store",
  });
});

nominationDeskOnePages.get(ONE, reads, async (c) => {
  const found = await findAtDesk(c);
  return found ? onePage(c, found) : c.notFound();
});

export async function onePage(c: AppContext, found: Found, problem?: Problem) {
  const { t, lang, scene, actor, now } = c.var;
  const { slug } = scene.community;
  const { election, row } = found;
  const view = await readCandidacy(scene, election, row);
  const [papers] = await scene.db.read(listPaperOf(scene, row.candidacyId));
  const base = deskNominationHref(slug, election.number, row.number);
  const errors = problemErrors(c, problem);
  const prepares = actor.permissions.has("election.prepare");
  return c.html(
    <NominationDesk
      c={c}
      election={election}
      number={row.number}
      path=""
      title={titleOf(c, view)}
      problem={problem}
      done={t("已登记，并写入公开记录", "Recorded, and in the public record")}
    >
      <p>
        <a href={deskNominationsHref(slug, election.number)}>{t("全部提名", "All nominations")}</a>
      </p>
      <p>
        <StageWord c={c} stage={view.stage} />
      </p>
      <DeskNext c={c} view={view} base={base} />
      {prepares ? <PaperActs c={c} view={view} base={base} /> : null}
      <h2>{t("提名", "Named by")}</h2>
      <Channels c={c} view={view} />
      {prepares && channelsOf(row).includes("joint") && nominationsOpen(election, now).ok ? (
        <SheetForm c={c} base={base} errors={errors} />
      ) : null}
      <h2>{t("本人", "The person")}</h2>
      <FactList>
        <Fact label={t("参选的人", "Who stands")}>
          {view.person ?? t("还没有同意", "has not agreed yet")}
          {row.sentByOwner === 1 ? t(`（${view.name}委派）`, ` (sent by ${view.name})`) : ""}
        </Fact>
        {view.phone ? <Fact label={t("手机号", "Mobile")}>{view.phone}</Fact> : null}
        {row.withdrawnAt === null ? null : (
          <Fact label={t("退出", "Withdrawn")}>{sayInstant(row.withdrawnAt, lang)}</Fact>
        )}
      </FactList>
      {view.profile ? <ProfileFacts c={c} profile={view.profile} /> : null}
      <DeclarationTable c={c} view={view} />
      {papers.length > 0 ? (
        <>
          <h2>{t("纸件", "Papers")}</h2>
          <LinkList
            items={papers.map(({ fileId, what, at }) => ({
              href: `${base}/papers/${fileId}`,
              title: t(PAPER_WORDS[what].zh, PAPER_WORDS[what].en),
              note: sayInstant(at, lang),
            }))}
          />
        </>
      ) : null}
      <CheckSections c={c} view={view} base={base} />
    </NominationDesk>,
    (problem?.status ?? 200) as 422,
  );
}

/** What this nomination waits for, and whom; with the way there where it is the reader. */
const DeskNext = ({ c, view, base }: { c: AppContext; view: CandidacyView; base: string }) => {
  const { t, actor } = c.var;
  const { row, stage } = view;
  const may = (permission: "election.prepare" | "election.decide" | "election.appeal"): boolean =>
    actor.permissions.has(permission);
  const waits = (zh: string, en: string, href: string | null) => (
    <Callout title={t("接下来", "Next")}>
      <p>{href === null ? t(zh, en) : <a href={href}>{t(zh, en)}</a>}</p>
    </Callout>
  );
  switch (stage) {
    case "gathering":
      return waits("等业主附议。", "More owners have to support it.", null);
    case "waiting":
      return waits(
        "等本人答复：在业主专页，或者签纸质同意书。",
        "The person has to answer: in their corner, or on signed paper.",
        null,
      );
    case "appealed":
      return waits(
        "街道裁定申诉。",
        "The street rules on the appeal.",
        may("election.appeal") ? `${base}#check` : null,
      );
    case "examining":
      if (row.profileVersion === 0 || row.declarationVersion === 0)
        return waits("等本人填写介绍、签署申报。", "The person has to write a profile and sign the declaration.", null);
      return row.sheetNo === 0
        ? waits("填写核对表。", "Fill in the checklist.", may("election.prepare") ? `${base}/checklist` : null)
        : waits("由另一个人作出决定。", "Another person decides.", may("election.decide") ? `${base}#check` : null);
    default:
      return null;
  }
};

const PAPER_WORDS = {
  nomination: { zh: "提名表", en: "The nomination" },
  support: { zh: "联名签名表", en: "Signatures" },
  answer: { zh: "本人的答复", en: "The person's answer" },
  authorisation: { zh: "单位委派书", en: "The letter of delegation" },
  declaration: { zh: "利益关系申报", en: "The declaration" },
  withdrawal: { zh: "退出书", en: "The withdrawal" },
  appeal: { zh: "申诉书", en: "The appeal" },
  evidence: { zh: "核对的证据", en: "Evidence" },
} as const;

/** What may be entered from the person's signed paper now. */
const PaperActs = ({ c, view, base }: { c: AppContext; view: CandidacyView; base: string }) => {
  const { t, now } = c.var;
  const { row, election } = view;
  const open = election.state === "nominating" || election.state === "examining";
  if (row.withdrawnAt !== null) return null;
  const links: { path: string; title: string }[] = [];
  if (open && row.answer !== "accepted") links.push({ path: "/accept", title: t("登记同意书", "Enter their yes") });
  if (open && row.answer === null) links.push({ path: "/decline", title: t("登记谢绝", "Enter their no") });
  if (row.answer === "accepted") {
    if (open) {
      links.push({ path: "/profile", title: t("登记参选介绍", "Enter the profile") });
      links.push({ path: "/declaration", title: t("登记利益关系申报", "Enter the declaration") });
    }
    if (row.outcome === "ineligible" && row.appealedAt === null && row.appealUntil !== null && now < row.appealUntil)
      links.push({ path: "/appeal", title: t("登记申诉书", "Enter an appeal") });
    if (election.state !== "seated" && election.state !== "ended")
      links.push({ path: "/withdraw", title: t("登记退出书", "Enter a withdrawal") });
  }
  if (links.length === 0) return null;
  return (
    <>
      <h2>{t("凭本人签名的纸件登记", "Enter from their signed paper")}</h2>
      <LinkList items={links.map(({ path, title }) => ({ href: `${base}${path}`, title }))} />
    </>
  );
};

const SheetForm = ({ c, base, errors }: { c: AppContext; base: string; errors: readonly FieldError[] }) => {
  const { t, formToken } = c.var;
  return (
    <Form action={`${base}/supports`} token={formToken} files>
      <h3>{t("登记联名签名", "Enter signatures")}</h3>
      <ErrorSummary t={t} errors={errors} />
      <TextArea
        name="places"
        label={t("签名业主的房号，一行一户", "Homes of those who signed, one a line")}
        rows={5}
        error={errorFor(errors, "places")}
      />
      <FileField
        name="paper"
        label={t("签名表", "The sheet")}
        accept="image/jpeg,image/png,image/webp,application/pdf"
        capture="environment"
        error={errorFor(errors, "paper")}
      />
      <Actions>
        <Button look="quiet">{t("登记签名", "Enter them")}</Button>
      </Actions>
    </Form>
  );
};

nominationDeskOnePages.post(`${ONE}/supports`, prepares, async (c) => {
  const found = await findAtDesk(c);
  if (!found) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const asked = { places: linesOf(one(body, "places")), paper: await uploadOf(body, "paper") };
  const { electionId, number } = found.row;
  const done = await supportOnPaper(staffScene(c), electionId, number, asked);
  if (!done.ok) return onePage(c, found, nominationProblem(done.error));
  return c.redirect(`${deskNominationHref(c.var.scene.community.slug, found.election.number, number)}?done=1`, 303);
});
