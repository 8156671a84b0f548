/** A body as those who manage offices see it: its posts to change, and its end. */
import { Hono } from "hono";
import { dayOf } from "../../kernel/day.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { pick } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import { NOT_FOUND, type Problem, problemResponse } from "../../platform/problem.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { Fact, FactList } from "../../platform/ui/facts.tsx";
import { DateTimeField, Field } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../platform/ui/forms.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import { Callout } from "../../platform/ui/notices.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { fieldErrors, textOf, WholeRefusal } from "../forms.tsx";
import { baseOf, crumbs, deskOf, manages, switchOf } from "../terms/place.ts";
import { BODY_WORDS } from "../words.ts";
import { dissolveBody } from "./actions.ts";
import { listPostsNow, postOf } from "./posts/store.ts";
import { bodiesProblem } from "./problems.ts";
import type { Body } from "./rules.ts";
import { bodyOf, findBodyAt } from "./store.ts";
import { sayAreas, sayTerm } from "./words.ts";

/** Mounted with the pages of bodies. */
export const bodyDesk = new Hono<AppEnv>();

async function findBody(c: AppContext): Promise<Body | null> {
  const { scene, now } = c.var;
  const [rows] = await scene.db.read(findBodyAt(scene, c.req.param("bodyId") ?? "", now));
  return rows[0] ? bodyOf(rows[0]) : null;
}

bodyDesk.get("/desk/offices/bodies/:bodyId", manages, async (c) => {
  const { t, lang, now, scene } = c.var;
  const bodyId = c.req.param("bodyId");
  const [rows, postRows] = await scene.db.read(findBodyAt(scene, bodyId, now), listPostsNow(scene));
  if (!rows[0]) return problemResponse(c, NOT_FOUND);
  const body = bodyOf(rows[0]);
  const posts = postRows.filter((row) => row.bodyId === bodyId).map(postOf);
  const here = `${deskOf(c)}/bodies/${bodyId}`;
  const isLiving = body.endedAt === null;
  return c.html(
    <Page {...frameOf(c, "staff")} title={pick(body.name, lang)} breadcrumb={crumbs(c, true)}>
      <h1>{pick(body.name, lang)}</h1>
      {c.req.query("done") === undefined ? null : (
        <Callout tone="good" title={t("已登记，并写入公开记录", "Recorded, and in the public record")} />
      )}
      <FactList>
        <Fact label={t("类别", "Kind")}>{BODY_WORDS[body.kind][lang]}</Fact>
        <Fact label={t("层级", "Level")}>{pick(body.level, lang) || t("未设定", "not set")}</Fact>
        <Fact label={t("设立", "Since")}>{sayDay(dayOf(body.sinceAt), lang)}</Fact>
        <Fact label={t("负责", "Answers for")}>
          {body.areas.length > 0 ? sayAreas(body.areas, lang) : t("没有指定楼栋", "no building in particular")}
        </Fact>
        {body.endedAt === null ? null : <Fact label={t("撤销", "Ended")}>{sayDay(dayOf(body.endedAt), lang)}</Fact>}
      </FactList>
      {isLiving ? (
        <Actions>
          <ButtonLink href={`${here}/change`}>
            {t("变更名称、层级、上级或楼栋", "Change name, level, place or buildings")}
          </ButtonLink>
          <ButtonLink look="quiet" href={`${here}/posts`}>
            {t("增设职务", "Add a post")}
          </ButtonLink>
          <ButtonLink look="quiet" href={`${deskOf(c)}/body?under=${bodyId}`}>
            {t("在下面新设组织", "Form a body below it")}
          </ButtonLink>
          <ButtonLink look="quiet" href={`${here}/end`}>
            {t("撤销这个组织", "End this body")}
          </ButtonLink>
        </Actions>
      ) : null}
      <h2>{t("职务", "Posts")}</h2>
      <DataTable
        caption={t("职务、席位和任期", "Posts, seats and terms")}
        quietCaption={true}
        rows={posts}
        empty={<p class="quiet">{t("还没有职务。", "No posts yet.")}</p>}
        columns={[
          { label: t("职务", "Post"), head: true, cell: (post) => pick(post.title, lang) },
          {
            label: t("席位", "Seats"),
            number: true,
            cell: (post) => (post.seats === 0 ? t("已停用", "none") : post.seats),
          },
          { label: t("任期", "Term"), cell: (post) => sayTerm(post.termMonths, lang) },
          {
            label: t("操作", "Act"),
            cell: (post) =>
              isLiving ? (
                <>
                  <a href={`${deskOf(c)}/posts/${post.postId}`}>{t("变更", "Change")}</a>{" "}
                  {post.seats > 0 ? (
                    <a href={`${deskOf(c)}/appoint?post=${post.postId}`}>{t("登记任职", "Record an office")}</a>
                  ) : null}
                </>
              ) : null,
          },
        ]}
      />
      <p>
        <a href={`${baseOf(c)}/offices/bodies/${bodyId}`}>
          {t("公开页面：任职人员和变更历史", "Public page: holders and history")}
        </a>
      </p>
    </Page>,
  );
});

