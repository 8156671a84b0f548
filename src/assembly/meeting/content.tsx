/** The content of a meeting at the desk: its items and its rules, with what may be edited while it is a draft. Markup only. */
import type { AppContext } from "../../platform/context.ts";
import { newOnce } from "../../platform/frame.ts";
import { Actions, ButtonLink, PostButton } from "../../platform/ui/buttons.tsx";
import { EmptyState } from "../../platform/ui/notices.tsx";
import { findOrigin, originPath } from "../agenda/origins.ts";
import type { Item } from "../agenda/rules.ts";
import { scopeWords } from "../agenda/words.ts";
import { matterText } from "../rules.ts";
import { isDefault, settingText, valueWords } from "../settings/explained.ts";
import { SETTING_NAMES } from "../settings/rules.ts";
import type { Draft } from "./rules.ts";
import type { MeetingRow } from "./store.ts";

export const Items = ({ c, base, row, draft }: { c: AppContext; base: string; row: MeetingRow; draft: Draft }) => {
  const { t, actor, formToken } = c.var;
  const edits = row.state === "draft" && actor.permissions.has("meeting.draft");
  return (
    <>
      <h2>{t("议题", "Items")}</h2>
      {draft.items.length === 0 ? (
        <EmptyState title={t("还没有议题", "No items yet")}>
          {t(
            "每项议题写明要决定什么、属于哪一类、由谁表决。",
            "Each says what is decided, which matter it is and who decides.",
          )}
        </EmptyState>
      ) : (
        <ol>
          {draft.items.map((item) => {
            const scope = scopeWords(item.scope);
            const { short } = matterText(item.matter) ?? { short: { zh: "未选", en: "not chosen" } };
            return (
              <li>
                <strong>{item.title || t("（没有标题）", "(no title)")}</strong>
                <p class="hint">
                  {t(short.zh, short.en)} · {t(scope.zh, scope.en)} ·{" "}
                  {item.question.options.map(({ label }) => label).join("／")}
                  {item.attachments.length > 0
                    ? t(` · ${item.attachments.length}个附件`, ` · ${item.attachments.length} papers`)
                    : ""}
                </p>
                <FromElsewhere c={c} item={item} />
                {edits ? (
                  <Actions>
                    {item.origin ? null : (
                      <ButtonLink look="quiet" href={`${base}/items/${item.itemNo}`}>
                        {t("修改", "Edit")}
                      </ButtonLink>
                    )}
                    {item.itemNo > 1 ? (
                      <PostButton
                        action={`${base}/items/${item.itemNo}/raise`}
                        token={formToken}
                        once={newOnce()}
                        look="quiet"
                        hidden={{ version: String(row.version) }}
                      >
                        {t("上移", "Move up")}
                      </PostButton>
                    ) : null}
                    {item.origin ? null : (
                      <PostButton
                        action={`${base}/items/${item.itemNo}/remove`}
                        token={formToken}
                        once={newOnce()}
                        look="quiet"
                        hidden={{ version: String(row.version) }}
                      >
                        {t("删除", "Take out")}
                      </PostButton>
                    )}
                  </Actions>
                ) : null}
              </li>
            );
          })}
        </ol>
      )}
      {edits ? (
        <Actions>
          <ButtonLink href={`${base}/items/new`}>{t("添加议题", "Add an item")}</ButtonLink>
          <ButtonLink look="quiet" href={`${base}/edit`}>
            {t("修改会议安排", "Edit the meeting")}
          </ButtonLink>
          <ButtonLink look="quiet" href={`${base}/preview`}>
            {t("预览公告和表决票", "Preview notice and ballot")}
          </ButtonLink>
        </Actions>
      ) : null}
    </>
  );
};

/** Where an item that nobody writes by hand comes from, and is changed or taken back. */
const FromElsewhere = ({ c, item }: { c: AppContext; item: Item }) => {
  const { t, scene } = c.var;
  const path = originPath(item);
  const origin = item.origin ? findOrigin(item.origin.kind) : undefined;
  if (path === null || !origin) return null;
  return (
    <p class="hint">
      {t(`来自${origin.words.zh}，内容不在这里改：`, `From ${origin.words.en}, and not changed here: `)}
      <a href={`/c/${scene.community.slug}${path}`}>{t("到那里查看或撤回", "see it, or take it back, there")}</a>
    </p>
  );
};

export const RulesOf = ({ c, base, row, draft }: { c: AppContext; base: string; row: MeetingRow; draft: Draft }) => {
  const { t, actor } = c.var;
  const departs = SETTING_NAMES.filter((name) => !isDefault(name, draft.rules));
  return (
    <>
      <h2>{t("规则", "Rules")}</h2>
      <p>
        {departs.length === 0
          ? t("全部按默认规则。", "All at their defaults.")
          : t(`有${departs.length}项与默认不同：`, `${departs.length} differ from the defaults:`)}
      </p>
      {departs.length > 0 ? (
        <ul>
          {departs.map((name) => {
            const [{ title }, value] = [settingText(name), valueWords(name, draft.rules)];
            const { clause } = draft.rules[name];
            return (
              <li>
                {t(title.zh, title.en)}：{t(value.zh, value.en)}
                {clause ? t(`（依据：${clause}）`, ` (ground: ${clause})`) : ""}
              </li>
            );
          })}
        </ul>
      ) : null}
      {row.state === "draft" && actor.permissions.has("meeting.draft") ? (
        <Actions>
          <ButtonLink look="quiet" href={`${base}/rules`}>
            {t("修改本次会议的规则", "Edit the rules of this meeting")}
          </ButtonLink>
        </Actions>
      ) : null}
    </>
  );
};
