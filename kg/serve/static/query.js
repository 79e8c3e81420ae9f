"use strict";

// The page says where the endpoint is and what to begin with: a query in its address, or one that shows something.
const place = document.getElementById("yasgui");
const endpoint = new URL(place.dataset.endpoint, location.href).href;
const asked = new URLSearchParams(location.search).get("query");
const prefixes = JSON.parse(place.dataset.prefixes);
const first = asked || place.dataset.query;

Yasgui.Yasqe.defaults.value = first;
// The others look names up at servers elsewhere.
Yasgui.Yasqe.defaults.autocompleters = ["variables"];
Yasgui.Yasqe.defaults.createShareableLink = (yasqe) =>
  `${location.origin}${location.pathname}?${new URLSearchParams({ query: yasqe.getValue() })}`;
Yasgui.Yasr.defaults.prefixes = prefixes;

const yasgui = new Yasgui(place, {
  requestConfig: { endpoint, method: "POST" },
  endpointCatalogueOptions: { getData: () => [{ endpoint }] },
  copyEndpointOnNewTab: false,
  populateFromUrl: false,
  persistenceId: `kg-${location.pathname}`,
  yasqe: { createShareableLink: Yasgui.Yasqe.defaults.createShareableLink },
});

// Tabs are kept from visit to visit, and with them where they asked: a server may have moved meanwhile.
for (const id of Object.keys(yasgui._tabs)) {
  yasgui._tabs[id].setEndpoint(endpoint);
}
if (asked) {
  yasgui.addTab(true, { yasqe: { value: asked } });
}
