// A click on a citation number opens its passage and brings it into view; the keyboard does the same.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a.cite, a[href^='#cite-']");
  if (!link) return;
  event.preventDefault();
  const entry = document.getElementById(link.getAttribute("href").slice(1));
  const passage = entry && entry.closest("details");
  if (!passage) return;
  passage.open = true;
  const quiet = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  (passage.querySelector("mark, .marked") || passage).scrollIntoView({
    behavior: quiet ? "auto" : "smooth",
    block: "nearest",
  });
  passage.querySelector("summary").focus({ preventScroll: true });
});
