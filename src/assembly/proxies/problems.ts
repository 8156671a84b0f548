/** Refusals of written authorisations, each as a problem a person can read. */
import type { Bilingual, Lang } from "../../platform/i18n.ts";
import type { Problem } from "../../platform/problem.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import type { RecordRefusal } from "./actions.ts";
import type { ProxyRefusal } from "./rules.ts";

const both = (say: (lang: Lang) => string): Bilingual => ({ zh: say("zh"), en: say("en") });
const CC165 = "《民法典》第一百六十五条";

export function proxyProblem(refusal: ProxyRefusal): Problem {
  switch (refusal.reason) {
    case "proxies_not_allowed":
      return {
        code: "proxies-not-allowed",
        status: 409,
        title: { zh: "本次会议不接受委托投票", en: "This meeting takes no agents" },
        detail: {
          zh: "本次会议的规则没有采用委托投票，请业主本人投票。",
          en: "The rules of this meeting have no voting by agents; owners vote themselves.",
        },
      };
    case "agent_missing":
      return {
        code: "proxy-agent-missing",
        status: 422,
        title: { zh: "请填写代理人姓名", en: "Name the agent" },
        detail: { zh: "委托书必须写明代理人姓名。", en: "An authorisation names the agent." },
        article: CC165,
      };
    case "last_four_unreadable":
      return {
        code: "proxy-last-four",
        status: 422,
        title: { zh: "请填代理人证件号后四位", en: "The agent's last four" },
        detail: {
          zh: "请填代理人证件号或手机号的最后四位，用来区分同名的人。",
          en: "Give the last four of the agent's certificate or phone, to tell people of one name apart.",
        },
      };
    case "term_missing":
      return {
        code: "proxy-term-missing",
        status: 422,
        title: { zh: "请填写委托期限", en: "Give the term" },
        detail: { zh: "委托书必须写明期限，填到哪一天为止。", en: "An authorisation says until which day it holds." },
        article: CC165,
      };
    case "term_too_short":
      return {
        code: "proxy-term-too-short",
        status: 422,
        title: { zh: "委托期限早于表决截止", en: "The term ends before the vote" },
        detail: both((lang) =>
          lang === "en"
            ? `Voting runs until ${sayDay(refusal.closesOn, lang)}; the authorisation must hold until then.`
            : `表决到${sayDay(refusal.closesOn, lang)}截止，委托期限要覆盖到那一天。`,
        ),
        article: CC165,
      };
    case "unsigned":
      return {
        code: "proxy-unsigned",
        status: 422,
        title: { zh: "委托书没有业主签名", en: "The authorisation is not signed" },
        detail: {
          zh: "没有业主签名或盖章的委托书无效，不能登记。",
          en: "Without the owner's signature or seal it is void.",
        },
        article: CC165,
      };
    case "agent_barred":
      return {
        code: "proxy-agent-barred",
        status: 422,
        title: { zh: "物业服务人员不能做代理人", en: "Staff of the property service may not be agents" },
        detail: {
          zh: "为避免利益冲突，物业服务企业的人员不得代理业主投票。",
          en: "To avoid a conflict of interest, people of the property service do not vote for owners.",
        },
      };
    case "cap_reached":
      return {
        code: "proxy-cap-reached",
        status: 409,
        title: { zh: "这位代理人受托已满", en: "This agent stands for as many as allowed" },
        detail: {
          zh: `本次会议规则：一人最多代理${refusal.cap}位业主，这位代理人已经登记了${refusal.held}位。`,
          en: `Under this meeting's rules one agent stands for at most ${refusal.cap} owners; this one already has ${refusal.held}.`,
        },
        next: { zh: "请业主另行委托他人，或自己投票。", en: "The owner may authorise somebody else, or vote." },
      };
    case "already_voted":
      return {
        code: "proxy-already-voted",
        status: 409,
        title: { zh: "这一户已经投过票", en: "This household has voted" },
        detail: {
          zh: "已经收到这一户的表决票，不需要再委托。",
          en: "Its ballot was received; there is nothing to authorise.",
        },
      };
    case "proxy_stands":
      return {
        code: "proxy-stands",
        status: 409,
        title: { zh: "已经有一份委托书", en: "An authorisation stands already" },
        detail: {
          zh: "这一户已登记了委托书。要换代理人，请先撤销原来的。",
          en: "One is on record. Revoke it before recording another.",
        },
      };
    case "revoked":
      return {
        code: "proxy-revoked",
        status: 409,
        title: { zh: "委托已经撤销", en: "The authorisation was revoked" },
        detail: {
          zh: "这份委托书已经撤销，代理人不能再用它投票。",
          en: "It was taken back; the agent cannot vote with it.",
        },
      };
    case "used":
      return {
        code: "proxy-used",
        status: 409,
        title: { zh: "代理人已经投票", en: "The agent has voted" },
        detail: {
          zh: "代理人已经凭这份委托书投了票，不能再撤销或再用一次。",
          en: "The agent has voted with it; it can neither be revoked nor used again.",
        },
        article: "《民法典》第一百六十二条",
      };
  }
}

export function recordProblem(refusal: RecordRefusal): Problem {
  switch (refusal.reason) {
    case "unknown_voter":
      return {
        code: "voter-unknown",
        status: 404,
        title: { zh: "名册里没有这一位", en: "The roll has no such voter" },
        detail: {
          zh: "本次会议冻结的名册里没有这个序号。",
          en: "The roll frozen for this meeting has no such number.",
        },
      };
    case "unknown_item":
      return {
        code: "proxy-item-unknown",
        status: 422,
        title: { zh: "委托事项不对", en: "Not an item of this owner's" },
        detail: {
          zh: `议题${refusal.itemNo}不由这一户表决。`,
          en: `Item ${refusal.itemNo} is not for this household to decide.`,
        },
      };
    case "voting_over":
      return {
        code: "proxy-voting-over",
        status: 409,
        title: { zh: "表决已经截止", en: "Voting is over" },
        detail: { zh: "表决截止以后不再登记委托书。", en: "No authorisation is recorded after the close." },
      };
    case "file_empty":
    case "file_type_refused":
      return {
        code: "scan-unreadable",
        status: 422,
        title: { zh: "扫描件无法使用", en: "The scan cannot be used" },
        detail: { zh: "请上传 JPG、PNG、WebP 照片或 PDF。", en: "Please use a JPG, PNG or WebP photograph, or a PDF." },
      };
    case "file_too_large":
      return {
        code: "scan-too-large",
        status: 422,
        title: { zh: "扫描件太大", en: "The scan is too large" },
        detail: { zh: "最大 10 MB。", en: "At most 10 MB." },
      };
    default:
      return proxyProblem(refusal);
  }
}
