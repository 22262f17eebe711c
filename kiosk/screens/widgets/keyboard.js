// The on-screen keyboard. What a language types with is a plan (keys/<language>.json): the letters
// of a stock layout of simple-keyboard-layouts or rows of its own, accents without dead keys on top,
// punctuation within reach, and whether there are capitals.
const DIGITS = "1 2 3 4 5 6 7 8 9 0";
const SIGNS = ["( ) “ ” „ « » ; : … \" _", "@ # € $ % & * + = / °"];

const isLetter = (key) => /^[\p{L}\p{M}]+$/u.test(key);
const letters = (row) => row.split(" ").filter(isLetter);

function upper(key, language) {
  if (key === "ß") return "ẞ";
  return key.length > 1 && key[0] === "{" ? key : key.toLocaleUpperCase(language);
}

// Five rows; or four where five would not fit: then the letters on top stand at the ends of the
// others, figures on their own page, and punctuation in the last row.
function compact(plan, stock, language, isLow) {
  const [digits, first, second, third] = plan.rows
    ? [[], ...plan.rows.map((row) => row.split(" "))] : stock.default.map(letters);
  const top = [...plan.top.split(" "), ...(plan.digits ? digits : [])];
  const marksBelow = isLow || plan.shift;
  const last = [...(plan.shift === "none" ? [] : ["{shift}"]), ...third];
  const above = isLow ? spread([first, second, last], top.filter(isLetter)) : [[...top, "{bksp}"], first, second, last];
  const rows = [...above.map((row) => row.join(" ")),
    marksBelow ? `{digits} ${plan.marks} {space} {enter}` : "{digits} {space} {enter}"];
  if (isLow) rows[2] += " {bksp}";
  else if (!marksBelow) rows[3] += ` ${plan.marks}`;
  const marked = [`${DIGITS} {bksp}`, ...(plan.signs ?? SIGNS), `{letters} ${plan.marks} {space} {enter}`];
  return { default: rows, shift: shifted(plan, stock, rows, language), digits: marked };
}

// More letters, in their order, at the ends of rows that become as long as each other.
function spread(rows, more) {
  const long = rows.map((row, n) => row.length + (n === rows.length - 1 ? 1 : 0));
  const added = rows.map(() => 0);
  for (let left = more.length; left > 0; left -= 1) {
    const shortest = long.indexOf(Math.min(...long));
    long[shortest] += 1;
    added[shortest] += 1;
  }
  let at = 0;
  return rows.map((row, n) => [...row, ...more.slice(at, (at += added[n]))]);
}

function shifted(plan, stock, rows, language) {
  if (plan.shift !== "stock") {
    return rows.map((row) => row.split(" ").map((key) => upper(key, language)).join(" "));
  }
  const [top, first, second, third] = stock.shift.map(letters);
  const last = ["{shift}", ...third, ...top];
  const isLow = rows.length === 4;
  return [...(isLow ? [] : [`${DIGITS} {bksp}`]), first.join(" "), second.join(" "),
    [...last, ...(isLow ? ["{bksp}"] : [])].join(" "), rows.at(-1)];
}

function type(field, text) {
  const { selectionStart: start, selectionEnd: end } = field;
  field.setRangeText(text, start, end, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function erase(field) {
  const { selectionStart: start, selectionEnd: end } = field;
  const before = field.value.slice(0, start);
  const last = [...new Intl.Segmenter().segment(before)].at(-1)?.segment.length ?? 0;
  field.setRangeText("", start === end ? start - last : start, end, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

// Where a third of the screen is too low for five rows of keys that a finger hits, also beside the
// row of what reads aloud (18-reach.css has the same heights).
const FLAT = matchMedia("(orientation: landscape) and (max-height: 739px), (orientation: portrait) and (max-height: 1199px)");
const FLAT_ALOUD = matchMedia("(orientation: landscape) and (max-height: 919px)");
const isLow = () => kiosk.worn().has("low") && (FLAT.matches || (kiosk.worn().has("aloud") && FLAT_ALOUD.matches));

export default {
  template: `<div><div ref="keys" class="simple-keyboard"></div></div>`,
  props: { field: String, language: String, direction: String, library: String, layouts: String, plan: Object, names: Object },
  async mounted() {
    try {
      const [{ default: SimpleKeyboard }, { default: stock }] = await Promise.all([
        import(this.library),
        this.plan.rows ? { default: {} } : import(`${this.layouts}/${this.plan.stock}.js`),
      ]);
      if (!this.$refs.keys) return;
      this.layout = () => compact(this.plan, stock.layout, this.language, isLow());
      this.build(SimpleKeyboard, this.layout());
      this.rows = this.layout().default.length;
      for (const each of [FLAT, FLAT_ALOUD]) each.addEventListener("change", this.fit);
      addEventListener("kiosk-modes", this.fit);
    } catch (error) {
      console.warn("no on-screen keyboard:", error);
    }
  },
  unmounted() {
    for (const each of [FLAT, FLAT_ALOUD]) each.removeEventListener("change", this.fit);
    removeEventListener("kiosk-modes", this.fit);
    this.keyboard?.destroy();
  },
  methods: {
    build(SimpleKeyboard, layout) {
      const field = () => document.querySelector(`textarea.${this.field}`);
      const signs = Object.keys(this.names);
      this.keyboard = new SimpleKeyboard(this.$refs.keys, {
        layout,
        layoutName: this.capital(field()) ? "shift" : "default",
        display: Object.fromEntries(signs.map((key) => [key, this.word(key)])),
        buttonAttributes: [
          ...["{shift}", "{bksp}", "{enter}"].map((key) => (
            { attribute: "aria-label", value: this.names[key], buttons: key })),
        ],
        buttonTheme: signs.map((key) => ({ class: `key-${key.slice(1, -1)}`, buttons: key })),
        useButtonTag: true,
        rtl: this.direction === "rtl",
        preventMouseDownDefault: true,
        disableButtonHold: true,
        physicalKeyboardHighlight: false,
        onKeyPress: (key) => this.press(key, field()),
        onRender: () => this.untab(),
      });
      this.untab();
    },
    fit() {
      const layout = this.layout();
      if (layout.default.length === this.rows) return;
      this.rows = layout.default.length;
      this.keyboard.setOptions({ layout });
    },
    word(key) {
      return { "{digits}": "123", "{letters}": this.plan.letters ?? "abc", "{space}": this.names[key] }[key] ?? " ";
    },
    // A physical keyboard needs no fifty stops on its way through the screen.
    untab() {
      this.$refs.keys?.setAttribute("role", "group");
      this.$refs.keys?.setAttribute("aria-label", this.names["{board}"]);
      for (const key of this.$refs.keys?.querySelectorAll("button") ?? []) {
        key.tabIndex = -1;
        key.dataset.often = "";
      }
    },
    capital(field) {
      if (!field || this.plan.shift) return false;
      return /(^|[.!?…]\s+|\n)$/u.test(field.value.slice(0, field.selectionStart));
    },
    press(key, field) {
      if (!field) return;
      const named = this.keyboard.options.layoutName;
      if (key === "{shift}") return this.show(named === "shift" ? "default" : "shift");
      if (key === "{digits}") return this.show("digits");
      if (key === "{letters}") return this.show("default");
      if (key === "{bksp}") erase(field);
      else type(field, { "{space}": " ", "{enter}": "\n" }[key] ?? key);
      if (named !== "digits") this.show(this.capital(field) ? "shift" : "default");
    },
    show(layoutName) {
      if (this.keyboard.options.layoutName !== layoutName) this.keyboard.setOptions({ layoutName });
    },
  },
};
