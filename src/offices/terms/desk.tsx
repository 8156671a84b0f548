/** The desk of those who manage offices: who holds what, and where to go from there. Taking and leaving office, bodies and levels have pages of their own. */
import { Hono } from "hono";
import type { AppEnv } from "../../platform/context.ts";
import { frameOf } from "../../platform/frame.ts";
import { pick } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import { Actions, ButtonLink } from "../../platform/ui/buttons.tsx";
import { Callout } from "../../platform/ui/notices.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { holderOf } from "./actions.ts";
import { saySpanOfOffice, treeOf } from "./pages.tsx";
import { baseOf, crumbs, deskOf, manages } from "./place.ts";
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
        <ButtonLink look="quiet" href={`${desk}/levels`}>
          {t("层级", "Levels")}
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
            <h2>
              {pick({ zh: body.nameZh, en: body.nameEn }, lang)}
              {body.level ? <small>（{body.level}）</small> : null}
            </h2>
            <p>
              <a href={`${desk}/bodies/${body.bodyId}`}>{t("组织和职务", "The body and its posts")}</a>
            </p>
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
