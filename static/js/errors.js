// Move to the summary of problems when a page or a swapped part arrives with one.
(function () {
  "use strict";
  const find = (root) => {
    const summary = root.querySelector("[data-errors]");
    if (summary) summary.focus();
  };
  find(document);
  document.addEventListener("htmx:afterSettle", (event) => find(event.target));
})();
