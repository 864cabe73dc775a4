// Only an extra on the planbord: dragging a card to a volunteer chooses her and gives the visit. The form does the work.
// It listens at the document, because htmx replaces the board.
function klaarzetten() {
  for (const kaart of document.querySelectorAll("#bord [data-bezoek]")) kaart.draggable = true;
}

function kolom(gebeurtenis) {
  return document.getElementById("bord") && gebeurtenis.target.closest?.("[data-moeder]");
}

document.addEventListener("dragstart", (gebeurtenis) => {
  const kaart = gebeurtenis.target.closest?.("#bord [data-bezoek]");
  if (!kaart) return;
  gebeurtenis.dataTransfer.setData("text/plain", kaart.dataset.bezoek);
  gebeurtenis.dataTransfer.effectAllowed = "move";
});

document.addEventListener("dragover", (gebeurtenis) => {
  const doel = kolom(gebeurtenis);
  if (!doel) return;
  gebeurtenis.preventDefault();
  doel.classList.add("kolom--doel");
});

document.addEventListener("dragleave", (gebeurtenis) => kolom(gebeurtenis)?.classList.remove("kolom--doel"));

document.addEventListener("drop", (gebeurtenis) => {
  const doel = kolom(gebeurtenis);
  if (!doel) return;
  gebeurtenis.preventDefault();
  doel.classList.remove("kolom--doel");
  const bezoek = gebeurtenis.dataTransfer.getData("text/plain");
  const keuze = document.getElementById(`naar-${bezoek}`);
  const knop = document.querySelector(`#bord button[value="${CSS.escape(bezoek)}"]`);
  if (!(keuze instanceof HTMLSelectElement) || !knop) return;
  const { moeder, naam } = doel.dataset;
  // She may not be among the proposals: the rules of the server say whether it can be.
  if (![...keuze.options].some((optie) => optie.value === moeder)) keuze.add(new Option(naam, moeder));
  keuze.value = moeder;
  document.getElementById("bord").requestSubmit(knop);
});

klaarzetten();
document.addEventListener("htmx:afterSettle", klaarzetten);
