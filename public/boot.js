// Runs before anything is drawn: sets the theme, and watches whether the program starts. A classic
// script for old browsers too. What it cannot tell, as it was itself kept away, index.html says after
// some seconds without any script (see .boot-failed in style/base.css).
(function () {
  "use strict";
  // The theme chosen earlier, or else the system's.
  var theme = null;
  try {
    theme = localStorage.getItem("handshake-lab/theme");
  } catch (forbidden) {
    // Storage is forbidden here; the system's theme it is.
  }
  theme = theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  var root = document.documentElement.dataset;
  root.theme = theme;

  // What index.html shows meanwhile: the home page, or the lab's frame; of it, inside another page and for
  // other screens, only what they have as well.
  var at = location.hash;
  var screen = /^#?\/?(\?|$)/.test(at) ? "home" : /^#\/(lab|break\/.)/.test(at) ? "lab" : "other";
  var asked = at + location.search;
  if (/[?&]embed\b/.test(asked)) {
    // The one part of the lab that a frame shows; and that it plays, unless the person wants nothing to move.
    var part = /[?&]show=(ladder|story|bytes|panel)(?![^?&])/.exec(asked);
    if (part) root.show = part[1];
    if (/[?&]play\b/.test(asked) && !matchMedia("(prefers-reduced-motion: reduce)").matches) root.play = "";
    screen += " embed";
  }
  root.boot = screen;

  // Where a host asks for Trusted Types, the page's own markup is let through: Leptos writes its
  // templates with innerHTML, and what people give is escaped by then. Scripts are kept out by the
  // content security policy.
  if (window.trustedTypes && !window.trustedTypes.defaultPolicy) {
    try {
      window.trustedTypes.createPolicy("default", { createHTML: function (html) { return html; } });
    } catch (refused) {
      // The host allows no policy of this name; the page then says that it cannot start.
    }
  }

  // The first reason is the nearest to the cause; but a script fails too where what it imports does, and the
  // event of that one's preload may come after.
  var reason = "";
  var ofScript = false;
  function show() {
    var failed = document.getElementById("boot-failed");
    if (!reason || !failed) return;
    document.getElementById("boot-reason").textContent = reason;
    failed.classList.add("now");
    document.getElementById("boot-progress").hidden = true;
    document.getElementById("boot-text").hidden = true;
  }
  // Says that the program does not start, and why. Without effect once it has.
  window.bootFailed = function (why) {
    reason = reason || why;
    show();
  };
  document.addEventListener("DOMContentLoaded", show);

  // A script that is missing, was changed, or came with the wrong type: no event but the element's own.
  addEventListener("error", function (event) {
    var from = event.target;
    var isScript = from instanceof HTMLScriptElement;
    if (!isScript && !(from instanceof HTMLLinkElement && /preload/.test(from.rel))) return;
    if (!isScript && ofScript) reason = "";
    ofScript = isScript && !reason;
    var name = (from.src || from.href).split("/").pop();
    bootFailed(name + " could not be loaded: it is missing, was changed on its way, or came as something other than a script.");
  }, true);
  document.addEventListener("securitypolicyviolation", function (event) {
    if (event.disposition !== "enforce" || !/^(script-src|connect-src|require-trusted-types-for)/.test(event.effectiveDirective)) return;
    // It is the cause of what else failed.
    reason = "";
    var what = event.blockedURI === "wasm-eval" ? "WebAssembly (it wants 'wasm-unsafe-eval')" : event.blockedURI;
    bootFailed("The content security policy of this site (" + event.effectiveDirective + ") does not allow " + what + ".");
  });
  if (typeof WebAssembly !== "object") {
    bootFailed("This browser has no WebAssembly, or it is switched off (as Lockdown Mode does).");
  }

  // A promise that is kept in a task of its own, so that a long start does not keep the browser from
  // drawing, and from answering the person.
  window.nextTask = function () {
    if (window.scheduler && scheduler.yield) return scheduler.yield();
    return new Promise(function (done) {
      var channel = new MessageChannel();
      channel.port1.onmessage = done;
      channel.port2.postMessage(null);
    });
  };

  // The program is fetched at once, but on the home page only when its words are painted: they need none, and the
  // line of a phone is narrow.
  var program = document.getElementById("program");
  function fetchProgram() {
    var files = program.content.cloneNode(true);
    var start = files.querySelector("script");
    var checked = files.querySelectorAll("link[rel=modulepreload]");
    // What imports a script that was refused may fetch it again, and does not check it: so that comes last.
    if (checked[0].relList.supports("modulepreload")) {
      var missing = checked.length;
      files.removeChild(start);
      checked.forEach(function (link) {
        link.addEventListener("load", function () {
          missing -= 1;
          if (!missing) document.head.appendChild(start);
        });
      });
    }
    document.head.appendChild(files);
  }
  if (program && screen === "home") {
    addEventListener("DOMContentLoaded", function () {
      requestAnimationFrame(function () { setTimeout(fetchProgram); });
    });
  } else if (program) {
    fetchProgram();
  }

  // A promise that is kept when the element is in the window.
  window.inSight = function (element) {
    return new Promise(function (done) {
      new IntersectionObserver(function (entries, observer) {
        if (!entries.some(function (entry) { return entry.isIntersecting; })) return;
        observer.disconnect();
        done();
      }).observe(element);
    });
  };

  // Loads the same address again: a link to "" would drop the fragment, which says what was on screen.
  document.addEventListener("click", function (event) {
    if (!(event.target instanceof Element) || !event.target.closest("[data-reload]")) return;
    event.preventDefault();
    location.reload();
  });
})();
