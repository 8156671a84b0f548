/** The service at the desk: inspection sheets with photographs, the register of requests, the report of a period, and a payment's voucher. Markup and forms only. */
import { Hono } from "hono";
import { addMonths, dayOf } from "../../kernel/day.ts";
import { formatYuan, parseYuan, plainYuan } from "../../kernel/money.ts";
import { deskVoucherHref } from "../../ledger/books/addresses.ts";
import { BOOKS, type Book } from "../../ledger/books/rules.ts";
import { accountsFrom, listAccounts } from "../../ledger/books/store.ts";
import { valuesFromRows } from "../../offices/settings/rules.ts";
import { listSettings } from "../../offices/settings/store.ts";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { getFile } from "../../platform/files.ts";
import { type FormBody, files, one } from "../../platform/form-body.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Done, problemErrors, Refused } from "../../platform/refused.tsx";
import { Actions, Button, PostButton } from "../../platform/ui/buttons.tsx";
import { RadioGroup } from "../../platform/ui/choices.tsx";
import { LinkList } from "../../platform/ui/facts.tsx";
import { DateTimeField, Field, FileField, Select } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../platform/ui/forms.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import { Details } from "../../platform/ui/notices.tsx";
import type { Upload } from "../contracts/actions.ts";
import { deskContractHref, readContractNumber, reportHref } from "../contracts/addresses.ts";
import { CONTRACT_READS } from "../contracts/desk.tsx";
import { deskContractCrumbs } from "../contracts/form.tsx";
import { payContract } from "../contracts/paying.ts";
import { payProblem } from "../contracts/problems.ts";
import { dayText } from "../contracts/reading.ts";
import { Payments } from "../contracts/shown.tsx";
import {
  byContractNumber,
  type ContractRow,
  contractFrom,
  findContract,
  listPayments,
  listRollBuildings,
} from "../contracts/store.ts";
import {
  clausesOf,
  enterRequest,
  inspect,
  MOST_PHOTOS,
  openRatingWords,
  publishReport,
  servedBuildings,
  stepRequest,
} from "./actions.ts";
import { serviceProblem } from "./problems.ts";
import { type InspectionResult, periodBefore, RESULTS, ratingSpan, servicePeriodOf } from "./rules.ts";
import { periodKindFrom, SERVICE_SETTINGS, windowFrom } from "./settings.ts";
import { RESULT_WORDS, Requests, Sheets, sayPeriod } from "./shown.tsx";
import {
  findInspection,
  type InspectionRow,
  inspectionFrom,
  listInspections,
  listRatingWords,
  listReports,
  listRequests,
  reportFrom,
} from "./store.ts";

/** Mounted at /c/:slug. */
export const deskServicePages = new Hono<AppEnv>();
const reads = requires(...CONTRACT_READS);
const inspects = requires("tender.inspect");
const keeps = requires("tender.draft", "tender.inspect");
const decides = requires("tender.decide");
const pays = requires("ledger.draft");
const A_PAGE = 20;
const PERIODS_BACK = 4;
const MOST_WORDS = 100;

async function contractOf(c: AppContext): Promise<ContractRow | null> {
  const { scene } = c.var;
  const number = readContractNumber(c.req.param("number"));
  if (!number) return null;
  const [rows] = await scene.db.read(findContract(scene, byContractNumber(scene, number)));
  const row = rows[0] ? contractFrom(rows[0]) : null;
  return row?.state === "signed" ? row : null;
}
const baseOf = (c: AppContext, row: ContractRow): string => deskContractHref(c.var.scene.community.slug, row.number);
export const uploadsOf = (chosen: readonly File[]): Promise<Upload[]> =>
  Promise.all(chosen.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })));

interface Again {
  readonly at: string;
  readonly problem: Problem;
  readonly body: FormBody;
}

