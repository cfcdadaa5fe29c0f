package tfl.language.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tfl.language.ast.Annotation;
import tfl.language.ast.Expr;
import tfl.language.ast.Function;
import tfl.language.ast.Identifier;
import tfl.language.ast.Statement;
import tfl.language.ast.Statement.ModuleKind;
import tfl.language.lex.Names;
import tfl.language.lex.SyntaxProblem;
import tfl.language.lex.Token;
import tfl.language.lex.TokenKind;

/** Functions, structs, imports and tests; the grammar stands at {@link Parser}. */
final class Definitions {
    private final Parser parser;
    private final TokenCursor cursor;
    private final DocComments docs;

    Definitions(Parser parser, DocComments docs) {
        this.parser = parser;
        this.cursor = parser.cursor;
        this.docs = docs;
    }

    /** The documentation of a statement that begins with a token. */
    Optional<String> doc(Token first) {
        return first.startsLine() ? docs.above(cursor.span(first).line()) : Optional.empty();
    }

    Optional<String> moduleDoc() {
        return docs.ofModule(cursor.source());
    }

    Statement definition() {
        if (cursor.is(TokenKind.STRUCT)) {
            return struct();
        }
        return function();
    }

    private Statement.FunctionDefinition function() {
        var first = cursor.token();
        var decorators = new ArrayList<Statement.Decorator>();
        while (cursor.is(TokenKind.AT)) {
            var at = cursor.next();
            decorators.add(new Statement.Decorator(parser.expressions.postfix(), cursor.since(at)));
            cursor.skipLineBreaks();
        }
        var keyword = cursor.expect(TokenKind.FN, decorators.isEmpty() ? "`fn`" : "`fn` below the decorator");
        var name = cursor.identifier("the function's name");
        var parameters = parser.patterns.parametersInBrackets();
        Optional<Annotation> result = cursor.accept(TokenKind.ARROW)
                ? Optional.of(parser.patterns.annotation()) : Optional.empty();
        var body = functionBody();
        return new Statement.FunctionDefinition(name, decorators,
                new Function(parameters, result, body, cursor.since(keyword)),
                doc(first), cursor.since(first));
    }

    private Expr functionBody() {
        if (cursor.accept(TokenKind.ASSIGN)) {
            return parser.expressions.expression();
        } else if (cursor.token().kind() == TokenKind.LEFT_BRACE) {
            return parser.block();
        }
        throw cursor.expected("`=` or `{`", cursor.is(TokenKind.COLON)
                ? Optional.of("blocks are written in { }, and a result is annotated with `->`")
                        : Optional.empty());
    }

    private Statement struct() {
        var first = cursor.next();
        var name = cursor.identifier("the struct's name");
        var fields = new ArrayList<Statement.StructField>();
        if (cursor.is(TokenKind.LEFT_PAREN)) {
            fields(fields);
        }
        var methods = new ArrayList<Statement.FunctionDefinition>();
        if (cursor.is(TokenKind.LEFT_BRACE)) {
            var block = parser.block();
            for (var statement : block.statements()) {
                if (statement instanceof Statement.FunctionDefinition method) {
                    methods.add(method);
                } else {
                    parser.report(new SyntaxProblem.Expected("a method", "another statement",
                            Optional.of("fields stand in the brackets behind the name: struct " + name
                                    + "(w, b) { ... }")),
                            statement.span());
                }
            }
        }
        return new Statement.StructDefinition(name, fields, methods, doc(first), cursor.since(first));
    }

    private void fields(List<Statement.StructField> fields) {
        var opening = cursor.next();
        boolean outer = cursor.lineBreaksMatter(false);
        while (!cursor.is(TokenKind.RIGHT_PAREN)) {
            fields.add(field());
            if (!cursor.accept(TokenKind.COMMA)) {
                break;
            }
        }
        cursor.close(TokenKind.RIGHT_PAREN, opening);
        cursor.lineBreaksMatter(outer);
        boolean defaults = false;
        for (var field : fields) {
            if (defaults && field.defaultValue().isEmpty()) {
                parser.report(
                        new SyntaxProblem.WrongOrder("fields without a default stand before those with one",
                        Optional.empty()),
                        field.span());
            }
            defaults |= field.defaultValue().isPresent();
        }
    }

