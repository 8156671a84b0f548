/** Handovers as everybody reads them, printable, and the forms of both sides. Markup and forms only. */
import { Hono } from "hono";
import { endOf } from "../../kernel/day.ts";
import type { PersonId } from "../../kernel/id.ts";
import { formatYuan, parseYuan } from "../../kernel/money.ts";
import { requires, requiresOffice } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { one } from "../../platform/form-body.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Refused } from "../../platform/refused.tsx";
import { Actions, Button, PostButton } from "../../platform/ui/buttons.tsx";
import { Fact, FactList, LinkList } from "../../platform/ui/facts.tsx";
import { Field, Select } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, type FieldError, Form } from "../../platform/ui/forms.tsx";
import { sayDay, sayInstant } from "../../platform/ui/moments.ts";
import { Callout, Details, EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { Clock } from "../../platform/ui/steps.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import {
  addLine,
  type HandoverView,
  listHandoverStates,
  openHandover,
  sidesOf,
  signLine,
  viewHandover,
} from "./actions.ts";
import { handoverPacks } from "./announcing.ts";
import { handoverProblem } from "./problems.ts";
import { HANDOVER_KINDS, type HandoverKind, type HandoverState, missingKinds, SIDES, type Side } from "./rules.ts";
import { byHandoverNumber, type LineRow } from "./store.ts";

/** Mounted at /c/:slug. */
export const handoverRoutes = new Hono<AppEnv>();
const MOST_LISTED = 50;
/** Who keeps the list: whoever records for the committee, and its members. */
const lists = requires("committee.record", "committee.sign");

const handoversHref = (slug: string): string => `/c/${slug}/committee/handovers`;
const handoverHref = (slug: string, number: number): string => `${handoversHref(slug)}/${number}`;
const readNo = (text: string | undefined): number | null =>
  text !== undefined && /^[1-9]\d{0,6}$/.test(text) ? Number(text) : null;

const crumbs = (c: AppContext) => [
  { href: `/c/${c.var.scene.community.slug}/committee`, label: c.var.t("业主委员会", "Owners' committee") },
];

const StateWord = ({ c, state }: { c: AppContext; state: HandoverState }) => {
  const { t } = c.var;
  switch (state) {
    case "complete":
      return <StatusWord tone="good">{t("已移交完毕", "Handed over")}</StatusWord>;
    case "overdue":
      return <StatusWord tone="bad">{t("逾期未移交完", "Overdue")}</StatusWord>;
    case "listing":
      return <StatusWord tone="active">{t("正在移交", "Under way")}</StatusWord>;
  }
};

const titleOf = ({ t }: AppContext["var"], mandate: number | null, member: string | null): string =>
  mandate !== null
    ? t(`第${mandate}届业主委员会的移交`, `Handover of committee no. ${mandate}`)
    : t(`${member ?? ""}离任的移交`, `Handover on ${member ?? ""}'s leaving`);

handoverRoutes.get("/committee/handovers", async (c) => {
  const { t, lang, scene, formToken } = c.var;
  const { slug } = scene.community;
  const { lines, due: waiting } = await listHandoverStates(scene, MOST_LISTED);
  const actor = await c.var.findActor();
  const mayList =
    actor !== null && (actor.permissions.has("committee.record") || actor.permissions.has("committee.sign"));
  const due = mayList ? waiting : null;
  return c.html(
    <Page {...frameOf(c)} title={t("移交", "Handovers")} breadcrumb={crumbs(c)}>
      <h1>{t("届满和离任的移交", "Handing over")}</h1>
      <p class="lead">
        {t(
          "任期结束后，档案、印章、资金、账户和合同要一项一项移交，双方签收。逾期会一直显示在这里。",
          "When a term ends, records, seals, money, accounts and contracts are handed over line by line, signed by both sides. What is late stays shown here.",
        )}
      </p>
      {due ? (
        <Callout
          tone="warn"
          title={t(`第${due.number}届业委会还没有移交清单`, `No list yet for committee no. ${due.number}`)}
        >
          <PostButton
            action={`/c/${slug}/desk/committee/handovers`}
            token={formToken}
            once={newOnce()}
            hidden={{ mandate: due.mandateId }}
          >
            {t("开始移交清单", "Begin the list")}
          </PostButton>
        </Callout>
      ) : null}
      <LinkList
        items={lines.map((line) => ({
          href: handoverHref(slug, line.row.number),
          title: titleOf(c.var, line.mandateNumber, line.member),
          note: t(`期限：${sayDay(line.row.dueOn, lang)}`, `due ${sayDay(line.row.dueOn, lang)}`),
          status: <StateWord c={c} state={line.state} />,
        }))}
        empty={
          <EmptyState title={t("还没有移交", "No handover yet")}>
            {t(
              "任期结束或委员离任后，移交清单和签收情况会列在这里。",
              "Lists and signatures stand here once a term or an office has ended.",
            )}
          </EmptyState>
        }
      />
    </Page>,
  );
});

