// Only an extra: without a network a form is not sent into nothing. It stays, with everything that was filled in.
// Before anybody else hears of it (capture): htmx would try to send it.
document.addEventListener("submit", (gebeurtenis) => {
  const oud = document.getElementById("geen-verbinding");
  if (oud) oud.remove();
  if (navigator.onLine) return;
  gebeurtenis.preventDefault();
  gebeurtenis.stopImmediatePropagation();
  const melding = document.createElement("div");
  melding.id = "geen-verbinding";
  melding.className = "melding melding--error";
  melding.setAttribute("role", "alert");
  const zin = document.createElement("p");
  zin.textContent = "U heeft geen internet. Wat u invulde, blijft staan. Probeer het zo nog een keer.";
  melding.append(zin);
  document.getElementById("inhoud").prepend(melding);
  melding.scrollIntoView({ block: "nearest" });
}, true);
