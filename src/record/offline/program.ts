/**
 * The program inside the offline verifier, as the text that is saved to disk. Written apart from the server's own checks
 * on purpose: it shares no code with them, so a mistake in one shows in the other. Plain script for any browser since
 * 2020; it uses WebCrypto for SHA-256 and Ed25519 and reaches no network. Neither backticks nor `${` occur in it.
 */
export const PROGRAM = String.raw`
"use strict";

// ── Bytes ──────────────────────────────────────────────────────────────────
function utf8(text) { return new TextEncoder().encode(text); }
function toHex(bytes) {
  return Array.from(bytes, function (b) { return b.toString(16).padStart(2, "0"); }).join("");
}
function fromHex(text) {
  if (!/^([0-9a-f]{2})*$/.test(text)) return null;
  return Uint8Array.from(text.match(/../g) || [], function (pair) { return parseInt(pair, 16); });
}
function toBase64(bytes) {
  return btoa(Array.from(bytes, function (b) { return String.fromCharCode(b); }).join(""));
}
function fromBase64(text) {
  try {
    var bytes = Uint8Array.from(atob(text), function (c) { return c.charCodeAt(0); });
    return toBase64(bytes) === text ? bytes : null; // one spelling only
  } catch (e) { return null; }
}
function join() {
  var parts = Array.from(arguments);
  var out = new Uint8Array(parts.reduce(function (n, p) { return n + p.length; }, 0));
  var at = 0;
  parts.forEach(function (p) { out.set(p, at); at += p.length; });
  return out;
}
function same(a, b) { return a.length === b.length && toHex(a) === toHex(b); }
async function sha256(bytes) { return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)); }
function wholeNumber(text) {
  if (!/^(0|[1-9][0-9]{0,15})$/.test(text || "")) return null;
  var n = Number(text);
  return Number.isSafeInteger(n) ? n : null;
}

// ── Canonical JSON (RFC 8785), integers only ───────────────────────────────
function canonical(value) {
  if (value === null || value === true || value === false) return String(value);
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value)) throw new Error("not an integer");
    return String(value);
  }
  if (typeof value === "string") return JSON.stringify(value);
  if (Array.isArray(value)) return "[" + value.map(canonical).join(",") + "]";
  return "{" + Object.keys(value).sort().map(function (key) {
    return JSON.stringify(key) + ":" + canonical(value[key]);
  }).join(",") + "}";
}

// ── Keys and signed notes (C2SP signed-note) ───────────────────────────────
async function readKey(vkey) {
  var match = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+\/]+=*)$/.exec((vkey || "").trim());
  var material = match && fromBase64(match[3]);
  if (!material || material.length !== 33) return null;
  var id = (await sha256(join(utf8(match[1] + "\n"), material))).slice(0, 4);
  if (toHex(id) !== match[2]) return null;
  return { name: match[1], id: match[2], type: material[0], bytes: material.slice(1), vkey: match[0] };
}

// true, false, or null when this browser knows no Ed25519.
async function signedBy(key, message, signature) {
  var imported;
  try { imported = await crypto.subtle.importKey("raw", key.bytes, { name: "Ed25519" }, false, ["verify"]); }
  catch (e) { return e && e.name === "NotSupportedError" ? null : e && e.name === "DataError" ? false : null; }
  return crypto.subtle.verify({ name: "Ed25519" }, imported, signature, message);
}

function readNote(text) {
  var split = text.lastIndexOf("\n\n");
  if (split < 0 || text.slice(-1) !== "\n") return null;
  var lines = text.slice(split + 2, -1).split("\n").map(function (line) {
    var match = /^\u2014 (\S+) (\S+)$/.exec(line);
    var bytes = match && fromBase64(match[2]);
    return bytes && bytes.length > 4 ? { name: match[1], id: toHex(bytes.slice(0, 4)), signature: bytes.slice(4) } : null;
  });
  return lines.indexOf(null) >= 0 ? null : { text: text.slice(0, split + 1), lines: lines };
}

async function noteSignedBy(note, key) {
  var lines = note.lines.filter(function (line) { return line.name === key.name && line.id === key.id; });
  if (lines.length === 0) return false;
  for (var i = 0; i < lines.length; i++) {
    var good = await signedBy(key, utf8(note.text), lines[i].signature);
    if (good !== true) return good;
  }
  return true;
}

// ── The Merkle tree (RFC 9162) ─────────────────────────────────────────────
function leafHash(entry) { return sha256(join(Uint8Array.of(0), utf8(entry))); }
function nodeHash(left, right) { return sha256(join(Uint8Array.of(1), left, right)); }

// Walks down from the whole tree to the leaf, as the definition splits it, and uses the proof from its end.
async function rootFrom(index, size, leaf, proof) {
  if (size === 1) return proof.length === 0 ? leaf : null;
  if (proof.length === 0) return null;
  var half = 1;
  while (half * 2 < size) half *= 2;
  var sibling = proof[proof.length - 1];
  var rest = proof.slice(0, -1);
  var inner = index < half ? await rootFrom(index, half, leaf, rest) : await rootFrom(index - half, size - half, leaf, rest);
  if (!inner) return null;
  return index < half ? nodeHash(inner, sibling) : nodeHash(sibling, inner);
}

// ── Reading what was saved ─────────────────────────────────────────────────
function readProof(text) {
  var split = text.indexOf("\n\n");
  if (split < 0) return null;
  var lines = text.slice(0, split).split("\n");
  if (lines.shift() !== "c2sp.org/tlog-proof@v1") return null;
  var extra = null;
  if (lines[0] && lines[0].slice(0, 6) === "extra ") { extra = fromBase64(lines.shift().slice(6)); if (!extra) return null; }
  var first = lines.shift() || "";
  var index = first.slice(0, 6) === "index " ? wholeNumber(first.slice(6)) : null;
  var hashes = lines.map(fromBase64);
  if (index === null || hashes.some(function (h) { return !h || h.length !== 32; })) return null;
  return { extra: extra, index: index, hashes: hashes, checkpoint: text.slice(split + 2) };
}

function readReceipt(text) {
  var plain = text.replace(/^\uFEFF/, "").replace(/\r\n/g, "\n").trim();
  if (plain.slice(0, 20) === "c2sp.org/tlog-proof@") {
    var file = readProof(plain + "\n");
    if (!file || !file.extra) return null;
    var entry = new TextDecoder().decode(file.extra);
    if (!same(utf8(entry), file.extra)) return null;
    return { log: null, entry: entry, seq: file.index, promise: null, proof: plain + "\n", openings: [] };
  }
  try {
    var read = JSON.parse(plain);
    if (read.format !== "commonhold-receipt/v1" || typeof read.entry !== "string" || !Number.isSafeInteger(read.seq)) return null;
    return { log: read.log, entry: read.entry, seq: read.seq, promise: read.promise, proof: read.proof, openings: read.openings || [] };
  } catch (e) { return null; }
}

function valueAt(value, pointer) {
  return pointer.split("/").slice(1).reduce(function (here, part) {
    var name = part.replace(/~1/g, "/").replace(/~0/g, "~");
    return here !== null && typeof here === "object" && Object.prototype.hasOwnProperty.call(here, name) ? here[name] : undefined;
  }, value);
}

// ── The check itself ───────────────────────────────────────────────────────
// Gives { verdict, steps: [{ name, outcome }], cosigned, seq, hash }; outcome is passed, failed, skipped or unable.
async function check(text, vkey, witnessKeys) {
  var steps = [];
  function step(name, outcome) { steps.push({ name: name, outcome: outcome }); }
  function signature(name, good) { step(name, good === null ? "unable" : good ? "passed" : "failed"); return good; }
  var key = await readKey(vkey);
  if (!key || key.type !== 1) return { verdict: "bad_key", steps: [] };
  var receipt = readReceipt(text);
  if (!receipt) return { verdict: "unreadable", steps: [] };

  step("key", receipt.log === null ? "skipped" : receipt.log === key.vkey ? "passed" : "failed");

  var entry = null;
  try { entry = JSON.parse(receipt.entry); if (canonical(entry) !== receipt.entry || entry.v !== 1) entry = null; } catch (e) { entry = null; }
  step("entry", entry ? "passed" : "failed");
  var leaf = await leafHash(receipt.entry);

  if (receipt.promise) {
    var promise = readNote(receipt.promise);
    var says = key.name + "/promise\nleaf " + toBase64(leaf) + "\nindex " + receipt.seq + "\n";
    if (!promise || promise.text !== says) step("promise", "failed");
    else signature("promise", await noteSignedBy(promise, key));
  } else step("promise", "skipped");

  var cosigned = [];
  if (receipt.proof) {
    var proof = readProof(receipt.proof);
    var note = proof && readNote(proof.checkpoint);
    var lines = note ? note.text.split("\n") : [];
    var size = wholeNumber(lines[1]);
    var root = fromBase64(lines[2] || "");
    if (!note || lines.length !== 4 || lines[0] !== key.name || size === null || !root || root.length !== 32) {
      step("checkpoint", "failed");
      step("inclusion", "skipped");
    } else {
      signature("checkpoint", await noteSignedBy(note, key));
      var fits = proof.index === receipt.seq && proof.index < size;
      var computed = fits ? await rootFrom(proof.index, size, leaf, proof.hashes) : null;
      step("inclusion", computed && same(computed, root) ? "passed" : "failed");
      for (var i = 0; i < witnessKeys.length; i++) {
        var witness = await readKey(witnessKeys[i].vkey);
        for (var j = 0; witness && witness.type === 4 && j < note.lines.length; j++) {
          var line = note.lines[j];
          if (line.name !== witness.name || line.id !== witness.id || line.signature.length !== 72) continue;
          var view = new DataView(line.signature.buffer, line.signature.byteOffset, 8);
          var time = view.getUint32(0) * 4294967296 + view.getUint32(4);
          var message = utf8("cosignature/v1\ntime " + time + "\n" + note.text);
          if (await signedBy(witness, message, line.signature.slice(8)) === true)
            cosigned.push({ label: witnessKeys[i].label, time: time });
        }
      }
    }
  } else { step("checkpoint", "skipped"); step("inclusion", "skipped"); }

  if (receipt.openings.length > 0) {
    var holds = true;
    for (var k = 0; k < receipt.openings.length; k++) {
      var opening = receipt.openings[k];
      var salt = fromHex(opening.salt);
      var sealed = entry ? valueAt(entry, opening.pointer) : undefined;
      if (!salt || salt.length !== 16 || toHex(await sha256(join(salt, utf8(canonical(opening.value))))) !== sealed) holds = false;
    }
    step("openings", holds ? "passed" : "failed");
  } else step("openings", "skipped");

  function outcome(name) { return steps.filter(function (s) { return s.name === name; })[0].outcome; }
  var verdict = steps.some(function (s) { return s.outcome === "failed"; }) ? "failed"
    : outcome("inclusion") === "passed" ? (outcome("checkpoint") === "passed" ? "proved" : "unable")
    : outcome("promise") === "passed" ? "promised"
    : outcome("promise") === "unable" ? "unable" : "failed";
  return { verdict: verdict, steps: steps, cosigned: cosigned, seq: receipt.seq, hash: toHex(leaf), entry: receipt.entry,
    kept: receipt.openings.map(function (opening) { return canonical(opening.value); }) };
}
`;

