// SPDX-License-Identifier: MIT
package io.distdb.sql.ast;

import java.util.List;
import java.util.Optional;

/** PREPARE, EXECUTE, DEALLOCATE, DISCARD: what lasts as long as the session. */
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

  record Discard(SourceSpan span, Discarded what) implements SessionStatement {}

  /** What DISCARD throws away. */
  enum Discarded {
    ALL,
    PLANS,
    SEQUENCES,
    TEMP
  }
}
