// Before anything is drawn: the theme chosen earlier, or else the system's.
(() => {
  let theme = null;
  try {
    theme = localStorage.getItem("handshake-lab/theme");
  } catch {
    // Storage is forbidden here; the system's theme it is.
  }
  theme ??= matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  document.documentElement.dataset.theme = theme;
})();
