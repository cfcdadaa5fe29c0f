// Finds names by prefix, then by part, then by the words of their first line; arrows choose, Enter goes.
const box = document.getElementById("search");
const list = document.getElementById("found");
let chosen = 0;

function rank([name, , summary], word) {
  const last = name.slice(name.indexOf(".") + 1).toLowerCase();
  if (name.toLowerCase() === word || last === word) return 0;
  if (name.toLowerCase().startsWith(word) || last.startsWith(word)) return 1;
  if (name.toLowerCase().includes(word)) return 2;
  return summary.toLowerCase().includes(word) ? 3 : 4;
}

function show() {
  const word = box.value.trim().toLowerCase();
  const hits = word === "" ? [] : names.map(row => [rank(row, word), row]).filter(([r]) => r < 4)
    .sort((a, b) => a[0] - b[0] || a[1][0].localeCompare(b[1][0])).slice(0, 20);
  chosen = Math.max(0, Math.min(chosen, hits.length - 1));
  list.replaceChildren(...hits.map(([, [name, address, summary]], index) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    const small = document.createElement("small");
    link.href = address; link.textContent = name; small.textContent = summary;
    item.append(link, small);
    if (index === chosen) item.className = "chosen";
    return item;
  }));
}

box.addEventListener("input", () => { chosen = 0; show(); });
box.addEventListener("keydown", event => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) { chosen += step; show(); event.preventDefault(); }
  if (event.key === "Enter") { const link = list.querySelector(".chosen a"); if (link) location.href = link.href; }
  if (event.key === "Escape") { box.value = ""; show(); }
});
document.addEventListener("keydown", event => {
  if (event.key === "/" && document.activeElement !== box) { box.focus(); event.preventDefault(); }
});
