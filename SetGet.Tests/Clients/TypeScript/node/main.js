// Calls the example of docs/clients.md, compiled: address, API key, webhook key.
import { readOrder } from "./built/example.js";

console.log(await readOrder(...process.argv.slice(2)));
