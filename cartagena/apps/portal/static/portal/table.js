// Comfort while a table is worked on: asks how far it is, and shows the page anew at the end.
const place = document.getElementById("progress");
const ask = async () => {
  try {
    const answer = await fetch(location.href, { redirect: "error" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.getElementById("progress");
    if (answer.ok && !now) { location.reload(); return; }
    if (now) place.replaceChildren(...now.childNodes);
  } catch { /* the line is poor: asked again */ }
  setTimeout(ask, 3000);
};
setTimeout(ask, 2000);
