/** Templates without a build step: htm reads them, Preact draws them. */
import htm from "../vendor/htm.js";
import { h } from "../vendor/preact.js";

export { Component, render } from "../vendor/preact.js";

/** @typedef {import("../vendor/preact.js").VNode<any>} VNode */
/** @typedef {VNode | VNode[] | string | null | false | undefined} Inhoud */

/** @type {(strings: TemplateStringsArray, ...values: any[]) => any} */
export const html = htm.bind(h);
