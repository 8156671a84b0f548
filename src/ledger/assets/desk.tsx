/** The register at the desk: entering one asset, changing what is said of it, and entering many by a table. Markup and forms only. */
import { Hono } from "hono";
import { formatArea, parseArea } from "../../kernel/area.ts";
import { dayOf } from "../../kernel/day.ts";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { type FormBody, one, several, uploadsOf } from "../../platform/form-body.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Done, Refused } from "../../platform/refused.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { CheckboxGroup } from "../../platform/ui/choices.tsx";
import { Field, FileField, Select, TextArea } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, type FieldError, Form } from "../../platform/ui/forms.tsx";
import { EmptyState } from "../../platform/ui/notices.tsx";
import { Pager } from "../../platform/ui/tables.tsx";
import { readCount } from "../books/addresses.ts";
import { deskCrumbs } from "../books/desk.tsx";
import { addAsset, changeAsset } from "./actions.ts";
import { assetHref, deskAssetHref, deskAssetsHref, filterText, readFilter } from "./addresses.ts";
import { assetProblem } from "./problems.ts";
import {
  ASSET_KINDS,
  ASSET_STATES,
  type AssetEntry,
  type AssetKind,
  GROUNDS,
  type Ground,
  LONGEST_CODE,
  LONGEST_NAME,
  LONGEST_REMARK,
  MOST_PHOTOS,
} from "./rules.ts";
import { AssetFactList, AssetFilterForm, AssetTable } from "./shown.tsx";
import { type AssetRow, assetFrom, countAssets, findAsset, listAssets } from "./store.ts";
import { ASSET_KIND_WORDS, ASSET_STATE_WORDS, GROUND_WORDS } from "./words.ts";

/** Mounted at /c/:slug. */
export const deskAssetRoutes = new Hono<AppEnv>();
const reads = requires("ledger.read");
const drafts = requires("ledger.draft");
const A_PAGE = 50;

export const assetCrumbs = (c: AppContext) => [
  ...deskCrumbs(c),
  { href: deskAssetsHref(c.var.scene.community.slug), label: c.var.t("登记册", "Register") },
];

/** What is wrong beside its field, where the form has it; the rest stands above. */
export const fieldErrors = (problem: Problem | undefined, lang: "zh" | "en"): FieldError[] =>
  (problem?.errors ?? []).map(({ pointer, detail }) => ({ field: pointer.slice(1), message: detail[lang] }));

deskAssetRoutes.get("/desk/ledger/assets", reads, async (c) => {
  const { t, scene, now, actor } = c.var;
  const { slug } = scene.community;
  const filter = readFilter(c.req.query("kind"));
  const page = readCount(c.req.query("page") ?? "1");
  if (!page) return c.notFound();
  const [rows, totals] = await scene.db.read(
    listAssets(scene, filter, dayOf(now), { limit: A_PAGE, offset: (page - 1) * A_PAGE }),
    countAssets(scene, filter),
  );
  const total = totals[0]?.total ?? 0;
  const here = deskAssetsHref(slug);
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t("共有部分登记册", "Register of common parts")}
      breadcrumb={deskCrumbs(c)}
      switchHref={`${here}?lang=${t("en", "zh")}`}
    >
      <h1>{t("共有部分登记册", "Register of common parts")}</h1>
      <Done c={c} words={t("已登记，并写入公开记录", "Entered, and in the public record")} />
      {actor.permissions.has("ledger.draft") ? (
        <Actions>
          <ButtonLink href={`${here}/new`}>{t("登记一处", "Enter one")}</ButtonLink>
          <ButtonLink look="quiet" href={`${here}/import`}>
            {t("用表格登记许多", "Enter many by a table")}
          </ButtonLink>
        </Actions>
      ) : null}
      <AssetFilterForm c={c} action={here} filter={filter} />
      {rows.length === 0 ? (
        <EmptyState title={t("还没有登记", "Nothing is entered yet")}>
          {t(
            "先登记公有用房、停车位、广告位，才能签租约、发月租证。许多车位可以用表格一次登记。",
            "Enter rooms, spaces and places first; leases and permits name them. Many spaces go by one table.",
          )}
        </EmptyState>
      ) : (
        <AssetTable
          c={c}
          rows={rows.map(assetFrom)}
          href={(assetId) => deskAssetHref(slug, assetId)}
          caption={t(`共${total}处`, `${total} in all`)}
        />
      )}
      <Pager
        t={t}
        page={page}
        pages={Math.ceil(total / A_PAGE)}
        href={(n) => `${here}?kind=${filterText(filter)}&page=${n}`}
      />
    </Page>,
  );
});

