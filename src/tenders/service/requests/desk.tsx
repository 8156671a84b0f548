/** Reports at the desk: what waits over all contracts, one report with an owner's own words, entering one and its answer. */
import { Hono } from "hono";
import { dayOf } from "../../../kernel/day.ts";
import { requires } from "../../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../../platform/context.ts";
import { getFile } from "../../../platform/files.ts";
import { one } from "../../../platform/form-body.ts";
import { frameOf, newOnce } from "../../../platform/frame.ts";
import { Page } from "../../../platform/layout.tsx";
import { Done, problemErrors, Refused } from "../../../platform/refused.tsx";
import { Actions, Button } from "../../../platform/ui/buttons.tsx";
import { Fact, FactList, LinkList } from "../../../platform/ui/facts.tsx";
import { DateTimeField, Field, Select } from "../../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../../platform/ui/forms.tsx";
import { sayDay } from "../../../platform/ui/moments.ts";
import { EmptyState } from "../../../platform/ui/notices.tsx";
import { type Again, baseOf, contractOf } from "../../contracts/addressed.ts";
import {
  deskContractHref,
  deskContractsHref,
  deskRequestsHref,
  readContractNumber,
} from "../../contracts/addresses.ts";
import { deskContractCrumbs } from "../../contracts/form.tsx";
import { dayText } from "../../contracts/reading.ts";
import type { ContractRow } from "../../contracts/store.ts";
import { serviceProblem } from "../problems.ts";
import type { Photo } from "../store.ts";
import { enterRequest, openTold, stepRequest } from "./actions.ts";
import { isRequestKind, LONGEST_ANSWER, LONGEST_REQUEST, REQUEST_KINDS } from "./rules.ts";
import { AnswerState, sayRequest } from "./shown.tsx";
import { findRequest, listQueue, QUEUE_START, type QueueCursor, type QueuedRow, type ToldRow } from "./store.ts";
import { KIND_WORDS } from "./words.ts";

/** Mounted at /c/:slug. */
export const deskRequestPages = new Hono<AppEnv>();
const keeps = requires("tender.draft", "tender.inspect");
const A_PAGE = 20;

const requestHref = (c: AppContext, contract: number, requestNo: number): string =>
  `${deskContractHref(c.var.scene.community.slug, contract)}/requests/${requestNo}`;

// ——— The queue ———

const cursorText = ({ dueOn, contractNumber, requestNo }: QueuedRow): string =>
  `${dueOn}_${contractNumber}_${requestNo}`;
function readCursor(text: string | undefined): QueueCursor | null {
  if (text === undefined) return QUEUE_START;
  const found = /^(\d{4}-\d{2}-\d{2})_(\d{1,7})_(\d{1,7})$/.exec(text);
  return found ? { dueOn: found[1]!, contract: Number(found[2]), requestNo: Number(found[3]) } : null;
}

deskRequestPages.get("/desk/contracts/requests", keeps, async (c) => {
  const { t, lang, scene } = c.var;
  const { slug } = scene.community;
  const here = deskRequestsHref(slug);
  const after = readCursor(c.req.query("after"));
  if (!after) return c.notFound();
  const waits = c.req.query("waits") === "1" ? 1 : 2;
  const [rows] = await scene.db.read(listQueue(scene, waits, { limit: A_PAGE + 1, after }));
  const shown = rows.slice(0, A_PAGE);
  const query = waits === 1 ? "waits=1&" : "";
  const title =
    waits === 2
      ? t("等待答复的报事", "Reports that wait for an answer")
      : t("答复了、还没办完的报事", "Answered, and to be done");
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={title}
      breadcrumb={[{ href: deskContractsHref(slug), label: t("服务合同", "Service contracts") }]}
      switchHref={`${here}?${query}lang=${t("en", "zh")}`}
    >
      <h1>{title}</h1>
      <Done c={c} words={t("已保存，并写入公开记录", "Saved, and in the record")} />
      <LinkList
        items={shown.map((row) => ({
          href: requestHref(c, row.contractNumber, row.requestNo),
          title: sayRequest(row, lang),
          note: row.isTold === 1 ? t(`${row.title}，业主自己报的`, `${row.title}, told by an owner`) : row.title,
          status: <AnswerState c={c} row={row} />,
        }))}
        empty={
          <EmptyState title={t("没有", "None")}>
            {waits === 2
              ? t(
                  "业主报的事，或者这里登记的事，没有答复前列在这里，期限近的在前。",
                  "What owners report or is entered here stands here until it is answered, the first due first.",
                )
              : t("答复了的事，办完前列在这里。", "What is answered stands here until it is done.")}
          </EmptyState>
        }
      />
      {rows.length > A_PAGE ? (
        <p>
          <a href={`${here}?${query}after=${cursorText(shown.at(-1)!)}`}>{t("后面的", "The next")}</a>
        </p>
      ) : null}
      <p>
        {waits === 2 ? (
          <a href={`${here}?waits=1`}>{t("看答复了、还没办完的", "Those answered, and to be done")}</a>
        ) : (
          <a href={here}>{t("看等待答复的", "Those that wait for an answer")}</a>
        )}
      </p>
    </Page>,
  );
});

