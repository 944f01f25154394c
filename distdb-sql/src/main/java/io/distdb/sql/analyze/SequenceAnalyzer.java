// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import io.distdb.sql.ast.Name;
import io.distdb.sql.ast.SchemaStatement;
import io.distdb.sql.ast.SchemaStatement.SequenceOption;
import io.distdb.sql.ast.TableName;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.Sequence;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.catalog.TableColumn;
import java.util.List;
import java.util.Optional;

/**
 * Options of sequences, as PostgreSQL's CREATE SEQUENCE has them. What comes out has its options
 * settled; ids, name and owner are the caller's.
 */
public final class SequenceAnalyzer {
  private SqlType type = SqlType.BIGINT;
  private long increment = 1;
  private Optional<Long> minimum = Optional.empty();
  private Optional<Long> maximum = Optional.empty();
  private Optional<Long> start = Optional.empty();
  private Optional<Long> restart = Optional.empty();
  private long cache = 1;
  private boolean cycles;
  private Optional<TableName> name = Optional.empty();

  private SequenceAnalyzer() {}

  static boolean isWhole(SqlType type) {
    return type.equals(SqlType.BIGINT)
        || type.equals(SqlType.INTEGER)
        || type.equals(SqlType.SMALLINT);
  }

  private static long largest(SqlType type) {
    if (type.equals(SqlType.BIGINT)) {
      return Long.MAX_VALUE;
    }
    return type.equals(SqlType.INTEGER) ? Integer.MAX_VALUE : Short.MAX_VALUE;
  }

  private static long smallest(SqlType type) {
    return -largest(type) - 1;
  }

  /**
   * @param of the type of the column that it is for
   */
  static Sequence create(
      List<SequenceOption> options, Optional<SqlType> of, StatementContext context) {
    return create(options, of);
  }

  /**
   * Its name and schema are those of {@code SEQUENCE NAME}, else empty: the caller's to make up.
   *
   * @param of the type of the column that it is for; absent when it is for none
   * @throws DistDbException {@code INVALID_PARAMETER_VALUE}: options that do not go together
   */
  public static Sequence create(List<SequenceOption> options, Optional<SqlType> of) {
    if (of.isEmpty()) {
      refuseName(options);
    }
    SequenceAnalyzer analyzer = new SequenceAnalyzer();
    of.ifPresent(type -> analyzer.type = type);
    options.forEach(analyzer::apply);
    return analyzer.settle(0, Optional.empty());
  }

  /**
   * {@code sequence} with options changed. A RESTART shows in {@link Sequence#first}; the caller
   * gives it a new state.
   */
  public static Sequence alter(Sequence sequence, List<SequenceOption> options) {
    refuseName(options);
    SequenceAnalyzer analyzer = new SequenceAnalyzer();
    analyzer.type = sequence.type();
    analyzer.increment = sequence.increment();
    SqlType next = typeIn(options).orElse(sequence.type());
    boolean fromLeast = sequence.minimum() == smallest(sequence.type());
    boolean toGreatest = sequence.maximum() == largest(sequence.type());
    analyzer.minimum = Optional.of(fromLeast ? smallest(next) : sequence.minimum());
    analyzer.maximum = Optional.of(toGreatest ? largest(next) : sequence.maximum());
    analyzer.start = Optional.of(sequence.start());
    analyzer.cache = sequence.cache();
    analyzer.cycles = sequence.cycles();
    options.forEach(analyzer::apply);
    Sequence changed = analyzer.settle(sequence.id(), Optional.of(sequence));
    return analyzer.restart.isPresent()
        ? changed.restarted(sequence.state(), analyzer.restart.get())
        : changed;
  }

  private static void refuseName(List<SequenceOption> options) {
    for (SequenceOption option : options) {
      if (option instanceof SchemaStatement.SequenceName named) {
        throw new DistDbException(ErrorCode.SYNTAX_ERROR, "invalid sequence option SEQUENCE NAME")
            .at(named.name().span().position());
      }
    }
  }

