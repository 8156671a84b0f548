/** Forms of the desk for whose a unit is and who votes for it: transfer, choice among co-owners, guardian, contact. */
import { Hono } from "hono";
import type { PartyId } from "../../kernel/id.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { pick } from "../../platform/i18n.ts";
import { NOT_FOUND, type Problem, problemResponse } from "../../platform/problem.tsx";
import { RadioGroup } from "../../platform/ui/choices.tsx";
import { Fact, FactList } from "../../platform/ui/facts.tsx";
import { Select } from "../../platform/ui/fields.tsx";
import { Details } from "../../platform/ui/notices.tsx";
import { badInput, type InputFault } from "../../platform/validate.ts";
import { errorsOf, onceOf, textOf, today } from "../desk.tsx";
import { unitLabel } from "../explained.ts";
import { STATE_WORDS, sayWord } from "../import/words.ts";
import { mergePersonal } from "../personal.ts";
import { BASES, UNIT_STATES, type UnitState } from "../rules.ts";
import { findParties, listGuardians } from "../store.ts";
import { changeContact, chooseWhoVotes, setGuardian, type TransferKind, transferUnit } from "./actions.ts";
import { ChangePage } from "./change-page.tsx";
import { HEAD_FIELDS, headOf, type Place, placeOf, settle, unitCrumb, type Values, writes } from "./form-parts.tsx";
import { loadUnit, ownersOn } from "./loading.ts";
import type { NamedOwner } from "./people.ts";
import { PersonFieldset, personFieldNames, readPerson } from "./person-fields.tsx";
import { CHANGE_WORDS } from "./unit-page.tsx";

export const ownerPages = new Hono<AppEnv>();
// ——— Change of owner ———

const OWNERS = 4;
const TRANSFERS: readonly TransferKind[] = ["sale", "inheritance", "gift", "judgment", "correction"];

function transferPage(c: AppContext, place: Place, values: Values, problem?: Problem) {
  const { t, lang } = c.var;
  const errors = errorsOf(problem, lang);
  const title = t("业主变更", "Change of owner");
  return (
    <ChangePage
      c={c}
      title={title}
      place={place}
      lead={
        <p>
          {t(
            `${unitLabel(place)}。填写变更之后的全部业主；没有写上的，自那一天起不再是业主。`,
            `${unitLabel(place)}. Give all owners after the change; who is not named is no owner from that day on.`,
          )}
        </p>
      }
      values={values}
      problem={problem}
    >
      <RadioGroup
        name="kind"
        legend={t("变更的种类", "What happened")}
        value={values.kind ?? "sale"}
        options={TRANSFERS.map((kind) => ({
          value: kind,
          label: pick(CHANGE_WORDS[kind], lang),
          ...(kind === "correction"
            ? {
                hint: t(
                  "原来登记错了。会推翻这一天之后的记录，旧记录作废但保留。",
                  "It was entered wrongly. Overrules what was entered for later days; the old rows stay, voided.",
                ),
              }
            : {}),
        }))}
      />
      <PersonFieldset
        c={c}
        at={1}
        legend={t("业主一", "First owner")}
        values={values}
        errors={errors}
        isOwner={true}
        mayBeEmpty={false}
      />
      <Details
        summary={t("还有其他共有人", "There are co-owners")}
        open={[2, 3, 4].some((at) => (values[`name${at}`] ?? "") !== "")}
      >
        {[2, 3, 4].map((at) => (
          <PersonFieldset
            c={c}
            at={at}
            legend={t(`业主${"一二三四"[at - 1]}`, `Owner ${at}`)}
            values={values}
            errors={errors}
            isOwner={true}
            mayBeEmpty={true}
          />
        ))}
        <Select
          name="votes"
          label={t("共有人推选谁投票", "Whom the co-owners chose to vote")}
          optional={t("选填", "optional")}
          prompt={t("还没有推选", "nobody yet")}
          value={values.votes ?? ""}
          options={[1, 2, 3, 4].map((at) => ({
            value: String(at),
            label: t(`业主${"一二三四"[at - 1]}`, `owner ${at}`),
          }))}
        />
      </Details>
      <Select
        name="state"
        label={t("变更后的状态", "State afterwards")}
        optional={t("选填", "optional")}
        prompt={t("不变", "as it is")}
        value={values.state ?? ""}
        options={UNIT_STATES.filter((state) => state !== "retired").map((state) => ({
          value: state,
          label: pick(sayWord(STATE_WORDS, state), lang),
        }))}
      />
    </ChangePage>
  );
}

