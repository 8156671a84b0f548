/** Contracts at the desk: the list, and one contract with what can be done with it now. Markup and forms only. */
import { Hono } from "hono";
import type { Child } from "hono/jsx";
import { dayOf } from "../../kernel/day.ts";
import { parseYuan } from "../../kernel/money.ts";
import type { Result } from "../../kernel/result.ts";
import { valuesFromRows } from "../../offices/settings/rules.ts";
import { listSettings } from "../../offices/settings/store.ts";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { type FormBody, files, one } from "../../platform/form-body.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Done, problemErrors, Refused } from "../../platform/refused.tsx";
import type { StaffScene } from "../../platform/scene.ts";
import { Actions, Button, ButtonLink, PostButton } from "../../platform/ui/buttons.tsx";
import { LinkList } from "../../platform/ui/facts.tsx";
import { DateTimeField, Field, FileField, Select, TextArea } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, type FieldError, Form } from "../../platform/ui/forms.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import { Callout, Details, EmptyState } from "../../platform/ui/notices.tsx";
import { Pager } from "../../platform/ui/tables.tsx";
import { SERVICES, type Service } from "../scheme/rules.ts";
import { SERVICE_WORDS } from "../words.ts";
import { dropContract, fileContract, signContract } from "./actions.ts";
import { contractHref, deskContractHref, deskContractsHref, readContractNumber } from "./addresses.ts";
import { dropChange, signChange } from "./changing.ts";
import {
  addTakeoverLine,
  confirmEnding,
  draftEnding,
  dropEnding,
  markTakeoverLine,
  takeOver,
} from "./ending/actions.ts";
import { type BySide, ENDING_KINDS, type EndingKind, standingOf } from "./ending/rules.ts";
import { type EndingRow, endingFrom, listEndings, listTakeoverLines, type TakeoverLine } from "./ending/store.ts";
import { deskContractCrumbs, uploadOf } from "./form.tsx";
import { registerSubcontract, strikeSubcontract } from "./giving-on.ts";
import { paperResponse } from "./paper.ts";
import { changeProblem, contractProblem, endProblem, givingOnProblem } from "./problems.ts";
import { dayText } from "./reading.ts";
import { EXTENTS, TAKEOVER_KINDS } from "./rules.ts";
import { alarmsFrom, CONTRACT_SETTINGS } from "./settings.ts";
import {
  ContractFacts,
  ContractStanding,
  EndingSection,
  PriceTable,
  QualityTable,
  StandingNote,
  Subcontracts,
} from "./shown.tsx";
import {
  byContractNumber,
  type ContractRow,
  contractFrom,
  countContracts,
  type EditionRow,
  editionFrom,
  findContract,
  listContracts,
  listEditions,
  listPapers,
  listSubcontracts,
  type SubcontractRow,
} from "./store.ts";
import { ENDING_WORDS, SIDE_WORDS, TAKEOVER_WORDS } from "./words.ts";

/** Mounted at /c/:slug, behind the forms that stand under the same path. */
export const deskContractPages = new Hono<AppEnv>();
export const CONTRACT_READS = [
  "tender.read",
  "tender.draft",
  "tender.decide",
  "tender.inspect",
  "ledger.read",
] as const;
const reads = requires(...CONTRACT_READS);
const drafts = requires("tender.draft");
const decides = requires("tender.decide");
const A_PAGE = 50;

