(function () {
  "use strict";
  var data = JSON.parse(document.getElementById("data").textContent);
  var panel = document.getElementById("panel");
  var opener = null;

  function each(list, work) { Array.prototype.forEach.call(list, work); }

  function close() {
    if (panel.hidden) { return; }
    panel.hidden = true;
    if (opener) { opener.focus(); }
  }

  function open(link) {
    var key = link.getAttribute("href").slice(1);
    var list = document.getElementById(key);
    var body = document.getElementById("panel-visits");
    if (!list || !Object.prototype.hasOwnProperty.call(data.days, key)) { return false; }
    document.getElementById("panel-title").textContent = data.days[key];
    while (body.firstChild) { body.removeChild(body.firstChild); }
    each(list.querySelectorAll("tr:not(.head)"), function (row) { body.appendChild(row.cloneNode(true)); });
    opener = link;
    panel.hidden = false;
    panel.focus();
    return true;
  }

  each(document.querySelectorAll(".grid td a"), function (link) {
    link.title = data.days[link.getAttribute("href").slice(1)] || "";
    link.addEventListener("click", function (event) {
      if (!(event.ctrlKey || event.metaKey || event.shiftKey) && open(link)) { event.preventDefault(); }
    });
  });
  document.getElementById("panel-close").addEventListener("click", close);
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" || event.key === "Esc") { close(); }
  });

  var choose = document.getElementById("choose");
  if (choose) {
    var team = document.getElementById("pick-team");
    var day = document.getElementById("pick-day");
    var show = function () {
      each(document.querySelectorAll(".routes"), function (group) {
        group.setAttribute("class", team.value || day.value ? "routes picked" : "routes");
        each(group.querySelectorAll(".way"), function (way) {
          var fits = (!team.value || way.getAttribute("data-team") === team.value) &&
            (!day.value || way.getAttribute("data-day") === day.value);
          way.setAttribute("class", way.getAttribute("class").replace(" away", "") + (fits ? "" : " away"));
        });
      });
    };
    choose.hidden = false;
    team.addEventListener("change", show);
    day.addEventListener("change", show);
  }

  window.addEventListener("beforeprint", function () {
    each(document.querySelectorAll("details"), function (one) { one.open = true; });
  });
}());
