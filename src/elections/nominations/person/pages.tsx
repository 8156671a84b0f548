/** One page for each thing a named person says of themselves: yes or no, the profile, the declaration, affiliation, an appeal, leaving. An owner's own session and the desk, for paper, mount the same pages. */

import { type Handler, Hono } from "hono";
import type { Child } from "hono/jsx";
import type { Result } from "../../../kernel/result.ts";
import type { AppContext, AppEnv } from "../../../platform/context.ts";
import { type FormBody, one } from "../../../platform/form-body.ts";
import { newOnce } from "../../../platform/frame.ts";
import type { Problem } from "../../../platform/problem.tsx";
import { problemErrors } from "../../../platform/refused.tsx";
import { Actions, Button, ButtonLink } from "../../../platform/ui/buttons.tsx";
import { Confirm } from "../../../platform/ui/choices.tsx";
import { Field, FileField, TextArea } from "../../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, type FieldError, Form } from "../../../platform/ui/forms.tsx";
import { sayDeadline } from "../../../platform/ui/moments.ts";
import { Callout } from "../../../platform/ui/notices.tsx";
import { appealDecision } from "../../candidates/eligibility/appeals.ts";
import { interestsAsked } from "../../candidates/eligibility/rules.ts";
import { candidateProblem } from "../../candidates/problems.ts";
import { LONGEST_REASON } from "../../candidates/rules.ts";
import { answerNomination, DECLINED, type Found, withdrawCandidacy } from "../answering.ts";
import { saveProfile, signDeclaration } from "../describing.ts";
import type { Hand, PaperFault } from "../hand.ts";
import { nominationProblem } from "../problems.ts";
import { type CandidacyView, readCandidacy } from "../reading.ts";
import { LONGEST_AFFILIATION, takeBackAffiliation, tellAffiliation } from "./affiliation.ts";
import { AcceptFields, DeclarationFields, ProfileFields } from "./fields.tsx";
import {
  acceptedFrom,
  declarationFrom,
  NO_DECLARATION,
  NO_PROFILE,
  profileFrom,
  uploadOf,
  versionFrom,
} from "./form.ts";
import { paperProblem } from "./problems.ts";

/** Where these pages are mounted, for whom, and by whose hand what they take is written. */
export interface PersonHost {
  /** The pattern of the overview; the pages stand below it. */
  readonly path: string;
  readonly guard: Handler<AppEnv>;
  /** The candidacy of the address, when this reader may see it. */
  readonly find: (c: AppContext) => Promise<Found | null>;
  readonly hand: (c: AppContext, body: FormBody) => Promise<Result<Hand, PaperFault>>;
  /** The address of the overview. */
  readonly base: (c: AppContext, found: Found) => string;
  /** Whether what is typed comes from signed paper, whose image goes with it. */
  readonly isPaper: boolean;
  readonly Frame: (props: {
    c: AppContext;
    view: CandidacyView;
    path: string;
    title: string;
    problem: Problem | undefined;
    children?: Child;
  }) => Child;
}

type Status = 200 | 409 | 422;
type Act = (c: AppContext, found: Found, hand: Hand, body: FormBody) => Promise<Problem | null>;
interface Shown {
  readonly c: AppContext;
  readonly view: CandidacyView;
  readonly errors: readonly FieldError[];
  /** What was posted and refused; null when the page is opened. */
  readonly typed: FormBody | null;
}

