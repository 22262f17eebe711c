(() => {
  const found = /^#d=([\w-]+)$/.exec(location.hash);
  if (!found) return;
  history.replaceState(null, "", location.pathname + location.search);
  const octets = atob(found[1].replace(/-/g, "+").replace(/_/g, "/"));
  const text = new TextDecoder().decode(Uint8Array.from(octets, (one) => one.charCodeAt(0)));
  document.getElementById("text").value = text;
  document.getElementById("came").hidden = false;
})();
