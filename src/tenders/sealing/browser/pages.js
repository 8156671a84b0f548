/**
 * What joins seal.js to the pages that need it: making a key, rehearsing, bidding, releasing at the opening, following it live and
 * checking it again. Words, addresses and keys come from the page (`data-sealing`), in its reader's language; nothing else is asked
 * for, and nothing leaves the browser but what `post` sends.
 */
// @ts-nocheck: the types of a page (DOM) are not those of the Worker this is checked with; seal.js beside it is checked.
import * as seal from "./seal.js";

const CHUNK_BYTES = 1048576;
const TRIES = 4;

class Refused extends Error {}

const root = document.querySelector("[data-sealing]");
const data = root ? JSON.parse(root.dataset.sealing) : null;
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** A sentence of the page, its {facts} filled in. */
const say = (name, facts = {}) =>
  Object.entries(facts).reduce(
    (text, [key, value]) => text.replace(`{${key}}`, String(value)),
    data.words[name] || name,
  );
const sayError = (error) =>
  error instanceof Refused
    ? error.message
    : data.words[error.code] || `${data.words.failed} (${error.code || error.name})`;

/** The place under a form where it says what it does; read out by screen readers. */
function teller(form) {
  const line = form.querySelector("[data-status]");
  const bar = form.querySelector("progress");
  return {
    says(text, part) {
      line.textContent = text;
      line.className = "";
      if (bar) bar.hidden = part === undefined;
      if (bar && part !== undefined) bar.value = part;
    },
    fails(error) {
      line.textContent = sayError(error);
      line.className = "error";
      if (bar) bar.hidden = true;
    },
  };
}

/** Sends a form to the Worker; a broken line is tried again, a refusal is thrown with its words. */
async function post(path, fields) {
  for (let tries = 1; ; tries += 1) {
    const body = new FormData();
    body.set("_form", data.token);
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    let response;
    try {
      response = await fetch(path, { method: "POST", body, headers: { accept: "application/json" } });
    } catch {
      if (tries === TRIES) throw new Refused(data.words.offline);
      await wait(1000 * tries);
      continue;
    }
    const answer = await response.json().catch(() => ({}));
    if (!response.ok) throw new Refused(answer.detail || data.words.failed);
    return answer;
  }
}

function save(name, text, link) {
  const href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.href = href;
  link.download = name;
  link.hidden = false;
  link.click();
}

const bytesOf = async (file) => new Uint8Array(await file.arrayBuffer());
const textOf = async (input) => (input.files[0] ? new TextDecoder().decode(await bytesOf(input.files[0])) : null);

/** One submit at a time; the button stands still meanwhile, and the tab asks before it is closed. `act` may say where to go then. */
function onSubmit(form, act) {
  const tell = teller(form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = event.submitter || form.querySelector("button");
    if (button.disabled) return;
    button.disabled = true;
    const leaving = (leave) => leave.preventDefault();
    addEventListener("beforeunload", leaving);
    let next;
    try {
      next = await act(tell);
    } catch (error) {
      tell.fails(error);
    }
    removeEventListener("beforeunload", leaving);
    button.disabled = false;
    if (next) location.assign(next);
  });
  for (const button of form.querySelectorAll("button[data-waits]")) button.disabled = false;
}

// ——— A keyholder ———

function keyForms() {
  const making = root.querySelector("form[data-act=make]");
  if (making)
    onSubmit(making, async (tell) => {
      const { passphrase, again, why } = making.elements;
      if (passphrase.value !== again.value) throw new seal.SealError("passphrase_differs");
      tell.says(say("making"));
      const key = await seal.makeKey();
      const file = await seal.writeKeyFile(key, passphrase.value);
      // Read back before its public half is published: a file that does not open would be found too late.
      await seal.readKeyFile(file, passphrase.value);
      save(`${data.fileName}.jwe`, file, making.querySelector("a[data-file]"));
      const jwk = { ...seal.publicOf(key), kid: key.kid };
      await post(data.at, { jwk: JSON.stringify(jwk), why: why ? why.value : "" });
      passphrase.value = again.value = "";
      tell.says(say("made"));
    });
  const rehearsing = root.querySelector("form[data-act=rehearse]");
  if (rehearsing)
    onSubmit(rehearsing, async (tell) => {
      const key = await openKeyFile(rehearsing, tell);
      const share = await seal.decryptShare(key, data.rehearsal.share, data.rehearsal.ctHash);
      await post(`${data.at}/rehearse`, { share: seal.toBase64url(share) });
      return `${data.at}?done=1`;
    });
  const releasing = root.querySelector("form[data-act=release]");
  if (releasing)
    onSubmit(releasing, async (tell) => {
      const key = await openKeyFile(releasing, tell);
      const sealed = await (await fetch(`${data.at}/sealed.json`, { headers: { accept: "application/json" } })).json();
      const shares = {};
      let unreadable = 0;
      for (const [at, one] of sealed.parts.entries()) {
        tell.says(say("opening", { done: at, all: sealed.parts.length }), at / sealed.parts.length);
        try {
          shares[one.name] = seal.toBase64url(await seal.decryptShare(key, one.share, one.ctHash));
        } catch (error) {
          // The whole file is wrong, not this one bid.
          if (error.code === "share_for_another_key") throw error;
          shares[one.name] = null;
          unreadable += 1;
        }
      }
      await post(`${data.at}/shares`, { shares: JSON.stringify(shares) });
      tell.says(say("released", { parts: sealed.parts.length, unreadable }));
      return `${data.at}?done=1`;
    });
}

