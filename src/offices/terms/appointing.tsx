/** Recording that someone takes office: the form, shown once more to be checked, then written. */
import { Hono } from "hono";
import { dayOf } from "../../kernel/day.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { pick } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { Fact, FactList } from "../../platform/ui/facts.tsx";
import { DateTimeField, Field, Select } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../platform/ui/forms.tsx";
import { Callout } from "../../platform/ui/notices.tsx";
import { fieldErrors, textOf, together, WholeRefusal } from "../forms.tsx";
import { ruleWords } from "../overlap/explained.ts";
import { needsSecond, whoConfirms } from "../proposals/rules.ts";
import { findOthersUntil } from "../proposals/store.ts";
import { BODY_OF_POST } from "../rules.ts";
import { TAKE_WORDS } from "../words.ts";
import { type Appointment, appoint, checkAppointment } from "./actions.ts";
import { saySpanOfOffice, treeOf } from "./pages.tsx";
import { crumbs, deskOf, manages, switchOf } from "./place.ts";
import { termsProblem } from "./problems.ts";
import { ACTS_INTO, LONGEST_DAYS, TAKE_KINDS } from "./rules.ts";
import { listBodies, listPosts } from "./store.ts";

export const appointingPages = new Hono<AppEnv>();

async function appointPage(c: AppContext, given: Appointment, once: string, problem?: Problem) {
  const { t, lang, formToken, scene } = c.var;
  const [bodies, posts] = await scene.db.read(listBodies(scene), listPosts(scene));
  const errors = fieldErrors(problem, lang);
  const error = (name: string) => errorFor(errors, name);
  const post = posts.find(({ postId }) => postId === given.postId);
  const acts = post ? ACTS_INTO[post.kind] : TAKE_KINDS;
  const most = post ? LONGEST_DAYS[post.kind] : undefined;
  return (
    <Page
      {...frameOf(c, "staff")}
      title={t("登记任职", "Record an office")}
      breadcrumb={crumbs(c, true)}
      switchHref={switchOf(c)}
    >
      <h1>{t("登记任职", "Record an office")}</h1>
      <WholeRefusal c={c} problem={problem} />
      <Form action={`${deskOf(c)}/appoint`} token={formToken} once={once}>
        <ErrorSummary t={t} errors={errors} />
        <Select
          name="postId"
          label={t("职务", "Post")}
          prompt={t("请选择", "Choose")}
          value={given.postId}
          error={error("postId")}
          options={treeOf(bodies).flatMap(({ body }) =>
            posts
              .filter(({ bodyId }) => bodyId === body.bodyId)
              .map(({ postId, titleZh, titleEn }) => ({
                value: postId,
                label: t(`${body.nameZh} · ${titleZh}`, `${body.nameEn} · ${titleEn}`),
              })),
          )}
        />
        <Field
          name="name"
          label={t("姓名", "Name")}
          hint={t("与身份证一致", "As on the identity card")}
          value={given.name}
          error={error("name")}
          width={20}
        />
        <Field
          name="phone"
          type="tel"
          inputmode="tel"
          label={t("手机号", "Mobile number")}
          hint={t("登录时接收验证码，加密保存，不公开", "Receives the sign-in code; kept encrypted, not public")}
          value={given.phone}
          error={error("phone")}
          width={20}
        />
        <DateTimeField
          kind="date"
          name="fromOn"
          label={t("从哪天起", "From")}
          value={given.fromOn}
          error={error("fromOn")}
        />
        <DateTimeField
          kind="date"
          name="lastOn"
          label={t("任期最后一天", "Last day of the term")}
          hint={
            most === undefined
              ? t("没有期限可以不填", "May stay empty where there is none")
              : t(`必填，最长 ${most} 天，到期自动停止`, `Needed: at most ${most} days, then it stops by itself`)
          }
          value={given.lastOn}
          error={error("lastOn")}
          optional={most === undefined ? t("选填", "optional") : undefined}
        />
        <Select
          name="act"
          label={t("怎样产生", "By which act")}
          hint={
            post && BODY_OF_POST[post.kind] === "committee"
              ? t(
                  "进业委会只能经业主选举，不能任命（《民法典》第二百七十八条第一款第三项）",
                  "Into the committee leads election by the owners, never appointment (Civil Code art. 278(1)(3))",
                )
              : undefined
          }
          prompt={t("请选择", "Choose")}
          value={given.act}
          error={error("act")}
          options={acts.map((act) => ({ value: act, label: pick(TAKE_WORDS[act], lang) }))}
        />
        <Field
          name="document"
          label={t("依据的文件或决议", "Document or decision")}
          hint={t(
            "文号、会议日期或公告名称。公开显示，请不要写身份证号和电话",
            "Number, date or title. Public: no identity or phone numbers",
          )}
          value={given.document}
          error={error("document")}
        />
        <Actions>
          <Button name="step" value="review">
            {t("下一步：核对", "Next: check")}
          </Button>
          <ButtonLink look="quiet" href={deskOf(c)}>
            {t("取消", "Cancel")}
          </ButtonLink>
        </Actions>
      </Form>
    </Page>
  );
}

