// SPDX-License-Identifier: MIT
package io.distdb.sql.ast;

import java.util.List;
import java.util.Optional;

/** Prepared statements, cursors, notifications, DISCARD: what lasts as long as the session. */
public sealed interface SessionStatement extends Statement {
  /**
   * @param parameterTypes of the first parameters; those beyond get theirs from where they stand
   * @param statement a query or a change
   */
  record Prepare(SourceSpan span, Name name, List<TypeName> parameterTypes, Statement statement)
      implements SessionStatement {
    public Prepare {
      parameterTypes = List.copyOf(parameterTypes);
    }
  }

  record Execute(SourceSpan span, Name name, List<Expr> arguments) implements SessionStatement {
    public Execute {
      arguments = List.copyOf(arguments);
    }
  }

  /**
   * @param name absent: all
   */
  record Deallocate(SourceSpan span, Optional<Name> name) implements SessionStatement {}

  /** What a cursor is asked to be. */
  record CursorOptions(
      boolean binary,
      boolean insensitive,
      boolean asensitive,
      Optional<Boolean> scroll,
      boolean hold) {}

  /** DECLARE, FETCH and MOVE, CLOSE. */
  sealed interface OfCursor extends SessionStatement {}

  /**
   * @param text the whole statement as it is written
   */
  record DeclareCursor(
      SourceSpan span,
      Name name,
      CursorOptions options,
      Statement.QueryStatement query,
      String text)
      implements OfCursor {}

  /** From where FETCH counts, and which way. */
  enum Direction {
    FORWARD,
    BACKWARD,
    ABSOLUTE,
    RELATIVE
  }

  /**
   * @param count {@code Long.MAX_VALUE}: all
   * @param move whether it gives no rows
   */
  record FetchCursor(SourceSpan span, Name name, Direction direction, long count, boolean move)
      implements OfCursor {}

  /**
   * @param name absent: all
   */
  record CloseCursor(SourceSpan span, Optional<Name> name) implements OfCursor {}

  /** LISTEN, NOTIFY, UNLISTEN. */
  sealed interface OfChannel extends SessionStatement {}

  record Listen(SourceSpan span, Name channel) implements OfChannel {}

  /**
   * @param payload empty where there is none
   */
  record Notify(SourceSpan span, Name channel, String payload) implements OfChannel {}

  /**
   * @param channel absent: all
   */
  record Unlisten(SourceSpan span, Optional<Name> channel) implements OfChannel {}

  record Discard(SourceSpan span, Discarded what) implements SessionStatement {}

  /** What DISCARD throws away. */
  enum Discarded {
    ALL,
    PLANS,
    SEQUENCES,
    TEMP
  }
}
