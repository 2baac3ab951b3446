// Comfort only: every page works without this file.
for (const form of document.querySelectorAll("form[data-comfort=submit-on-change]")) {
  for (const field of form.querySelectorAll("select")) {
    field.addEventListener("change", () => form.requestSubmit());
  }
}
// A link to a place inside a closed section opens the section.
const openTarget = () => {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const section = target && target.closest("details");
  if (section) { section.open = true; target.scrollIntoView(); }
};
addEventListener("hashchange", openTarget);
openTarget();