/** What joins the program to its page. */
export const PAGE_SCRIPT = `
(function () {
  var WORDS = JSON.parse(document.getElementById("words").textContent);
  var DATA = JSON.parse(document.getElementById("data").textContent);
  var box = document.getElementById("receipt"), file = document.getElementById("file");
  var key = document.getElementById("vkey"), out = document.getElementById("result");
  key.value = DATA.vkey;
  function add(parent, tag, text) {
    var element = document.createElement(tag);
    if (text !== undefined) element.textContent = text;
    parent.appendChild(element);
    return element;
  }
  file.addEventListener("change", function () {
    if (!file.files[0]) return;
    file.files[0].text().then(function (text) { box.value = text; });
  });
  document.getElementById("check").addEventListener("click", async function () {
    out.textContent = "";
    var result;
    try { result = await check(box.value, key.value, DATA.witnesses); }
    catch (e) { result = { verdict: "unreadable", steps: [] }; }
    add(out, "h2", WORDS.verdicts[result.verdict]).className = result.verdict === "proved" ? "good" : result.verdict === "failed" ? "bad" : "";
    var list = add(out, "ol");
    result.steps.forEach(function (step) {
      var item = add(list, "li");
      add(item, "b", WORDS.outcomes[step.outcome]);
      item.appendChild(document.createTextNode(" " + WORDS.steps[step.name]));
    });
    (result.cosigned || []).forEach(function (one) {
      add(out, "p", WORDS.witness + one.label + " " + new Date(one.time * 1000).toLocaleString("zh-CN", { timeZone: "Asia/Shanghai" }));
    });
    (result.kept || []).forEach(function (value) { add(out, "p", WORDS.kept + value); });
    if (result.hash) { add(out, "p", WORDS.number + result.seq); add(out, "pre", result.entry); }
    out.focus();
  });
})();
`;