ownerPages.get("/desk/roll/units/:unitId/transfer", writes, async (c) => {
  const place = await placeOf(c);
  return place ? c.html(transferPage(c, place, { fromOn: today(c) })) : problemResponse(c, NOT_FOUND);
});

ownerPages.post("/desk/roll/units/:unitId/transfer", writes, async (c) => {
  const place = await placeOf(c);
  if (!place) return problemResponse(c, NOT_FOUND);
  const values: Values = await textOf(c, "kind", "votes", "state", ...HEAD_FIELDS, ...personFieldNames(OWNERS));
  const again = (problem: Problem) => c.html(transferPage(c, place, values, problem), problem.status);
  const faults: InputFault[] = [];
  const owners: NamedOwner[] = [];
  let designated: number | null = null;
  for (let at = 1; at <= OWNERS; at += 1) {
    const read = readPerson(values, at, today(c));
    if (!read.ok) faults.push(...read.error);
    else if (read.value) {
      if (values.votes === String(at)) designated = owners.length;
      owners.push({
        personal: read.value,
        basis: BASES.find((basis) => basis === values[`basis${at}`]) ?? "registered",
      });
    }
  }
  if (faults.length > 0) return again(badInput(faults));
  const done = await transferUnit(staffScene(c), place.unitId, {
    ...headOf(values, await onceOf(c)),
    kind: TRANSFERS.find((kind) => kind === values.kind) ?? "sale",
    owners,
    designated,
    state: UNIT_STATES.find((state): state is UnitState => state === values.state && state !== "retired") ?? null,
  });
  return settle(c, done, unitCrumb(c, place).href, again);
});

// ——— Choice among co-owners ———

async function whoVotesPage(c: AppContext, place: Place, values: Values, problem?: Problem) {
  const { t, scene } = c.var;
  const unit = await loadUnit(scene, place.unitId, today(c), "");
  const owners = ownersOn(unit?.held ?? [], today(c));
  const [parties] = await scene.db.read(
    findParties(
      scene,
      owners.map(({ partyId }) => partyId),
    ),
  );
  const title = t("推选由谁投票", "Choose who votes");
  return (
    <ChangePage
      c={c}
      title={title}
      place={place}
      lead={
        <p>
          {t(
            "共有人应当推选一人投票，合起来只算一人（建房〔2009〕274号第二十五条）。请依据共有人签名的推选书填写。",
            "Co-owners choose one of them to vote and count as one (Guiding Rules 2009, art. 25). Enter what their signed paper says.",
          )}
        </p>
      }
      values={values}
      problem={problem}
    >
      <RadioGroup
        name="party"
        legend={t("由谁投票", "Who votes")}
        value={values.party ?? ""}
        options={[
          ...parties.map(({ partyId, maskedName }) => ({ value: partyId as string, label: maskedName })),
          { value: "", label: t("撤回推选", "Take the choice back") },
        ]}
      />
    </ChangePage>
  );
}

ownerPages.get("/desk/roll/units/:unitId/who-votes", writes, async (c) => {
  const place = await placeOf(c);
  return place ? c.html(await whoVotesPage(c, place, { fromOn: today(c) })) : problemResponse(c, NOT_FOUND);
});

ownerPages.post("/desk/roll/units/:unitId/who-votes", writes, async (c) => {
  const place = await placeOf(c);
  if (!place) return problemResponse(c, NOT_FOUND);
  const values: Values = await textOf(c, "party", ...HEAD_FIELDS);
  const done = await chooseWhoVotes(staffScene(c), place.unitId, {
    ...headOf(values, await onceOf(c)),
    partyId: values.party ? (values.party as PartyId) : null,
  });
  return settle(c, done, unitCrumb(c, place).href, async (problem) =>
    c.html(await whoVotesPage(c, place, values, problem), problem.status),
  );
});

// ——— Contact and guardian of a party ———

async function partyOf(c: AppContext) {
  const { scene } = c.var;
  const [parties, guardians] = await scene.db.read(
    findParties(scene, [c.req.param("partyId") ?? ""]),
    listGuardians(scene, today(c)),
  );
  const party = parties[0];
  if (!party) return null;
  const guardianId = guardians.find(({ wardId }) => wardId === party.partyId)?.guardianId;
  const [names] = guardianId ? await scene.db.read(findParties(scene, [guardianId])) : [[]];
  return { party, guardian: names[0]?.maskedName ?? null };
}
type LoadedParty = NonNullable<Awaited<ReturnType<typeof partyOf>>>;

