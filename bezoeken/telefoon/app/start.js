/** The beginning: the parts, the first drawing, the service worker. */
import { maakApp } from "./app.js";
import { html, render } from "./scherm/html.js";
import { isKlaar, Wortel } from "./scherm/wortel.js";

const wortel = /** @type {HTMLElement} */ (document.getElementById("app"));
const oefenen = new URLSearchParams(location.search).has("oefenen");
/** @type {import("./app.js").App | undefined} */
let app;
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
