// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.node.config.Config;
import io.distdb.node.wiring.Node;
import io.distdb.sql.session.Session;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Tab proposes. */
final class CompletionTest {
  private Node node;

  @BeforeEach
  void makeTables() {
    Config config = Config.inMemory();
    node = Node.start(config);
    try (Session session = node.database().newSession()) {
      session.execute("CREATE TABLE flights (origin TEXT PRIMARY KEY, delay INTEGER)");
      session.execute("CREATE TABLE airports (code TEXT PRIMARY KEY, delivery DATE)");
    }
  }

  @AfterEach
  void close() {
    node.close();
  }

  private List<String> of(String text) {
    return new Completion(
            LocalDatabase.relations(node.database().definitions()), List.of("postgres", "shop"))
        .of(text);
  }

  @Test
  void tablesFollowFrom() {
    assertThat(of("SELECT * FROM ")).containsExactly("airports", "flights");
    assertThat(of("SELECT * FROM F")).containsExactly("flights");
    assertThat(of("\\d a")).containsExactly("airports");
  }

  @Test
  void columnsAreThoseOfTheTablesMentioned() {
    assertThat(of("SELECT * FROM flights WHERE del")).contains("delay").doesNotContain("delivery");
    assertThat(of("SELECT del")).contains("delay", "delivery");
    assertThat(of("SELECT * FROM flights f WHERE f.")).containsExactly("delay", "origin");
  }

  @Test
  void keywordsKeepTheCaseThatIsTyped() {
    assertThat(of("SEL")).contains("SELECT");
    assertThat(of("sel")).contains("select");
    assertThat(of("SELECT coun")).contains("count(");
  }

  @Test
  void commandsAndTheirArgumentsAreProposed() {
    assertThat(of("\\ti")).containsExactly("\\timing");
    assertThat(of("\\c s")).containsExactly("shop");
    assertThat(of("\\x a")).containsExactly("auto");
  }
}
