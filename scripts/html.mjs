// A page of HTML, read as browsers read it, and written again.

import { createRequire } from "node:module";

// A CommonJS look-up finds what scripts/tools.sh installs, through NODE_PATH.
const { parse, parseFragment, serialize } = createRequire(import.meta.url)("parse5");

export const attribute = (element, name) => element.attrs.find((one) => one.name === name)?.value;

export function setAttribute(element, name, value) {
  const known = element.attrs.find((one) => one.name === name);
  if (known) known.value = value;
  else element.attrs.push({ name, value });
}

// The text in an element that holds nothing else.
export const text = (element) => element.childNodes.map((node) => node.value).join("");

export function setText(element, value) {
  element.childNodes = [{ nodeName: "#text", value, parentNode: element }];
}

export class Page {
  constructor(html) {
    this.document = parse(html);
  }

  // The elements of this name, in their order, that have these attributes (a value, or true for any).
  all(name, attributes = {}) {
    const found = [];
    const visit = (node) => {
      const fits = ([key, value]) => (value === true ? attribute(node, key) !== undefined : attribute(node, key) === value);
      if (node.tagName === name && Object.entries(attributes).every(fits)) found.push(node);
      (node.content ?? node).childNodes?.forEach(visit);
    };
    visit(this.document);
    return found;
  }

  // The one such element.
  one(name, attributes) {
    const found = this.all(name, attributes);
    if (found.length !== 1) throw new Error(`the page has ${found.length} elements ${name} ${JSON.stringify(attributes)}, and not one`);
    return found[0];
  }

  // A new element; `before` another, or at the end of the head.
  insert(name, attributes, before) {
    const element = parseFragment(`<${name}>`).childNodes[0];
    element.attrs = Object.entries(attributes).map(([name, value]) => ({ name, value }));
    const parent = before?.parentNode ?? this.one("head");
    parent.childNodes.splice(before ? parent.childNodes.indexOf(before) : parent.childNodes.length, 0, element);
    element.parentNode = parent;
    return element;
  }

  // Moves these elements into a template of this name, before another.
  shelve(id, elements, before) {
    const { content } = this.insert("template", { id }, before);
    for (const element of elements) {
      this.remove(element);
      content.childNodes.push(element);
      element.parentNode = content;
    }
  }

  remove(element) {
    const siblings = element.parentNode.childNodes;
    siblings.splice(siblings.indexOf(element), 1);
  }

  // What refers to a file beside the page: the element, which of its attributes does, and the file's name.
  loads() {
    const by = (element, key) => ({ element, key, name: attribute(element, key).replace(/^\.\//, "") });
    const links = this.all("link", { href: true }).map((link) => by(link, "href"));
    return [...links, ...this.all("script", { src: true }).map((script) => by(script, "src"))];
  }

  // The files beside the page that it refers to.
  files() {
    return this.loads().map(({ name }) => name);
  }

  // Has everything that refers to the file of this name refer to another, with that one's integrity.
  rename(old, { name, integrity }) {
    for (const { element, key } of this.loads().filter((load) => load.name === old)) {
      setAttribute(element, key, `./${name}`);
      setAttribute(element, "integrity", integrity);
    }
  }

  toString() {
    return serialize(this.document);
  }
}
