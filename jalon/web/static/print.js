// A button that prints, for who does not know the browser's menu; without a script there is none.
const button = document.getElementById("print");
button.hidden = false;
button.addEventListener("click", () => window.print());
