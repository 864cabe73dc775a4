// Only an extra on the planbord: dragging a card to a volunteer chooses her and gives the visit. The form does the work.
const bord = document.getElementById("bord");

for (const kaart of bord ? bord.querySelectorAll("[data-bezoek]") : []) {
  kaart.draggable = true;
  kaart.addEventListener("dragstart", (gebeurtenis) => {
    gebeurtenis.dataTransfer.setData("text/plain", kaart.dataset.bezoek);
    gebeurtenis.dataTransfer.effectAllowed = "move";
  });
}

for (const kolom of bord ? document.querySelectorAll("[data-moeder]") : []) {
  kolom.addEventListener("dragover", (gebeurtenis) => {
    gebeurtenis.preventDefault();
    kolom.classList.add("kolom--doel");
  });
  kolom.addEventListener("dragleave", () => kolom.classList.remove("kolom--doel"));
  kolom.addEventListener("drop", (gebeurtenis) => {
    gebeurtenis.preventDefault();
    kolom.classList.remove("kolom--doel");
    const bezoek = gebeurtenis.dataTransfer.getData("text/plain");
    const keuze = document.getElementById(`naar-${bezoek}`);
    const knop = bord.querySelector(`button[value="${CSS.escape(bezoek)}"]`);
    if (!(keuze instanceof HTMLSelectElement) || !knop) return;
    const { moeder, naam } = kolom.dataset;
    // She may not be among the proposals: the rules of the server say whether it can be.
    if (![...keuze.options].some((optie) => optie.value === moeder)) keuze.add(new Option(naam, moeder));
    keuze.value = moeder;
    bord.requestSubmit(knop);
  });
}
