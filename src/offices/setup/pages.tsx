/** The set-up wizard: code, community, first people, review, done. What was typed travels in the form itself; nothing is kept before the last step. */
import { Hono } from "hono";
import { dayOf } from "../../kernel/day.ts";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { pick } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { readCookie, readToken, sameText, signToken, writeCookie } from "../../platform/session.ts";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { RadioGroup } from "../../platform/ui/choices.tsx";
import { Fact, FactList } from "../../platform/ui/facts.tsx";
import { DateTimeField, Field, Select } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, type FieldError, Fieldset, Form } from "../../platform/ui/forms.tsx";
import { Callout } from "../../platform/ui/notices.tsx";
import { Steps } from "../../platform/ui/steps.tsx";
import { fieldErrors, textOf, WholeRefusal } from "../forms.tsx";
import { ACTS_INTO } from "../terms/rules.ts";
import { POST_WORDS, TAKE_WORDS } from "../words.ts";
import { checkCommunity, createCommunity, hasSetupCode, isSlugFree, setupMark, trySetupCode } from "./actions.ts";
import { codeProblem, setupProblem, setupProblems } from "./problems.ts";
import { isSlug, readCommunity } from "./rules.ts";
import {
  askedFrom,
  COMMUNITY_FIELDS,
  empty,
  hiddenOf,
  OPTIONAL,
  PEOPLE_FIELDS,
  postOf,
  type SLOT_FIELDS,
  SLOTS,
  type Slot,
  type SlotField,
  slotsOf,
  type Typed,
  typedIn,
} from "./typed.ts";

export const setupRoutes = new Hono<AppEnv>();

const COOKIE = "ch_setup";
const COOKIE_SECONDS = 3600;

const hasCode = async (c: AppContext): Promise<boolean> => {
  const claims = await readToken(c.env, "sign-in", readCookie(c, COOKIE), c.var.now);
  const mark = claims?.setup;
  return hasSetupCode(c.env) && typeof mark === "string" && sameText(mark, setupMark(c.env));
};

const Progress = ({ c, current }: { c: AppContext; current: number }) => {
  const { t } = c.var;
  const names = [
    t("开通码", "Code"),
    t("小区", "Community"),
    t("首批人员", "First people"),
    t("核对", "Check"),
    t("完成", "Done"),
  ];
  return (
    <Steps
      t={t}
      label={t("设立小区的步骤", "Steps of the set-up")}
      current={current}
      steps={names.map((name) => ({ name }))}
    />
  );
};

// ——— The code ———

function codePage(c: AppContext, problem?: Problem) {
  const { t, lang, formToken } = c.var;
  const errors = fieldErrors(problem, lang);
  const isShut = problem !== undefined && errors.length === 0;
  return (
    <Page
      {...frameOf(c)}
      title={t("设立小区", "Set up a community")}
      isPrivate={true}
      switchHref={`/setup?lang=${lang === "en" ? "zh" : "en"}`}
    >
      <h1>{t("设立小区", "Set up a community")}</h1>
      <Progress c={c} current={0} />
      <WholeRefusal c={c} problem={problem} />
      {isShut ? null : (
        <>
          <p>
            {t(
              "大约需要五分钟。请准备：小区的名称和地址；主任（或筹备组组长）、秘书、计票人的姓名和手机号；他们任职所依据的文件。",
              "It takes about five minutes. Have ready: the community's name and address; names and numbers of chair (or head of the preparatory group), secretary and teller; and the documents their offices rest on.",
            )}
          </p>
          <Form action="/setup" token={formToken}>
            <ErrorSummary t={t} errors={errors} />
            <Field
              name="code"
              type="password"
              label={t("开通码", "Set-up code")}
              hint={t("由系统管理员交给您", "Handed to you by the operator")}
              error={errorFor(errors, "code")}
              width={20}
            />
            <Actions>
              <Button>{t("开始", "Begin")}</Button>
            </Actions>
          </Form>
        </>
      )}
    </Page>
  );
}

setupRoutes.get("/setup", async (c) => {
  if (!hasSetupCode(c.env)) return c.html(codePage(c, codeProblem({ reason: "no_setup_code" })), 503);
  return (await hasCode(c)) ? c.redirect("/setup/community", 303) : c.html(codePage(c));
});

