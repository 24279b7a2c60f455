// Makes files of WebAssembly smaller, by Binaryen: as many at once as there are processors. It is loaded once for
// each, as most files are done sooner than it starts.

import { readFileSync, statSync } from "node:fs";
import { availableParallelism } from "node:os";
import { Worker, isMainThread, parentPort } from "node:worker_threads";
import { pathToFileURL } from "node:url";
import { createRequire } from "node:module";

// The content of each of these files, made smaller. The largest come first, as all wait for them.
export async function optimised(files) {
  const left = [...files].sort((a, b) => statSync(b).size - statSync(a).size);
  const small = new Map();
  const work = () =>
    new Promise((done, fail) => {
      // Binaryen warns of each name that it does not know; what fails comes as an error.
      const worker = new Worker(new URL(import.meta.url), { stderr: true });
      let file;
      const next = () => ((file = left.shift()) ? worker.postMessage(file) : worker.terminate().then(done));
      worker.on("message", (bytes) => (small.set(file, Buffer.from(bytes)), next()));
      worker.on("error", (error) => fail(new Error(`${file}: ${error.message}`)));
      next();
    });
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), left.length) }, work));
  return small;
}

if (!isMainThread && parentPort) {
  const { default: binaryen } = await import(pathToFileURL(createRequire(import.meta.url).resolve("binaryen")));
  const { BulkMemory, BulkMemoryOpt, SignExt, MutableGlobals, NontrappingFPToInt, ReferenceTypes, Multivalue } = binaryen.Features;
  // As -Oz has it.
  binaryen.setOptimizeLevel(2);
  binaryen.setShrinkLevel(2);
  parentPort.on("message", (file) => {
    const module = binaryen.readBinary(readFileSync(file));
    module.setFeatures(BulkMemory | BulkMemoryOpt | SignExt | MutableGlobals | NontrappingFPToInt | ReferenceTypes | Multivalue);
    module.optimize();
    // Once more over simpler control flow: a little smaller still.
    module.runPasses(["flatten", "rereloop"]);
    module.optimize();
    module.optimize();
    parentPort.postMessage(module.emitBinary());
    module.dispose();
  });
}
