/** A bidder's papers: what was handed in, what is missing, adding one or putting it in the place of another; their files. */
import { Hono } from "hono";
import { fieldErrors, WholeRefusal } from "../../offices/forms.tsx";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { getFile } from "../../platform/files.ts";
import { files, one } from "../../platform/form-body.ts";
import { frameOf } from "../../platform/frame.ts";
import { pick } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { Confirm } from "../../platform/ui/choices.tsx";
import { DateTimeField, Field, FileField, Select } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../platform/ui/forms.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import { Callout, EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { takesBids } from "../rules.ts";
import { addLicence, type TypedLicence } from "./additions.ts";
import { bidderHref, licencesHref } from "./addresses.ts";
import { type Corner, readCorner } from "./corner-read.ts";
import { licenceProblem } from "./problems.ts";
import { LICENCE_KINDS } from "./rules.ts";
import { type BidderActor, findSignedInBidder, requiresBidder } from "./session.ts";
import { tenderCrumbs } from "./signin.tsx";
import { type LicenceRow, listLicences, standingLicences } from "./store.ts";
import { LICENCE_WORDS } from "./words.ts";

/** Mounted at /c/:slug. */
export const licencePages = new Hono<AppEnv>();

export const LicenceTable = ({ c, number, rows }: { c: AppContext; number: number; rows: readonly LicenceRow[] }) => {
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
          cell: ({ expiresOn, endsWithin, replacedBy }) => (
            <>
              {expiresOn === "" ? t("长期", "no end") : sayDay(expiresOn, lang)}
              {replacedBy === null ? null : (
                <p>
                  <StatusWord tone="off">{t("已被新的一份替换", "Replaced by a newer one")}</StatusWord>
                </p>
              )}
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

export const Missing = ({ c, missing }: { c: AppContext; missing: Corner["missing"] }) => {
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

const NO_LICENCE: TypedLicence = { kind: "", number: "", issuer: "", expiresOn: "", endless: "", replaces: "" };

async function licencePage(c: AppContext, bidder: BidderActor, typed: TypedLicence, problem?: Problem) {
  const { t, lang, scene, formToken, now } = c.var;
  const { slug } = scene.community;
  const corner = await readCorner(c, bidder);
  const { tender, licences } = corner;
  const standing = standingLicences(licences);
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
          {standing.length === 0 ? null : (
            <Select
              name="replaces"
              label={t("是不是替换已经提交的", "Does it take the place of an earlier one")}
              value={typed.replaces ?? ""}
              error={at("replaces")}
              options={[
                { value: "", label: t("不替换，另加一份", "No, it is a further one") },
                ...standing.map(({ licenceNo, kind, number }) => ({
                  value: String(licenceNo),
                  label: t(
                    `替换：${pick(LICENCE_WORDS[kind], lang)} ${number}`,
                    `Instead of: ${pick(LICENCE_WORDS[kind], lang)} ${number}`,
                  ),
                })),
              ]}
            />
          )}
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

licencePages.get("/tenders/:number/bidder/licences", requiresBidder, async (c) =>
  licencePage(c, (await findSignedInBidder(c))!, NO_LICENCE),
);

licencePages.post("/tenders/:number/bidder/licences", requiresBidder, async (c) => {
  const bidder = (await findSignedInBidder(c))!;
  const body = await c.req.parseBody({ all: true });
  const text = (name: keyof TypedLicence): string => one(body, name).slice(0, 200);
  const typed: TypedLicence = {
    kind: text("kind"),
    number: text("number"),
    issuer: text("issuer"),
    expiresOn: text("expiresOn"),
    endless: text("endless"),
    replaces: text("replaces"),
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

licencePages.get("/tenders/:number/bidder/licences/:licence/file", requiresBidder, async (c) => {
  const { scene } = c.var;
  const { tenderId, bidderId } = (await findSignedInBidder(c))!;
  const [rows] = await scene.db.read(listLicences(scene, tenderId, bidderId));
  const row = rows.find(({ licenceNo }) => String(licenceNo) === c.req.param("licence"));
  return row ? licenceFile(c, row.fileId) : c.notFound();
});
