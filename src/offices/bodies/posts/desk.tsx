/** A further post of a body, and another title, number of seats or term of one: two forms of those who manage offices. */
import { Hono } from "hono";
import { type AppContext, type AppEnv, staffScene } from "../../../platform/context.ts";
import { frameOf, newOnce } from "../../../platform/frame.ts";
import { pick } from "../../../platform/i18n.ts";
import { Page } from "../../../platform/layout.tsx";
import { NOT_FOUND, type Problem, problemResponse } from "../../../platform/problem.tsx";
import { Actions, Button, ButtonLink } from "../../../platform/ui/buttons.tsx";
import { Field, Select } from "../../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../../platform/ui/forms.tsx";
import { Details } from "../../../platform/ui/notices.tsx";
import { fieldErrors, missing, textOf, WholeRefusal } from "../../forms.tsx";
import { BODY_OF_POST, isPostKind, POST_KINDS, type PostKind } from "../../rules.ts";
import { crumbs, deskOf, manages, switchOf } from "../../terms/place.ts";
import { POST_WORDS } from "../../words.ts";
import { bodiesProblem } from "../problems.ts";
import type { Body } from "../rules.ts";
import { bodyOf, findBodyAt } from "../store.ts";
import { sayPowers } from "../words.ts";
import { addPost, changePost } from "./actions.ts";
import type { Post } from "./rules.ts";
import { findPost, postOf } from "./store.ts";

/** Mounted with the pages of bodies. */
export const postDesk = new Hono<AppEnv>();

interface Given {
  readonly kind: string;
  readonly titleZh: string;
  readonly titleEn: string;
  readonly seats: string;
  readonly termMonths: string;
  readonly document: string;
  readonly seen: string;
}

const readGiven = (c: AppContext) => textOf(c, "kind", "titleZh", "titleEn", "seats", "termMonths", "document", "seen");

function postForm(c: AppContext, body: Body, post: Post | null, given: Given, once: string, problem?: Problem) {
  const { t, lang, formToken } = c.var;
  const errors = fieldErrors(problem, lang);
  const error = (name: string) => errorFor(errors, name);
  const kinds = POST_KINDS.filter((kind) => BODY_OF_POST[kind] === body.kind);
  const back = `${deskOf(c)}/bodies/${body.bodyId}`;
  const title = post
    ? t(`变更“${post.title.zh}”`, `Change “${post.title.en}”`)
    : t(`给“${body.name.zh}”增设职务`, `Add a post to “${body.name.en}”`);
  const powers = (kind: PostKind): string =>
    sayPowers(kind, lang).join(t("；", "; ")) || t("没有系统权限", "nothing in this system");
  return (
    <Page {...frameOf(c, "staff")} title={title} breadcrumb={crumbs(c, true)} switchHref={switchOf(c)}>
      <h1>{title}</h1>
      <WholeRefusal c={c} problem={problem} />
      <Form
        action={post ? `${deskOf(c)}/posts/${post.postId}` : `${back}/posts`}
        token={formToken}
        once={once}
        hidden={post ? { seen: given.seen } : {}}
      >
        <ErrorSummary t={t} errors={errors} />
        {post ? null : (
          <Select
            name="kind"
            label={t("哪种职务", "Kind of post")}
            prompt={t("请选择", "Choose")}
            value={given.kind}
            error={error("kind")}
            options={kinds.map((kind) => ({ value: kind, label: pick(POST_WORDS[kind], lang) }))}
          />
        )}
        <Field
          name="titleZh"
          label={t("职务名称", "Title in Chinese")}
          hint={
            post
              ? t("不填就不改", "Empty leaves it as it is")
              : t("例如“2 单元单元长”。不填就用职务种类的名称", "Such as 2 单元单元长; empty takes the kind's words")
          }
          value={given.titleZh}
          error={error("titleZh")}
          optional={t("选填", "optional")}
          width={20}
        />
        <Field
          name="titleEn"
          label={t("英文名称", "Title in English")}
          value={given.titleEn}
          optional={t("选填", "optional")}
          width={20}
        />
        <Field
          name="seats"
          inputmode="numeric"
          label={t("席位数", "Seats")}
          hint={
            post
              ? t("不能少于在任的人。填 0 表示停用这个职务", "Not fewer than are held; 0 ends the post")
              : t("同时可以有几个人担任", "How many may hold it at once")
          }
          value={given.seats}
          error={error("seats")}
          width={6}
        />
        <Field
          name="termMonths"
          inputmode="numeric"
          label={t("任期（月）", "Term (months)")}
          hint={t(
            "例如 60。没有固定任期不填；业主委员会的职务最多 60 个月",
            "Such as 60; empty where there is none; at most 60 for the owners' committee",
          )}
          value={given.termMonths}
          error={error("termMonths")}
          optional={t("选填", "optional")}
          width={6}
        />
        <Field
          name="document"
          label={t("依据的文件或决议", "Document or decision")}
          hint={t("公开显示并写入记录，请不要写姓名和电话", "Public and in the record: no names, no phone numbers")}
          value={given.document}
          error={error("document")}
        />
        <Actions>
          <Button>{t("登记，写入公开记录", "Record it, in the public record")}</Button>
          <ButtonLink look="quiet" href={back}>
            {t("取消", "Cancel")}
          </ButtonLink>
        </Actions>
      </Form>
      <Details summary={t("职务带来哪些权限", "What power a post brings")}>
        <p>
          {t(
            "权限由职务的种类决定，写在同一张表里，不能在这里改。",
            "Power follows from the kind of post, in one table, and is not set here.",
          )}
        </p>
        <ul>
          {(post ? [post.kind] : kinds).map((kind) => (
            <li>
              {pick(POST_WORDS[kind], lang)}
              {t("：", ": ")}
              {powers(kind)}
            </li>
          ))}
        </ul>
      </Details>
    </Page>
  );
}