appointingPages.get("/desk/offices/appoint", manages, async (c) => {
  const given = { postId: c.req.query("post") ?? "", name: "", phone: "", lastOn: "", act: "", document: "" };
  return c.html(await appointPage(c, { ...given, fromOn: dayOf(c.var.now) }, newOnce()));
});

appointingPages.post("/desk/offices/appoint", manages, async (c) => {
  const { t, lang, formToken } = c.var;
  const { step, _once, ...given } = await textOf(
    c,
    "postId",
    "name",
    "phone",
    "fromOn",
    "lastOn",
    "act",
    "document",
    "step",
  );
  const once = _once || newOnce();
  if (step === "edit") return c.html(await appointPage(c, given, once));
  if (step === "confirm") {
    const done = await appoint(staffScene(c), given, once);
    if (done.ok) {
      const { tenureId, awaitsSecond } = done.value;
      return c.redirect(awaitsSecond ? `${deskOf(c)}/pending/${tenureId}` : `${deskOf(c)}?done=${tenureId}`, 303);
    }
    const problem = termsProblem(done.error);
    return c.html(await appointPage(c, given, once, problem), problem.status);
  }
  const checked = await checkAppointment(staffScene(c), given);
  if (!checked.ok) {
    const [first, ...others] = checked.error;
    const problem = together([termsProblem(first), ...others.map(termsProblem)]);
    return c.html(await appointPage(c, given, once, problem), problem.status);
  }
  const { post, act, span, name, phone, personId, conflicts } = checked.value;
  const [others] = await c.var.scene.db.read(findOthersUntil(c.var.scene, [c.var.actor.personId, personId ?? ""]));
  const second = needsSecond(post.kind) ? whoConfirms(others[0]?.until ?? null, c.var.now) : null;
  if (second && !second.ok) {
    const problem = termsProblem(second.error);
    return c.html(await appointPage(c, given, once, problem), problem.status);
  }
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t("核对任职", "Check the office")}
      breadcrumb={crumbs(c, true)}
      switchHref={`${deskOf(c)}/appoint`}
    >
      <h1>{t("请核对，确认后写入公开记录", "Check it; then it enters the public record")}</h1>
      {second?.value.kind === "second" ? (
        <Callout>
          <p>
            {t(
              "这个职务要由两个人任命：您登记以后，还要另一位能登记任职的人在七天内向本人核实、确认，才生效。",
              "This post is filled by two people: after you, another who manages offices asks the person and confirms it within seven days. Until then it is not in force.",
            )}
          </p>
        </Callout>
      ) : null}
      {conflicts.ok && conflicts.value.length > 0 ? (
        <Callout tone="warn">
          <p>
            {t("凭例外许可任职，会公开：", "Taken by a waiver, which is public: ")}
            {conflicts.value.map(({ conflict }) => pick(ruleWords(conflict.rule), lang)).join(t("；", "; "))}
          </p>
        </Callout>
      ) : null}
      <FactList>
        <Fact label={t("职务", "Post")}>{pick({ zh: post.titleZh, en: post.titleEn }, lang)}</Fact>
        <Fact label={t("姓名", "Name")}>
          {name}
          {personId === null ? null : t("（已登记过，兼任）", " (known already: one more post)")}
        </Fact>
        <Fact label={t("手机号", "Mobile number")}>{phone}</Fact>
        <Fact label={t("任期", "Term")}>{saySpanOfOffice(c, span)}</Fact>
        <Fact label={t("怎样产生", "By")}>{pick(TAKE_WORDS[act], lang)}</Fact>
        <Fact label={t("依据", "Document")}>{given.document}</Fact>
      </FactList>
      <Form action={`${deskOf(c)}/appoint`} token={formToken} once={once} hidden={{ ...given }}>
        <Actions>
          <Button name="step" value="confirm">
            {second?.value.kind === "second"
              ? t("登记，交第二人确认", "Record it, for a second person to confirm")
              : t("确认登记", "Record it")}
          </Button>
          <Button look="quiet" name="step" value="edit">
            {t("返回修改", "Change something")}
          </Button>
        </Actions>
      </Form>
    </Page>,
  );
});
