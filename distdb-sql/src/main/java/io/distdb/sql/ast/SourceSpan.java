// SPDX-License-Identifier: MIT
package io.distdb.sql.ast;

/** A part of the statement's text, half-open, in characters (code points) from 0. */
public record SourceSpan(int start, int end) {
  /** As PostgreSQL reports it: characters from 1. */
  public int position() {
    return start + 1;
  }

  public SourceSpan to(SourceSpan last) {
    return new SourceSpan(start, last.end);
  }
}
