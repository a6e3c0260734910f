import { useId } from "react";
import { Dialog } from "../app/dialog.tsx";
import { useStore } from "../app/store.ts";
import type { ChoiceSetting } from "./setting.ts";
import { settingGroups } from "./settings.ts";
import "./settings.css";

/** What the user can choose for this browser. Each choice holds at once. */
export function SettingsDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title="Settings" onClose={onClose}>
      <div className="settings">
        {settingGroups.map(({ title, settings }) => (
          <section key={title}>
            <h3>{title}</h3>
            {settings.map((setting) => (
              <ChoiceRow key={setting.label} setting={setting} />
            ))}
          </section>
        ))}
        <p className="muted">Kept by this browser, for all notebooks.</p>
        <div className="actions">
          <button type="button" className="button primary" onClick={onClose}>
            Done
          </button>
        </div>
      </div>
    </Dialog>
  );
}

function ChoiceRow({
  setting: { label, hint, preference, options, before },
}: {
  readonly setting: ChoiceSetting;
}) {
  const value = useStore(preference, (now) => now);
  const name = useId();
  const choose = async (wanted: string) => preference.set(before ? await before(wanted) : wanted);
  return (
    <fieldset className="setting">
      <legend>{label}</legend>
      <div className="segments">
        {options.map((option) => (
          <label key={option.value} className="segment">
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => void choose(option.value)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
      {hint ? <p className="setting-hint">{hint}</p> : null}
    </fieldset>
  );
}
