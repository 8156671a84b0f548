/** Forming a body at its place in the tree, and changing it from a day on: one form, since both say what a body is. */
import { Hono } from "hono";
import { dayOf } from "../../kernel/day.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { pick } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import { NOT_FOUND, type Problem, problemResponse } from "../../platform/problem.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { CheckboxGroup } from "../../platform/ui/choices.tsx";
import { DateTimeField, Field, Select } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../platform/ui/forms.tsx";
import { Callout } from "../../platform/ui/notices.tsx";
import { allOf, fieldErrors, missing, textOf, together, WholeRefusal } from "../forms.tsx";
import { BODY_KINDS, isBodyKind } from "../rules.ts";
import { crumbs, deskOf, manages, switchOf } from "../terms/place.ts";
import { BODY_WORDS } from "../words.ts";
import { type BodiesRefusal, changeBody, foundBody } from "./actions.ts";
import { levelOf } from "./levels/store.ts";
import { bodiesProblem } from "./problems.ts";
import { areaKey, type Body, treeOf, withBelow } from "./rules.ts";
import { bodyOf, surroundingQueries } from "./store.ts";

/** Mounted with the other pages of offices: the way to form a body stands on their desk. */
export const formingPages = new Hono<AppEnv>();
/** Mounted with the pages of bodies. */
export const changingPages = new Hono<AppEnv>();

interface Given {
  readonly kind: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly levelId: string;
  readonly parentId: string;
  readonly areas: readonly string[];
  readonly fromOn: string;
  readonly document: string;
  readonly seen: string;
}

const problemOf = ([first, ...others]: readonly [BodiesRefusal, ...BodiesRefusal[]]): Problem =>
  together([bodiesProblem(first), ...others.map(bodiesProblem)]);

const surroundings = async (c: AppContext) => {
  const { scene } = c.var;
  const [bodies, levels, areas] = await scene.db.read(...surroundingQueries(scene));
  return { bodies: bodies.map(bodyOf), levels: levels.map(levelOf), areas };
};

/** The fields that say what a body is; `own` is null for a new one. */
async function bodyForm(
  c: AppContext,
  own: Body | null,
  given: Given,
  around: Awaited<ReturnType<typeof surroundings>>,
  once: string,
  problem?: Problem,
) {
  const { t, lang, formToken } = c.var;
  const errors = fieldErrors(problem, lang);
  const error = (name: string) => errorFor(errors, name);
  const living = around.bodies.filter(({ endedAt }) => endedAt === null);
  const below = own ? withBelow(around.bodies, own.bodyId) : new Set<string>();
  const areas = [...around.areas, ...(own?.areas ?? [])];
  const keys = [...new Set(areas.map(areaKey))];
  const title = own ? t("变更组织", "Change a body") : t("新设组织", "Form a body");
  const back = own ? `${deskOf(c)}/bodies/${own.bodyId}` : deskOf(c);
  return (
    <Page {...frameOf(c, "staff")} title={title} breadcrumb={crumbs(c, true)} switchHref={switchOf(c)}>
      <h1>{title}</h1>
      <WholeRefusal c={c} problem={problem} />
      <Form
        action={own ? `${back}/change` : `${deskOf(c)}/body`}
        token={formToken}
        once={once}
        hidden={own ? { seen: given.seen } : {}}
      >
        <ErrorSummary t={t} errors={errors} />
        {own ? null : (
          <Select
            name="kind"
            label={t("类别", "Kind")}
            prompt={t("请选择", "Choose")}
            value={given.kind}
            error={error("kind")}
            options={BODY_KINDS.map((kind) => ({ value: kind, label: pick(BODY_WORDS[kind], lang) }))}
          />
        )}
        <Field
          name="nameZh"
          label={t("名称", "Name in Chinese")}
          hint={
            own
              ? t("例如“3 号楼党小组”", "Such as 3 号楼党小组")
              : t(
                  "例如“3 号楼党小组”“换届选举工作小组”。不填就用类别的名称",
                  "Such as 3 号楼党小组; empty takes the kind's name",
                )
          }
          value={given.nameZh}
          error={error("nameZh")}
          {...(own ? {} : { optional: t("选填", "optional") })}
        />
        <Field
          name="nameEn"
          label={t("英文名称", "Name in English")}
          value={given.nameEn}
          optional={t("选填", "optional")}
        />
        <Select
          name="levelId"
          label={t("层级", "Level")}
          hint={
            around.levels.length === 0
              ? t("还没有设定层级，可以先不选", "No levels are named yet; it can stay empty")
              : undefined
          }
          prompt={t("不分层级", "None")}
          value={given.levelId}
          error={error("levelId")}
          optional={t("选填", "optional")}
          options={around.levels.map((level) => ({ value: level.levelId, label: pick(level.name, lang) }))}
        />
        <Select
          name="parentId"
          label={t("上级组织", "Under which body")}
          prompt={t("没有上级", "None")}
          value={given.parentId}
          error={error("parentId")}
          optional={t("选填", "optional")}
          options={treeOf(living)
            .filter(({ body }) => !below.has(body.bodyId))
            .map(({ body, depth }) => ({
              value: body.bodyId,
              label: `${"　".repeat(depth)}${pick(body.name, lang)}`,
            }))}
        />
        {keys.length === 0 ? null : (
          <CheckboxGroup
            name="areas"
            legend={t("负责的楼栋或单元（选填）", "Buildings or entrances it answers for (optional)")}
            hint={t("例如楼栋党小组、网格、楼栋长负责哪几栋", "For a building's party group, a grid or a steward")}
            error={error("areas")}
            values={[...given.areas]}
            options={keys.map((key) => ({ value: key, label: key.replace("|", " ") }))}
          />
        )}
        <DateTimeField
          kind="date"
          name="fromOn"
          label={own ? t("从哪天起", "From") : t("哪天设立", "Formed on")}
          hint={t("今天或以前", "Today or before")}
          value={given.fromOn}
          error={error("fromOn")}
          max={dayOf(c.var.now)}
        />
        {own ? (
          <Field
            name="document"
            label={t("依据的文件或决议", "Document or decision")}
            hint={t("公开显示并写入记录，请不要写姓名和电话", "Public and in the record: no names, no phone numbers")}
            value={given.document}
            error={error("document")}
          />
        ) : null}
        <Actions>
          <Button>
            {own ? t("登记变更，写入公开记录", "Record it") : t("设立，写入公开记录", "Form it, in the public record")}
          </Button>
          <ButtonLink look="quiet" href={back}>
            {t("取消", "Cancel")}
          </ButtonLink>
        </Actions>
      </Form>
      {own ? (
        <Callout tone="info">
          <p>
            {t(
              "以前的名称、上级和负责的楼栋都会保留，按日期可以查回。",
              "Earlier names, places and buildings are kept and can be looked up by day.",
            )}
          </p>
        </Callout>
      ) : null}
    </Page>
  );
}

