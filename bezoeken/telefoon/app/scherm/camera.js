/** Reading a code with the camera, where the browser can; typing always works. */
import { T } from "../teksten.js";
import { Component, html } from "./html.js";
import { Knop } from "./onderdelen.js";

/** @typedef {{ tekst: string, gevonden: (code: string) => void }} Props */

/** @type {any} */
const Lezer = /** @type {any} */ (globalThis).BarcodeDetector;

/** @extends {Component<Props, { aan: boolean, mis: boolean }>} */
class Scanner extends Component {
  /** @type {{ aan: boolean, mis: boolean }} */
  state = { aan: false, mis: false };
  /** @type {MediaStream | null} */
  beeld = null;

  componentWillUnmount() {
    this.stop();
  }

  stop = () => {
    for (const spoor of this.beeld?.getTracks() ?? []) spoor.stop();
    this.beeld = null;
    this.setState({ aan: false });
  };

  start = async () => {
    try {
      this.beeld = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      this.setState({ aan: true, mis: false });
    } catch {
      this.setState({ mis: true });
    }
  };

  /** @param {HTMLVideoElement | null} video */
  toon = async (video) => {
    if (!video || !this.beeld || video.srcObject === this.beeld) return;
    video.srcObject = this.beeld;
    const lezer = new Lezer({ formats: ["qr_code", "code_128", "ean_13"] });
    await video.play().catch(() => {});
    while (this.beeld && video.isConnected) {
      const codes = await lezer.detect(video).catch(() => []);
      if (codes[0]?.rawValue) {
        this.stop();
        this.props.gevonden(String(codes[0].rawValue));
        return;
      }
      await new Promise((verder) => setTimeout(verder, 200));
    }
  };

  render() {
    if (this.state.aan) {
      return html`<p>${T.inloggen.scanUitleg}</p>
        <video class="camera" ref=${this.toon} muted playsinline></video>
        <${Knop} doe=${this.stop}>${T.inloggen.scanStop}<//>`;
    }
    return html`${this.state.mis && html`<p class="fout" role="alert">${T.inloggen.geenCamera}</p>`}
      <${Knop} doe=${this.start}>${this.props.tekst}<//>`;
  }
}

/** Nothing at all where the browser cannot read codes. @param {Props} p */
export const Scanknop = (p) => (Lezer && navigator.mediaDevices ? html`<${Scanner} ...${p} />` : null);
