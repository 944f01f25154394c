// SPDX-License-Identifier: MIT
package io.distdb.bench.jdbc;

import io.distdb.client.Client;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A prepared SELECT by primary key through JDBC, in memory, auto-commit: {@code Client.dataSource}
 * beside H2 embedded. Goal: half of H2's statements a second.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
public class JdbcPointBenchmark {
  private static final int BATCH = 1_000;

  @Param({"distdb", "h2"})
  public String side;

  @Param("100000")
  public int rows;

  private final SplittableRandom random = new SplittableRandom(1);
  private Client client;
  private Connection connection;
  private PreparedStatement select;

  @Setup
  public void fill() throws SQLException {
    if (side.equals("distdb")) {
      client = Client.open();
      connection = client.dataSource().getConnection();
    } else {
      connection = DriverManager.getConnection("jdbc:h2:mem:point");
    }
    try (Statement create = connection.createStatement()) {
      create.execute("CREATE TABLE item (id BIGINT PRIMARY KEY, name VARCHAR(40), price BIGINT)");
    }
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO item VALUES (?, ?, ?)")) {
      for (int id = 0; id < rows; id++) {
        insert.setLong(1, id);
        insert.setString(2, "item number " + id);
        insert.setLong(3, 3L * id);
        insert.addBatch();
        if (id % BATCH == BATCH - 1 || id == rows - 1) {
          insert.executeBatch();
        }
      }
    }
    select = connection.prepareStatement("SELECT name, price FROM item WHERE id = ?");
  }

  @TearDown
  public void close() throws SQLException {
    connection.close();
    if (client != null) {
      client.close();
    }
  }

  @Benchmark
  public long pointSelect() throws SQLException {
    select.setLong(1, random.nextInt(rows));
    try (ResultSet result = select.executeQuery()) {
      result.next();
      return result.getString(1).length() + result.getLong(2);
    }
  }
}
