// The on-screen keyboard. Letters come from simple-keyboard-layouts; what those lack for writing a
// comment (punctuation within reach, accents without dead keys) is added here.
const FILES = { fr: "french", de: "german", en: "english", ar: "arabic" };

const DIGITS = "1 2 3 4 5 6 7 8 9 0";
const EXTRA = {
  fr: { top: "é è ê ë à â ç î ï ô û œ", marks: "’ , . ? ! -" },
  de: { top: DIGITS + " ß", marks: ", . ? ! -" },
  en: { top: DIGITS, marks: "’ , . ? ! -" },
  ar: { top: DIGITS, marks: "، . ؟ !" },
};
const SIGNS = {
  ar: ["( ) « » \" ؛ : … - _", "@ # € $ % & * + = / |"],
  other: ["( ) “ ” « » ; : … \" _", "@ # € $ % & * + = / °"],
};

const letters = (row) => row.split(" ").filter((key) => /^[\p{L}\p{M}]+$/u.test(key));
const upper = (key) => (key === "ß" ? "ẞ" : key.length > 1 && key[0] === "{" ? key : key.toUpperCase());

function compact(layout, language) {
  const extra = EXTRA[language] ?? EXTRA.en;
  const [digits, first, second, third] = layout.default.map(letters);
  const shifted = layout.shift.map(letters);
  const arabic = language === "ar";
  const foot = "{digits} {space} {enter}";
  const rows = [
    [extra.top, ...(arabic ? digits : []), "{bksp}"].join(" "),
    first.join(" "),
    second.join(" "),
    arabic ? ["{shift}", ...third].join(" ") : ["{shift}", ...third, extra.marks].join(" "),
    arabic ? `{digits} ${extra.marks} {space} {enter}` : foot,
  ];
  const shift = arabic
    ? [`${DIGITS} {bksp}`, shifted[1].join(" "), shifted[2].join(" "),
       ["{shift}", ...shifted[3], ...shifted[0]].join(" "), rows[4]]
    : rows.map((row) => row.split(" ").map(upper).join(" "));
  const [signs, more] = SIGNS[language] ?? SIGNS.other;
  const marked = [`${DIGITS} {bksp}`, signs, more, `{letters} ${extra.marks} {space} {enter}`];
  return { default: rows, shift, digits: marked };
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
  props: { field: String, language: String, library: String, layouts: String, names: Object },
  async mounted() {
    try {
      const [{ default: SimpleKeyboard }, { default: stock }] = await Promise.all([
        import(this.library),
        import(`${this.layouts}/${FILES[this.language] ?? FILES.en}.js`),
      ]);
      if (this.$refs.keys) this.build(SimpleKeyboard, compact(stock.layout, this.language));
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
        rtl: this.language === "ar",
        preventMouseDownDefault: true,
        disableButtonHold: true,
        physicalKeyboardHighlight: false,
        onKeyPress: (key) => this.press(key, field()),
        onRender: () => this.untab(),
      });
      this.untab();
    },
    word(key) {
      return { "{digits}": "123", "{letters}": this.language === "ar" ? "أ ب" : "abc", "{space}": this.names[key] }[key] ?? " ";
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
      if (!field || this.language === "ar") return false;
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
