/** The receipt: that the ballot is in the box, what was recorded of it, and how anyone can check. Behind the second factor also the choice. */

import type { AppContext } from "../../platform/context.ts";
import { frameOf } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import { ReceiptCard } from "../../platform/ui/ballots.tsx";
import { Actions, ButtonLink } from "../../platform/ui/buttons.tsx";
import { Fact, FactList } from "../../platform/ui/facts.tsx";
import { sayInstant } from "../../platform/ui/moments.ts";
import { Callout, Details } from "../../platform/ui/notices.tsx";
import type { Receipt } from "../../record/receipt/rules.ts";
import { shortCode } from "../../record/rules.ts";
import { meetingHref } from "../meeting/addresses.ts";
import { itemsOf } from "./answering.ts";
import type { Entered } from "./entering.ts";
import { mayVoteNow } from "./rules.ts";
import { LeaveButton, ToCorner, WeightNote } from "./standing.tsx";
import type { StandingBallot } from "./store.ts";
import { answerWords, channelWords } from "./words.ts";

export function receiptPage(
  c: AppContext,
  entered: Entered,
  standing: StandingBallot,
  receipt: Receipt | null,
  isRepeat: boolean,
) {
  const { t, lang, now, scene } = c.var;
  const { slug } = scene.community;
  const { found } = entered;
  const { row, meeting } = found;
  const base = `/c/${slug}`;
  const mayChange = meeting.ballotReplaceable && standing.channel === "web" && mayVoteNow(meeting, "web", now).ok;
  return c.html(
    <Page
      {...frameOf(c, "owner")}
      title={t("表决回执", "Receipt")}
      breadcrumb={[{ href: meetingHref(slug, row.number), label: row.title }]}
    >
      <h1>{t("您的表决票已经收到", "Your ballot is recorded")}</h1>
      {isRepeat ? (
        <Callout tone="warn" title={t("以先收到的这一张为准", "The one received first counts")}>
          <p>
            {t(
              `这一户在${sayInstant(standing.castAt, lang)}已经投过票（${channelWords(standing.channel, t)}），刚才的提交没有另外计票。`,
              `This household's ballot was received ${sayInstant(standing.castAt, lang)} (${channelWords(standing.channel, t)}); what was just sent was not counted again.`,
            )}
          </p>
        </Callout>
      ) : null}
      <ReceiptCard
        t={t}
        lang={lang}
        code={shortCode(standing.leafHash)}
        {...(receipt ? { seq: receipt.seq } : {})}
        castAt={standing.castAt}
        proven={receipt?.proof != null}
        address={`${scene.origin}${base}/record/${standing.leafHash}`}
        actions={
          <ButtonLink href={`${base}/vote/receipt.json`} download={`receipt-${shortCode(standing.leafHash)}.json`}>
            {t("保存回执", "Save the receipt")}
          </ButtonLink>
        }
      />
      <h2>{t("您投的内容", "What you chose")}</h2>
      <p class="hint">
        {t(
          "只有核对过身份的您能看到这一段；公开记录里只有密封值。",
          "Only you see this, having been recognised; the public record has only a sealed value.",
        )}
      </p>
      <FactList>
        {itemsOf(found).map((item) => (
          <Fact label={t(`议题${item.itemNo}：${item.title}`, `Question ${item.itemNo}: ${item.title}`)}>
            {answerWords(item, standing.answers.find(({ itemNo }) => itemNo === item.itemNo)?.options ?? [], t)}
          </Fact>
        ))}
        <Fact label={t("方式", "How")}>{channelWords(standing.channel, t)}</Fact>
      </FactList>
      <WeightNote t={t} found={found} />
      <Details summary={t("怎么知道没有被改动？", "How do I know it was not changed?")}>
        <ol>
          <li>
            {t(
              "抄下或拍下上面的短码。任何时候都可以在公开记录里查到它，它一直在，就说明票没有被删除。",
              "Note the short code. It can be looked up in the public record at any time; while it is there, the ballot was not removed.",
            )}
          </li>
          <li>
            {t(
              "保存回执文件。用它可以一步一步核验：票在记录里的位置、签名，以及密封值就是您投的内容。",
              "Save the receipt file. With it each step can be checked: the ballot's place in the record, the signature, and that the sealed value is your choice.",
            )}
          </li>
          <li>
            {t("回执文件里有您投的内容，不要发给别人。", "The receipt file contains your choice; do not pass it on.")}
          </li>
        </ol>
        <Actions>
          <ButtonLink look="quiet" href={`${base}/verify`}>
            {t("核验回执", "Check a receipt")}
          </ButtonLink>
          <ButtonLink look="quiet" href={`${base}/record/${standing.leafHash}`}>
            {t("在公开记录里查看", "See it in the public record")}
          </ButtonLink>
        </Actions>
      </Details>
      <Actions>
        {mayChange ? (
          <ButtonLink look="quiet" href={`${base}/vote?change=1`}>
            {t("修改我的选择", "Change my choice")}
          </ButtonLink>
        ) : null}
        <ButtonLink look="quiet" href={meetingHref(slug, row.number)}>
          {t("会议页面", "The meeting")}
        </ButtonLink>
      </Actions>
      <ToCorner c={c} />
      <LeaveButton c={c} />
    </Page>,
  );
}
