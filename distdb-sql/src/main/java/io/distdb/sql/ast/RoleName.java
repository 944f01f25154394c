// SPDX-License-Identifier: MIT
package io.distdb.sql.ast;

/**
 * A role where a statement names one.
 *
 * @param text folded unless it was quoted; empty when {@code kind} says all
 */
public record RoleName(SourceSpan span, Kind kind, String text) {
  /** What the name stands for. */
  public enum Kind {
    NAMED,
    CURRENT_USER,
    SESSION_USER,
    PUBLIC
  }

  public static RoleName of(Name name) {
    Kind kind = name.text().equals("public") ? Kind.PUBLIC : Kind.NAMED;
    return new RoleName(name.span(), kind, name.text());
  }

  @Override
  public String toString() {
    return text;
  }
}
