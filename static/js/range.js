// A slider says its value as it moves: <input type="range" data-output="id of output" data-words="off,a little,some,a lot">.
(function () {
  "use strict";
  const say = (input) => {
    const output = document.getElementById(input.dataset.output);
    if (!output) return;
    const words = (input.dataset.words || "").split(",").filter(Boolean);
    const share = (input.value - input.min) / ((input.max || 100) - input.min);
    // The first word is for nothing at all; the others share the rest.
    const word = words.length ? words[Math.ceil(share * (words.length - 1))].trim() : "";
    output.value = word ? input.value + " · " + word : input.value;
    if (word) input.setAttribute("aria-valuetext", output.value);
  };
  const start = (root) => root.querySelectorAll("input[data-output]").forEach(say);
  start(document);
  document.addEventListener("input", (event) => { if (event.target.dataset && event.target.dataset.output) say(event.target); });
  document.addEventListener("htmx:load", (event) => { if (event.target.querySelectorAll) start(event.target); });
})();
