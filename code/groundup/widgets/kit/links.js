// A state in the address of the page.

// The text of an address, none where it was cut off within a character.
function decoded(address) {
  try {
    return decodeURIComponent(address);
  } catch {
    return "";
  }
}

// In the book's page (not in Jupyter) a state can be put in the address and read again:
// #name=key:value,key:value
function linkedState(el, name, apply, signal) {
  const onPage = Boolean(el.closest("figure.gu-explorable"));
  const read = () => {
    const hash = decoded(location.hash.slice(1));
    if (!onPage || !hash.startsWith(`${name}=`)) return;
    const pairs = hash.slice(name.length + 1).split(",");
    apply(Object.fromEntries(pairs.map((pair) => pair.split(":"))));
  };
  addEventListener("hashchange", read, { signal });
  const write = (state) => {
    const pairs = Object.entries(state).map(([key, value]) => `${key}:${value}`);
    history.replaceState(null, "", `#${name}=${pairs.join(",")}`);
    return navigator.clipboard?.writeText(location.href) ?? Promise.reject();
  };
  return { onPage, read, write };
}
