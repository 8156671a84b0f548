/** What a refusal about minutes says: recording, signing and publishing them. One switch, no default; what it shares with the meeting stands in ../problems.ts. */
import type { Bilingual } from "../../../platform/i18n.ts";
import type { Problem } from "../../../platform/problem.tsx";
import { sayDay, sayInstant } from "../../../platform/ui/moments.ts";
import { sessionProblem } from "../problems.ts";
import type { PublishingRefusal } from "../resolutions/actions.ts";
import type { RecordRefusal, SigningRefusal } from "./actions.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });
const GR38 = "《业主大会和业主委员会指导规则》第三十八条";
const GR40 = "《业主大会和业主委员会指导规则》第四十条";
const NOT_RECORDED = say("会议记录没有保存", "The minutes were not saved");
const NOT_PUBLISHED = say("没有公布", "Nothing was published");
const NOT_SIGNED = say("没有签字", "Nothing was signed");
const OPEN_AGAIN = say("请重新打开页面，核对后再提交。", "Please open the page again, compare, and submit.");

const fieldFault = (code: string, pointer: string, detail: Bilingual): Problem => ({
  code,
  status: 422,
  title: say("有内容需要改", "Some of it needs correcting"),
  detail,
  errors: [{ pointer, detail }],
});

/** `nameOf` puts a name to a person of the committee; without it they are "a member". */
export function minutesProblem(
  refusal: RecordRefusal | SigningRefusal | PublishingRefusal,
  nameOf: (personId: string) => string | undefined = () => undefined,
): Problem {
  const who = (personId: string): Bilingual => {
    const name = nameOf(personId);
    return name ? say(name, name) : say("一位委员", "a member");
  };
  switch (refusal.reason) {
    case "key_reused":
    case "session_stale":
    case "minutes_changed":
    case "unknown_session":
    case "unknown_item":
    case "mandate_changed":
    case "wrong_session_state":
      return sessionProblem(refusal);
    case "held_before_announced":
      return fieldFault(
        "committee-held-before",
        "/heldAt",
        say(
          `开会时间不能早于公告的${sayInstant(refusal.holdsAt, "zh")}`,
          `It cannot have begun before the announced ${sayInstant(refusal.holdsAt, "en")}`,
        ),
      );
    case "held_in_future":
      return fieldFault("committee-held-in-future", "/heldAt", say("这个时间还没有到", "That is still to come"));
    case "minutes_text_missing":
      return fieldFault("committee-minutes-missing", "/text", say("请写会议记录", "Write the minutes"));
    case "minutes_text_too_long":
      return fieldFault(
        "committee-minutes-too-long",
        "/text",
        say(`最多${refusal.most}字`, `At most ${refusal.most} characters`),
      );
    case "presence_missing":
      return fieldFault(
        "committee-presence-missing",
        `/present.${refusal.personId}`,
        say(`请写明${who(refusal.personId).zh}是否到会`, `Say whether ${who(refusal.personId).en} was there`),
      );
    case "presence_twice":
    case "vote_twice":
      return {
        code: "committee-said-twice",
        status: 422,
        title: NOT_RECORDED,
        detail: say(`${who(refusal.personId).zh}出现了两次。`, `${who(refusal.personId).en} stands there twice.`),
      };
    case "not_of_the_committee":
      return {
        code: "committee-not-of-it",
        status: 422,
        title: NOT_RECORDED,
        detail: say(
          "名单里有开会时不在任的人。只有当时在任的委员可以到会表决。",
          "Somebody is listed who did not sit in the committee at that time. Only its members of that day vote.",
        ),
        article: GR38,
        next: OPEN_AGAIN,
      };
    case "alternate_has_no_vote":
      return {
        code: "committee-alternate-vote",
        status: 422,
        title: NOT_RECORDED,
        detail: say(
          `${who(refusal.personId).zh}是候补委员，可以列席，没有表决权。`,
          `${who(refusal.personId).en} is an alternate: may attend, and has no vote.`,
        ),
        article: "《杭州市物业管理条例》第二十八条",
      };
    case "absent_has_no_vote":
      return {
        code: "committee-absent-vote",
        status: 422,
        title: NOT_RECORDED,
        detail: say(
          `${who(refusal.personId).zh}没有到会，不能表决，也不能委托别人代投。`,
          `${who(refusal.personId).en} was not there; a member votes in person and by nobody else.`,
        ),
        article: GR38,
      };
    case "vote_missing":
      return fieldFault(
        "committee-vote-missing",
        `/vote.${refusal.itemNo}.${refusal.personId}`,
        say(
          `第${refusal.itemNo}项还没有填${who(refusal.personId).zh}的表决`,
          `Item ${refusal.itemNo}: the vote of ${who(refusal.personId).en} is missing`,
        ),
      );
    case "recusal_unexplained":
      return fieldFault(
        "committee-recusal-unexplained",
        `/why.${refusal.itemNo}.${refusal.personId}`,
        say(
          `第${refusal.itemNo}项：请写明${who(refusal.personId).zh}为什么回避，会公开`,
          `Item ${refusal.itemNo}: say why ${who(refusal.personId).en} takes no part; it is public`,
        ),
      );
    case "quorum_missed":
      return {
        code: "committee-quorum-missed",
        status: 409,
        title: say("到会人数不够，会议没有开成", "Too few came: there is no meeting"),
        detail: say(
          `到会${refusal.present}人，最少要${refusal.least}人，差${refusal.least - refusal.present}人。不能表决。`,
          `${refusal.present} came and ${refusal.least} are needed: ${refusal.least - refusal.present} missing. Nothing can be voted on.`,
        ),
        article: GR38,
        next: say(
          "请登记“没有开成”，另行公告一次会议。",
          "Please record that there was no meeting, and announce another.",
        ),
      };

    case "not_present":
      return {
        code: "committee-not-present",
        status: 403,
        title: NOT_SIGNED,
        detail: say("会议记录由到会的委员签字。", "The minutes are signed by members who were there."),
        article: GR40,
      };
    case "already_signed":
      return {
        code: "committee-already-signed",
        status: 409,
        title: say("已经签过了", "Signed already"),
        detail: say("每位委员对每一稿会议记录只签一次。", "A member answers a version of the minutes once."),
      };
    case "remark_missing":
      return fieldFault("committee-remark-missing", "/remark", say("请写明哪里记得不对", "Say what is wrong in it"));
    case "remark_too_long":
      return fieldFault(
        "committee-remark-too-long",
        "/remark",
        say(`最多${refusal.most}字`, `At most ${refusal.most} characters`),
      );
    case "nobody_chosen":
      return fieldFault(
        "committee-nobody-chosen",
        "/persons",
        say("请选择在纸上签了字的委员", "Choose who signed on paper"),
      );
    case "scan_missing":
      return fieldFault(
        "committee-scan-missing",
        "/scan",
        say("请附上签字页的照片或PDF", "Attach a photograph or PDF of the signed page"),
      );
    case "file_empty":
      return fieldFault("committee-file-empty", "/scan", say("文件是空的", "The file is empty"));
    case "file_too_large":
      return fieldFault("committee-file-too-large", "/scan", say("文件不能超过10MB", "A file has at most 10 MB"));
    case "file_type_refused":
      return fieldFault(
        "committee-file-type",
        "/scan",
        say("只收照片（JPG、PNG、WebP）和PDF", "Photographs (JPG, PNG, WebP) and PDF only"),
      );

    case "own_minutes":
      return {
        code: "committee-own-minutes",
        status: 403,
        title: NOT_PUBLISHED,
        detail: say("会议记录要由起草人以外的人公布。", "The minutes are published by another than who drafted them."),
        article: GR40,
        next: say("请主任或副主任公布。", "Please let the chair or a deputy publish them."),
      };
    case "signatures_missing":
      return {
        code: "committee-signatures-missing",
        status: 409,
        title: NOT_PUBLISHED,
        detail: say(
          `还有${refusal.missing}位到会的委员没有签字。到${sayDay(refusal.until, "zh")}那天，超过半数签字就可以公布，没有签字的会写明。`,
          `${refusal.missing} of those who were there have not signed. On ${sayDay(refusal.until, "en")} signatures of more than half are enough, and who gave none is named.`,
        ),
        article: GR40,
      };
    case "too_few_signed":
      return {
        code: "committee-too-few-signed",
        status: 409,
        title: NOT_PUBLISHED,
        detail: say(
          `到会委员中有${refusal.signed}位签了字，最少要${refusal.least}位（超过半数）。`,
          `${refusal.signed} of those who were there have signed; ${refusal.least} are needed (more than half).`,
        ),
        article: GR40,
        next: say(
          "请核对会议记录，必要时由秘书改写一稿。",
          "Please check the minutes; the secretary may draft them anew.",
        ),
      };
  }
}