deskContractPages.get("/desk/contracts", reads, async (c) => {
  const { t, lang, scene, actor } = c.var;
  const { slug } = scene.community;
  const page = readContractNumber(c.req.query("page") ?? "1");
  if (!page) return c.notFound();
  const [stored, totals, settings] = await scene.db.read(
    listContracts(scene, ["drafted", "signed"], { limit: A_PAGE, offset: (page - 1) * A_PAGE }),
    countContracts(scene, ["drafted", "signed"]),
    listSettings(scene, CONTRACT_SETTINGS),
  );
  const alarms = alarmsFrom(valuesFromRows(CONTRACT_SETTINGS, settings));
  const total = totals[0]?.total ?? 0;
  const title = t("服务合同", "Service contracts");
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={title}
      breadcrumb={deskContractCrumbs(c).slice(0, 1)}
      switchHref={`${deskContractsHref(slug)}?lang=${t("en", "zh")}`}
    >
      <h1>{title}</h1>
      <LinkList
        items={stored.map(contractFrom).map((row) => ({
          href: deskContractHref(slug, row.number),
          title: t(`第${row.number}号 ${row.title}`, `No. ${row.number} ${row.title}`),
          note: `${row.providerName}，${sayDay(row.fromOn, lang)} — ${sayDay(row.toOn, lang)}`,
          status: <ContractStanding c={c} row={row} alarms={alarms} />,
        }))}
        empty={
          <EmptyState title={t("还没有合同", "No contract yet")}>
            {t(
              "选聘定标后从选聘的页面起草；正在履行的旧合同在这里登记。",
              "After an award it is drafted from the tender's page; contracts that run already are entered here.",
            )}
          </EmptyState>
        }
      />
      <Pager t={t} page={page} pages={Math.ceil(total / A_PAGE)} href={(n) => `${deskContractsHref(slug)}?page=${n}`} />
      {actor.permissions.has("tender.draft") ? (
        <Actions>
          <ButtonLink href={`${deskContractsHref(slug)}/new`}>
            {t("登记正在履行的合同", "Enter a contract that runs")}
          </ButtonLink>
        </Actions>
      ) : null}
    </Page>,
  );
});

interface Loaded {
  readonly row: ContractRow;
  readonly editions: readonly EditionRow[];
  readonly subs: readonly SubcontractRow[];
  readonly endings: readonly EndingRow[];
  readonly lines: readonly TakeoverLine[];
  readonly values: ReturnType<typeof valuesFromRows<(typeof CONTRACT_SETTINGS)["specs"]>>;
}
async function load(c: AppContext): Promise<Loaded | null> {
  const { scene } = c.var;
  const number = readContractNumber(c.req.param("number"));
  if (!number) return null;
  const key = byContractNumber(scene, number);
  const [contracts, editions, subs, endings, lines, settings] = await scene.db.read(
    findContract(scene, key),
    listEditions(scene, key),
    listSubcontracts(scene, key),
    listEndings(scene, key),
    listTakeoverLines(scene, key),
    listSettings(scene, CONTRACT_SETTINGS),
  );
  return contracts[0]
    ? {
        row: contractFrom(contracts[0]),
        editions: editions.map(editionFrom),
        subs,
        endings: endings.map(endingFrom),
        lines,
        values: valuesFromRows(CONTRACT_SETTINGS, settings),
      }
    : null;
}

/** The form that was refused, its words and what was typed into it. */
interface Again {
  readonly path: string;
  readonly problem: Problem;
  readonly body: FormBody;
}
/** One form of the page: its address, its values after a refusal, its messages. */
interface Part {
  readonly action: string;
  readonly errors: readonly FieldError[];
  readonly at: (name: string, initial?: string) => { name: string; value: string; error: string | undefined };
}

deskContractPages.get("/desk/contracts/:number", reads, async (c) => {
  const loaded = await load(c);
  return loaded ? onePage(c, loaded) : c.notFound();
});

