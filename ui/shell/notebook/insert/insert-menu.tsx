import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import {
  Dialog as AriaDialog,
  Autocomplete,
  Header,
  Input,
  Menu,
  MenuItem,
  MenuSection,
  Popover,
  SearchField,
  Text,
} from "react-aria-components";
import { client } from "../../app/client.ts";
import { useStore } from "../../app/store.ts";
import { toastFailure } from "../../app/toasts.tsx";
import { useWorkbench, type Workbench } from "../context.ts";
import { ModeIcon } from "../mode-icon.tsx";
import { type Entry, type EntryGroup, entryGroups, type Found, matches, nothingFound } from "./entries.ts";
import type { Insertion } from "./insertion.ts";
import { putSnippet } from "./put.ts";
import "./insert.css";

/** The menu that puts cells into the notebook: opened by `/` in an empty cell, by `+` and by its command. */
export function InsertMenu() {
  const workbench = useWorkbench();
  const insertion = useStore(workbench.insertMenu.open, (open) => open);
  return insertion ? <OpenMenu key={keyOf(insertion)} insertion={insertion} /> : null;
}

const keyOf = ({ after, into }: Insertion) => `${after} ${into}`;

function OpenMenu({ insertion }: { readonly insertion: Insertion }) {
  const workbench = useWorkbench();
  const anchor = useRef(insertion.anchor);
  const groups = useEntries(workbench);
  const [typed, setTyped] = useState("");
  const close = () => workbench.insertMenu.close();
  const leave = (text: string) => {
    close();
    setTimeout(() => goBack(workbench, insertion, text));
  };
  const choose = (key: unknown) => {
    close();
    const entry = groups.flatMap(({ entries }) => entries).find(({ id }) => id === key);
    // After the popover has given the focus back.
    if (entry) setTimeout(() => void put(workbench, entry, insertion).catch(toastFailure));
  };
  const press = (event: KeyboardEvent) => {
    if (typed !== "" || !(event.key === "Backspace" || (event.key === "/" && insertion.into !== null)))
      return;
    event.preventDefault();
    event.stopPropagation();
    // A second slash begins a comment, as it always did.
    leave(event.key === "/" ? "//" : "");
  };
  return (
    <Popover
      className="popover insert-menu"
      triggerRef={anchor}
      isOpen
      onOpenChange={(open) => open || leave("")}
      placement="bottom start"
      offset={2}
    >
      <AriaDialog className="palette-dialog" aria-label="Insert">
        <Autocomplete filter={matches} inputValue={typed} onInputChange={setTyped}>
          <SearchField aria-label="Find something to insert" autoFocus onKeyDown={press}>
            <Input className="palette-input" placeholder="Cell, snippet, chart, query …" />
          </SearchField>
          <Menu
            className="menu palette-menu"
            aria-label="Insert"
            items={groups}
            onAction={choose}
            renderEmptyState={() => <p className="muted palette-empty">Nothing has these words.</p>}
          >
            {(group) => <Group group={group} />}
          </Menu>
        </Autocomplete>
      </AriaDialog>
    </Popover>
  );
}

function Group({ group }: { readonly group: EntryGroup }) {
  return (
    <MenuSection id={group.title}>
      <Header className="menu-head">{group.title}</Header>
      {group.entries.map(({ id, title, words, mode }) => (
        <MenuItem key={id} id={id} textValue={`${title} ${words} ${group.title}`} className="menu-item">
          <ModeIcon mode={mode} />
          <Text slot="label">{title}</Text>
        </MenuItem>
      ))}
    </MenuSection>
  );
}

/** At once what is always there; the rest when it is known. */
function useEntries({ session }: Workbench): readonly EntryGroup[] {
  const [found, setFound] = useState<Found>(nothingFound);
  useEffect(() => {
    let gone = false;
    const add = (part: Partial<Found>) => {
      if (!gone) setFound((before) => ({ ...before, ...part }));
    };
    client.snippets().then(({ snippets }) => add({ saved: snippets }), toastFailure);
    client.home().then((home) => add({ home }), toastFailure);
    session.language.ask<Found["tables"]>({ type: "tables" }).then(
      (tables) => add({ tables: tables ?? [] }),
      () => {},
    );
    return () => {
      gone = true;
    };
  }, [session]);
  return useMemo(() => entryGroups(found).map((group) => ({ ...group, id: group.title })), [found]);
}

async function put(workbench: Workbench, { id, title, snippet }: Entry, insertion: Insertion): Promise<void> {
  if (!("template" in snippet)) return putSnippet(workbench, snippet, insertion);
  const { cells } = await client.cells(snippet.template);
  putSnippet(workbench, { id, title, cells }, insertion);
}

/** Nothing was chosen: the focus goes back to where it was. */
function goBack({ editors, selection }: Workbench, { into, anchor }: Insertion, text: string): void {
  if (into !== null) {
    editors.focus(into, "end");
    editors.type(into, text);
  } else if (anchor instanceof HTMLButtonElement) anchor.focus();
  else selection.refocus();
}
