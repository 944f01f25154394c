// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import java.util.List;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;

/**
 * A statement's tokens, which let others run from time to time: a text that is wrong at its end is
 * read ahead again and again, which can take minutes. Used by one thread.
 */
final class PacedTokens extends CommonTokenStream {
  private static final int TOKENS_BETWEEN = 16;

  private final Runnable pause;
  private int consumed;

  /**
   * @param pause may throw, which ends the parse
   */
  PacedTokens(List<SqlToken> tokens, Runnable pause) {
    super(new ListTokenSource(tokens));
    this.pause = pause;
  }

  /** Also of tokens that are only looked at. */
  @Override
  public void consume() {
    consumed++;
    if (consumed % TOKENS_BETWEEN == 0) {
      pause.run();
    }
    super.consume();
  }
}
