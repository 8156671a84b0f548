/** Contracts at the desk: the list, and one contract with what can be done with it now. Markup and forms only. */
import { Hono } from "hono";
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
import { Actions, ButtonLink } from "../../platform/ui/buttons.tsx";
import { LinkList } from "../../platform/ui/facts.tsx";
import { DateTimeField, Field } from "../../platform/ui/fields.tsx";
import { errorFor } from "../../platform/ui/forms.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import { Details, EmptyState } from "../../platform/ui/notices.tsx";
import { Pager } from "../../platform/ui/tables.tsx";
import { SERVICES, type Service } from "../scheme/rules.ts";
import { dropContract, fileContract, signContract } from "./actions.ts";
import { contractHref, deskContractHref, deskContractsHref, readContractNumber } from "./addresses.ts";
import { dropChange, signChange } from "./changing.ts";
import { Act, type Again, Deciding, type Loaded, load, type Part } from "./desk-parts.tsx";
import {
  addTakeoverLine,
  confirmEnding,
  draftEnding,
  dropEnding,
  markTakeoverLine,
  takeOver,
} from "./ending/actions.ts";
import { Ending } from "./ending/desk.tsx";
import { endProblem } from "./ending/problems.ts";
import { type BySide, ENDING_KINDS, type EndingKind, standingOf } from "./ending/rules.ts";
import { StandingNote } from "./ending/shown.tsx";
import { deskContractCrumbs, uploadOf } from "./form.tsx";
import { registerSubcontract, strikeSubcontract } from "./giving-on/actions.ts";
import { Subs } from "./giving-on/desk.tsx";
import { givingOnProblem } from "./giving-on/problems.ts";
import { EXTENTS } from "./giving-on/rules.ts";
import { paperResponse } from "./paper.ts";
import { changeProblem, contractProblem } from "./problems.ts";
import { dayText } from "./reading.ts";
import { alarmsFrom, CONTRACT_SETTINGS } from "./settings.ts";
import { ContractFacts, ContractStanding, PriceTable, QualityTable } from "./shown.tsx";
import {
  byContractNumber,
  type ContractRow,
  contractFrom,
  countContracts,
  listContracts,
  listPapers,
} from "./store.ts";
import { ENDING_WORDS } from "./words.ts";

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