async function servicePage(c: AppContext, row: ContractRow, again?: Again) {
  const { t, lang, scene, formToken, now, actor } = c.var;
  const { slug } = scene.community;
  const today = dayOf(now);
  const before = readContractNumber(c.req.query("before") ?? "9999999") ?? 9_999_999;
  const [sheets, requests, reports, settings] = await scene.db.read(
    listInspections(scene, row.contractId, { from: addMonths(today, -12).slice(0, 7), to: today.slice(0, 7) }),
    listRequests(scene, row.contractId, { limit: A_PAGE + 1, before }),
    listReports(scene, row.contractId),
    listSettings(scene, SERVICE_SETTINGS),
  );
  const values = valuesFromRows(SERVICE_SETTINGS, settings);
  const published = reports.map(reportFrom);
  const window = windowFrom(values);
  const due = [...periodsBack(today, values, row)].filter(
    (period) => !published.some((one) => one.period === period) && ratingSpan(period, window).toOn < today,
  );
  const base = baseOf(c, row);
  const shown = requests.slice(0, A_PAGE);
  const errors = problemErrors(c, again?.problem);
  const at = (name: string, initial = "") => ({
    name,
    value: again ? one(again.body, name) : initial,
    error: errorFor(errors, name),
  });
  const title = t(`服务情况：${row.title}`, `The service: ${row.title}`);
  const may = (permission: "tender.draft" | "tender.decide" | "tender.inspect") => actor.permissions.has(permission);
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={title}
      breadcrumb={deskContractCrumbs(c, row.number)}
      switchHref={`${base}/service?lang=${t("en", "zh")}`}
    >
      <h1>{title}</h1>
      <Done c={c} words={t("已保存，并写入公开记录", "Saved, and in the record")} />
      <Refused c={c} problem={again?.problem} />
      <h2>{t("评价报告", "Reports")}</h2>
      {may("tender.decide")
        ? due.map((period) => (
            <PostButton action={`${base}/reports`} token={formToken} hidden={{ period }}>
              {t(`公布${sayPeriod(period, lang)}的报告`, `Publish the report of ${sayPeriod(period, lang)}`)}
            </PostButton>
          ))
        : null}
      <LinkList
        items={published.map(({ period, deductFen }) => ({
          href: reportHref(slug, row.number, period),
          title: sayPeriod(period, lang),
          note:
            deductFen > 0 ? t(`应扣${formatYuan(deductFen)}元`, `${formatYuan(deductFen)} yuan kept back`) : undefined,
        }))}
        empty={
          <p>
            {t(
              "还没有报告。周期结束、评分截止后，由主任或副主任公布。",
              "None yet. The chair or a deputy publishes one when ratings have closed.",
            )}
          </p>
        }
      />
      {may("tender.decide") ? (
        <p>
          <a href={`${base}/words/${periodBefore(servicePeriodOf(today, periodKindFrom(values)))}`}>
            {t("业主在评分里写的话（不显示是谁）", "What owners wrote, without whose it is")}
          </a>
        </p>
      ) : null}
      {may("tender.inspect") ? (
        <Actions>
          <a href={`${base}/inspect`}>{t("填一张巡查表", "Fill in an inspection sheet")}</a>
        </Actions>
      ) : null}
      <Sheets
        c={c}
        rows={sheets.map(inspectionFrom)}
        links={({ inspectionNo }) => `${base}/inspections/${inspectionNo}`}
      />
      <Requests c={c} rows={shown} />
      {requests.length > A_PAGE ? (
        <p>
          <a href={`${base}/service?before=${shown.at(-1)!.requestNo}`}>{t("更早的报事", "Earlier requests")}</a>
        </p>
      ) : null}
      {may("tender.draft") || may("tender.inspect") ? (
        <>
          <Details summary={t("登记报事", "Enter a request")} open={again?.at === "request"}>
            <Form action={`${base}/requests`} token={formToken} once={newOnce()}>
              <ErrorSummary t={t} errors={errors} />
              <Field {...at("what")} label={t("什么事（不写姓名、电话）", "What, naming nobody")} maxlength={200} />
              <Field {...at("place")} label={t("在哪里", "Where")} maxlength={200} />
              <DateTimeField {...at("onDay", today)} kind="date" label={t("哪天报的", "Day it was reported")} />
              <Actions>
                <Button>{t("登记", "Enter")}</Button>
              </Actions>
            </Form>
          </Details>
          <Details summary={t("登记答复或办完", "Enter an answer, or that it is done")} open={again?.at === "step"}>
            <Form action={`${base}/requests/step`} token={formToken}>
              <Field
                {...at("requestNo", String(shown.find(({ answeredOn }) => answeredOn === null)?.requestNo ?? ""))}
                label={t("第几件", "Request no.")}
                inputmode="numeric"
                width={20}
              />
              <Select
                {...at("step")}
                label={t("哪一步", "Step")}
                options={[
                  { value: "answered", label: t("已答复", "answered") },
                  { value: "done", label: t("已办完", "done") },
                ]}
              />
              <DateTimeField {...at("stepOn", today)} kind="date" label={t("哪天", "Day")} />
              <Field {...at("words")} label={t("怎样答复、怎样处理", "In a few words")} maxlength={200} />
              <Actions>
                <Button>{t("登记", "Enter")}</Button>
              </Actions>
            </Form>
          </Details>
        </>
      ) : null}
    </Page>,
    (again?.problem.status ?? 200) as 422,
  );
}

