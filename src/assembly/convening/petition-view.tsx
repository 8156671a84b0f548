/** One petition as the desk shows it: both counts, the search that finds who signed, the signatures, the way to the meeting. Markup only. */
import { listNames } from "../../community/browse/actions.ts";
import { unitLabel } from "../../community/explained.ts";
import { sortText, type Voter } from "../../community/rules.ts";
import { formatArea } from "../../kernel/area.ts";
import type { AppContext } from "../../platform/context.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Refused } from "../../platform/refused.tsx";
import { Button, PostButton } from "../../platform/ui/buttons.tsx";
import { Fact, FactList } from "../../platform/ui/facts.tsx";
import { Field, Select } from "../../platform/ui/fields.tsx";
import { SearchForm } from "../../platform/ui/forms.tsx";
import { InequalityLine } from "../../platform/ui/inequality.tsx";
import { sayInstant } from "../../platform/ui/moments.ts";
import { Callout, EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable, Pager } from "../../platform/ui/tables.tsx";
import { deskHref, deskMeetingHref, deskMeetingsHref } from "../meeting/addresses.ts";
import { STATE_TONE, stateWord } from "../meeting/events.ts";
import type { PetitionView } from "./actions.ts";
import { PETITION } from "./rules.ts";

export const petitionsHref = (slug: string): string => `/c/${slug}/desk/petitions`;
export const petitionHref = (slug: string, petitionId: string): string => `${petitionsHref(slug)}/${petitionId}`;

// Cards on a telephone: twenty are a long page already.
const A_PAGE = 20;
const MOST_FOUND = 10;

export function petitionPage(c: AppContext, view: PetitionView, problem?: Problem) {
  const { t, lang, scene, actor } = c.var;
  const { slug } = scene.community;
  const { row } = view;
  const here = petitionHref(slug, row.petitionId);
  // Who asks for a meeting is no business of those who do not enter it.
  const entersSignatures = actor.permissions.has("meeting.draft") && actor.permissions.has("roll.read");
  const isOver = (view.meeting?.edition ?? 0) > 0;
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t("业主提议", "Petition")}
      switchHref={`${here}?lang=${t("en", "zh")}`}
      breadcrumb={[
        { href: deskHref(slug), label: t("工作台", "Desk") },
        { href: deskMeetingsHref(slug), label: t("会议", "Meetings") },
        { href: petitionsHref(slug), label: t("业主提议", "Petitions") },
      ]}
    >
      <h1>{row.subject}</h1>
      <Refused c={c} problem={problem} />
      <p class="quiet">{t(`${sayInstant(row.openedAt, lang)}登记`, `entered ${sayInstant(row.openedAt, lang)}`)}</p>
      <NextStep c={c} view={view} here={here} />
      <BothCounts c={c} view={view} />
      {entersSignatures ? (
        <>
          {isOver ? null : <SignHere c={c} view={view} here={here} />}
          <Signatures c={c} view={view} />
        </>
      ) : null}
    </Page>,
    problem ? (problem.status as 409) : 200,
  );
}

/** Where it stands and what follows: a meeting there is, a meeting that is due, or signatures that are missing. */
const NextStep = ({ c, view, here }: { c: AppContext; view: PetitionView; here: string }) => {
  const { t, scene, actor, formToken } = c.var;
  const { meeting, reached, count, basis } = view;
  if (meeting)
    return (
      <Callout tone="good" title={t("已据此召集会议", "It led to a meeting")}>
        <p>
          <a href={deskMeetingHref(scene.community.slug, meeting.number)}>{meeting.title}</a>{" "}
          <StatusWord tone={STATE_TONE[meeting.state]}>{stateWord(meeting.state, t)}</StatusWord>
        </p>
      </Callout>
    );
  if (!reached) {
    const owners = Math.max(0, count.leastOwners - count.signed.owners);
    const areaDm2 = Math.max(0, count.leastAreaDm2 - count.signed.areaDm2);
    return (
      <Callout tone="info" title={t("签名还不够", "Not enough have signed")}>
        <p>
          {basis.value === "heads"
            ? t(`还差${owners}位业主。`, `${owners} owners are missing.`)
            : t(
                `还差${owners}位业主、${formatArea(areaDm2)}㎡。`,
                `${owners} owners and ${formatArea(areaDm2)} m² are missing.`,
              )}
        </p>
      </Callout>
    );
  }
  return (
    <Callout tone="warn" title={t("业主委员会应当召集会议", "The committee has to call the meeting")}>
      <p>
        {t(
          "提议的业主已经达到20%（《物业管理条例》第十三条）。发出公告时，会按冻结的名册再核对一次签名。",
          "A fifth of the owners have asked for it (Property Management Regulations art. 13). The signatures are counted once more on the roll frozen with the notice.",
        )}
      </p>
      {actor.permissions.has("meeting.draft") ? (
        <PostButton action={`${here}/convene`} token={formToken}>
          {t("依此起草会议", "Draft the meeting")}
        </PostButton>
      ) : (
        <p>{t("由秘书起草，另一人批准后发出公告。", "The secretary drafts it; another person approves the notice.")}</p>
      )}
    </Callout>
  );
};

