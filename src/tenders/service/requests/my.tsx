/** An owner reports something to the provider themselves: the form in their corner, what became of their reports, and the card. Registers its card as it loads. */
import { Hono } from "hono";
import { dayOf } from "../../../kernel/day.ts";
import { registerMyCard } from "../../../owners/cards.ts";
import { requiresOwner } from "../../../owners/session.ts";
import type { AppContext, AppEnv } from "../../../platform/context.ts";
import { type FormBody, one, uploadsOf } from "../../../platform/form-body.ts";
import { frameOf, newOnce } from "../../../platform/frame.ts";
import { Page } from "../../../platform/layout.tsx";
import type { Problem } from "../../../platform/problem.tsx";
import { Done, problemErrors, Refused } from "../../../platform/refused.tsx";
import { Actions, Button, ButtonLink } from "../../../platform/ui/buttons.tsx";
import { RadioGroup } from "../../../platform/ui/choices.tsx";
import { Fact, FactList, LinkList } from "../../../platform/ui/facts.tsx";
import { Field, FileField, Select, TextArea } from "../../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../../platform/ui/forms.tsx";
import { sayDay } from "../../../platform/ui/moments.ts";
import { EmptyState } from "../../../platform/ui/notices.tsx";
import { contractHref, ownRequestsHref, readContractNumber } from "../../contracts/addresses.ts";
import { contractFrom, listLivingContracts, listRollBuildings } from "../../contracts/store.ts";
import { MOST_PHOTOS } from "../photos.ts";
import { serviceProblem } from "../problems.ts";
import { servedBuildings, serves } from "../rules.ts";
import { openTold, tellRequest } from "./actions.ts";
import { LONGEST_REQUEST, LONGEST_TOLD, REQUEST_KINDS } from "./rules.ts";
import { AnswerState, sayRequest } from "./shown.tsx";
import { listToldBy } from "./store.ts";
import { KIND_WORDS } from "./words.ts";

/** Mounted at /c/:slug. */
export const myRequestPages = new Hono<AppEnv>();
const MOST_CONTRACTS = 20;
const A_PAGE = 10;
const ON_CARD = 3;
const EVER = 9_999_999_999_999;

const crumbs = (c: AppContext) => [
  { href: `/c/${c.var.scene.community.slug}/my`, label: c.var.t("业主专页", "My corner") },
];

registerMyCard("service-requests", {
  place: 46,
  queries: ({ scene, owner }) =>
    [
      listLivingContracts(scene, MOST_CONTRACTS),
      listToldBy(scene, owner.partyId, { limit: ON_CARD, before: EVER }),
    ] as const,
  render: (c, _, [stored, own]) => {
    const { t, lang, scene, now } = c.var;
    const here = ownRequestsHref(scene.community.slug);
    const isServed = stored.map(contractFrom).some((row) => serves(row, dayOf(now)));
    if (!isServed && own.length === 0) return null;
    return (
      <section>
        <h3>{t("报修、投诉", "Repairs and complaints")}</h3>
        <LinkList
          items={own.map((row) => ({
            href: here,
            title: sayRequest(row, lang),
            status: <AnswerState c={c} row={row} />,
          }))}
        />
        <p>
          {isServed ? (
            <a href={`${here}/new`}>{t("向物业报一件事", "Report something to the provider")}</a>
          ) : (
            <a href={here}>{t("看报过的事", "What you reported")}</a>
          )}
        </p>
      </section>
    );
  },
});

myRequestPages.get("/my/requests", requiresOwner, async (c) => {
  const { t, lang, scene, owner } = c.var;
  const here = ownRequestsHref(scene.community.slug);
  const before = c.req.query("before") ?? String(EVER);
  if (!/^\d{1,13}$/.test(before)) return c.notFound();
  const [rows] = await scene.db.read(listToldBy(scene, owner.partyId, { limit: A_PAGE + 1, before: Number(before) }));
  const shown = rows.slice(0, A_PAGE);
  const told = await Promise.all(shown.map((row) => openTold(scene, row)));
  const title = t("您向物业报的事", "What you reported to the provider");
  return c.html(
    <Page {...frameOf(c, "owner")} title={title} breadcrumb={crumbs(c)} switchHref={`${here}?lang=${t("en", "zh")}`}>
      <h1>{title}</h1>
      <Done c={c} words={t("已报，答复期限从今天起算", "Reported, and the clock of the answer runs")} />
      <Actions>
        <ButtonLink href={`${here}/new`}>{t("再报一件", "Report something")}</ButtonLink>
      </Actions>
      {shown.length === 0 ? (
        <EmptyState title={t("还没有报过事", "Nothing yet")}>
          {t(
            "灯不亮、漏水、保洁没做到，都可以在这里报。",
            "A lamp that is out, a leak, cleaning left undone: report it here.",
          )}
        </EmptyState>
      ) : (
        shown.map((row, at) => (
          <section>
            <h2>{sayRequest(row, lang)}</h2>
            <p>
              <AnswerState c={c} row={row} />
            </p>
            <FactList>
              <Fact label={t("合同", "Contract")}>
                <a href={contractHref(scene.community.slug, row.contractNumber)}>{row.title}</a>
              </Fact>
              <Fact label={t("哪天报的", "Reported")}>{sayDay(row.reportedOn, lang)}</Fact>
              <Fact label={t("您写的", "Your words")}>
                {[told[at]?.where, told[at]?.text].filter(Boolean).join("；")}
              </Fact>
              {row.doneOn === null ? null : (
                <Fact label={t("办完", "Done")}>{`${sayDay(row.doneOn, lang)} ${row.done ?? ""}`}</Fact>
              )}
            </FactList>
          </section>
        ))
      )}
      {rows.length > A_PAGE ? (
        <p>
          <a href={`${here}?before=${shown.at(-1)!.toldAt}`}>{t("更早的", "Earlier ones")}</a>
        </p>
      ) : null}
    </Page>,
  );
});