  /** The bounds of a type follow it; others stay, as PostgreSQL's do. */
  private static Optional<SqlType> typeIn(List<SequenceOption> options) {
    return options.stream()
        .filter(SchemaStatement.SequenceType.class::isInstance)
        .map(option -> TypeNames.resolve(((SchemaStatement.SequenceType) option).type()))
        .findFirst();
  }

  /** Whether {@code options} have RESTART. */
  public static boolean restarts(List<SequenceOption> options) {
    return options.stream().anyMatch(SchemaStatement.RestartWith.class::isInstance);
  }

  private void apply(SequenceOption option) {
    switch (option) {
      case SchemaStatement.SequenceType as -> {
        type = TypeNames.resolve(as.type());
        if (!isWhole(type)) {
          throw new DistDbException(
                  ErrorCode.INVALID_PARAMETER_VALUE,
                  "sequence type must be smallint, integer, or bigint")
              .at(as.type().span().position());
        }
      }
      case SchemaStatement.IncrementBy by -> {
        if (by.value() == 0) {
          throw invalid("INCREMENT must not be zero");
        }
        increment = by.value();
      }
      case SchemaStatement.MinValue value -> minimum = value.value();
      case SchemaStatement.MaxValue value -> maximum = value.value();
      case SchemaStatement.StartWith with -> start = Optional.of(with.value());
      case SchemaStatement.RestartWith with ->
          restart = Optional.of(with.value().or(() -> start).orElse(1L));
      case SchemaStatement.CacheSize size -> {
        if (size.value() < 1) {
          throw invalid("CACHE (" + size.value() + ") must be greater than zero");
        }
        cache = size.value();
      }
      case SchemaStatement.Cycle cycle -> cycles = cycle.cycles();
      case SchemaStatement.OwnedBy ignored -> {
        // the caller's
      }
      case SchemaStatement.SequenceName named -> name = Optional.of(named.name());
    }
  }

  private Sequence settle(long id, Optional<Sequence> before) {
    boolean ascending = increment > 0;
    long low = minimum.orElse(ascending ? 1 : smallest(type));
    long high = maximum.orElse(ascending ? largest(type) : -1);
    if (low < smallest(type) || low > largest(type)) {
      throw invalid(
          "MINVALUE (" + low + ") is out of range for sequence data type " + type.sqlName());
    }
    if (high < smallest(type) || high > largest(type)) {
      throw invalid(
          "MAXVALUE (" + high + ") is out of range for sequence data type " + type.sqlName());
    }
    if (low >= high) {
      throw invalid("MINVALUE (" + low + ") must be less than MAXVALUE (" + high + ")");
    }
    long first = start.orElse(ascending ? low : high);
    checkWithin("START", first, low, high);
    restart.ifPresent(value -> checkWithin("RESTART", value, low, high));
    return new Sequence(
        id,
        before
            .map(Sequence::schema)
            .or(() -> name.flatMap(TableName::schema).map(Name::text))
            .orElse(""),
        before.map(Sequence::name).or(() -> name.map(TableName::name).map(Name::text)).orElse(""),
        type,
        first,
        increment,
        low,
        high,
        cache,
        cycles,
        before.flatMap(Sequence::owner),
        before.map(Sequence::state).orElse(0L),
        before.map(Sequence::first).orElse(first));
  }

  private static void checkWithin(String what, long value, long low, long high) {
    if (value < low) {
      throw invalid(what + " value (" + value + ") cannot be less than MINVALUE (" + low + ")");
    }
    if (value > high) {
      throw invalid(what + " value (" + value + ") cannot be greater than MAXVALUE (" + high + ")");
    }
  }

  private static DistDbException invalid(String message) {
    return new DistDbException(ErrorCode.INVALID_PARAMETER_VALUE, message);
  }

  /** The sequence that belongs to a column. */
  static Optional<Sequence> ownedBy(Table table, TableColumn column, CatalogView catalog) {
    int slot = table.slotOf(table.ordinalOf(column.name()));
    return catalog.sequences().stream()
        .filter(sequence ->
            sequence
                .owner()
                .filter(owner -> owner.table().equals(table.id()) && owner.slot() == slot)
                .isPresent())
        .findFirst();
  }
}
