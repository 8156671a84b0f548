/** The desk of the list of the barred: entering, confirming by another, appeals, ending early by two; and what of it waits for somebody. */
import { Hono } from "hono";
import { registerDeskSource } from "../../assembly/public/announcing.ts";
import { dayOf } from "../../kernel/day.ts";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { files, one } from "../../platform/form-body.ts";
import { newOnce } from "../../platform/frame.ts";
import { pick } from "../../platform/i18n.ts";
import type { Problem } from "../../platform/problem.tsx";
import { problemErrors } from "../../platform/refused.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { RadioGroup } from "../../platform/ui/choices.tsx";
import { Fact, FactList, LinkList } from "../../platform/ui/facts.tsx";
import { DateTimeField, Field, FileField, TextArea } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../platform/ui/forms.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import { EmptyState } from "../../platform/ui/notices.tsx";
import { sayAuthor } from "../acting.ts";
import { debarmentsHref, deskDebarmentsHref } from "../bidders/addresses.ts";
import { listProblem } from "../bidders/conflicts/problems.ts";
import { TenderDesk } from "../desk/frame.tsx";
import { onceOf } from "../questions/pages.tsx";
import { debar, stepDebarment } from "./actions.ts";
import { DebarmentStatus, debarmentFile } from "./pages.tsx";
import { debarmentStanding, isStepKind, nextSteps, SETTLED_BY_WITNESS, type StepKind } from "./rules.ts";
import { type DebarmentRow, findDebarment, listOpenDebarments, stepsOf } from "./store.ts";
import { STEP_ACTS, STEP_HINTS, STEP_WORDS } from "./words.ts";

/** Mounted at /c/:slug. */
export const debarmentDeskPages = new Hono<AppEnv>();
const decides = requires("tender.decide");
const settles = requires("tender.decide", "tender.witness");
const NUMBER = /^[1-9]\d{0,5}$/;
const FIELDS = ["name", "code", "reason", "beginsOn", "endsOn"] as const;

interface Again {
  readonly problem: Problem;
  readonly values: Readonly<Record<string, string>>;
}

/** The steps this person's office may take with an entry now. */
const stepsFor = (c: AppContext, row: DebarmentRow): readonly StepKind[] =>
  nextSteps(stepsOf(row)).filter((kind) =>
    c.var.actor.permissions.has(SETTLED_BY_WITNESS.includes(kind) ? "tender.witness" : "tender.decide"),
  );

async function entryPage(c: AppContext, number: number, again?: Again) {
  const { t, lang, scene, formToken } = c.var;
  const { slug } = scene.community;
  const [[row]] = await scene.db.read(findDebarment(scene, number));
  if (!row) return c.notFound();
  const kinds = stepsFor(c, row);
  const errors = problemErrors(c, again?.problem);
  return c.html(
    <TenderDesk
      c={c}
      row={null}
      path={`/debarments/${number}`}
      title={t(`禁入名单第${number}条`, `Bar no. ${number}`)}
      problem={again?.problem}
      done={t("已记录", "Recorded")}
    >
      <p>
        <DebarmentStatus c={c} row={row} />
      </p>
      <FactList>
        <Fact label={t("企业", "Company")}>
          {row.name}（{row.code}）
        </Fact>
        <Fact label={t("期限", "From and to")}>
          {sayDay(row.beginsOn, lang)} — {sayDay(row.endsOn, lang)}
        </Fact>
        <Fact label={t("理由", "Reason")}>{row.reason}</Fact>
        <Fact label={t("文件", "Document")}>
          <a href={`${deskDebarmentsHref(slug)}/${row.number}/file`}>{t("看依据的文件", "Read the document")}</a>
        </Fact>
        <Fact label={t("经过", "Course")}>
          <p>
            {sayDay(dayOf(row.enteredAt), lang)} {t("提出列入", "entered")}（{sayAuthor(row.byWords, t)}）
          </p>
          {stepsOf(row).map(({ kind, words, byWords, at }) => (
            <p>
              {sayDay(dayOf(at), lang)} {pick(STEP_WORDS[kind], lang)}（{sayAuthor(byWords, t)}）{words}
            </p>
          ))}
        </Fact>
      </FactList>
      {kinds.length === 0 ? (
        <>
          <p class="hint">
            {nextSteps(stepsOf(row)).length === 0
              ? t("这一条已经办结。", "This entry is closed.")
              : t(
                  "下一步由另一方办理：列入、移出都要两个人。",
                  "The next step is the other side's: it takes two to bar and to lift.",
                )}
          </p>
          <Actions>
            <ButtonLink look="quiet" href={deskDebarmentsHref(slug)}>
              {t("返回名单", "Back to the list")}
            </ButtonLink>
          </Actions>
        </>
      ) : (
        <Form action={`${deskDebarmentsHref(slug)}/${number}`} token={formToken}>
          <ErrorSummary t={t} errors={errors} />
          <RadioGroup
            name="kind"
            legend={t("怎样办理", "What is to be done")}
            value={again?.values.kind ?? ""}
            error={errorFor(errors, "kind")}
            options={kinds.map((kind) => ({
              value: kind,
              label: pick(STEP_ACTS[kind], lang),
              hint: pick(STEP_HINTS[kind], lang),
            }))}
          />
          <TextArea
            name="why"
            label={t("说明", "In words")}
            rows={2}
            value={again?.values.why ?? ""}
            error={errorFor(errors, "why")}
            optional={kinds.includes("confirmed") ? t("确认时可以不填", "not needed to confirm") : undefined}
          />
          <Actions>
            <Button>{t("办理", "Do it")}</Button>
            <ButtonLink look="quiet" href={deskDebarmentsHref(slug)}>
              {t("返回", "Back")}
            </ButtonLink>
          </Actions>
        </Form>
      )}
    </TenderDesk>,
    (again?.problem.status ?? 200) as 422,
  );
}