function onePage(c: AppContext, loaded: Loaded, again?: Again) {
  const { t, scene, actor } = c.var;
  const { slug } = scene.community;
  const { row, values } = loaded;
  const base = deskContractHref(slug, row.number);
  const alarms = alarmsFrom(values);
  const may = (permission: "tender.draft" | "tender.decide" | "tender.inspect" | "ledger.draft") =>
    actor.permissions.has(permission);
  const part = (path: string): Part => {
    const own = again?.path === path ? again : undefined;
    const errors = problemErrors(c, own?.problem);
    return {
      action: `${base}${path}`,
      errors,
      at: (name, initial = "") => ({ name, value: own ? one(own.body, name) : initial, error: errorFor(errors, name) }),
    };
  };
  const title = t(`第${row.number}号合同：${row.title}`, `Contract no. ${row.number}: ${row.title}`);
  const standing = standingOf(row, dayOf(c.var.now), alarms);
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={title}
      breadcrumb={deskContractCrumbs(c)}
      switchHref={`${base}?lang=${t("en", "zh")}`}
    >
      <h1>{title}</h1>
      <Done c={c} words={t("已保存，并写入公开记录", "Saved, and in the record")} />
      <Refused c={c} problem={again?.problem} />
      <p>
        <ContractStanding c={c} row={row} alarms={alarms} />
      </p>
      <StandingNote c={c} row={row} alarms={alarms} />
      <ContractFacts
        c={c}
        row={row}
        clocks={{ writtenDays: values.writtenDays.value, filingDays: values.filingDays.value }}
      />
      <Details summary={t("价格和质量条款", "Prices and quality")}>
        <PriceTable c={c} terms={row.terms} />
        <QualityTable c={c} terms={row.terms} />
      </Details>
      {row.state === "drafted" ? (
        <Deciding
          c={c}
          part={part}
          path=""
          draftedBy={row.draftedBy}
          words={{ sign: t("签订这份合同", "Sign this contract"), day: t("合同签订的日期", "Day of signing") }}
        />
      ) : null}
      {row.state === "signed" ? (
        <>
          <Actions>
            <ButtonLink href={contractHref(slug, row.number)} look="quiet">
              {t("公开页面", "The public page")}
            </ButtonLink>
            <ButtonLink href={`${base}/service`} look="quiet">
              {t("巡查、报事和评价", "Inspections, requests, reports")}
            </ButtonLink>
            {may("ledger.draft") ? (
              <ButtonLink href={`${base}/pay`} look="quiet">
                {t("填制付款凭证", "Draft a payment")}
              </ButtonLink>
            ) : null}
            {may("tender.draft") && row.endsOn === null ? (
              <ButtonLink href={`${base}/change`} look="quiet">
                {t("变更或延长", "Change or extend")}
              </ButtonLink>
            ) : null}
          </Actions>
          <Waiting c={c} loaded={loaded} part={part} />
          {row.filedOn === null && may("tender.draft") ? (
            <Act c={c} part={part("/file")} heading={t("登记备案", "Enter the filing")} button={t("登记", "Enter")}>
              {(at) => (
                <>
                  <DateTimeField {...at("filedOn", dayOf(c.var.now))} kind="date" label={t("备案日期", "Day")} />
                  <Field
                    {...at("words")}
                    label={t("向谁备案、回执编号", "With whom, under which receipt")}
                    maxlength={120}
                  />
                </>
              )}
            </Act>
          ) : null}
          <Subs c={c} loaded={loaded} part={part} />
          <Ending c={c} loaded={loaded} part={part} standing={standing} />
        </>
      ) : null}
    </Page>,
    (again?.problem.status ?? 200) as 422,
  );
}

/** A form in its fold: open where it was refused. */
const Act = (props: {
  c: AppContext;
  part: Part;
  heading: string;
  button: string;
  files?: boolean;
  children: (at: Part["at"]) => Child;
}) => {
  const { c, part } = props;
  return (
    <Details summary={props.heading} open={part.errors.length > 0}>
      <Form action={part.action} token={c.var.formToken} once={newOnce()} files={props.files}>
        <ErrorSummary t={c.var.t} errors={part.errors} />
        {props.children(part.at)}
        <Actions>
          <Button>{props.button}</Button>
        </Actions>
      </Form>
    </Details>
  );
};

