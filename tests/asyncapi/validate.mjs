// Reads an AsyncAPI document, and prints what the ecosystem's own parser says against it, as JSON.
import { Parser } from '@asyncapi/parser';

let text = '';
for await (const piece of process.stdin) text += piece;
const { document, diagnostics } = await new Parser().parse(text);
const found = diagnostics.map(({ severity, code, message, path }) => ({ severity, code, message, path: path.join('/') }));
const operations = document ? document.allOperations().all().map((one) => one.id()) : null;
console.log(JSON.stringify({ operations, diagnostics: found }));
