/** The committee's legal person, its account, reports and seals (S4, R6): what is refused, what is only remarked, and the days. */
import { describe, expect, test } from "vitest";
import {
  codeRemarks,
  type Entity,
  type EntityAsked,
  entityDuties,
  holderOf,
  isRegistrableChange,
  maskAccount,
  mayRecordSeal,
  mayReport,
  readAccount,
  readEntity,
  type SealLine,
  sealsAdrift,
  sealsNow,
} from "../../src/committee/entity/rules.ts";

const TODAY = "2026-11-02";
const asked: EntityAsked = {
  form: "private_non_enterprise",
  name: "金桂苑小区业主服务中心",
  supervisingUnit: "璧城街道办事处",
  registrationAuthority: "璧山区民政局",
  creditCode: "52500120MJ0000018P",
  registeredOn: "2026-06-01",
  representativeTenureId: "chair",
  holderName: "金桂苑业主委员会",
  bank: "重庆农商行璧山支行",
  account: "6228 4800 1234 5678",
  changedOn: "2026-06-01",
  document: "民非登记证书",
};
const known = { hasAccount: false, tenureIds: ["chair", "deputy"] };
const faults = (more: Partial<EntityAsked>, of = known) => {
  const read = readEntity({ ...asked, ...more }, of, TODAY);
  return read.ok ? [] : read.error.map((fault) => ("field" in fault ? `${fault.reason}:${fault.field}` : fault.reason));
};

describe("in whose name the account is (R6)", () => {
  test.each([
    ["金桂苑业主大会", "assembly"],
    ["金桂苑小区第二届业主委员会", "committee"],
    ["金桂苑业委会", "committee"],
    ["时代花园业主委员会（公共收益专户）", "committee"],
    ["金桂苑业主大会-维修资金账户", "assembly"],
    ["金桂苑小区业主服务中心", "committee"],
    ["", "none"],
  ])("“%s” is %s", (holder, kind) => {
    expect(holderOf(holder, "金桂苑小区业主服务中心")).toEqual({ ok: true, value: kind });
  });
  test.each([
    ["陈主任", "account_of_a_person"],
    ["欧阳建国", "account_of_a_person"],
    ["买买提·艾力", "account_of_a_person"],
    ["Chen Wei", "account_of_a_person"],
    ["永安物业服务有限公司", "account_of_another"],
    ["永安物业公司金桂苑业主委员会专户", "account_of_another"],
    ["金桂苑业主委员会主任陈建国", "account_of_another"],
    ["陈建国(业主委员会副主任)", "account_of_another"],
    ["陈建国代持金桂苑业主大会", "account_of_another"],
    ["金桂苑小区业主服务中心", "account_of_another"], // not registered under this name
  ])("“%s” is refused: %s", (holder, reason) => {
    expect(holderOf(holder, "")).toMatchObject({ ok: false, error: { reason, holder } });
  });
  test.each([
    ["12345678", "12345678"],
    ["1234567", null],
    ["1".repeat(30), "1".repeat(30)],
    ["1".repeat(31), null],
    ["６２２８ 4800-1234", "622848001234"],
    ["账号12345678", null],
  ])("the number “%s” reads %s", (typed, digits) => expect(readAccount(typed)).toBe(digits));
  test("is shown by its last four digits", () => expect(maskAccount("6228480012345678")).toBe("**** 5678"));
});

