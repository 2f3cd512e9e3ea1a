/* Written by actionline-docs-gen. Do not edit. */
(function () {
  "use strict";
  var page = document.documentElement;
  // A browser may refuse to remember anything for pages from a disk.
  function remembered(key) {
    try { return localStorage.getItem("docs." + key); } catch (refused) { return null; }
  }
  function remember(key, value) {
    try { localStorage.setItem("docs." + key, value); } catch (refused) { /* then it holds for this page */ }
  }

  page.classList.add("js");
  function show(theme) {
    if (theme) page.dataset.theme = theme;
  }
  show(remembered("theme"));

  function theme() {
    var button = document.getElementById("theme");
    button.addEventListener("click", function () {
      var system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
      var next = (page.dataset.theme || system) === "dark" ? "light" : "dark";
      show(next);
      remember("theme", next);
      say(next + " colours");
    });
  }

  function say(text) {
    document.getElementById("said").textContent = text;
  }

  // The form that a reader chooses holds for every example of every page that has it.
  function choose(form) {
    document.querySelectorAll(".forms").forEach(function (box) {
      var tabs = Array.from(box.querySelectorAll("[role=tab]"));
      var chosen = tabs.find(function (tab) { return tab.dataset.form === form; }) || tabs[0];
      tabs.forEach(function (tab) {
        tab.setAttribute("aria-selected", String(tab === chosen));
        tab.tabIndex = tab === chosen ? 0 : -1;
      });
      box.querySelectorAll(".panel").forEach(function (panel) {
        panel.hidden = panel.dataset.form !== chosen.dataset.form;
      });
    });
  }

  function forms() {
    document.querySelectorAll(".forms [role=tab]").forEach(function (tab) {
      // The others change their height too: what was clicked stays where it is.
      function pick(target) {
        var before = target.getBoundingClientRect().top;
        choose(target.dataset.form);
        remember("form", target.dataset.form);
        scrollBy(0, target.getBoundingClientRect().top - before);
        target.focus({ preventScroll: true });
      }
      tab.addEventListener("click", function () { pick(tab); });
      tab.addEventListener("keydown", function (event) {
        var tabs = Array.from(tab.parentNode.children);
        var step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        var next = { Home: tabs[0], End: tabs[tabs.length - 1] }[event.key];
        if (step) next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
        if (!next) return;
        event.preventDefault();
        pick(next);
      });
    });
    choose(remembered("form"));
  }

  function copies() {
    document.querySelectorAll(".copy").forEach(function (button) {
      button.addEventListener("click", function () {
        var text = button.dataset.copy;
        function done(worked) {
          button.textContent = worked ? "Copied" : "Not copied";
          say(button.textContent);
          setTimeout(function () { button.textContent = "Copy"; }, 1500);
        }
        if (navigator.clipboard) {
          navigator.clipboard.writeText(text).then(function () { done(true); }, function () { done(byHand(text)); });
        } else {
          done(byHand(text));
        }
      });
    });
  }

  function byHand(text) {
    var area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    var worked = document.execCommand("copy");
    area.remove();
    return worked;
  }

  function search() {
    var input = document.getElementById("search");
    var list = document.getElementById("found");
    var root = document.body.dataset.root;
    var at = -1;

    // Lower is better: the name itself, its beginning, a part of it, a part of what is said of it.
    function rank(row, word) {
      var name = row[0].toLowerCase();
      if (name === word) return 0;
      if (name.startsWith(word)) return 1;
      if (name.includes(word)) return 2;
      if (row[1].toLowerCase().includes(word)) return 3;
      return row[3].toLowerCase().includes(word) ? 4 : -1;
    }
    // The rows come when somebody searches, not with every page; a page on a disk can ask only for a script.
    var asked = false;
    function load() {
      if (asked) return;
      asked = true;
      var script = document.createElement("script");
      script.src = root + "search.js";
      script.onload = function () { if (input.value) open(); };
      document.head.append(script);
    }
    function find(text) {
      var words = text.toLowerCase().split(/\s+/).filter(Boolean);
      if (!words.length) return [];
      return (window.searchRows || [])
        .map(function (row, order) {
          var ranks = words.map(function (word) { return rank(row, word); });
          var sum = ranks.includes(-1) ? -1 : ranks.reduce(function (a, b) { return a + b; }, 0);
          // Of those that fit as well, verbs and actions come first, and what is deprecated last.
          var place = row[4] ? 2 : /^(verb|action)$/.test(row[1]) ? 0 : 1;
          return { row: row, rank: sum * 3 + (sum < 0 ? 0 : place), order: order };
        })
        .filter(function (hit) { return hit.rank >= 0; })
        .sort(function (a, b) { return a.rank - b.rank || a.order - b.order; })
        .slice(0, 12);
    }
    function mark(next) {
      var options = list.children;
      at = options.length ? (next + options.length) % options.length : -1;
      Array.from(options).forEach(function (option, index) {
        option.setAttribute("aria-selected", String(index === at));
      });
      if (at < 0 || !options[at].id) return input.removeAttribute("aria-activedescendant");
      input.setAttribute("aria-activedescendant", options[at].id);
      options[at].scrollIntoView({ block: "nearest" });
    }
    function close() {
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }
    function part(name, text) {
      var node = document.createElement("span");
      node.className = name;
      node.textContent = text;
      return node;
    }
    function open() {
      if (!window.searchRows) return load();
      var hits = find(input.value);
      list.replaceChildren();
      hits.forEach(function (hit, index) {
        var option = document.createElement("li");
        option.id = "found-" + index;
        option.role = "option";
        option.dataset.url = root + hit.row[2];
        if (hit.row[4]) option.className = "old";
        option.append(part("what", hit.row[0]), part("kind", hit.row[1] + (hit.row[4] ? ", deprecated" : "")), part("about", hit.row[3]));
        option.addEventListener("mousedown", function (event) { event.preventDefault(); });
        option.addEventListener("click", function () { go(option); });
        list.append(option);
      });
      if (!input.value.trim()) return close();
      if (!hits.length) {
        var none = document.createElement("li");
        none.className = "none";
        none.role = "option";
        none.id = "found-none";
        none.textContent = "Nothing has this word.";
        list.append(none);
      }
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
      mark(0);
      say(hits.length + (hits.length === 1 ? " result" : " results"));
    }
    function go(option) {
      if (!option || !option.dataset.url) return;
      close();
      input.value = "";
      input.blur();
      location.href = option.dataset.url;
    }
    input.addEventListener("input", open);
    input.addEventListener("focus", function () {
      load();
      if (input.value) open();
    });
    input.addEventListener("blur", close);
    input.addEventListener("keydown", function (event) {
      if (event.key === "ArrowDown") mark(at + 1);
      else if (event.key === "ArrowUp") mark(at - 1);
      else if (event.key === "Enter") go(list.children[at]);
      else if (event.key === "Escape") {
        if (list.hidden) input.blur();
        input.value = "";
        close();
      } else return;
      event.preventDefault();
    });
    document.addEventListener("keydown", function (event) {
      var typing = /^(input|textarea|select)$/i.test(event.target.tagName);
      if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      input.focus();
      input.select();
    });
  }

  function menu() {
    var button = document.getElementById("menu");
    var index = document.getElementById("index");
    function set(open) {
      button.setAttribute("aria-expanded", String(open));
      index.classList.toggle("open", open);
    }
    button.addEventListener("click", function () {
      set(button.getAttribute("aria-expanded") !== "true");
    });
    index.addEventListener("click", function (event) { if (event.target.closest("a")) set(false); });
    document.addEventListener("keydown", function (event) {
      if (event.key !== "Escape" || !index.classList.contains("open")) return;
      set(false);
      button.focus();
    });
    var current = index.querySelector("[aria-current]");
    if (current && current.offsetTop > index.clientHeight - 80) index.scrollTop = current.offsetTop - index.clientHeight / 2;
  }

  // The chapter that is being read, marked in the index.
  function follow() {
    var links = new Map();
    document.querySelectorAll("#index a[href*='#']").forEach(function (link) {
      var path = link.href.split("#")[0];
      if (path === location.href.split("#")[0]) links.set(link.hash.slice(1), link);
    });
    var heads = Array.from(document.querySelectorAll(".guide h2[id]"));
    if (!heads.length) return;
    function update() {
      var passed = heads.filter(function (head) { return head.getBoundingClientRect().top < 120; });
      var head = passed[passed.length - 1] || heads[0];
      links.forEach(function (link, id) {
        if (id === head.id) link.setAttribute("aria-current", "location");
        else link.removeAttribute("aria-current");
      });
    }
    addEventListener("scroll", update, { passive: true });
    update();
  }

  document.addEventListener("DOMContentLoaded", function () {
    theme();
    forms();
    copies();
    search();
    menu();
    follow();
    // The page has changed its height since the browser went to the anchor.
    var target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target) target.scrollIntoView();
  });
})();
