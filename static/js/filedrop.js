// A file input inside [data-drop] also takes a file dropped on the area; the input keeps working as it is.
(function () {
  "use strict";
  document.querySelectorAll("[data-drop]").forEach((area) => {
    const input = area.querySelector("input[type=file]");
    const chosen = area.querySelector("[data-drop-chosen]");
    if (!input) return;
    const over = (on) => area.classList.toggle("drop--over", on);
    const say = () => {
      if (chosen) chosen.textContent = [...input.files].map((file) => file.name + " (" + Math.max(1, Math.round(file.size / 1024)) + " kB)").join(", ");
    };
    area.classList.add("drop--ready");
    area.addEventListener("dragover", (event) => { event.preventDefault(); over(true); });
    area.addEventListener("dragleave", () => over(false));
    area.addEventListener("drop", (event) => {
      event.preventDefault();
      over(false);
      if (!event.dataTransfer.files.length) return;
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
    input.addEventListener("change", say);
  });
})();
