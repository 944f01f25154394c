// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StatementSplitterTest {
  private static List<String> texts(String script) {
    return StatementSplitter.split(script).stream().map(StatementSplitter.Part::text).toList();
  }

  @Test
  void semicolonsInQuotesAndCommentsDoNotSplit() {
    assertThat(
            texts(
                "SELECT ';'; SELECT \"a;b\" -- c;d\n; /* e;f /* ; */ ; */ SELECT $$;$$; "
                    + "SELECT $x$;$$;$x$; SELECT E'\\';'; SELECT (1;2)"))
        .containsExactly(
            "SELECT ';'",
            "SELECT \"a;b\"",
            "SELECT $$;$$",
            "SELECT $x$;$$;$x$",
            "SELECT E'\\';'",
            "SELECT (1;2)");
  }

  @Test
  void partsKnowWhereTheyAre() {
    List<StatementSplitter.Part> parts =
        StatementSplitter.split("-- one\nSELECT 1;\n\n;;\n  SELECT\n2");
    assertThat(parts).hasSize(2);
    assertThat(parts.get(0)).isEqualTo(new StatementSplitter.Part("SELECT 1", 7, 2, true));
    assertThat(parts.get(1)).isEqualTo(new StatementSplitter.Part("SELECT\n2", 23, 5, false));
  }

  @Test
  void brokenTextStaysInOnePiece() {
    assertThat(texts("SELECT 1; SELECT 'a; SELECT 2;"))
        .containsExactly("SELECT 1", "SELECT 'a; SELECT 2;");
    assertThat(texts("SELECT 1; /* a; b")).containsExactly("SELECT 1", "/* a; b");
    assertThat(texts("")).isEmpty();
    assertThat(texts(" ; -- x\n ;")).isEmpty();
  }
}