interface EndForm {
  readonly fromOn: string;
  readonly document: string;
}

function endPage(c: AppContext, body: Body, given: EndForm, once: string, problem?: Problem) {
  const { t, lang, formToken } = c.var;
  const errors = fieldErrors(problem, lang);
  const here = `${deskOf(c)}/bodies/${body.bodyId}`;
  const title = t(`撤销“${body.name.zh}”`, `End “${body.name.en}”`);
  return (
    <Page {...frameOf(c, "staff")} title={title} breadcrumb={crumbs(c, true)} switchHref={switchOf(c)}>
      <h1>{title}</h1>
      <WholeRefusal c={c} problem={problem} />
      <p>
        {t(
          "撤销以后不再任命职务，历史保留，不能恢复；需要时另设一个组织。任职要先离任，下级组织要先改归别处。",
          "An ended body gives no posts; its history stays, and it does not come back: a new one is formed where one is needed. Holders leave first, and bodies below it move first.",
        )}
      </p>
      <Form action={`${here}/end`} token={formToken} once={once}>
        <ErrorSummary t={t} errors={errors} />
        <DateTimeField
          kind="date"
          name="fromOn"
          label={t("自哪天起撤销", "Ended from")}
          value={given.fromOn}
          error={errorFor(errors, "fromOn")}
          max={dayOf(c.var.now)}
        />
        <Field
          name="document"
          label={t("依据的文件或决议", "Document or decision")}
          hint={t("公开显示并写入记录，请不要写姓名和电话", "Public and in the record: no names, no phone numbers")}
          value={given.document}
          error={errorFor(errors, "document")}
        />
        <Actions>
          <Button look="danger">{t("撤销，写入公开记录", "End it, in the public record")}</Button>
          <ButtonLink look="quiet" href={here}>
            {t("取消", "Cancel")}
          </ButtonLink>
        </Actions>
      </Form>
    </Page>
  );
}

bodyDesk.get("/desk/offices/bodies/:bodyId/end", manages, async (c) => {
  const body = await findBody(c);
  if (!body) return problemResponse(c, NOT_FOUND);
  return c.html(endPage(c, body, { fromOn: dayOf(c.var.now), document: "" }, newOnce()));
});

bodyDesk.post("/desk/offices/bodies/:bodyId/end", manages, async (c) => {
  const body = await findBody(c);
  if (!body) return problemResponse(c, NOT_FOUND);
  const { _once, ...given } = await textOf(c, "fromOn", "document");
  const once = _once || newOnce();
  const done = await dissolveBody(staffScene(c), body.bodyId, given, once);
  if (done.ok) return c.redirect(`${deskOf(c)}/bodies/${body.bodyId}?done=1`, 303);
  const problem = bodiesProblem(done.error[0]);
  return c.html(endPage(c, body, given, once, problem), problem.status);
});
