// Comfort only: names are suggested while somebody types. Without this file the box still searches.
const box = document.querySelector("input[data-suggest]");
const names = document.getElementById("names");

if (box && names) {
  let waiting, asking;
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const words = box.value.trim();
      if (words.length < 2) { names.replaceChildren(); return; }
      asking?.abort();
      asking = new AbortController();
      try {
        const answer = await fetch(`${box.dataset.suggest}?q=${encodeURIComponent(words)}`, { signal: asking.signal });
        const { suggestions } = await answer.json();
        names.replaceChildren(...suggestions.map(({ text, kind }) => {
          const option = document.createElement("option");
          option.value = text;
          option.label = kind;
          return option;
        }));
      } catch { /* nothing to suggest */ }
    }, 150);
  });
}
