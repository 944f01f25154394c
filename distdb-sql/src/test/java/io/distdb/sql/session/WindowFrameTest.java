// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.sql.ast.WindowFrame.BoundKind;
import io.distdb.sql.ast.WindowFrame.Exclusion;
import io.distdb.sql.ast.WindowFrame.Unit;
import io.distdb.sql.fake.FakeTransactionManager;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Frames against a model that asks of every pair of rows whether one is in the other's frame, by
 * the words of the standard, and then aggregates what is in it.
 */
class WindowFrameTest {
  private final Session session =
      Database.open(
              new FakeTransactionManager(),
              Scheduler.threads(),
              Clock.system(),
              DatabaseOptions.DEFAULT)
          .newSession();

  /** Null is NULL. */
  record Row(int id, int partition, Integer key, Integer value) {}

  record Bound(BoundKind kind, int offset) {
    String sql() {
      return switch (kind) {
        case UNBOUNDED_PRECEDING -> "UNBOUNDED PRECEDING";
        case PRECEDING -> offset + " PRECEDING";
        case CURRENT_ROW -> "CURRENT ROW";
        case FOLLOWING -> offset + " FOLLOWING";
        case UNBOUNDED_FOLLOWING -> "UNBOUNDED FOLLOWING";
      };
    }

    /** Rows, groups or distance after the current one. */
    int signed() {
      return kind == BoundKind.PRECEDING ? -offset : kind == BoundKind.FOLLOWING ? offset : 0;
    }
  }

  record Frame(
      Unit unit,
      Bound start,
      Bound end,
      Exclusion exclusion,
      boolean descending,
      boolean nullsFirst) {
    boolean isAllowed() {
      return start.kind != BoundKind.UNBOUNDED_FOLLOWING
          && end.kind != BoundKind.UNBOUNDED_PRECEDING
          && !(start.kind == BoundKind.CURRENT_ROW && end.kind == BoundKind.PRECEDING)
          && !(start.kind == BoundKind.FOLLOWING && end.kind.ordinal() < 3);
    }

    String sql() {
      String order =
          "key" + (descending ? " DESC" : "") + (nullsFirst ? " NULLS FIRST" : " NULLS LAST");
      return "PARTITION BY part ORDER BY "
          + order
          + (unit == Unit.ROWS ? ", id " : " ")
          + unit
          + " BETWEEN "
          + start.sql()
          + " AND "
          + end.sql()
          + " EXCLUDE "
          + exclusion.name().replace('_', ' ');
    }
  }

  @Provide
  Arbitrary<List<Row>> rows() {
    Arbitrary<Integer> keys = Arbitraries.integers().between(-3, 6).injectNull(0.2);
    Arbitrary<Integer> values = Arbitraries.integers().between(-50, 50).injectNull(0.2);
    Arbitrary<Row> row =
        Combinators.combine(Arbitraries.integers().between(0, 1), keys, values)
            .as((partition, key, value) -> new Row(0, partition, key, value));
    return row.list()
        .ofMinSize(1)
        .ofMaxSize(12)
        .map(rows -> {
          List<Row> numbered = new ArrayList<>();
          rows.forEach(r -> numbered.add(new Row(numbered.size(), r.partition, r.key, r.value)));
          return numbered;
        });
  }

  @Provide
  Arbitrary<Frame> frames() {
    Arbitrary<Bound> bounds =
        Combinators.combine(Arbitraries.of(BoundKind.class), Arbitraries.integers().between(0, 4))
            .as(Bound::new);
    return Combinators.combine(
            Arbitraries.of(Unit.class),
            bounds,
            bounds,
            Arbitraries.of(Exclusion.class),
            Arbitraries.of(true, false),
            Arbitraries.of(true, false))
        .as(Frame::new)
        .filter(Frame::isAllowed);
  }

  @Property(tries = 400)
  void framesHoldWhatTheStandardSays(
      @ForAll("rows") List<Row> rows, @ForAll("frames") Frame frame) {
    String values =
        rows.stream()
            .map(r ->
                "(" + r.id + ", " + r.partition + ", " + cast(r.key) + ", " + cast(r.value) + ")")
            .collect(Collectors.joining(", "));
    String sql =
        "SELECT id, count(*) OVER w, count(value) OVER w, sum(value) OVER w, min(value) OVER w,"
            + " max(value) OVER w, sum(value::bigint) OVER w, bool_or(value > 0) OVER w,"
            + " sum(value) FILTER (WHERE value > 0) OVER w"
            + " FROM (VALUES "
            + values
            + ") t (id, part, key, value) WINDOW w AS ("
            + frame.sql()
            + ") ORDER BY id";
    assertThat(run(sql)).as(sql).isEqualTo(expected(rows, frame));
  }

  private static String cast(Integer number) {
    return number == null ? "NULL::integer" : "(" + number + ")::integer";
  }

