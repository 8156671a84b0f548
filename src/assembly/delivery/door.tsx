/** The board for going from door to door with a telephone in hand: who still has to be seen, and what each door said. */
import { type Context, Hono } from "hono";
import { listBuildings } from "../../community/snapshot/store.ts";
import { type AppEnv, staffScene } from "../../platform/context.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import { problemResponse } from "../../platform/problem.tsx";
import { Actions, Button } from "../../platform/ui/buttons.tsx";
import { Fact, FactList } from "../../platform/ui/facts.tsx";
import { Select } from "../../platform/ui/fields.tsx";
import { Form, SearchForm } from "../../platform/ui/forms.tsx";
import { sayInstant } from "../../platform/ui/moments.ts";
import { Callout, EmptyState } from "../../platform/ui/notices.tsx";
import { type StatusTone, StatusWord } from "../../platform/ui/status.tsx";
import { Pager } from "../../platform/ui/tables.tsx";
import { type Posted, valuesOf } from "../ballots/answering.ts";
import { isRecordedKind, LONGEST_NOTE, openNote, recordContacts } from "./actions.ts";
import { AT, type DeskMeeting, deskMeeting, readVoterNo } from "./at-desk.ts";
import { countFiltered, type DeliveryFilter, type DeliveryRow, listDelivery, listWorkers } from "./lists.ts";
import { delivers, deliveryHref, deskCrumbs, keyOf, queryOf } from "./pages.tsx";
import { deliveryProblem } from "./problems.ts";
import { byWords, kindWord, STATE_TONES, stateWord } from "./words.ts";

type C = Context<AppEnv>;

/** Mounted under /c/:slug. */
export const doorPages = new Hono<AppEnv>();

const PER_PAGE = 30;
const DOOR = ["reached", "to_visit", "refused"] as const;
const DOOR_TONES: Partial<Record<string, StatusTone>> = { reached: "good", to_visit: "note", refused: "off" };

doorPages.get(`${AT}/delivery/door`, delivers, async (c) => {
  const { scene, t, lang } = c.var;
  const meeting = await deskMeeting(c);
  if (!meeting) return c.notFound();
  const [buildings] = await scene.db.read(listBuildings(scene, meeting.snapshot));
  const building = c.req.query("building") ?? buildings[0]?.building ?? "";
  // Whoever has voted needs no visit.
  const filter: DeliveryFilter = { building, onlyNotVoted: true };
  const page = Math.max(1, Number(/^\d{1,4}$/.exec(c.req.query("page") ?? "")?.[0] ?? 1));
  const [rows, count] = await scene.db.read(
    listDelivery(scene, meeting, filter, { limit: PER_PAGE, offset: (page - 1) * PER_PAGE }),
    countFiltered(scene, meeting, filter),
  );
  const voters = count[0]?.voters ?? 0;
  const [people] = await scene.db.read(
    listWorkers(
      scene,
      rows.flatMap(({ doorBy }) => (doorBy ? [doorBy] : [])),
    ),
  );
  const workers = new Map(people.map(({ personId, name }) => [personId, name]));
  const notes = await Promise.all(rows.map(({ doorNote }) => openNote(scene, meeting.id, doorNote)));
  const base = deliveryHref(scene.community.slug, meeting.number);
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t(`上门：${building}`, `Doors: ${building}`)}
      breadcrumb={[...deskCrumbs(c, meeting), { href: base, label: t("送达", "Delivery") }]}
    >
      <h1>{t(`上门：${building}`, `Doors: ${building}`)}</h1>
      <p class="lead">
        {t(
          `还有${voters}户没有投票。见到业主，请提醒，不要替任何人投票。`,
          `${voters} households have not voted. Remind whoever you meet; never vote for anyone.`,
        )}
      </p>
      {c.req.query("done") === undefined ? null : <Callout tone="good" title={t("已记下", "Written down")} />}
      <SearchForm action={`${base}/door`}>
        <Select
          name="building"
          label={t("楼栋", "Building")}
          options={buildings.map((one) => ({ value: one.building, label: one.building }))}
          value={building}
        />
        <Actions>
          <Button look="quiet">{t("换楼栋", "Change building")}</Button>
        </Actions>
      </SearchForm>
      {rows.length === 0 ? (
        <EmptyState title={t("这一栋不用再上门", "No door left in this building")}>
          {t("这一栋的业主都已投票。", "Everyone in this building has voted.")}
        </EmptyState>
      ) : null}
      {rows.map((row, at) => (
        <DoorCard
          c={c}
          meeting={meeting}
          row={row}
          note={notes[at] ?? ""}
          workers={workers}
          back={queryOf(filter, page)}
          building={building}
        />
      ))}
      <Pager
        t={t}
        page={page}
        pages={Math.ceil(voters / PER_PAGE)}
        href={(to) => `${base}/door?${queryOf(filter, to)}`}
      />
      <p class="hint">
        {t(
          `本页按${sayInstant(c.var.now, lang)}的情况生成。谁在什么时候登记的都会留下；备注加密保存，不公开。`,
          `As of ${sayInstant(c.var.now, lang)}. Who wrote what and when is kept; notes are encrypted and not published.`,
        )}
      </p>
    </Page>,
  );
});

