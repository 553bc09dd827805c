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
      var face = css && css["@font-face"];
      var name = face && /([\w-]+)\.(?:woff|otf)/.exec(face.src);
      if (name && window.MathFonts[name[1]]) {
        face.src = "url('" + window.MathFonts[name[1]] + "') format('woff')";
      }
      return styles.call(this, css, done);
    };
    // Firefox is taken to have no such fonts for a page from the disk; now it has.
    MathJax.Hub.Register.StartupHook("HTML-CSS Jax Ready", function () {
      MathJax.OutputJax["HTML-CSS"].allowWebFonts = "woff";
    });
  }
};