async function deskPage(c: AppContext, again?: Again) {
  const { t, lang, scene, formToken, actor } = c.var;
  const { slug } = scene.community;
  const [rows] = await scene.db.read(listOpenDebarments(scene, dayOf(c.var.now)));
  const errors = problemErrors(c, again?.problem);
  const at = (name: string) => errorFor(errors, name);
  const value = (name: string): string => again?.values[name] ?? "";
  return c.html(
    <TenderDesk
      c={c}
      row={null}
      path="/debarments"
      title={t("禁入名单", "Companies barred")}
      problem={again?.problem}
      done={t("已记录", "Recorded")}
    >
      <h2>{t("正在办理和生效的", "Open and in force")}</h2>
      <LinkList
        items={rows.map((row) => ({
          href: `${deskDebarmentsHref(slug)}/${row.number}`,
          title: t(`第${row.number}条：${row.name}`, `No. ${row.number}: ${row.name}`),
          note: `${sayDay(row.beginsOn, lang)} — ${sayDay(row.endsOn, lang)}`,
          status: <DebarmentStatus c={c} row={row} />,
        }))}
        empty={
          <EmptyState title={t("没有", "None")}>
            {t("没有等待确认或者正在生效的禁入。", "No bar waits to be confirmed or is in force.")}
          </EmptyState>
        }
      />
      <p>
        <a href={debarmentsHref(slug)}>{t("看公开的名单", "The public list")}</a>
      </p>
      {actor.permissions.has("tender.decide") ? (
        <>
          <h2>{t("提出列入", "Enter a company")}</h2>
          <Form action={deskDebarmentsHref(slug)} token={formToken} once={newOnce()} files>
            <ErrorSummary t={t} errors={errors} />
            <Field name="name" label={t("企业全称", "Full name")} value={value("name")} error={at("name")} />
            <Field name="code" label={t("统一社会信用代码", "Credit code")} value={value("code")} error={at("code")} />
            <TextArea
              name="reason"
              label={t("理由", "Reason")}
              hint={t("确认以后公开", "Public once confirmed")}
              rows={3}
              value={value("reason")}
              error={at("reason")}
            />
            <DateTimeField
              name="beginsOn"
              kind="date"
              label={t("第一天", "First day")}
              value={value("beginsOn")}
              error={at("beginsOn")}
            />
            <DateTimeField
              name="endsOn"
              kind="date"
              label={t("最后一天（含）", "Last day, included")}
              value={value("endsOn")}
              error={at("endsOn")}
            />
            <FileField
              name="file"
              label={t("依据的文件", "The document it rests on")}
              hint={t("照片或 PDF，确认以后公开", "Photograph or PDF; public once confirmed")}
              error={at("file")}
            />
            <p class="hint">
              {t(
                "由监督员、居委会或街道的另一个人确认以后才生效、才公开。",
                "It bars, and is public, once another person confirms it: the supervisor, the residents' committee or the street.",
              )}
            </p>
            <Actions>
              <Button look="danger">{t("提出列入", "Enter it")}</Button>
              <ButtonLink look="quiet" href={`/c/${slug}/desk/tenders`}>
                {t("返回", "Back")}
              </ButtonLink>
            </Actions>
          </Form>
        </>
      ) : null}
    </TenderDesk>,
    (again?.problem.status ?? 200) as 422,
  );
}

