// SPDX-License-Identifier: MIT
package io.distdb.clients.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.node.config.Config;
import io.distdb.node.pgwire.ServerOptions;
import io.distdb.node.wiring.ServedNode;
import io.distdb.node.wiring.Surroundings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOut;
import org.postgresql.util.PSQLException;

/** COPY in both directions and all formats, and what goes wrong in its midst. */
final class CopyTest {
  private static ServedNode node;

  private Connection connection;
  private CopyManager copy;

  @BeforeAll
  static void start() {
    Config config = Config.inMemory();
    node =
        ServedNode.start(
            config,
            ServerOptions.at(new InetSocketAddress("127.0.0.1", 0), true),
            Surroundings.system(config));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @BeforeEach
  void connect() throws SQLException {
    String url = "jdbc:postgresql://127.0.0.1:" + node.sqlAddress().getPort() + "/postgres";
    connection = DriverManager.getConnection(url, "tester", "");
    copy = connection.unwrap(PGConnection.class).getCopyAPI();
    execute("DROP TABLE IF EXISTS t");
    execute("CREATE TABLE t (id integer PRIMARY KEY, name text, price numeric(8,2), at timestamp)");
  }

  @AfterEach
  void disconnect() throws SQLException {
    connection.close();
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String answer(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static InputStream utf8(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "csv", "binary"})
  void rowsGoOutAndComeBackInEachFormat(String format) throws SQLException, IOException {
    execute(
        "INSERT INTO t VALUES (1, 'a', 1.50, '2024-02-29 12:00:00.5'), (2, NULL, NULL, NULL),"
            + " (3, E'tab\\tquote\" comma, back\\\\ line\\n€', -0.01, 'infinity')");
    String before = answer("SELECT array_agg(t.name || t.price || t.at)::text FROM t");
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    String options = "(FORMAT " + format + ")";
    assertThat(copy.copyOut("COPY t TO STDOUT " + options, data)).isEqualTo(3);
    execute("DELETE FROM t");
    InputStream back = new ByteArrayInputStream(data.toByteArray());
    assertThat(copy.copyIn("COPY t FROM STDIN " + options, back)).isEqualTo(3);
    assertThat(answer("SELECT array_agg(t.name || t.price || t.at)::text FROM t"))
        .isEqualTo(before);
  }

  /** Bytes of PostgreSQL 15 for the same statement. */
  @Test
  void binaryIsPostgresqls() throws SQLException, IOException {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    copy.copyOut("COPY (SELECT 1, NULL::text, 'x') TO STDOUT (FORMAT binary)", data);
    assertThat(HexFormat.of().formatHex(data.toByteArray()))
        .isEqualTo(
            "5047434f50590aff0d0a00"
                + "0000000000000000"
                + "0003"
                + "0000000400000001"
                + "ffffffff"
                + "0000000178"
                + "ffff");
  }

  @Test
  void aWrongRowIsNamedAndTheConnectionLives() throws SQLException {
    StringBuilder rows = new StringBuilder();
    for (int i = 1; i <= 50_000; i++) {
      rows.append(i == 30_000 ? "x" : Integer.toString(i)).append("\tname\t1\t\\N\n");
    }
    assertThatThrownBy(() -> copy.copyIn("COPY t FROM STDIN", utf8(rows.toString())))
        .isInstanceOfSatisfying(
            PSQLException.class,
            error -> {
              assertThat(error.getSQLState()).isEqualTo("22P02");
              assertThat(error.getServerErrorMessage().getWhere())
                  .isEqualTo("COPY t, line 30000, column id: \"x\"");
            });
    assertThat(answer("SELECT count(*) FROM t")).isEqualTo("0");
  }

  @Test
  void aBinaryFieldOfWrongLengthIsNamed() {
    byte[] data =
        HexFormat.of()
            .parseHex("5047434f50590aff0d0a00" + "0000000000000000" + "0001" + "000000020001");
    assertThatThrownBy(() ->
            copy.copyIn("COPY t (id) FROM STDIN (FORMAT binary)", new ByteArrayInputStream(data)))
        .isInstanceOfSatisfying(
            PSQLException.class,
            error -> {
              assertThat(error.getSQLState()).isEqualTo("08P01");
              assertThat(error.getServerErrorMessage().getWhere())
                  .isEqualTo("COPY t, line 1, column id");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "|22P04 COPY file signature not recognized",
        "5047434f50590aff0d0a00|22P04 invalid COPY file header (missing flags)",
        "5047434f50590aff0d0a0000010000|22P04 invalid COPY file header (WITH OIDS)",
        "5047434f50590aff0d0a0000020000|22P04 unrecognized critical flags in COPY file header",
        "5047434f50590aff0d0a0000000000|22P04 invalid COPY file header (missing length)",
        "5047434f50590aff0d0a000000000000000001|22P04 invalid COPY file header (wrong length)",
        "5047434f50590aff0d0a0000000000000000000002|22P04 row field count is 2, expected 1",
        "5047434f50590aff0d0a00000000000000000000010000|22P04 unexpected EOF in COPY data",
        "5047434f50590aff0d0a0000000000000000000001fffffffe|22P04 invalid field size",
        "5047434f50590aff0d0a0000000000000000000001000000040000|22P04 unexpected EOF in COPY data",
        "5047434f50590aff0d0a000000000000000000ffff00|22P04 received copy data after EOF marker"
      })
  void damagedBinaryFilesAreRefused(String fact) {
    String[] parts = fact.split("\\|");
    InputStream data = new ByteArrayInputStream(HexFormat.of().parseHex(parts[0]));
    assertThatThrownBy(() -> copy.copyIn("COPY t (id) FROM STDIN (FORMAT binary)", data))
        .isInstanceOfSatisfying(
            PSQLException.class,
            error ->
                assertThat(error.getSQLState() + " " + error.getServerErrorMessage().getMessage())
                    .isEqualTo(parts[1]));
  }

  @Test
  void aClientMayGiveUp() throws SQLException {
    CopyIn in = copy.copyIn("COPY t FROM STDIN");
    byte[] row = "1\ta\t1\t\\N\n".getBytes(StandardCharsets.UTF_8);
    in.writeToCopy(row, 0, row.length);
    in.cancelCopy();
    assertThat(answer("SELECT count(*) FROM t")).isEqualTo("0");
  }

  /** pgjdbc leaves what the COPY answers to the next statement, with PostgreSQL too. */
  @Test
  void aClientMayStopReading() throws SQLException {
    CopyOut out =
        copy.copyOut(
            "COPY (SELECT n, repeat('x', 200) FROM generate_series(1, 200000) n) TO STDOUT");
    assertThat(new String(out.readFromCopy(), StandardCharsets.UTF_8)).endsWith("x\n");
    out.cancelCopy();
    assertThatThrownBy(() -> answer("SELECT 1"))
        .isInstanceOfSatisfying(
            SQLException.class, error -> assertThat(error.getSQLState()).isEqualTo("57014"));
    assertThat(answer("SELECT 1")).isEqualTo("1");
  }

  @Test
  void aRolledBackCopyLeavesNothing() throws SQLException, IOException {
    connection.setAutoCommit(false);
    assertThat(copy.copyIn("COPY t (id, name) FROM STDIN CSV", utf8("1,a\n2,b\n"))).isEqualTo(2);
    assertThat(answer("SELECT count(*) FROM t")).isEqualTo("2");
    connection.rollback();
    assertThat(answer("SELECT count(*) FROM t")).isEqualTo("0");
    connection.rollback();
  }

  @Test
  void dataBehindTheEndMarkIsPassedOver() throws SQLException, IOException {
    String data = "1\ta\t1\t\\N\n\\.\nnot a row at all\n";
    assertThat(copy.copyIn("COPY t FROM STDIN", utf8(data))).isEqualTo(1);
    assertThat(answer("SELECT count(*) FROM t")).isEqualTo("1");
  }

  @Test
  void whatIsWrongBeforeTheDataEndsTheStatementAlone() throws SQLException {
    assertThatThrownBy(() -> copy.copyIn("COPY nosuch FROM STDIN", utf8("1\n")))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("relation \"nosuch\" does not exist");
    assertThat(answer("SELECT 1")).isEqualTo("1");
  }
}
