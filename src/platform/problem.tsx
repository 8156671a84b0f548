/** Refusals and bad input on the wire (RFC 9457), as a page for browsers and as the page their `type` leads to. Which refusal is which problem stands in each capability's problems.ts. */
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { AppContext } from "./context.ts";
import type { Bilingual } from "./i18n.ts";
import { Page } from "./layout.tsx";
import { Refusal } from "./ui/notices.tsx";
import type { InputFault } from "./validate.ts";

export interface Problem {
  /** kebab-case, stable; its page is /problems/<code>. */
  readonly code: string;
  readonly status: 400 | 401 | 403 | 404 | 409 | 410 | 413 | 415 | 422 | 423 | 429 | 500 | 503;
  readonly title: Bilingual;
  readonly detail: Bilingual;
  /** The law it rests on, as a person would cite it. */
  readonly article?: string;
  /** What the reader can do now. */
  readonly next?: Bilingual;
  readonly errors?: readonly InputFault[];
}

export const NOT_FOUND: Problem = {
  code: "not-found",
  status: 404,
  title: { zh: "没有这个页面", en: "No such page" },
  detail: {
    zh: "地址可能不完整，或者您没有查看它的职务。",
    en: "The address may be incomplete, or your office does not let you see it.",
  },
};

export const FORGED_FORM: Problem = {
  code: "form-not-ours",
  status: 403,
  title: { zh: "这份表单没有被接收", en: "This form was not accepted" },
  detail: {
    zh: "它不是从本站的页面提交的，或者页面打开得太久。什么都没有改动。",
    en: "It was not sent from a page of this site, or the page was open for too long. Nothing was changed.",
  },
  next: { zh: "请返回上一页，刷新后再提交一次。", en: "Please go back, reload the page and submit again." },
};

export const INTERNAL: Problem = {
  code: "internal",
  status: 500,
  title: { zh: "系统出错了", en: "Something broke" },
  detail: {
    zh: "这不是您的问题。请稍后再试；重复提交不会造成重复记录。",
    en: "This is not your fault. Please try again later; submitting again does not record anything twice.",
  },
};

const wantsJson = (c: AppContext): boolean => {
  const path = new URL(c.req.url).pathname;
  if (path.startsWith("/api/") || path.includes("/api/")) return true;
  const accept = c.req.header("accept") ?? "";
  return accept.includes("json") && !accept.includes("text/html");
};

/** The problem as `application/problem+json`, or as a page for a browser. Both carry its status. */
export function problemResponse(c: AppContext, problem: Problem): Response | Promise<Response> {
  const { lang, t, requestId } = c.var;
  if (wantsJson(c)) {
    const body = {
      type: `/problems/${problem.code}`,
      title: problem.title[lang],
      status: problem.status,
      detail: problem.detail[lang],
      instance: requestId,
      ...(problem.article ? { article: problem.article } : {}),
      ...(problem.errors
        ? { errors: problem.errors.map(({ pointer, detail }) => ({ pointer, detail: detail[lang] })) }
        : {}),
    };
    return c.body(JSON.stringify(body), problem.status as ContentfulStatusCode, {
      "content-type": "application/problem+json; charset=utf-8",
      "content-language": lang === "en" ? "en" : "zh-CN",
    });
  }
  const scene = c.var.scene as AppContext["var"]["scene"] | undefined;
  return c.html(
    <Page
      t={t}
      lang={lang}
      now={c.var.now}
      title={problem.title[lang]}
      demo={c.var.demo}
      isPrivate={true}
      {...(scene ? { community: { name: scene.community.name, slug: scene.community.slug } } : {})}
    >
      <Refusal
        t={t}
        level={1}
        what={problem.title[lang]}
        why={problem.detail[lang]}
        {...(problem.article ? { article: problem.article } : {})}
        {...(problem.next ? { next: problem.next[lang] } : {})}
      />
      <p class="quiet">
        {t("编号", "Reference")}：<code>{requestId}</code>
      </p>
    </Page>,
    problem.status as ContentfulStatusCode,
  );
}
