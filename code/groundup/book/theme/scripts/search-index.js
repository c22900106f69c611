// Words are looked up in objects: of these only their own entries count, or the word
// "constructor" would find what every object inherits.
(() => {
  const set = Search.setIndex;
  Search.setIndex = (index) => {
    for (const name of ["terms", "titleterms", "alltitles", "indexentries"]) {
      const own = Object.assign(Object.create(null), index[name]);
      Object.defineProperty(own, "hasOwnProperty", { value: (word) => Object.hasOwn(own, word) });
      index[name] = own;
    }
    set(index);
  };
})();
