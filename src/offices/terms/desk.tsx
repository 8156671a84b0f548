/** The desk of those who manage offices: what there is, and forming a body. Taking and leaving office have pages of their own. */
import { Hono } from "hono";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { pick } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { Field, Select } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../platform/ui/forms.tsx";
import { Callout } from "../../platform/ui/notices.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { fieldErrors, missing, textOf, WholeRefusal } from "../forms.tsx";
import { BODY_KINDS, isBodyKind } from "../rules.ts";
import { BODY_WORDS } from "../words.ts";
import { formBody, holderOf } from "./actions.ts";
import { saySpanOfOffice, treeOf } from "./pages.tsx";
import { baseOf, crumbs, deskOf, manages, switchOf } from "./place.ts";
import { termsProblem } from "./problems.ts";
import { listBodies, listPosts, listTenuresFrom } from "./store.ts";

export const termDesk = new Hono<AppEnv>();

termDesk.get("/desk/offices", manages, async (c) => {
  const { t, lang, now, scene } = c.var;
  const [bodies, posts, rows] = await scene.db.read(listBodies(scene), listPosts(scene), listTenuresFrom(scene, now));
  const holders = await Promise.all(
    rows.map(async (row) => ({ ...(await holderOf(scene, row)), phoneMasked: row.phoneMasked })),
  );
  const desk = deskOf(c);
  return c.html(
    <Page {...frameOf(c, "staff")} title={t("任职登记", "Recording offices")} breadcrumb={crumbs(c, false)} wide={true}>
      <h1>{t("任职登记", "Recording offices")}</h1>
      {c.req.query("done") === undefined ? null : (
        <Callout tone="good" title={t("已登记，并写入公开记录", "Recorded, and in the public record")} />
      )}
      <p>
        {t(
          "登记谁任职、谁离任。每次登记都要写明依据，公开显示，不能删除；登记错了用“更正登记”结束再重新登记。",
          "Record who takes and who leaves office. Each says what it rests on, is public and stays; a mistake is ended as “record corrected” and recorded anew.",
        )}
      </p>
      <Actions>
        <ButtonLink href={`${desk}/appoint`}>{t("登记任职", "Record an office")}</ButtonLink>
        <ButtonLink look="quiet" href={`${desk}/pending`}>
          {t("等第二人确认", "Waiting for a second person")}
        </ButtonLink>
        <ButtonLink look="quiet" href={`${desk}/body`}>
          {t("新设组织", "Form a body")}
        </ButtonLink>
        <ButtonLink look="quiet" href={`${baseOf(c)}/desk/sessions`}>
          {t("登录状态", "Sessions")}
        </ButtonLink>
      </Actions>
      {treeOf(bodies).map(({ body }) => {
        const held = holders.filter(({ bodyId }) => bodyId === body.bodyId);
        const vacant = posts.filter(
          (post) =>
            post.bodyId === body.bodyId && held.filter(({ postId }) => postId === post.postId).length < post.seats,
        );
        return (
          <section>
            <h2>{pick({ zh: body.nameZh, en: body.nameEn }, lang)}</h2>
            <DataTable
              caption={t("任职人员", "Office-holders")}
              quietCaption={true}
              rows={held}
              empty={<p class="quiet">{t("尚未登记任职人员。", "Nobody is recorded in office.")}</p>}
              columns={[
                { label: t("姓名", "Name"), head: true, cell: (h) => h.name },
                { label: t("职务", "Post"), cell: (h) => pick(h.title, lang) },
                { label: t("任期", "Term"), cell: (h) => saySpanOfOffice(c, h) },
                { label: t("手机号", "Number"), cell: (h) => h.phoneMasked },
                {
                  label: t("操作", "Act"),
                  cell: (h) => (
                    <>
                      <a href={`${desk}/end/${h.tenureId}`}>{t("登记离任", "Record leaving")}</a>{" "}
                      <a href={`${desk}/number/${h.personId}`}>{t("更换号码", "Change number")}</a>
                    </>
                  ),
                },
              ]}
            />
            {vacant.length > 0 ? (
              <p>
                {t("有空缺：", "Vacant: ")}
                {vacant.map((post) => (
                  <>
                    <a href={`${desk}/appoint?post=${post.postId}`}>
                      {pick({ zh: post.titleZh, en: post.titleEn }, lang)}
                    </a>{" "}
                  </>
                ))}
              </p>
            ) : null}
          </section>
        );
      })}
    </Page>,
  );
});

async function bodyPage(c: AppContext, given: Record<string, string>, once: string, problem?: Problem) {
  const { t, lang, formToken, scene } = c.var;
  const [bodies] = await scene.db.read(listBodies(scene));
  const errors = fieldErrors(problem, lang);
  return (
    <Page
      {...frameOf(c, "staff")}
      title={t("新设组织", "Form a body")}
      breadcrumb={crumbs(c, true)}
      switchHref={switchOf(c)}
    >
      <h1>{t("新设组织", "Form a body")}</h1>
      <WholeRefusal c={c} problem={problem} />
      <Form action={`${deskOf(c)}/body`} token={formToken} once={once}>
        <ErrorSummary t={t} errors={errors} />
        <Select
          name="kind"
          label={t("类别", "Kind")}
          prompt={t("请选择", "Choose")}
          value={given.kind}
          error={errorFor(errors, "kind")}
          options={BODY_KINDS.map((kind) => ({ value: kind, label: pick(BODY_WORDS[kind], lang) }))}
        />
        <Field
          name="nameZh"
          label={t("名称", "Name in Chinese")}
          hint={t("例如“3 号楼党小组”。不填就用类别的名称", "Such as 3 号楼党小组; empty takes the kind's name")}
          value={given.nameZh}
          error={errorFor(errors, "nameZh")}
          optional={t("选填", "optional")}
        />
        <Field
          name="nameEn"
          label={t("英文名称", "Name in English")}
          value={given.nameEn}
          optional={t("选填", "optional")}
        />
        <Field
          name="level"
          label={t("层级名称", "What the district calls its level")}
          hint={t("例如“网格”“楼栋”", "Such as 网格 or 楼栋")}
          value={given.level}
          optional={t("选填", "optional")}
        />
        <Select
          name="parentId"
          label={t("上级组织", "Under which body")}
          prompt={t("没有上级", "None")}
          value={given.parentId}
          error={errorFor(errors, "parentId")}
          optional={t("选填", "optional")}
          options={bodies.map((body) => ({ value: body.bodyId, label: t(body.nameZh, body.nameEn) }))}
        />
        <Actions>
          <Button>{t("设立，写入公开记录", "Form it, in the public record")}</Button>
          <ButtonLink look="quiet" href={deskOf(c)}>
            {t("取消", "Cancel")}
          </ButtonLink>
        </Actions>
      </Form>
    </Page>
  );
}

termDesk.get("/desk/offices/body", manages, async (c) => c.html(await bodyPage(c, {}, newOnce())));

const KIND_MISSING = missing("kind", { zh: "请选择组织的类别", en: "Choose the kind of body" });

termDesk.post("/desk/offices/body", manages, async (c) => {
  const { _once, ...given } = await textOf(c, "kind", "nameZh", "nameEn", "level", "parentId");
  const once = _once || newOnce();
  if (!isBodyKind(given.kind)) return c.html(await bodyPage(c, given, once, KIND_MISSING), 422);
  const done = await formBody(staffScene(c), { ...given, kind: given.kind }, once);
  if (done.ok) return c.redirect(`${deskOf(c)}?done=${done.value.bodyId}`, 303);
  const problem = termsProblem(done.error);
  return c.html(await bodyPage(c, given, once, problem), problem.status);
});