/** What a second person decides on: signing with its day, refusing with a reason; or its drafter gives it up. */
const Deciding = (props: {
  c: AppContext;
  part: (path: string) => Part;
  path: string;
  draftedBy: string;
  words: { sign: string; day: string | null };
}) => {
  const { c, part, path, words } = props;
  const { t, formToken, actor } = c.var;
  const own = actor.personId === props.draftedBy;
  if (own)
    return (
      <Callout tone="info" title={t("等主任或副主任签订", "Waits for the chair or a deputy")}>
        {actor.permissions.has("tender.draft") ? (
          <PostButton action={part(`${path}/withdraw`).action} token={formToken} look="link">
            {t("撤回", "Give it up")}
          </PostButton>
        ) : null}
      </Callout>
    );
  if (!actor.permissions.has("tender.decide"))
    return <p>{t("等主任或副主任签订。", "Waits for the chair or a deputy.")}</p>;
  return (
    <>
      <Form action={part(`${path}/sign`).action} token={formToken}>
        <ErrorSummary t={t} errors={part(`${path}/sign`).errors} />
        {words.day === null ? null : (
          <DateTimeField {...part(`${path}/sign`).at("signedOn", dayOf(c.var.now))} kind="date" label={words.day} />
        )}
        <Actions>
          <Button>{words.sign}</Button>
        </Actions>
      </Form>
      <Act c={c} part={part(`${path}/refuse`)} heading={t("不签", "Refuse")} button={t("不签，退回", "Refuse")}>
        {(at) => <TextArea {...at("why")} label={t("理由", "Why")} rows={2} />}
      </Act>
    </>
  );
};

const Waiting = ({ c, loaded, part }: { c: AppContext; loaded: Loaded; part: (path: string) => Part }) => {
  const { t, lang } = c.var;
  const edition = loaded.editions.find((one) => one.state === "waiting" && one.edition > 1);
  const ending = loaded.endings.find(({ state }) => state === "waiting");
  return (
    <>
      {edition ? (
        <section>
          <h2>
            {t(`第${edition.edition}版等签订：${edition.why}`, `Edition ${edition.edition} waits: ${edition.why}`)}
          </h2>
          <Deciding
            c={c}
            part={part}
            path="/change"
            draftedBy={edition.draftedBy}
            words={{ sign: t("签订这项变更", "Sign the change"), day: t("签订的日期", "Day of signing") }}
          />
        </section>
      ) : null}
      {ending ? (
        <section>
          <h2>
            {t(
              `终止通知等确认：${ENDING_WORDS[ending.kind].zh}，最后一天${sayDay(ending.endsOn, lang)}`,
              `A notice waits: ${ENDING_WORDS[ending.kind].en}, last day ${sayDay(ending.endsOn, lang)}`,
            )}
          </h2>
          <Deciding
            c={c}
            part={part}
            path="/ending"
            draftedBy={ending.draftedBy}
            words={{ sign: t("确认终止通知", "Confirm the notice"), day: null }}
          />
        </section>
      ) : null}
    </>
  );
};

const Subs = ({ c, loaded, part }: { c: AppContext; loaded: Loaded; part: (path: string) => Part }) => {
  const { t, lang, actor } = c.var;
  const { row, subs } = loaded;
  const live = subs.filter(({ extent, struckBy }) => extent !== "none" && struckBy === null);
  return (
    <>
      <Subcontracts c={c} rows={subs} />
      {actor.permissions.has("tender.draft") ? (
        <>
          <Act
            c={c}
            part={part("/subcontracts")}
            heading={t("登记转委托", "Register a subcontract")}
            button={t("登记", "Register")}
          >
            {(at) => (
              <>
                <Select
                  {...at("service")}
                  label={t("哪一项", "Which service")}
                  options={row.terms.parts.map((value) => ({ value, label: SERVICE_WORDS[value][lang] }))}
                />
                <Select
                  {...at("extent")}
                  label={t("范围", "Extent")}
                  options={[
                    { value: "portion", label: t("其中一部分", "a portion") },
                    { value: "whole", label: t("整项", "the whole service") },
                  ]}
                />
                <TextArea {...at("words")} label={t("转委托哪一部分、许可证号", "Which portion; licence")} rows={2} />
                <Field {...at("contractorName")} label={t("受托单位", "Contractor")} />
                <Field {...at("contractorCode")} label={t("统一社会信用代码", "Credit code")} width={20} />
                <DateTimeField {...at("fromOn")} kind="date" label={t("开始", "From")} />
                <DateTimeField {...at("toOn")} kind="date" label={t("最后一天", "Last day")} />
              </>
            )}
          </Act>
          {live.map(({ subNo, contractorName }) => (
            <Act
              c={c}
              part={part(`/subcontracts/${subNo}/strike`)}
              heading={t(`划去第${subNo}行（${contractorName}）`, `Strike line ${subNo} (${contractorName})`)}
              button={t("划去", "Strike")}
            >
              {(at) => <Field {...at("why")} label={t("理由", "Why")} />}
            </Act>
          ))}
        </>
      ) : null}
    </>
  );
};