async function readGiven(c: AppContext): Promise<{ given: Given; once: string }> {
  const { _once, ...text } = await textOf(
    c,
    "kind",
    "nameZh",
    "nameEn",
    "levelId",
    "parentId",
    "fromOn",
    "document",
    "seen",
  );
  return { given: { ...text, areas: await allOf(c, "areas") }, once: _once || newOnce() };
}

formingPages.get("/desk/offices/body", manages, async (c) => {
  const given: Given = {
    kind: "",
    nameZh: "",
    nameEn: "",
    levelId: "",
    parentId: c.req.query("under") ?? "",
    areas: [],
    fromOn: dayOf(c.var.now),
    document: "",
    seen: "",
  };
  return c.html(await bodyForm(c, null, given, await surroundings(c), newOnce()));
});

const KIND_MISSING = missing("kind", { zh: "请选择组织的类别", en: "Choose the kind of body" });

formingPages.post("/desk/offices/body", manages, async (c) => {
  const { given, once } = await readGiven(c);
  const { kind } = given;
  const refuse = async (problem: Problem) =>
    c.html(await bodyForm(c, null, given, await surroundings(c), once, problem), problem.status);
  if (!isBodyKind(kind)) return refuse(KIND_MISSING);
  const { nameZh, nameEn, levelId, parentId, areas } = given;
  // A day that was left out is today: most bodies are recorded as they are formed.
  const fromOn = given.fromOn || dayOf(c.var.now);
  const done = await foundBody(staffScene(c), { kind, nameZh, nameEn, levelId, parentId, areas, fromOn }, once);
  if (done.ok) return c.redirect(`${deskOf(c)}/bodies/${done.value.bodyId}?done=1`, 303);
  return refuse(problemOf(done.error));
});

const findOwn = async (c: AppContext) => {
  const around = await surroundings(c);
  const own = around.bodies.find(({ bodyId }) => bodyId === c.req.param("bodyId"));
  return own && own.endedAt === null ? { around, own } : null;
};

changingPages.get("/desk/offices/bodies/:bodyId/change", manages, async (c) => {
  const found = await findOwn(c);
  if (!found) return problemResponse(c, NOT_FOUND);
  const { own, around } = found;
  const given: Given = {
    kind: own.kind,
    nameZh: own.name.zh,
    nameEn: own.name.en,
    levelId: own.levelId,
    parentId: own.parentId ?? "",
    areas: own.areas.map(areaKey),
    fromOn: dayOf(c.var.now),
    document: "",
    seen: String(own.version),
  };
  return c.html(await bodyForm(c, own, given, around, newOnce()));
});

changingPages.post("/desk/offices/bodies/:bodyId/change", manages, async (c) => {
  const found = await findOwn(c);
  if (!found) return problemResponse(c, NOT_FOUND);
  const { own, around } = found;
  const { given, once } = await readGiven(c);
  const { nameZh, nameEn, levelId, parentId, areas, fromOn, document, seen } = given;
  const asked = { nameZh, nameEn, levelId, parentId, areas, fromOn, document, seen };
  const done = await changeBody(staffScene(c), own.bodyId, asked, once);
  if (done.ok) return c.redirect(`${deskOf(c)}/bodies/${own.bodyId}?done=1`, 303);
  const problem = problemOf(done.error);
  return c.html(await bodyForm(c, own, given, around, once, problem), problem.status);
});
