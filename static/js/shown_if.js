// Shows and hides what follows up on an answer at once: <div data-shown-if='[{"item": "party", "is_in": ["yes"]}]'>.
// The conditions are those of questionnaires/answering.py; without this, the page comes again with what follows up.
(function () {
  "use strict";
  const controls = (form, item) => {
    const name = "item-" + item;
    return [...form.elements].filter((each) => each.name === name || (each.name.startsWith(name + "_") && each.localName === "select"));
  };
  // Of an item that is hidden there is no answer.
  const answers = (form, item) =>
    controls(form, item)
      .filter((each) => !each.closest(".item[hidden]"))
      .filter((each) => (each.type !== "radio" && each.type !== "checkbox") || each.checked)
      .map((each) => (each.type === "checkbox" && each.value === "on" ? "true" : each.value.trim()))
      .filter(Boolean);
  const number = (form, item, answer) => {
    const control = controls(form, item)[0];
    const counts = control && (control.type === "radio" || control.inputMode === "decimal");
    return counts ? Number(answer.replace(",", ".")) : NaN;
  };
  const holds = (form, condition) => {
    const given = answers(form, condition.item);
    if (!given.length) return false;
    const same = (one, other) => String(one) === other || (typeof one === "number" && one === number(form, condition.item, other));
    if (condition.is_in && !given.some((answer) => condition.is_in.some((each) => same(each, answer)))) return false;
    if (condition.at_least === undefined && condition.at_most === undefined) return true;
    // The limits of a date are days such as "2027-03-31", which come in the order of their letters.
    if (typeof (condition.at_least ?? condition.at_most) === "string") {
      const from = condition.at_least ?? given[0], until = condition.at_most ?? given[0];
      return /^\d{4}-\d\d-\d\d$/.test(given[0]) && given[0] >= from && given[0] <= until;
    }
    const counted = number(form, condition.item, given[0]);
    return counted >= (condition.at_least ?? -Infinity) && counted <= (condition.at_most ?? Infinity);
  };
  const look = (form) => {
    form.querySelectorAll("[data-shown-if]").forEach((item) => {
      item.hidden = !JSON.parse(item.dataset.shownIf).every((condition) => holds(form, condition));
      const unseen = item.querySelector(":scope > [name=unseen]");
      if (unseen) unseen.disabled = !item.hidden;
    });
  };
  const forms = () => [...document.forms].filter((form) => form.querySelector("[data-shown-if]"));
  ["input", "change"].forEach((kind) => document.addEventListener(kind, (event) => {
    const form = event.target.form;
    if (form && form.querySelector("[data-shown-if]")) look(form);
  }));
  forms().forEach(look);
  // A browser that goes back fills fields in again after this has run.
  window.addEventListener("pageshow", () => forms().forEach(look));
})();
