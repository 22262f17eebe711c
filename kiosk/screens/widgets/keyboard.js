// The on-screen keyboard. What a language types with is a plan (keys/<language>.json): the letters
// of a stock layout of simple-keyboard-layouts or rows of its own, accents without dead keys on top,
// punctuation within reach, and whether there are capitals.
const DIGITS = "1 2 3 4 5 6 7 8 9 0";
const SIGNS = ["( ) “ ” „ « » ; : … \" _", "@ # € $ % & * + = / °"];

const letters = (row) => row.split(" ").filter((key) => /^[\p{L}\p{M}]+$/u.test(key));

function upper(key, language) {
  if (key === "ß") return "ẞ";
  return key.length > 1 && key[0] === "{" ? key : key.toLocaleUpperCase(language);
}

function compact(plan, stock, language) {
  const [digits, first, second, third] = plan.rows
    ? [[], ...plan.rows.map((row) => row.split(" "))] : stock.default.map(letters);
  const cased = !plan.shift;
  const shiftKey = plan.shift === "none" ? [] : ["{shift}"];
  const foot = cased ? "{digits} {space} {enter}" : `{digits} ${plan.marks} {space} {enter}`;
  const rows = [
    [plan.top, ...(plan.digits ? digits : []), "{bksp}"].join(" "),
    first.join(" "),
    second.join(" "),
    [...shiftKey, ...third, ...(cased ? [plan.marks] : [])].join(" "),
    foot,
  ];
  const marked = [`${DIGITS} {bksp}`, ...(plan.signs ?? SIGNS), `{letters} ${plan.marks} {space} {enter}`];
  return { default: rows, shift: shifted(plan, stock, rows, language), digits: marked };
}

function shifted(plan, stock, rows, language) {
  if (plan.shift !== "stock") {
    return rows.map((row) => row.split(" ").map((key) => upper(key, language)).join(" "));
  }
  const [top, first, second, third] = stock.shift.map(letters);
  return [`${DIGITS} {bksp}`, first.join(" "), second.join(" "),
    ["{shift}", ...third, ...top].join(" "), rows[4]];
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

export default {
  template: `<div><div ref="keys" class="simple-keyboard"></div></div>`,
  props: { field: String, language: String, direction: String, library: String, layouts: String, plan: Object, names: Object },
  async mounted() {
    try {
      const [{ default: SimpleKeyboard }, { default: stock }] = await Promise.all([
        import(this.library),
        this.plan.rows ? { default: {} } : import(`${this.layouts}/${this.plan.stock}.js`),
      ]);
      if (this.$refs.keys) this.build(SimpleKeyboard, compact(this.plan, stock.layout, this.language));
    } catch (error) {
      console.warn("no on-screen keyboard:", error);
    }
  },
  unmounted() {
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
