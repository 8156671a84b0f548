/** Nominations at the desk: the list with who has not answered, and entering one from its signed paper. One nomination is desk-one.tsx. */

import { Hono } from "hono";
import { pageAsked } from "../../assembly/public/frame.tsx";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { type FormBody, one } from "../../platform/form-body.ts";
import { newOnce } from "../../platform/frame.ts";
import { pick } from "../../platform/i18n.ts";
import type { Problem } from "../../platform/problem.tsx";
import { problemErrors } from "../../platform/refused.tsx";
import type { Scene } from "../../platform/scene.ts";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { RadioGroup } from "../../platform/ui/choices.tsx";
import { LinkList } from "../../platform/ui/facts.tsx";
import { Field, FileField, TextArea } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../platform/ui/forms.tsx";
import { sayDeadline } from "../../platform/ui/moments.ts";
import { Callout, EmptyState } from "../../platform/ui/notices.tsx";
import { Pager } from "../../platform/ui/tables.tsx";
import { ElectionDesk, electionBaseOf, electionOf } from "../desk/frame.tsx";
import { readMethod } from "../method/rules.ts";
import type { ElectionRow } from "../store.ts";
import { openNomineeName } from "./answering.ts";
import { LONGEST_DOCUMENT, nominateOnPaper, type PaperNomination } from "./nominating.ts";
import { linesOf, uploadOf } from "./person/form.ts";
import { nominationProblem } from "./problems.ts";
import { stageOfRow } from "./reading.ts";
import { nominationsOpen } from "./rules.ts";
import { type CandidacyRow, channelsOf, countCandidacies, listCandidacies, listUnanswered } from "./store.ts";
import { StageWord } from "./summary.tsx";
import { CHANNEL_WORDS, deskNominationHref, deskNominationsHref } from "./words.ts";

/** Mounted under /c/:slug. */
export const nominationDeskPages = new Hono<AppEnv>();
/** Names of people who have not agreed to anything yet: only for those who have a part in it. */
export const NOMINATION_READS = ["election.prepare", "election.decide", "election.appeal"] as const;
const reads = requires(...NOMINATION_READS);
const prepares = requires("election.prepare");
const A_PAGE = 20;

/** Names in full, by number: whoever opens this list may open each nomination of it. */
export async function namesOf(
  scene: Pick<Scene, "keys" | "community">,
  rows: readonly CandidacyRow[],
): Promise<ReadonlyMap<number, string>> {
  const opened = await Promise.all(
    rows.map(async (row): Promise<[number, string]> => [row.number, await openNomineeName(scene, row)]),
  );
  return new Map(opened);
}

export const channelWords = (row: CandidacyRow, c: AppContext): string =>
  channelsOf(row)
    .map((channel) => pick(CHANNEL_WORDS[channel].name, c.var.lang))
    .join(c.var.t("、", "; "));

nominationDeskPages.get("/desk/elections/:number/nominations", reads, async (c) => {
  const row = await electionOf(c);
  if (!row) return c.notFound();
  const { t, scene, actor, now, lang } = c.var;
  const { slug } = scene.community;
  const page = pageAsked(c);
  const [count, rows, unanswered] = await scene.db.read(
    countCandidacies(scene, row.electionId),
    listCandidacies(scene, row.electionId, { limit: A_PAGE, offset: (page - 1) * A_PAGE }),
    listUnanswered(scene, row.electionId),
  );
  const pages = Math.max(1, Math.ceil((count[0]?.total ?? 0) / A_PAGE));
  if (page > pages) return c.notFound();
  const names = await namesOf(scene, rows);
  const isOpen = nominationsOpen(row, now).ok;
  const enter =
    isOpen && actor.permissions.has("election.prepare") ? (
      <ButtonLink href={`${deskNominationsHref(slug, row.number)}/new`}>
        {t("登记纸质提名", "Enter a nomination on paper")}
      </ButtonLink>
    ) : undefined;
  return c.html(
    <ElectionDesk c={c} row={row} path="/nominations" title={t("提名", "Nominations")} done={t("已登记", "Recorded")}>
      {row.nominationsCloseAt === null ? null : (
        <p>
          {isOpen
            ? t(
                `提名到${sayDeadline(row.nominationsCloseAt, lang)}截止。`,
                `Nominations close on ${sayDeadline(row.nominationsCloseAt, lang)}.`,
              )
            : t(
                `提名已于${sayDeadline(row.nominationsCloseAt, lang)}截止。`,
                `Nominations closed on ${sayDeadline(row.nominationsCloseAt, lang)}.`,
              )}
        </p>
      )}
      {unanswered.length > 0 && row.candidatesPublishedAt === null ? (
        <Callout tone="warn" title={t(`${unanswered.length}人还没有答复`, `${unanswered.length} have not answered`)}>
          <p>
            {t(
              `${unanswered.map(({ number, maskedName }) => `${number}号${maskedName}`).join("、")}。请联系本人：可以在业主专页答复，也可以签纸质同意书。名单公布时没有答复的，不列入。`,
              `${unanswered.map(({ number, maskedName }) => `no. ${number} ${maskedName}`).join(", ")}. Reach them: they answer in their own corner or on signed paper. Who has not answered when the list comes out is not on it.`,
            )}
          </p>
        </Callout>
      ) : null}
      <LinkList
        items={rows.map((one) => ({
          href: deskNominationHref(slug, row.number, one.number),
          title: t(`${one.number}号　${names.get(one.number)}`, `No. ${one.number}, ${names.get(one.number)}`),
          note: channelWords(one, c),
          status: <StageWord c={c} stage={stageOfRow(row, one)} />,
        }))}
        empty={
          <EmptyState title={t("还没有提名", "No nomination yet")} action={enter}>
            {t(
              "业主可以在网上自荐、联名；各组织的推荐和纸质提名在这里登记。",
              "Owners nominate themselves and each other online; bodies' nominations and paper are entered here.",
            )}
          </EmptyState>
        }
      />
      <Pager t={t} page={page} pages={pages} href={(n) => `?page=${n}`} />
      {enter && rows.length > 0 ? <Actions>{enter}</Actions> : null}
    </ElectionDesk>,
  );
});

