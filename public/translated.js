// Keeps the page working under a browser's translation. Chrome's puts <font> elements with a text of
// their own in the place of text nodes, while Leptos goes on writing to the nodes it made: the old
// words would stay. So a node that was replaced goes back, empty, behind its replacement. When the
// page writes to it, the replacement goes and the new words show (and are translated in turn); when
// the page takes it away, so does the replacement.
(() => {
  const isFont = (node) => node instanceof HTMLElement && node.localName === "font";
  // By text node: the <font> that stands for it, and what it said. By <font>: its text node.
  const texts = new Map();
  const fonts = new WeakMap();

  function replace(text, font) {
    // Some wrap the very node: what they wrapped becomes a copy.
    if (font.contains(text)) text.replaceWith(text.cloneNode());
    texts.set(text, { font, said: text.data });
    fonts.set(font, text);
    text.data = "";
    font.after(text);
  }

  // Ends the replacement; `say` gives the node its words back.
  function end(text, say) {
    const { font, said } = texts.get(text);
    texts.delete(text);
    fonts.delete(font);
    font.remove();
    if (say && !text.data) text.data = said;
  }

  function removed(node, { target, addedNodes, previousSibling, nextSibling }) {
    if (texts.has(node)) {
      // Taken away by the page, or moved: by the page, or by a translation that is taken back.
      if (node.previousSibling !== texts.get(node).font) end(node, node.isConnected);
    } else if (node.nodeType === Node.TEXT_NODE && node.data.trim() && node.parentNode !== target) {
      const free = (near) => near && isFont(near) && near.parentNode === target && !fonts.has(near);
      const font = [...addedNodes, previousSibling, nextSibling].find(free);
      if (font) replace(node, font);
    } else if (fonts.has(node) && !node.isConnected) {
      end(fonts.get(node), true);
    }
  }

  const observer = new MutationObserver((records) => {
    for (const record of records) {
      // Our own emptying of nodes is noted too.
      if (record.type === "childList") for (const node of record.removedNodes) removed(node, record);
      else if (record.target.data && texts.has(record.target)) end(record.target, false);
    }
    // Parts of the page that went took their texts along.
    for (const text of texts.keys()) if (!text.isConnected) texts.delete(text);
  });
  observer.observe(document.body, { subtree: true, childList: true, characterData: true });
})();
