/** Writing what owners are told regularly: six texts, published as the next edition. Markup and forms only. */
import { Hono } from "hono";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { one } from "../../platform/form-body.ts";
import { frameOf } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Done } from "../../platform/refused.tsx";
import { Actions, Button } from "../../platform/ui/buttons.tsx";
import { TextArea } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, type FieldError, Form } from "../../platform/ui/forms.tsx";
import { deskCrumbs } from "../books/desk.tsx";
import { openEdition, publishRegular } from "./actions.ts";
import { deskRegularHref, regularHref } from "./addresses.ts";
import { regularProblem } from "./problems.ts";
import { LONGEST_TEXT, type Texts, WRITTEN } from "./rules.ts";
import { listEditions } from "./store.ts";
import { HEADING_HINTS, HEADING_WORDS } from "./words.ts";

/** Mounted at /c/:slug, before the pages of single books. */
export const deskRegularRoutes = new Hono<AppEnv>();
const writes = requires("ledger.manage");
const NEWEST = 99_999_999;
const EMPTY = Object.fromEntries(WRITTEN.map((heading) => [heading, ""])) as Texts;

deskRegularRoutes.get("/desk/ledger/regular", writes, async (c) => {
  const { scene } = c.var;
  const [rows] = await scene.db.read(listEditions(scene, { limit: 1, upTo: NEWEST }));
  return writingPage(c, rows[0] ? await openEdition(scene, rows[0]) : EMPTY);
});

function writingPage(c: AppContext, texts: Texts, problem?: Problem) {
  const { t, lang, scene, formToken } = c.var;
  const { slug } = scene.community;
  const here = deskRegularHref(slug);
  const errors: FieldError[] = (problem?.errors ?? []).map(({ pointer, detail }) => ({
    field: pointer.slice(1),
    message: detail[lang],
  }));
  const title = t("定期公开的八项", "What owners are told regularly");
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={title}
      breadcrumb={deskCrumbs(c)}
      switchHref={`${here}?lang=${t("en", "zh")}`}
    >
      <h1>{title}</h1>
      <Done c={c} words={t("已公布，并写入公开记录", "Published, and in the public record")} />
      <p class="lead">
        {t(
          "这六项由您填写，公布后是新的一版，以前各版仍可查看。维修资金、公共收益两项取自已公布的收支公示，不用填写。",
          "These six you write; published they are a new edition, and earlier ones stay. The fund and the common revenue are read from published statements.",
        )}{" "}
        <a href={regularHref(slug)}>{t("看公开页", "The public page")}</a>
      </p>
      <Form action={here} token={formToken}>
        <ErrorSummary t={t} errors={errors} />
        {WRITTEN.map((heading) => (
          <TextArea
            name={heading}
            label={HEADING_WORDS[heading][lang]}
            hint={HEADING_HINTS[heading][lang]}
            value={texts[heading]}
            rows={heading === "person" ? 2 : 4}
            maxlength={LONGEST_TEXT}
            error={errorFor(errors, heading)}
          />
        ))}
        <Actions>
          <Button>{t("公布新的一版", "Publish a new edition")}</Button>
        </Actions>
      </Form>
    </Page>,
    problem ? (problem.status as 422) : 200,
  );
}

deskRegularRoutes.post("/desk/ledger/regular", writes, async (c) => {
  const body = await c.req.parseBody({ all: true });
  const typed = Object.fromEntries(WRITTEN.map((heading) => [heading, one(body, heading)])) as Texts;
  const published = await publishRegular(staffScene(c), typed);
  if (!published.ok) return writingPage(c, typed, regularProblem(published.error));
  return c.redirect(`${deskRegularHref(c.var.scene.community.slug)}?done=1`, 303);
});