function* periodsBack(today: string, values: Parameters<typeof periodKindFrom>[0], row: ContractRow) {
  let period = servicePeriodOf(today, periodKindFrom(values));
  for (let back = 0; back < PERIODS_BACK; back += 1) {
    period = periodBefore(period);
    if (servicePeriodOf(row.fromOn, periodKindFrom(values)) > period) return;
    yield period;
  }
}

deskServicePages.get("/desk/contracts/:number/service", reads, async (c) => {
  const row = await contractOf(c);
  return row ? servicePage(c, row) : c.notFound();
});
deskServicePages.post("/desk/contracts/:number/reports", decides, async (c) => {
  const row = await contractOf(c);
  if (!row) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const done = await publishReport(staffScene(c), row.contractId, one(body, "period"));
  return done.ok
    ? c.redirect(reportHref(c.var.scene.community.slug, row.number, done.value.period), 303)
    : servicePage(c, row, { at: "report", problem: serviceProblem(done.error), body });
});
deskServicePages.post("/desk/contracts/:number/requests", keeps, async (c) => {
  const row = await contractOf(c);
  if (!row) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const asked = { what: one(body, "what"), place: one(body, "place"), reportedOn: dayText(one(body, "onDay")) };
  const done = await enterRequest(staffScene(c), row.contractId, asked, one(body, "_once") || newOnce());
  return done.ok
    ? c.redirect(`${baseOf(c, row)}/service?done=1`, 303)
    : servicePage(c, row, { at: "request", problem: serviceProblem(done.error), body });
});
deskServicePages.post("/desk/contracts/:number/requests/step", keeps, async (c) => {
  const row = await contractOf(c);
  if (!row) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const step = one(body, "step") === "done" ? ("done" as const) : ("answered" as const);
  const asked = {
    requestNo: readContractNumber(one(body, "requestNo").trim()) ?? 0,
    step,
    onDay: dayText(one(body, "stepOn")),
    words: one(body, "words"),
  };
  const done = await stepRequest(staffScene(c), row.contractId, asked);
  return done.ok
    ? c.redirect(`${baseOf(c, row)}/service?done=1`, 303)
    : servicePage(c, row, { at: "step", problem: serviceProblem(done.error), body });
});

/** What owners wrote with their ratings, in no order of time: only for those who decide, and without whose it is. */
deskServicePages.get("/desk/contracts/:number/words/:period", decides, async (c) => {
  const { t, lang, scene } = c.var;
  const row = await contractOf(c);
  const period = c.req.param("period");
  if (!row) return c.notFound();
  const [sealed] = await scene.db.read(listRatingWords(scene, row.contractId, period, MOST_WORDS));
  const words = await Promise.all(sealed.map((one) => openRatingWords(scene, one)));
  const title = t(`${sayPeriod(period, lang)}业主写的话`, `What owners wrote in ${sayPeriod(period, lang)}`);
  return c.html(
    <Page {...frameOf(c, "staff")} title={title} breadcrumb={deskContractCrumbs(c, row.number)}>
      <h1>{title}</h1>
      <p class="lead">
        {t("不显示是哪一户，请不要猜，也不要外传。", "Nobody is named; please neither guess nor pass it on.")}
      </p>
      {words.length === 0 ? (
        <p>{t("没有人写。", "Nobody wrote anything.")}</p>
      ) : (
        <ul>
          {words.toSorted().map((text) => (
            <li>{text}</li>
          ))}
        </ul>
      )}
    </Page>,
  );
});

// ——— Inspection sheets ———

