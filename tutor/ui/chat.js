// The chat by keyboard and by chips: "/" goes to the question, Escape leaves it, the arrow up brings the last one back.
function questionBox() {
  return document.querySelector("#question textarea");
}
function writeQuestion(text) {
  const box = questionBox();
  const set = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set;
  set.call(box, text);
  box.dispatchEvent(new Event("input", { bubbles: true }));
}
function questionsAsked() {
  return [...document.querySelectorAll("#conversation .user")].map((one) => one.innerText.trim()).filter(Boolean);
}
// The beginning of a long answer is what people read first, so it is the question that is brought to the top.
window.showLastQuestion = () => {
  const asked = [...document.querySelectorAll("#conversation .user")];
  const last = asked[asked.length - 1];
  const room = last && last.closest(".bubble-wrap, [role=log]");
  if (!room) return;
  const quiet = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const top = last.getBoundingClientRect().top - room.getBoundingClientRect().top + room.scrollTop - 8;
  room.scrollTo({ top, behavior: quiet ? "auto" : "smooth" });
};
window.keepAsFile = (name, text) => {
  if (!name) return;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  link.download = name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(link.href), 1000);
};
document.addEventListener("click", (event) => {
  const chip = event.target.closest && event.target.closest("a.chip");
  if (!chip) return;
  event.preventDefault();
  if (chip.classList.contains("practise")) {
    window.location.search = new URL(chip.getAttribute("href"), window.location.href).search;
    return;
  }
  writeQuestion(chip.textContent);
  const ask = document.getElementById("ask");
  window.setTimeout(() => (ask.matches("button") ? ask : ask.querySelector("button")).click(), 50);
});
document.addEventListener("keydown", (event) => {
  const box = questionBox();
  if (!box || box.offsetParent === null || event.ctrlKey || event.metaKey || event.altKey) return;
  const isWriting = event.target.closest("input, textarea, select, [contenteditable=true], [role=listbox]");
  if (event.key === "/" && !isWriting) {
    event.preventDefault();
    box.focus();
  } else if (event.key === "Escape" && event.target === box) {
    box.blur();
  } else if (event.key === "ArrowUp" && event.target === box && !box.value) {
    const asked = questionsAsked();
    if (!asked.length) return;
    event.preventDefault();
    writeQuestion(asked[asked.length - 1]);
  }
});
