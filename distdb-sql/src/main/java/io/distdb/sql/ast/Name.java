// SPDX-License-Identifier: MIT
package io.distdb.sql.ast;

/** An identifier: folded to lower case unless it was quoted. */
public record Name(SourceSpan span, String text) {
  @Override
  public String toString() {
    return text;
  }
}
