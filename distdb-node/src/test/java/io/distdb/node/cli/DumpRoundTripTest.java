// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.txn.IsolationLevel;
import io.distdb.client.Client;
import io.distdb.node.config.Config;
import io.distdb.node.dump.Dump;
import io.distdb.node.dump.DumpRequest;
import io.distdb.node.wiring.Node;
import io.distdb.node.wiring.Surroundings;
import io.distdb.sql.session.Session;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever a database has, its dump makes again: the dump of what it made is the same text. */
final class DumpRoundTripTest {
  @Property(tries = 40)
  void aRestoredDumpIsTheDatabase(@ForAll long seed) throws IOException {
    Config config = Config.inMemory();
    Surroundings surroundings = Surroundings.system(config);
    try (Node node = Node.start(config, surroundings);
        Client main = Client.of(node, surroundings)) {
      main.execute("CREATE DATABASE first");
      main.execute("CREATE DATABASE second");
      try (Client first = main.database("first");
          Client second = main.database("second")) {
        run(first, RandomSchema.statements(seed));
        String dump = dump(first);
        restore(node, "second", dump);
        assertThat(dump(second)).isEqualTo(dump.replace("Database first", "Database second"));
      }
    }
  }

  private static void run(Client client, List<String> statements) {
    try (Session session = client.newSession()) {
      statements.forEach(session::execute);
    }
  }

  /** The dump without the time. */
  static String dump(Client client) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    client.<IOException>transaction(
        IsolationLevel.REPEATABLE_READ,
        tx -> new Dump(tx, text, bytes -> {}).write(DumpRequest.ALL));
    return text.toString(StandardCharsets.UTF_8).replaceFirst(" as of .*", "");
  }

  static void restore(Node node, String database, String dump) throws IOException {
    StringWriter errors = new StringWriter();
    PrintWriter err = new PrintWriter(errors);
    PrintWriter out = new PrintWriter(new StringWriter());
    Shell shell =
        new Shell(LocalDatabase.of(node.databases(), database, "in memory"), out, err, false);
    boolean good = shell.scripts().run(new StringReader(dump), "dump");
    shell.session().close();
    assertThat(errors.toString()).isEmpty();
    assertThat(good).isTrue();
  }
}
