// The four windows in which what a person is told must be in view: a desk's, a projector's, a tablet's and a phone's.

import { WIDTHS } from "./browser.mjs";

export const SIZES = { ...WIDTHS, projector: { width: 1280, height: 720 } };