async function inspectPage(c: AppContext, row: ContractRow, wrong: InspectionRow | null, again?: Again) {
  const { t, lang, scene, formToken, now } = c.var;
  const [buildings] = await scene.db.read(listRollBuildings(scene));
  const served = servedBuildings(
    row.terms,
    buildings.map(({ building }) => building),
  );
  const errors = problemErrors(c, again?.problem);
  const at = (name: string, initial = "") => ({
    name,
    value: again ? one(again.body, name) : initial,
    error: errorFor(errors, name),
  });
  const base = baseOf(c, row);
  const title = wrong
    ? t(`更正${wrong.month}${wrong.building}的巡查表`, `Correct the sheet of ${wrong.building}, ${wrong.month}`)
    : t("填巡查表", "Fill in an inspection sheet");
  return c.html(
    <Page {...frameOf(c, "staff")} title={title} breadcrumb={deskContractCrumbs(c, row.number)}>
      <h1>{title}</h1>
      <p class="lead">
        {t(
          "按合同的质量条款逐条看。每栋楼每月一张，没有做到的写明哪里不好。",
          "Clause by clause of the contract. One sheet a building and month; say what was amiss.",
        )}
      </p>
      <Refused c={c} problem={errors.length > 0 ? undefined : again?.problem} />
      <Form
        action={`${base}/inspect`}
        token={formToken}
        once={newOnce()}
        files={true}
        hidden={wrong ? { corrects: String(wrong.inspectionNo), building: wrong.building } : {}}
      >
        <ErrorSummary t={t} errors={errors} />
        {wrong ? (
          <Field {...at("why")} label={t("为什么更正", "Why it is corrected")} />
        ) : (
          <Select
            {...at("building")}
            label={t("楼栋或区域", "Building or ground")}
            options={served.map((value) => ({ value, label: value }))}
          />
        )}
        <DateTimeField
          {...at("inspectedOn", wrong?.inspectedOn ?? dayOf(now))}
          kind="date"
          label={t("巡查的日期", "Day of the inspection")}
        />
        {errorFor(errors, "items") ? (
          <p class="error" id="f-items">
            {errorFor(errors, "items")}
          </p>
        ) : null}
        {clausesOf(row.terms).map((clause, index) => {
          const before = wrong?.items.find((item) => item.clause === clause);
          const measure = row.terms.quality
            .filter((one) => one.clause === clause)
            .map((one) => one.measure)
            .join("；");
          return (
            <>
              <RadioGroup
                name={`result${index}`}
                legend={clause}
                hint={measure}
                value={at(`result${index}`, before?.result ?? "met").value}
                options={RESULTS.map((value) => ({ value, label: RESULT_WORDS[value][lang] }))}
              />
              <Field
                {...at(`note${index}`, before?.note ?? "")}
                label={t("哪里不好", "What was amiss")}
                optional={t("做到的不填", "empty where it was met")}
                maxlength={200}
              />
            </>
          );
        })}
        <FileField
          name="photos"
          label={t(`照片，最多${MOST_PHOTOS}张`, `Photographs, at most ${MOST_PHOTOS}`)}
          hint={t(
            "不要拍到人脸和门牌里面。照片不公开，校验值公开。",
            "No faces. Photographs are not public; their hashes are.",
          )}
          accept="image/*"
          multiple={true}
          error={errorFor(errors, "photos")}
          optional={t("可不传", "may stay empty")}
        />
        <Actions>
          <Button>{t("保存巡查表", "Keep the sheet")}</Button>
        </Actions>
      </Form>
    </Page>,
    (again?.problem.status ?? 200) as 422,
  );
}
async function sheetOf(c: AppContext, row: ContractRow, text: string | undefined): Promise<InspectionRow | null> {
  const no = readContractNumber(text);
  if (!no) return null;
  const [rows] = await c.var.scene.db.read(findInspection(c.var.scene, row.contractId, no));
  return rows[0] ? inspectionFrom(rows[0]) : null;
}
deskServicePages.get("/desk/contracts/:number/inspect", inspects, async (c) => {
  const row = await contractOf(c);
  if (!row) return c.notFound();
  const corrects = c.req.query("corrects");
  const wrong = corrects === undefined ? null : await sheetOf(c, row, corrects);
  return corrects !== undefined && !wrong ? c.notFound() : inspectPage(c, row, wrong);
});
deskServicePages.post("/desk/contracts/:number/inspect", inspects, async (c) => {
  const row = await contractOf(c);
  if (!row) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const corrects = readContractNumber(one(body, "corrects"));
  const items = clausesOf(row.terms).map((clause, index) => ({
    clause,
    result: (RESULTS.find((value) => value === one(body, `result${index}`)) ?? "failed") as InspectionResult,
    note: one(body, `note${index}`),
  }));
  const asked = {
    inspectedOn: dayText(one(body, "inspectedOn")),
    building: one(body, "building"),
    items,
    corrects,
    why: one(body, "why"),
  };
  const done = await inspect(
    staffScene(c),
    row.contractId,
    asked,
    await uploadsOf(files(body, "photos")),
    one(body, "_once") || newOnce(),
  );
  if (done.ok) return c.redirect(`${baseOf(c, row)}/service?done=1`, 303);
  return inspectPage(c, row, corrects ? await sheetOf(c, row, String(corrects)) : null, {
    at: "inspect",
    problem: serviceProblem(done.error),
    body,
  });
});
deskServicePages.get("/desk/contracts/:number/inspections/:no", reads, async (c) => {
  const { t, lang, actor } = c.var;
  const row = await contractOf(c);
  const sheet = row ? await sheetOf(c, row, c.req.param("no")) : null;
  if (!row || !sheet) return c.notFound();
  const base = baseOf(c, row);
  const title = t(`${sheet.month} ${sheet.building} 巡查表`, `Sheet of ${sheet.building}, ${sheet.month}`);
  return c.html(
    <Page {...frameOf(c, "staff")} title={title} breadcrumb={deskContractCrumbs(c, row.number)}>
      <h1>{title}</h1>
      <p>
        {t(
          `${sheet.byWords}，${sayDay(sheet.inspectedOn, lang)}，${sheet.points}/${sheet.ofPoints}分`,
          `${sheet.byWords}, ${sayDay(sheet.inspectedOn, lang)}, ${sheet.points} of ${sheet.ofPoints}`,
        )}
      </p>
      <ul>
        {sheet.items.map(({ clause, result, note }) => (
          <li>{`${clause}：${RESULT_WORDS[result][lang]}${note === "" ? "" : `，${note}`}`}</li>
        ))}
      </ul>
      <LinkList
        items={sheet.photos.map(({ fileId, name }) => ({
          href: `${base}/inspections/${sheet.inspectionNo}/photos/${fileId}`,
          title: name,
        }))}
      />
      {sheet.correctedBy === null && actor.permissions.has("tender.inspect") ? (
        <p>
          <a href={`${base}/inspect?corrects=${sheet.inspectionNo}`}>{t("更正这张表", "Correct this sheet")}</a>
        </p>
      ) : null}
    </Page>,
  );
});
deskServicePages.get("/desk/contracts/:number/inspections/:no/photos/:fileId", reads, async (c) => {
  const row = await contractOf(c);
  const sheet = row ? await sheetOf(c, row, c.req.param("no")) : null;
  const photo = sheet?.photos.find(({ fileId }) => fileId === c.req.param("fileId"));
  const found = photo ? await getFile(c.var.scene, photo.fileId, "private") : null;
  if (!found) return c.notFound();
  return c.body(found.bytes as Uint8Array<ArrayBuffer>, 200, {
    "Content-Type": found.stored.mediaType,
    "Cache-Control": "private, no-store",
  });
});