function contactPage(c: AppContext, { party }: LoadedParty, values: Values, problem?: Problem) {
  const { t, lang } = c.var;
  const errors = errorsOf(problem, lang);
  const title = t("更改联系方式或证件", "Change contact or document");
  return (
    <ChangePage
      c={c}
      title={title}
      lead={
        <>
          <FactList>
            <Fact label={t("业主", "Owner")}>{party.maskedName}</Fact>
            <Fact label={t("手机号", "Mobile")}>{party.maskedPhone ?? t("（未登记）", "(not entered)")}</Fact>
            <Fact label={t("证件号码", "Document")}>{party.maskedNumber ?? t("（未登记）", "(not entered)")}</Fact>
          </FactList>
          <p>
            {t(
              "请填写姓名，其余只填要更改的；留空的保持不变。",
              "Give the name, and of the rest only what changes; what is left empty stays.",
            )}
          </p>
        </>
      }
      values={values}
      problem={problem}
      dated={false}
    >
      <PersonFieldset
        c={c}
        at={1}
        legend={t("新的信息", "New data")}
        values={values}
        errors={errors}
        isOwner={false}
        mayBeEmpty={false}
      />
    </ChangePage>
  );
}

ownerPages.get("/desk/roll/parties/:partyId/contact", writes, async (c) => {
  const loaded = await partyOf(c);
  return loaded ? c.html(contactPage(c, loaded, {})) : problemResponse(c, NOT_FOUND);
});

ownerPages.post("/desk/roll/parties/:partyId/contact", writes, async (c) => {
  const loaded = await partyOf(c);
  if (!loaded) return problemResponse(c, NOT_FOUND);
  const values: Values = await textOf(c, ...HEAD_FIELDS, ...personFieldNames(1));
  const again = (problem: Problem) => c.html(contactPage(c, loaded, values, problem), problem.status);
  const read = readPerson(values, 1, today(c));
  if (!read.ok) return again(badInput(read.error));
  const told = read.value;
  if (!told) return again(badInput([{ pointer: "/name1", detail: { zh: "请填写姓名。", en: "give the name." } }]));
  const { changeId, note } = headOf(values, await onceOf(c));
  const done = await changeContact(staffScene(c), loaded.party.partyId, {
    changeId,
    note,
    change: (known) => mergePersonal(known, { ...told, kind: known.kind }),
  });
  return settle(c, done, c.req.path, again);
});

function guardianPage(c: AppContext, { party, guardian }: LoadedParty, values: Values, problem?: Problem) {
  const { t, lang } = c.var;
  const errors = errorsOf(problem, lang);
  const title = t("监护人", "Guardian");
  return (
    <ChangePage
      c={c}
      title={title}
      lead={
        <>
          <FactList>
            <Fact label={t("业主", "Owner")}>{party.maskedName}</Fact>
            <Fact label={t("现在的监护人", "Guardian now")}>{guardian ?? t("没有", "none")}</Fact>
          </FactList>
          <p>
            {t(
              "无民事行为能力或限制民事行为能力的业主，由法定监护人投票（建房〔2009〕274号第二十五条）。不填姓名表示监护结束。",
              "For an owner without full legal capacity the guardian votes (Guiding Rules 2009, art. 25). An empty name means that the guardianship has ended.",
            )}
          </p>
        </>
      }
      values={values}
      problem={problem}
    >
      <PersonFieldset
        c={c}
        at={1}
        legend={t("监护人", "Guardian")}
        values={values}
        errors={errors}
        isOwner={false}
        mayBeEmpty={true}
      />
    </ChangePage>
  );
}

ownerPages.get("/desk/roll/parties/:partyId/guardian", writes, async (c) => {
  const loaded = await partyOf(c);
  return loaded ? c.html(guardianPage(c, loaded, { fromOn: today(c) })) : problemResponse(c, NOT_FOUND);
});

ownerPages.post("/desk/roll/parties/:partyId/guardian", writes, async (c) => {
  const loaded = await partyOf(c);
  if (!loaded) return problemResponse(c, NOT_FOUND);
  const values: Values = await textOf(c, ...HEAD_FIELDS, ...personFieldNames(1));
  const again = (problem: Problem) => c.html(guardianPage(c, loaded, values, problem), problem.status);
  const read = readPerson(values, 1, today(c));
  if (!read.ok) return again(badInput(read.error));
  const done = await setGuardian(staffScene(c), loaded.party.partyId, {
    ...headOf(values, await onceOf(c)),
    guardian: read.value ? { personal: read.value } : null,
  });
  return settle(c, done, c.req.path, again);
});
