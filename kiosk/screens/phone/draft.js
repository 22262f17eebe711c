(() => {
  const field = document.getElementById("text");
  const found = /^#d=([\w-]+)$/.exec(location.hash);
  if (found) {
    history.replaceState(null, "", location.pathname + location.search);
    const octets = atob(found[1].replace(/-/g, "+").replace(/_/g, "/"));
    field.value = new TextDecoder().decode(Uint8Array.from(octets, (one) => one.charCodeAt(0)));
    document.getElementById("came").hidden = false;
  }
  // Another language is another page: the words go along as they came, where no server reads them.
  document.addEventListener("click", ({ target }) => {
    const link = target.closest("a[hreflang]");
    if (!link) return;
    const octets = [...new TextEncoder().encode(field.value)].map((one) => String.fromCharCode(one));
    const code = btoa(octets.join("")).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
    link.hash = `d=${code}`;
  });
})();
