/** The beginning: the parts, the first drawing, the service worker. */
import { maakApp } from "./app.js";
import { html, render } from "./scherm/html.js";
import { Wortel } from "./scherm/wortel.js";

const wortel = /** @type {HTMLElement} */ (document.getElementById("app"));
const oefenen = new URLSearchParams(location.search).has("oefenen");
/** @type {import("./app.js").App | undefined} */
let app;
let gepland = false;

/** Draw once per frame, however much changed. */
function teken() {
  if (gepland || !app) return;
  gepland = true;
  queueMicrotask(() => {
    gepland = false;
    if (!app) return;
    document.documentElement.dataset["letters"] = app.inhoud.instellingen["letters"] ?? "gewoon";
    render(html`<${Wortel} app=${app} pad=${location.hash} />`, wortel);
    wortel.dataset["klaar"] = "";
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

if ("serviceWorker" in navigator) {
  const eerste = !navigator.serviceWorker.controller;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (!eerste) location.reload();
  });
  navigator.serviceWorker.register("/sw.js").then(letOpNieuweVersie).catch(() => {});
}
