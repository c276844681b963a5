/* Read the data blocks, unpack them and index them. */
"use strict";
(() => {
  const blob = JSON.parse(A.byId("atlas-data").textContent);
  A.options = JSON.parse(A.byId("atlas-options").textContent);
  A.atlas = blob.atlas;
  A.LEVELS = A.atlas.levels;
  A.LEVEL_NAMES = { bloc: "Blocs", polity: "Polities", person: "People" };

  const word = (number) => A.atlas.words[number];
  const SHAPES = { person: "dot", state: "square", bloc: "hexagon", organisation: "diamond" };

  A.actors = A.atlas.actors.map(([key, label, short, kind, polity, blocs, offices]) => ({
    key, label, short: short || label, kind: word(kind), shape: SHAPES[word(kind)] || "dot",
    polity: word(polity), blocs: blocs.map(word), offices: offices.map(word), camp: {},
  }));

  const mention = ([quote, before, after, document, start, end, modality, speaker, confidence, extractor, story, row, fields]) => ({
    quote, before, after, document, start, end, modality: word(modality), speaker: word(speaker),
    confidence, extractor: word(extractor), story,
    row: row || "", fields: (fields || []).map(([name, value]) => [word(name), value]),
  });

  const list = (part) => (typeof part === "number" ? [part] : part);
  /** A number stands for a list of one, and 0 for the sides of the level before. */
  const levels = (sides) => {
    const found = {};
    let last = null;
    A.LEVELS.forEach((level, index) => {
      if (sides[index]) last = sides[index].map(list);
      found[level] = last;
    });
    return found;
  };

  const STORY = 10; // column of a mention
  const MODALITY = 6;

  /** One event. Its sentences are unpacked when somebody reads them: most are never read. */
  class Told {
    get mentions() {
      this.unpacked = this.unpacked || this.packed.map(mention);
      return this.unpacked;
    }
    get stories() {
      return this.packed.map((row) => row[STORY]);
    }
  }

  /* EVENT: the order of the columns in packing.py. ISO dates compare as text. */
  A.events = A.atlas.events.map(([key, type, group, sign, intensity, status, date, sides, issues, place, venue, confidence, mentions], index) => {
    const [year, month, day] = date.split("-");
    return Object.assign(new Told(), {
      index, key, type: word(type), class: word(group), sign, intensity, status: word(status), date,
      sides: levels(sides),
      issues: issues.map(word), place: word(place), venue: word(venue), confidence, packed: mentions,
      sources: mentions.length < 2 ? mentions.length : new Set(mentions.map((row) => row[STORY])).size,
      first: year ? `${year}-${month || "01"}-${day || "01"}` : "",
      last: year ? A.lastDay(year, month, day) : "",
      month: month ? `${year}-${month}` : "",
    });
  });

  const NONE = [];
  const { nodes, edges } = blob;
  A.nodes = (nodes.level || NONE).map((level, index) => (
    { level: A.LEVELS[level], actor: nodes.actor[index], x: nodes.x[index], y: nodes.y[index] }));
  A.edges = (edges.level || NONE).map((level, index) => {
    const [a, b] = [edges.from[index], edges.to[index]];
    const part = (name) => edges[name][index] || NONE;
    return { level: A.LEVELS[level], a, b, key: `${A.actors[a].key},${A.actors[b].key}`, out: part("out"), back: part("back"), both: part("both") };
  });
  A.atLevel = new Map(A.LEVELS.map((level) => [level, { nodes: [], edges: [], byKey: new Map() }]));
  for (const node of A.nodes) A.atLevel.get(node.level).nodes.push(node);
  for (const edge of A.edges) {
    const level = A.atLevel.get(edge.level);
    level.edges.push(edge);
    level.byKey.set(edge.key, edge);
  }

  A.issueLabel = new Map(A.atlas.issues);
  A.issueTop = new Map(A.atlas.issues.map(([code, , top]) => [code, top]));
  A.byKey = new Map(A.actors.map((actor, index) => [actor.key, index]));
  A.eventByKey = new Map(A.events.map((event) => [event.key, event]));
  A.present = new Set(A.LEVELS.filter((level) => A.atLevel.get(level).nodes.length));
  /** Class of act to the fine types that occur in it, both sorted. */
  A.types = new Map();
  for (const event of A.events) {
    if (!A.types.has(event.class)) A.types.set(event.class, new Set());
    A.types.get(event.class).add(event.type);
  }
  A.typeNames = new Set(A.events.flatMap((event) => [event.type, event.class]));
  A.modalities = [...new Set(A.events.flatMap((event) => event.packed.map((row) => row[MODALITY])))].map(word).sort();

  for (const [level, { camps }] of Object.entries(A.atlas.camps)) {
    camps.forEach((camp, index) => {
      for (const actor of camp) A.actors[actor].camp[level] = index + 1;
    });
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

  /** Independent sources of several events: copies of one report count once. */
  A.sources = (events) => new Set(events.flatMap((event) => event.stories)).size;
})();