describe("what is recorded of the legal person", () => {
  test("as it stands on its certificate", () => {
    expect(readEntity(asked, known, TODAY)).toMatchObject({
      ok: true,
      value: {
        account: "6228480012345678",
        remarks: [],
        entity: { holderKind: "committee", creditCode: "52500120MJ0000018P" },
      },
    });
  });
  test("a wrong check digit is remarked and kept", () => {
    const read = readEntity({ ...asked, creditCode: "52500120MJ0000018Q" }, known, TODAY);
    expect(read).toMatchObject({
      ok: true,
      value: { entity: { creditCode: "52500120MJ0000018Q" }, remarks: [{ finding: "check", expected: "P" }] },
    });
  });
  test("a code of another kind of body is remarked", () => {
    expect(codeRemarks("association", "52500120MJ0000018P")).toEqual([
      { finding: "code_of_other_form", says: "private_non_enterprise" },
    ]);
    expect(codeRemarks("association", "91350200MA2YJ1XR9G")).toEqual([
      { finding: "code_of_other_form", says: "market" },
    ]);
    expect(codeRemarks("none", "91350200MA2YJ1XR9G")).toEqual([]);
  });
  test.each([
    [{}, []],
    [{ creditCode: "52500120MJ0000018" }, ["code_form"]],
    [{ creditCode: "52500120MI0000018P" }, ["code_form"]],
    [{ creditCode: " " }, ["field_missing:creditCode"]],
    [{ form: "company" }, ["form_missing"]],
    [{ name: "", supervisingUnit: "" }, ["field_missing:name", "field_missing:supervisingUnit"]],
    [{ name: "字".repeat(81) }, ["field_too_long:name"]],
    [{ registeredOn: "2026-11-03" }, ["day_to_come:registeredOn"]],
    [{ registeredOn: TODAY }, []],
    [{ registeredOn: "2026-02-30" }, ["not_a_day:registeredOn"]],
    [{ representativeTenureId: "somebody" }, ["unknown_representative"]],
    [{ holderName: "陈主任" }, ["account_of_a_person"]],
    [{ holderName: "" }, ["account_without_holder"]],
    [{ holderName: "", bank: "", account: "" }, []],
    [{ account: "" }, ["field_missing:account"]],
    [{ account: "abc" }, ["account_unreadable"]],
    [{ bank: "" }, ["field_missing:bank"]],
    [{ document: "" }, ["field_missing:document"]],
  ] as const)("%o: %o", (more, expected) => expect(faults(more)).toEqual(expected));
  test("a number that is known is kept where none is typed", () => {
    expect(faults({ account: "" }, { ...known, hasAccount: true })).toEqual([]);
  });
  test("without registration only the account is kept", () => {
    const read = readEntity({ ...asked, form: "none", representativeTenureId: "" }, known, TODAY);
    expect(read).toMatchObject({
      ok: true,
      value: { entity: { form: "none", name: "", creditCode: "", registeredOn: null, holderKind: "committee" } },
    });
  });
});

const version = (no: number, more: Partial<Entity> = {}): Entity & { version: number } => ({
  version: no,
  form: "private_non_enterprise",
  name: "服务中心",
  supervisingUnit: "街道",
  registrationAuthority: "民政局",
  creditCode: "52500120MJ0000018P",
  registeredOn: "2024-06-01",
  representativeTenureId: "chair",
  holderKind: "committee",
  holderName: "业委会",
  bank: "农商行",
  changedOn: "2024-06-01",
  document: "证书",
  ...more,
});

describe("what a registered committee has to send", () => {
  const lines = (today: string, versions = [version(1)], sent: Parameters<typeof entityDuties>[1] = []) =>
    entityDuties(versions, sent, today).map(
      ({ kind, subject, dueOn, state }) => `${kind} ${subject} ${dueOn} ${state}`,
    );
  test("nothing before its first year is over", () => {
    expect(lines("2024-12-31")).toEqual([]);
    expect(lines("2025-01-01")).toEqual([
      "yearly_registrar 2024 2025-05-31 open",
      "yearly_supervisor 2024 2025-03-31 open",
    ]);
  });
  test("on 31 March it is still time, on 1 April it is overdue", () => {
    expect(lines("2025-03-31")[1]).toBe("yearly_supervisor 2024 2025-03-31 open");
    expect(lines("2025-04-01")[1]).toBe("yearly_supervisor 2024 2025-03-31 overdue");
    expect(lines("2025-05-31")[0]).toBe("yearly_registrar 2024 2025-05-31 open");
    expect(lines("2025-06-01")[0]).toBe("yearly_registrar 2024 2025-05-31 overdue");
  });
  test("what was sent is sent, and late stays late", () => {
    const sent = [
      { kind: "yearly_supervisor" as const, subject: 2024, sentOn: "2025-03-31" },
      { kind: "yearly_registrar" as const, subject: 2024, sentOn: "2025-06-01" },
    ];
    expect(lines("2025-07-01", [version(1)], sent)).toEqual([
      "yearly_registrar 2024 2025-05-31 sent_late",
      "yearly_supervisor 2024 2025-03-31 sent",
    ]);
  });
  test("three years stand on the page, however old the committee", () => {
    expect(new Set(lines("2034-01-01").map((line) => line.split(" ")[1]))).toEqual(new Set(["2031", "2032", "2033"]));
  });
  test("of a change of what is registered, within thirty days; of another change, nothing", () => {
    const moved = version(2, { supervisingUnit: "社区", changedOn: "2024-11-04" });
    const bank = version(2, { bank: "建设银行", changedOn: "2024-11-04" });
    expect(isRegistrableChange(undefined, version(1))).toBe(false);
    expect(lines("2024-12-04", [version(1), moved])).toEqual(["change 2 2024-12-04 open"]);
    expect(lines("2024-12-05", [version(1), moved])).toEqual(["change 2 2024-12-04 overdue"]);
    expect(lines("2024-12-05", [version(1), bank])).toEqual([]);
  });
  test("nothing where it is not registered, and nothing of years after it was struck off", () => {
    expect(lines("2026-01-01", [version(1, { form: "none", registeredOn: null })])).toEqual([]);
    expect(lines("2026-01-01", [version(1), version(2, { form: "none", registeredOn: null })])).toEqual([]);
  });
  test.each([
    [{ sentOn: "2025-03-30", document: "年检报告" }, "ok"],
    [{ sentOn: "2025-04-02", document: "年检报告" }, "day_to_come"],
    [{ sentOn: "2025-02-30", document: "年检报告" }, "not_a_day"],
    [{ sentOn: "2025-03-30", document: " " }, "document_missing"],
    [{ sentOn: "2025-03-30", document: "x", subject: 2025 }, "nothing_due"],
  ])("recording %o: %s", (more, reason) => {
    const duties = entityDuties([version(1)], [], "2025-04-01");
    const may = mayReport(duties, { kind: "yearly_supervisor", subject: 2024, ...more }, "2025-04-01");
    expect(may.ok ? "ok" : may.error.reason).toBe(reason);
  });
  test("a report is recorded once", () => {
    const duties = entityDuties(
      [version(1)],
      [{ kind: "yearly_supervisor", subject: 2024, sentOn: "2025-02-01" }],
      "2025-04-01",
    );
    expect(
      mayReport(
        duties,
        { kind: "yearly_supervisor", subject: 2024, sentOn: "2025-03-01", document: "x" },
        "2025-04-01",
      ),
    ).toEqual({
      ok: false,
      error: { reason: "reported_already", on: "2025-02-01" },
    });
  });
});

