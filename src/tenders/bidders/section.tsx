/** The way in for bidders on a tender's public page; and, once bids are opened, who they were. Before, nobody is told who or how many (TB 22). */
import { Actions, ButtonLink } from "../../platform/ui/buttons.tsx";
import { sayDeadline } from "../../platform/ui/moments.ts";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { registerTenderSection } from "../public/sections.ts";
import { takesBids } from "../rules.ts";
import { bidderHref, debarmentsHref, registerHref } from "./addresses.ts";
import { type BidderRow, listBidders, lotsOf } from "./store.ts";

registerTenderSection("bidders", {
  place: 15,
  queries: (scene, key) => [listBidders(scene, key)] as const,
  render: (c, tender, scheme, [bidders]) => {
    const { t, lang, scene, now } = c.var;
    const { slug } = scene.community;
    if (tender.noticedAt === null || scheme.lots.length === 0) return null;
    if (tender.openedAt !== null && bidders.length > 0)
      return (
        <section id="bidders">
          <h2>{t("投标人", "Bidders")}</h2>
          <DataTable
            caption={t("登记的投标人", "Who registered")}
            quietCaption
            rows={bidders}
            columns={[
              { label: t("编号", "No."), number: true, cell: (row: BidderRow) => String(row.bidderNo) },
              { label: t("名称", "Name"), head: true, cell: (row) => row.name },
              { label: t("信用代码", "Credit code"), cell: (row) => row.code },
              { label: t("标段", "Lots"), cell: (row) => lotsOf(row).join("、") },
              {
                label: t("说明", "Note"),
                cell: (row) =>
                  row.incumbent === 1 ? <StatusWord tone="note">{t("现任服务企业", "Incumbent")}</StatusWord> : null,
              },
            ]}
          />
        </section>
      );
    if (!takesBids(tender, now) || tender.closesAt === null) return null;
    return (
      <section id="bidders">
        <h2>{t("参加投标", "Bidding")}</h2>
        <p>
          {t(
            `${sayDeadline(tender.closesAt, lang)}以前，用手机号和验证码登记。${scheme.procedure === "invited" ? "这是邀请选聘，只有受邀企业可以登记。" : ""}`,
            `Register with a mobile number and a code; bids close ${sayDeadline(tender.closesAt, lang)}.${scheme.procedure === "invited" ? " By invitation: only companies invited may." : ""}`,
          )}
        </p>
        <Actions>
          <ButtonLink href={registerHref(slug, tender.number)}>{t("登记投标", "Register to bid")}</ButtonLink>
          <ButtonLink look="quiet" href={bidderHref(slug, tender.number)}>
            {t("已登记，进入专页", "Registered already")}
          </ButtonLink>
        </Actions>
        <p class="hint">
          {t("开标以前，有谁、有几家登记不公开。", "Until the opening nobody is told who registered, or how many.")}{" "}
          <a href={debarmentsHref(slug)}>{t("禁入名单", "Companies barred")}</a>
        </p>
      </section>
    );
  },
});
