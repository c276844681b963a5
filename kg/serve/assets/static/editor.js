// The SPARQL editor: YASGUI on our own endpoint, with our questions at hand. Nothing else is asked.
"use strict";
(async () => {
  const place = document.getElementById("yasgui");
  const endpoint = new URL("/sparql", location.href).href;
  const answer = await fetch("/query/questions.json");
  const { prefixes, questions, first } = await answer.json();
  const byName = new Map(questions.map((question) => [question.name, question]));
  Yasgui.Yasqe.defaults.value = first;
  const yasgui = new Yasgui(place, {
    requestConfig: {
      endpoint,
      method: "POST",
      acceptHeaderSelect: "application/sparql-results+json",
      acceptHeaderGraph: "text/turtle,*/*;q=0.5",
    },
    copyEndpointOnNewTab: true,
    endpointCatalogueOptions: { getData: () => [{ endpoint }], keys: [], renderItem: () => {} },
    yasqe: { value: first, addPrefixes: prefixes, showQueryButton: true, resizeable: true, prefixCcApi: null },
    yasr: { prefixes },
    persistenceId: null,
    autofocus: false,
  });
  const show = (text, name) => {
    const tab = yasgui.getTab();
    tab.setRequestConfig({ ...tab.getRequestConfig(), endpoint });
    tab.setEndpoint(endpoint);
    tab.setQuery(text);
    if (name) tab.setName(name);
    tab.getYasqe().focus();
  };
  const given = new URLSearchParams(location.search).get("query");
  show(given || first, "");
  for (const button of document.querySelectorAll("[data-question]")) {
    button.addEventListener("click", () => {
      const question = byName.get(button.dataset.question);
      if (question) show(question.text, question.name);
    });
  }
  document.documentElement.dataset.ready = "1";
})();
