// What a script adds to pages that work without one: a button that prints, and leaving without a way back.
const print = document.getElementById("print");
if (print) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}
const leave = document.getElementById("leave");
leave.addEventListener("click", (event) => {
  event.preventDefault();
  location.replace(leave.href);
});
