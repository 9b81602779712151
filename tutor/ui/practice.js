// Practice by click or keyboard: letters choose, Enter answers and goes on. Keys are left alone while text is written.
function openItem() {
  return document.querySelector('.item[data-state="open"]');
}
function toggleOption(option) {
  const item = openItem();
  if (!item || !item.contains(option)) return;
  const several = Number(item.dataset.choose) > 1;
  const chosen = option.getAttribute("aria-checked") === "true";
  if (!several) item.querySelectorAll(".option").forEach((one) => one.setAttribute("aria-checked", "false"));
  option.setAttribute("aria-checked", String(!several || !chosen));
}
window.chosenLetters = () => {
  const item = openItem();
  return item ? [...item.querySelectorAll('[aria-checked="true"]')].map((one) => one.dataset.letter).join("") : "";
};
function pressButton(id) {
  const holder = document.getElementById(id);
  const button = holder && (holder.matches("button") ? holder : holder.querySelector("button"));
  if (button && button.offsetParent !== null) button.click();
}
// A new question takes the focus from the button that asked for it: Enter must not ask for another one instead.
let asked = null;
new MutationObserver(() => {
  const item = openItem();
  if (item === asked) return;
  asked = item;
  const verbs = document.getElementById("practice-verbs");
  if (item && verbs && verbs.contains(document.activeElement)) item.focus({ preventScroll: true });
}).observe(document.body, { childList: true, subtree: true });
document.addEventListener("click", (event) => {
  const option = event.target.closest && event.target.closest("button.option");
  if (option) toggleOption(option);
});
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  const room = document.getElementById("practising");
  if (!room || room.offsetParent === null) return;
  if (event.target.closest("input, textarea, select, summary, a, [contenteditable=true], [role=listbox]")) return;
  if (event.key === "Enter") {
    if (event.target.closest("button") && !event.target.closest("button.option")) return;
    if (openItem()) {
      if (!window.chosenLetters()) return;
      pressButton("answer-item");
    } else {
      pressButton("next-item");
    }
  } else if (/^[a-f]$/i.test(event.key) && openItem()) {
    const option = openItem().querySelector(`[data-letter="${event.key.toUpperCase()}"]`);
    if (!option) return;
    toggleOption(option);
    option.focus();
  } else {
    return;
  }
  event.preventDefault();
});
// `?tab=practice` in the address opens that tab once the page is there.
(() => {
  const wanted = new URLSearchParams(window.location.search).get("tab");
  if (!wanted) return;
  const search = window.setInterval(() => {
    const tabs = [...document.querySelectorAll("button[role=tab]")];
    const tab = tabs.find((one) => one.textContent.trim().toLowerCase() === wanted.toLowerCase());
    if (tab) {
      window.clearInterval(search);
      tab.click();
    }
  }, 100);
  window.setTimeout(() => window.clearInterval(search), 15000);
})();