handoverRoutes.post("/desk/committee/handovers", lists, async (c) => {
  const scene = staffScene(c);
  const body = await c.req.parseBody({ all: true });
  const tenureId = one(body, "tenure");
  const asked = tenureId === "" ? { mandateId: one(body, "mandate") } : { tenureId };
  const opened = await openHandover(scene, asked, one(body, "_once") || newOnce());
  const { slug } = scene.community;
  if (!opened.ok) {
    const problem = handoverProblem(opened.error);
    return c.html(
      <Page {...frameOf(c, "staff")} title={problem.title[c.var.lang]} breadcrumb={crumbs(c)}>
        <h1>{problem.title[c.var.lang]}</h1>
        <Refused c={c} problem={problem} />
        <p>
          <a href={handoversHref(slug)}>{c.var.t("查看移交", "See the handovers")}</a>
        </p>
      </Page>,
      problem.status as 409,
    );
  }
  const view = await viewHandover(scene, opened.value.handoverId);
  return c.redirect(view ? handoverHref(slug, view.row.number) : handoversHref(slug), 303);
});

handoverRoutes.get("/committee/handovers/:number", async (c) => {
  const view = await found(c);
  return view ? handoverPage(c, view) : c.notFound();
});

async function found(c: AppContext): Promise<HandoverView | null> {
  const number = readNo(c.req.param("number"));
  return number === null ? null : viewHandover(c.var.scene, byHandoverNumber(c.var.scene, number));
}

/** What other rooms put together for the list: for those who keep it. */
const Packs = ({ c }: { c: AppContext }) => {
  const { lang, scene } = c.var;
  return (
    <LinkList
      items={handoverPacks().map(({ label, note, href }) => ({
        href: href(scene.community.slug),
        title: label[lang],
        note: note[lang],
      }))}
    />
  );
};

interface Typed {
  readonly problem: Problem;
  readonly kind?: string;
  readonly what?: string;
  readonly amount?: string;
  readonly strikes?: string;
}