const Ending = ({
  c,
  loaded,
  part,
  standing,
}: {
  c: AppContext;
  loaded: Loaded;
  part: (path: string) => Part;
  standing: string;
}) => {
  const { t, lang, actor, formToken } = c.var;
  const { row, endings, lines, values } = loaded;
  const drafting = actor.permissions.has("tender.draft");
  const deciding = actor.permissions.has("tender.decide");
  const inForce = endings.find(({ state }) => state === "in_force");
  if (row.endsOn === null)
    return drafting && !endings.some(({ state }) => state === "waiting") ? (
      <Act
        c={c}
        part={part("/ending")}
        heading={t("终止合同：解聘、不续聘、到期", "End the contract")}
        button={t("保存，交第二人确认", "Save for a second person")}
        files={true}
      >
        {(at) => (
          <>
            <Select
              {...at("kind")}
              label={t("怎样终止", "How it ends")}
              options={ENDING_KINDS.map((value) => ({ value, label: ENDING_WORDS[value][lang] }))}
            />
            <Select
              {...at("bySide")}
              label={t("哪一方提出", "Whose notice")}
              options={(["owners", "provider", "both"] as const).map((value) => ({
                value,
                label: SIDE_WORDS[value][lang],
              }))}
            />
            <DateTimeField
              {...at("noticedOn", dayOf(c.var.now))}
              kind="date"
              label={t("书面通知送达的日期", "Day the notice arrived")}
            />
            <DateTimeField {...at("endsOn")} kind="date" label={t("合同的最后一天", "Last day")} />
            <TextArea {...at("why")} label={t("理由", "Why")} rows={2} />
            <Field
              {...at("meeting")}
              label={t("业主大会会议编号", "Owners' meeting no.")}
              optional={t("物业服务人提出的不填", "not where the provider ends it")}
              inputmode="numeric"
              width={20}
            />
            <Field
              {...at("item")}
              label={t("第几项", "Item")}
              optional={t("物业服务人提出的不填", "not where the provider ends it")}
              inputmode="numeric"
              width={20}
            />
            <FileField
              name="file"
              label={t("书面通知（PDF）", "The written notice (PDF)")}
              accept="application/pdf"
              error={at("file").error}
            />
          </>
        )}
      </Act>
    ) : null;
  return (
    <>
      <EndingSection c={c} row={row} ending={inForce} lines={lines} takeoverDays={values.takeoverDays.value} />
      {drafting && row.takenOverOn === null ? (
        <Act
          c={c}
          part={part("/takeover")}
          heading={t("列入移交清单", "Put on the list")}
          button={t("列入", "Put on the list")}
        >
          {(at) => (
            <>
              <Select
                {...at("lineKind")}
                label={t("类别", "Kind")}
                options={TAKEOVER_KINDS.map((value) => ({ value, label: TAKEOVER_WORDS[value][lang] }))}
              />
              <Field {...at("what")} label={t("移交什么（没有的写“无”）", "What (“none” where there is none)")} />
              <Field
                {...at("amount")}
                label={t("金额（款项必填）", "Amount, for money")}
                optional={t("其他不填", "else empty")}
                inputmode="decimal"
                width={20}
              />
              <Field
                {...at("strikes")}
                label={t("更正第几项", "Corrects line")}
                optional={t("可不填", "may stay empty")}
                inputmode="numeric"
                width={20}
              />
            </>
          )}
        </Act>
      ) : null}
      {lines
        .filter(({ struckBy }) => struckBy === null)
        .map(({ lineNo, what, givenBy, takenBy }) => (
          <>
            {drafting && givenBy === null ? (
              <Act
                c={c}
                part={part(`/takeover/${lineNo}/given`)}
                heading={t(`第${lineNo}项“${what}”：登记物业一方的签字`, `Line ${lineNo}: the provider signed`)}
                button={t("登记签字", "Enter")}
              >
                {(at) => <Field {...at("words")} label={t("谁签的（职务）", "Who signed, by post")} maxlength={60} />}
              </Act>
            ) : null}
            {deciding && takenBy === null ? (
              <PostButton action={part(`/takeover/${lineNo}/taken`).action} token={formToken} look="quiet">
                {t(`签收第${lineNo}项“${what}”`, `Take line ${lineNo}: ${what}`)}
              </PostButton>
            ) : null}
          </>
        ))}
      {deciding && row.takenOverOn === null && standing === "interim" ? (
        <Act
          c={c}
          part={part("/taken-over")}
          heading={t("登记接管", "Enter the takeover")}
          button={t("登记接管", "Enter the takeover")}
        >
          {(at) => (
            <DateTimeField
              {...at("takenOverOn", dayOf(c.var.now))}
              kind="date"
              label={t("接管的日期", "Day of the takeover")}
            />
          )}
        </Act>
      ) : null}
    </>
  );
};

