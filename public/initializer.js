// Shows how far the program is loaded, and says so if it cannot be, or if it stops later on.
function crashed(error) {
  if (!globalThis.WebAssembly || !(error instanceof WebAssembly.RuntimeError)) return;
  const detail = document.getElementById("crashed-detail");
  if (!detail.textContent) detail.textContent = `${error.stack ?? error}\nat ${location.hash}`;
  document.getElementById("crashed").hidden = false;
}
addEventListener("error", (event) => crashed(event.error));
addEventListener("unhandledrejection", (event) => crashed(event.reason));

function start() {
  const find = (id) => document.getElementById(id);
  return {
    onProgress: ({ current, total }) => {
      if (total && find("boot-progress")) find("boot-progress").value = Math.min(1, current / total);
    },
    onComplete: () => {
      if (find("boot-text")) find("boot-text").textContent = "Starting the lab…";
    },
    // boot.js says it; a panic after the start has its own message.
    onFailure: (error) => globalThis.bootFailed?.(`The program could not be loaded or started: ${error?.message ?? error}`),
  };
}

export { start as default };
