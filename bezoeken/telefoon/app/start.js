/** The beginning: the parts, the first drawing, the service worker. */
import { maakApp } from "./app.js";
import { html, render } from "./scherm/html.js";
import { isKlaar, Wortel } from "./scherm/wortel.js";

const wortel = /** @type {HTMLElement} */ (document.getElementById("app"));
const oefenen = new URLSearchParams(location.search).has("oefenen");
/** @type {import("./app.js").App | undefined} */
let app;
/** In letters: on less than this, nothing sticks to the edges. */
const MINST_BREED = 14;
const MINST_HOOG = 30;
/** A second tap on one spot within so many milliseconds was meant for the button that stood there before. */
const DUBBELTIK = 400;
const ZELFDE_PLEK = 24;
let tik = { op: -DUBBELTIK, x: 0, y: 0 };
let gepland = false;
/** @type {import("./scherm/wortel.js").Schermen | null} */
let schermen = null;
let mislukt = false;

/** Draw once per frame, however much changed. */
function teken() {
  if (gepland || !app) return;
  gepland = true;
  queueMicrotask(() => {
    gepland = false;
    if (!app) return;
    document.documentElement.dataset["letters"] = app.inhoud.instellingen["letters"] ?? "gewoon";
    const props = { app, pad: location.hash, schermen, mislukt };
    render(html`<${Wortel} ...${props} />`, wortel);
    if (isKlaar(props)) wortel.dataset["klaar"] = "";
  });
}

/** Letters and screen differ per phone and per person; this is how many letters fit in width and height. */
function meetRuimte() {
  const letter = parseFloat(getComputedStyle(document.documentElement).fontSize);
  document.documentElement.classList.toggle("krap", innerWidth < MINST_BREED * letter || innerHeight < MINST_HOOG * letter);
}

/** A new version waits until she taps; her form stays as it is. @param {ServiceWorkerRegistration} registratie */
function letOpNieuweVersie(registratie) {
  const bied = () => {
    const wachtend = registratie.waiting;
    if (!wachtend || !navigator.serviceWorker.controller || !app) return;
    app.scherm.nieuweVersie = () => wachtend.postMessage("neemOver");
    teken();
  };
  registratie.addEventListener("updatefound", () => {
    registratie.installing?.addEventListener("statechange", bied);
  });
  bied();
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") void registratie.update().catch(() => {});
  });
}

/**
 * After a tap another button may stand on the same spot: "Ik ga naar binnen" becomes "Ik ben veilig buiten". A hasty
 * second tap must not press that one. Keys have no spot, and what she fills in between is no haste.
 * @param {MouseEvent} e
 */
function houdDubbeltikTegen(e) {
  if (e.detail === 0 || !(e.target instanceof Element)) return;
  const { timeStamp: op, clientX: x, clientY: y } = e;
  if (e.target.closest("a, button") && op - tik.op < DUBBELTIK && Math.hypot(x - tik.x, y - tik.y) < ZELFDE_PLEK) {
    e.preventDefault();
    e.stopPropagation();
  } else tik = { op, x, y };
}

addEventListener("click", houdDubbeltikTegen, true);
addEventListener("input", () => (tik.op = -DUBBELTIK), true);
new ResizeObserver(meetRuimte).observe(wortel);
addEventListener("resize", meetRuimte);
app = await maakApp({ oefenen, teken });
addEventListener("hashchange", teken);
await app.start();

// The other screens: a service worker will have them, but the first time they come over the network.
try {
  schermen = await import("./scherm/schermen.js");
} catch {
  mislukt = true;
}
teken();

if ("serviceWorker" in navigator) {
  const eerste = !navigator.serviceWorker.controller;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (!eerste) location.reload();
  });
  navigator.serviceWorker.register("/sw.js").then(letOpNieuweVersie).catch(() => {});
}
