// What the desk's pages do by themselves: keys, dialogs, forms, and keeping what was typed.
(() => {
  "use strict";
  const TYPING = "input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]";

  // The comment that was on the card when the button was pressed: a late press judges no other.
  function press() {
    return document.querySelector("[data-card]")?.dataset.card ?? "";
  }

  // A form's values by name; groups of boxes as lists, and the button that sent it as "do".
  function values(event) {
    const form = event.target.closest("form");
    const found = {};
    for (const box of form.querySelectorAll("input[type=checkbox][name]")) found[box.name] = [];
    for (const [name, value] of new FormData(form)) {
      if (Array.isArray(found[name])) found[name].push(value);
      else found[name] = value;
    }
    if (event.submitter?.name === "do") found.do = event.submitter.value;
    return found;
  }

  // One key, one button: letters by what they print, or by their place where they print Arabic.
  function keyOf(event) {
    if (/^[a-z0-9?]$/i.test(event.key)) return event.key;
    const letter = /^Key([A-Z])$/.exec(event.code);
    if (letter && !/^[ -~]$/.test(event.key)) return event.shiftKey ? letter[1] : letter[1].toLowerCase();
    const digit = /^(?:Digit|Numpad)([0-9])$/.exec(event.code);
    return digit ? digit[1] : "";
  }
  window.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.repeat) return;
    if (event.target.closest?.(TYPING)) return;
    const key = keyOf(event);
    if (!key) return;
    const room = document.querySelector("dialog[open]") ?? document;
    const control = room.querySelector(`[data-key="${CSS.escape(key)}"]:not(:disabled)`);
    if (!control || control.getAttribute("aria-disabled") === "true") return;
    event.preventDefault();
    control.click();
    if (control.type === "radio") room.querySelector("[data-after-choice]")?.focus();
  });

  // A dialog opens and closes by its attribute, so that the server can ask for it.
  function follow(dialog) {
    const open = dialog.dataset.open === "yes";
    if (open && !dialog.open) {
      for (const form of dialog.querySelectorAll("form")) form.reset();
      dialog.showModal();
    }
    if (!open && dialog.open) dialog.close();
  }
  new MutationObserver((changes) => {
    for (const change of changes) if (change.target.matches("dialog")) follow(change.target);
  }).observe(document, { subtree: true, attributes: true, attributeFilter: ["data-open"] });

  // A photograph goes to its own address, and its name comes back into the form.
  async function send(input) {
    const file = input.files[0];
    if (!file) return;
    const told = document.querySelector("[data-photo-status]");
    if (file.size > Number(input.dataset.most)) {
      told.textContent = input.dataset.tooLarge;
      input.value = "";
      return;
    }
    told.textContent = input.dataset.sending;
    try {
      const answer = await fetch(input.dataset.to, { method: "POST", body: file });
      const said = await answer.json();
      told.textContent = said.message;
      if (answer.ok) emitEvent("desk-photo", said.photo);
    } catch {
      told.textContent = input.dataset.failed;
    }
    input.value = "";
  }
  document.addEventListener("change", (event) => {
    if (event.target.matches?.("input[type=file][data-to]")) send(event.target);
  });

  // What was typed outlives a reload, in this tab only, until the form is saved or its writer logs out.
  // What belongs to a passage, such as its translation, goes where that passage goes (data-of).
  const kept = (form) => `desk:${location.pathname}:${form.dataset.keep}`;
  const fieldsOf = (form) => form.querySelectorAll("input[type=text][name], textarea[name]");
  const nameOf = (field) => field.dataset.of ?? field.name;
  function keep(event) {
    const form = event.target.closest?.("form[data-keep]");
    if (!form) return;
    const typed = {};
    for (const field of fieldsOf(form)) {
      if (field.value !== field.defaultValue) typed[nameOf(field)] = field.value;
    }
    sessionStorage.setItem(kept(form), JSON.stringify(typed));
  }
  document.addEventListener("input", keep);
  function restore(form) {
    if (form.dataset.restored) return;
    form.dataset.restored = "yes";
    const typed = JSON.parse(sessionStorage.getItem(kept(form)) ?? "{}");
    const found = [...fieldsOf(form)].filter((field) => nameOf(field) in typed);
    for (const field of found) field.value = typed[nameOf(field)];
    if (!found.length) return;
    form.closest("details")?.setAttribute("open", "");
    form.dispatchEvent(new Event("input", { bubbles: true }));
  }
  function forget(beginning) {
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith(beginning)) sessionStorage.removeItem(key);
    }
  }
  // The other forms of a page keep their words when one is saved: that which was sent last.
  let sent = "";
  const saved = () => sessionStorage.removeItem(sent);
  // Whoever sits down in this tab next is somebody else.
  document.addEventListener("submit", (event) => {
    if ("keep" in event.target.dataset) sent = kept(event.target);
    if (event.target.getAttribute("action")?.startsWith("/logout")) forget("desk:");
  });
  new MutationObserver(() => {
    for (const form of document.querySelectorAll("form[data-keep]:not([data-restored])")) restore(form);
  }).observe(document, { subtree: true, childList: true });

  window.desk = { press, values, saved };
})();
