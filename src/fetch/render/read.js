// Gives the page as it stands: its HTML with what scripts put into open shadow roots and into frames that have no address
// of their own, and how much text a visitor sees. Evaluated in a world of its own, where the page's scripts have changed
// nothing.
((longest) => {
  const copy = document.implementation.createHTMLDocument("");
  const root = copy.importNode(document.documentElement, true);
  let room = 2000;
  const inline = (from, to, depth) => {
    const live = document.createTreeWalker(from, NodeFilter.SHOW_ELEMENT);
    const still = document.createTreeWalker(to, NodeFilter.SHOW_ELEMENT);
    const found = [];
    do {
      const at = live.currentNode, twin = still.currentNode;
      if (at.localName === "noscript") {
        found.push([twin, null]);
      } else if (at.shadowRoot) {
        found.push([twin, at.shadowRoot, "append"]);
      } else if (at.localName === "iframe" && !/^https?:/.test(at.src)) {
        let inner = null;
        try { inner = at.contentDocument && at.contentDocument.body; } catch (_) { /* another origin's */ }
        if (inner) found.push([twin, inner, "after"]);
      }
    } while (live.nextNode() && still.nextNode());
    for (const [twin, inner, place] of found) {
      if (!inner) { twin.remove(); continue; }
      if (room-- <= 0 || depth >= 5) return;
      const box = copy.createElement("div");
      for (const child of inner.childNodes) box.append(copy.importNode(child, true));
      const source = inner, target = box;
      const lives = [...source.children], twins = [...target.children];
      twin[place](box);
      lives.forEach((child, at) => inline(child, twins[at], depth + 1));
    }
  };
  inline(document.documentElement, root, 0);
  const html = "<!DOCTYPE html>" + root.outerHTML;
  const text = document.body ? document.body.innerText.replace(/\s+/g, "") : "";
  // Where frameworks put what they build. One that is empty at the end was not filled, whatever else the page shows.
  const places = [...document.querySelectorAll("#root, #app, #__next, #__nuxt, #q-app, app-root, [ng-app], [data-v-app]")];
  const fills = (place) => /\S/.test(place.innerText) || place.querySelector("img, iframe, embed, object, canvas, svg");
  const unfilled = places.length > 0 && !places.some(fills);
  return { unfilled, html: html.slice(0, longest), cut: html.length > longest, text: text.length, url: document.URL };
})