const DoorCard = (props: {
  c: C;
  meeting: DeskMeeting;
  row: DeliveryRow;
  note: string;
  workers: ReadonlyMap<string, string>;
  building: string;
  back: string;
}) => {
  const { c, row, note, workers } = props;
  const { t, lang, scene, formToken } = c.var;
  const noteId = `note-${row.voterNo}`;
  return (
    <section id={`v${row.voterNo}`}>
      <h2>
        {row.rooms} <small>{row.maskedName}</small>
      </h2>
      <FactList>
        <Fact label={t("送达", "Delivery")}>
          <StatusWord tone={STATE_TONES[row.state]}>{stateWord(row.state, t)}</StatusWord>
        </Fact>
        <Fact label={t("上门", "Door")}>
          {row.doorKind === null || row.doorAt === null ? (
            t("还没有去过", "not visited yet")
          ) : (
            <>
              <StatusWord tone={DOOR_TONES[row.doorKind] ?? "off"}>{kindWord(row.doorKind, t)}</StatusWord>{" "}
              {sayInstant(row.doorAt, lang)} {byWords(row.doorBy, workers, t)}
              {note === "" ? null : t(`：${note}`, `: ${note}`)}
            </>
          )}
        </Fact>
      </FactList>
      <Form
        action={`${deliveryHref(scene.community.slug, props.meeting.number)}/door/visit`}
        token={formToken}
        once={newOnce()}
        hidden={{ voter: String(row.voterNo), building: props.building, back: props.back }}
      >
        <label for={noteId}>{t("备注（选填）", "Note (optional)")}</label>
        <input id={noteId} name="note" maxlength={LONGEST_NOTE} autocomplete="off" />
        <Actions>
          {DOOR.map((kind) => (
            <Button look="quiet" name="kind" value={kind}>
              {kindWord(kind, t)}
            </Button>
          ))}
        </Actions>
      </Form>
    </section>
  );
};

doorPages.post(`${AT}/delivery/door/visit`, delivers, async (c) => {
  const meeting = await deskMeeting(c);
  if (!meeting) return c.notFound();
  const body: Posted = await c.req.parseBody({ all: true });
  const voterNo = readVoterNo(valuesOf(body, "voter")[0]);
  const kind = valuesOf(body, "kind")[0] ?? "";
  if (voterNo === null || !isRecordedKind(kind) || !(DOOR as readonly string[]).includes(kind)) return c.notFound();
  const recorded = await recordContacts(
    staffScene(c),
    { meeting, voterNos: [voterNo], kind, note: valuesOf(body, "note")[0] ?? "" },
    keyOf(body),
  );
  if (!recorded.ok) return problemResponse(c, deliveryProblem(recorded.error));
  const query = new URLSearchParams(valuesOf(body, "back")[0] ?? "");
  query.set("building", valuesOf(body, "building")[0] ?? "");
  query.set("done", "1");
  const base = deliveryHref(c.var.scene.community.slug, meeting.number);
  return c.redirect(`${base}/door?${query.toString()}#v${voterNo}`, 303);
});
