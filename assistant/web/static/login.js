// Lets people look at the password they typed.
const show = document.getElementById("show");
show.closest("label").hidden = false;
show.addEventListener("change", () => {
  document.getElementById("password").type = show.checked ? "text" : "password";
});
