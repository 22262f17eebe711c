// What the desk's pages do by themselves: keys, dialogs, forms, and keeping what was typed.
(() => {
  "use strict";
  // Whoever leads a wall has just chosen its question; what comes next is the scene's key.
  const TYPING = "input:not([type=radio]):not([type=checkbox]), textarea, select:not(.leading *),"
    + " [contenteditable]";

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
  // Whoever sends the form meanwhile sends the photograph with it: the form waits until it is there.
  const sending = new Map();
  document.addEventListener("submit", (event) => {
    const upload = sending.get(event.target);
    if (!upload) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    upload.pressed = event.submitter;
  }, true);
  async function upload(input) {
    const file = input.files[0];
    if (!file) return;
    const told = document.querySelector("[data-photo-status]");
    const form = input.form;
    const own = {};
    if (file.size > Number(input.dataset.most)) {
      told.textContent = input.dataset.tooLarge;
      input.value = "";
      return;
    }
    told.textContent = input.dataset.sending;
    sending.set(form, own);
    let arrived = false;
    try {
      const answer = await fetch(input.dataset.to, { method: "POST", body: file });
      const said = await answer.json();
      told.textContent = said.message;
      arrived = answer.ok;
      if (arrived) emitEvent("desk-photo", said.photo);
    } catch {
      told.textContent = input.dataset.failed;
    }
    input.value = "";
    if (sending.get(form) !== own) return;
    sending.delete(form);
    if (arrived && own.pressed) form.requestSubmit(own.pressed);
  }
  document.addEventListener("change", (event) => {
    if (event.target.matches?.("input[type=file][data-to]")) upload(event.target);
  });

  // What was typed outlives a reload, in this tab only, until the form is saved or its writer logs out.
  // What belongs to a passage, such as its translation, goes where that passage goes (data-of).
  const names = new WeakMap();
  const nameAt = (path, name) => `desk:${path}:${name}`;
  const kept = (form) => names.get(form) ?? nameAt(location.pathname, form.dataset.keep);
  const fieldsOf = (form) => form.querySelectorAll("input[type=text][name], textarea[name]");
  const nameOf = (field) => field.dataset.of ?? field.name;
  // What the hub holds for a field; then what was sent to it, which it may hold by now.
  const held = new WeakMap();
  const heldFor = (field) => held.get(field) ?? [field.defaultValue];
  function keep(form) {
    const typed = {};
    for (const field of fieldsOf(form)) {
      const over = heldFor(field);
      if (field.value !== over[0]) typed[nameOf(field)] = { text: field.value, over };
    }
    if (Object.keys(typed).length) sessionStorage.setItem(kept(form), JSON.stringify(typed));
    else sessionStorage.removeItem(kept(form));
  }
  document.addEventListener("input", (event) => {
    const form = event.target.closest?.("form[data-keep]");
    if (form) keep(form);
  });
  // Words return over what they were typed over, never over what somebody else has saved since.
  // The hub tidies what it is sent (spaces, bullets): the words count.
  const words = (text) => text.replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  const isOver = (its, now) => its.text !== now && its.over.some((text) => words(text) === words(now));
  function restore(form) {
    if (form.dataset.restored) return;
    form.dataset.restored = "yes";
    form.isSaved = (path, name) => saved(form, path, name);
    const typed = JSON.parse(sessionStorage.getItem(kept(form)) ?? "{}");
    const found = [...fieldsOf(form)].filter((field) => {
      const its = typed[nameOf(field)];
      return its?.over && isOver(its, field.defaultValue);
    });
    for (const field of found) field.value = typed[nameOf(field)].text;
    if (!found.length) return forgetSaved(form, typed);
    form.closest("details")?.setAttribute("open", "");
    form.dispatchEvent(new Event("input", { bubbles: true }));
  }
  // What the hub holds by now is kept no longer: the page went before it heard that it is saved.
  function forgetSaved(form, typed) {
    for (const field of fieldsOf(form)) {
      if (typed[nameOf(field)]?.text === field.defaultValue) delete typed[nameOf(field)];
    }
    if (Object.keys(typed).length) sessionStorage.setItem(kept(form), JSON.stringify(typed));
    else sessionStorage.removeItem(kept(form));
  }
  function forget(beginning) {
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith(beginning)) sessionStorage.removeItem(key);
    }
  }
  // A form that is saved keeps what was typed in it since; a new one has another address by then.
  function send(form) {
    for (const field of fieldsOf(form)) held.set(field, [...heldFor(field), field.value]);
    keep(form);
  }
  function saved(form, path, name) {
    sessionStorage.removeItem(kept(form));
    names.set(form, nameAt(path, name));
    for (const field of fieldsOf(form)) held.set(field, [heldFor(field).at(-1)]);
    keep(form);
  }
  // Whoever sits down in this tab next is somebody else.
  document.addEventListener("submit", (event) => {
    if ("keep" in event.target.dataset) send(event.target);
    if (event.target.getAttribute("action")?.startsWith("/logout")) forget("desk:");
  });
  new MutationObserver(() => {
    for (const form of document.querySelectorAll("form[data-keep]:not([data-restored])")) restore(form);
  }).observe(document, { subtree: true, childList: true });

  window.desk = { press, values };
})();
