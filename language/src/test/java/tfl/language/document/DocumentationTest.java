package tfl.language.document;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import tfl.language.parse.Parser;
import tfl.language.source.Source;

class DocumentationTest {
    @Test
    void definitionsWithTheirSignaturesAndTexts() {
        var documentation = Documentation.of(Parser.parse(Source.of("t", """
                ## Layers.

                ## A dense layer.
                ## Twice.
                struct Dense(w: f32[n, m],
                    b,  # bias
                    static act=x->x) {
                  ## Runs it.
                  fn call(self, x) = x
                  fn _hidden(self) = 1
                }
                # plain comment
                fn plain( x,*rest )->f32[ n ] { x }
                fn _private() = 1
                ## The rate.
                rate = 0.1
                other = 2
                """)).module());
        assertEquals("""
                # layers

                Layers.

                ## `struct Dense(w: f32[n, m], b, static act=x -> x)`

                A dense layer.
                Twice.

                ### `fn call(self, x)`

                Runs it.

                ## `fn plain(x, *rest) -> f32[n]`

                ## `rate`

                The rate.
                """, documentation.markdown("layers"));
        assertEquals("A dense layer.", documentation.entries().getFirst().summary());
    }
}
