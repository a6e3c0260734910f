// Makes the coffee diary: three files about one person's coffees in the first half of 2025. Nobody drank them: the
// numbers come from a seeded generator, with habits built in for the notebook to find. Run it again and the files
// are the same, byte for byte:  node notebooks/data/make-coffee.mjs [FOLDER]

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const days = 181;
const start = Date.UTC(2025, 0, 1);
const minute = 60_000;

/** mulberry32: a number in [0, 1) from a seed, the same everywhere. */
function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const random = generator(20250101);
const between = (low, high) => low + (high - low) * random();
/** Roughly normal, by the sum of four; no function whose last digit differs from machine to machine. */
const around = (mean, spread) => mean + spread * (random() + random() + random() + random() - 2) * 1.73;
const chance = (share) => random() < share;
const rounded = (value, digits) => Number(value.toFixed(digits));

function pick(weights) {
  let left = random() * Object.values(weights).reduce((sum, weight) => sum + weight, 0);
  for (const [name, weight] of Object.entries(weights)) {
    left -= weight;
    if (left < 0) return name;
  }
  return Object.keys(weights)[0];
}

const drinks = {
  espresso: { ml: 30, mg: 63, price: 2.4 },
  "flat white": { ml: 160, mg: 126, price: 3.9 },
  cappuccino: { ml: 180, mg: 63, price: 3.6 },
  filter: { ml: 240, mg: 115, price: 3.2 },
  "cold brew": { ml: 300, mg: 155, price: 4.3 },
  decaf: { ml: 160, mg: 4, price: 3.6 },
};

const beans = {
  "Guji natural": {
    origin: "Ethiopia",
    roast: "light",
    tastes: ["blueberry", "jasmine", "lemon"],
    score: 8.3,
  },
  "Huila washed": {
    origin: "Colombia",
    roast: "medium",
    tastes: ["caramel", "red apple", "almond"],
    score: 7.6,
  },
  "Cerrado pulped": {
    origin: "Brazil",
    roast: "medium",
    tastes: ["hazelnut", "cocoa", "toffee"],
    score: 7.1,
  },
  "Nyeri AA": {
    origin: "Kenya",
    roast: "light",
    tastes: ["blackcurrant", "grapefruit", "brown sugar"],
    score: 8.1,
  },
  "House blend": {
    origin: "Brazil and India",
    roast: "dark",
    tastes: ["dark chocolate", "smoke", "walnut"],
    score: 6.2,
  },
};

const methods = {
  V60: { best: 94, seconds: 180, dose: 15, ratio: 16.2 },
  AeroPress: { best: 88, seconds: 105, dose: 14, ratio: 14 },
  "French press": { best: 93, seconds: 250, dose: 22, ratio: 15 },
  "moka pot": { best: 97, seconds: 300, dose: 16, ratio: 7.5 },
};

/** When a day's coffees fall, in minutes after midnight. */
function timesOf(weekend) {
  const times = [around(weekend ? 545 : 432, 22)];
  if (!weekend || chance(0.45)) times.push(around(weekend ? 690 : 605, 25));
  if (chance(weekend ? 0.55 : 0.72)) times.push(around(815, 35));
  if (chance(weekend ? 0.3 : 0.42)) times.push(around(945, 40));
  if (chance(0.16)) times.push(around(1130, 45));
  return times.map(Math.round).sort((a, b) => a - b);
}

function placeAt(minutes, weekend, first) {
  if (first) return chance(0.86) ? "home" : "Café Lindgren";
  if (weekend) return pick({ home: 5, "Café Lindgren": 3, "Kiosk am Park": 2 });
  if (minutes > 1050) return pick({ home: 4, "Café Lindgren": 3 });
  return pick({ office: 8, "Café Lindgren": 2, home: 2 });
}

function drinkAt(place, minutes, month) {
  if (place === "home") return pick({ filter: 7, espresso: 2, decaf: minutes > 1000 ? 5 : 0.2 });
  if (place === "office") return pick({ espresso: 4, cappuccino: 4, filter: 3 });
  const cold = month >= 4 && minutes > 660 ? 6 : 0;
  return pick({
    "flat white": 5,
    cappuccino: 3,
    espresso: 2,
    "cold brew": cold,
    decaf: minutes > 1000 ? 2 : 0.3,
  });
}

