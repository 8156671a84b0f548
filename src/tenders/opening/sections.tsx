/** What sealing and opening add to a tender's page, its acts at the desk, and its history. Registers; no page of its own. */
import { isPostKind } from "../../offices/rules.ts";
import { valuesFromRows } from "../../offices/settings/rules.ts";
import { listSettings } from "../../offices/settings/store.ts";
import { POST_WORDS } from "../../offices/words.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import { Actions, ButtonLink } from "../../platform/ui/buttons.tsx";
import {
  registerTenderActs,
  registerTenderEventWords,
  registerTenderSection,
  type TenderAct,
} from "../public/sections.ts";
import { takesBids } from "../rules.ts";
import { bidHref, sealingExplainedHref } from "../sealing/addresses.ts";
import { KeyholderTable } from "../sealing/keys-desk.tsx";
import { keyholdersReady } from "../sealing/rules.ts";
import { KEYHOLDER_SETTINGS, postsOf } from "../sealing/settings.ts";
import { listKeyholders } from "../sealing/store.ts";
import { openingHref } from "./addresses.ts";
import { findOpening } from "./store.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });
const number = (value: unknown): number => (typeof value === "number" ? value : 0);

registerTenderSection("sealing", {
  place: 40,
  queries: (scene, key) => [listKeyholders(scene, key), listSettings(scene, KEYHOLDER_SETTINGS)] as const,
  render: (c, row, scheme, [keys, settings]) => {
    const { t, scene, now } = c.var;
    if (scheme.lots.length === 0 || (row.noticedAt === null && keys.length === 0)) return null;
    const { slug } = scene.community;
    const isOver = row.openedAt !== null;
    return (
      <section id="sealing">
        <h2>{t("密封投标和开标", "Sealed bids and their opening")}</h2>
        <p>
          {t(
            "投标在投标人的电脑上加密，开标前谁也看不到报价，包括本系统。",
            "Bids are sealed on the bidder's computer; nobody sees a price before the opening, this system included.",
          )}{" "}
          <a href={sealingExplainedHref(slug)}>{t("为什么", "Why")}</a>
        </p>
        {isOver ? null : (
          <KeyholderTable c={c} rows={keys} posts={postsOf(valuesFromRows(KEYHOLDER_SETTINGS, settings))} />
        )}
        {row.noticedAt === null ? null : (
          <Actions>
            <ButtonLink look="quiet" href={openingHref(slug, row.number)}>
              {isOver ? t("开标结果和核对", "The opening, and checking it") : t("看开标", "Follow the opening")}
            </ButtonLink>
            {takesBids(row, now) ? (
              <ButtonLink look="quiet" href={bidHref(slug, row.number)}>
                {t("投标人：密封投标", "Bidders: seal a bid")}
              </ButtonLink>
            ) : null}
          </Actions>
        )}
      </section>
    );
  },
});

registerTenderActs("opening", {
  queries: (scene, key) => [listKeyholders(scene, key), findOpening(scene, key)] as const,
  actsOf: (row, scheme, [keys, [opening]], now) => {
    if (scheme.lots.length === 0) return [];
    const acts: TenderAct[] = [];
    const add = (
      label: Bilingual,
      path: string,
      permissions: TenderAct["permissions"],
      isStep: boolean,
      notYet: Bilingual | null = null,
    ) => acts.push({ label, path, permissions, isStep, notYet });
    const ready = keyholdersReady(keys);
    if (row.state === "draft" || row.state === "decided" || row.state === "noticed")
      add(
        ready.ok ? say("开标钥匙", "Opening keys") : say("生成和演练开标钥匙", "Make and rehearse the opening keys"),
        "/keys",
        ["tender.read"],
        !ready.ok && row.state === "decided",
      );
    if (row.state === "noticed" || row.state === "closed") {
      const due = row.closesAt !== null && now >= row.closesAt;
      add(
        opening ? say("继续开标", "Go on with the opening") : say("开标", "Open the bids"),
        "/opening",
        ["tender.read"],
        true,
        due ? null : say("投标还没有截止", "bids have not closed"),
      );
    } else if (row.openedAt !== null)
      add(say("开标结果和签名", "The opening, and signing it"), "/opening", ["tender.read"], false);
    return acts;
  },
});

const postOf = (post: unknown): Bilingual =>
  typeof post === "string" && isPostKind(post) ? POST_WORDS[post] : say("", "");

registerTenderEventWords({
  key_made: ({ seat, post, why }, { t }) => {
    const name = postOf(post);
    const reason = typeof why === "string" && why !== "" ? t(`；更换原因：${why}`, `; replaced because: ${why}`) : "";
    return t(`第${number(seat)}把，${name.zh}`, `key ${number(seat)}, ${name.en}`) + reason;
  },
  key_rehearsed: ({ seat, post }, { t }) => {
    const name = postOf(post);
    return t(`第${number(seat)}把，${name.zh}`, `key ${number(seat)}, ${name.en}`);
  },
  opening_begun: ({ lots }, { t }) => {
    const all = Array.isArray(lots) ? (lots as { lotNo: number; bids: number; opens: boolean }[]) : [];
    return all
      .map(({ lotNo, bids, opens }) =>
        t(
          `第${lotNo}标段${bids}份${opens ? "" : "，不足三家，不予开标"}`,
          `lot ${lotNo}: ${bids} bid(s)${opens ? "" : ", fewer than three, not opened"}`,
        ),
      )
      .join(t("；", "; "));
  },
  shares_released: ({ seat, post, parts, unreadable }, { t }) => {
    const name = postOf(post);
    return t(
      `第${number(seat)}把，${name.zh}；${number(parts)}份，打不开${number(unreadable)}份`,
      `key ${number(seat)}, ${name.en}; ${number(parts)} shares, ${number(unreadable)} unreadable`,
    );
  },
  bidder_key_given: ({ lot }, { t }) => t(`第${number(lot)}标段`, `lot ${number(lot)}`),
  opened: (facts, { t }) =>
    t(`${number(facts.bids)}份，作废${number(facts.void)}份`, `${number(facts.bids)} bids, ${number(facts.void)} void`),
  opening_signed: () => "",
});
