// SPDX-License-Identifier: MIT
package io.distdb.clients.nemesis;

import io.distdb.testkit.SeededRandom;
import io.distdb.testkit.checker.CheckResult;
import io.distdb.testkit.checker.LinearizabilityChecker;
import io.distdb.testkit.checker.Operation;
import io.distdb.testkit.checker.Outcome;
import io.distdb.testkit.checker.RegisterModel;
import io.distdb.testkit.checker.RegisterModel.Answer;
import io.distdb.testkit.checker.RegisterModel.Request;
import io.distdb.testkit.checker.SequentialModel;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Rows as registers: SELECT, INSERT … ON CONFLICT DO UPDATE, and UPDATE … WHERE value = …, each a
 * transaction of its own. The history must be linearizable.
 *
 * <p>A register is left for a new one after some operations, or some that nobody knows the end of:
 * the search for an order is exponential in the latter.
 */
final class RegisterWorkload implements Workload {
  private static final int AT_A_TIME = 4;
  private static final int OPERATIONS_MAX = 200;
  private static final int UNKNOWN_MAX = 6;

  /** A request, and which register it is for. */
  record Keyed(long key, Request request) {}

  private record Register(long key, AtomicInteger operations, AtomicInteger unknown) {}

  private record Registers() implements SequentialModel<Long, Keyed, Answer> {
    private static final RegisterModel ONE = new RegisterModel();

    @Override
    public Long initial() {
      return ONE.initial();
    }

    @Override
    public Optional<Long> next(Long state, Keyed input, Optional<Answer> output) {
      return ONE.next(state, input.request(), output);
    }
  }

  private final Progress progress;
  private final AtomicLong nextKey = new AtomicLong();
  private final AtomicLong nextValue = new AtomicLong();
  private final AtomicReferenceArray<Register> registers = new AtomicReferenceArray<>(AT_A_TIME);
  private final AtomicLong lastRead = new AtomicLong();
  private final Queue<Operation<Keyed, Answer>> history = new ConcurrentLinkedQueue<>();

  RegisterWorkload(Progress progress) {
    this.progress = progress;
    for (int i = 0; i < AT_A_TIME; i++) {
      registers.set(i, fresh());
    }
  }

  @Override
  public String name() {
    return "register";
  }

  @Override
  public void create(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE register (id BIGINT PRIMARY KEY, value BIGINT NOT NULL)");
    }
  }

  @Override
  public boolean step(Link link, long process, SeededRandom random) {
    int slot = random.below(AT_A_TIME);
    Register register = registers.get(slot);
    Keyed asked = new Keyed(register.key(), request(random));
    if (!link.open()) {
      return false;
    }
    long begun = System.nanoTime();
    Outcome outcome = Outcome.COMMITTED;
    try {
      Answer answer = ask(link.alone(), asked);
      history.add(Operation.answered(process, asked, answer, begun, System.nanoTime()));
      if (!(asked.request() instanceof Request.Read)) {
        progress.written();
      }
    } catch (SQLException failure) {
      outcome = link.failed(failure);
    }
    if (outcome == Outcome.UNKNOWN && !(asked.request() instanceof Request.Read)) {
      history.add(Operation.unanswered(process, asked, begun));
      register.unknown().incrementAndGet();
    }
    link.count(outcome);
    if (register.operations().incrementAndGet() >= OPERATIONS_MAX
        || register.unknown().get() >= UNKNOWN_MAX) {
      registers.compareAndSet(slot, register, fresh());
    }
    return outcome == Outcome.COMMITTED;
  }

  private Register fresh() {
    return new Register(nextKey.getAndIncrement(), new AtomicInteger(), new AtomicInteger());
  }

  private Request request(SeededRandom random) {
    int dice = random.below(10);
    if (dice < 5) {
      return new Request.Read();
    }
    long value = nextValue.incrementAndGet();
    long expected = lastRead.get();
    // A register without a row is 0, and no UPDATE finds it.
    return dice < 8 || expected == 0
        ? new Request.Write(value)
        : new Request.CompareAndSet(expected, value);
  }

  private Answer ask(Connection connection, Keyed asked) throws SQLException {
    return switch (asked.request()) {
      case Request.Read read -> {
        try (PreparedStatement select =
            connection.prepareStatement("SELECT value FROM register WHERE id = ?")) {
          select.setLong(1, asked.key());
          try (ResultSet rows = select.executeQuery()) {
            long value = rows.next() ? rows.getLong(1) : 0;
            lastRead.set(value);
            yield new Answer.Value(value);
          }
        }
      }
      case Request.Write write -> {
        update(
            connection,
            "INSERT INTO register VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET value ="
                + " excluded.value",
            asked.key(),
            write.value());
        yield new Answer.Done(true);
      }
      case Request.CompareAndSet change ->
          new Answer.Done(
              update(
                      connection,
                      "UPDATE register SET value = ? WHERE id = ? AND value = ?",
                      change.value(),
                      asked.key(),
                      change.expected())
                  == 1);
    };
  }

  private static int update(Connection connection, String sql, long... values) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        update.setLong(i + 1, values[i]);
      }
      return update.executeUpdate();
    }
  }

  /** The registers in use, as operations of the history. */
  @Override
  public void readAll(Link link, long process) throws SQLException {
    for (int i = 0; i < AT_A_TIME; i++) {
      Keyed asked = new Keyed(registers.get(i).key(), new Request.Read());
      long begun = System.nanoTime();
      link.demand();
      Answer answer = ask(link.alone(), asked);
      history.add(Operation.answered(process, asked, answer, begun, System.nanoTime()));
    }
  }

  @Override
  public CheckResult check() {
    return new LinearizabilityChecker<>(new Registers())
        .check(List.copyOf(history), operation -> operation.input().key());
  }

  @Override
  public void write(PrintWriter out) {
    history.forEach(out::println);
  }
}
