/* Read the data blocks and index them. */
"use strict";
(() => {
  const blob = JSON.parse(A.byId("atlas-data").textContent);
  A.options = JSON.parse(A.byId("atlas-options").textContent);
  A.atlas = blob.atlas;
  A.nodes = blob.nodes;
  A.edges = blob.edges;
  A.actors = A.atlas.actors;
  A.events = A.atlas.events;
  A.LEVELS = ["bloc", "polity", "person"];
  A.LEVEL_NAMES = { bloc: "Blocs", polity: "Polities", person: "People" };
  A.issueLabel = new Map(A.atlas.issues);
  A.byKey = new Map(A.actors.map((actor, index) => [actor.key, index]));
  A.eventByKey = new Map(A.events.map((event) => [event.key, event]));
  A.present = new Set(A.nodes.map((node) => node.level));

  A.events.forEach((event, index) => {
    event.index = index;
    const [year, month, day] = event.date.split("-");
    // ISO dates compare as text.
    event.first = year ? `${year}-${month || "01"}-${day || "01"}` : "";
    event.last = year ? A.lastDay(year, month, day) : "";
    event.month = month ? `${year}-${month}` : "";
  });

  for (const edge of A.edges) {
    edge.a = A.byKey.get(edge.from.slice(edge.level.length + 1));
    edge.b = A.byKey.get(edge.to.slice(edge.level.length + 1));
    edge.key = edge.id.slice(edge.level.length + 1);
  }

  A.name = (index) => A.actors[index].label || "(no name)";
  A.names = (indices) => indices.map(A.name).join(", ") || "(nobody named)";

  /** "A, B → C" for an act, "A, B, C" for a joint one, as the text names the sides. */
  A.headline = (event) => {
    const [actors, recipients] = event.sides.person;
    const joint =
      actors.length > 1 &&
      actors.length === recipients.length &&
      actors.every((one) => recipients.includes(one));
    if (joint) return A.names(actors);
    return recipients.length ? `${A.names(actors)} → ${A.names(recipients)}` : A.names(actors);
  };

  A.issues = (event) => event.issues.map((code) => A.issueLabel.get(code) || code).join(", ");
})();
