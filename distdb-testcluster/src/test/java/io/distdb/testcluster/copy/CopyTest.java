// SPDX-License-Identifier: MIT
package io.distdb.testcluster.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.error.DistDbException;
import io.distdb.api.type.Value;
import io.distdb.client.Client;
import io.distdb.sql.session.ResultRows;
import io.distdb.sql.session.Session;
import io.distdb.sql.session.StatementResult;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** COPY reads and writes what PostgreSQL 15 does, and says the same of what is wrong. */
final class CopyTest {
  private static final Path FOLDER = Path.of("src/test/resources/copy");

  /** The lines of one case: a word, then text. */
  record Case(List<String> lines) {
    List<String> all(String word) {
      return lines.stream()
          .filter(line -> line.startsWith(word))
          .map(line -> line.substring(word.length()).stripLeading())
          .toList();
    }

    @Override
    public String toString() {
      return String.join(" / ", lines);
    }
  }

  private static List<Case> cases(String file) throws IOException {
    List<Case> cases = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (String line : (Files.readString(FOLDER.resolve(file)) + "\n\n").split("\n", -1)) {
      if (!line.isEmpty()) {
        lines.add(line);
      } else if (!lines.isEmpty()) {
        cases.add(new Case(List.copyOf(lines)));
        lines.clear();
      }
    }
    return cases;
  }

  static Stream<Case> from() throws IOException {
    return cases("from.txt").stream().filter(test -> !test.all("COPY").isEmpty());
  }

  static Stream<Case> to() throws IOException {
    return cases("to.txt").stream().filter(test -> !test.all("COPY").isEmpty());
  }

