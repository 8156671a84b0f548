/** Which key the log is held to, whether it signed the checkpoint, and which witnesses did. */
import { textOf } from "./bytes.mjs";
import { cosignedAt, isSignedBy, LOG_KEY, parseCheckpoint, parseVkey, WITNESS_KEY } from "./note.mjs";
import { CannotCheck } from "./source.mjs";

/** @typedef {import("./source.mjs").Source} Source */
/** @typedef {import("./report.mjs").Check} Check */
/** @typedef {import("./note.mjs").Checkpoint} Checkpoint */
/** @typedef {import("./note.mjs").Vkey} Vkey */

/** @param {Source} source @param {string} name */
async function readText(source, name) {
  const path = `/c/${source.slug}/log/${name}`;
  const bytes = await source.read(path);
  if (!bytes) throw new CannotCheck(`没有 ${path}：小区不存在，或记录还没有条目`, `there is no ${path}`);
  return textOf(bytes);
}

/**
 * The key to hold the log to: the one given, else the one remembered, else, on a first visit, the one the log shows of itself.
 * Null where they contradict each other; told in `check`.
 * @param {Source} source @param {Check} check @param {string | undefined} given @param {Vkey | null} remembered
 * @returns {Promise<Vkey | null>}
 */
export async function chooseKey(source, check, given, remembered) {
  const own = given === undefined ? null : parseVkey(given);
  if (given !== undefined && own?.type !== LOG_KEY)
    throw new CannotCheck("--key 不是一个公钥", "--key is no key of a log");
  const shown = parseVkey(await readText(source, "vkey"));
  const held = own ?? remembered ?? shown;
  if (!held) throw new CannotCheck("记录没有给出可读的公钥", "the log shows no readable key");
  if (own && remembered)
    check.expect(
      own.text === remembered.text,
      "--key",
      "给出的公钥与上次记住的不同。",
      "The key given is not the one remembered.",
    );
  const isSame = check.expect(
    shown?.text === held.text,
    "/log/vkey",
    `公钥换了！应当是 ${held.text}，现在是 ${shown?.text ?? "？"}。在弄清原因以前，不要相信这份记录。`,
    `The key was changed! It should be ${held.text}, it is ${shown?.text ?? "?"}. Do not believe this log before you know why.`,
  );
  if (isSame && !own && !remembered)
    check.cannot(
      "第一次看，公钥是网站自己给的。请向业委会、街道或邻居另外问一份来比：下次用 --key 或 --state。",
      "A first visit: the key is what the site itself shows. Compare it with one had from the committee, the street or a neighbour; next time use --key or --state.",
    );
  return check.wrong === 0 ? held : null;
}

/**
 * The checkpoint that the key signed; null, told in `check`, where it did not.
 * @param {Source} source @param {Check} check @param {Vkey} key @returns {Promise<Checkpoint | null>}
 */
export async function readCheckpoint(source, check, key) {
  const checkpoint = parseCheckpoint(await readText(source, "checkpoint"));
  const isWell = check.expect(
    checkpoint !== null && checkpoint.origin === key.name && isSignedBy(checkpoint.note, key),
    "/log/checkpoint",
    "检查点的格式、名称或签名不对。",
    "The checkpoint's form, name or signature is wrong.",
  );
  return isWell ? checkpoint : null;
}

/**
 * Which witnesses signed. Those the record itself names and those given count; other lines are nobody's.
 * @param {Checkpoint} checkpoint @param {Check} check @param {readonly string[]} known
 */
export function checkWitnesses({ note }, check, known) {
  const witnesses = [...new Set(known)].map(parseVkey).filter((key) => key?.type === WITNESS_KEY);
  let signed = 0;
  for (const witness of witnesses) {
    if (!witness) continue;
    const at = cosignedAt(note, witness);
    if (at === null) continue;
    const where = `${witness.name}`;
    if (
      check.expect(
        at !== "bad",
        where,
        "以这位见证人的名义的签名不对。",
        "A signature in this witness's name is wrong.",
      )
    )
      signed += 1;
  }
  if (signed === 0)
    check.cannot(
      "这个检查点没有见证人的签名：只能知道您自己两次看到的是不是同一份记录。",
      "No witness signed this checkpoint: you only know whether you yourself are shown one log.",
    );
}