interface Typed {
  readonly kind: string;
  readonly ground: string;
  readonly code: string;
  readonly name: string;
  readonly place: string;
  readonly area: string;
  readonly titleBasis: string;
  readonly state: string;
  readonly remark: string;
  readonly fromOn: string;
}
const typedOf = (body: FormBody): Typed => ({
  kind: one(body, "kind"),
  ground: one(body, "ground"),
  code: one(body, "code"),
  name: one(body, "name"),
  place: one(body, "place"),
  area: one(body, "area"),
  titleBasis: one(body, "titleBasis"),
  state: one(body, "state"),
  remark: one(body, "remark"),
  fromOn: one(body, "fromOn").normalize("NFKC").trim(),
});
const entryOf = (typed: Typed): AssetEntry => {
  const area = typed.area.trim() === "" ? null : parseArea(typed.area);
  return {
    kind: typed.kind as AssetKind,
    ground: typed.ground === "" ? null : (typed.ground as Ground),
    code: typed.code,
    name: typed.name.trim() || typed.code.trim(),
    place: typed.place,
    areaDm2: area === null ? null : area.ok ? area.value : -1,
    titleBasis: typed.titleBasis,
    state: typed.state as AssetEntry["state"],
    remark: typed.remark.replace(/\s*\r?\n\s*/g, " "),
    fromOn: typed.fromOn,
  };
};

/** The fields both forms have. */
const Facts = ({ c, typed, errors }: { c: AppContext; typed: Typed; errors: readonly FieldError[] }) => {
  const { t, lang } = c.var;
  return (
    <>
      <Field
        name="name"
        label={t("名称", "Name")}
        value={typed.name}
        error={errorFor(errors, "name")}
        maxlength={LONGEST_NAME}
      />
      <Field
        name="place"
        label={t("位置", "Where it is")}
        hint={t("例如 3幢底层东侧", "Such as: building 3, ground floor, east")}
        value={typed.place}
        error={errorFor(errors, "place")}
        maxlength={LONGEST_NAME}
      />
      <Field
        name="area"
        label={t("面积（㎡）", "Area (m²)")}
        value={typed.area}
        error={errorFor(errors, "area")}
        inputmode="decimal"
        width={11}
        optional={t("按个数计的不填", "leave empty where it is counted by number")}
      />
      <Field
        name="titleBasis"
        label={t("凭什么属于业主", "Why it is the owners'")}
        hint={t(
          "例如 规划用途为物业服务用房；占用业主共有道路",
          "Such as: planned as service premises; on a common road",
        )}
        value={typed.titleBasis}
        error={errorFor(errors, "titleBasis")}
        maxlength={LONGEST_NAME}
      />
      <Select
        name="state"
        label={t("状态", "State")}
        value={typed.state}
        error={errorFor(errors, "state")}
        options={ASSET_STATES.map((state) => ({ value: state, label: ASSET_STATE_WORDS[state][lang] }))}
      />
      <TextArea
        name="remark"
        label={t("备注", "Remark")}
        hint={t("公开显示，请不要写个人信息。", "Public: no personal data.")}
        value={typed.remark}
        error={errorFor(errors, "remark")}
        rows={2}
        maxlength={LONGEST_REMARK}
        optional={t("可不填", "may stay empty")}
      />
      <Field
        name="fromOn"
        label={t("自哪天起", "From which day")}
        value={typed.fromOn}
        error={errorFor(errors, "fromOn")}
        width={11}
      />
      <FileField
        name="photos"
        label={t("照片", "Pictures")}
        hint={t(
          `最多${MOST_PHOTOS}张，任何人都能看到：请避开人脸和车牌。`,
          `At most ${MOST_PHOTOS}; everybody sees them: keep faces and plates out.`,
        )}
        multiple={true}
        error={errorFor(errors, "photos")}
        optional={t("可不填", "may stay empty")}
      />
    </>
  );
};

deskAssetRoutes.get("/desk/ledger/assets/new", drafts, (c) =>
  newPage(c, {
    kind: "room",
    ground: "",
    code: "",
    name: "",
    place: "",
    area: "",
    titleBasis: "",
    state: "usable",
    remark: "",
    fromOn: dayOf(c.var.now),
  }),
);

function newPage(c: AppContext, typed: Typed, problem?: Problem) {
  const { t, lang, scene, formToken } = c.var;
  const { slug } = scene.community;
  const errors = fieldErrors(problem, lang);
  return c.html(
    <Page {...frameOf(c, "staff")} title={t("登记一处", "Enter one")} breadcrumb={assetCrumbs(c)}>
      <h1>{t("登记一处共有部分", "Enter a common part")}</h1>
      <Refused c={c} problem={errors.length > 0 ? undefined : problem} />
      <Form action={`${deskAssetsHref(slug)}/new`} token={formToken} once={newOnce()} files={true}>
        <ErrorSummary t={t} errors={errors} />
        <Select
          name="kind"
          label={t("种类", "Kind")}
          value={typed.kind}
          error={errorFor(errors, "kind")}
          options={ASSET_KINDS.map((kind) => ({ value: kind, label: ASSET_KIND_WORDS[kind][lang] }))}
        />
        <Select
          name="ground"
          label={t("停车位的用地", "Ground of a parking space")}
          hint={t(
            "只有占用共有道路、场地的车位，收入归全体业主（《民法典》第二百七十五条）。",
            "Only spaces on common roads and places earn for all owners (Civil Code art. 275).",
          )}
          value={typed.ground}
          error={errorFor(errors, "ground")}
          options={[
            { value: "", label: t("不是停车位", "Not a parking space") },
            ...GROUNDS.map((ground) => ({ value: ground, label: GROUND_WORDS[ground][lang] })),
          ]}
        />
        <Field
          name="code"
          label={t("编号", "Number")}
          hint={t(
            "本小区内不重复，以后不能改，例如 P-012、商-03",
            "Unlike any other here, and not changed later: P-012",
          )}
          value={typed.code}
          error={errorFor(errors, "code")}
          maxlength={LONGEST_CODE}
          width={11}
        />
        <Facts c={c} typed={typed} errors={errors} />
        <Actions>
          <Button>{t("登记", "Enter it")}</Button>
          <ButtonLink look="quiet" href={deskAssetsHref(slug)}>
            {t("先不填", "Not now")}
          </ButtonLink>
        </Actions>
      </Form>
    </Page>,
    problem ? (problem.status as 422) : 200,
  );
}

