/** Leaflet's style sheet: whatever shows a map needs it. */
import "leaflet/dist/leaflet.css";