async function handoverPage(c: AppContext, view: HandoverView, typed?: Typed) {
  const { t, lang, scene, now, formToken } = c.var;
  const { slug } = scene.community;
  const here = handoverHref(slug, view.row.number);
  const actor = await c.var.findActor();
  const sides = actor ? sidesOf(view, actor.personId) : [];
  const mayList =
    actor !== null && (actor.permissions.has("committee.record") || actor.permissions.has("committee.sign"));
  const live = view.lines.filter(({ struckBy }) => struckBy === null);
  const missing = missingKinds(view.lines, view.required);
  const signed = (line: LineRow, side: Side) => {
    const [by, at] = side === "gives" ? [line.givenBy, line.givenAt] : [line.takenBy, line.takenAt];
    if (by !== null && at !== null)
      return `${view.names.get(by) ?? t("已离任人员", "someone who left")}，${sayInstant(at, lang)}`;
    const other = side === "gives" ? line.takenBy : line.givenBy;
    const absent = [...view.giving].filter((id) => id !== actor?.personId && id !== other && !view.taking.has(id));
    if (side === "gives" && !sides.includes(side) && actor?.permissions.has("committee.record") && absent.length > 0)
      return (
        <Form action={`${here}/sign`} token={formToken} hidden={{ line: String(line.lineNo), side }}>
          <Select
            name="person"
            label={t("按签名的纸质清单登记", "Enter from the signed sheet")}
            value=""
            options={[
              { value: "", label: t("谁移交的", "Who gave it") },
              ...absent.map((id) => ({ value: id, label: view.names.get(id) ?? id })),
            ]}
          />
          <Button look="quiet">{t("登记签名", "Enter")}</Button>
        </Form>
      );
    return sides.includes(side) && other !== actor?.personId ? (
      <PostButton action={`${here}/sign`} token={formToken} look="quiet" hidden={{ line: String(line.lineNo), side }}>
        {side === "gives" ? t("我已移交", "I handed it over") : t("我已收到", "I received it")}
      </PostButton>
    ) : (
      t("未签", "not signed")
    );
  };
  const errors: FieldError[] =
    typed && typed.problem.status === 422
      ? [
          {
            field:
              typed.problem.code === "handover-amount"
                ? "amount"
                : typed.problem.code === "handover-kind-unknown"
                  ? "kind"
                  : "what",
            message: typed.problem.detail[lang],
          },
        ]
      : [];
  return c.html(
    <Page
      {...frameOf(c)}
      title={titleOf(c.var, view.mandate?.number ?? null, view.member)}
      switchHref={`${here}?lang=${t("en", "zh")}`}
      breadcrumb={[...crumbs(c), { href: handoversHref(slug), label: t("移交", "Handovers") }]}
    >
      <h1>{titleOf(c.var, view.mandate?.number ?? null, view.member)}</h1>
      <p>
        <StateWord c={c} state={view.state} />
      </p>
      <Refused c={c} problem={errors.length > 0 ? undefined : typed?.problem} />
      {view.state === "complete" ? null : (
        <Clock t={t} lang={lang} label={t("移交期限", "Due")} at={endOf(view.row.dueOn)} now={now} />
      )}
      <FactList>
        <Fact label={t("任职结束", "Ended")}>{sayDay(view.row.endedOn, lang)}</Fact>
        <Fact label={t("依据", "Ground")}>
          {t("《业主大会和业主委员会指导规则》第四十五条、第四十八条", "Guiding Rules arts. 45 and 48")}
        </Fact>
        <Fact label={t("记录", "Record")}>
          <a href={`/c/${slug}/record/about/${view.row.handoverId}`}>
            {t("在公开记录中的条目", "Its entries in the public record")}
          </a>
        </Fact>
      </FactList>
      {mayList && view.mandate ? <Packs c={c} /> : null}
      {missing.length > 0 ? (
        <Callout tone="warn" title={t("清单还缺这些类别", "Kinds still missing")}>
          <p>
            {missing.map((kind) => HANDOVER_KINDS[kind][lang]).join(t("、", ", "))}
            {t("。没有的也要列一项“无”。", ". Where there is none, say so in a line.")}
          </p>
        </Callout>
      ) : null}
      <DataTable
        caption={t("移交清单", "List")}
        rows={live}
        empty={<p>{t("清单还是空的。", "The list is empty.")}</p>}
        columns={[
          { label: t("内容", "What"), head: true, cell: ({ lineNo, what }) => `${lineNo}. ${what}` },
          { label: t("类别", "Kind"), cell: ({ kind }) => HANDOVER_KINDS[kind as HandoverKind][lang] },
          {
            label: t("金额（元）", "Yuan"),
            number: true,
            cell: ({ amountFen }) => (amountFen === null ? "—" : formatYuan(amountFen)),
          },
          { label: t("移交人", "Given by"), cell: (line) => signed(line, "gives") },
          { label: t("接收人", "Taken by"), cell: (line) => signed(line, "takes") },
        ]}
      />
      {live.length < view.lines.length ? (
        <Details summary={t("更正过的项", "Corrected lines")}>
          <ul>
            {view.lines
              .filter(({ struckBy }) => struckBy !== null)
              .map((line) => (
                <li>
                  {t(
                    `第${line.lineNo}项“${line.what}”，由第${line.struckBy}项代替`,
                    `No. ${line.lineNo} “${line.what}”, replaced by no. ${line.struckBy}`,
                  )}
                </li>
              ))}
          </ul>
        </Details>
      ) : null}
      {mayList ? (
        <Form action={`${here}/lines`} token={formToken} once={newOnce()}>
          <h2>{t("列入一项", "Add a line")}</h2>
          <ErrorSummary t={t} errors={errors} />
          <Select
            name="kind"
            label={t("类别", "Kind")}
            value={typed?.kind ?? ""}
            options={[
              { value: "", label: t("请选择", "Choose") },
              ...Object.entries(HANDOVER_KINDS).map(([value, words]) => ({ value, label: words[lang] })),
            ]}
            error={errorFor(errors, "kind")}
          />
          <Field
            name="what"
            label={t("内容和数量", "What, and how many")}
            value={typed?.what ?? ""}
            error={errorFor(errors, "what")}
            maxlength={200}
          />
          <Field
            name="amount"
            label={t("金额（元）", "Amount in yuan")}
            hint={t(
              "资金必填，没有余额填0；其他可不填。",
              "Needed for money, 0 where nothing is left; else may stay empty.",
            )}
            value={typed?.amount ?? ""}
            error={errorFor(errors, "amount")}
            inputmode="decimal"
            width={11}
          />
          {live.length > 0 ? (
            <Select
              name="strikes"
              label={t("代替哪一项（写错时）", "In the place of (to correct)")}
              value={typed?.strikes ?? ""}
              options={[
                { value: "", label: t("不代替，是新的一项", "None: a new line") },
                ...live.map(({ lineNo, what }) => ({ value: String(lineNo), label: `${lineNo} ${what}` })),
              ]}
            />
          ) : null}
          <Actions>
            <Button>{t("列入清单", "Add")}</Button>
          </Actions>
        </Form>
      ) : null}
    </Page>,
    typed ? (typed.problem.status as 422) : 200,
  );
}

