/** Everything that happened to a meeting, each with its entry in the record, and what owners objected to. Markup only. */
import type { Child } from "hono/jsx";
import { isoInstant } from "../../kernel/day.ts";
import type { AppContext } from "../../platform/context.ts";
import { sayDay, sayInstant } from "../../platform/ui/moments.ts";
import { EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { eventDetail, eventTitle } from "../meeting/events.ts";
import { RecordLink } from "./agenda.tsx";
import type { PublicMeeting } from "./reading.ts";

/** In order. Each line has an address of its own, which feeds use. */
export const History = ({ c, meeting, children }: { c: AppContext; meeting: PublicMeeting; children?: Child }) => {
  const { t, lang, scene } = c.var;
  return (
    <section id="history">
      <h2>{t("会议经过", "What happened")}</h2>
      {children}
      <p class="hint">
        {t(
          "每件事都写进了公开记录，不能改也不能删。点编号可以看到原文和证明。",
          "Every act stands in the public record and can be neither changed nor removed. A code leads to the entry and its proof.",
        )}
      </p>
      <DataTable
        caption={t("会议经过", "What happened")}
        quietCaption
        rows={meeting.events}
        columns={[
          {
            label: t("事项", "Act"),
            head: true,
            cell: (event) => <span id={`event-${event.no}`}>{eventTitle(event, t)}</span>,
          },
          {
            label: t("时间", "When"),
            cell: (event) => <time datetime={isoInstant(event.at)}>{sayInstant(event.at, lang)}</time>,
          },
          {
            label: t("内容", "Details"),
            cell: (event) => {
              const detail = eventDetail(event, t, lang);
              return (
                <>
                  {detail}
                  {detail === "" ? null : <br />}
                  <small class="quiet">{event.byWords}</small>
                </>
              );
            },
          },
          { label: t("记录", "Record"), cell: (event) => <RecordLink c={c} leafHash={event.leafHash} /> },
        ]}
      />
      <p>
        <a href={`/c/${scene.community.slug}/record/about/${meeting.row.meetingId}`}>
          {t("这次会议在公开记录里的全部条目", "Every entry of the record about this meeting")}
        </a>
      </p>
    </section>
  );
};

/** How many objected, and what they were answered in public words. What they wrote is for them and the convener. */
export const Objections = ({ c, meeting }: { c: AppContext; meeting: PublicMeeting }) => {
  const { t, lang } = c.var;
  const { tickets } = meeting;
  const answered = tickets.filter(({ answeredAt }) => answeredAt !== null).length;
  return (
    <section id="objections">
      <h2>{t("异议和答复", "Objections and answers")}</h2>
      {tickets.length === 0 ? (
        <EmptyState title={t("没有收到异议", "No objections")} />
      ) : (
        <>
          <p>
            {t(`共收到${tickets.length}件，已答复${answered}件。`, `${tickets.length} came in, ${answered} answered.`)}
          </p>
          <DataTable
            caption={t("异议", "Objections")}
            quietCaption
            rows={tickets}
            columns={[
              {
                label: t("编号", "No."),
                head: true,
                cell: (_, at) => t(`第${at + 1}号`, `No. ${at + 1}`),
              },
              {
                label: t("关于", "About"),
                cell: ({ about, wantsRecount }) =>
                  about === "notice"
                    ? t("会议公告", "the notice")
                    : wantsRecount
                      ? t("表决结果，要求复核", "the result, asking for a recount")
                      : t("表决结果", "the result"),
              },
              { label: t("提出", "Made"), cell: ({ madeAt }) => sayInstant(madeAt, lang) },
              {
                label: t("答复", "Answer"),
                cell: ({ answer, answeredAt, dueOn }) =>
                  answer === null ? (
                    <StatusWord tone="waiting">
                      {t(`应在${sayDay(dueOn, lang)}前答复`, `due by ${sayDay(dueOn, lang)}`)}
                    </StatusWord>
                  ) : (
                    <>
                      {answer}
                      {answeredAt === null ? null : (
                        <>
                          <br />
                          <small class="quiet">{sayInstant(answeredAt, lang)}</small>
                        </>
                      )}
                    </>
                  ),
              },
            ]}
          />
        </>
      )}
    </section>
  );
};
