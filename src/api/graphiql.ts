import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import express, { type NextFunction, type Request, type Response, Router } from 'express';
import { EXAMPLES } from './examples.js';

const require = createRequire(import.meta.url);
const folderOf = (name: string) => dirname(require.resolve(`${name}/package.json`));

/** GraphiQL's own files, from the packages that this project installs: nothing comes from another host. */
const ASSETS: Record<string, string> = {
  'react.js': join(folderOf('react'), 'umd/react.production.min.js'),
  'react-dom.js': join(folderOf('react-dom'), 'umd/react-dom.production.min.js'),
  'graphiql.js': join(folderOf('graphiql'), 'graphiql.min.js'),
  'graphiql.css': join(folderOf('graphiql'), 'graphiql.min.css'),
};

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Erfara: GraphQL</title>
<link rel="stylesheet" href="/graphiql/graphiql.css">
<link rel="stylesheet" href="/graphiql/page.css">
</head>
<body>
<div id="graphiql">Loading …</div>
<script src="/graphiql/react.js"></script>
<script src="/graphiql/react-dom.js"></script>
<script src="/graphiql/graphiql.js"></script>
<script src="/graphiql/page.js"></script>
</body>
</html>
`;

const PAGE_CSS = 'body { margin: 0 } #graphiql { height: 100vh }';

const PAGE_JS = `const fetcher = GraphiQL.createFetcher({ url: '/graphql' });
ReactDOM.createRoot(document.getElementById('graphiql')).render(
  React.createElement(GraphiQL, { fetcher, defaultTabs: ${JSON.stringify(EXAMPLES)}, defaultEditorToolsVisibility: 'variables' }),
);
`;

const PAGE_POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; frame-ancestors 'none'; base-uri 'none'";

/** Shows GraphiQL, with the three main uses as its first tabs, to a browser that opens /graphql. */
export function graphiql(): Router {
  const router = Router();
  router.get('/graphql', (req: Request, res: Response, next: NextFunction) => {
    if ('query' in req.query || req.accepts(['json', 'html']) !== 'html') { next(); return; }
    res.set('Content-Security-Policy', PAGE_POLICY).type('html').send(PAGE);
  });
  router.get('/graphiql/page.css', (_, res) => {
    res.type('css').send(PAGE_CSS);
  });
  router.get('/graphiql/page.js', (_, res) => {
    res.type('js').send(PAGE_JS);
  });
  for (const [name, file] of Object.entries(ASSETS)) {
    router.use(`/graphiql/${name}`, express.static(file, { maxAge: '1d', dotfiles: 'allow' }));
  }
  return router;
}
