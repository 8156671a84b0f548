/** Why some units count as one owner, with how much area, and who votes for them: in words a neighbour understands, with the article. Pure; masked names only. */
import { type AreaDm2, formatArea } from "../kernel/area.ts";
import type { Bilingual } from "../platform/i18n.ts";
import { KIND_WORDS, SOURCE_WORDS } from "./import/words.ts";
import type { Designation, HeadReason, PartyKind, RollSettings, UnitPlace, VoterUnit } from "./rules.ts";

/** What is needed of a head; a Voter, a FrozenVoter and a row of a snapshot all give it. */
export interface ExplainedHead {
  readonly reason: HeadReason;
  /** 张*、李*; "" where no owner is known. */
  readonly maskedName: string;
  readonly ownersCount: number;
  readonly areaDm2: AreaDm2;
  readonly units: readonly VoterUnit[];
  readonly overlaps: boolean;
}

const JI8 = { zh: "法释〔2009〕7号第八条", en: "Interpretation Fa Shi [2009] No. 7, art. 8" };
const JI9 = { zh: "法释〔2009〕7号第九条", en: "Interpretation Fa Shi [2009] No. 7, art. 9" };

/** 1栋 1单元 0101. A bare number gets its word: 1 → 1栋, 2 → 2单元. */
export function unitLabel({ building, entrance, room }: UnitPlace): string {
  const house = /^\d+$/.test(building) ? `${building}栋` : building;
  const door = /^\d+$/.test(entrance) ? `${entrance}单元` : entrance;
  return [house, door, room].filter((part) => part !== "").join(" ");
}

const counted = (units: readonly VoterUnit[]): VoterUnit[] => units.filter((unit) => unit.counted);
const sum = (units: readonly VoterUnit[]): AreaDm2 => units.reduce((held, { areaDm2 }) => held + areaDm2, 0);

/** The sentences of an entry: why one head, how much area, what does not count and why, by which measurement. */
export function explainHead(head: ExplainedHead, settings: RollSettings): Bilingual[] {
  const sentences = [whyOne(head), howMuch(head), ...spaces(head, settings), ...sources(head), ...possession(head)];
  if (head.overlaps)
    sentences.push({
      zh: "其中有业主还与别人共有其他专有部分。业主组合不完全相同的，各按一人计算；认为应当合并或分开的，可以在异议期内提出。",
      en: "An owner here also owns other units together with somebody else. Sets of owners that are not the same count as one each; who thinks otherwise may object within the period.",
    });
  return sentences;
}

function whyOne({ reason, maskedName, ownersCount, units }: ExplainedHead): Bilingual {
  const n = counted(units).length;
  const name = maskedName === "" ? "建设单位" : maskedName;
  const nameEn = maskedName === "" ? "The developer" : maskedName;
  switch (reason) {
    case "developer":
      return {
        zh: `${name}尚未出售、已售未交付以及自己持有的 ${n} 个专有部分，全部合起来按一人计算（${JI9.zh}）。`,
        en: `${nameEn}: the ${n} units not sold, sold but not handed over, or held by the developer itself count together as one (${JI9.en}).`,
      };
    case "owner_unknown":
      return {
        zh: "这个专有部分的业主尚未查明，先按一人计入总数，不从名册中漏掉；查明并登记之前，没有人能投这一票。",
        en: "The owner of this unit is not known. It counts as one in the total, so that it is not lost, but nobody can cast its vote until the owner is entered.",
      };
    case "one_owner":
      return {
        zh: `${name}名下有 ${n} 个专有部分。同一业主不论有几个，都按一人计算（${JI9.zh}）。`,
        en: `${nameEn} owns ${n} units. One owner is one person however many units they hold (${JI9.en}).`,
      };
    case "same_owners":
      return {
        zh: `${name}共有 ${n} 个专有部分，业主完全相同，合起来按一人计算；共有人推选一人投票（${JI9.zh}，建房〔2009〕274号第二十五条）。`,
        en: `${nameEn} own ${n} units together. The same set of owners counts as one person and chooses one of them to vote (${JI9.en}; Guiding Rules 2009, art. 25).`,
      };
    case "one_unit":
      return ownersCount > 1
        ? {
            zh: `${name}共有这一个专有部分，按一人计算；共有人推选一人投票（建房〔2009〕274号第二十五条）。`,
            en: `${nameEn} own this unit together. Co-owners count as one person and choose one of them to vote (Guiding Rules 2009, art. 25).`,
          }
        : {
            zh: `${name}名下有这一个专有部分，按一人计算（${JI9.zh}）。`,
            en: `${nameEn} owns this one unit and counts as one person (${JI9.en}).`,
          };
  }
}