async function tellPage(c: AppContext, again?: { readonly problem: Problem; readonly body: FormBody }) {
  const { t, lang, scene, now, formToken } = c.var;
  const here = ownRequestsHref(scene.community.slug);
  const [stored, roll] = await scene.db.read(listLivingContracts(scene, MOST_CONTRACTS), listRollBuildings(scene));
  const rows = stored.map(contractFrom).filter((row) => serves(row, dayOf(now)));
  const buildings = servedBuildings(
    { buildings: [] },
    roll.map(({ building }) => building),
  );
  const errors = problemErrors(c, again?.problem);
  const at = (name: string, initial = "") => ({
    name,
    value: again ? one(again.body, name) : initial,
    error: errorFor(errors, name),
  });
  const title = t("向物业报一件事", "Report something to the provider");
  return c.html(
    <Page
      {...frameOf(c, "owner")}
      title={title}
      breadcrumb={crumbs(c)}
      switchHref={`${here}/new?lang=${t("en", "zh")}`}
    >
      <h1>{title}</h1>
      <p class="lead">
        {t(
          "物业要在期限内答复（《民法典》第二百八十五条），答复快慢计入服务评价。公开的只有类别、楼栋、日期和答复，您写的话和照片只给业委会和物业看。",
          "The provider answers within its term (CC 285), and how soon counts in its score. Public are kind, building, days and the answer; your words and photographs are for committee and provider alone.",
        )}
      </p>
      <Refused c={c} problem={errors.length > 0 ? undefined : again?.problem} />
      {rows.length === 0 ? (
        <EmptyState title={t("现在没有物业服务合同", "No service contract runs now")}>
          {t("有紧急的事，请联系业委会。", "If it is urgent, ask the owners' committee.")}
        </EmptyState>
      ) : (
        <Form action={`${here}/new`} token={formToken} once={newOnce()} files={true}>
          <ErrorSummary t={t} errors={errors} />
          <RadioGroup
            {...at("kind")}
            legend={t("哪一类", "Kind")}
            options={REQUEST_KINDS.map((value) => ({ value, label: KIND_WORDS[value][lang] }))}
          />
          <Select
            {...at("contract", String(rows[0]!.number))}
            label={t("归谁管", "Whose service it is")}
            options={rows.map((row) => ({ value: String(row.number), label: `${row.title}（${row.providerName}）` }))}
          />
          <Select
            {...at("building", buildings.at(-1))}
            label={t("楼栋或区域（公开）", "Building or ground (public)")}
            options={buildings.map((value) => ({ value, label: value }))}
          />
          <Field
            {...at("where")}
            label={t("具体位置", "Where exactly")}
            hint={t("例如：2单元3楼楼道。不公开。", "Such as: entrance 2, third floor. Not public.")}
            maxlength={LONGEST_REQUEST}
            optional={t("可不填", "may stay empty")}
          />
          <TextArea
            {...at("text")}
            label={t("什么事", "What it is")}
            hint={t(`不公开，最多${LONGEST_TOLD}字`, `Not public, at most ${LONGEST_TOLD} characters`)}
            maxlength={LONGEST_TOLD}
            rows={4}
          />
          <FileField
            name="photos"
            label={t(`照片，最多${MOST_PHOTOS}张`, `Photographs, at most ${MOST_PHOTOS}`)}
            accept="image/*"
            multiple={true}
            error={errorFor(errors, "photos")}
            optional={t("可不传", "may stay empty")}
          />
          <Actions>
            <Button>{t("报给物业", "Report it")}</Button>
          </Actions>
        </Form>
      )}
    </Page>,
    (again?.problem.status ?? 200) as 422,
  );
}

myRequestPages.get("/my/requests/new", requiresOwner, (c) => tellPage(c));
myRequestPages.post("/my/requests/new", requiresOwner, async (c) => {
  const { scene, owner } = c.var;
  const body = await c.req.parseBody({ all: true });
  const number = readContractNumber(one(body, "contract")) ?? 0;
  const asked = {
    kind: one(body, "kind"),
    building: one(body, "building"),
    where: one(body, "where"),
    text: one(body, "text"),
  };
  const done = await tellRequest(
    scene,
    owner,
    number,
    asked,
    await uploadsOf(body, "photos"),
    one(body, "_once") || newOnce(),
  );
  return done.ok
    ? c.redirect(`${ownRequestsHref(scene.community.slug)}?done=1`, 303)
    : tellPage(c, { problem: serviceProblem(done.error), body });
});
