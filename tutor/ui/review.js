// The queue by keyboard: J and K choose a case, R reserves it, U, D and C rule, E opens the edit, Z undoes.
// Keys are left alone while text is written.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input:not([type=radio]), textarea, select, [contenteditable=true]")) return;
  const room = document.getElementById("reviewing");
  if (!room || room.offsetParent === null) return;
  const key = event.key.toLowerCase();
  const buttons = { u: "uphold", d: "dismiss", c: "changes", r: "reserve", e: "editing", z: "undo" };
  if (buttons[key]) {
    const holder = document.getElementById(buttons[key]);
    (holder.matches("button") ? holder : holder.querySelector("button")).click();
  } else if (key === "j" || key === "k") {
    const cases = [...document.querySelectorAll("#cases input[type=radio]")];
    const now = cases.findIndex((one) => one.checked);
    const next = cases[Math.min(Math.max(now + (key === "j" ? 1 : -1), 0), cases.length - 1)];
    if (next) next.click();
  } else {
    return;
  }
  event.preventDefault();
});