  @ParameterizedTest
  @MethodSource("from")
  void readsWhatPostgresReads(Case test) {
    for (int chunk : new int[] {Integer.MAX_VALUE, 1}) {
      try (Client client = Client.open();
          Session session = client.newSession()) {
        session.execute("CREATE TABLE t (id integer PRIMARY KEY, name text, v double precision)");
        byte[] data = bytes(test.all("DATA").getFirst());
        List<String> answer = new ArrayList<>();
        try {
          long rows =
              session.copyIn("COPY t FROM STDIN " + test.all("COPY").getFirst(), in(data, chunk));
          answer.addAll(rows(session, "SELECT * FROM t ORDER BY id"));
          assertThat(rows).isEqualTo(answer.size());
          assertThat(answer).isEqualTo(test.all("ROW").stream().map(CopyTest::shown).toList());
        } catch (DistDbException failure) {
          assertThat(List.of(failure.sqlState() + " " + failure.getMessage()))
              .isEqualTo(test.all("ERROR"));
          assertThat(failure.context().stream().map(text -> text.replace("\n", "\\n")).toList())
              .isEqualTo(test.all("CONTEXT"));
          assertThat(rows(session, "SELECT * FROM t")).isEmpty();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("to")
  void writesWhatPostgresWrites(Case test) throws IOException {
    try (Client client = Client.open();
        Session session = client.newSession()) {
      cases("to.txt").get(1).all("SETUP").forEach(session::execute);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try {
        session.copyOut("COPY " + test.all("COPY").getFirst(), out);
        assertThat(escaped(out.toByteArray())).isEqualTo(test.all("DATA").getFirst());
      } catch (DistDbException failure) {
        String message = failure.getMessage();
        assertThat(
                failure.sqlState()
                    + " "
                    + (message.startsWith("syntax error") ? "syntax error" : message))
            .isEqualTo(test.all("ERROR").getFirst());
      }
    }
  }

  @Test
  void filesAreWrittenAndReadBack(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("t.csv");
    try (Client client = Client.open();
        Session session = client.newSession()) {
      session.execute("CREATE TABLE t (id integer PRIMARY KEY, s text)");
      session.execute("INSERT INTO t VALUES (1, 'x'), (2, NULL)");
      assertThat(completion(session, "COPY t TO '" + file + "' CSV HEADER")).isEqualTo("COPY 2");
      assertThat(Files.readString(file)).isEqualTo("id,s\n1,x\n2,\n");
      session.execute("DELETE FROM t");
      assertThat(completion(session, "COPY t FROM '" + file + "' CSV HEADER")).isEqualTo("COPY 2");
      assertThat(rows(session, "SELECT * FROM t ORDER BY id")).containsExactly("1|x", "2|NULL");
    }
  }

  @Test
  void whereKeepsRowsOut() {
    try (Client client = Client.open();
        Session session = client.newSession()) {
      session.execute("CREATE TABLE t (id integer PRIMARY KEY, s text)");
      InputStream data = in("1,a\n2,b\n3,c\n".getBytes(StandardCharsets.UTF_8), 2);
      assertThat(session.copyIn("COPY t FROM STDIN CSV WHERE id <> 2", data)).isEqualTo(2);
      assertThat(rows(session, "SELECT * FROM t ORDER BY id")).containsExactly("1|a", "3|c");
    }
  }

  @Test
  void missingFileAndMissingStreamAreNamed() {
    try (Client client = Client.open();
        Session session = client.newSession()) {
      session.execute("CREATE TABLE t (id integer PRIMARY KEY)");
      assertThatThrownBy(() -> session.execute("COPY t FROM '/nowhere/x'"))
          .isInstanceOf(DistDbException.class)
          .hasMessage("could not open file \"/nowhere/x\" for reading: No such file or directory");
      assertThatThrownBy(() -> session.execute("COPY t FROM STDIN"))
          .isInstanceOf(DistDbException.class)
          .extracting(failure -> ((DistDbException) failure).sqlState())
          .isEqualTo("55000");
      assertThatThrownBy(() -> session.copyIn("SELECT 1", InputStream.nullInputStream()))
          .isInstanceOf(DistDbException.class)
          .extracting(failure -> ((DistDbException) failure).sqlState())
          .isEqualTo("42809");
    }
  }

  @Test
  void rowsAreOfTheBlock() {
    try (Client client = Client.open();
        Session session = client.newSession()) {
      session.execute("CREATE TABLE t (id integer PRIMARY KEY)");
      session.execute("BEGIN");
      session.copyIn("COPY t FROM STDIN", in("1\n2\n".getBytes(StandardCharsets.UTF_8), 9));
      assertThat(rows(session, "SELECT id FROM t ORDER BY id")).containsExactly("1", "2");
      session.execute("ROLLBACK");
      assertThat(rows(session, "SELECT id FROM t")).isEmpty();
    }
  }

  private static String completion(Session session, String sql) {
    return ((StatementResult.Command) session.execute(sql)).completion();
  }

  private static List<String> rows(Session session, String sql) {
    List<String> answer = new ArrayList<>();
    try (ResultRows rows = ((StatementResult.Rows) session.execute(sql)).rows()) {
      while (rows.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < rows.columns().size(); i++) {
          cells.add(cell(rows.get(i)));
        }
        answer.add(String.join("|", cells));
      }
    }
    return answer;
  }

  private static String cell(Value value) {
    return switch (value) {
      case Value.Null ignored -> "NULL";
      case Value.DoubleValue number ->
          number.value() == Math.rint(number.value())
              ? Long.toString((long) number.value())
              : Double.toString(number.value());
      case Value.IntegerValue number -> Integer.toString(number.value());
      case Value.TextValue text ->
          text.value().replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
      default -> throw new AssertionError(value);
    };
  }

  /** A row of the file, whose characters beyond ASCII are written as escapes. */
  private static String shown(String row) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < row.length(); i++) {
      if (row.startsWith("\\u", i)) {
        text.append((char) Integer.parseInt(row.substring(i + 2, i + 6), 16));
        i += 5;
      } else {
        text.append(row.charAt(i));
      }
    }
    return text.toString();
  }

  private static byte[] bytes(String escaped) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < escaped.length(); i++) {
      char c = escaped.charAt(i);
      if (c != '\\') {
        out.write(c);
        continue;
      }
      switch (escaped.charAt(++i)) {
        case 'n' -> out.write('\n');
        case 'r' -> out.write('\r');
        case 't' -> out.write('\t');
        case '\\' -> out.write('\\');
        default -> {
          out.write(Integer.parseInt(escaped.substring(i + 1, i + 3), 16));
          i += 2;
        }
      }
    }
    return out.toByteArray();
  }

  private static String escaped(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (byte b : bytes) {
      switch (b) {
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        case '\\' -> text.append("\\\\");
        default ->
            text.append(b >= 32 && b < 127 ? "" + (char) b : String.format("\\x%02x", b & 0xff));
      }
    }
    return text.toString();
  }

  /** The bytes, at most {@code chunk} at a time. */
  private static InputStream in(byte[] data, int chunk) {
    return new ByteArrayInputStream(data) {
      @Override
      public synchronized int read(byte[] target, int offset, int length) {
        return super.read(target, offset, Math.min(length, chunk));
      }
    };
  }
}