setupRoutes.post("/setup", async (c) => {
  const { code } = await textOf(c, "code");
  const tried = await trySetupCode(c.env, c.var.now, code);
  if (!tried.ok) {
    const problem = codeProblem(tried.error);
    return c.html(codePage(c, problem), problem.status);
  }
  const token = await signToken(c.env, "sign-in", { setup: setupMark(c.env) }, c.var.now, COOKIE_SECONDS);
  writeCookie(c, COOKIE, token, COOKIE_SECONDS);
  return c.redirect("/setup/community", 303);
});

// ——— The community ———

function communityPage(c: AppContext, typed: Typed, problem?: Problem) {
  const { t, lang, formToken } = c.var;
  const errors = fieldErrors(problem, lang);
  const field = (name: (typeof COMMUNITY_FIELDS)[number], label: string, hint?: string) => (
    <Field name={name} label={label} value={typed[name]} error={errorFor(errors, name)} {...(hint ? { hint } : {})} />
  );
  return (
    <Page
      {...frameOf(c)}
      title={t("小区", "The community")}
      isPrivate={true}
      switchHref={`/setup/community?lang=${lang === "en" ? "zh" : "en"}`}
    >
      <h1>{t("小区", "The community")}</h1>
      <Progress c={c} current={1} />
      <Form
        action="/setup/community"
        token={formToken}
        once={typed._once}
        hidden={hiddenOf(typed, [...PEOPLE_FIELDS, "body"])}
      >
        <ErrorSummary t={t} errors={errors} />
        {field("name", t("小区名称", "Name"), t("例如：金桂苑", "Such as 金桂苑"))}
        {field(
          "slug",
          t("网址名", "Address of its pages"),
          t(
            `小写字母和数字，例如 jinguiyuan；以后不能改。网址将是 /c/网址名`,
            "Small letters and digits, such as jinguiyuan; it cannot change later",
          ),
        )}
        {field("district", t("区县", "District"), t("例如：璧山区", "Such as 璧山区"))}
        {field("street", t("街道或乡镇", "Street office or town"), t("例如：璧城街道", "Such as 璧城街道"))}
        {field("address", t("地址", "Postal address"))}
        <Actions>
          <Button>{t("下一步：首批人员", "Next: first people")}</Button>
        </Actions>
      </Form>
    </Page>
  );
}

setupRoutes.get("/setup/community", async (c) =>
  (await hasCode(c)) ? c.html(communityPage(c, empty(newOnce()))) : c.redirect("/setup", 303),
);

setupRoutes.post("/setup/community", async (c) => {
  if (!(await hasCode(c))) return c.redirect("/setup", 303);
  const typed = await typedIn(c);
  const read = readCommunity(typed);
  if (!read.ok) {
    const problem = setupProblems(read.error, []);
    return c.html(communityPage(c, typed, problem), problem.status);
  }
  if (!(await isSlugFree(c.env, read.value.slug, askedFrom(typed).key))) {
    const problem = setupProblem({ reason: "slug_taken" }, []);
    return c.html(communityPage(c, typed, problem), problem.status);
  }
  return c.html(peoplePage(c, { ...typed, ...read.value }));
});

// ——— The people ———

