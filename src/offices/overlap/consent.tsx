/** Agreeing to be named as of the branch, and taking that back: by oneself, or through the branch secretary with the paper one signed. */
import { Hono } from "hono";
import { dayOf } from "../../kernel/day.ts";
import { requiresOffice } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { frameOf } from "../../platform/frame.ts";
import { pick } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import { NOT_FOUND, type Problem, problemResponse } from "../../platform/problem.tsx";
import { Done } from "../../platform/refused.tsx";
import { Actions, Button } from "../../platform/ui/buttons.tsx";
import { Fact, FactList } from "../../platform/ui/facts.tsx";
import { Field } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../platform/ui/forms.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import { EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { fieldErrors, textOf, WholeRefusal } from "../forms.tsx";
import { openName } from "../people/store.ts";
import { isNamedByConsent } from "../rules.ts";
import { baseOf, switchOf } from "../terms/place.ts";
import { recordConsent } from "./actions.ts";
import { postsWords } from "./explained.ts";
import { overlapProblem } from "./problems.ts";
import { type BranchPerson, findConsent, listBranchPeople } from "./store.ts";

export const overlapConsents = new Hono<AppEnv>();

const consentHref = (c: AppContext): string => `${baseOf(c)}/desk/overlap/consent`;

/** Whose word this person may record: everyone's of the branch, or their own. */
const mayRecord = (c: AppContext): boolean => c.var.actor.permissions.has("overlap.consent");

interface Failed {
  readonly personId: string;
  readonly document: string;
  readonly problem: Problem;
}

async function consentPage(c: AppContext, failed?: Failed) {
  const { t, scene, actor } = c.var;
  const [rows, words] = await scene.db.read(
    listBranchPeople(scene, mayRecord(c) ? null : actor.personId),
    findConsent(scene, actor.personId),
  );
  const people = rows.filter(({ postKind }) => isNamedByConsent(postKind));
  // Whoever has left the branch can still take back what they agreed to.
  const isPast = words[0]?.given === 1 && people.every(({ personId }) => personId !== actor.personId);
  const title = t("公开姓名的同意", "Consent to be named");
  const crumbs = [{ href: `${baseOf(c)}/desk`, label: t("工作台", "Desk") }];
  return (
    <Page {...frameOf(c, "staff")} title={title} breadcrumb={crumbs} switchHref={switchOf(c)}>
      <h1>{title}</h1>
      <Done c={c} words={t("已登记", "Recorded")} />
      <p>
        {t(
          "支部书记的职务是公开的。支部其他成员的姓名和支部职务，只有本人单独同意才在公开页面上写出来；不同意没有任何不利后果，公开页面只计数。同意随时可以撤回，撤回后立即不再显示（《个人信息保护法》第十五条、第二十八条、第二十九条）。",
          "The secretary of a branch holds a public post. Others of the branch are named on public pages only with their own separate consent; nothing is lost by not giving it, and the pages then only count. It can be taken back at any time and no page names the person from then on (Personal Information Protection Law, art. 15, 28, 29).",
        )}
      </p>
      {isPast ? <OwnPast c={c} /> : null}
      {people.map(async (person) => (
        <Card
          c={c}
          person={person}
          name={await openName(scene, person)}
          failed={failed?.personId === person.personId ? failed : undefined}
        />
      ))}
      {people.length === 0 && !isPast ? (
        <EmptyState title={t("没有需要登记的同意", "There is no consent to record")}>
          {mayRecord(c)
            ? t(
                "登记了支部委员以后，这里列出每一位，由您凭本人签名的同意书登记。",
                "Once members of the branch are recorded they stand here, each to be recorded with the paper they signed.",
              )
            : t("您现在没有需要本人同意才公开的职务。", "You hold no post that is public only with your consent.")}
        </EmptyState>
      ) : null}
    </Page>
  );
}

const OwnPast = ({ c }: { c: AppContext }) => {
  const { t, formToken, actor } = c.var;
  return (
    <section>
      <h2>{actor.name}</h2>
      <p>
        {t(
          "您已离开支部，以前的任职仍写着您的姓名。",
          "You have left the branch; your name still stands in its history.",
        )}
      </p>
      <Form action={consentHref(c)} token={formToken} hidden={{ personId: actor.personId, given: "no" }}>
        <Actions>
          <Button look="danger">{t("撤回同意", "Take my consent back")}</Button>
        </Actions>
      </Form>
    </section>
  );
};

/** Of several people on one page each has a field of their own: a label and a summary of errors point to one. */
const paperField = (personId: string): string => `document-${personId}`;

const Card = (props: { c: AppContext; person: BranchPerson; name: string; failed: Failed | undefined }) => {
  const { c, person, name, failed } = props;
  const { t, lang, formToken, actor } = c.var;
  const isOwn = person.personId === actor.personId;
  const isGiven = person.given === 1;
  const field = paperField(person.personId);
  const errors = fieldErrors(failed?.problem, lang).map((one) => ({ ...one, field }));
  return (
    <section>
      <h2>{name}</h2>
      <FactList>
        <Fact label={t("职务", "Post")}>{pick(postsWords([person.postKind]), lang)}</Fact>
        <Fact label={t("现在", "Now")}>
          <StatusWord tone={isGiven ? "good" : "off"}>
            {isGiven
              ? t("同意公开", "Agrees to be named")
              : person.version === 0
                ? t("没有表示，不公开", "Nothing said: not named")
                : t("已撤回，不公开", "Taken back: not named")}
          </StatusWord>
          {person.recordedAt === null ? null : (
            <small class="quiet">
              {" "}
              {sayDay(dayOf(person.recordedAt), lang)} {person.document}
            </small>
          )}
        </Fact>
      </FactList>
      <WholeRefusal c={c} problem={failed?.problem} />
      <Form
        action={consentHref(c)}
        token={formToken}
        hidden={{ personId: person.personId, given: isGiven ? "no" : "yes" }}
      >
        <ErrorSummary t={t} errors={errors} />
        {isOwn ? null : (
          <Field
            name={field}
            label={
              isGiven
                ? t("本人签名的撤回书", "The withdrawal they signed")
                : t("本人签名的同意书", "The consent they signed")
            }
            hint={t("编号和日期；不公开", "Its number and date; not public")}
            value={failed?.document ?? ""}
            error={errorFor(errors, field)}
          />
        )}
        <Actions>
          <Button look={isGiven ? "danger" : "quiet"}>
            {isGiven
              ? t("登记撤回，立即不再公开", "Record the withdrawal: named no more")
              : t("登记同意，公开姓名和职务", "Record the consent: name and post are public")}
          </Button>
        </Actions>
      </Form>
    </section>
  );
};

overlapConsents.get("/desk/overlap/consent", requiresOffice, async (c) => c.html(await consentPage(c)));

overlapConsents.post("/desk/overlap/consent", requiresOffice, async (c) => {
  const { scene, actor } = c.var;
  const { personId, given } = await textOf(c, "personId", "given");
  const field = paperField(personId);
  const document = (await textOf(c, field))[field] ?? "";
  if (!["yes", "no"].includes(given)) return problemResponse(c, NOT_FOUND);
  const isOwn = personId === actor.personId;
  const [rows] = await scene.db.read(listBranchPeople(scene, personId));
  const person = rows.find(({ postKind }) => isNamedByConsent(postKind));
  // For somebody outside the branch there is nothing to record, and nobody is told who is in it.
  if (!isOwn && !(mayRecord(c) && person)) return problemResponse(c, NOT_FOUND);
  const done = await recordConsent(staffScene(c), {
    personId: person?.personId ?? actor.personId,
    given: given === "yes",
    document,
  });
  if (done.ok) return c.redirect(`${consentHref(c)}?done=1`, 303);
  const problem = overlapProblem(done.error);
  return c.html(await consentPage(c, { personId, document, problem }), problem.status);
});
