/** The page between a link and its ballot: the last four of phone or certificate, or why it cannot be asked and what to do instead. */
import type { AppContext } from "../../platform/context.ts";
import { frameOf } from "../../platform/frame.ts";
import { pick } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { Field } from "../../platform/ui/fields.tsx";
import { ErrorSummary, type FieldError, Form } from "../../platform/ui/forms.tsx";
import { Details, Refusal } from "../../platform/ui/notices.tsx";

/** The name of the field. */
export const LAST_FOUR = "lastFour";

export interface IdentifyPage {
  readonly title: string;
  /** Where anyone can read about the meeting. */
  readonly meetingHref: string;
  /** Of whose ballot it is; see `ballotMark`. */
  readonly mark: string;
  readonly errors?: readonly FieldError[];
  /** Why the last four cannot be asked for now; takes the form's place. */
  readonly blocked?: Problem | null;
}

export function identifyPage(c: AppContext, page: IdentifyPage, status: 200 | 422 | 423 | 429 | 409 = 200) {
  const { t, lang, scene, formToken } = c.var;
  const base = `/c/${scene.community.slug}`;
  const { blocked } = page;
  return c.html(
    <Page
      {...frameOf(c, "owner")}
      title={t("核对身份", "Confirm who you are")}
      switchHref={`${base}/vote?lang=${t("en", "zh")}`}
    >
      <h1>{t("先核对是您本人", "First, confirm that it is you")}</h1>
      <p class="lead">{page.title}</p>
      {blocked ? (
        <Refusal
          t={t}
          what={pick(blocked.title, lang)}
          why={pick(blocked.detail, lang)}
          {...(blocked.article ? { article: blocked.article } : {})}
          {...(blocked.next ? { next: pick(blocked.next, lang) } : {})}
        />
      ) : (
        <Form action={`${base}/vote/identify`} token={formToken} hidden={{ _for: page.mark }}>
          <ErrorSummary t={t} errors={page.errors} title={t("还没有核对上", "Not confirmed yet")} />
          <Field
            name={LAST_FOUR}
            label={t("手机号后四位，或证件号后四位", "Last four of your phone, or of your certificate")}
            hint={t(
              "与小区名册上登记的一致即可，填一种就行。证件末位是X的也填X。",
              "Either will do, as it stands on the roll. If the certificate ends in X, type X.",
            )}
            error={page.errors?.[0]?.message}
            width={6}
            maxlength={8}
          />
          <Actions>
            <Button>{t("核对，进入表决票", "Confirm and open the ballot")}</Button>
          </Actions>
        </Form>
      )}
      <Details summary={t("为什么要核对？", "Why is this asked?")}>
        <p>
          {t(
            "链接可能被转发或被别人捡到。只有同时知道登记号码后四位的人才能打开表决票。这四位只用来比对，不会显示，也不会写进公开记录。",
            "A link may be forwarded or found. Only someone who also knows the last four opens the ballot. They are compared and nothing else: not shown, and not in the public record.",
          )}
        </p>
      </Details>
      <Actions>
        <ButtonLink look="quiet" href={page.meetingHref}>
          {t("先看会议公告", "Read the notice first")}
        </ButtonLink>
      </Actions>
    </Page>,
    status,
  );
}