const OfficerFields = ({
  c,
  slot,
  typed,
  errors,
}: {
  c: AppContext;
  slot: Slot;
  typed: Typed;
  errors: readonly FieldError[];
}) => {
  const { t, lang, now } = c.var;
  const post = postOf(slot, typed.body);
  const optional = OPTIONAL.includes(slot) ? { optional: t("选填", "optional") } : {};
  const at = (field: (typeof SLOT_FIELDS)[number]) => {
    const name: SlotField = `${slot}_${field}`;
    return { name, value: typed[name], error: errorFor(errors, name) };
  };
  const legend =
    slot === "head" ? t("主任或筹备组组长", "Chair, or head of the preparatory group") : pick(POST_WORDS[post], lang);
  const why: Record<Slot, string> = {
    head: t("批准会议公告、公布结果", "Approves notices, publishes results"),
    secretary: t(
      "导入名册、起草会议、送达；不能与主任是同一人",
      "Imports the roll, drafts, delivers; not the same person as the chair",
    ),
    teller: t("复核纸质票、计票；不能与秘书是同一人", "Checks paper, counts; not the same person as the secretary"),
    supervisor: t("复核纸质票、查看审计", "Checks paper, reads the audit"),
    street: t("街道经办人，可登记任职、依法撤销决定", "May record offices and annul by law"),
  };
  const acts = slot === "head" ? [...ACTS_INTO.committee_chair, ...ACTS_INTO.preparatory_chair] : ACTS_INTO[post];
  return (
    <Fieldset legend={legend} hint={why[slot]}>
      <Field {...at("name")} {...optional} label={t("姓名", "Name")} width={20} />
      <Field
        {...at("phone")}
        {...optional}
        type="tel"
        inputmode="tel"
        width={20}
        label={t("手机号", "Mobile number")}
        hint={t("登录时接收验证码", "Receives the sign-in code")}
      />
      <Select
        {...at("act")}
        {...optional}
        label={t("怎样产生", "By which act")}
        options={acts.map((act) => ({ value: act, label: pick(TAKE_WORDS[act], lang) }))}
      />
      <Field
        {...at("document")}
        {...optional}
        label={t("依据的文件或决议", "Document or decision")}
        hint={t("文号、会议日期或公告名称，公开显示", "Number, date or title; public")}
      />
      <DateTimeField
        {...at("from")}
        {...optional}
        kind="date"
        value={typed[`${slot}_from`] || dayOf(now)}
        label={t("从哪天起任职", "In office from")}
      />
    </Fieldset>
  );
};

function peoplePage(c: AppContext, typed: Typed, problem?: Problem) {
  const { t, lang, formToken } = c.var;
  const errors = fieldErrors(problem, lang);
  return (
    <Page
      {...frameOf(c)}
      title={t("首批人员", "First people")}
      isPrivate={true}
      switchHref={`/setup/community?lang=${lang === "en" ? "zh" : "en"}`}
    >
      <h1>{t("首批人员", "First people")}</h1>
      <Progress c={c} current={2} />
      <p>
        {t(
          "起草和批准、录入和计票必须由不同的人来做，所以至少需要三个人。其他人以后可以在“任职登记”里添加。",
          "Who drafts does not approve, and who enters does not count: so at least three people. Others can be recorded later.",
        )}
      </p>
      <WholeRefusal c={c} problem={problem} />
      <Form action="/setup/people" token={formToken} once={typed._once} hidden={hiddenOf(typed, COMMUNITY_FIELDS)}>
        <ErrorSummary t={t} errors={errors} />
        <RadioGroup
          name="body"
          legend={t("小区现在的情况", "Where the community stands")}
          value={typed.body === "preparatory" ? "preparatory" : "committee"}
          options={[
            { value: "committee", label: t("已有业主委员会", "There is an owners' committee") },
            { value: "preparatory", label: t("正在筹备首次业主大会", "The first owners' meeting is being prepared") },
          ]}
        />
        {SLOTS.map((slot) => (
          <OfficerFields c={c} slot={slot} typed={typed} errors={errors} />
        ))}
        <Actions>
          <Button name="step" value="review">
            {t("下一步：核对", "Next: check")}
          </Button>
          <Button look="quiet" name="step" value="back">
            {t("上一步", "Back")}
          </Button>
        </Actions>
      </Form>
    </Page>
  );
}

/** The page of the step a problem belongs to, with everything that was typed. */
function pageWith(c: AppContext, typed: Typed, problem: Problem) {
  const isCommunity = problem.errors?.some(({ pointer }) =>
    (COMMUNITY_FIELDS as readonly string[]).includes(pointer.slice(1)),
  );
  return isCommunity ? communityPage(c, typed, problem) : peoplePage(c, typed, problem);
}

setupRoutes.post("/setup/people", async (c) => {
  if (!(await hasCode(c))) return c.redirect("/setup", 303);
  const { step, ...typed } = await typedIn(c);
  if (step === "back") return c.html(communityPage(c, typed));
  const checked = checkCommunity(askedFrom(typed), c.var.now);
  if (!checked.ok) {
    const problem = setupProblems(checked.error, slotsOf(typed));
    return c.html(pageWith(c, typed, problem), problem.status);
  }
  return c.html(reviewPage(c, typed));
});