    private Statement.StructField field() {
        var first = cursor.token();
        boolean isStatic = cursor.isWord("static") && cursor.peekAt(1) == TokenKind.NAME;
        if (isStatic) {
            cursor.next();
        }
        var name = cursor.identifier("a field's name");
        var annotation = parser.patterns.optionalAnnotation();
        return new Statement.StructField(name, isStatic, annotation, parser.patterns.optionalDefault(),
                cursor.since(first));
    }

    Statement test() {
        var first = cursor.next();
        var name = parser.primaries.plainString("the test's name");
        var body = parser.block();
        var function = new Function(List.of(), Optional.empty(), body, body.span());
        return new Statement.Test(name.text(), function, cursor.since(first));
    }

    Statement bench() {
        var first = cursor.next();
        var name = parser.primaries.plainString("the benchmark's name");
        var body = parser.block();
        var function = new Function(List.of(), Optional.empty(), body, body.span());
        return new Statement.Bench(name.text(), function, cursor.since(first));
    }

    // Imports

    Statement importModules() {
        var first = cursor.next();
        var modules = new ArrayList<Statement.ImportedModule>();
        do {
            modules.add(importedModule(true));
        } while (cursor.accept(TokenKind.COMMA));
        return new Statement.Import(modules, cursor.since(first));
    }

    Statement fromImport() {
        var first = cursor.next();
        var module = importedModule(false);
        cursor.expect(TokenKind.IMPORT);
        var names = new ArrayList<Statement.ImportedName>();
        do {
            var start = cursor.token();
            var name = cursor.identifier("a name of the module");
            names.add(new Statement.ImportedName(name, alias(), cursor.since(start)));
        } while (cursor.accept(TokenKind.COMMA));
        return new Statement.FromImport(module, names, cursor.since(first));
    }

    private Optional<Identifier> alias() {
        if (!cursor.isWord("as")) {
            return Optional.empty();
        }
        cursor.next();
        return Optional.of(cursor.identifier("a name"));
    }

    private Statement.ImportedModule importedModule(boolean named) {
        var first = cursor.token();
        var kind = cursor.is(TokenKind.STRING_BEGIN) ? ModuleKind.FILE
                : cursor.isWord("java") && cursor.peekAt(1) == TokenKind.STRING_BEGIN ? ModuleKind.JAVA
                        : ModuleKind.LIBRARY;
        var target = switch (kind) {
            case FILE -> parser.primaries.plainString("a path");
            case JAVA -> {
                cursor.next();
                yield parser.primaries.plainString("a class name");
            }
            case LIBRARY -> dottedName();
        };
        var alias = named ? alias() : Optional.<Identifier>empty();
        var name = alias.orElseGet(() -> new Identifier(lastPart(target.text(), kind), target.span()));
        if (named && !Names.isName(name.text())) {
            throw cursor.expected("`as` and a name",
                    Optional.of("write import " + target.span().text() + " as model"));
        }
        return new Statement.ImportedModule(kind, target.text(), alias, name, cursor.since(first));
    }

    private Identifier dottedName() {
        var first = cursor.token();
        var name = new StringBuilder(cursor.identifier("a module's name, a path or a Java class").text());
        while (cursor.accept(TokenKind.DOT)) {
            name.append('.').append(cursor.identifier("a module's name"));
        }
        return new Identifier(name.toString(), cursor.since(first));
    }

    private static String lastPart(String target, ModuleKind kind) {
        if (kind != ModuleKind.FILE) {
            return target.substring(Math.max(target.lastIndexOf('.'), target.lastIndexOf('$')) + 1);
        }
        String file = target.substring(Math.max(target.lastIndexOf('/'), target.lastIndexOf('\\')) + 1);
        return file.endsWith(".tfl") ? file.substring(0, file.length() - ".tfl".length()) : file;
    }
}