debarmentDeskPages.get("/desk/debarments", settles, (c) => deskPage(c));

debarmentDeskPages.post("/desk/debarments", decides, async (c) => {
  const body = await c.req.parseBody({ all: true });
  const values = Object.fromEntries(FIELDS.map((name) => [name, one(body, name)])) as Record<
    (typeof FIELDS)[number],
    string
  >;
  const [file] = files(body, "file");
  const sent = file ? { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) } : null;
  const made = await debar(staffScene(c), values, sent, onceOf(body));
  if (!made.ok) return deskPage(c, { problem: listProblem(made.error), values });
  return c.redirect(`${deskDebarmentsHref(c.var.scene.community.slug)}?done=1`, 303);
});

debarmentDeskPages.get("/desk/debarments/:number", settles, (c) => {
  const number = c.req.param("number");
  return NUMBER.test(number) ? entryPage(c, Number(number)) : c.notFound();
});
debarmentDeskPages.get("/desk/debarments/:number/file", settles, (c) => debarmentFile(c, () => true));
debarmentDeskPages.post("/desk/debarments/:number", settles, async (c) => {
  const number = c.req.param("number");
  if (!NUMBER.test(number)) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const values = { kind: one(body, "kind"), why: one(body, "why") };
  const { kind } = values;
  const again = (problem: Problem) => entryPage(c, Number(number), { problem, values });
  if (!isStepKind(kind)) return again(listProblem({ reason: "step_missing" }));
  if (!c.var.actor.permissions.has(SETTLED_BY_WITNESS.includes(kind) ? "tender.witness" : "tender.decide"))
    return again(listProblem({ reason: "own_step" }));
  const taken = await stepDebarment(staffScene(c), Number(number), { kind, words: values.why });
  if (!taken.ok && taken.error.reason === "unknown_debarment") return c.notFound();
  if (!taken.ok) return again(listProblem(taken.error));
  return c.redirect(`${deskDebarmentsHref(c.var.scene.community.slug)}/${number}?done=1`, 303);
});

registerDeskSource("debarments", {
  queries: ({ scene }) => [listOpenDebarments(scene, dayOf(scene.now))] as const,
  tasks: ({ scene, actor }, [rows]) =>
    rows.flatMap((row) => {
      const steps = stepsOf(row);
      const standing = debarmentStanding(steps);
      if (standing === "in_force") return [];
      const words = {
        proposed: { zh: "确认列入禁入名单", en: "Confirm a bar" },
        appealed: { zh: "答复禁入申诉", en: "Answer an appeal against a bar" },
        lift_proposed: { zh: "确认提前移出禁入名单", en: "Confirm that a bar is lifted" },
      } as const;
      const by = standing === "lift_proposed" ? steps.at(-1)?.by : row.enteredBy;
      return standing === "refused" || standing === "lifted"
        ? []
        : [
            {
              what: words[standing],
              about: row.name,
              note: null,
              permissions: ["tender.witness"] as const,
              href: `${deskDebarmentsHref(scene.community.slug)}/${row.number}`,
              waitingHref: `${deskDebarmentsHref(scene.community.slug)}`,
              due: null,
              overdue: false,
              notByAsker: by === actor.personId,
            },
          ];
    }),
  doors: [
    {
      permissions: ["tender.decide", "tender.witness"],
      path: "/debarments",
      label: { zh: "禁入名单", en: "Companies barred" },
    },
  ],
});
