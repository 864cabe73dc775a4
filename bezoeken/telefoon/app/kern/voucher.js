/**
 * The check character of a swimming voucher: a slip of the thumb is seen at the door, without signal. The rule is that
 * of voorraad/vouchercode.py (ISO/IEC 7064, MOD 37,36); tests give both the same codes. Whether a code was ever handed
 * out, only the server knows.
 */

const ALFABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const KORTSTE = 5;
const LANGSTE = 30;
const M = 36;

/** @param {string} code as typed; small letters, spaces and hyphens do not matter */
export const kaleCode = (code) => code.toUpperCase().replace(/[^0-9A-Z]/g, "");

/** @param {string} code as typed */
export function voucherKlopt(code) {
  const kaal = kaleCode(code);
  if (kaal.length < KORTSTE || kaal.length > LANGSTE) return false;
  let product = M;
  for (const teken of kaal.slice(0, -1)) product = (2 * ((product + ALFABET.indexOf(teken)) % M || M)) % (M + 1);
  return (product + ALFABET.indexOf(kaal.slice(-1))) % M === 1;
}