// ——— Review and creation ———

function reviewPage(c: AppContext, typed: Typed) {
  const { t, lang, formToken } = c.var;
  const all = [...COMMUNITY_FIELDS, ...PEOPLE_FIELDS, "body"] as const;
  const { officers } = askedFrom(typed);
  return (
    <Page
      {...frameOf(c)}
      title={t("核对", "Check")}
      isPrivate={true}
      switchHref={`/setup/community?lang=${lang === "en" ? "zh" : "en"}`}
    >
      <h1>{t("请核对，确认后设立小区", "Check it; then the community is set up")}</h1>
      <Progress c={c} current={3} />
      <FactList>
        <Fact label={t("小区", "Community")}>{typed.name}</Fact>
        <Fact label={t("网址", "Address")}>/c/{typed.slug}</Fact>
        <Fact label={t("区县、街道", "District and street")}>
          {typed.district} {typed.street}
        </Fact>
        <Fact label={t("地址", "Postal address")}>{typed.address}</Fact>
        {officers.map((officer) => (
          <Fact label={pick(POST_WORDS[officer.post], lang)}>
            {officer.name} · {officer.phone} · {pick(TAKE_WORDS[officer.act], lang)} · {officer.document}
          </Fact>
        ))}
      </FactList>
      <Callout tone="info">
        <p>
          {t(
            "姓名和任职依据会公开显示，手机号不公开。设立后写入公开记录，不能删除。",
            "Names and what the offices rest on are public, numbers are not. It enters the public record and cannot be deleted.",
          )}
        </p>
      </Callout>
      <Form action="/setup/create" token={formToken} once={typed._once} hidden={hiddenOf(typed, all)}>
        <Actions>
          <Button>{t("确认设立", "Set it up")}</Button>
          <Button look="quiet" name="step" value="back">
            {t("返回修改", "Change something")}
          </Button>
        </Actions>
      </Form>
    </Page>
  );
}

setupRoutes.post("/setup/create", async (c) => {
  if (!(await hasCode(c))) return c.redirect("/setup", 303);
  const { step, ...typed } = await typedIn(c);
  if (step === "back") return c.html(peoplePage(c, typed));
  const made = await createCommunity(c.env, c.var.now, askedFrom(typed));
  if (made.ok) return c.redirect(`/setup/done?c=${made.value.slug}`, 303);
  const problem = setupProblem(made.error, slotsOf(typed));
  return c.html(pageWith(c, typed, problem), problem.status);
});

setupRoutes.get("/setup/done", async (c) => {
  const { t } = c.var;
  const slug = c.req.query("c") ?? "";
  if (!isSlug(slug) || !(await hasCode(c))) return c.redirect("/setup", 303);
  return c.html(
    <Page {...frameOf(c)} title={t("小区已设立", "The community is set up")} isPrivate={true}>
      <h1>{t("小区已设立", "The community is set up")}</h1>
      <Progress c={c} current={5} />
      <Callout tone="good" title={t("接下来", "What comes next")}>
        <ol>
          <li>{t("秘书用登记的手机号登录", "The secretary signs in with the number given")}</li>
          <li>{t("在“名册”里导入业主名册（Excel 或 CSV）", "Imports the owners' roll (Excel or CSV)")}</li>
          <li>
            {t(
              "按议事规则设定本小区的做法，然后起草第一次会议",
              "Sets this community's practice, then drafts the first meeting",
            )}
          </li>
        </ol>
      </Callout>
      <Actions>
        <ButtonLink href={`/c/${slug}/sign-in?next=${encodeURIComponent(`/c/${slug}/desk/roll/import`)}`}>
          {t("登录，导入名册", "Sign in and import the roll")}
        </ButtonLink>
        <ButtonLink look="quiet" href={`/c/${slug}/offices`}>
          {t("查看任职", "See who holds office")}
        </ButtonLink>
      </Actions>
    </Page>,
  );
});