/** The papers of drafts too. */
deskContractPages.get("/desk/contracts/:number/files/:fileId", reads, async (c) => {
  const { scene } = c.var;
  const number = readContractNumber(c.req.param("number"));
  const [papers] = await scene.db.read(listPapers(scene, byContractNumber(scene, number ?? 0)));
  const paper = papers.find(({ fileId }) => fileId === c.req.param("fileId"));
  return (await paperResponse(c, paper)) ?? c.notFound();
});

/** An act of the page: done, back to it; refused, the page again with the words and what was typed. */
function act(
  path: string,
  gate: ReturnType<typeof requires>,
  run: (scene: StaffScene, row: ContractRow, body: FormBody, c: AppContext) => Promise<Result<unknown, Problem>>,
): void {
  deskContractPages.post(`/desk/contracts/:number${path}`, gate, async (c) => {
    const loaded = await load(c);
    if (!loaded) return c.notFound();
    const body = await c.req.parseBody({ all: true });
    const done = await run(staffScene(c), loaded.row, body, c);
    const base = deskContractHref(c.var.scene.community.slug, loaded.row.number);
    if (done.ok) return c.redirect(`${base}?done=1`, 303);
    return onePage(c, (await load(c)) ?? loaded, {
      path: new URL(c.req.url).pathname.slice(base.length),
      problem: done.error,
      body,
    });
  });
}
const said = <R,>(done: Result<unknown, R>, words: (refusal: R) => Problem): Result<unknown, Problem> =>
  done.ok ? done : { ok: false, error: words(done.error) };
const onceOf = (body: FormBody): string => one(body, "_once") || newOnce();
const numberOf = (text: string): number | null => readContractNumber(text.trim());

