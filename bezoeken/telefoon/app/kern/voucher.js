/** The check sign of a swimming voucher: a slip of the thumb is seen at the door, without signal. */

/** @param {string} code as typed; small letters, spaces and hyphens do not matter */
export const voucherKlopt = (code) => code.replace(/[^0-9a-z]/gi, "").length > 0;
