/** A bidder's own page: what it registered, which papers are missing, which amendment to confirm, and what comes next. Reads one round trip. */
import { Hono } from "hono";
import { fieldErrors, WholeRefusal } from "../../offices/forms.tsx";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { getFile } from "../../platform/files.ts";
import { files, one, several } from "../../platform/form-body.ts";
import { frameOf } from "../../platform/frame.ts";
import { pick } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Actions, Button, ButtonLink, PostButton } from "../../platform/ui/buttons.tsx";
import { CheckboxGroup, Confirm } from "../../platform/ui/choices.tsx";
import { Fact, FactList } from "../../platform/ui/facts.tsx";
import { DateTimeField, Field, FileField, Select } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../platform/ui/forms.tsx";
import { sayDay, sayDeadline } from "../../platform/ui/moments.ts";
import { Callout, EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { tenderHref } from "../addresses.ts";
import { confirmEdition } from "../amendments/actions.ts";
import { confirmProblem } from "../amendments/problems.ts";
import { editionToConfirm, hasConfirmed } from "../amendments/rules.ts";
import { listAmendments } from "../amendments/store.ts";
import { takesBids } from "../rules.ts";
import { schemeOf } from "../scheme/actions.ts";
import { findScheme, findTender } from "../store.ts";
import { addLicence, joinLots, type TypedLicence } from "./additions.ts";
import { bidderHref, bidHref, licencesHref } from "./addresses.ts";
import { joinProblem, licenceProblem } from "./problems.ts";
import { lotOptions } from "./register.tsx";
import { LICENCE_KINDS, papersMissing } from "./rules.ts";
import { type BidderActor, findSignedInBidder, requiresBidder } from "./session.ts";
import { tenderCrumbs } from "./signin.tsx";
import { findBidder, type LicenceRow, listConfirmations, listLicences, lotsOf } from "./store.ts";
import { LICENCE_WORDS } from "./words.ts";

/** Mounted at /c/:slug. */
export const bidderCornerPages = new Hono<AppEnv>();

/** Everything the corner shows. */
async function readCorner(c: AppContext, { tenderId, bidderId }: BidderActor) {
  const { scene } = c.var;
  const [tenders, schemes, bidders, licences, confirmations, amendments] = await scene.db.read(
    findTender(scene, tenderId),
    findScheme(scene, tenderId),
    findBidder(scene, tenderId, bidderId),
    listLicences(scene, tenderId, bidderId),
    listConfirmations(scene, tenderId),
    listAmendments(scene, tenderId),
  );
  const toConfirm = editionToConfirm(amendments);
  const confirmed = confirmations.filter((row) => row.bidderId === bidderId).map(({ edition }) => edition);
  const scheme = schemeOf(schemes[0]!);
  const own = bidders[0]!;
  const lots = scheme.lots.filter(({ lotNo }) => lotsOf(own).includes(lotNo));
  return {
    tender: tenders[0]!,
    scheme,
    own,
    lots,
    licences,
    missing: lots.map((lot) => ({ lot, kinds: papersMissing(lot, licences) })).filter(({ kinds }) => kinds.length > 0),
    toConfirm: hasConfirmed(confirmed, toConfirm) ? null : toConfirm,
  };
}
type Corner = Awaited<ReturnType<typeof readCorner>>;

const DONE: Readonly<Record<string, readonly [string, string]>> = {
  registered: ["已登记。下一步：上传证照，然后加密投标", "You are registered. Next: your papers, then the sealed bid"],
  lots: ["标段已更新", "The lots are updated"],
  licence: ["证照已保存", "The paper is saved"],
  confirmed: ["已确认修改后的选聘文件", "The amended documents are confirmed"],
};

const LicenceTable = ({ c, number, rows }: { c: AppContext; number: number; rows: readonly LicenceRow[] }) => {
  const { t, lang, scene } = c.var;
  return (
    <DataTable
      caption={t("已提交的证照", "Papers handed in")}
      quietCaption
      rows={rows}
      empty={
        <EmptyState title={t("还没有证照", "No paper yet")}>
          {t(
            "营业执照和标段要求的证照，在截止前上传。",
            "Add your licence and what the lots ask for before the closing.",
          )}
        </EmptyState>
      }
      columns={[
        { label: t("证照", "Paper"), head: true, cell: ({ kind }) => pick(LICENCE_WORDS[kind], lang) },
        { label: t("编号", "Number"), cell: ({ number: no }) => no },
        {
          label: t("有效期", "Until"),
          cell: ({ expiresOn, endsWithin }) => (
            <>
              {expiresOn === "" ? t("长期", "no end") : sayDay(expiresOn, lang)}
              {endsWithin === 1 ? (
                <p class="hint">{t("合同期内到期，中选后要及时换发", "Ends within the contract; renew it in time")}</p>
              ) : null}
            </>
          ),
        },
        {
          label: t("文件", "File"),
          cell: ({ fileName, licenceNo }) => (
            <a href={`${licencesHref(scene.community.slug, number)}/${licenceNo}/file`}>{fileName}</a>
          ),
        },
      ]}
    />
  );
};

const Missing = ({ c, missing }: { c: AppContext; missing: Corner["missing"] }) => {
  const { t, lang } = c.var;
  if (missing.length === 0) return <p>{t("标段要求的证照都已提交。", "All papers the lots ask for are here.")}</p>;
  return (
    <Callout tone="warn" title={t("还缺这些证照", "Still missing")}>
      <ul>
        {missing.map(({ lot, kinds }) => (
          <li>
            {t(`标段${lot.lotNo} ${lot.title}：`, `Lot ${lot.lotNo} ${lot.title}: `)}
            {kinds.map((kind) => pick(LICENCE_WORDS[kind], lang)).join(t("、", ", "))}
          </li>
        ))}
      </ul>
      <p>
        {t("缺证照的，资格审查时标段投标无效。", "Without them the bid for the lot does not pass the examination.")}
      </p>
    </Callout>
  );
};

/** What is to be done now, the most pressing first. */
const NextSteps = ({ c, corner }: { c: AppContext; corner: Corner }) => {
  const { t, lang, scene, formToken, now } = c.var;
  const { slug } = scene.community;
  const { tender, toConfirm, missing } = corner;
  if (!takesBids(tender, now))
    return (
      <Callout title={t("投标已经截止", "Bids have closed")}>
        <p>
          <a href={tenderHref(slug, tender.number)}>
            {t("在公开页面看开标和结果", "Follow the opening and the result on the public page")}
          </a>
        </p>
      </Callout>
    );
  return (
    <>
      <p class="lead">
        {tender.closesAt === null
          ? null
          : t(`投标${sayDeadline(tender.closesAt, lang)}截止`, `Bids close ${sayDeadline(tender.closesAt, lang)}`)}
      </p>
      {toConfirm === null ? null : (
        <Callout tone="warn" title={t("选聘文件有修改，请确认", "The documents were amended: please confirm")}>
          <p>
            <a href={`${tenderHref(slug, tender.number)}#amendments`}>
              {t(`先看第${tender.edition}版改了什么`, `See first what edition ${tender.edition} changed`)}
            </a>
          </p>
          <p>
            {t(
              "修改以前交的投标，要在这里确认，或者重新提交；都没有的，开标时不予采用（《招标投标法》第二十七条）。",
              "A bid handed in before is confirmed here or replaced; with neither it is left out at the opening (Tendering Law, art. 27).",
            )}
          </p>
          <PostButton
            action={`${bidderHref(slug, tender.number)}/confirm`}
            token={formToken}
            hidden={{ edition: String(tender.edition) }}
          >
            {t("我已看过修改，确认", "I have read it and confirm")}
          </PostButton>
        </Callout>
      )}
      <Actions>
        <ButtonLink href={bidHref(slug, tender.number)}>{t("加密投标", "Seal your bid")}</ButtonLink>
        <ButtonLink look="quiet" href={licencesHref(slug, tender.number)}>
          {missing.length > 0 ? t("上传证照", "Add papers") : t("再上传一份证照", "Add another paper")}
        </ButtonLink>
      </Actions>
    </>
  );
};

async function cornerPage(c: AppContext, bidder: BidderActor, problem?: Problem) {
  const { t, lang, scene, formToken, now } = c.var;
  const { slug } = scene.community;
  const corner = await readCorner(c, bidder);
  const { tender, scheme, own, lots, licences } = corner;
  const errors = fieldErrors(problem, lang);
  const done = DONE[c.req.query("done") ?? ""];
  const others = scheme.lots.filter((lot) => !lots.includes(lot));
  return c.html(
    <Page
      {...frameOf(c)}
      title={t("投标人专页", "Bidder's page")}
      breadcrumb={tenderCrumbs(c, tender)}
      switchHref={`${bidderHref(slug, tender.number)}?lang=${t("en", "zh")}`}
    >
      <h1>{own.name}</h1>
      {done ? <Callout tone="good" title={t(...done)} /> : null}
      <WholeRefusal c={c} problem={problem} />
      <NextSteps c={c} corner={corner} />
      <h2>{t("登记的内容", "What you registered")}</h2>
      <FactList>
        <Fact label={t("编号", "Number")}>{t(`第${own.bidderNo}号投标人`, `Bidder ${own.bidderNo}`)}</Fact>
        <Fact label={t("统一社会信用代码", "Credit code")}>
          {own.code}
          {own.codeDoubt === "" ? null : (
            <p class="hint">
              {t(
                "最后一位校验不符，请对照营业执照。早期代码可能如此；确实填错的，请联系业主委员会。",
                "Its check character does not fit. Early codes may be so; compare it with the licence, and tell the committee if it is wrong.",
              )}
            </p>
          )}
        </Fact>
        <Fact label={t("法定代表人", "Representative")}>{own.representativeMasked}</Fact>
        <Fact label={t("实际控制人", "Controller")}>{own.controllerMasked}</Fact>
        <Fact label={t("标段", "Lots")}>{lots.map(({ lotNo, title }) => `${lotNo}. ${title}`).join("；")}</Fact>
        {own.incumbent === 1 ? (
          <Fact label={t("现任服务企业", "Incumbent")}>
            <StatusWord tone="note">{t("是，评审时会说明", "Yes; the panel is told")}</StatusWord>
          </Fact>
        ) : null}
      </FactList>
      <p class="hint">
        {t(
          "登记有误的，请联系业主委员会。开标以前，登记情况不对外公开。",
          "If something is wrong, tell the committee. Nothing of it is public before the opening.",
        )}
      </p>
      <h2>{t("证照", "Papers")}</h2>
      <Missing c={c} missing={corner.missing} />
      <LicenceTable c={c} number={tender.number} rows={licences} />
      {takesBids(tender, now) && others.length > 0 ? (
        <>
          <h2>{t("增加标段", "More lots")}</h2>
          <Form action={`${bidderHref(slug, tender.number)}/lots`} token={formToken}>
            <ErrorSummary t={t} errors={errors} />
            <CheckboxGroup
              name="lots"
              legend={t("还要投哪些标段", "Which lots too")}
              error={errorFor(errors, "lots")}
              options={lotOptions({ ...scheme, lots: others })}
            />
            <Actions>
              <Button look="quiet">{t("增加", "Add")}</Button>
            </Actions>
          </Form>
        </>
      ) : null}
      <PostButton action={`${tenderHref(slug, tender.number)}/sign-out`} token={formToken} look="link">
        {t("退出", "Sign out")}
      </PostButton>
    </Page>,
    problem ? (problem.status as 422) : 200,
  );
}

bidderCornerPages.get("/tenders/:number/bidder", requiresBidder, async (c) =>
  cornerPage(c, (await findSignedInBidder(c))!),
);

bidderCornerPages.post("/tenders/:number/bidder/lots", requiresBidder, async (c) => {
  const bidder = (await findSignedInBidder(c))!;
  const body = await c.req.parseBody({ all: true });
  const joined = await joinLots(c.var.scene, bidder, several(body, "lots"));
  if (!joined.ok) return cornerPage(c, bidder, joinProblem(joined.error));
  return c.redirect(`${bidderHref(c.var.scene.community.slug, Number(c.req.param("number")))}?done=lots`, 303);
});

bidderCornerPages.post("/tenders/:number/bidder/confirm", requiresBidder, async (c) => {
  const bidder = (await findSignedInBidder(c))!;
  const body = await c.req.parseBody({ all: true });
  const confirmed = await confirmEdition(c.var.scene, bidder, Number(one(body, "edition")));
  if (!confirmed.ok) return cornerPage(c, bidder, confirmProblem(confirmed.error));
  return c.redirect(`${bidderHref(c.var.scene.community.slug, Number(c.req.param("number")))}?done=confirmed`, 303);
});

// ——— Papers ———

const NO_LICENCE: TypedLicence = { kind: "", number: "", issuer: "", expiresOn: "", endless: "" };

async function licencePage(c: AppContext, bidder: BidderActor, typed: TypedLicence, problem?: Problem) {
  const { t, lang, scene, formToken, now } = c.var;
  const { slug } = scene.community;
  const corner = await readCorner(c, bidder);
  const { tender, licences } = corner;
  const errors = fieldErrors(problem, lang);
  const at = (name: string) => errorFor(errors, name);
  const asked = corner.missing.flatMap(({ kinds }) => kinds)[0];
  return c.html(
    <Page
      {...frameOf(c)}
      title={t("上传证照", "Add a paper")}
      breadcrumb={[
        ...tenderCrumbs(c, tender),
        { href: bidderHref(slug, tender.number), label: t("投标人专页", "Bidder's page") },
      ]}
    >
      <h1>{t("上传证照", "Add a paper")}</h1>
      <WholeRefusal c={c} problem={problem} />
      <Missing c={c} missing={corner.missing} />
      {takesBids(tender, now) ? (
        <Form action={licencesHref(slug, tender.number)} token={formToken} files>
          <ErrorSummary t={t} errors={errors} />
          <Select
            name="kind"
            label={t("是什么证照", "What paper it is")}
            value={typed.kind === "" ? (asked ?? "business_licence") : typed.kind}
            error={at("kind")}
            options={LICENCE_KINDS.map((value) => ({ value, label: pick(LICENCE_WORDS[value], lang) }))}
          />
          <Field name="number" label={t("证照编号", "Its number")} value={typed.number} error={at("number")} />
          <Field name="issuer" label={t("发证机关", "Issued by")} value={typed.issuer} error={at("issuer")} />
          <DateTimeField
            name="expiresOn"
            kind="date"
            label={t("有效期的最后一天", "Its last day")}
            optional={t("长期有效的不填", "none where it has no end")}
            value={typed.expiresOn}
            error={at("expiresOn")}
          />
          <Confirm name="endless" label={t("长期有效", "It has no end")} checked={typed.endless === "yes"} />
          <FileField
            name="file"
            label={t("照片或 PDF", "Photograph or PDF")}
            hint={t("最大 10 MB。只有评审和见证的人能看。", "10 MB at most. Only those who examine it see it.")}
            accept="image/jpeg,image/png,image/webp,application/pdf"
            error={at("file")}
          />
          <Actions>
            <Button>{t("保存", "Save")}</Button>
            <ButtonLink look="quiet" href={bidderHref(slug, tender.number)}>
              {t("回到专页", "Back")}
            </ButtonLink>
          </Actions>
        </Form>
      ) : (
        <p>{t("投标已经截止，不能再上传。", "Bids have closed; nothing more is taken.")}</p>
      )}
      <h2>{t("已提交的证照", "Papers handed in")}</h2>
      <LicenceTable c={c} number={tender.number} rows={licences} />
    </Page>,
    problem ? (problem.status as 422) : 200,
  );
}

bidderCornerPages.get("/tenders/:number/bidder/licences", requiresBidder, async (c) =>
  licencePage(c, (await findSignedInBidder(c))!, NO_LICENCE),
);

bidderCornerPages.post("/tenders/:number/bidder/licences", requiresBidder, async (c) => {
  const bidder = (await findSignedInBidder(c))!;
  const body = await c.req.parseBody({ all: true });
  const text = (name: keyof TypedLicence): string => one(body, name).slice(0, 200);
  const typed: TypedLicence = {
    kind: text("kind"),
    number: text("number"),
    issuer: text("issuer"),
    expiresOn: text("expiresOn"),
    endless: text("endless"),
  };
  const [file] = files(body, "file");
  const sent = file ? { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) } : null;
  const added = await addLicence(c.var.scene, bidder, typed, sent);
  if (!added.ok) return licencePage(c, bidder, typed, licenceProblem(added.error));
  return c.redirect(`${bidderHref(c.var.scene.community.slug, Number(c.req.param("number")))}?done=licence`, 303);
});

/** A file of a paper as a download, never shown in place: it came from outside. */
export async function licenceFile(c: AppContext, fileId: string): Promise<Response> {
  const file = await getFile(c.var.scene, fileId, "private");
  if (!file) return c.notFound() as Response;
  const { stored, bytes } = file;
  return c.body(bytes as Uint8Array<ArrayBuffer>, 200, {
    "content-type": stored.mediaType,
    "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(stored.name)}`,
    "cache-control": "no-store",
  });
}

bidderCornerPages.get("/tenders/:number/bidder/licences/:licence/file", requiresBidder, async (c) => {
  const { scene } = c.var;
  const { tenderId, bidderId } = (await findSignedInBidder(c))!;
  const [rows] = await scene.db.read(listLicences(scene, tenderId, bidderId));
  const row = rows.find(({ licenceNo }) => String(licenceNo) === c.req.param("licence"));
  return row ? licenceFile(c, row.fileId) : c.notFound();
});
