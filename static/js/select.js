// Row selection: <form data-select> with [name=selected] boxes, an optional [data-select-all] and [data-select-count].
(function () {
  "use strict";
  const count = (form) => {
    const boxes = [...form.querySelectorAll("[name=selected]")];
    const chosen = boxes.filter((box) => box.checked).length;
    const all = form.querySelector("[data-select-all]");
    if (all) {
      all.checked = boxes.length > 0 && chosen === boxes.length;
      all.indeterminate = chosen > 0 && chosen < boxes.length;
    }
    form.querySelectorAll("[data-select-count]").forEach((place) => { place.textContent = chosen; });
  };
  document.addEventListener("change", (event) => {
    const form = event.target.closest && event.target.closest("[data-select]");
    if (!form) return;
    if (event.target.matches("[data-select-all]")) {
      form.querySelectorAll("[name=selected]").forEach((box) => { box.checked = event.target.checked; });
    }
    count(form);
  });
  document.querySelectorAll("[data-select]").forEach((form) => {
    form.querySelectorAll("[data-needs-js]").forEach((part) => { part.hidden = false; });
    count(form);
  });
})();