/** Both ways of counting, whichever obliges: the regulation asks for heads, the guiding rules for heads and area. */
export const BothCounts = ({ c, view }: { c: AppContext; view: PetitionView }) => {
  const { t } = c.var;
  const { count, basis } = view;
  const { signed, total } = count;
  const verdict = (holds: boolean) => (
    <StatusWord tone={holds ? "good" : "waiting"}>
      {holds ? t("达到", "reached") : t("没有达到", "not reached")}
    </StatusWord>
  );
  return (
    <>
      <h2>{t("两种算法", "Counted both ways")}</h2>
      <InequalityLine
        t={t}
        subject={t("提议的业主", "Owners who ask for it")}
        axis="owners"
        part={signed.owners}
        whole={total.owners}
        line={PETITION}
        of={t("名册全部", "all on the roll, ")}
        article={t("《物业管理条例》第十三条", "Property Management Regulations art. 13")}
      />
      <InequalityLine
        t={t}
        subject={t("他们的专有部分面积", "Their exclusive area")}
        axis="area"
        part={signed.areaDm2}
        whole={total.areaDm2}
        line={PETITION}
        of={t("名册全部", "all on the roll, ")}
        article={t("《业主大会和业主委员会指导规则》第二十一条", "Guiding Rules on owners' assemblies, art. 21")}
      />
      <FactList>
        <Fact label={t("按人数", "By owners")}>
          {verdict(count.byHeads)}
          {basis.value === "heads" ? t("（本小区以此为准）", " (the one that decides here)") : ""}
        </Fact>
        <Fact label={t("按人数和面积", "By owners and area")}>
          {verdict(count.byHeadsAndArea)}
          {basis.value === "heads_and_area" ? t("（本小区以此为准）", " (the one that decides here)") : ""}
        </Fact>
        {basis.clause === "" ? null : <Fact label={t("依据", "Ground")}>{basis.clause}</Fact>}
      </FactList>
      <p class="hint">
        {t(
          "一位业主不论有几处房屋只算一次；已经卖掉房屋的不再计算。",
          "An owner of several units counts once; one who has sold counts no more.",
        )}
      </p>
    </>
  );
};

const placeOf = (text: string): string => text.normalize("NFKC").replace(/[\s\-–—_/·.,、]+/g, "");

/**
 * Heads with a counted unit in the building whose number has what was typed; where the number is exactly that, first. In
 * order of building and room, as heads come.
 */
function found(heads: readonly Voter[], building: string, place: string): { head: Voter; unitId: string }[] {
  const wanted = placeOf(place);
  const matches = heads.flatMap((head) => {
    const units = head.units.filter(
      (unit) =>
        unit.counted &&
        (building === "" || unit.building === building) &&
        placeOf(`${unit.entrance}${unit.room}`).includes(wanted),
    );
    const exact = units.find((unit) => placeOf(unit.room) === wanted);
    const unit = exact ?? units[0];
    return unit ? [{ head, unitId: unit.unitId, isExact: exact !== undefined }] : [];
  });
  return matches.toSorted((a, b) => Number(b.isExact) - Number(a.isExact));
}

const unitsOf = (head: Voter): string => head.units.map(unitLabel).join("、");

