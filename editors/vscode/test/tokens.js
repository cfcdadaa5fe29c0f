// Writes one line a file: a letter for what each UTF-16 unit of it is, as the grammar colours it.
'use strict';

const fs = require('fs');
const path = require('path');
const oniguruma = require('vscode-oniguruma');
const textmate = require('vscode-textmate');

const wasm = fs.readFileSync(path.join(require.resolve('vscode-oniguruma'), '../onig.wasm')).buffer;
const engine = oniguruma.loadWASM(wasm).then(() => ({
  createOnigScanner: patterns => new oniguruma.OnigScanner(patterns),
  createOnigString: text => new oniguruma.OnigString(text),
}));
const grammarFile = path.join(__dirname, '../syntaxes/tfl.tmLanguage.json');
const registry = new textmate.Registry({
  onigLib: engine,
  loadGrammar: async () => textmate.parseRawGrammar(fs.readFileSync(grammarFile, 'utf8'), grammarFile),
});

function letter(scopes) {
  for (const scope of [...scopes].reverse()) {
    if (scope.startsWith('comment')) return 'c';
    if (scope.startsWith('string') || scope.startsWith('constant.character')) return 's';
    if (scope.startsWith('constant.numeric')) return 'n';
    if (/^(keyword\.(control|declaration|operator\.word)|constant\.language)/.test(scope)) return 'k';
    if (scope.startsWith('meta.embedded')) return 'x';
  }
  return 'x';
}

(async () => {
  const grammar = await registry.loadGrammar('source.tfl');
  for (const file of process.argv.slice(2)) {
    let stack = textmate.INITIAL;
    const letters = [];
    for (const line of fs.readFileSync(file, 'utf8').split('\n')) {
      const result = grammar.tokenizeLine(line, stack);
      stack = result.ruleStack;
      let text = '';
      for (const token of result.tokens) {
        text += letter(token.scopes).repeat(Math.max(0, Math.min(token.endIndex, line.length) - token.startIndex));
      }
      letters.push(text);
    }
    console.log(letters.join('\n').replace(/\n/g, '|'));
  }
})();
