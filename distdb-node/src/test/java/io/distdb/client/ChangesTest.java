// SPDX-License-Identifier: MIT
package io.distdb.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Changes with rows, batches and COPY through the client. */
class ChangesTest {
  private final ClientPlace place = newPlace();
  private Client client;

  ClientPlace newPlace() {
    return new ClientPlace.Embedded();
  }

  @BeforeEach
  void open() {
    client = place.open();
    client.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, s TEXT)");
  }

  @AfterEach
  void close() {
    place.close();
  }

  private List<String> rows() {
    return client
        .query("SELECT id, s FROM t ORDER BY id")
        .toList(row -> row.getInt(0) + " " + row.getString(1));
  }

  @Test
  void returningIsReadLikeAQuery() {
    List<String> rows =
        client
            .query("INSERT INTO t VALUES ($1, $2), (2, 'b') RETURNING id * 10 AS ten, s", 1, "a")
            .toList(row -> row.getInt("ten") + " " + row.getString("s"));
    assertThat(rows).containsExactly("10 a", "20 b");
  }

  @Test
  void aChangeWithReturningIsDoneBeforeItsRowsAreRead() {
    try (Result result = client.query("INSERT INTO t VALUES (1, 'a'), (2, 'b') RETURNING id")) {
      assertThat(rows()).containsExactly("1 a", "2 b");
      assertThat(result.next()).isTrue();
    }
    assertThat(rows()).hasSize(2);
    assertThat(client.execute("DELETE FROM t RETURNING id")).isEqualTo(2);
  }

  @Test
  void batchIsOneStatement() {
    PreparedStatement insert = client.prepare("INSERT INTO t VALUES ($1, $2)");
    assertThat(insert.executeBatch(List.of(new Object[] {1, "a"}, new Object[] {2, null})))
        .isEqualTo(2);
    assertThat(rows()).containsExactly("1 a", "2 null");
    assertThatThrownBy(
            () -> insert.executeBatch(List.of(new Object[] {3, "c"}, new Object[] {1, "again"})))
        .isInstanceOfSatisfying(
            DistDbException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.UNIQUE_VIOLATION));
    assertThat(rows()).hasSize(2);
    assertThat(insert.executeBatch(List.of())).isZero();
  }

  @Test
  void laterRunsOfABatchSeeEarlierOnes() {
    client.execute("INSERT INTO t VALUES (1, '')");
    PreparedStatement append = client.prepare("UPDATE t SET s = s || $1 WHERE id = 1");
    assertThat(append.executeBatch(List.of(new Object[] {"a"}, new Object[] {"b"}))).isEqualTo(2);
    assertThat(rows()).containsExactly("1 ab");
  }

  @Test
  void batchWithinATransactionEndsWithIt() {
    assertThatThrownBy(() ->
            client.transaction(tx -> {
              tx.prepare("INSERT INTO t VALUES ($1, 'x')")
                  .executeBatch(List.of(new Object[] {1}, new Object[] {2}));
              throw new IllegalStateException("no");
            }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(rows()).isEmpty();
  }

  @Test
  void aBatchOfAnotherStatementIsRefused() {
    List<Object[]> one = List.<Object[]>of(new Object[] {1});
    for (String sql :
        List.of("SELECT s FROM t WHERE id = $1", "DELETE FROM t WHERE id = $1 RETURNING id")) {
      assertThatThrownBy(() -> client.prepare(sql).executeBatch(one))
          .isInstanceOfSatisfying(
              DistDbException.class,
              failure -> assertThat(failure.code()).isEqualTo(ErrorCode.WRONG_OBJECT_TYPE));
    }
  }

  @Test
  void copyGoesThroughStreams() {
    assertThat(client.copyIn("COPY t FROM STDIN CSV", in("1,a\n2,\"b\"\n"))).isEqualTo(2);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(client.copyOut("COPY (SELECT s, id FROM t ORDER BY id DESC) TO STDOUT", out))
        .isEqualTo(2);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("b\t2\na\t1\n");
  }

  @Test
  void aFailedCopyLeavesNothingAndTheTransactionEnds() {
    assertThatThrownBy(() -> client.copyIn("COPY t FROM STDIN CSV", in("1,a\n1,b\n")))
        .isInstanceOfSatisfying(
            DistDbException.class,
            failure -> assertThat(failure.context()).contains("COPY t, line 2"));
    assertThat(rows()).isEmpty();
    client.transaction(tx -> tx.copyIn("COPY t FROM STDIN CSV", in("1,a\n")));
    assertThat(rows()).containsExactly("1 a");
  }

  private static InputStream in(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