const SignHere = ({ c, view, here }: { c: AppContext; view: PetitionView; here: string }) => {
  const { t, formToken } = c.var;
  const [building, place] = [c.req.query("building") ?? "", (c.req.query("place") ?? "").slice(0, 40)];
  const buildings = [...new Set(view.heads.flatMap(({ units }) => units.map((unit) => unit.building)))].toSorted(
    (a, b) => (sortText(a) < sortText(b) ? -1 : 1),
  );
  const asked = building !== "" || place.trim() !== "";
  const rows = asked ? found(view.heads, building, place) : [];
  const signed = new Map(view.signatures.map((one) => [one.headKey, one.recordedAt]));
  return (
    <section id="sign">
      <h2>{t("登记签名", "Record signatures")}</h2>
      {c.req.query("signed") === undefined ? null : (
        <Callout tone="good" title={t("已登记，并写入公开记录", "Recorded, and in the public record")} />
      )}
      <p>
        {t(
          "对照签名表，按楼栋和房号找到业主，核对姓名后登记。",
          "With the sheet at hand, find the owner by building and number, compare the name, and record it.",
        )}
      </p>
      <SearchForm action={`${here}#sign`}>
        <Select
          name="building"
          label={t("楼栋", "Building")}
          value={building}
          prompt={t("全部", "All")}
          optional={t("选填", "optional")}
          options={buildings.map((name) => ({ value: name, label: name }))}
        />
        <Field name="place" label={t("单元、房号", "Entrance, number")} hint="0302" value={place} width={11} />
        <Button look="quiet">{t("查找", "Find")}</Button>
      </SearchForm>
      {asked && rows.length === 0 ? (
        <EmptyState title={t("没有找到", "Nothing found")}>
          {t(
            "请核对楼栋和房号；不计入表决权的车位不在其中。",
            "Check building and number; spaces that do not count are not listed.",
          )}
        </EmptyState>
      ) : null}
      {rows.length > MOST_FOUND ? (
        <p class="hint">
          {t(
            `共${rows.length}户，只列出前${MOST_FOUND}户，请再写细一点。`,
            `${rows.length} found, the first ${MOST_FOUND} shown; be more precise.`,
          )}
        </p>
      ) : null}
      {rows.length > 0 ? (
        <DataTable
          caption={t("找到的业主", "Owners found")}
          quietCaption
          rows={rows.slice(0, MOST_FOUND)}
          columns={[
            { label: t("房号", "Units"), head: true, cell: ({ head }) => unitsOf(head) },
            {
              label: t("业主", "Owner"),
              cell: ({ head }) => listNames(view.names, head.owners) || t("（未登记）", "(none entered)"),
            },
            { label: t("面积（㎡）", "Area (m²)"), number: true, cell: ({ head }) => formatArea(head.areaDm2) },
            {
              label: t("签名", "Signature"),
              cell: ({ head, unitId }) =>
                signed.has(head.key) ? (
                  <StatusWord tone="good">{t("已登记", "recorded")}</StatusWord>
                ) : (
                  <PostButton
                    action={`${here}/signatures`}
                    token={formToken}
                    once={newOnce()}
                    hidden={{ unit: unitId, building }}
                    look="quiet"
                  >
                    {t("登记签名", "Record")}
                    <span class="sr">
                      {t("：", ": ")}
                      {unitsOf(head)}
                    </span>
                  </PostButton>
                ),
            },
          ]}
        />
      ) : null}
    </section>
  );
};

const Signatures = ({ c, view }: { c: AppContext; view: PetitionView }) => {
  const { t, lang } = c.var;
  const asked = Number(c.req.query("page") ?? "1");
  const pages = Math.max(1, Math.ceil(view.signatures.length / A_PAGE));
  const page = Number.isSafeInteger(asked) && asked >= 1 && asked <= pages ? asked : 1;
  const byKey = new Map(view.heads.map((head) => [head.key, head]));
  return (
    <section id="signatures">
      <h2>{t(`已登记的签名（${view.signatures.length}）`, `Signatures recorded (${view.signatures.length})`)}</h2>
      <DataTable
        caption={t("已登记的签名", "Signatures recorded")}
        quietCaption
        rows={view.signatures.slice((page - 1) * A_PAGE, page * A_PAGE)}
        columns={[
          {
            label: t("房号", "Units"),
            head: true,
            cell: ({ headKey }) => {
              const head = byKey.get(headKey);
              return head ? unitsOf(head) : t("（已不在名册上，不再计算）", "(no longer on the roll; not counted)");
            },
          },
          {
            label: t("业主", "Owner"),
            cell: ({ headKey }) => {
              const head = byKey.get(headKey);
              return head ? listNames(view.names, head.owners) : "—";
            },
          },
          {
            label: t("面积（㎡）", "Area (m²)"),
            number: true,
            cell: ({ headKey, areaDm2 }) => formatArea(byKey.get(headKey)?.areaDm2 ?? areaDm2),
          },
          { label: t("登记时间", "Recorded"), cell: ({ recordedAt }) => sayInstant(recordedAt, lang) },
        ]}
        empty={
          <EmptyState title={t("还没有签名", "No signature yet")}>
            {t("每登记一个，这里就多一行，公开记录里也多一条。", "Each adds a line here, and an entry to the record.")}
          </EmptyState>
        }
      />
      <Pager t={t} page={page} pages={pages} href={(n) => `?page=${n}#signatures`} />
    </section>
  );
};
