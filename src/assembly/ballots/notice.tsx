/** The voter's page before voting opens: what will be asked, their own entry in the frozen roll, and the way to object to it (A4). */

import type { ExplainedHead } from "../../community/explained.ts";
import type { RollSettings } from "../../community/rules.ts";
import { VoterEntry } from "../../community/views.tsx";
import type { Instant } from "../../kernel/day.ts";
import type { AppContext } from "../../platform/context.ts";
import { frameOf } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import { Actions, ButtonLink } from "../../platform/ui/buttons.tsx";
import { sayDeadline } from "../../platform/ui/moments.ts";
import { Callout, Details } from "../../platform/ui/notices.tsx";
import { Clock } from "../../platform/ui/steps.tsx";
import { meetingHref } from "../meeting/addresses.ts";
import { itemsOf } from "./answering.ts";
import type { Entered } from "./entering.ts";
import { ItemText, papersOf } from "./form.tsx";
import { ObjectionForm, ObjectionList, type OwnObjection, type Typed } from "./objections.tsx";
import { LeaveButton, ProxyCallout, ToCorner, WeightNote } from "./standing.tsx";
import { passesWords } from "./words.ts";

export interface RollEntry {
  readonly head: ExplainedHead;
  readonly settings: RollSettings;
  /** Until when the entry may be objected to. */
  readonly objectionsUntil: Instant;
  readonly objections: readonly OwnObjection[];
}

export function noticePage(c: AppContext, entered: Entered, entry: RollEntry, typed?: Typed) {
  const { t, lang, now, scene } = c.var;
  const { slug } = scene.community;
  const { found } = entered;
  const { row } = found;
  const again = typed ? { typed } : {};
  const items = itemsOf(found);
  return c.html(
    <Page
      {...frameOf(c, "owner")}
      title={t("会议公告", "Notice")}
      switchHref={`/c/${slug}/vote?lang=${t("en", "zh")}`}
      breadcrumb={[{ href: meetingHref(slug, row.number), label: row.title }]}
    >
      <h1>{row.title}</h1>
      <WeightNote t={t} found={found} />
      {row.opensAt === null ? null : (
        <Clock t={t} lang={lang} label={t("表决开始", "Voting opens")} at={row.opensAt} now={now} />
      )}
      <p>
        {t(
          "到时再打开同一个链接就可以投票。现在请先看议题，并核对名册上您的登记。",
          "The same link opens the ballot then. For now, read what will be asked and check your entry in the roll.",
        )}
      </p>
      <ProxyCallout c={c} entered={entered} />
      <h2>{t("将要表决的议题", "What will be asked")}</h2>
      {items.length === 0 ? (
        <Callout>
          <p>{t("这次没有需要您表决的议题。", "No question is yours to decide this time.")}</p>
        </Callout>
      ) : null}
      {items.map((item) => (
        <section>
          <h3>{t(`议题${item.itemNo}：${item.title}`, `Question ${item.itemNo}: ${item.title}`)}</h3>
          <ItemText text={item.text} />
          {papersOf(slug, item).length > 0 ? (
            <ul class="papers">
              {papersOf(slug, item).map(({ href, label }) => (
                <li>
                  <a href={href}>{label}</a>
                </li>
              ))}
            </ul>
          ) : null}
          <p class="hint">{passesWords(item, t)}</p>
        </section>
      ))}
      <h2>{t("您在名册上的登记", "Your entry in the roll")}</h2>
      <VoterEntry t={t} lang={lang} head={entry.head} settings={entry.settings} />
      <Actions>
        <ButtonLink look="quiet" href={`/c/${slug}/vote/entry.json`} download="roll-entry.json">
          {t("保存登记的证明", "Save the proof of this entry")}
        </ButtonLink>
      </Actions>
      <p class="hint">
        {t(
          "证明里有您这一条登记和计算步骤，算出来的总校验值与公开记录里的一致，就说明名册没有被悄悄改动。",
          "It holds your entry and the steps that lead to the root in the public record: if they agree, the roll was not changed behind your back.",
        )}
      </p>
      <ObjectionList c={c} objections={entry.objections} />
      {now < entry.objectionsUntil ? (
        <ObjectionForm
          c={c}
          entered={entered}
          about="roll"
          label={t("登记有误？请写在这里", "Something wrong? Write it here")}
          hint={t(
            `${sayDeadline(entry.objectionsUntil, lang)}前可以提出，召集人必须答复。例如：面积应为89.66㎡，以不动产权证为准。`,
            `Until ${sayDeadline(entry.objectionsUntil, lang)}; the convener must answer. For example: the area should be 89.66 m², as in the certificate.`,
          )}
          button={t("对登记提出异议", "Object to the entry")}
          {...again}
        />
      ) : (
        <p class="hint">
          {t(
            `对名册的异议期已于${sayDeadline(entry.objectionsUntil, lang)}结束。`,
            `The period for objecting to the roll ended ${sayDeadline(entry.objectionsUntil, lang)}.`,
          )}
        </p>
      )}
      <Details summary={t("对会议公告有异议", "Objection to the notice")} open={typed?.about === "notice"}>
        <ObjectionForm
          c={c}
          entered={entered}
          about="notice"
          label={t("您的异议", "Your objection")}
          hint={t(
            "例如：议题与公告的附件不一致。召集人必须答复，答复会公开。",
            "For example: an item differs from its paper. The convener must answer, in public.",
          )}
          button={t("对公告提出异议", "Object to the notice")}
          {...again}
        />
      </Details>
      <Actions>
        <ButtonLink look="quiet" href={meetingHref(slug, row.number)}>
          {t("会议公告全文", "The full notice")}
        </ButtonLink>
      </Actions>
      <ToCorner c={c} />
      <LeaveButton c={c} />
    </Page>,
    typed ? 422 : 200,
  );
}