act("/sign", decides, async (scene, row, body) =>
  said(await signContract(scene, row.contractId, dayText(one(body, "signedOn"))), contractProblem),
);
act("/refuse", decides, async (scene, row, body) =>
  said(await dropContract(scene, row.contractId, { kind: "refused", why: one(body, "why") }), contractProblem),
);
act("/withdraw", drafts, async (scene, row) =>
  said(await dropContract(scene, row.contractId, { kind: "withdrawn" }), contractProblem),
);
act("/file", drafts, async (scene, row, body) =>
  said(
    await fileContract(scene, row.contractId, { filedOn: dayText(one(body, "filedOn")), words: one(body, "words") }),
    contractProblem,
  ),
);
act("/change/sign", decides, async (scene, row, body) =>
  said(await signChange(scene, row.contractId, dayText(one(body, "signedOn"))), changeProblem),
);
act("/change/refuse", decides, async (scene, row, body) =>
  said(await dropChange(scene, row.contractId, { kind: "refused", why: one(body, "why") }), changeProblem),
);
act("/change/withdraw", drafts, async (scene, row) =>
  said(await dropChange(scene, row.contractId, { kind: "withdrawn" }), changeProblem),
);
act("/subcontracts", drafts, async (scene, row, body) => {
  const service = (SERVICES.find((value) => value === one(body, "service")) ?? "other") as Service;
  const extent = EXTENTS.find((value) => value === one(body, "extent")) ?? "portion";
  const asked = {
    service,
    extent,
    words: one(body, "words"),
    contractorName: one(body, "contractorName"),
    contractorCode: one(body, "contractorCode"),
    fromOn: dayText(one(body, "fromOn")),
    toOn: dayText(one(body, "toOn")),
  };
  return said(await registerSubcontract(scene, row.contractId, asked, onceOf(body)), givingOnProblem);
});
act("/subcontracts/:sub/strike", drafts, async (scene, row, body, c) =>
  said(
    await strikeSubcontract(scene, row.contractId, numberOf(c.req.param("sub") ?? "") ?? 0, one(body, "why")),
    givingOnProblem,
  ),
);
act("/ending", drafts, async (scene, row, body) => {
  const meeting = one(body, "meeting").trim();
  const asked = {
    kind: (ENDING_KINDS.find((value) => value === one(body, "kind")) ?? "dismissed") as EndingKind,
    bySide: ((["owners", "provider", "both"] as const).find((value) => value === one(body, "bySide")) ??
      "owners") as BySide,
    noticedOn: dayText(one(body, "noticedOn")),
    endsOn: dayText(one(body, "endsOn")),
    why: one(body, "why"),
    decision: meeting === "" ? null : { meeting: numberOf(meeting) ?? 0, item: numberOf(one(body, "item")) ?? 0 },
  };
  return said(
    await draftEnding(scene, row.contractId, asked, await uploadOf(files(body, "file")), onceOf(body)),
    endProblem,
  );
});
act("/ending/sign", decides, async (scene, row) => said(await confirmEnding(scene, row.contractId), endProblem));
act("/ending/refuse", decides, async (scene, row, body) =>
  said(await dropEnding(scene, row.contractId, { kind: "refused", why: one(body, "why") }), endProblem),
);
act("/ending/withdraw", drafts, async (scene, row) =>
  said(await dropEnding(scene, row.contractId, { kind: "withdrawn" }), endProblem),
);
act("/takeover", drafts, async (scene, row, body) => {
  const amount = one(body, "amount").trim();
  const read = parseYuan(amount);
  const asked = {
    kind: one(body, "lineKind"),
    what: one(body, "what"),
    amountFen: amount === "" ? null : read.ok ? read.value : -1,
    strikes: one(body, "strikes").trim() === "" ? null : (numberOf(one(body, "strikes")) ?? 0),
  };
  return said(await addTakeoverLine(scene, row.contractId, asked, onceOf(body)), endProblem);
});
act("/takeover/:line/given", drafts, async (scene, row, body, c) =>
  said(
    await markTakeoverLine(scene, row.contractId, numberOf(c.req.param("line") ?? "") ?? 0, {
      side: "gives",
      words: one(body, "words"),
    }),
    endProblem,
  ),
);
act("/takeover/:line/taken", decides, async (scene, row, _, c) =>
  said(
    await markTakeoverLine(scene, row.contractId, numberOf(c.req.param("line") ?? "") ?? 0, {
      side: "takes",
      words: "",
    }),
    endProblem,
  ),
);
act("/taken-over", decides, async (scene, row, body) =>
  said(await takeOver(scene, row.contractId, dayText(one(body, "takenOverOn"))), endProblem),
);