// ——— Paying ———

async function payPage(c: AppContext, row: ContractRow, again?: Again) {
  const { t, lang, scene, formToken, now } = c.var;
  const asked = again ? one(again.body, "book") : (c.req.query("book") ?? "common");
  const book = (BOOKS.find((value) => value === asked) ?? "common") as Book;
  const [payments, stored, reports] = await scene.db.read(
    listPayments(scene, row.contractId),
    listAccounts(scene, book),
    listReports(scene, row.contractId),
  );
  const accounts = accountsFrom(stored).filter(({ postable }) => postable);
  const open = reports
    .map(reportFrom)
    .filter(
      ({ period, deductFen }) =>
        deductFen > 0 &&
        !payments.some((one) => one.reportPeriod === period && one.state !== "refused" && one.state !== "withdrawn"),
    );
  const first = row.terms.plan.findIndex(
    (_, at) => !payments.some(({ planNo, state }) => planNo === at + 1 && state !== "refused" && state !== "withdrawn"),
  );
  const next = row.terms.plan[Math.max(first, 0)];
  const deduct = open[0]?.deductFen ?? 0;
  const errors = problemErrors(c, again?.problem);
  const at = (name: string, initial = "") => ({
    name,
    value: again ? one(again.body, name) : initial,
    error: errorFor(errors, name),
  });
  const named = (kinds: readonly string[]) =>
    accounts
      .filter(({ kind }) => kinds.includes(kind))
      .map(({ code, name }) => ({ value: code, label: `${code} ${name[lang]}` }));
  const title = t(`付款：${row.title}`, `Payment: ${row.title}`);
  return c.html(
    <Page {...frameOf(c, "staff")} title={title} breadcrumb={deskContractCrumbs(c, row.number)}>
      <h1>{title}</h1>
      <p class="lead">
        {t(
          "这里填制凭证，凭证写明付的是这份合同的哪一期，再由会计复核、主任审批，和其他凭证一样。",
          "This drafts a voucher that names the contract and the row it pays; review and approval follow as with any other.",
        )}
      </p>
      <Refused c={c} problem={errors.length > 0 ? undefined : again?.problem} />
      {open.map(({ period, deductFen }) => (
        <p>
          {t(
            `${sayPeriod(period, lang)}服务评价建议扣${formatYuan(deductFen)}元，还没有凭证扣。`,
            `The report of ${sayPeriod(period, lang)} proposes to keep back ${formatYuan(deductFen)} yuan; no voucher did so yet.`,
          )}
        </p>
      ))}
      <Form action={`${baseOf(c, row)}/pay`} token={formToken} once={newOnce()} files={true} hidden={{ book }}>
        <ErrorSummary t={t} errors={errors} />
        <Select
          {...at("planNo", String(Math.max(first, 0) + 1))}
          label={t("付第几期", "Which payment")}
          options={row.terms.plan.map(({ dueOn, amountFen }, index) => ({
            value: String(index + 1),
            label: `${index + 1}：${dueOn} ${formatYuan(amountFen)}`,
          }))}
        />
        <DateTimeField {...at("on", dayOf(now))} kind="date" label={t("日期", "Day")} />
        <Field
          {...at("amount", next ? plainYuan(Math.max(next.amountFen - deduct, 0)) : "")}
          label={t("实付（元）", "Paid (yuan)")}
          inputmode="decimal"
          width={20}
        />
        <Field
          {...at("deduct", deduct > 0 ? plainYuan(deduct) : "")}
          label={t("扣款（元）", "Kept back (yuan)")}
          optional={t("没有不填", "empty where none")}
          inputmode="decimal"
          width={20}
        />
        <Select
          {...at("reportPeriod", open[0]?.period ?? "")}
          label={t("扣的是哪一期评价", "For which report")}
          prompt={t("没有扣款", "none")}
          options={open.map(({ period }) => ({ value: period, label: sayPeriod(period, lang) }))}
        />
        <Select {...at("cost")} label={t("费用科目", "Cost account")} options={named(["cost", "use"])} />
        <Select {...at("from")} label={t("从哪个科目付", "Paid from")} options={named(["asset", "liability"])} />
        <FileField
          name="papers"
          label={t("发票等附件", "Invoice and papers")}
          multiple={true}
          error={errorFor(errors, "file")}
          optional={t("可不传", "may stay empty")}
        />
        <Actions>
          <Button>{t("填制凭证", "Draft the voucher")}</Button>
        </Actions>
      </Form>
      <Payments c={c} row={row} payments={payments} />
    </Page>,
    (again?.problem.status ?? 200) as 422,
  );
}
deskServicePages.get("/desk/contracts/:number/pay", pays, async (c) => {
  const row = await contractOf(c);
  return row ? payPage(c, row) : c.notFound();
});
deskServicePages.post("/desk/contracts/:number/pay", pays, async (c) => {
  const row = await contractOf(c);
  if (!row) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const yuan = (name: string): number => {
    const read = parseYuan(one(body, name));
    return read.ok ? read.value : one(body, name).trim() === "" ? 0 : -1;
  };
  const period = one(body, "reportPeriod");
  const asked = {
    planNo: readContractNumber(one(body, "planNo")) ?? 0,
    on: dayText(one(body, "on")),
    amountFen: yuan("amount"),
    deductFen: yuan("deduct"),
    reportPeriod: period === "" ? null : period,
    book: (BOOKS.find((value) => value === one(body, "book")) ?? "common") as Book,
    cost: one(body, "cost"),
    from: one(body, "from"),
  };
  const done = await payContract(
    staffScene(c),
    row.contractId,
    asked,
    await uploadsOf(files(body, "papers")),
    one(body, "_once") || newOnce(),
  );
  if (done.ok) return c.redirect(deskVoucherHref(c.var.scene.community.slug, done.value.voucherId), 303);
  return payPage(c, row, { at: "pay", problem: payProblem(done.error), body });
});