deskAssetRoutes.post("/desk/ledger/assets/new", drafts, async (c) => {
  const body = await c.req.parseBody({ all: true });
  const typed = typedOf(body);
  const added = await addAsset(
    staffScene(c),
    entryOf(typed),
    await uploadsOf(body, "photos"),
    one(body, "_once") || newOnce(),
  );
  if (!added.ok) return newPage(c, typed, assetProblem(added.error));
  return c.redirect(`${deskAssetHref(c.var.scene.community.slug, added.value.assetId)}?done=1`, 303);
});

deskAssetRoutes.get("/desk/ledger/assets/:assetId", reads, async (c) => {
  const row = await load(c);
  return row ? assetPage(c, row) : c.notFound();
});

async function load(c: AppContext): Promise<AssetRow | null> {
  const { scene, now } = c.var;
  const [rows] = await scene.db.read(findAsset(scene, c.req.param("assetId") ?? "", dayOf(now)));
  return rows[0] ? assetFrom(rows[0]) : null;
}

function assetPage(c: AppContext, row: AssetRow, refused?: { readonly typed: Typed; readonly problem: Problem }) {
  const { t, lang, scene, now, actor, formToken } = c.var;
  const { slug } = scene.community;
  const errors = fieldErrors(refused?.problem, lang);
  const typed: Typed = refused?.typed ?? {
    ...row,
    ground: row.ground ?? "",
    area: row.areaDm2 === null ? "" : formatArea(row.areaDm2),
    fromOn: dayOf(now),
  };
  const title = row.name === row.code ? row.code : `${row.code} ${row.name}`;
  const here = deskAssetHref(slug, row.assetId);
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={title}
      breadcrumb={assetCrumbs(c)}
      switchHref={`${here}?lang=${t("en", "zh")}`}
    >
      <h1>{title}</h1>
      <Done c={c} words={t("已登记，并写入公开记录", "Entered, and in the public record")} />
      <Refused c={c} problem={errors.length > 0 ? undefined : refused?.problem} />
      <AssetFactList c={c} row={row} />
      <p>
        <a href={assetHref(slug, row.assetId)}>{t("公开页", "Public page")}</a>
      </p>
      {actor.permissions.has("ledger.draft") ? (
        <Form action={here} token={formToken} once={newOnce()} files={true} hidden={{ version: String(row.version) }}>
          <h2>{t("变更登记", "Change what is said")}</h2>
          <p class="hint">
            {t("原来的内容会保留，作为前一版公开。", "What was said before stays, as the version before.")}
          </p>
          <ErrorSummary t={t} errors={errors} />
          <Facts c={c} typed={typed} errors={errors} />
          {row.photos.length === 0 ? null : (
            <CheckboxGroup
              name="drop"
              legend={t("不再显示的照片", "Pictures no longer shown")}
              values={[]}
              options={row.photos.map(({ fileId, name }) => ({ value: fileId, label: name }))}
            />
          )}
          <Actions>
            <Button look="quiet">{t("保存为新的一版", "Save as a new version")}</Button>
          </Actions>
        </Form>
      ) : null}
    </Page>,
    refused ? (refused.problem.status as 422) : 200,
  );
}

deskAssetRoutes.post("/desk/ledger/assets/:assetId", drafts, async (c) => {
  const row = await load(c);
  if (!row) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const typed = { ...typedOf(body), kind: row.kind, ground: row.ground ?? "", code: row.code };
  const version = readCount(one(body, "version")) ?? 0;
  const asked = { assetId: row.assetId, version, facts: entryOf(typed), dropPhotos: several(body, "drop") };
  const changed = await changeAsset(
    staffScene(c),
    asked,
    await uploadsOf(body, "photos"),
    one(body, "_once") || newOnce(),
  );
  if (!changed.ok) return assetPage(c, row, { typed, problem: assetProblem(changed.error) });
  return c.redirect(`${deskAssetHref(c.var.scene.community.slug, row.assetId)}?done=1`, 303);
});