  private List<String> run(String sql) {
    List<String> lines = new ArrayList<>();
    StatementResult.Rows result = (StatementResult.Rows) session.execute(sql);
    try (ResultRows cursor = result.rows()) {
      while (cursor.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < cursor.columns().size(); i++) {
          cells.add(cell(cursor.get(i)));
        }
        lines.add(String.join("|", cells));
      }
    }
    return lines;
  }

  private static String cell(io.distdb.api.type.Value value) {
    return value.equals(io.distdb.api.type.Value.NULL)
        ? "null"
        : io.distdb.sql.function.TypeOutput.text(value, java.time.ZoneOffset.UTC);
  }

  // --- the model ---

  private static List<String> expected(List<Row> rows, Frame frame) {
    List<String> lines = new ArrayList<>();
    for (Row row : rows) {
      List<Row> partition =
          rows.stream()
              .filter(other -> other.partition == row.partition)
              .sorted(order(frame))
              .toList();
      List<Integer> values = new ArrayList<>();
      for (int at = 0; at < partition.size(); at++) {
        if (isIn(partition, at, partition.indexOf(row), frame)) {
          values.add(partition.get(at).value);
        }
      }
      lines.add(row.id + "|" + aggregates(values));
    }
    return lines;
  }

  private static Comparator<Row> order(Frame frame) {
    Comparator<Integer> keys = Comparator.naturalOrder();
    keys = frame.descending ? keys.reversed() : keys;
    keys = frame.nullsFirst ? Comparator.nullsFirst(keys) : Comparator.nullsLast(keys);
    Comparator<Row> byKey = Comparator.comparing(Row::key, keys);
    return byKey.thenComparing(Row::id);
  }

  private static boolean arePeers(List<Row> rows, int left, int right, Frame frame) {
    return frame.unit == Unit.ROWS
        ? left == right
        : java.util.Objects.equals(rows.get(left).key, rows.get(right).key);
  }

  private static boolean isIn(List<Row> rows, int at, int current, Frame frame) {
    boolean excluded =
        switch (frame.exclusion) {
          case NO_OTHERS -> false;
          case CURRENT_ROW -> at == current;
          case GROUP -> arePeers(rows, at, current, frame);
          case TIES -> at != current && arePeers(rows, at, current, frame);
        };
    return !excluded
        && isAfterStart(rows, at, current, frame)
        && isBeforeEnd(rows, at, current, frame);
  }

  private static boolean isAfterStart(List<Row> rows, int at, int current, Frame frame) {
    return switch (frame.start.kind) {
      case UNBOUNDED_PRECEDING -> true;
      case UNBOUNDED_FOLLOWING -> false;
      case CURRENT_ROW -> at >= current || arePeers(rows, at, current, frame);
      case PRECEDING, FOLLOWING ->
          switch (frame.unit) {
            case ROWS -> at - current >= frame.start.signed();
            case GROUPS -> group(rows, at) - group(rows, current) >= frame.start.signed();
            case RANGE -> {
              if (rows.get(current).key == null) {
                yield at >= current || arePeers(rows, at, current, frame);
              }
              yield rows.get(at).key == null
                  ? !frame.nullsFirst
                  : distance(rows, at, current, frame) >= frame.start.signed();
            }
          };
    };
  }

  private static boolean isBeforeEnd(List<Row> rows, int at, int current, Frame frame) {
    return switch (frame.end.kind) {
      case UNBOUNDED_PRECEDING -> false;
      case UNBOUNDED_FOLLOWING -> true;
      case CURRENT_ROW -> at <= current || arePeers(rows, at, current, frame);
      case PRECEDING, FOLLOWING ->
          switch (frame.unit) {
            case ROWS -> at - current <= frame.end.signed();
            case GROUPS -> group(rows, at) - group(rows, current) <= frame.end.signed();
            case RANGE -> {
              if (rows.get(current).key == null) {
                yield at <= current || arePeers(rows, at, current, frame);
              }
              yield rows.get(at).key == null
                  ? frame.nullsFirst
                  : distance(rows, at, current, frame) <= frame.end.signed();
            }
          };
    };
  }

  private static int distance(List<Row> rows, int at, int current, Frame frame) {
    int distance = rows.get(at).key - rows.get(current).key;
    return frame.descending ? -distance : distance;
  }

  /** How many other keys come before. */
  private static long group(List<Row> rows, int at) {
    return rows.subList(0, at + 1).stream().map(r -> String.valueOf(r.key)).distinct().count();
  }

  private static String aggregates(List<Integer> all) {
    List<Integer> values = all.stream().filter(java.util.Objects::nonNull).toList();
    List<Integer> positive = values.stream().filter(v -> v > 0).toList();
    List<Object> results = new ArrayList<>();
    results.add(all.size());
    results.add(values.size());
    results.add(sum(values));
    results.add(values.stream().min(Integer::compare).orElse(null));
    results.add(values.stream().max(Integer::compare).orElse(null));
    results.add(sum(values));
    results.add(values.isEmpty() ? null : values.stream().anyMatch(v -> v > 0) ? "t" : "f");
    results.add(sum(positive));
    return results.stream().map(String::valueOf).collect(Collectors.joining("|"));
  }

  private static Integer sum(List<Integer> values) {
    return values.isEmpty() ? null : values.stream().mapToInt(Integer::intValue).sum();
  }
}
