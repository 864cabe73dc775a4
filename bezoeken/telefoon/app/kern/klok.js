/**
 * The time, corrected by what the server's clock said at the last contact. Phones run a day off more often than one
 * thinks, and a visit logged on a day that has not come is refused.
 */

/** Below this a difference is travel time and rounding; the server allows as much. */
export const RUIMTE = 2 * 60_000;

/** @typedef {ReturnType<typeof maakKlok>} Klok */

/** @param {() => number} [telefoon] the phone's own clock, milliseconds */
export function maakKlok(telefoon = Date.now) {
  let verschil = 0;
  return {
    /** Milliseconds, as the server would say. */
    nu: () => telefoon() + (Math.abs(verschil) > RUIMTE ? verschil : 0),
    /** The server's clock said `moment` just now; returns the difference. @param {number} moment */
    hoorde(moment) {
      verschil = moment - telefoon();
      return verschil;
    },
    /** What was heard when the app was open before. @param {number | undefined} eerder */
    herinner(eerder) {
      verschil = eerder ?? 0;
    },
    /** Whether she should set her clock right. */
    wijktAf: () => Math.abs(verschil) > RUIMTE,
  };
}
