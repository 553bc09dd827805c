// Formulas without a network: MathJax from beside the page, its fonts from MathFonts.
window.MathJax = {
  tex2jax: {
    inlineMath: [["$", "$"], ["\\(", "\\)"]],
    displayMath: [["$$", "$$"], ["\\[", "\\]"]],
    processEscapes: true,
    processEnvironments: true
  },
  MMLorHTML: { prefer: "HTML" },
  "HTML-CSS": {
    availableFonts: [], webFont: "STIX-Web", preferredFont: null, imageFont: null,
    scale: 95, linebreaks: { automatic: true }
  },
  "fast-preview": { disabled: true },
  showMathMenu: false,
  messageStyle: "none",
  AuthorInit: function () {
    var styles = MathJax.Ajax.Styles;
    MathJax.Ajax.Styles = function (css, done) {
      css = css || {};
      Object.keys(css).forEach(function (key) {
        if (/^@font-face \/\*/.test(key)) { delete css[key]; }  // of no use here
      });
      var face = css["@font-face"];
      var name = face && /([\w-]+)\.(?:woff|otf)/.exec(face.src);
      if (name && window.MathFonts[name[1]]) {
        face.src = "url('" + window.MathFonts[name[1]] + "') format('woff')";
      }
      return styles.call(this, css, done);
    };
    // For a page from the disk, Firefox would be told to do without fonts: now it has
    // them, so nothing may change this any more.
    MathJax.Hub.Register.StartupHook("End Config", function () {
      Object.defineProperty(
        MathJax.OutputJax["HTML-CSS"], "allowWebFonts", { value: "woff" }
      );
    });
  }
};