function howMuch({ areaDm2, units }: ExplainedHead): Bilingual {
  const area = formatArea(areaDm2);
  return counted(units).length > 1
    ? {
        zh: `面积合计 ${area} ㎡，全部计入，不因按一人计算而减少。`,
        en: `The area adds up to ${area} m² and counts in full; counting as one person takes nothing from it.`,
      }
    : { zh: `面积 ${area} ㎡，全部计入。`, en: `The area is ${area} m² and counts in full.` };
}

function spaces({ units }: ExplainedHead, { countedSpaces, spacesClause }: RollSettings): Bilingual[] {
  const out = units.filter((unit) => !unit.counted);
  const sentences: Bilingual[] = [];
  if (out.length > 0) {
    const kinds = [...new Set(out.map(({ kind }) => kind))];
    const area = formatArea(sum(out));
    sentences.push({
      zh: `另有${kinds.map((kind) => KIND_WORDS[kind].zh).join("、")} ${out.length} 个（${area} ㎡）不计入：是否计入由议事规则约定，目前没有约定计入。`,
      en: `Another ${out.length} (${kinds.map((kind) => KIND_WORDS[kind].en).join(", ")}; ${area} m²) do not count: the rules of procedure decide whether they do, and say nothing so far.`,
    });
  }
  const counting = counted(units).filter(({ kind }) => kind === "parking" || kind === "storage");
  if (counting.length > 0 && countedSpaces.length > 0)
    sentences.push({
      zh: `其中车位、储藏 ${counting.length} 个（${formatArea(sum(counting))} ㎡）按${spacesClause ?? "议事规则"}计入。`,
      en: `Of these, ${counting.length} parking or storage spaces (${formatArea(sum(counting))} m²) count by this clause: ${spacesClause ?? ""}.`,
    });
  return sentences;
}

/** Areas not taken from the register (C1). */
function sources({ units }: ExplainedHead): Bilingual[] {
  return (["survey", "contract"] as const).flatMap((source) => {
    const some = counted(units).filter((unit) => unit.source === source);
    if (some.length === 0) return [];
    const rooms = some.slice(0, 6).map(unitLabel).join("、");
    return [
      {
        zh: `${rooms}${some.length > 6 ? "等" : ""}尚未登记面积，暂按${SOURCE_WORDS[source].zh}面积计算（${JI8.zh}）。`,
        en: `${rooms}${some.length > 6 ? " and others" : ""}: no registered area yet, so the area by ${SOURCE_WORDS[source].en} counts for now (${JI8.en}).`,
      },
    ];
  });
}

/** Bought and lawfully occupied, not yet registered (C7). */
function possession({ units }: ExplainedHead): Bilingual[] {
  const some = counted(units).filter(({ basis }) => basis === "possession");
  if (some.length === 0) return [];
  const rooms = some.slice(0, 6).map(unitLabel).join("、");
  return [
    {
      zh: `${rooms}尚未办理登记，已合法占有，视为业主（法释〔2009〕7号第一条）。`,
      en: `${rooms}: not registered yet, but lawfully occupied, which counts as ownership (Interpretation Fa Shi [2009] No. 7, art. 1).`,
    },
  ];
}

/**
 * Who casts the vote, or what has to happen first. `name` is the masked name of whoever votes, `kind` what they are: for
 * an organisation its legal representative or whoever that sends (C5).
 */
export function explainDesignation(designation: Designation, name: string, kind: PartyKind = "natural"): Bilingual {
  switch (designation.state) {
    case "votes":
      if (kind !== "natural")
        return {
          zh: `由${name}的法定代表人、负责人或者其书面委托的人投票。`,
          en: `The legal representative or head of ${name}, or whom they authorise in writing, casts the vote.`,
        };
      return designation.as === "guardian"
        ? {
            zh: `由监护人${name}代为投票（建房〔2009〕274号第二十五条）。`,
            en: `The guardian, ${name}, casts the vote (Guiding Rules 2009, art. 25).`,
          }
        : designation.as === "designated"
          ? { zh: `共有人推选${name}投票。`, en: `The co-owners have chosen ${name} to cast the vote.` }
          : { zh: `由${name}投票。`, en: `${name} casts the vote.` };
    case "must_designate":
      return {
        zh: "共有人还没有推选由谁投票。请先书面推选一人，推选之前这一票无法投出。",
        en: "The co-owners have not chosen who votes. They must choose one of them in writing first; until then the vote cannot be cast.",
      };
    case "chose_differently":
      return {
        zh: "同一组共有人为不同的专有部分推选了不同的人。一组共有人只有一票，请商定一人。",
        en: "The same co-owners chose different people for different units. They have one vote together and must agree on one person.",
      };
    case "nobody_known":
      return {
        zh: "还不知道由谁投票：名册里没有这些专有部分的业主或建设单位。",
        en: "It is not known who votes: the roll names no owner or developer for these units.",
      };
  }
}
