/** The levels of the district's tree, for those who manage offices: a preset to begin with, then adding, renaming and retiring. */
import { Hono } from "hono";
import { type AppContext, type AppEnv, staffScene } from "../../../platform/context.ts";
import { frameOf, newOnce } from "../../../platform/frame.ts";
import { pick } from "../../../platform/i18n.ts";
import { Page } from "../../../platform/layout.tsx";
import { NOT_FOUND, type Problem, problemResponse } from "../../../platform/problem.tsx";
import { Actions, Button, ButtonLink, PostButton } from "../../../platform/ui/buttons.tsx";
import { RadioGroup } from "../../../platform/ui/choices.tsx";
import { Field, Select } from "../../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../../platform/ui/forms.tsx";
import { Callout, EmptyState } from "../../../platform/ui/notices.tsx";
import { DataTable } from "../../../platform/ui/tables.tsx";
import { fieldErrors, missing, textOf, WholeRefusal } from "../../forms.tsx";
import { crumbs, deskOf, manages, switchOf } from "../../terms/place.ts";
import { bodiesProblem } from "../problems.ts";
import { bodyOf, listBodiesAt } from "../store.ts";
import { addLevel, adoptPreset, renameLevel, retireLevel } from "./actions.ts";
import { isPresetName, type Level, PRESETS, type PresetName } from "./rules.ts";
import { levelOf, listLevels } from "./store.ts";

/** Mounted with the pages of bodies. */
export const levelDesk = new Hono<AppEnv>();

const hereOf = (c: AppContext): string => `${deskOf(c)}/levels`;

async function listPage(c: AppContext, problem?: Problem) {
  const { t, lang, now, scene, formToken } = c.var;
  const [rows, bodyRows] = await scene.db.read(listLevels(scene), listBodiesAt(scene, now));
  const levels = rows.map(levelOf);
  const bodies = bodyRows.map(bodyOf).filter(({ endedAt }) => endedAt === null);
  const here = hereOf(c);
  const errors = fieldErrors(problem, lang);
  return (
    <Page
      {...frameOf(c, "staff")}
      title={t("层级", "Levels")}
      breadcrumb={crumbs(c, true)}
      switchHref={`${here}?lang=${lang === "en" ? "zh" : "en"}`}
    >
      <h1>{t("层级", "Levels")}</h1>
      <WholeRefusal c={c} problem={problem} />
      {c.req.query("done") === undefined ? null : (
        <Callout tone="good" title={t("已登记，并写入公开记录", "Recorded, and in the public record")} />
      )}
      <p>
        {t(
          "各区县的层级叫法不同。先采用一套，再按本地的叫法增加、改名。改名以后，以前的叫法按日期可以查回。",
          "Districts call their levels differently. Take one set on, then add and rename as it is called here. What a level was called before can be looked up by day.",
        )}
      </p>
      {levels.length === 0 ? (
        <>
          <EmptyState title={t("还没有设定层级", "No levels yet")}>
            <p>
              {t(
                "采用一套层级以后，已有的组织会按类别归到对应的层级，组织体系图也会显示层级。",
                "With a set adopted, the bodies there are go to the level of their kind, and the chart shows it.",
              )}
            </p>
          </EmptyState>
          <Form action={`${here}/preset`} token={formToken} once={newOnce()}>
            <ErrorSummary t={t} errors={errors} />
            <RadioGroup
              name="preset"
              legend={t("采用哪一套", "Which set")}
              error={errorFor(errors, "preset")}
              options={(Object.keys(PRESETS) as PresetName[]).map((name) => ({
                value: name,
                label: pick(PRESETS[name].name, lang),
              }))}
            />
            <Actions>
              <Button>{t("采用，写入公开记录", "Adopt it, in the public record")}</Button>
            </Actions>
          </Form>
        </>
      ) : (
        <>
          <DataTable
            caption={t("从上到下", "From the top")}
            rows={levels}
            columns={[
              { label: t("层级", "Level"), head: true, cell: (level) => pick(level.name, lang) },
              {
                label: t("组织", "Bodies"),
                cell: (level) =>
                  bodies
                    .filter(({ levelId }) => levelId === level.levelId)
                    .map(({ name }) => pick(name, lang))
                    .join(t("、", ", ")) || t("还没有", "none yet"),
              },
              {
                label: t("操作", "Act"),
                cell: (level) => <a href={`${here}/${level.levelId}`}>{t("改名或停用", "Rename or retire")}</a>,
              },
            ]}
          />
          <Actions>
            <ButtonLink href={`${here}/new`}>{t("增加一个层级", "Add a level")}</ButtonLink>
          </Actions>
        </>
      )}
    </Page>
  );
}

levelDesk.get("/desk/offices/levels", manages, async (c) => c.html(await listPage(c)));

const PRESET_MISSING = missing("preset", { zh: "请选择一套层级", en: "Choose a set of levels" });

levelDesk.post("/desk/offices/levels/preset", manages, async (c) => {
  const { _once, preset } = await textOf(c, "preset");
  if (!isPresetName(preset)) return c.html(await listPage(c, PRESET_MISSING), 422);
  const done = await adoptPreset(staffScene(c), preset, _once || newOnce());
  if (done.ok) return c.redirect(`${hereOf(c)}?done=1`, 303);
  const problem = bodiesProblem(done.error);
  return c.html(await listPage(c, problem), problem.status);
});