export function personPages(host: PersonHost): Hono<AppEnv> {
  const pages = new Hono<AppEnv>();
  const { path: root, guard, Frame } = host;

  /** A page that asks, and the act it posts. */
  function page(
    path: string,
    title: (c: AppContext) => string,
    button: (c: AppContext) => string,
    Fields: (props: Shown) => Child,
    act: Act,
    look: "primary" | "danger" = "primary",
  ): void {
    const show = async (c: AppContext, found: Found, given?: { problem: Problem; typed: FormBody }) => {
      const { t, formToken, scene } = c.var;
      const view = await readCandidacy(scene, found.election, found.row);
      const base = host.base(c, found);
      const errors = problemErrors(c, given?.problem);
      return c.html(
        <Frame c={c} view={view} path={path} title={title(c)} problem={given?.problem}>
          <Form action={`${base}${path}`} token={formToken} once={newOnce()} files>
            <ErrorSummary t={t} errors={errors} />
            {host.isPaper ? <PaperField c={c} errors={errors} /> : null}
            <Fields c={c} view={view} errors={errors} typed={given?.typed ?? null} />
            <Actions>
              <Button look={look}>{button(c)}</Button>
              <ButtonLink look="quiet" href={base}>
                {t("返回", "Back")}
              </ButtonLink>
            </Actions>
          </Form>
        </Frame>,
        (given?.problem.status ?? 200) as Status,
      );
    };
    pages.get(`${root}${path}`, guard, async (c) => {
      const found = await host.find(c);
      return found ? show(c, found) : c.notFound();
    });
    pages.post(`${root}${path}`, guard, async (c) => {
      const found = await host.find(c);
      if (!found) return c.notFound();
      const body = await c.req.parseBody({ all: true });
      const hand = await host.hand(c, body);
      const problem = hand.ok ? await act(c, found, hand.value, body) : paperProblem(hand.error);
      if (!problem) return c.redirect(`${host.base(c, found)}?done=1`, 303);
      if (problem.status === 404) return c.notFound();
      const again = await host.find(c);
      return again ? show(c, again, { problem, typed: body }) : c.notFound();
    });
  }

  const sentBy = ({ row }: Pick<CandidacyView, "row">): boolean => row.partyKind !== "natural";

  page(
    "/accept",
    ({ var: { t } }) => t("同意参选", "Agree to stand"),
    ({ var: { t } }) => t("同意参选", "Agree to stand"),
    ({ c, view, errors, typed }) => (
      <AcceptFields
        c={c}
        errors={errors}
        isOrganisation={sentBy(view)}
        name={typed ? one(typed, "name") : ""}
        phone={typed ? one(typed, "phone") : ""}
      />
    ),
    async (c, { row }, hand, body) => {
      const done = await answerNomination(c.var.scene, row.electionId, row.number, hand, await acceptedFrom(body));
      return done.ok ? null : nominationProblem(done.error);
    },
  );

  page(
    "/decline",
    ({ var: { t } }) => t("谢绝参选", "Decline"),
    ({ var: { t } }) => t("谢绝参选", "Decline"),
    ({ c: { var: v } }) => (
      <p>
        {v.t(
          "谢绝以后，这个提名不再继续。提名期间改变主意的，仍可以同意。",
          "The nomination goes no further then. Whoever changes their mind before the list is out can still agree.",
        )}
      </p>
    ),
    async (c, { row }, hand) => {
      const done = await answerNomination(c.var.scene, row.electionId, row.number, hand, DECLINED);
      return done.ok ? null : nominationProblem(done.error);
    },
  );

  page(
    "/profile",
    ({ var: { t } }) => t("参选介绍", "Profile"),
    ({ var: { t } }) => t("保存介绍", "Save"),
    ({ c, view, errors, typed }) => (
      <>
        <input type="hidden" name="version" value={String(typed ? versionFrom(typed) : view.row.profileVersion)} />
        <ProfileFields
          c={c}
          errors={errors}
          profile={typed ? profileFrom(typed) : (view.profile ?? NO_PROFILE)}
          photo={view.profile?.photoFile ? `${host.base(c, view)}/photo` : null}
        />
      </>
    ),
    async (c, { row }, hand, body) => {
      const asked = {
        profile: profileFrom(body),
        photo: await uploadOf(body, "photo"),
        keepsPhoto: one(body, "keepsPhoto") === "yes",
        version: versionFrom(body),
      };
      const done = await saveProfile(c.var.scene, row.electionId, row.number, hand, asked);
      return done.ok ? null : nominationProblem(done.error);
    },
  );

  page(
    "/declaration",
    ({ var: { t } }) => t("利益关系申报", "Declaration of interests"),
    ({ var: { t } }) => t("签署申报", "Sign the declaration"),
    ({ c, view, errors, typed }) => {
      const known = view.declaration;
      const declaration = typed
        ? declarationFrom(typed)
        : known
          ? { answers: known.answers, publicItems: known.publicItems, signed: false }
          : NO_DECLARATION;
      return (
        <>
          <input
            type="hidden"
            name="version"
            value={String(typed ? versionFrom(typed) : view.row.declarationVersion)}
          />
          <DeclarationFields c={c} errors={errors} asked={interestsAsked(view.criteria)} declaration={declaration} />
        </>
      );
    },
    async (c, { row }, hand, body) => {
      const asked = { declaration: declarationFrom(body), version: versionFrom(body) };
      const done = await signDeclaration(c.var.scene, row.electionId, row.number, hand, asked);
      return done.ok ? null : nominationProblem(done.error);
    },
  );

  page(
    "/affiliation",
    ({ var: { t } }) => t("政治面貌（可以不填）", "Political affiliation (may be left out)"),
    ({ var: { t } }) => t("保存", "Save"),
    ({ c, view, errors, typed }) => (
      <>
        <Callout title={c.var.t("不填不影响参选", "Leaving it out changes nothing")}>
          <p>
            {c.var.t(
              "它不影响资格、顺序、权重和计票。填了的，公布候选人时会显示；随时可以撤回，撤回后内容删除（《个人信息保护法》第二十八、二十九条）。",
              "It changes nothing in eligibility, order, weight or count. If given it is shown with the list; it can be taken back at any time, and is erased then (PIPL art. 28, 29).",
            )}
          </p>
        </Callout>
        <Field
          name="affiliation"
          label={c.var.t("政治面貌", "Political affiliation")}
          maxlength={LONGEST_AFFILIATION}
          width={20}
          value={typed ? one(typed, "affiliation") : (view.affiliation ?? "")}
          error={errorFor(errors, "affiliation")}
        />
        <Confirm
          name="affiliationConsent"
          label={c.var.t(
            "我单独同意保存并公开这一项",
            "I consent, apart from everything else, to its being kept and published",
          )}
          error={errorFor(errors, "affiliationConsent")}
        />
      </>
    ),
    async (c, { row }, hand, body) => {
      const asked = { text: one(body, "affiliation"), consents: one(body, "affiliationConsent") === "yes" };
      const done = await tellAffiliation(c.var.scene, row.electionId, row.number, hand, asked);
      return done.ok ? null : nominationProblem(done.error);
    },
  );

  page(
    "/affiliation/take-back",
    ({ var: { t } }) => t("撤回公开政治面貌的同意", "Take back the consent to publish the affiliation"),
    ({ var: { t } }) => t("撤回并删除", "Take it back and erase it"),
    ({ c: { var: v } }) => (
      <p>
        {v.t("撤回以后不再显示，保存的内容当场删除。", "It is shown no more, and what was kept is erased at once.")}
      </p>
    ),
    async (c, { row }, hand) => {
      const done = await takeBackAffiliation(c.var.scene, row.electionId, row.number, hand);
      return done.ok ? null : nominationProblem(done.error);
    },
  );

  page(
    "/appeal",
    ({ var: { t } }) => t("对资格决定申诉", "Appeal against the decision"),
    ({ var: { t } }) => t("提交申诉", "Appeal"),
    ({ c, view, errors, typed }) => (
      <>
        <p>
          {view.row.appealUntil === null
            ? c.var.t("现在没有可以申诉的决定。", "There is no decision to appeal against now.")
            : c.var.t(
                `由街道办事处裁定。到${sayDeadline(view.row.appealUntil, "zh")}截止，一次决定申诉一次。`,
                `The street rules on it. Until ${sayDeadline(view.row.appealUntil, "en")}, once for each decision.`,
              )}
        </p>
        <TextArea
          name="reason"
          label={c.var.t("哪里不对，有什么依据", "What is wrong, and by what evidence")}
          rows={6}
          maxlength={LONGEST_REASON}
          value={typed ? one(typed, "reason") : ""}
          error={errorFor(errors, "reason")}
        />
      </>
    ),
    async (c, { row }, hand, body) => {
      const words = one(body, "reason").replace(/\r\n/g, "\n");
      const done = await appealDecision(c.var.scene, row.electionId, row.number, hand, words);
      return done.ok ? null : candidateProblem(done.error);
    },
  );

  page(
    "/withdraw",
    ({ var: { t } }) => t("退出参选", "Withdraw"),
    ({ var: { t } }) => t("退出参选", "Withdraw"),
    ({ c: { var: v }, view }) => (
      <Callout tone="warn" title={v.t("退出以后不能恢复", "This cannot be taken back")}>
        <p>
          {view.election.state === "voting"
            ? v.t(
                "会议公告已经发出，选票已经固定：姓名仍在票上，公开注明已退出，不能当选。",
                "Notice of the meeting was given and the paper stands: the name stays on it, marked as withdrawn, and cannot be elected.",
              )
            : v.t("姓名从名单上去掉，并公开登记一条。", "The name leaves the list, and that is entered in public.")}
        </p>
      </Callout>
    ),
    async (c, { row }, hand) => {
      const done = await withdrawCandidacy(c.var.scene, row.electionId, row.number, hand);
      // Pressed twice: it is done.
      return done.ok || done.error.reason === "already_withdrawn" ? null : nominationProblem(done.error);
    },
    "danger",
  );

  return pages;
}

const PaperField = ({ c, errors }: { c: AppContext; errors: readonly FieldError[] }) => {
  const { t } = c.var;
  return (
    <FileField
      name="paper"
      label={t("本人签名的纸件", "The paper signed by the person")}
      hint={t(
        "照片或PDF。没有签名的纸件，不能代为登记。",
        "A photograph or PDF. Without it nothing is entered for somebody else.",
      )}
      accept="image/jpeg,image/png,image/webp,application/pdf"
      capture="environment"
      error={errorFor(errors, "paper")}
    />
  );
};