interface Typed {
  readonly channel: string;
  readonly place: string;
  readonly name: string;
  readonly document: string;
  readonly places: string;
  readonly once: string;
}
const EMPTY: Typed = { channel: "", place: "", name: "", document: "", places: "", once: "" };

const typedFrom = (body: FormBody): Typed => ({
  channel: one(body, "channel"),
  place: one(body, "place"),
  name: one(body, "name"),
  document: one(body, "document"),
  places: one(body, "places"),
  once: one(body, "_once"),
});

function newPage(c: AppContext, row: ElectionRow, typed: Typed, problem?: Problem) {
  const { t, lang, formToken } = c.var;
  const base = electionBaseOf(c, row);
  const errors = problemErrors(c, problem);
  const { channels, supportersLeast } = readMethod(row.method);
  return c.html(
    <ElectionDesk
      c={c}
      row={row}
      path="/nominations/new"
      title={t("登记纸质提名", "Enter a nomination on paper")}
      problem={problem}
    >
      <Form action={`${base}/nominations/new`} token={formToken} once={typed.once || newOnce()} files>
        <ErrorSummary t={t} errors={errors} />
        <RadioGroup
          name="channel"
          legend={t("提名渠道", "Way")}
          options={channels.value.map((channel) => ({
            value: channel,
            label: pick(CHANNEL_WORDS[channel].name, lang),
          }))}
          {...(typed.channel === "" ? {} : { value: typed.channel })}
          error={errorFor(errors, "channel")}
        />
        <Field
          name="place"
          label={t("被提名人的房号", "Home of the person named")}
          hint={t("例如：3栋2单元0501", "Such as 3-2-0501")}
          value={typed.place}
          error={errorFor(errors, "place")}
          width={20}
        />
        <Field
          name="name"
          label={t("被提名人的姓名（全名）", "Full name of the person")}
          hint={t(
            "与名册核对，两项都一致才能登记。单位业主填单位全称。",
            "Compared with the roll; both must fit. For an organisation, its full name.",
          )}
          value={typed.name}
          error={errorFor(errors, "name")}
        />
        <Field
          name="document"
          label={t("推荐文件的文号或名称", "Number or title of the body's document")}
          maxlength={LONGEST_DOCUMENT}
          optional={t("组织推荐的必填", "needed where a body names")}
          value={typed.document}
          error={errorFor(errors, "document")}
        />
        <TextArea
          name="places"
          label={t("联名业主的房号，一行一户", "Homes of those who signed a joint nomination, one a line")}
          hint={t(
            `联名推荐要${supportersLeast.value}位业主，可以以后补登。一位业主几处房屋只算一次。`,
            `A joint nomination needs ${supportersLeast.value} owners; more can be entered later. Each counts once.`,
          )}
          rows={5}
          optional={t("只用于联名", "joint nominations only")}
          value={typed.places}
          error={errorFor(errors, "places")}
        />
        <FileField
          name="paper"
          label={t("签名或盖章的纸件", "The signed or sealed paper")}
          hint={t("照片或PDF。", "A photograph or PDF.")}
          accept="image/jpeg,image/png,image/webp,application/pdf"
          capture="environment"
          error={errorFor(errors, "paper")}
        />
        <Actions>
          <Button>{t("登记提名", "Enter it")}</Button>
          <ButtonLink look="quiet" href={`${base}/nominations`}>
            {t("先不登记", "Not now")}
          </ButtonLink>
        </Actions>
      </Form>
    </ElectionDesk>,
    (problem?.status ?? 200) as 422,
  );
}

nominationDeskPages.get("/desk/elections/:number/nominations/new", prepares, async (c) => {
  const row = await electionOf(c);
  return row ? newPage(c, row, EMPTY) : c.notFound();
});

nominationDeskPages.post("/desk/elections/:number/nominations/new", prepares, async (c) => {
  const row = await electionOf(c);
  if (!row) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const typed = typedFrom(body);
  const channel = readMethod(row.method).channels.value.find((known) => known === typed.channel);
  if (!channel) {
    const detail = { zh: "请选择提名渠道。", en: "Choose the way." };
    return newPage(c, row, typed, {
      code: "nomination-channel-missing",
      status: 422,
      title: detail,
      detail,
      errors: [{ pointer: "/channel", detail }],
    });
  }
  const asked: PaperNomination = {
    channel,
    place: typed.place,
    name: typed.name,
    document: channel === "self" || channel === "joint" ? "" : typed.document,
    paper: await uploadOf(body, "paper"),
    places: channel === "joint" ? linesOf(typed.places) : [],
  };
  const done = await nominateOnPaper(staffScene(c), row.electionId, asked, typed.once || newOnce());
  if (!done.ok) return newPage(c, row, typed, nominationProblem(done.error));
  return c.redirect(`${deskNominationHref(c.var.scene.community.slug, row.number, done.value.number)}?done=1`, 303);
});
