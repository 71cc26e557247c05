// Each place in a ranking is given once: choosing it again takes it from whoever had it.
(function () {
  "use strict";
  document.addEventListener("change", (event) => {
    const chosen = event.target;
    const group = chosen.closest && chosen.closest("[data-ranks]");
    if (!group || chosen.type !== "radio" || !chosen.value) return;
    group.querySelectorAll("input[type=radio]:checked").forEach((other) => {
      if (other === chosen || other.name === chosen.name || other.value !== chosen.value) return;
      const none = group.querySelector('input[name="' + CSS.escape(other.name) + '"][value=""]');
      if (none) none.checked = true; else other.checked = false;
    });
  });
})();