// ——— One report ———

async function requestOf(c: AppContext, row: ContractRow): Promise<ToldRow | null> {
  const no = readContractNumber(c.req.param("no"));
  if (!no) return null;
  const [rows] = await c.var.scene.db.read(findRequest(c.var.scene, row.contractId, no));
  return rows[0] ?? null;
}

async function requestPage(c: AppContext, row: ContractRow, request: ToldRow, again?: Again) {
  const { t, lang, scene, now, formToken } = c.var;
  const told = await openTold(scene, request);
  const photos = JSON.parse(request.photos ?? "[]") as Photo[];
  const base = `${baseOf(c, row)}/requests/${request.requestNo}`;
  const errors = problemErrors(c, again?.problem);
  const title = sayRequest(request, lang);
  const step = request.answeredOn === null && request.doneOn === null ? "answered" : "done";
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={title}
      breadcrumb={[
        ...deskContractCrumbs(c, row.number),
        { href: deskRequestsHref(scene.community.slug), label: t("报事", "Reports") },
      ]}
    >
      <h1>{title}</h1>
      <p>
        <AnswerState c={c} row={request} />
      </p>
      <FactList>
        <Fact label={t("合同", "Contract")}>{row.title}</Fact>
        <Fact label={t("报事", "Reported")}>{sayDay(request.reportedOn, lang)}</Fact>
        {told ? <Fact label={t("业主", "Owner")}>{told.asker}</Fact> : null}
        {told ? <Fact label={t("具体位置", "Where exactly")}>{told.where || "—"}</Fact> : null}
        {request.doneOn === null ? null : (
          <Fact label={t("办完", "Done")}>{`${sayDay(request.doneOn, lang)} ${request.done ?? ""}`}</Fact>
        )}
      </FactList>
      {told ? (
        <>
          <h2>{t("业主的原话（不公开）", "In the owner's words (not public)")}</h2>
          {told.text.split(/\n+/).map((line) => (
            <p>{line}</p>
          ))}
          <LinkList items={photos.map(({ fileId, name }) => ({ href: `${base}/photos/${fileId}`, title: name }))} />
        </>
      ) : null}
      {request.doneOn === null ? (
        <>
          <h2>{t("登记答复或办完", "Enter an answer, or that it is done")}</h2>
          <Refused c={c} problem={errors.length > 0 ? undefined : again?.problem} />
          <Form action={`${base}/step`} token={formToken}>
            <ErrorSummary t={t} errors={errors} />
            <Select
              name="step"
              label={t("哪一步", "Step")}
              value={again ? one(again.body, "step") : step}
              options={[
                ...(request.answeredOn === null ? [{ value: "answered", label: t("已答复", "answered") }] : []),
                { value: "done", label: t("已办完", "done") },
              ]}
            />
            <DateTimeField
              name="onDay"
              value={again ? one(again.body, "onDay") : dayOf(now)}
              error={errorFor(errors, "onDay")}
              kind="date"
              label={t("哪天", "Day")}
            />
            <Field
              name="words"
              value={again ? one(again.body, "words") : ""}
              error={errorFor(errors, "words")}
              label={t("怎样答复、怎样处理", "What was answered or done")}
              hint={t("公开，不写姓名、房号、电话。", "Public: no names, rooms or numbers.")}
              maxlength={LONGEST_ANSWER}
            />
            <Actions>
              <Button>{t("登记", "Enter")}</Button>
            </Actions>
          </Form>
        </>
      ) : null}
    </Page>,
    (again?.problem.status ?? 200) as 422,
  );
}

