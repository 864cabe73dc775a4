/**
 * Days and hours in Europe/Amsterdam, whatever zone the phone thinks it is in. A date is "2026-11-24"; a moment is
 * milliseconds or RFC 3339. A date has no zone: it is counted in whole days, so no DST night can shift it.
 */

const ZONE = "Europe/Amsterdam";
const DAG = 86_400_000;

const dagdelen = new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, year: "numeric", month: "2-digit", day: "2-digit" });
const uren = new Intl.DateTimeFormat("nl-NL", { timeZone: ZONE, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const lang = new Intl.DateTimeFormat("nl-NL", { timeZone: "UTC", weekday: "long", day: "numeric", month: "long" });
const kort = new Intl.DateTimeFormat("nl-NL", { timeZone: "UTC", day: "numeric", month: "long" });
const delen = new Intl.DateTimeFormat("en-GB", {
  timeZone: ZONE, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
  second: "2-digit", hourCycle: "h23",
});

/**
 * The parts by name. Never the formatted whole: how a locale puts them together differs from one browser to another
 * (WebKitGTK 2.50 writes en-CA as 11/24/2026).
 * @param {Intl.DateTimeFormat} vorm @param {number | string} moment @returns {Record<string, string>}
 */
const delenVan = (vorm, moment) => Object.fromEntries(vorm.formatToParts(new Date(moment)).map(({ type, value }) => [type, value]));

/** The date in Amsterdam at this moment. @param {number | string} moment */
export function dagVan(moment) {
  const deel = delenVan(dagdelen, moment);
  return `${deel["year"]}-${deel["month"]}-${deel["day"]}`;
}

/** "14:32", in Amsterdam. @param {number | string} moment */
export const uur = (moment) => uren.format(new Date(moment));

/** @param {string} datum */
const nummer = (datum) => Date.parse(`${datum}T00:00:00Z`);

/** Whole days from one date to another; negative when `naar` is earlier. @param {string} van @param {string} naar */
export const dagenTussen = (van, naar) => Math.round((nummer(naar) - nummer(van)) / DAG);

/** @param {string} datum @param {number} dagen */
export const plusDagen = (datum, dagen) => new Date(nummer(datum) + dagen * DAG).toISOString().slice(0, 10);

/** "dinsdag 24 november" @param {string} datum */
export const langeDatum = (datum) => lang.format(new Date(nummer(datum)));

/** "24 november" @param {string} datum */
export const korteDatum = (datum) => kort.format(new Date(nummer(datum)));

/** "vandaag om 14:32", "dinsdag 24 november om 14:32" @param {number | string} moment @param {string} vandaag */
export function momentTekst(moment, vandaag) {
  const dag = dagVan(moment);
  const verschil = dagenTussen(vandaag, dag);
  const woord = verschil === 0 ? "vandaag" : verschil === -1 ? "gisteren" : verschil === 1 ? "morgen" : langeDatum(dag);
  return `${woord} om ${uur(moment)}`;
}

/**
 * The moment of a wall clock in Amsterdam ("2026-11-24", "14:30"), RFC 3339 in UTC. In the hour that comes twice in
 * October the second one is meant (winter time); in the hour that is skipped in March the clock has just moved on.
 * @param {string} datum @param {string} tijd
 * @returns {string} empty when this is no day or time: browsers let her type a year of five or six digits
 */
export function momentVan(datum, tijd) {
  const alsUtc = Date.parse(`${datum}T${tijd}:00Z`);
  if (Number.isNaN(alsUtc)) return "";
  const winter = alsUtc - 3_600_000;
  const gekozen = verschuiving(winter) === 3_600_000 ? winter : alsUtc - 7_200_000;
  return new Date(gekozen).toISOString();
}

/** How far Amsterdam is ahead of UTC at this moment, in milliseconds. @param {number} moment */
function verschuiving(moment) {
  const deel = delenVan(delen, moment);
  const lokaal = Date.parse(`${deel["year"]}-${deel["month"]}-${deel["day"]}T${deel["hour"]}:${deel["minute"]}:${deel["second"]}Z`);
  return lokaal - Math.floor(moment / 1000) * 1000;
}
