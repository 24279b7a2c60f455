// What the browser prints, read back as text.

// pdf.js takes these from a browser, to draw; nothing is drawn here.
for (const name of ["DOMMatrix", "ImageData", "Path2D"]) globalThis[name] ??= class {};
const { getDocument } = await import("pdfjs-dist/legacy/build/pdf.mjs");

/** The pages of what `page` prints on A4, each as text in one line. */
export async function printed(page) {
  const file = await getDocument({ data: new Uint8Array(await page.pdf({ format: "A4" })), verbosity: 0 }).promise;
  const pages = [];
  for (let number = 1; number <= file.numPages; number += 1) {
    const { items } = await (await file.getPage(number)).getTextContent();
    pages.push(items.map((item) => item.str + (item.hasEOL ? " " : "")).join("").replace(/\s+/g, " "));
  }
  await file.destroy();
  return pages;
}