interface Given {
  readonly nameZh: string;
  readonly nameEn: string;
  readonly belowId: string;
}

async function findLevels(c: AppContext): Promise<Level[]> {
  const { scene } = c.var;
  const [rows] = await scene.db.read(listLevels(scene));
  return rows.map(levelOf);
}

function levelForm(
  c: AppContext,
  levels: readonly Level[],
  level: Level | null,
  given: Given,
  once: string,
  problem?: Problem,
) {
  const { t, lang, formToken } = c.var;
  const errors = fieldErrors(problem, lang);
  const here = hereOf(c);
  const title = level ? t(`层级“${level.name.zh}”`, `Level “${level.name.en}”`) : t("增加一个层级", "Add a level");
  return (
    <Page {...frameOf(c, "staff")} title={title} breadcrumb={crumbs(c, true)} switchHref={switchOf(c)}>
      <h1>{title}</h1>
      <WholeRefusal c={c} problem={problem} />
      <Form action={level ? `${here}/${level.levelId}` : `${here}/new`} token={formToken} once={once}>
        <ErrorSummary t={t} errors={errors} />
        <Field
          name="nameZh"
          label={t("名称", "Name in Chinese")}
          hint={t("例如“网格”", "Such as 网格")}
          value={given.nameZh}
          error={errorFor(errors, "nameZh")}
          width={20}
        />
        <Field
          name="nameEn"
          label={t("英文名称", "Name in English")}
          value={given.nameEn}
          optional={t("选填", "optional")}
          width={20}
        />
        {level ? null : (
          <Select
            name="belowId"
            label={t("排在哪一级下面", "Below which level")}
            prompt={t("最上面", "At the top")}
            value={given.belowId}
            error={errorFor(errors, "levelId")}
            optional={t("选填", "optional")}
            options={levels.map((one) => ({ value: one.levelId, label: pick(one.name, lang) }))}
          />
        )}
        <Actions>
          <Button>{level ? t("改名，写入公开记录", "Rename it") : t("增加，写入公开记录", "Add it")}</Button>
          <ButtonLink look="quiet" href={here}>
            {t("取消", "Cancel")}
          </ButtonLink>
        </Actions>
      </Form>
      {level ? (
        <>
          <h2>{t("停用", "Retire it")}</h2>
          <p>
            {t(
              "没有组织在这个层级时可以停用；它的历史保留。",
              "It can be retired once nothing stands at it; its history stays.",
            )}
          </p>
          <PostButton action={`${here}/${level.levelId}/retire`} token={formToken} once={newOnce()} look="danger">
            {t("停用这个层级", "Retire this level")}
          </PostButton>
        </>
      ) : null}
    </Page>
  );
}

levelDesk.get("/desk/offices/levels/new", manages, async (c) => {
  const levels = await findLevels(c);
  const given = { nameZh: "", nameEn: "", belowId: levels.at(-1)?.levelId ?? "" };
  return c.html(levelForm(c, levels, null, given, newOnce()));
});

levelDesk.post("/desk/offices/levels/new", manages, async (c) => {
  const { _once, ...given } = await textOf(c, "nameZh", "nameEn", "belowId");
  const once = _once || newOnce();
  const done = await addLevel(staffScene(c), given, once);
  if (done.ok) return c.redirect(`${hereOf(c)}?done=1`, 303);
  const problem = bodiesProblem(done.error);
  return c.html(levelForm(c, await findLevels(c), null, given, once, problem), problem.status);
});

levelDesk.get("/desk/offices/levels/:levelId", manages, async (c) => {
  const levels = await findLevels(c);
  const level = levels.find(({ levelId }) => levelId === c.req.param("levelId"));
  if (!level) return problemResponse(c, NOT_FOUND);
  const given = { nameZh: level.name.zh, nameEn: level.name.en, belowId: "" };
  return c.html(levelForm(c, levels, level, given, newOnce()));
});

levelDesk.post("/desk/offices/levels/:levelId", manages, async (c) => {
  const levels = await findLevels(c);
  const level = levels.find(({ levelId }) => levelId === c.req.param("levelId"));
  if (!level) return problemResponse(c, NOT_FOUND);
  const { _once, ...given } = await textOf(c, "nameZh", "nameEn");
  const once = _once || newOnce();
  const done = await renameLevel(staffScene(c), level.levelId, given, once);
  if (done.ok) return c.redirect(`${hereOf(c)}?done=1`, 303);
  const problem = bodiesProblem(done.error);
  return c.html(levelForm(c, levels, level, { ...given, belowId: "" }, once, problem), problem.status);
});

levelDesk.post("/desk/offices/levels/:levelId/retire", manages, async (c) => {
  const { _once } = await textOf(c);
  const done = await retireLevel(staffScene(c), c.req.param("levelId"), _once || newOnce());
  if (done.ok) return c.redirect(`${hereOf(c)}?done=1`, 303);
  if (done.error.reason === "unknown_level") return problemResponse(c, NOT_FOUND);
  const problem = bodiesProblem(done.error);
  return c.html(await listPage(c, problem), problem.status);
});
