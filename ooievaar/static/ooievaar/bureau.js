// Only an extra, on top of htmx: where the focus goes when a part of the page was replaced, and what to say when that
// did not work. Without this file, and without htmx, every link and form does the same with a whole page.
let plek = -1;
let kop = "";

// Which card she was at: when it is gone, the one that took its place is where she goes on.
document.addEventListener("htmx:beforeRequest", (gebeurtenis) => {
  weg();
  const kaart = gebeurtenis.detail.elt.closest?.("[data-bezoek]") ?? document.activeElement?.closest?.("[data-bezoek]");
  kop = gebeurtenis.detail.elt.dataset?.focus ?? "";
  plek = kaart ? [...document.querySelectorAll("[data-bezoek]")].indexOf(kaart) : -1;
});

// Sent on to another page than was asked for, such as the one to sign in: the browser goes there itself.
document.addEventListener("htmx:beforeSwap", (gebeurtenis) => {
  const { xhr, pathInfo } = gebeurtenis.detail;
  const gekregen = new URL(xhr.responseURL || location.href);
  if (gekregen.pathname === new URL(pathInfo.requestPath, location.href).pathname) return;
  gebeurtenis.detail.shouldSwap = false;
  location.assign(gekregen);
});

document.addEventListener("htmx:afterSettle", () => {
  const fout = document.querySelector("#bladzijde [role=alert]");
  if (fout) {
    naar(fout);
  } else if (document.activeElement === document.body) {
    const kaarten = [...document.querySelectorAll("[data-bezoek]")];
    const volgende = plek >= 0 ? kaarten[Math.min(plek, kaarten.length - 1)] : null;
    const keuze = volgende?.querySelector("select") ?? volgende?.querySelector("a");
    if (keuze) keuze.focus();
    else naar(document.getElementById(kop) ?? document.querySelector("main h1"));
  }
  plek = -1;
});

// A page that came with faults: read those first.
naar(document.querySelector("#bladzijde [role=alert]"));

for (const soort of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.addEventListener(soort, () => meld("Dit is niet gelukt. Wat u invulde, blijft staan. Probeer het zo nog een keer."));
}

function naar(element) {
  if (!element) return;
  element.tabIndex = -1;
  element.focus();
}

function weg() {
  document.getElementById("geen-verbinding")?.remove();
}

function meld(zin) {
  weg();
  const melding = document.createElement("div");
  melding.id = "geen-verbinding";
  melding.className = "melding melding--error";
  melding.setAttribute("role", "alert");
  const regel = document.createElement("p");
  regel.textContent = zin;
  melding.append(regel);
  document.getElementById("inhoud").prepend(melding);
}