// ——— Entering one ———

function newPage(c: AppContext, row: ContractRow, again?: Again) {
  const { t, lang, now, formToken } = c.var;
  const errors = problemErrors(c, again?.problem);
  const at = (name: string, initial = "") => ({
    name,
    value: again ? one(again.body, name) : initial,
    error: errorFor(errors, name),
  });
  const title = t(`登记报事：${row.title}`, `Enter a report: ${row.title}`);
  return c.html(
    <Page {...frameOf(c, "staff")} title={title} breadcrumb={deskContractCrumbs(c, row.number)}>
      <h1>{title}</h1>
      <p class="lead">
        {t(
          "电话、当面报的事登记在这里；业主也可以在专页自己报。登记是公开的。",
          "What was told by telephone or in person; owners also report in their corner. The register is public.",
        )}
      </p>
      <Refused c={c} problem={errors.length > 0 ? undefined : again?.problem} />
      <Form action={`${baseOf(c, row)}/requests`} token={formToken} once={newOnce()}>
        <ErrorSummary t={t} errors={errors} />
        <Select
          {...at("kind", "repair")}
          label={t("哪一类", "Kind")}
          options={REQUEST_KINDS.map((value) => ({ value, label: KIND_WORDS[value][lang] }))}
        />
        <Field
          {...at("what")}
          label={t("什么事（不写姓名、电话）", "What, naming nobody")}
          maxlength={LONGEST_REQUEST}
        />
        <Field {...at("place")} label={t("在哪里", "Where")} maxlength={LONGEST_REQUEST} />
        <DateTimeField {...at("onDay", dayOf(now))} kind="date" label={t("哪天报的", "Day it was reported")} />
        <Actions>
          <Button>{t("登记", "Enter")}</Button>
        </Actions>
      </Form>
    </Page>,
    (again?.problem.status ?? 200) as 422,
  );
}

deskRequestPages.get("/desk/contracts/:number/requests/new", keeps, async (c) => {
  const row = await contractOf(c);
  return row ? newPage(c, row) : c.notFound();
});
deskRequestPages.post("/desk/contracts/:number/requests", keeps, async (c) => {
  const row = await contractOf(c);
  if (!row) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const kind = one(body, "kind");
  const asked = {
    kind: isRequestKind(kind) ? kind : ("other" as const),
    what: one(body, "what"),
    place: one(body, "place"),
    reportedOn: dayText(one(body, "onDay")),
  };
  const done = await enterRequest(staffScene(c), row.contractId, asked, one(body, "_once") || newOnce());
  return done.ok
    ? c.redirect(`${baseOf(c, row)}/service?done=1`, 303)
    : newPage(c, row, { at: "request", problem: serviceProblem(done.error), body });
});

deskRequestPages.get("/desk/contracts/:number/requests/:no", keeps, async (c) => {
  const row = await contractOf(c);
  const request = row ? await requestOf(c, row) : null;
  return row && request ? requestPage(c, row, request) : c.notFound();
});
deskRequestPages.post("/desk/contracts/:number/requests/:no/step", keeps, async (c) => {
  const row = await contractOf(c);
  const request = row ? await requestOf(c, row) : null;
  if (!row || !request) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const asked = {
    requestNo: request.requestNo,
    step: one(body, "step") === "done" ? ("done" as const) : ("answered" as const),
    onDay: dayText(one(body, "onDay")),
    words: one(body, "words"),
  };
  const done = await stepRequest(staffScene(c), row.contractId, asked);
  return done.ok
    ? c.redirect(`${deskRequestsHref(c.var.scene.community.slug)}?done=1`, 303)
    : requestPage(c, row, request, { at: "step", problem: serviceProblem(done.error), body });
});
deskRequestPages.get("/desk/contracts/:number/requests/:no/photos/:fileId", keeps, async (c) => {
  const row = await contractOf(c);
  const request = row ? await requestOf(c, row) : null;
  const photos = JSON.parse(request?.photos ?? "[]") as Photo[];
  const photo = photos.find(({ fileId }) => fileId === c.req.param("fileId"));
  const found = photo ? await getFile(c.var.scene, photo.fileId, "private") : null;
  if (!found) return c.notFound();
  return c.body(found.bytes as Uint8Array<ArrayBuffer>, 200, {
    "Content-Type": found.stored.mediaType,
    "Cache-Control": "private, no-store",
  });
});