async function openKeyFile(form, tell) {
  const text = await textOf(form.elements.file);
  if (text === null) throw new seal.SealError("file_missing");
  tell.says(say("unlocking"));
  return seal.readKeyFile(text, form.elements.passphrase.value);
}

// ——— A bidder ———

function readPrices(form, lot) {
  const prices = {};
  let first = null;
  for (const line of lot.prices) {
    const input = form.elements[`price.${line.key}`];
    const told = form.querySelector(`[data-error="price.${line.key}"]`);
    told.textContent = "";
    input.removeAttribute("aria-invalid");
    try {
      prices[line.key] = seal.fenOf(input.value);
      if (line.ceilingFen !== null && prices[line.key] > line.ceilingFen)
        throw new seal.SealError("price_above_ceiling");
    } catch (error) {
      told.textContent = sayError(error);
      input.setAttribute("aria-invalid", "true");
      first = first || input;
    }
  }
  if (first) {
    first.focus();
    throw new seal.SealError("prices_wrong");
  }
  return prices;
}

async function readDocuments(input) {
  const file = input.files[0];
  if (!file) throw new seal.SealError("document_missing");
  if (file.size > seal.LARGEST_DOCUMENT_BYTES) throw new seal.SealError("document_large");
  const bytes = await bytesOf(file);
  if (!seal.isPdf(bytes)) throw new seal.SealError("document_not_pdf");
  return bytes;
}

async function upload(ct, ctHash, tell) {
  for (let at = 0; at < ct.length; at += CHUNK_BYTES) {
    tell.says(say("uploading", { part: Math.floor((at / ct.length) * 100) }), 0.3 + (0.7 * at) / ct.length);
    const piece = new Blob([ct.subarray(at, at + CHUNK_BYTES)]);
    await post(`${data.at}/pieces`, { ct: ctHash, no: String(at / CHUNK_BYTES), piece });
  }
}

async function bid(form, lot, tell) {
  const prices = readPrices(form, lot);
  tell.says(say("reading"), 0.05);
  const file = await readDocuments(form.elements.documents);
  tell.says(say("sealing"), 0.1);
  const bound = {
    tender: data.tender,
    bidder: data.bidder,
    lot: lot.lotNo,
    closes: data.closes,
    edition: data.edition,
  };
  const sealing = (bytes, part) => seal.sealPart({ file: bytes, for: { ...bound, part }, keyholders: data.keyholders });
  const price = await sealing(seal.writePriceSheet(prices), "price");
  const documents = await sealing(file, "documents");
  await upload(documents.ct, documents.sealed.ctHash, tell);
  const delivery = {
    lot: lot.lotNo,
    price: price.sealed,
    priceCt: seal.toBase64url(price.ct),
    documents: documents.sealed,
  };
  const answer = await post(data.at, { delivery: JSON.stringify(delivery) });
  const secretText = ({ key, nonce }) => seal.toBase64url(seal.join(key, nonce));
  const keyFile = {
    kind: "commonhold-bid-key",
    tender: data.tender,
    lot: lot.lotNo,
    bid: answer.bidNo,
    receipt: answer.receipt,
    price: secretText(price.secret),
    documents: secretText(documents.secret),
  };
  tell.says(say("delivered", { bid: answer.bidNo }), 1);
  const receipt = form.querySelector("a[data-receipt]");
  receipt.href = answer.receiptHref;
  receipt.hidden = false;
  save(
    `${data.fileName}-${lot.lotNo}-${answer.bidNo}.json`,
    JSON.stringify(keyFile, null, 1),
    form.querySelector("a[data-file]"),
  );
}

function bidForms() {
  for (const lot of data.lots) {
    const form = root.querySelector(`form[data-lot="${lot.lotNo}"]`);
    if (form) onSubmit(form, (tell) => bid(form, lot, tell));
  }
}

// ——— The opening, live and checked again ———

async function follow() {
  const place = document.querySelector("[data-live]");
  while (place && place.dataset.live === "yes") {
    await wait(5000);
    if (document.hidden) continue;
    const text = await fetch(location.href).then(
      (response) => (response.ok ? response.text() : null),
      () => null,
    );
    const fresh = text && new DOMParser().parseFromString(text, "text/html").querySelector("[data-live]");
    if (!fresh || fresh.innerHTML === place.innerHTML) continue;
    place.innerHTML = fresh.innerHTML;
    place.dataset.live = fresh.dataset.live;
  }
}

function checkForm() {
  const form = root.querySelector("form[data-act=check]");
  if (!form) return;
  onSubmit(form, async (tell) => {
    const { bids } = await (await fetch(data.bids)).json();
    let [good, wrong, sealed] = [0, 0, 0];
    for (const one of bids) {
      if (one.secret === "") {
        sealed += 1;
        continue;
      }
      const secret = seal.secretOf(seal.fromBase64url(one.secret));
      const sheet = await seal.openPart(one.price, seal.fromBase64url(one.ct), secret).catch(() => null);
      const prices = sheet ? seal.readPriceSheet(sheet) : null;
      const same = prices && (one.unread || seal.canonical(prices) === seal.canonical(one.prices));
      if (same) good += 1;
      else wrong += 1;
    }
    tell.says(say("checked", { good, wrong, sealed }));
  });
}

if (root && globalThis.isSecureContext) {
  for (const note of root.querySelectorAll("[data-until-ready]")) note.hidden = true;
  if (data.page === "keys") keyForms();
  if (data.page === "bid") bidForms();
  if (data.page === "opening") checkForm();
}
follow();