handoverRoutes.post("/committee/handovers/:number/lines", lists, async (c) => {
  const view = await found(c);
  if (!view) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const typed = {
    kind: one(body, "kind"),
    what: one(body, "what"),
    amount: one(body, "amount"),
    strikes: one(body, "strikes"),
  };
  const amount = typed.amount.trim() === "" ? null : parseYuan(typed.amount);
  if (amount !== null && !amount.ok)
    return handoverPage(c, view, { problem: handoverProblem({ reason: "amount_out_of_range" }), ...typed });
  const added = await addLine(
    staffScene(c),
    view.row.handoverId,
    { kind: typed.kind, what: typed.what, amountFen: amount?.value ?? null, strikes: readNo(typed.strikes) },
    one(body, "_once") || newOnce(),
  );
  if (!added.ok) return handoverPage(c, view, { problem: handoverProblem(added.error), ...typed });
  return c.redirect(handoverHref(c.var.scene.community.slug, view.row.number), 303);
});

// Who left may hold no office to sign in with: their paper is entered by whoever keeps the committee's records.
handoverRoutes.post("/committee/handovers/:number/sign", requiresOffice, async (c) => {
  const view = await found(c);
  if (!view) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const lineNo = readNo(one(body, "line"));
  const side = SIDES.find((known) => known === one(body, "side"));
  if (lineNo === null || !side) return c.notFound();
  const scene = staffScene(c);
  const onPaperBy = one(body, "person");
  const mayEnter = scene.actor.permissions.has("committee.record") && view.giving.has(onPaperBy);
  if (onPaperBy === "" ? sidesOf(view, scene.actor.personId).length === 0 : !mayEnter) return c.notFound();
  const paper = onPaperBy === "" ? undefined : (onPaperBy as PersonId);
  const signed = await signLine(scene, view.row.handoverId, lineNo, side, paper);
  if (!signed.ok) return handoverPage(c, view, { problem: handoverProblem(signed.error) });
  return c.redirect(handoverHref(scene.community.slug, view.row.number), 303);
});