describe("seals", () => {
  const line = (sealId: string, eventNo: number, more: Partial<SealLine> = {}): SealLine => ({
    sealId,
    eventNo,
    kind: "committee",
    event: "made",
    keeperTenureId: "secretary",
    onDay: "2026-10-01",
    ...more,
  });
  const lines = [line("s", 1), line("s", 2, { event: "handed_over", keeperTenureId: "chair", onDay: "2026-10-20" })];
  const ask = (more: object, of: SealLine[] = lines) => {
    const may = mayRecordSeal(
      of,
      {
        sealId: "s",
        kind: "committee",
        event: "handed_over",
        keeperTenureId: "deputy",
        onDay: "2026-11-01",
        document: "移交单",
        ...more,
      },
      ["chair", "deputy", "secretary"],
      TODAY,
    );
    return may.ok ? "ok" : may.error.reason;
  };
  const gone = [...lines, line("s", 3, { event: "invalidated", keeperTenureId: "", onDay: "2026-10-25" })];
  test.each([
    ["to the deputy", {}, lines, "ok"],
    ["to who has it", { keeperTenureId: "chair" }, lines, "same_keeper"],
    ["to nobody in office", { keeperTenureId: "neighbour" }, lines, "unknown_keeper"],
    ["on the day it was handed over last", { onDay: "2026-10-20" }, lines, "ok"],
    ["before that", { onDay: "2026-10-19" }, lines, "before_last_event"],
    ["tomorrow", { onDay: "2026-11-03" }, lines, "day_to_come"],
    ["of a seal that is not there", { sealId: "other" }, lines, "unknown_seal"],
    ["that is invalid", {}, gone, "seal_invalidated"],
    ["without a paper", { document: "" }, lines, "document_missing"],
    ["a second of its kind made", { sealId: null, event: "made" }, lines, "seal_exists"],
    ["one of another kind made", { sealId: null, event: "made", kind: "finance" }, lines, "ok"],
    ["a new one made after the old is invalid", { sealId: null, event: "made" }, gone, "ok"],
    ["declared invalid", { event: "invalidated", keeperTenureId: "" }, lines, "ok"],
  ] as const)("%s", (_, more, of, reason) => expect(ask(more, [...of])).toBe(reason));
  test("are where their last line says", () => {
    expect(sealsNow(lines).map(({ keeperTenureId }) => keeperTenureId)).toEqual(["chair"]);
  });
  test("of who left office are to be handed over", () => {
    const until = (id: string) => (id === "chair" ? 100 : null);
    expect(sealsAdrift(lines, until, 99)).toEqual([]);
    expect(sealsAdrift(lines, until, 100)).toHaveLength(1);
    expect(sealsAdrift(gone, until, 100)).toEqual([]);
  });
});
