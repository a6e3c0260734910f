import { lazy, Suspense } from "react";
import { TablePage } from "../catalog/table-page.tsx";
import { FilesPage } from "../files/files-page.tsx";
import { HomePage } from "../home/home-page.tsx";
import { Brand } from "./brand.tsx";
import { Link } from "./link.tsx";
import { identityOf, type Page, usePage } from "./router.ts";
import { Toasts } from "./toasts.tsx";

const NotebookPage = lazy(async () => {
  const { NotebookPage } = await import("../notebook/notebook-page.tsx");
  return { default: NotebookPage };
});

export function App() {
  const page = usePage();
  return (
    <>
      <Suspense fallback={null}>
        <PageView page={page} />
      </Suspense>
      <Toasts />
    </>
  );
}

function PageView({ page }: { readonly page: Page }) {
  switch (page.page) {
    case "home":
      return <HomePage />;
    case "notebook":
      return <NotebookPage key={identityOf(page.path)} {...page} />;
    case "files":
      return <FilesPage />;
    case "table":
      return <TablePage key={page.name} name={page.name} />;
    case "unknown":
      return <UnknownPage />;
  }
}

function UnknownPage() {
  return (
    <div className="page">
      <header className="top">
        <Brand />
      </header>
      <main>
        <h1>There is no such page</h1>
        <p>
          No page lies at <code>{location.pathname}</code>.{" "}
          <Link href="/">Go to the notebooks and tables</Link>
        </p>
      </main>
    </div>
  );
}