function brewOf(coffee) {
  const bean = pick({
    "Guji natural": 3,
    "Huila washed": 4,
    "Cerrado pulped": 3,
    "Nyeri AA": 2,
    "House blend": 3,
  });
  const method = pick({ V60: 5, AeroPress: 4, "French press": 2, "moka pot": 2 });
  const { origin, roast, tastes, score } = beans[bean];
  const { best, seconds, dose, ratio } = methods[method];
  const temperature = rounded(around(best, 2.6), 1);
  const off = temperature - best;
  const grams = rounded(around(dose, 0.5), 1);
  const brew = {
    coffee: coffee.id,
    time: coffee.time,
    method: { name: method, temperature, seconds: Math.round(around(seconds, seconds * 0.07)) },
    beans: { name: bean, origin, roast, grams },
    water: Math.round(grams * ratio),
    tasted: tastes.filter(() => chance(0.6)),
  };
  if (chance(0.82))
    brew.score = rounded(Math.min(10, Math.max(1, around(score, 0.55) - 0.07 * off * off)), 1);
  return brew;
}

const stamp = (day, minutes) =>
  new Date(start + day * 1440 * minute + minutes * minute).toISOString().slice(0, 16).replace("T", " ") +
  ":00";

function coffeeOf(id, day, minutes, weekend, first) {
  const time = stamp(day, minutes);
  const place = placeAt(minutes, weekend, first);
  const drink = drinkAt(place, minutes, Number(time.slice(5, 7)) - 1);
  const { ml, mg, price } = drinks[drink];
  const paid =
    place === "home" ? 0 : place === "office" ? 0.5 : price + (place === "Kiosk am Park" ? -0.4 : 0);
  const rating = chance(0.78)
    ? Math.min(5, Math.max(1, Math.round(around(place === "office" ? 2.7 : 3.8, 0.8))))
    : "";
  return {
    id,
    time,
    place,
    drink,
    ml,
    mg: Math.round(mg * between(0.9, 1.1)),
    paid: paid.toFixed(2),
    rating,
  };
}

/** The night after: late caffeine costs sleep, most of all in the evening; weekends give some back. */
function sleepAfter(coffees, tomorrowFree) {
  const cost = coffees.reduce((sum, { time, mg }) => sum + mg * lateness(time), 0);
  return Math.round(around(455 + (tomorrowFree ? 45 : 0) - cost, 19));
}

function lateness(time) {
  const hour = Number(time.slice(11, 13)) + Number(time.slice(14, 16)) / 60;
  return Math.max(0, Math.min(1, (hour - 13.5) / 5)) * 0.72;
}

const weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

const remarks = [
  "Rain all day.",
  "Ran 5 km before breakfast.",
  "Machine at work broken again.",
  "Long call with M.",
  "New bag of beans!",
  "Headache until noon.",
  "Read until late.",
  "Tried a finer grind.",
  "Forgot to write down the score.",
];

function noteOf(day, minutes, hadLate) {
  const date = new Date(start + day * 1440 * minute);
  const spread = Math.round(around(3.2 + (minutes - 440) / 75, 0.6));
  const mood = Math.min(5, Math.max(1, spread));
  const slept = `${Math.floor(minutes / 60)}h${String(minutes % 60).padStart(2, "0")}`;
  const words = [`slept ${slept}`, `mood ${mood}/5`];
  if (hadLate && chance(0.4)) words.push("lay awake");
  const remark = chance(0.3) ? ` ${remarks[Math.floor(random() * remarks.length)]}` : "";
  return `${date.toISOString().slice(0, 10)} ${weekdays[date.getUTCDay()]}: ${words.join(", ")}.${remark}`;
}

function diary() {
  const coffees = [];
  const brews = [];
  const notes = [];
  let slept = 450;
  let hadLate = false;
  for (let day = 0; day < days; day++) {
    const weekday = new Date(start + day * 1440 * minute).getUTCDay();
    const weekend = weekday === 0 || weekday === 6;
    if (day % 29 !== 17) notes.push(noteOf(day, slept, hadLate));
    const today = timesOf(weekend).map((minutes, index) =>
      coffeeOf(coffees.length + index + 1, day, minutes, weekend, index === 0),
    );
    coffees.push(...today);
    brews.push(...today.filter(({ place, drink }) => place === "home" && drink === "filter").map(brewOf));
    slept = sleepAfter(today, weekday === 5 || weekday === 6);
    hadLate = today.some(({ time, mg }) => mg > 20 && time.slice(11) > "17:00");
  }
  return { coffees, brews, notes };
}

function csv(rows) {
  const names = Object.keys(rows[0]);
  return [names.join(","), ...rows.map((row) => names.map((name) => row[name]).join(","))].join("\n");
}

const { coffees, brews, notes } = diary();
const folder = process.argv[2] ?? join(import.meta.dirname, "coffee");
const notesHead =
  "Coffee diary, first half of 2025. Made up: see make-coffee.mjs.\nOne line a morning, about the night before.\n";
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, "coffees.csv"), `${csv(coffees)}\n`);
writeFileSync(join(folder, "brews.ndjson"), `${brews.map((brew) => JSON.stringify(brew)).join("\n")}\n`);
writeFileSync(join(folder, "notes.txt"), `${notesHead}\n${notes.join("\n")}\n`);
