// Only an extra: fetches the page again and puts its fresh part in place. Not while somebody is on a link in it.
const deel = document.querySelector("[data-ververs]");

async function ververs() {
  if (document.hidden || deel.contains(document.activeElement)) return;
  try {
    const antwoord = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!antwoord.ok || antwoord.redirected) return;
    const nieuw = new DOMParser().parseFromString(await antwoord.text(), "text/html").getElementById(deel.id);
    if (nieuw) deel.replaceChildren(...nieuw.childNodes);
  } catch {
    // No network: the page keeps saying when it was last brought up to date.
  }
}

if (deel) setInterval(ververs, Number(deel.dataset.ververs) * 1000);