const findBody = async (c: AppContext, bodyId: string): Promise<Body | null> => {
  const { scene, now } = c.var;
  const [rows] = await scene.db.read(findBodyAt(scene, bodyId, now));
  const body = rows[0] ? bodyOf(rows[0]) : null;
  return body && body.endedAt === null ? body : null;
};

const NEW: Given = { kind: "", titleZh: "", titleEn: "", seats: "1", termMonths: "", document: "", seen: "" };
const KIND_MISSING = missing("kind", { zh: "请选择哪种职务", en: "Choose the kind of post" });

postDesk.get("/desk/offices/bodies/:bodyId/posts", manages, async (c) => {
  const body = await findBody(c, c.req.param("bodyId"));
  if (!body) return problemResponse(c, NOT_FOUND);
  return c.html(postForm(c, body, null, NEW, newOnce()));
});

postDesk.post("/desk/offices/bodies/:bodyId/posts", manages, async (c) => {
  const body = await findBody(c, c.req.param("bodyId"));
  if (!body) return problemResponse(c, NOT_FOUND);
  const { _once, ...given } = await readGiven(c);
  const once = _once || newOnce();
  const { kind, titleZh, titleEn, seats, termMonths, document } = given;
  if (!isPostKind(kind)) return c.html(postForm(c, body, null, given, once, KIND_MISSING), 422);
  const asked = { kind, titleZh, titleEn, seats, termMonths, document };
  const done = await addPost(staffScene(c), body.bodyId, asked, once);
  if (done.ok) return c.redirect(`${deskOf(c)}/bodies/${body.bodyId}?done=1`, 303);
  const problem = bodiesProblem(done.error);
  return c.html(postForm(c, body, null, given, once, problem), problem.status);
});

async function findOwn(c: AppContext): Promise<{ post: Post; body: Body } | null> {
  const { scene } = c.var;
  const [rows] = await scene.db.read(findPost(scene, c.req.param("postId") ?? ""));
  const post = rows[0] ? postOf(rows[0]) : null;
  const body = post ? await findBody(c, post.bodyId) : null;
  return post && body ? { post, body } : null;
}

postDesk.get("/desk/offices/posts/:postId", manages, async (c) => {
  const found = await findOwn(c);
  if (!found) return problemResponse(c, NOT_FOUND);
  const { post, body } = found;
  const given: Given = {
    kind: post.kind,
    titleZh: post.title.zh,
    titleEn: post.title.en,
    seats: String(post.seats),
    termMonths: post.termMonths === null ? "" : String(post.termMonths),
    document: "",
    seen: String(post.version),
  };
  return c.html(postForm(c, body, post, given, newOnce()));
});

postDesk.post("/desk/offices/posts/:postId", manages, async (c) => {
  const found = await findOwn(c);
  if (!found) return problemResponse(c, NOT_FOUND);
  const { post, body } = found;
  const { _once, ...given } = await readGiven(c);
  const once = _once || newOnce();
  const { titleZh, titleEn, seats, termMonths, document, seen } = given;
  const asked = { titleZh, titleEn, seats, termMonths, document, seen };
  const done = await changePost(staffScene(c), post.postId, asked, once);
  if (done.ok) return c.redirect(`${deskOf(c)}/bodies/${body.bodyId}?done=1`, 303);
  const problem = bodiesProblem(done.error);
  return c.html(postForm(c, body, post, given, once, problem), problem.status);
});
